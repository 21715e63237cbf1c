# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Every class that crosses."""

from prm._model.chart import ChartEntry, TimelineQuery
from prm._model.chart_codes import EntryKind, EntryStatus, ListState, TimelineOrder
from prm._model.chart_parts import (
    Component, EntryValue, EntryValueBoolean, EntryValueConcept, EntryValueInSource, EntryValueInteger,
    EntryValueQuantity, EntryValueText, EntryValueWhen, Link, LinkTarget, LinkTargetEntry, LinkTargetOrganisation,
    LinkTargetPatient, LinkTargetPractitioner, LinkTargetRecord, LinkTargetUnresolved, Origin,
)
from prm._model.chart_views import DoseView, EntryView, LatestValue, ListItem, Point, Series, Trend, VaccineView
from prm._model.codes import ChangeKind, Comparator, ExportFormat, Purpose, RecordKind
from prm._model.commands import Batch, Command
from prm._model.commands_add import (
    AddCarePause, AddCarePlan, AddCareTeam, AddCareTemplate, AddEntry, AddGoal, AddHolidayCalendar, AddOrganisation,
    AddPatient, AddPractitioner, AddRelatedPerson, AddSchedule, GrantRole, RecordOutcome, StartPlan,
)
from prm._model.commands_change import (
    EditCareTeam, EditCareTemplate, EditEntry, EditHolidayCalendar, EditOrganisation, EditPatient, EditPractitioner,
    EditRelatedPerson, VoidCareTeam, VoidCareTemplate, VoidEntry, VoidHolidayCalendar, VoidOrganisation, VoidPatient,
    VoidPractitioner, VoidRelatedPerson,
)
from prm._model.commands_change_2 import (
    AdvancePlan, ChangeSchedule, EditCarePause, EditCarePlan, EditGoal, EditRole, EditSchedule, HandOverPlan,
    MoveOccurrence, RevokeRole, UndoOutcome, UpgradePlan, VoidCarePause, VoidCarePlan, VoidGoal, VoidSchedule,
)
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
from prm._model.govern import RoleGrant
from prm._model.govern_codes import Action, DataClass, Role
from prm._model.govern_views import (
    AccessPage, AccessView, AuditEvent, AuditEventAccess, AuditEventGap, AuditEventListed, AuditEventSession,
    AuditEventUnknown, AuditEventWrote, AuditPage, AuditView,
)
from prm._model.ical import Feed, FeedItem, ScheduledItem
from prm._model.ical_codes import FeedKind
from prm._model.ical_parts import (
    AddedPeriod, Alarm, AlarmTrigger, AlarmTriggerAt, AlarmTriggerBeforeEnd, AlarmTriggerBeforeStart, Attached,
    FeedTime, RawComponent, RawParameter, RawProperty, Refused,
)
from prm._model.ids import (
    BatchId, CarePauseId, CarePlanId, CareTeamId, CareTemplateId, EntryId, GoalId, HolidayCalendarId, OccurrenceId,
    OrganisationId, PatientId, PractitionerId, RecordId, RelatedPersonId, RoleGrantId, ScheduleId, SessionId,
)
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
from prm._model.plan import (
    CareOwner, CareOwnerPerson, CareOwnerPool, CarePlan, CareTemplate, Goal, PlanStart, UpgradeChoices,
)
from prm._model.plan_codes import (
    Achievement, ActivityCategory, ActivityStatus, CarePlanIntent, CarePlanStatus, Evidence, GoalStatus, Performer,
    Problem, RowChange, RowChoice, Severity, TemplateSection, TemplateStatus, UnknownReason,
)
from prm._model.plan_parts import (
    AsNeededTiming, Basis, BirthdayTiming, CareEvent, CompletionTiming, FollowTiming, PathwayState, PathwayTransition,
    PlanActivity, RuleTiming, StepTiming, TemplatePin, TemplateTiming, TemplateTimingAfterActivity,
    TemplateTimingAfterCompletion, TemplateTimingAsNeeded, TemplateTimingBirthday, TemplateTimingRule,
    TemplateTimingSteps,
)
from prm._model.plan_parts_2 import (
    Bound, GoalTarget, PlanEvent, RoleAssignee, TemplateActivity, TemplateEvent, TemplateGoal, TemplateProblem,
    TemplateSource, TemplateTarget, UpgradeChoice,
)
from prm._model.plan_views import (
    AssessedGoal, CarePlanView, CareTemplateView, Finding, GoalAssessment, GoalView, Instantiated, PlannedGoal,
    PlannedSchedule, RowDiff, TargetAssessment, TemplateDiff, UpgradeProposal, WaitReason, WaitReasonActivity,
    WaitReasonBirthDate, WaitReasonEvent, WaitReasonState, WaitingActivity,
)
from prm._model.values import (
    Actor, Coding, Concept, FhirImport, Page, Period, Quantity, Who, WhoPatient, WhoPractitioner, WhoRelatedPerson,
    WhoSystem,
)
from prm._model.values_of_rooms import TemplateChange
from prm._model.values_views import (
    CareImport, CheckReport, DuePage, Event, EventChanged, EventLagged, ExportReport, FeedImport, ImportReport,
    MissedPage, NoteReport, Notice, PatientPage, Receipt, RefusedRecord, TypeReport, Written,
)
from prm._model.values_views_2 import Salvaged, Stats, StoreFile, TableRows, TemplateImport, TimelinePage

