# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Schedules, what is due, and what came of it."""

from prm._model.engage import (
    AsNeeded, CarePause, ClockStamp, ClockZone, ClockZoneFloating, ClockZoneUtc, ClockZoneZone, EventTiming,
    HolidayCalendar, Outcome, Override, Recurrence, Rule, Span, Timing, TimingAsNeeded, TimingClock, TimingEvent,
)
from prm._model.engage_2 import (
    DueQuery, Expiry, ExpiryAfter, ExpiryNever, ExpiryNextOpens, Fill, OccurrenceView, Phase, ReminderItem,
    ReminderPreferences, Schedule, Stamp, StampAsNeeded, StampClock, StampEvent, Window,
)
from prm._model.engage_3 import ReminderRequest, SupplyWindow
from prm._model.engage_codes import (
    DayPart, FoldPolicy, Frequency, GapPolicy, OccurrenceState, OutcomeChoice, OutcomeStatus, PauseReason,
    ScheduleStatus, SupplyWarning, Weekday,
)
from prm._model.engage_parts import (
    Anchor, AnchorBirthday, AnchorCompletion, AnchorEvent, AnchorLastCompletion, Assignee, AssigneePatient,
    AssigneePractitioner, AssigneeRelatedPerson, DayTime, DayTimeAllDay, DayTimeAt, DayTimePart, DueOwner,
    DueOwnerCareTeam, DueOwnerOrganisation, DueOwnerPractitioner, DueOwnerRelatedPerson, Holiday, Measure, NthWeekday,
    PauseScope, PauseScopePatient, PauseScopePlan, PauseScopeSchedule, Pool, PoolCareTeam, PoolOrganisation, QuietHours,
    Stay, TimeOfDay, Until, UntilCivil, UntilDate, UntilInstant,
)
from prm._model.engage_views import (
    AdherenceCounts, AdherenceDay, AdherenceView, AdvanceReport, AsNeededView, CarePauseView, ChangePreview, DrugSupply,
    DueItem, Expansion, ForecastDay, Instance, Ratio,
)
from prm._model.engage_views_2 import (
    ForecastView, HolidayCalendarView, Method, Occurrence, OccurrenceList, OccurrenceRecordView, PlannedReminder,
    ReminderPlan, ReminderSubject, ScheduleView, SupplyResult,
)

__all__ = [
    "AdherenceCounts", "AdherenceDay", "AdherenceView", "AdvanceReport", "Anchor", "AnchorBirthday", "AnchorCompletion",
    "AnchorEvent", "AnchorLastCompletion", "AsNeeded", "AsNeededView", "Assignee", "AssigneePatient",
    "AssigneePractitioner", "AssigneeRelatedPerson", "CarePause", "CarePauseView", "ChangePreview", "ClockStamp",
    "ClockZone", "ClockZoneFloating", "ClockZoneUtc", "ClockZoneZone", "DayPart", "DayTime", "DayTimeAllDay",
    "DayTimeAt", "DayTimePart", "DrugSupply", "DueItem", "DueOwner", "DueOwnerCareTeam", "DueOwnerOrganisation",
    "DueOwnerPractitioner", "DueOwnerRelatedPerson", "DueQuery", "EventTiming", "Expansion", "Expiry", "ExpiryAfter",
    "ExpiryNever", "ExpiryNextOpens", "Fill", "FoldPolicy", "ForecastDay", "ForecastView", "Frequency", "GapPolicy",
    "Holiday", "HolidayCalendar", "HolidayCalendarView", "Instance", "Measure", "Method", "NthWeekday", "Occurrence",
    "OccurrenceList", "OccurrenceRecordView", "OccurrenceState", "OccurrenceView", "Outcome", "OutcomeChoice",
    "OutcomeStatus", "Override", "PauseReason", "PauseScope", "PauseScopePatient", "PauseScopePlan",
    "PauseScopeSchedule", "Phase", "PlannedReminder", "Pool", "PoolCareTeam", "PoolOrganisation", "QuietHours", "Ratio",
    "Recurrence", "ReminderItem", "ReminderPlan", "ReminderPreferences", "ReminderRequest", "ReminderSubject", "Rule",
    "Schedule", "ScheduleStatus", "ScheduleView", "Span", "Stamp", "StampAsNeeded", "StampClock", "StampEvent", "Stay",
    "SupplyResult", "SupplyWarning", "SupplyWindow", "TimeOfDay", "Timing", "TimingAsNeeded", "TimingClock",
    "TimingEvent", "Until", "UntilCivil", "UntilDate", "UntilInstant", "Weekday", "Window",
]
