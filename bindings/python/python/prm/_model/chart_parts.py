# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What records of chart are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from prm._model.ids import EntryId, OrganisationId, PatientId, PractitionerId, RecordId
from prm._model.values import Concept, Quantity
from prm._scalars import Sensitive, When, WhenLike, as_sensitive, as_text, as_when, fill

__all__ = [
    "Component", "EntryValue", "EntryValueBoolean", "EntryValueConcept", "EntryValueInSource", "EntryValueInteger",
    "EntryValueQuantity", "EntryValueText", "EntryValueWhen", "Link", "LinkTarget", "LinkTargetEntry",
    "LinkTargetOrganisation", "LinkTargetPatient", "LinkTargetPractitioner", "LinkTargetRecord", "LinkTargetUnresolved",
    "Origin",
]


@dataclass(frozen=True, slots=True, init=False)
class EntryValueQuantity:
    """An amount."""

    value: Quantity

    def __init__(self, value: Quantity) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class EntryValueConcept:
    """A concept."""

    value: Sensitive[Concept]

    def __init__(self, value: Sensitive[Concept] | Concept) -> None:
        fill(self, value=as_sensitive(value))


@dataclass(frozen=True, slots=True, init=False)
class EntryValueText:
    """Text."""

    value: Sensitive[str]

    def __init__(self, value: Sensitive[str] | str) -> None:
        fill(self, value=as_text(value))


@dataclass(frozen=True, slots=True, init=False)
class EntryValueBoolean:
    """Yes or no."""

    value: bool

    def __init__(self, value: bool) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class EntryValueInteger:
    """A whole number."""

    value: int

    def __init__(self, value: int) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class EntryValueWhen:
    """A time."""

    value: When

    def __init__(self, value: WhenLike) -> None:
        fill(self, value=as_when(value))


@dataclass(frozen=True, slots=True)
class EntryValueInSource:
    """A kind of value that is kept in the source alone."""


EntryValue: TypeAlias = (
    EntryValueQuantity | EntryValueConcept | EntryValueText | EntryValueBoolean | EntryValueInteger | EntryValueWhen |
    EntryValueInSource
)
"""A value of an entry."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Component:
    """A part of an observation with its own code, e.g. systolic pressure.

    Parameters
    ----------
    code : Concept
        What was measured.
    value : EntryValue, optional
        What was found.
    """

    code: Concept
    value: EntryValue | None

    def __init__(
        self, *, code: Concept, value: EntryValue | None = None,
    ) -> None:
        fill(
            self, code=code, value=value,
        )


@dataclass(frozen=True, slots=True, init=False)
class LinkTargetEntry:
    """An entry of this store."""

    value: EntryId

    def __init__(self, value: EntryId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class LinkTargetPatient:
    """A patient of this store."""

    value: PatientId

    def __init__(self, value: PatientId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class LinkTargetPractitioner:
    """A practitioner of this store."""

    value: PractitionerId

    def __init__(self, value: PractitionerId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class LinkTargetOrganisation:
    """An organisation of this store."""

    value: OrganisationId

    def __init__(self, value: OrganisationId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class LinkTargetRecord:
    """Another record of this store."""

    value: RecordId

    def __init__(self, value: RecordId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class LinkTargetUnresolved:
    """A reference that leads to nothing in this store (yet), as it was written."""

    value: Sensitive[str]

    def __init__(self, value: Sensitive[str] | str) -> None:
        fill(self, value=as_text(value))


LinkTarget: TypeAlias = (
    LinkTargetEntry | LinkTargetPatient | LinkTargetPractitioner | LinkTargetOrganisation | LinkTargetRecord |
    LinkTargetUnresolved
)
"""What a link points to."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Link:
    """A link from an entry to something else.

    Parameters
    ----------
    role : str
        Path of the element that holds the reference, e.g. ``encounter`` or ``performer``.
    target : LinkTarget
        Where it leads.
    """

    role: str
    target: LinkTarget

    def __init__(
        self, *, role: str, target: LinkTarget,
    ) -> None:
        fill(
            self, role=role, target=target,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Origin:
    """Where an entry came from.

    Parameters
    ----------
    source : str
        Name the caller gave the source when importing.
    identity : str, does not print
        Identity within the source: ``Type/id``, a full URL, ``system|value``, or ``sha256:…`` of the content.
        It may hold an identifier of a person, so it does not print.
    """

    source: str
    identity: Sensitive[str]

    def __init__(
        self, *, source: str, identity: Sensitive[str] | str,
    ) -> None:
        fill(
            self, source=source, identity=as_text(identity),
        )
