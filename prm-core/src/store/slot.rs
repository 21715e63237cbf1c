//! Slots: how a key of the host, or a passphrase, opens the key ring.
//!
//! ```text
//! slot   kind u8 | length u16 | body
//! body   argon2 memory u32, passes u32, lanes u32 | salt 16 | X25519 public 32
//!        | 0, or 1 and the sealed secret 60 | ephemeral public 32 | sealed ring key 60
//! sealed nonce 12 | ciphertext 32 | tag 16
//! ```
//! Integers are big-endian. The ring key is sealed to the public key, so a later rewrite of the ring needs no
//! passphrase: shared = X25519(ephemeral, public), key = HMAC(shared, label | ring_id | ephemeral | public), associated
//! data = kind | ring_id | store_id | generation. The secret of a raw-key slot is HMAC(raw key, label | salt) and not
//! stored; that of a passphrase slot is random, sealed under HMAC(Argon2id output, label | salt) with the same
//! associated data except the generation. A slot of another kind is skipped and kept.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind, Result};
use crate::store::bytes::Reader;
use crate::store::cipher::{self, Aead, NONCE, Secret, Suite, TAG};

/// Opened by 32 bytes that the host keeps.
const RAW: u8 = 1;
/// Opened by a passphrase.
const PASSPHRASE: u8 = 2;
// 3 is kept for recovery keys, 4 for keys that are mixed with a vault of the device.

const RAW_SECRET: &[u8] = b"prm slot raw secret 1";
const PASSPHRASE_SEAL: &[u8] = b"prm slot passphrase seal 1";
const RING_KEY_SEAL: &[u8] = b"prm slot ring key seal 1";

/// Bytes of 32 sealed ones.
const SEALED: usize = NONCE + 32 + TAG;

/// Longest body of a slot that a header may hold, of whatever kind.
pub(crate) const MAX_BODY: usize = 4096;

/// What opens a store: 32 bytes that the host keeps, or a passphrase that a person remembers.
///
/// There is no default key. `Debug` is redacted and the bytes are wiped when the value is dropped.
///
/// # Example
/// ```
/// use prm_core::Key;
/// let from_keychain = Key::raw([7; 32]);
/// let typed = Key::passphrase("correct horse battery staple");
/// assert_eq!(format!("{typed:?} {from_keychain:?}"), "Key::passphrase(…) Key::raw(…)");
/// ```
#[derive(Clone)]
pub struct Key(Material);

#[derive(Clone)]
enum Material {
    Raw(Secret),
    Passphrase(Zeroizing<String>),
}

impl Key {
    /// Thirty-two secret bytes from a keychain, a key store or a security module. They must be random: nothing
    /// slows a search for them.
    pub fn raw(bytes: [u8; 32]) -> Self {
        Key(Material::Raw(Zeroizing::new(bytes)))
    }

    /// A passphrase, stretched by Argon2id (19 MiB, two passes).
    ///
    /// It is prepared as RFC 8265 says for passwords (every space is a plain space, Unicode normalisation form C), so
    /// that the same words typed on another keyboard open the store.
    pub fn passphrase(words: impl Into<String>) -> Self {
        let typed = Zeroizing::new(words.into());
        // Normalisation form C is at most three times as long in UTF-8, so nothing is left behind by growing.
        let mut prepared = Zeroizing::new(String::with_capacity(3 * typed.len()));
        prepared.extend(typed.chars().map(|c| if is_space(c) { ' ' } else { c }).nfc());
        Key(Material::Passphrase(prepared))
    }
}

/// General category Zs.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Material::Raw(_) => "Key::raw(…)",
            Material::Passphrase(_) => "Key::passphrase(…)",
        })
    }
}

/// What a slot is bound to: the ring it belongs to, in one generation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Binding {
    pub(crate) suite: Suite,
    pub(crate) ring_id: [u8; 16],
    pub(crate) store_id: [u8; 16],
    pub(crate) generation: u64,
}

impl Binding {
    fn identity(&self, kind: u8) -> Vec<u8> {
        [&[kind][..], &self.ring_id, &self.store_id].concat()
    }

    fn generation(&self, kind: u8) -> Vec<u8> {
        [&[kind][..], &self.ring_id, &self.store_id, &self.generation.to_be_bytes()].concat()
    }
}

/// What Argon2id costs whoever tries a passphrase. The memory is in KiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cost {
    pub(crate) memory: u32,
    pub(crate) passes: u32,
    pub(crate) lanes: u32,
}

impl Cost {
    /// 19 MiB, two passes, one lane: the second recommendation of the OWASP password storage cheat sheet.
    pub(crate) const DEFAULT: Cost = Cost { memory: 19 * 1024, passes: 2, lanes: 1 };
    const NONE: Cost = Cost { memory: 0, passes: 0, lanes: 0 };

