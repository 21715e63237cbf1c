//! The one file that names a cipher: AES-256-GCM by two back ends with the same bytes, HMAC and hash by SHA-256,
//! Argon2id for passphrases, X25519 for slots.

use aes_gcm::aead::AeadInOut;
use aes_gcm::{Aes256Gcm, KeyInit};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind, Result};

/// Thirty-two secret bytes, wiped when dropped.
pub(crate) type Secret = Zeroizing<[u8; 32]>;

/// Length of a nonce in bytes.
pub(crate) const NONCE: usize = 12;
/// Length of a tag in bytes.
pub(crate) const TAG: usize = 16;

/// The cipher suite a store was made with; a byte of its preamble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suite {
    /// AES-256-GCM, HMAC-SHA256, SHA-256.
    Aes256Gcm,
    /// Bytes as they are, for the test that shows that the search for plaintext finds it.
    #[cfg(test)]
    Plain,
}

impl Suite {
    pub(crate) const fn number(self) -> u8 {
        match self {
            Suite::Aes256Gcm => 1,
            #[cfg(test)]
            Suite::Plain => 0,
        }
    }

    pub(crate) const fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Suite::Aes256Gcm),
            #[cfg(test)]
            0 => Some(Suite::Plain),
            _ => None,
        }
    }
}

/// A prepared key.
pub(crate) struct Aead(Backend);

enum Backend {
    RustCrypto(Box<Aes256Gcm>),
    #[cfg(feature = "fast-aes")]
    Graviola(Box<graviola::aead::AesGcm>),
    #[cfg(test)]
    Plain,
}

/// The bytes are not what this key sealed under this nonce and these associated data.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unauthentic;

impl Aead {
    pub(crate) fn new(suite: Suite, key: &[u8; 32]) -> Self {
        match suite {
            #[cfg(test)]
            Suite::Plain => Aead(Backend::Plain),
            Suite::Aes256Gcm => {
                #[cfg(feature = "fast-aes")]
                if fast_aes_works() {
                    return Aead(Backend::Graviola(Box::new(graviola::aead::AesGcm::new(key))));
                }
                Aead::portable(key)
            }
        }
    }

    /// AES-256-GCM by the back end that runs everywhere.
    fn portable(key: &[u8; 32]) -> Self {
        Aead(Backend::RustCrypto(Box::new(Aes256Gcm::new(key.into()))))
    }

    /// Encrypts `buffer` in place and returns the tag.
    pub(crate) fn seal(&self, nonce: &[u8; NONCE], aad: &[u8], buffer: &mut [u8]) -> Result<[u8; TAG]> {
        match &self.0 {
            Backend::RustCrypto(cipher) => cipher
                .encrypt_inout_detached(nonce.into(), aad, buffer.into())
                .map(Into::into)
                .map_err(|_| Error::new(ErrorKind::Full, "message too long for the cipher")),
            #[cfg(feature = "fast-aes")]
            Backend::Graviola(cipher) => {
                let mut tag = [0; TAG];
                cipher.encrypt(nonce, aad, buffer, &mut tag);
                Ok(tag)
            }
            #[cfg(test)]
            Backend::Plain => Ok(plain_tag(nonce, aad, buffer)),
        }
    }

    /// Decrypts `buffer` in place if the tag fits; otherwise its content is unspecified.
    pub(crate) fn open(
        &self,
        nonce: &[u8; NONCE],
        aad: &[u8],
        buffer: &mut [u8],
        tag: &[u8; TAG],
    ) -> std::result::Result<(), Unauthentic> {
        match &self.0 {
            Backend::RustCrypto(cipher) => {
                cipher.decrypt_inout_detached(nonce.into(), aad, buffer.into(), tag.into()).map_err(|_| Unauthentic)
            }
            #[cfg(feature = "fast-aes")]
            Backend::Graviola(cipher) => cipher.decrypt(nonce, aad, buffer, tag).map_err(|_| Unauthentic),
            #[cfg(test)]
            Backend::Plain if plain_tag(nonce, aad, buffer) == *tag => Ok(()),
            #[cfg(test)]
            Backend::Plain => Err(Unauthentic),
        }
    }
}

#[cfg(test)]
fn plain_tag(nonce: &[u8], aad: &[u8], buffer: &[u8]) -> [u8; TAG] {
    let hash = sha256(&[nonce, aad, buffer]);
    let mut tag = [0; TAG];
    tag.copy_from_slice(&hash[..TAG]);
    tag
}

/// Whether this processor has what graviola needs and its answer to a known question is right. Asked once.
#[cfg(feature = "fast-aes")]
fn fast_aes_works() -> bool {
    static WORKS: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    *WORKS.get_or_init(|| cpu_fits() && known_answer())
}

