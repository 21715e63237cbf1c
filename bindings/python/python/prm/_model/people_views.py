# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What reads of people answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from prm._model.ids import CareTeamId, OrganisationId, PatientId, PractitionerId, RelatedPersonId
from prm._model.people import CareTeam, Organisation, Patient, Practitioner, RelatedPerson
from prm._model.people_codes import Gender
from prm._scalars import DateLike, PartialDate, Sensitive, as_date, as_instant, as_text, fill, maybe

__all__ = [
    "CareTeamView", "MatchReason", "MatchReasonBirthDate", "MatchReasonFuzzy", "MatchReasonIdentifier",
    "MatchReasonNameExact", "MatchReasonNamePrefix", "MatchReasonPhone", "MatchReasonPhonetic", "OrganisationView",
    "PatientHit", "PatientRow", "PatientView", "PractitionerView", "RelatedPersonView",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class PatientRow:
    """A patient in a list.

    Parameters
    ----------
    id : PatientId
        Id.
    name : str, does not print
        The name to show, by the rule of ``display_name`` at the time the record was written; empty if the
        record has none. A name of more than 200 bytes is cut.
    birth_date : PartialDate, optional
        Date of birth, as far as it is known.
    gender : Gender, optional
        Administrative gender.
    active : bool
        Whether the record is in use.
    deceased : bool
        Whether the patient has died.
    """

    id: PatientId
    name: Sensitive[str]
    birth_date: PartialDate | None
    gender: Gender | None
    active: bool
    deceased: bool

    def __init__(
        self, *, id: PatientId, name: Sensitive[str] | str, birth_date: DateLike | None = None,
        gender: Gender | str | None = None, active: bool, deceased: bool,
    ) -> None:
        fill(
            self, id=id, name=as_text(name), birth_date=maybe(as_date, birth_date), gender=maybe(Gender, gender),
            active=active, deceased=deceased,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CareTeamView:
    """A care team as it was read.

    Parameters
    ----------
    id : CareTeamId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the record was marked as entered in error; none if it counts.
    care_team : CareTeam
        The record.
    """

    id: CareTeamId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    care_team: CareTeam

    def __init__(
        self, *, id: CareTeamId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None,
        care_team: CareTeam,
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided),
            care_team=care_team,
        )


@dataclass(frozen=True, slots=True)
class MatchReasonIdentifier:
    """An identifier is the one asked for."""


@dataclass(frozen=True, slots=True)
class MatchReasonPhone:
    """A telephone number is the one asked for, or ends with the digits asked for."""


@dataclass(frozen=True, slots=True)
class MatchReasonNameExact:
    """Every word is a name of the patient."""


@dataclass(frozen=True, slots=True)
class MatchReasonNamePrefix:
    """Every word begins a name of the patient."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class MatchReasonFuzzy:
    """Every word is a name of the patient but for some letters.

    Parameters
    ----------
    distance : int
        Letters inserted, left out, replaced or swapped, over all words.
    """

    distance: int

    def __init__(
        self, *, distance: int,
    ) -> None:
        fill(
            self, distance=distance,
        )


@dataclass(frozen=True, slots=True)
class MatchReasonPhonetic:
    """Every word sounds like a name of the patient."""


@dataclass(frozen=True, slots=True)
class MatchReasonBirthDate:
    """The date of birth is the one asked for, and nothing else was asked."""


MatchReason: TypeAlias = (
    MatchReasonIdentifier | MatchReasonPhone | MatchReasonNameExact | MatchReasonNamePrefix | MatchReasonFuzzy |
    MatchReasonPhonetic | MatchReasonBirthDate
)
"""Why a search found a patient."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class OrganisationView:
    """An organisation as it was read.

    Parameters
    ----------
    id : OrganisationId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the record was marked as entered in error; none if it counts.
    organisation : Organisation
        The record.
    """

    id: OrganisationId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    organisation: Organisation

    def __init__(
        self, *, id: OrganisationId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None,
        organisation: Organisation,
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided),
            organisation=organisation,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class PatientHit:
    """A patient that a search found.

    Parameters
    ----------
    patient : PatientRow
        The patient.
    reason : MatchReason
        Why.
    """

    patient: PatientRow
    reason: MatchReason

    def __init__(
        self, *, patient: PatientRow, reason: MatchReason,
    ) -> None:
        fill(
            self, patient=patient, reason=reason,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class PatientView:
    """A patient as it was read: which version, and since when the store has known it.

    Parameters
    ----------
    id : PatientId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the record was marked as entered in error; none if it counts.
    patient : Patient
        The record.
    """

    id: PatientId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    patient: Patient

    def __init__(
        self, *, id: PatientId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None,
        patient: Patient,
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided), patient=patient,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class PractitionerView:
    """A practitioner as they were read.

    Parameters
    ----------
    id : PractitionerId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the record was marked as entered in error; none if it counts.
    practitioner : Practitioner
        The record.
    """

    id: PractitionerId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    practitioner: Practitioner

    def __init__(
        self, *, id: PractitionerId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None,
        practitioner: Practitioner,
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided),
            practitioner=practitioner,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RelatedPersonView:
    """A related person as they were read.

    Parameters
    ----------
    id : RelatedPersonId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the record was marked as entered in error; none if it counts.
    related_person : RelatedPerson
        The record.
    """

    id: RelatedPersonId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    related_person: RelatedPerson

    def __init__(
        self, *, id: RelatedPersonId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None,
        related_person: RelatedPerson,
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided),
            related_person=related_person,
        )