__all__ = [
    "AccessPage", "AccessView", "Achievement", "Action", "ActivityCategory", "ActivityStatus", "Actor", "AddCarePause",
    "AddCarePlan", "AddCareTeam", "AddCareTemplate", "AddEntry", "AddGoal", "AddHolidayCalendar", "AddOrganisation",
    "AddPatient", "AddPractitioner", "AddRelatedPerson", "AddSchedule", "AddedPeriod", "Address", "AdherenceCounts",
    "AdherenceDay", "AdherenceView", "AdvancePlan", "AdvanceReport", "Alarm", "AlarmTrigger", "AlarmTriggerAt",
    "AlarmTriggerBeforeEnd", "AlarmTriggerBeforeStart", "Anchor", "AnchorBirthday", "AnchorCompletion", "AnchorEvent",
    "AnchorLastCompletion", "AsNeeded", "AsNeededTiming", "AsNeededView", "AssessedGoal", "Assignee", "AssigneePatient",
    "AssigneePractitioner", "AssigneeRelatedPerson", "Attached", "AuditEvent", "AuditEventAccess", "AuditEventGap",
    "AuditEventListed", "AuditEventSession", "AuditEventUnknown", "AuditEventWrote", "AuditPage", "AuditView",
    "Authority", "Basis", "Batch", "BatchId", "BirthdayTiming", "Bound", "CareEvent", "CareImport", "CareOwner",
    "CareOwnerPerson", "CareOwnerPool", "CarePause", "CarePauseId", "CarePauseView", "CarePlan", "CarePlanId",
    "CarePlanIntent", "CarePlanStatus", "CarePlanView", "CareTeam", "CareTeamId", "CareTeamMember", "CareTeamView",
    "CareTemplate", "CareTemplateId", "CareTemplateView", "ChangeKind", "ChangePreview", "ChangeSchedule", "ChartEntry",
    "CheckReport", "ClockStamp", "ClockZone", "ClockZoneFloating", "ClockZoneUtc", "ClockZoneZone", "Coding", "Command",
    "CommunicationPreferences", "Comparator", "CompletionTiming", "Component", "Concept", "ContactPoint",
    "ContactSystem", "ContactUse", "DataClass", "DayPart", "DayTime", "DayTimeAllDay", "DayTimeAt", "DayTimePart",
    "Deceased", "DoseView", "DrugSupply", "DueItem", "DueOwner", "DueOwnerCareTeam", "DueOwnerOrganisation",
    "DueOwnerPractitioner", "DueOwnerRelatedPerson", "DuePage", "DueQuery", "EditCarePause", "EditCarePlan",
    "EditCareTeam", "EditCareTemplate", "EditEntry", "EditGoal", "EditHolidayCalendar", "EditOrganisation",
    "EditPatient", "EditPractitioner", "EditRelatedPerson", "EditRole", "EditSchedule", "EntryId", "EntryKind",
    "EntryStatus", "EntryValue", "EntryValueBoolean", "EntryValueConcept", "EntryValueInSource", "EntryValueInteger",
    "EntryValueQuantity", "EntryValueText", "EntryValueWhen", "EntryView", "Event", "EventChanged", "EventLagged",
    "EventTiming", "Evidence", "Expansion", "Expiry", "ExpiryAfter", "ExpiryNever", "ExpiryNextOpens", "ExportFormat",
    "ExportReport", "Feed", "FeedImport", "FeedItem", "FeedKind", "FeedTime", "FhirImport", "Fill", "Finding",
    "FoldPolicy", "FollowTiming", "ForecastDay", "ForecastView", "Frequency", "GapPolicy", "Gender", "Goal",
    "GoalAssessment", "GoalId", "GoalStatus", "GoalTarget", "GoalView", "GrantRole", "HandOverPlan", "Holiday",
    "HolidayCalendar", "HolidayCalendarId", "HolidayCalendarView", "HumanName", "Identifier", "IdentifierUse",
    "ImportReport", "Instance", "Instantiated", "Language", "LatestValue", "Link", "LinkTarget", "LinkTargetEntry",
    "LinkTargetOrganisation", "LinkTargetPatient", "LinkTargetPractitioner", "LinkTargetRecord", "LinkTargetUnresolved",
    "ListItem", "ListState", "MatchReason", "MatchReasonBirthDate", "MatchReasonFuzzy", "MatchReasonIdentifier",
    "MatchReasonNameExact", "MatchReasonNamePrefix", "MatchReasonPhone", "MatchReasonPhonetic", "Measure", "Member",
    "MemberOrganisation", "MemberPatient", "MemberPractitioner", "MemberRelatedPerson", "Method", "MissedPage",
    "MoveOccurrence", "NameMatching", "NameUse", "NoteReport", "Notice", "NthWeekday", "Occurrence", "OccurrenceId",
    "OccurrenceList", "OccurrenceRecordView", "OccurrenceState", "OccurrenceView", "Organisation", "OrganisationId",
    "OrganisationView", "Origin", "Outcome", "OutcomeChoice", "OutcomeStatus", "Override", "Page", "PathwayState",
    "PathwayTransition", "Patient", "PatientHit", "PatientId", "PatientPage", "PatientRow", "PatientSearch",
    "PatientView", "PauseReason", "PauseScope", "PauseScopePatient", "PauseScopePlan", "PauseScopeSchedule",
    "Performer", "Period", "Phase", "PlanActivity", "PlanEvent", "PlanStart", "PlannedGoal", "PlannedReminder",
    "PlannedSchedule", "Point", "Pool", "PoolCareTeam", "PoolOrganisation", "Practitioner", "PractitionerId",
    "PractitionerView", "Problem", "ProxyScope", "Purpose", "Quantity", "QuietHours", "Ratio", "RawComponent",
    "RawParameter", "RawProperty", "Receipt", "RecordId", "RecordKind", "RecordOutcome", "Recurrence", "Refused",
    "RefusedRecord", "RelatedPerson", "RelatedPersonId", "RelatedPersonView", "ReminderItem", "ReminderPlan",
    "ReminderPreferences", "ReminderRequest", "ReminderSubject", "RevokeRole", "Role", "RoleAssignee", "RoleGrant",
    "RoleGrantId", "RowChange", "RowChoice", "RowDiff", "Rule", "RuleTiming", "Salvaged", "Schedule", "ScheduleId",
    "ScheduleStatus", "ScheduleView", "ScheduledItem", "Series", "SessionId", "Severity", "SexForClinicalUse", "Span",
    "Stamp", "StampAsNeeded", "StampClock", "StampEvent", "StartPlan", "Stats", "Stay", "StepTiming", "StoreFile",
    "SupplyResult", "SupplyWarning", "SupplyWindow", "TableRows", "TargetAssessment", "TemplateActivity",
    "TemplateChange", "TemplateDiff", "TemplateEvent", "TemplateGoal", "TemplateImport", "TemplatePin",
    "TemplateProblem", "TemplateSection", "TemplateSource", "TemplateStatus", "TemplateTarget", "TemplateTiming",
    "TemplateTimingAfterActivity", "TemplateTimingAfterCompletion", "TemplateTimingAsNeeded", "TemplateTimingBirthday",
    "TemplateTimingRule", "TemplateTimingSteps", "TimeOfDay", "TimelineOrder", "TimelinePage", "TimelineQuery",
    "Timing", "TimingAsNeeded", "TimingClock", "TimingEvent", "Trend", "TypeReport", "UndoOutcome", "UnknownReason",
    "Until", "UntilCivil", "UntilDate", "UntilInstant", "UpgradeChoice", "UpgradeChoices", "UpgradePlan",
    "UpgradeProposal", "VaccineView", "VoidCarePause", "VoidCarePlan", "VoidCareTeam", "VoidCareTemplate", "VoidEntry",
    "VoidGoal", "VoidHolidayCalendar", "VoidOrganisation", "VoidPatient", "VoidPractitioner", "VoidRelatedPerson",
    "VoidSchedule", "WaitReason", "WaitReasonActivity", "WaitReasonBirthDate", "WaitReasonEvent", "WaitReasonState",
    "WaitingActivity", "Weekday", "Who", "WhoPatient", "WhoPractitioner", "WhoRelatedPerson", "WhoSystem", "Window",
    "Written",
]