#[cfg(all(feature = "fast-aes", target_arch = "x86_64"))]
fn cpu_fits() -> bool {
    std::arch::is_x86_feature_detected!("aes")
        && std::arch::is_x86_feature_detected!("avx2")
        && std::arch::is_x86_feature_detected!("adx")
        && std::arch::is_x86_feature_detected!("bmi1")
        && std::arch::is_x86_feature_detected!("bmi2")
        && std::arch::is_x86_feature_detected!("pclmulqdq")
        && std::arch::is_x86_feature_detected!("ssse3")
}

#[cfg(all(feature = "fast-aes", target_arch = "aarch64"))]
fn cpu_fits() -> bool {
    std::arch::is_aarch64_feature_detected!("aes")
        && std::arch::is_aarch64_feature_detected!("sha2")
        && std::arch::is_aarch64_feature_detected!("pmull")
        && std::arch::is_aarch64_feature_detected!("neon")
}

#[cfg(all(feature = "fast-aes", not(any(target_arch = "x86_64", target_arch = "aarch64"))))]
fn cpu_fits() -> bool {
    false
}

/// Test case 14 of the GCM specification (McGrew and Viega 2005): one zero block under the zero key and nonce.
#[cfg(feature = "fast-aes")]
fn known_answer() -> bool {
    let (key, nonce) = ([0u8; 32], [0u8; NONCE]);
    let mut block = [0u8; 16];
    let mut tag = [0; TAG];
    graviola::aead::AesGcm::new(&key).encrypt(&nonce, &[], &mut block, &mut tag);
    block == 0xcea7403d4d606b6e074ec5d3baf39d18u128.to_be_bytes()
        && tag == 0xd0d1c8a799996bf0265b98b5d48ab919u128.to_be_bytes()
}

/// SHA-256 over the parts, one after the other.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

/// HMAC-SHA256 over the parts, one after the other.
pub(crate) fn hmac_sha256(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC pads a key to the block of its hash with zeros (RFC 2104 §2), so this is the key itself.
    let mut block = Zeroizing::new([0; 64]);
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new((&*block).into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Whether two tags are equal, in a time that depends on their length alone.
pub(crate) fn same(a: &[u8; 32], b: &[u8; 32]) -> bool {
    a.iter().zip(b).fold(0u8, |d, (x, y)| d | (x ^ y)) == 0
}

/// Fills `bytes` from the operating system.
pub(crate) fn random(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes)
        .map_err(|e| Error::new(ErrorKind::Io, "the operating system gave no random bytes").because(e))
}

/// Thirty-two fresh secret bytes.
pub(crate) fn fresh_secret() -> Result<Secret> {
    let mut secret = Zeroizing::new([0; 32]);
    random(secret.as_mut())?;
    Ok(secret)
}

/// Argon2id, version 0x13 (RFC 9106), 32 bytes out. The memory is in KiB.
pub(crate) fn argon2id(passphrase: &[u8], salt: &[u8; 16], memory: u32, passes: u32, lanes: u32) -> Result<Secret> {
    let params = argon2::Params::new(memory, passes, lanes, Some(32))
        .map_err(|e| Error::new(ErrorKind::Unsupported, "Argon2 does not take these parameters").because(e))?;
    let blocks = params.block_count();
    let mut memory = Zeroizing::new(Vec::new());
    memory
        .try_reserve_exact(blocks)
        .map_err(|e| Error::new(ErrorKind::Unsupported, "there is not the memory that Argon2 asks for").because(e))?;
    memory.resize(blocks, argon2::Block::default());
    let mut out = Zeroizing::new([0; 32]);
    argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
        .hash_password_into_with_memory(passphrase, salt, out.as_mut(), memory.as_mut_slice())
        .map_err(|e| Error::new(ErrorKind::Unsupported, "Argon2 does not take this passphrase").because(e))?;
    Ok(out)
}

/// The X25519 public key of a secret (RFC 7748).
pub(crate) fn x25519_public(secret: &[u8; 32]) -> [u8; 32] {
    x25519_dalek::PublicKey::from(&x25519_dalek::StaticSecret::from(*secret)).to_bytes()
}

/// What two parties share by X25519; `None` if the public key is a point of small order, which shares nothing.
pub(crate) fn x25519_shared(secret: &[u8; 32], public: &[u8; 32]) -> Option<Secret> {
    let shared = x25519_dalek::StaticSecret::from(*secret).diffie_hellman(&x25519_dalek::PublicKey::from(*public));
    shared.was_contributory().then(|| Zeroizing::new(*shared.as_bytes()))
}

#[cfg(test)]
mod tests;
