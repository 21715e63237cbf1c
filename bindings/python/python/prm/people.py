# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Patients, the people around them, and those who care for them."""

from prm._model.people import CareTeam, Organisation, Patient, PatientSearch, Practitioner, RelatedPerson
from prm._model.people_codes import (
    Authority, ContactSystem, ContactUse, Gender, IdentifierUse, NameMatching, NameUse, ProxyScope, SexForClinicalUse,
)
from prm._model.people_parts import (
    Address, CareTeamMember, CommunicationPreferences, ContactPoint, Deceased, HumanName, Identifier, Language, Member,
    MemberOrganisation, MemberPatient, MemberPractitioner, MemberRelatedPerson,
)
from prm._model.people_views import (
    CareTeamView, MatchReason, MatchReasonBirthDate, MatchReasonFuzzy, MatchReasonIdentifier, MatchReasonNameExact,
    MatchReasonNamePrefix, MatchReasonPhone, MatchReasonPhonetic, OrganisationView, PatientHit, PatientRow, PatientView,
    PractitionerView, RelatedPersonView,
)

__all__ = [
    "Address", "Authority", "CareTeam", "CareTeamMember", "CareTeamView", "CommunicationPreferences", "ContactPoint",
    "ContactSystem", "ContactUse", "Deceased", "Gender", "HumanName", "Identifier", "IdentifierUse", "Language",
    "MatchReason", "MatchReasonBirthDate", "MatchReasonFuzzy", "MatchReasonIdentifier", "MatchReasonNameExact",
    "MatchReasonNamePrefix", "MatchReasonPhone", "MatchReasonPhonetic", "Member", "MemberOrganisation", "MemberPatient",
    "MemberPractitioner", "MemberRelatedPerson", "NameMatching", "NameUse", "Organisation", "OrganisationView",
    "Patient", "PatientHit", "PatientRow", "PatientSearch", "PatientView", "Practitioner", "PractitionerView",
    "ProxyScope", "RelatedPerson", "RelatedPersonView", "SexForClinicalUse",
]
