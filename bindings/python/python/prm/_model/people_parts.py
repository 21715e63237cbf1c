# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What records of people are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from prm._model.ids import OrganisationId, PatientId, PractitionerId, RelatedPersonId
from prm._model.people_codes import ContactSystem, ContactUse, IdentifierUse, NameUse
from prm._model.values import Concept, Period
from prm._scalars import Sensitive, When, WhenLike, as_text, as_when, fill, many, maybe

__all__ = [
    "Address", "CareTeamMember", "CommunicationPreferences", "ContactPoint", "Deceased", "HumanName", "Identifier",
    "Language", "Member", "MemberOrganisation", "MemberPatient", "MemberPractitioner", "MemberRelatedPerson",
]


@dataclass(frozen=True, slots=True, init=False)
class MemberPractitioner:
    """A practitioner."""

    value: PractitionerId

    def __init__(self, value: PractitionerId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class MemberOrganisation:
    """An organisation."""

    value: OrganisationId

    def __init__(self, value: OrganisationId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class MemberRelatedPerson:
    """Someone related to the patient."""

    value: RelatedPersonId

    def __init__(self, value: RelatedPersonId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class MemberPatient:
    """A patient."""

    value: PatientId

    def __init__(self, value: PatientId) -> None:
        fill(self, value=value)


Member: TypeAlias = (
    MemberPractitioner | MemberOrganisation | MemberRelatedPerson | MemberPatient
)
"""Someone on a care team."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CareTeamMember:
    """A member with role and time.

    Parameters
    ----------
    member : Member
        Who.
    role : Concept, optional
        In which role.
    period : Period, optional
        When they belong to the team.
    """

    member: Member
    role: Concept | None
    period: Period | None

    def __init__(
        self, *, member: Member, role: Concept | None = None, period: Period | None = None,
    ) -> None:
        fill(
            self, member=member, role=role, period=period,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Address:
    """A postal address.

    Parameters
    ----------
    usage : ContactUse, optional
        What it is used for.
    text : str, does not print, optional
        The whole address as it is to be shown, if the source gave one.
    line : sequence of str, does not print, optional
        Street and number, in lines.
    city : str, does not print, optional
        City.
    district : str, does not print, optional
        District.
    state : str, does not print, optional
        State or region.
    postal_code : str, does not print, optional
        Postal code.
    country : str, does not print, optional
        Country.
    period : Period, optional
        When it was in use.
    """

    usage: ContactUse | None
    text: Sensitive[str] | None
    line: tuple[Sensitive[str], ...]
    city: Sensitive[str] | None
    district: Sensitive[str] | None
    state: Sensitive[str] | None
    postal_code: Sensitive[str] | None
    country: Sensitive[str] | None
    period: Period | None

    def __init__(
        self, *, usage: ContactUse | str | None = None, text: Sensitive[str] | str | None = None,
        line: Sequence[Sensitive[str] | str] = (), city: Sensitive[str] | str | None = None,
        district: Sensitive[str] | str | None = None, state: Sensitive[str] | str | None = None,
        postal_code: Sensitive[str] | str | None = None, country: Sensitive[str] | str | None = None,
        period: Period | None = None,
    ) -> None:
        fill(
            self, usage=maybe(ContactUse, usage), text=maybe(as_text, text), line=many(line, as_text),
            city=maybe(as_text, city), district=maybe(as_text, district), state=maybe(as_text, state),
            postal_code=maybe(as_text, postal_code), country=maybe(as_text, country), period=period,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ContactPoint:
    """A telephone number, e-mail address or the like.

    Parameters
    ----------
    system : ContactSystem, optional
        Kind.
    value : str, does not print, optional
        Number or address.
    usage : ContactUse, optional
        What it is used for.
    rank : int, optional
        Order of preference, 1 first.
    period : Period, optional
        When it was in use.
    """

    system: ContactSystem | None
    value: Sensitive[str]
    usage: ContactUse | None
    rank: int | None
    period: Period | None

    def __init__(
        self, *, system: ContactSystem | str | None = None, value: Sensitive[str] | str = "",
        usage: ContactUse | str | None = None, rank: int | None = None, period: Period | None = None,
    ) -> None:
        fill(
            self, system=maybe(ContactSystem, system), value=as_text(value), usage=maybe(ContactUse, usage), rank=rank,
            period=period,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Identifier:
    """An identifier within a system, e.g. a medical record number.

    Parameters
    ----------
    usage : IdentifierUse, optional
        What it is used for.
    kind : Concept, optional
        Kind of identifier, e.g. ``MR`` of HL7 table 0203.
    system : str, optional
        URI of the system that gives it.
    value : str, does not print, optional
        The identifier.
    period : Period, optional
        When it was in use.
    """

    usage: IdentifierUse | None
    kind: Concept | None
    system: str | None
    value: Sensitive[str]
    period: Period | None

    def __init__(
        self, *, usage: IdentifierUse | str | None = None, kind: Concept | None = None, system: str | None = None,
        value: Sensitive[str] | str = "", period: Period | None = None,
    ) -> None:
        fill(
            self, usage=maybe(IdentifierUse, usage), kind=kind, system=system, value=as_text(value), period=period,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CommunicationPreferences:
    """How the patient wishes to be contacted.

    Parameters
    ----------
    channels : sequence of ContactSystem, optional
        Channels in order of preference.
    never : sequence of ContactSystem, optional
        Channels never to be used.
    note : str, does not print, optional
        What staff must know before they call or write.
    """

    channels: tuple[ContactSystem, ...]
    never: tuple[ContactSystem, ...]
    note: Sensitive[str] | None

    def __init__(
        self, *, channels: Sequence[ContactSystem | str] = (), never: Sequence[ContactSystem | str] = (),
        note: Sensitive[str] | str | None = None,
    ) -> None:
        fill(
            self, channels=many(channels, ContactSystem), never=many(never, ContactSystem), note=maybe(as_text, note),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Deceased:
    """Whether the patient has died.

    Parameters
    ----------
    at : When, optional
        When, if known.
    """

    at: When | None

    def __init__(
        self, *, at: WhenLike | None = None,
    ) -> None:
        fill(
            self, at=maybe(as_when, at),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class HumanName:
    """A name with its use and the time it was used. A patient's names are a history: an older one keeps its
    period.

    Parameters
    ----------
    usage : NameUse, optional
        What it is used for.
    text : str, does not print, optional
        The whole name as it is to be shown, if the source gave one.
    family : str, does not print, optional
        Family name.
    given : sequence of str, does not print, optional
        Given names, in order.
    prefix : sequence of str, does not print, optional
        Parts before the name.
    suffix : sequence of str, does not print, optional
        Parts after the name.
    period : Period, optional
        When it was used.
    """

    usage: NameUse | None
    text: Sensitive[str] | None
    family: Sensitive[str] | None
    given: tuple[Sensitive[str], ...]
    prefix: tuple[Sensitive[str], ...]
    suffix: tuple[Sensitive[str], ...]
    period: Period | None

    def __init__(
        self, *, usage: NameUse | str | None = None, text: Sensitive[str] | str | None = None,
        family: Sensitive[str] | str | None = None, given: Sequence[Sensitive[str] | str] = (),
        prefix: Sequence[Sensitive[str] | str] = (), suffix: Sequence[Sensitive[str] | str] = (),
        period: Period | None = None,
    ) -> None:
        fill(
            self, usage=maybe(NameUse, usage), text=maybe(as_text, text), family=maybe(as_text, family),
            given=many(given, as_text), prefix=many(prefix, as_text), suffix=many(suffix, as_text), period=period,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Language:
    """A language the patient communicates in.

    Parameters
    ----------
    language : Concept, optional
        BCP 47 tag in codes, e.g. ``de`` or ``pt-BR``.
    preferred : bool, optional
        Whether the patient prefers it.
    interpreter : bool, optional
        Whether an interpreter is needed by someone who does not speak it; unknown if absent.
    """

    language: Concept
    preferred: bool
    interpreter: bool | None

    def __init__(
        self, *, language: Concept = Concept(), preferred: bool = False, interpreter: bool | None = None,
    ) -> None:
        fill(
            self, language=language, preferred=preferred, interpreter=interpreter,
        )
