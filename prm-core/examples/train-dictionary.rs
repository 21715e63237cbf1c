//! Makes the dictionary that the library compresses values with, from FHIR bundles: `train-dictionary OUT BUNDLE...`
//!
//! The dictionary ships with the library and is never made from a store's content. What it holds is chosen as
//! FASTCOVER does: short pieces of text are weighed by the number of resources they occur in, then the stretch of
//! text that covers the most weight is taken, again and again, each piece counting once. The most useful stretches lie
//! at the end, nearest to the text.
//!
//! Pieces of several bundles come first. Those of one bundle fill what room is left, since they may be about one
//! patient. Pieces of identifiers are worth nothing.

#![allow(clippy::disallowed_methods, reason = "a program reads its arguments")]
#![allow(clippy::indexing_slicing, reason = "run by whoever makes a dictionary, on bundles of their own choice")]

use std::collections::{HashMap, HashSet};
use std::error::Error;

const SIZE: usize = 32 * 1024;
/// Bytes of a piece.
const PIECE: usize = 12;
/// Bytes of a stretch.
const STRETCH: usize = 512;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().ok_or("usage: train-dictionary OUT BUNDLE...")?;
    let bundles = arguments.map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let resources: Vec<Vec<Vec<u8>>> = bundles.iter().map(|bundle| samples(bundle)).collect();
    let dictionary = train(&resources);
    std::fs::write(out, dictionary)?;
    Ok(())
}

/// Every resource of a bundle without the whitespace between its tokens.
fn samples(bundle: &[u8]) -> Vec<Vec<u8>> {
    let text = compact(bundle);
    let mut found = Vec::new();
    let mut rest = &text[..];
    while let Some(at) = find(rest, b"\"resource\":{") {
        let body = &rest[at + b"\"resource\":".len()..];
        let len = object(body);
        found.push(body[..len].to_vec());
        rest = &body[len..];
    }
    found
}

/// JSON without the whitespace between its tokens.
fn compact(json: &[u8]) -> Vec<u8> {
    let (mut within, mut escaped) = (false, false);
    let mut out = Vec::with_capacity(json.len());
    for &byte in json {
        if within || !byte.is_ascii_whitespace() {
            out.push(byte);
        }
        (within, escaped) = match byte {
            _ if escaped => (within, false),
            b'\\' => (within, within),
            b'"' => (!within, false),
            _ => (within, false),
        };
    }
    out
}

/// Length of the object that begins here.
fn object(json: &[u8]) -> usize {
    let (mut within, mut escaped, mut depth) = (false, false, 0);
    for (at, &byte) in json.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = within,
            b'"' => within = !within,
            b'{' if !within => depth += 1,
            b'}' if !within => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    json.len()
}

/// For every place whether the piece that begins there reaches into a UUID.
fn identifiers(text: &[u8]) -> Vec<bool> {
    const UUID: usize = 36;
    let mut within = vec![false; text.len()];
    for (at, window) in text.windows(UUID).enumerate() {
        let fits = |(n, byte): (usize, &u8)| match n {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        };
        if window.iter().enumerate().all(fits) {
            within[(at + 1).saturating_sub(PIECE)..at + UUID].fill(true);
        }
    }
    within
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

fn train(bundles: &[Vec<Vec<u8>>]) -> Vec<u8> {
    let mut numbers: HashMap<&[u8], usize> = HashMap::new();
    let mut weights: Vec<u64> = Vec::new();
    let mut bundles_with: Vec<HashSet<usize>> = Vec::new();
    let mut texts: Vec<(&[u8], Vec<usize>)> = Vec::new();
    for (bundle, resources) in bundles.iter().enumerate() {
        for resource in resources {
            let pieces: Vec<usize> = resource
                .windows(PIECE)
                .map(|piece| {
                    let next = numbers.len();
                    *numbers.entry(piece).or_insert(next)
                })
                .collect();
            weights.resize(numbers.len(), 0);
            bundles_with.resize(numbers.len(), HashSet::new());
            let of_identifiers = identifiers(resource);
            let counted = pieces.iter().zip(&of_identifiers).filter(|(_, within)| !**within).map(|(piece, _)| *piece);
            for piece in counted.collect::<HashSet<_>>() {
                weights[piece] += 1;
                bundles_with[piece].insert(bundle);
            }
            texts.push((resource, pieces));
        }
    }
    let of_one: Vec<u64> = weights.iter().map(|weight| if *weight > 1 { *weight } else { 0 }).collect();
    let several = |piece: usize| bundles_with[piece].len() > 1;
    let mut of_several: Vec<u64> = (0..weights.len()).map(|p| if several(p) { weights[p] } else { 0 }).collect();
    let mut stretches = Vec::new();
    let mut free = take(&texts, &mut of_several, SIZE, &mut stretches);
    let mut rest: Vec<u64> = (0..weights.len()).map(|p| if several(p) { 0 } else { of_one[p] }).collect();
    free = take(&texts, &mut rest, free, &mut stretches);
    let mut dictionary = vec![0; free];
    dictionary.extend(stretches.into_iter().rev().flatten());
    dictionary
}

/// Takes the best stretches while there is room and weight; answers what room is left.
fn take(texts: &[(&[u8], Vec<usize>)], weights: &mut [u64], mut free: usize, stretches: &mut Vec<Vec<u8>>) -> usize {
    while free > 0 {
        let Some((text, from)) = best_stretch(texts, weights) else { break };
        let (bytes, pieces) = &texts[text];
        let worthless = |piece: Option<&usize>| piece.is_none_or(|piece| weights[*piece] == 0);
        let (mut start, mut end) = (from, (from + STRETCH).min(bytes.len()));
        // What is covered already, or worth nothing, at either end is not taken.
        while start + PIECE < end && worthless(pieces.get(start)) {
            start += 1;
        }
        while start + PIECE < end && worthless(pieces.get(end - PIECE)) {
            end -= 1;
        }
        for piece in pieces.get(start..end + 1 - PIECE).unwrap_or_default() {
            weights[*piece] = 0;
        }
        let end = end.min(start + free);
        free -= end - start;
        stretches.push(bytes[start..end].to_vec());
    }
    free
}

/// Text and place of the stretch whose pieces weigh the most, each piece counted once.
fn best_stretch(texts: &[(&[u8], Vec<usize>)], weights: &[u64]) -> Option<(usize, usize)> {
    let mut best = (0, None);
    let mut within: HashMap<usize, u32> = HashMap::new();
    for (number, (_, pieces)) in texts.iter().enumerate() {
        within.clear();
        let mut sum = 0;
        for (at, &piece) in pieces.iter().enumerate() {
            if weights[piece] > 0 {
                let times = within.entry(piece).or_default();
                *times += 1;
                if *times == 1 {
                    sum += weights[piece];
                }
            }
            let width = STRETCH - PIECE + 1;
            if at >= width
                && let Some(times) = within.get_mut(&pieces[at - width])
            {
                *times -= 1;
                if *times == 0 {
                    sum -= weights[pieces[at - width]];
                    within.remove(&pieces[at - width]);
                }
            }
            if sum > best.0 {
                best = (sum, Some((number, (at + 1).saturating_sub(width))));
            }
        }
    }
    best.1
}
