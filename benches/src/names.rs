//! Names of people who do not exist: a few common ones, and as many made-up ones as a large population has.

use crate::draw::Draw;

const COMMON_FAMILY: [&str; 40] = [
    "Smith",
    "Johnson",
    "Williams",
    "Brown",
    "Jones",
    "Garcia",
    "Miller",
    "Davis",
    "Rodriguez",
    "Martinez",
    "Hernandez",
    "Lopez",
    "Gonzalez",
    "Wilson",
    "Anderson",
    "Thomas",
    "Taylor",
    "Moore",
    "Jackson",
    "Martin",
    "Lee",
    "Perez",
    "Thompson",
    "White",
    "Harris",
    "Sanchez",
    "Clark",
    "Ramirez",
    "Lewis",
    "Robinson",
    "Walker",
    "Young",
    "Allen",
    "King",
    "Wright",
    "Scott",
    "Torres",
    "Nguyen",
    "Hill",
    "Flores",
];

const COMMON_GIVEN: [&str; 40] = [
    "Mary", "James", "Maria", "John", "Anna", "Robert", "Patricia", "Michael", "Jennifer", "David", "Linda", "William",
    "Elena", "Richard", "Susan", "Joseph", "Jessica", "Thomas", "Sarah", "Carlos", "Karen", "Daniel", "Lisa",
    "Matthew", "Nancy", "Anthony", "Sandra", "Mark", "Ashley", "Paul", "Emily", "Steven", "Donna", "Andrew",
    "Michelle", "Kenneth", "Carol", "Joshua", "Amanda", "Kevin",
];

const BEGIN: [&str; 40] = [
    "Ab", "Al", "Ander", "Bar", "Bel", "Ber", "Bran", "Cal", "Car", "Cor", "Dal", "Del", "Dor", "El", "Fal", "Fer",
    "Gal", "Gar", "Hal", "Har", "Hol", "Jan", "Kar", "Kel", "Lan", "Lor", "Mal", "Mar", "Mon", "Nor", "Ol", "Pal",
    "Per", "Quin", "Ros", "Sal", "Stan", "Tor", "Val", "Wes",
];

const MIDDLE: [&str; 20] = [
    "a", "ban", "co", "de", "di", "e", "fi", "ga", "i", "la", "li", "mo", "na", "o", "ra", "ri", "sto", "ta", "u", "vi",
];

const END: [&str; 40] = [
    "bert", "by", "cott", "dale", "den", "dez", "do", "er", "ero", "etti", "field", "ford", "gan", "ham", "ick", "ier",
    "ini", "ke", "land", "ley", "lin", "lo", "man", "mer", "ner", "nova", "ov", "quez", "rick", "sen", "ski", "son",
    "stein", "ston", "ter", "tez", "ton", "vich", "well", "worth",
];

/// Distinct family names: as many as 100,000 people share among them.
pub(crate) const FAMILIES: u64 = 24_000;
/// Distinct given names.
pub(crate) const GIVENS: u64 = 4_000;

pub(crate) fn family(draw: &mut Draw) -> String {
    named(draw.rank(FAMILIES), &COMMON_FAMILY, 0)
}

pub(crate) fn given(draw: &mut Draw) -> String {
    named(draw.rank(GIVENS), &COMMON_GIVEN, 17)
}

/// The name of a rank: a common one, or one put together from three syllables, all different.
fn named(rank: u64, common: &[&str], shift: u64) -> String {
    let rank = rank as usize;
    if let Some(name) = common.get(rank) {
        return (*name).to_owned();
    }
    let number = (rank - common.len()) * 7919 + shift as usize;
    let pick = |of: &[&'static str], number: usize| of.get(number % of.len()).copied().unwrap_or_default();
    let begin = pick(&BEGIN, number);
    let middle = pick(&MIDDLE, number / BEGIN.len());
    let end = pick(&END, number / (BEGIN.len() * MIDDLE.len()));
    format!("{begin}{middle}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ranks_have_names_of_their_own() {
        let distinct: BTreeSet<String> = (0..FAMILIES).map(|rank| named(rank, &COMMON_FAMILY, 0)).collect();
        assert!(distinct.len() > FAMILIES as usize * 9 / 10, "{}", distinct.len());
    }

    #[test]
    fn a_large_population_shares_its_names_as_people_do() {
        let mut draw = Draw::seeded(&[9]);
        let families: Vec<String> = (0..100_000).map(|_| family(&mut draw)).collect();
        let distinct: BTreeSet<&String> = families.iter().collect();
        let smiths = families.iter().filter(|name| *name == "Smith").count();
        assert!((10_000..24_000).contains(&distinct.len()), "{} distinct names", distinct.len());
        assert!((500..8_000).contains(&smiths), "{smiths} Smiths");
    }
}