    /// What this asks for, as KiB times passes; `None` if Argon2 does not do it or one slot may not ask for so much.
    fn work(self) -> Option<u64> {
        let possible = self.lanes >= 1 && self.passes >= 1 && u64::from(self.memory) >= 8 * u64::from(self.lanes);
        let work = u64::from(self.memory) * u64::from(self.passes);
        (possible && self.memory <= MOST_MEMORY && self.lanes <= 16 && work <= MOST_WORK).then_some(work)
    }
}

/// Memory that a slot may ask for, in KiB: 256 MiB.
const MOST_MEMORY: u32 = 256 * 1024;
/// Work that the slots of a ring may ask for together, as KiB times passes: a damaged or planted ring must exhaust
/// neither the machine nor the patience of whoever waits. It is enough for 64 slots of the default cost.
pub(crate) const MOST_WORK: u64 = 4 << 20;

/// A slot as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    kind: u8,
    body: Vec<u8>,
}

/// Everything random that goes into a new slot.
struct Drawn {
    salt: [u8; 16],
    secret: Secret,
    secret_nonce: [u8; NONCE],
    ephemeral: Secret,
    ring_key_nonce: [u8; NONCE],
}

impl Drawn {
    fn fresh() -> Result<Self> {
        let mut drawn = Drawn {
            salt: [0; 16],
            secret: cipher::fresh_secret()?,
            secret_nonce: [0; NONCE],
            ephemeral: cipher::fresh_secret()?,
            ring_key_nonce: [0; NONCE],
        };
        cipher::random(&mut drawn.salt)?;
        cipher::random(&mut drawn.secret_nonce)?;
        cipher::random(&mut drawn.ring_key_nonce)?;
        Ok(drawn)
    }
}

impl Slot {
    /// A new slot that `key` opens.
    ///
    /// # Errors
    /// `Invalid` if the passphrase is empty.
    pub(crate) fn new(binding: &Binding, key: &Key, cost: Cost, ring_key: &Secret) -> Result<Self> {
        Slot::assemble(binding, key, cost, ring_key, &Drawn::fresh()?)
    }

    fn assemble(binding: &Binding, key: &Key, cost: Cost, ring_key: &Secret, drawn: &Drawn) -> Result<Self> {
        let (kind, cost, secret, sealed_secret) = match &key.0 {
            Material::Raw(raw) => (RAW, Cost::NONE, raw_secret(raw, &drawn.salt), None),
            Material::Passphrase(words) if words.is_empty() => {
                return Err(Error::invalid("key", "the passphrase is empty"));
            }
            Material::Passphrase(words) => {
                let seal = passphrase_seal(binding.suite, words, cost, &drawn.salt)?;
                let sealed = seal_secret(&seal, drawn.secret_nonce, &binding.identity(PASSPHRASE), &drawn.secret)?;
                (PASSPHRASE, cost, drawn.secret.clone(), Some(sealed))
            }
        };
        let public = cipher::x25519_public(&secret);
        let ephemeral = cipher::x25519_public(&drawn.ephemeral);
        let shared = cipher::x25519_shared(&drawn.ephemeral, &public)
            .ok_or_else(|| Error::new(ErrorKind::Invalid, "the key shares nothing"))?;
        let seal = ring_key_seal(binding, &shared, &ephemeral, &public);
        let sealed_ring_key = seal_secret(&seal, drawn.ring_key_nonce, &binding.generation(kind), ring_key)?;
        let body = Body { cost, salt: drawn.salt, public, sealed_secret, ephemeral, sealed_ring_key };
        Ok(Slot { kind, body: body.encode() })
    }

    /// The ring key, or `None` if this slot is of another kind or for another key. The work of Argon2 is taken from
    /// `allowed`.
    ///
    /// # Errors
    /// `Corrupted` if the slot is malformed, or the key is the right one and it still does not open; `UnsupportedFormat`
    /// if it asks for more work than is allowed.
    pub(crate) fn open(&self, binding: &Binding, key: &Key, allowed: &mut u64) -> Result<Option<Secret>> {
        let fits = match &key.0 {
            Material::Raw(_) => self.kind == RAW,
            Material::Passphrase(_) => self.kind == PASSPHRASE,
        };
        if !fits {
            return Ok(None);
        }
        let body = Body::decode(&self.body).ok_or_else(|| damaged("a slot of the key ring is malformed"))?;
        let secret = match (&key.0, &body.sealed_secret) {
            (Material::Raw(raw), None) => raw_secret(raw, &body.salt),
            (Material::Raw(_), Some(_)) => return Err(damaged("a raw-key slot holds a secret")),
            (Material::Passphrase(words), Some(sealed)) => {
                *allowed = body.cost.work().and_then(|work| allowed.checked_sub(work)).ok_or_else(|| {
                    Error::new(ErrorKind::UnsupportedFormat, "a slot asks for work that this library does not do")
                })?;
                let seal = passphrase_seal(binding.suite, words, body.cost, &body.salt)?;
                match open_secret(&seal, &binding.identity(self.kind), sealed) {
                    Some(secret) => secret,
                    None => return Ok(None),
                }
            }
            (Material::Passphrase(_), None) => return Err(damaged("a passphrase slot lacks its secret")),
        };
        if cipher::x25519_public(&secret) != body.public {
            return Ok(None);
        }
        let shared = cipher::x25519_shared(&secret, &body.ephemeral)
            .ok_or_else(|| damaged("a slot of the key ring holds no public key"))?;
        let seal = ring_key_seal(binding, &shared, &body.ephemeral, &body.public);
        open_secret(&seal, &binding.generation(self.kind), &body.sealed_ring_key)
            .map(Some)
            .ok_or_else(|| damaged("a slot of the key ring fails authentication"))
    }

