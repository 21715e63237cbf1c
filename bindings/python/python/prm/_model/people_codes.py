# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Codes and closed lists of people."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from prm._scalars import Code, known

__all__ = [
    "Authority", "ContactSystem", "ContactUse", "Gender", "IdentifierUse", "NameMatching", "NameUse", "ProxyScope",
    "SexForClinicalUse",
]


class ContactUse(Code):
    """What a contact or address is used for, as in FHIR ``ContactPoint.use`` and ``Address.use``.

    Any other code is kept as it came.
    """

    __slots__ = ()

    HOME: ClassVar[ContactUse] = known("home")
    """At home."""
    WORK: ClassVar[ContactUse] = known("work")
    """At work."""
    TEMP: ClassVar[ContactUse] = known("temp")
    """Not for long."""
    OLD: ClassVar[ContactUse] = known("old")
    """No longer valid."""
    MOBILE: ClassVar[ContactUse] = known("mobile")
    """A telephone the person carries."""
    BILLING: ClassVar[ContactUse] = known("billing")
    """Where bills go."""


class ContactSystem(Code):
    """Kind of contact, as in FHIR ``ContactPoint.system``.

    Any other code is kept as it came.
    """

    __slots__ = ()

    PHONE: ClassVar[ContactSystem] = known("phone")
    """Telephone."""
    FAX: ClassVar[ContactSystem] = known("fax")
    """Fax."""
    EMAIL: ClassVar[ContactSystem] = known("email")
    """E-mail."""
    PAGER: ClassVar[ContactSystem] = known("pager")
    """Pager."""
    URL: ClassVar[ContactSystem] = known("url")
    """Web address."""
    SMS: ClassVar[ContactSystem] = known("sms")
    """Text messages."""


class IdentifierUse(Code):
    """What an identifier is used for, as in FHIR ``Identifier.use``.

    Any other code is kept as it came.
    """

    __slots__ = ()

    USUAL: ClassVar[IdentifierUse] = known("usual")
    """Recommended for everyday use."""
    OFFICIAL: ClassVar[IdentifierUse] = known("official")
    """Most trusted."""
    TEMP: ClassVar[IdentifierUse] = known("temp")
    """Will be replaced."""
    SECONDARY: ClassVar[IdentifierUse] = known("secondary")
    """Points to another resource of its system."""
    OLD: ClassVar[IdentifierUse] = known("old")
    """No longer valid."""


class Gender(Code):
    """Administrative gender, as in FHIR ``Patient.gender``. It is neither sex for clinical use nor gender
    identity.

    Any other code is kept as it came.
    """

    __slots__ = ()

    MALE: ClassVar[Gender] = known("male")
    """Male."""
    FEMALE: ClassVar[Gender] = known("female")
    """Female."""
    ANOTHER: ClassVar[Gender] = known("other")
    """Neither."""
    UNKNOWN: ClassVar[Gender] = known("unknown")
    """Not known."""


class NameUse(Code):
    """What a name is used for, as in FHIR ``HumanName.use``.

    Any other code is kept as it came.
    """

    __slots__ = ()

    USUAL: ClassVar[NameUse] = known("usual")
    """Known by, in everyday life."""
    OFFICIAL: ClassVar[NameUse] = known("official")
    """The formal name as registered."""
    TEMP: ClassVar[NameUse] = known("temp")
    """Not in use for long."""
    NICKNAME: ClassVar[NameUse] = known("nickname")
    """What friends call them."""
    ANONYMOUS: ClassVar[NameUse] = known("anonymous")
    """Not to be traced to the person."""
    OLD: ClassVar[NameUse] = known("old")
    """No longer in use, or never correct."""
    MAIDEN: ClassVar[NameUse] = known("maiden")
    """Used before marriage."""


class SexForClinicalUse(Code):
    """Which sex-dependent reference values apply, as in the FHIR extension
    ``patient-sexParameterForClinicalUse``.

    Any other code is kept as it came.
    """

    __slots__ = ()

    FEMALE_TYPICAL: ClassVar[SexForClinicalUse] = known("female-typical")
    """Reference values for females."""
    MALE_TYPICAL: ClassVar[SexForClinicalUse] = known("male-typical")
    """Reference values for males."""
    SPECIFIED: ClassVar[SexForClinicalUse] = known("specified")
    """As stated for the measurement."""
    UNKNOWN: ClassVar[SexForClinicalUse] = known("unknown")
    """Not known."""


class Authority(Code):
    """On what ground a proxy acts for a patient.

    Any other code is kept as it came.
    """

    __slots__ = ()

    PARENT: ClassVar[Authority] = known("parent")
    """Parent of a minor."""
    GUARDIAN: ClassVar[Authority] = known("guardian")
    """Appointed guardian."""
    POWER_OF_ATTORNEY: ClassVar[Authority] = known("hcpoa")
    """Health-care power of attorney."""
    CONSERVATOR: ClassVar[Authority] = known("conservator")
    """Appointed conservator."""
    INFORMAL: ClassVar[Authority] = known("informal")
    """With the patient's word alone."""


class ProxyScope(Code):
    """What a proxy may see and do.

    Any other code is kept as it came.
    """

    __slots__ = ()

    DEMOGRAPHICS: ClassVar[ProxyScope] = known("demographics")
    """Who the patient is: names, contacts, preferences."""
    RESULTS: ClassVar[ProxyScope] = known("results")
    """The chart and the journey."""
    MESSAGES: ClassVar[ProxyScope] = known("messages")
    """Messages."""
    APPOINTMENTS: ClassVar[ProxyScope] = known("appointments")
    """Appointments."""
    DECISIONS: ClassVar[ProxyScope] = known("decisions")
    """Shared decisions."""


class NameMatching(Enum):
    """How the words of a search may differ from names. Each is tried in turn until enough patients are found."""

    ANY = "any"
    """Names that begin with the words, then names that differ by a slip of the hand, then names that sound
    alike.
    """
    EXACT = "exact"
    """Names that are the words, however they are written: ``Müller`` is ``MUELLER``."""
    PREFIX = "prefix"
    """Names that begin with the words."""
    FUZZY = "fuzzy"
    """Names that begin with the words, then names that differ by one letter, or by two if the word has six or
    more.
    """
    PHONETIC = "phonetic"
    """Names that begin with the words, then names that sound alike in English or German."""
