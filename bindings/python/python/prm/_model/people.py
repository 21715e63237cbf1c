# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Records of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prm._model.ids import OrganisationId, PatientId, PractitionerId
from prm._model.people_codes import Authority, Gender, NameMatching, ProxyScope, SexForClinicalUse
from prm._model.people_parts import (
    Address, CareTeamMember, CommunicationPreferences, ContactPoint, Deceased, HumanName, Identifier, Language,
)
from prm._model.values import Coding, Concept, Period
from prm._scalars import DateLike, PartialDate, Sensitive, as_date, as_sensitive, as_text, fill, many, maybe

__all__ = [
    "CareTeam", "Organisation", "Patient", "PatientSearch", "Practitioner", "RelatedPerson",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CareTeam:
    """A team that cares for one patient, or for all patients it is assigned to. Membership is what entitles a
    practitioner to treat.

    Parameters
    ----------
    inactive : bool, optional
        Whether the record is out of use.
    name : str, optional
        Name.
    patients : sequence of PatientId, optional
        Patients the team cares for.
    members : sequence of CareTeamMember, optional
        Members.
    organisation : OrganisationId, optional
        The organisation it belongs to.
    period : Period, optional
        When the team exists.
    """

    inactive: bool
    name: str
    patients: tuple[PatientId, ...]
    members: tuple[CareTeamMember, ...]
    organisation: OrganisationId | None
    period: Period | None

    def __init__(
        self, *, inactive: bool = False, name: str = "", patients: Sequence[PatientId] = (),
        members: Sequence[CareTeamMember] = (), organisation: OrganisationId | None = None,
        period: Period | None = None,
    ) -> None:
        fill(
            self, inactive=inactive, name=name, patients=many(patients), members=many(members),
            organisation=organisation, period=period,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Organisation:
    """An organisation: a clinic, a department, a payer.

    Parameters
    ----------
    inactive : bool, optional
        Whether the record is out of use.
    name : str, optional
        Name.
    identifiers : sequence of Identifier, optional
        Identifiers.
    kinds : sequence of Concept, optional
        Kinds.
    telecom : sequence of ContactPoint, optional
        Telephones and the like.
    addresses : sequence of Address, optional
        Postal addresses.
    part_of : OrganisationId, optional
        The organisation it is part of.
    """

    inactive: bool
    name: str
    identifiers: tuple[Identifier, ...]
    kinds: tuple[Concept, ...]
    telecom: tuple[ContactPoint, ...]
    addresses: tuple[Address, ...]
    part_of: OrganisationId | None

    def __init__(
        self, *, inactive: bool = False, name: str = "", identifiers: Sequence[Identifier] = (),
        kinds: Sequence[Concept] = (), telecom: Sequence[ContactPoint] = (), addresses: Sequence[Address] = (),
        part_of: OrganisationId | None = None,
    ) -> None:
        fill(
            self, inactive=inactive, name=name, identifiers=many(identifiers), kinds=many(kinds), telecom=many(telecom),
            addresses=many(addresses), part_of=part_of,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Patient:
    """A patient: the demographic record.

    Parameters
    ----------
    active : bool, optional
        Whether the record is in use.
    names : sequence of HumanName, optional
        Names, present and past.
    identifiers : sequence of Identifier, optional
        Identifiers per system.
    telecom : sequence of ContactPoint, optional
        Telephones and addresses of the electronic kind.
    addresses : sequence of Address, optional
        Postal addresses.
    birth_date : PartialDate, optional
        Date of birth, as far as it is known.
    gender : Gender, optional
        Administrative gender.
    sex_for_clinical_use : SexForClinicalUse, optional
        Which sex-dependent reference values apply.
    gender_identity : Concept, does not print, optional
        Gender identity, as the patient states it.
    languages : sequence of Language, optional
        Languages and need of an interpreter.
    preferences : CommunicationPreferences, optional
        How the patient wishes to be contacted.
    deceased : Deceased, optional
        Death, if it happened.
    managing_organisation : OrganisationId, optional
        The organisation that keeps the record; the owner scope of everything about the patient.
    general_practitioners : sequence of PractitionerId, optional
        General practitioners.
    labels : sequence of Coding, optional
        Security labels of the whole record (v3 Confidentiality and ActCode).
    time_zone : str, optional
        The time zone the patient lives in, by its name in the IANA database, e.g. ``America/New_York``: what
        is planned for eight o'clock is planned for eight o'clock there.
    """

    active: bool
    names: tuple[HumanName, ...]
    identifiers: tuple[Identifier, ...]
    telecom: tuple[ContactPoint, ...]
    addresses: tuple[Address, ...]
    birth_date: PartialDate | None
    gender: Gender | None
    sex_for_clinical_use: SexForClinicalUse | None
    gender_identity: Sensitive[Concept] | None
    languages: tuple[Language, ...]
    preferences: CommunicationPreferences | None
    deceased: Deceased | None
    managing_organisation: OrganisationId | None
    general_practitioners: tuple[PractitionerId, ...]
    labels: tuple[Coding, ...]
    time_zone: str | None

    def __init__(
        self, *, active: bool = True, names: Sequence[HumanName] = (), identifiers: Sequence[Identifier] = (),
        telecom: Sequence[ContactPoint] = (), addresses: Sequence[Address] = (), birth_date: DateLike | None = None,
        gender: Gender | str | None = None, sex_for_clinical_use: SexForClinicalUse | str | None = None,
        gender_identity: Sensitive[Concept] | Concept | None = None, languages: Sequence[Language] = (),
        preferences: CommunicationPreferences | None = None, deceased: Deceased | None = None,
        managing_organisation: OrganisationId | None = None, general_practitioners: Sequence[PractitionerId] = (),
        labels: Sequence[Coding] = (), time_zone: str | None = None,
    ) -> None:
        fill(
            self, active=active, names=many(names), identifiers=many(identifiers), telecom=many(telecom),
            addresses=many(addresses), birth_date=maybe(as_date, birth_date), gender=maybe(Gender, gender),
            sex_for_clinical_use=maybe(SexForClinicalUse, sex_for_clinical_use),
            gender_identity=maybe(as_sensitive, gender_identity), languages=many(languages), preferences=preferences,
            deceased=deceased, managing_organisation=managing_organisation,
            general_practitioners=many(general_practitioners), labels=many(labels), time_zone=time_zone,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Practitioner:
    """A practitioner, as in FHIR ``Practitioner`` with the organisations they work for.

    Parameters
    ----------
    inactive : bool, optional
        Whether the record is out of use.
    names : sequence of HumanName, optional
        Names.
    identifiers : sequence of Identifier, optional
        Identifiers, e.g. a national provider number.
    telecom : sequence of ContactPoint, optional
        Telephones and the like.
    gender : Gender, optional
        Administrative gender.
    qualifications : sequence of Concept, optional
        Qualifications and specialties.
    organisations : sequence of OrganisationId, optional
        Organisations they work for: their sites.
    """

    inactive: bool
    names: tuple[HumanName, ...]
    identifiers: tuple[Identifier, ...]
    telecom: tuple[ContactPoint, ...]
    gender: Gender | None
    qualifications: tuple[Concept, ...]
    organisations: tuple[OrganisationId, ...]

    def __init__(
        self, *, inactive: bool = False, names: Sequence[HumanName] = (), identifiers: Sequence[Identifier] = (),
        telecom: Sequence[ContactPoint] = (), gender: Gender | str | None = None,
        qualifications: Sequence[Concept] = (), organisations: Sequence[OrganisationId] = (),
    ) -> None:
        fill(
            self, inactive=inactive, names=many(names), identifiers=many(identifiers), telecom=many(telecom),
            gender=maybe(Gender, gender), qualifications=many(qualifications), organisations=many(organisations),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RelatedPerson:
    """Someone related to a patient. With an authority and at least one scope they are a proxy within the period.

    Parameters
    ----------
    patient : PatientId
        The patient.
    active : bool, optional
        Whether the record is in use.
    relationship : sequence of Concept, optional
        How they are related.
    names : sequence of HumanName, optional
        Names.
    identifiers : sequence of Identifier, optional
        Identifiers.
    telecom : sequence of ContactPoint, optional
        Telephones and the like.
    addresses : sequence of Address, optional
        Postal addresses.
    birth_date : PartialDate, optional
        Date of birth.
    gender : Gender, optional
        Administrative gender.
    authority : Authority, optional
        Ground on which they act for the patient; none means they do not.
    scope : sequence of ProxyScope, optional
        What they may see and do.
    period : Period, optional
        When the relation and the authority hold.
    evidence : str, does not print, optional
        What the authority rests on, and who saw it.
    """

    patient: PatientId
    active: bool
    relationship: tuple[Concept, ...]
    names: tuple[HumanName, ...]
    identifiers: tuple[Identifier, ...]
    telecom: tuple[ContactPoint, ...]
    addresses: tuple[Address, ...]
    birth_date: PartialDate | None
    gender: Gender | None
    authority: Authority | None
    scope: tuple[ProxyScope, ...]
    period: Period | None
    evidence: Sensitive[str] | None

    def __init__(
        self, *, patient: PatientId, active: bool = True, relationship: Sequence[Concept] = (),
        names: Sequence[HumanName] = (), identifiers: Sequence[Identifier] = (), telecom: Sequence[ContactPoint] = (),
        addresses: Sequence[Address] = (), birth_date: DateLike | None = None, gender: Gender | str | None = None,
        authority: Authority | str | None = None, scope: Sequence[ProxyScope | str] = (), period: Period | None = None,
        evidence: Sensitive[str] | str | None = None,
    ) -> None:
        fill(
            self, patient=patient, active=active, relationship=many(relationship), names=many(names),
            identifiers=many(identifiers), telecom=many(telecom), addresses=many(addresses),
            birth_date=maybe(as_date, birth_date), gender=maybe(Gender, gender), authority=maybe(Authority, authority),
            scope=many(scope, ProxyScope), period=period, evidence=maybe(as_text, evidence),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class PatientSearch:
    """What is asked for. Whatever is given must hold of a patient; a search in which nothing is given is
    ``Invalid``.

    Parameters
    ----------
    text : str, does not print, optional
        What someone typed: words of names, an identifier, the id, a telephone number, a date of birth as
        ``1987-04-03``, ``3.4.1987`` or ``4/3/1987``, or names with a date or year of birth.
    name : str, does not print, optional
        Words of names.
    matching : NameMatching, optional
        How words may differ from names.
    identifier : str, does not print, optional
        An identifier; case, spaces and punctuation do not count.
    identifier_system : str, optional
        URI of the system of the identifier; none means any.
    birth_date : PartialDate, optional
        Date of birth. A patient whose date is known to the month or year alone agrees with every day of it.
    phone : str, does not print, optional
        A telephone number with or without prefixes, or at least its last four digits.
    """

    text: Sensitive[str] | None
    name: Sensitive[str] | None
    matching: NameMatching
    identifier: Sensitive[str] | None
    identifier_system: str | None
    birth_date: PartialDate | None
    phone: Sensitive[str] | None

    def __init__(
        self, *, text: Sensitive[str] | str | None = None, name: Sensitive[str] | str | None = None,
        matching: NameMatching = NameMatching.ANY, identifier: Sensitive[str] | str | None = None,
        identifier_system: str | None = None, birth_date: DateLike | None = None,
        phone: Sensitive[str] | str | None = None,
    ) -> None:
        fill(
            self, text=maybe(as_text, text), name=maybe(as_text, name), matching=matching,
            identifier=maybe(as_text, identifier), identifier_system=identifier_system,
            birth_date=maybe(as_date, birth_date), phone=maybe(as_text, phone),
        )
