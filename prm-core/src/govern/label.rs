//! Security labels as bits of a covering entry. The list is fixed with the format: a label that is not in it sets
//! [`UNKNOWN`], which is withheld until policy knows it.

use crate::value::Coding;

/// A label this version does not know.
pub(crate) const UNKNOWN: u32 = 1 << 31;
/// v3 Confidentiality `R`.
pub(crate) const RESTRICTED: u32 = 1 << 0;
/// v3 Confidentiality `V`.
pub(crate) const VERY_RESTRICTED: u32 = 1 << 1;
/// Labels of v3 ActCode whose data are sensitive by law or custom, and those of v3 Confidentiality above normal.
pub(crate) const SENSITIVE: u32 =
    RESTRICTED | VERY_RESTRICTED | SUBSTANCE_USE | PSYCHIATRY | SEXUAL_HEALTH | HIV | GENETIC | VIOLENCE;
/// ActCode `ETH` and `SUD`: substance use.
pub(crate) const SUBSTANCE_USE: u32 = 1 << 2;
/// ActCode `PSY` and `MH`: mental health.
pub(crate) const PSYCHIATRY: u32 = 1 << 3;
/// ActCode `SEX` and `STD`: sexual and reproductive health.
pub(crate) const SEXUAL_HEALTH: u32 = 1 << 4;
/// ActCode `HIV`.
pub(crate) const HIV: u32 = 1 << 5;
/// ActCode `GDIS`: genetic disease.
pub(crate) const GENETIC: u32 = 1 << 6;
/// ActCode `SDV` and `DIA`: violence and abuse.
pub(crate) const VIOLENCE: u32 = 1 << 7;

const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const ACT_REASON: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

/// The bits of the labels of a record.
pub(crate) fn bits(labels: &[Coding]) -> u32 {
    labels.iter().fold(0, |bits, label| bits | bit(label))
}

fn bit(label: &Coding) -> u32 {
    match (label.system.as_deref(), label.code.as_str()) {
        (Some(CONFIDENTIALITY), "U" | "L" | "M" | "N") => 0,
        (Some(CONFIDENTIALITY), "R") => RESTRICTED,
        (Some(CONFIDENTIALITY), "V") => VERY_RESTRICTED,
        (Some(ACT_CODE), "ETH" | "ETHUD" | "SUD") => SUBSTANCE_USE,
        (Some(ACT_CODE), "PSY" | "MH" | "PSYTHPN") => PSYCHIATRY,
        (Some(ACT_CODE), "SEX" | "STD") => SEXUAL_HEALTH,
        (Some(ACT_CODE), "HIV") => HIV,
        (Some(ACT_CODE), "GDIS") => GENETIC,
        (Some(ACT_CODE), "SDV" | "DIA") => VIOLENCE,
        // Test data are marked, not withheld.
        (Some(ACT_REASON), "HTEST") => 0,
        _ => UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_nobody_knows_is_withheld_and_normal_ones_are_not() {
        assert_eq!(bits(&[Coding::new(CONFIDENTIALITY, "N"), Coding::new(ACT_REASON, "HTEST")]), 0);
        assert_eq!(bits(&[Coding::new(CONFIDENTIALITY, "R"), Coding::new(ACT_CODE, "HIV")]), RESTRICTED | HIV);
        assert_eq!(bits(&[Coding::new("http://example.org", "N")]), UNKNOWN);
        assert_eq!(bits(&[Coding { system: None, code: "R".into(), display: None }]), UNKNOWN);
    }
}
