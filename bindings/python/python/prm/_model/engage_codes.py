# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Codes and closed lists of engage."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from prm._scalars import Code, known

__all__ = [
    "DayPart", "FoldPolicy", "Frequency", "GapPolicy", "OccurrenceState", "OutcomeChoice", "OutcomeStatus",
    "PauseReason", "ScheduleStatus", "SupplyWarning", "Weekday",
]


class PauseReason(Code):
    """Why care is paused.

    Any other code is kept as it came.
    """

    __slots__ = ()

    PATIENT_REQUEST: ClassVar[PauseReason] = known("patient-request")
    """The patient asked for it."""
    ADMITTED: ClassVar[PauseReason] = known("admitted")
    """The patient is in hospital."""
    HOSPICE: ClassVar[PauseReason] = known("hospice")
    """The patient is in hospice care."""
    MOVED_AWAY: ClassVar[PauseReason] = known("moved-away")
    """The patient moved away."""
    TRAVEL: ClassVar[PauseReason] = known("travel")
    """The patient travels."""
    CLINICAL: ClassVar[PauseReason] = known("clinical")
    """A clinician decided so."""
    DECEASED: ClassVar[PauseReason] = known("deceased")
    """The patient has died."""


class Weekday(Enum):
    """A day of the week."""

    MONDAY = "monday"
    """Monday."""
    TUESDAY = "tuesday"
    """Tuesday."""
    WEDNESDAY = "wednesday"
    """Wednesday."""
    THURSDAY = "thursday"
    """Thursday."""
    FRIDAY = "friday"
    """Friday."""
    SATURDAY = "saturday"
    """Saturday."""
    SUNDAY = "sunday"
    """Sunday."""


class OutcomeStatus(Code):
    """What came of an occurrence.

    Any other code is kept as it came.
    """

    __slots__ = ()

    DONE: ClassVar[OutcomeStatus] = known("done")
    """It was done."""
    PARTLY: ClassVar[OutcomeStatus] = known("partly")
    """It was done in part."""
    SKIPPED: ClassVar[OutcomeStatus] = known("skipped")
    """It was left out on purpose; a reason is stated."""
    CANCELLED: ClassVar[OutcomeStatus] = known("cancelled")
    """It was called off; a reason is stated."""


class OutcomeChoice(Enum):
    """What happens to outcomes of occurrences that a changed schedule does not plan any more."""

    KEEP = "keep"
    """They stay, and their occurrences are shown as unplanned."""
    TAKE_BACK = "take_back"
    """They are taken back; their history stays."""


class DayPart(Enum):
    """A part of the day (FHIR ``EventTiming``)."""

    MORNING = "morning"
    """06:00 to 12:00."""
    AFTERNOON = "afternoon"
    """12:00 to 18:00."""
    EVENING = "evening"
    """18:00 to 22:00."""
    NIGHT = "night"
    """22:00 to 06:00."""


class FoldPolicy(Enum):
    """What becomes of a civil time that exists twice when clocks go back."""

    FIRST = "first"
    """It is the first of the two, as RFC 5545 has it."""
    SECOND = "second"
    """It is the second."""
    BOTH = "both"
    """It is both."""


class GapPolicy(Enum):
    """What becomes of a civil time that clocks skip when they go forward."""

    LATER = "later"
    """It is as much later as clocks skip, as RFC 5545 has it: 02:30 becomes 03:30."""
    NEXT = "next"
    """It is the first moment after the gap: 02:30 becomes 03:00."""
    SKIP = "skip"
    """It is left out."""


class Frequency(Enum):
    """How often a rule repeats (RFC 5545 ``FREQ``)."""

    SECONDLY = "secondly"
    """Every so many seconds."""
    MINUTELY = "minutely"
    """Every so many minutes."""
    HOURLY = "hourly"
    """Every so many hours."""
    DAILY = "daily"
    """Every so many days."""
    WEEKLY = "weekly"
    """Every so many weeks."""
    MONTHLY = "monthly"
    """Every so many months."""
    YEARLY = "yearly"
    """Every so many years."""


class ScheduleStatus(Code):
    """Whether a schedule holds.

    Any other code is kept as it came.
    """

    __slots__ = ()

    ACTIVE: ClassVar[ScheduleStatus] = known("active")
    """It holds."""
    COMPLETED: ClassVar[ScheduleStatus] = known("completed")
    """It ended as planned: nothing further is due."""
    REVOKED: ClassVar[ScheduleStatus] = known("revoked")
    """It was ended before its time: nothing further is due."""


class OccurrenceState(Enum):
    """How an occurrence stands at an instant. It is computed, never stored."""

    UPCOMING = "upcoming"
    """It may not be done yet, or waits for a prerequisite."""
    OPEN = "open"
    """It may be done, and is not due yet."""
    DUE = "due"
    """It is due now."""
    OVERDUE = "overdue"
    """It is late and may still be done."""
    MISSED = "missed"
    """It was not done, and may not be done any more."""
    DONE = "done"
    """It was done."""
    PARTLY = "partly"
    """It was done in part."""
    SKIPPED = "skipped"
    """It was left out on purpose."""
    CANCELLED = "cancelled"
    """It was called off, or its schedule was ended before it."""
    PAUSED = "paused"
    """It falls in a pause."""


class SupplyWarning(Enum):
    """What to know before relying on a figure of supply."""

    DATA_INCOMPLETE = "data_incomplete"
    """Samples and cash fills may be missing."""
    NO_FILL = "no_fill"
    """There is no fill in the period, so there is no figure."""
    NO_DAYS = "no_days"
    """Every day of the window was spent in a facility, so there is no figure."""
    REVERSAL_WITHOUT_FILL = "reversal_without_fill"
    """A reversal took back no fill."""
    TRUNCATED = "truncated"
    """Supply reached beyond the end of the window, and what lies beyond was not counted."""
    CAPPED = "capped"
    """More was supplied than there were days; the value shown is capped at 1."""
