# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Values that the other rooms share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from prm._model.codes import Comparator
from prm._model.ids import OrganisationId, PatientId, PractitionerId, RelatedPersonId
from prm._scalars import (
    Cursor, Decimal, DecimalLike, Sensitive, When, WhenLike, as_decimal, as_text, as_when, fill, many, maybe,
)

__all__ = [
    "Actor", "Coding", "Concept", "FhirImport", "Page", "Period", "Quantity", "Who", "WhoPatient", "WhoPractitioner",
    "WhoRelatedPerson", "WhoSystem",
]


@dataclass(frozen=True, slots=True, init=False)
class WhoPractitioner:
    """A practitioner, or someone who works for those who give care."""

    value: PractitionerId

    def __init__(self, value: PractitionerId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class WhoPatient:
    """A patient."""

    value: PatientId

    def __init__(self, value: PatientId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class WhoRelatedPerson:
    """Someone related to a patient."""

    value: RelatedPersonId

    def __init__(self, value: RelatedPersonId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class WhoSystem:
    """A program that acts for nobody in particular, by a name that an administrator gave a role."""

    value: str

    def __init__(self, value: str) -> None:
        fill(self, value=value)


Who: TypeAlias = (
    WhoPractitioner | WhoPatient | WhoRelatedPerson | WhoSystem
)
"""Who acts. The host app has authenticated them."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Actor:
    """Who acts, for whom, with which app on which device. A session has one for its whole life.

    Parameters
    ----------
    who : Who
        Who.
    on_behalf_of : PatientId, optional
        For whom, if not for themselves; recorded, and no ground for access by itself.
    app : str, optional
        App and version.
    device : str, optional
        Device.
    """

    who: Who
    on_behalf_of: PatientId | None
    app: str | None
    device: str | None

    def __init__(
        self, *, who: Who, on_behalf_of: PatientId | None = None, app: str | None = None, device: str | None = None,
    ) -> None:
        fill(
            self, who=who, on_behalf_of=on_behalf_of, app=app, device=device,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Coding:
    """A code of a code system, as in FHIR ``Coding``.

    Parameters
    ----------
    system : str, optional
        URI of the code system, e.g. ``http://loinc.org``.
    code : str
        The code; empty only when the source gave a display alone.
    display : str, optional
        Text the source showed for the code.
    """

    system: str | None
    code: str
    display: str | None

    def __init__(
        self, *, system: str | None = None, code: str, display: str | None = None,
    ) -> None:
        fill(
            self, system=system, code=code, display=display,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Concept:
    """A concept: codes that mean the same in several systems, and the text a person chose, as in FHIR
    ``CodeableConcept``.

    Parameters
    ----------
    codings : sequence of Coding, optional
        Codes, in the order of the source.
    text : str, does not print, optional
        Text.
    """

    codings: tuple[Coding, ...]
    text: Sensitive[str] | None

    def __init__(
        self, *, codings: Sequence[Coding] = (), text: Sensitive[str] | str | None = None,
    ) -> None:
        fill(
            self, codings=many(codings), text=maybe(as_text, text),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Period:
    """A span of time with open ends allowed, as in FHIR ``Period``. Both ends belong to it.

    Parameters
    ----------
    start : When, optional
        First moment or day; none means it always was.
    end : When, optional
        Last moment or day; none means it still is.
    """

    start: When | None
    end: When | None

    def __init__(
        self, *, start: WhenLike | None = None, end: WhenLike | None = None,
    ) -> None:
        fill(
            self, start=maybe(as_when, start), end=maybe(as_when, end),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Quantity:
    """An amount with its unit, as in FHIR ``Quantity``, as its source stated it: digits and unit are kept as
    they came. ``ucum_code`` gives a code of UCUM if it is one.

    Parameters
    ----------
    value : Decimal
        The number.
    comparator : Comparator, optional
        How the true value relates to the number, if it is not equal to it.
    unit : str, optional
        The unit as a person reads it, e.g. ``mmHg``.
    system : str, optional
        URI of the system that ``code`` is of, e.g. ``http://unitsofmeasure.org``.
    code : str, optional
        The unit as a code of ``system``, e.g. ``mm[Hg]``.
    """

    value: Decimal
    comparator: Comparator | None
    unit: str | None
    system: str | None
    code: str | None

    def __init__(
        self, *, value: DecimalLike, comparator: Comparator | str | None = None, unit: str | None = None,
        system: str | None = None, code: str | None = None,
    ) -> None:
        fill(
            self, value=as_decimal(value), comparator=maybe(Comparator, comparator), unit=unit, system=system,
            code=code,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class FhirImport:
    """What an import brings in, and for whom.

    Parameters
    ----------
    source : str
        Name of the source, of the caller's choice: the same resource from the same source is the same record.
        At most 200 bytes.
    managing_organisation : OrganisationId, optional
        The organisation that is to manage patients of whom the source does not say it.
    """

    source: str
    managing_organisation: OrganisationId | None

    def __init__(
        self, *, source: str, managing_organisation: OrganisationId | None = None,
    ) -> None:
        fill(
            self, source=source, managing_organisation=managing_organisation,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Page:
    """What to return of a longer answer: at most ``Page.MOST`` rows.

    Parameters
    ----------
    limit : int, optional
        How many rows at most, from 1.
    after : Cursor, optional
        Where the page before ended; none for the first page.
    """

    limit: int
    after: Cursor | None

    def __init__(
        self, *, limit: int = 50, after: Cursor | None = None,
    ) -> None:
        fill(
            self, limit=limit, after=after,
        )