    pub(crate) fn encode(&self, out: &mut Vec<u8>) {
        out.push(self.kind);
        out.extend_from_slice(&u16::try_from(self.body.len()).unwrap_or(u16::MAX).to_be_bytes());
        out.extend_from_slice(&self.body);
    }

    pub(crate) fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        let kind = reader.u8()?;
        let len = usize::from(reader.u16()?);
        if len > MAX_BODY {
            return None;
        }
        Some(Slot { kind, body: reader.take(len)?.to_vec() })
    }
}

/// Content of a slot of the kinds that this library makes.
struct Body {
    cost: Cost,
    salt: [u8; 16],
    public: [u8; 32],
    sealed_secret: Option<[u8; SEALED]>,
    ephemeral: [u8; 32],
    sealed_ring_key: [u8; SEALED],
}

impl Body {
    fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(216);
        for number in [self.cost.memory, self.cost.passes, self.cost.lanes] {
            out.extend_from_slice(&number.to_be_bytes());
        }
        out.extend_from_slice(&self.salt);
        out.extend_from_slice(&self.public);
        out.push(u8::from(self.sealed_secret.is_some()));
        out.extend_from_slice(self.sealed_secret.as_ref().map_or(&[][..], |s| s));
        out.extend_from_slice(&self.ephemeral);
        out.extend_from_slice(&self.sealed_ring_key);
        out
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let body = Body {
            cost: Cost { memory: reader.u32()?, passes: reader.u32()?, lanes: reader.u32()? },
            salt: reader.array()?,
            public: reader.array()?,
            sealed_secret: match reader.u8()? {
                0 => None,
                1 => Some(reader.array()?),
                _ => return None,
            },
            ephemeral: reader.array()?,
            sealed_ring_key: reader.array()?,
        };
        reader.rest().is_empty().then_some(body)
    }
}

fn raw_secret(raw: &Secret, salt: &[u8; 16]) -> Secret {
    Zeroizing::new(cipher::hmac_sha256(raw, &[RAW_SECRET, salt]))
}

fn passphrase_seal(suite: Suite, words: &str, cost: Cost, salt: &[u8; 16]) -> Result<Aead> {
    let stretched = cipher::argon2id(words.as_bytes(), salt, cost.memory, cost.passes, cost.lanes)?;
    let key = Zeroizing::new(cipher::hmac_sha256(&stretched, &[PASSPHRASE_SEAL, salt]));
    Ok(Aead::new(suite, &key))
}

fn ring_key_seal(binding: &Binding, shared: &Secret, ephemeral: &[u8; 32], public: &[u8; 32]) -> Aead {
    let key = Zeroizing::new(cipher::hmac_sha256(shared, &[RING_KEY_SEAL, &binding.ring_id, ephemeral, public]));
    Aead::new(binding.suite, &key)
}

fn seal_secret(aead: &Aead, nonce: [u8; NONCE], aad: &[u8], secret: &Secret) -> Result<[u8; SEALED]> {
    let mut sealed = [0; SEALED];
    let mut text = secret.clone();
    let tag = aead.seal(&nonce, aad, text.as_mut())?;
    for (to, from) in sealed.iter_mut().zip(nonce.iter().chain(text.iter()).chain(&tag)) {
        *to = *from;
    }
    Ok(sealed)
}

fn open_secret(aead: &Aead, aad: &[u8], sealed: &[u8; SEALED]) -> Option<Secret> {
    let mut reader = Reader::new(sealed);
    let nonce = reader.array()?;
    let mut secret = Zeroizing::new(reader.array()?);
    let tag = reader.array()?;
    aead.open(&nonce, aad, secret.as_mut(), &tag).ok()?;
    Some(secret)
}

fn damaged(what: &'static str) -> Error {
    Error::new(ErrorKind::Corrupted, what)
}

#[cfg(test)]
mod tests;
