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
    AddCarePause, AddCarePlan, AddCareTeam, AddCareTemplate, AddDecision, AddDecisionAid, AddEntry, AddEvidenceSource,
    AddGoal, AddHolidayCalendar, AddOrganisation, AddPatient, AddPractitioner, AddRelatedPerson, AddSchedule,
    OpenDecision, RecordOutcome, StartPlan,
)
from prm._model.commands_add_2 import AmendDecision, GrantRole, RevertDecision
from prm._model.commands_change import (
    EditCareTeam, EditCareTemplate, EditEntry, EditHolidayCalendar, EditOrganisation, EditPatient, EditPractitioner,
    EditRelatedPerson, VoidCareTeam, VoidCareTemplate, VoidEntry, VoidHolidayCalendar, VoidOrganisation, VoidPatient,
    VoidPractitioner, VoidRelatedPerson,
)
from prm._model.commands_change_2 import (
    AdvancePlan, ChangeSchedule, EditCarePause, EditCarePlan, EditEvidenceSource, EditGoal, EditSchedule, HandOverPlan,
    MoveOccurrence, UndoOutcome, UpgradePlan, VoidCarePause, VoidCarePlan, VoidEvidenceSource, VoidGoal, VoidSchedule,
)
from prm._model.commands_change_3 import (
    EditDecisionAid, EditRole, MoveDecision, RevokeRole, VoidDecision, VoidDecisionAid,
)
from prm._model.decide import (
    AttributeScore, BestWorstSet, Comparison, Decision, DecisionAid, DecisionSheet, Elicitation, ElicitationBestWorst,
    ElicitationPairs, ElicitationRatings, ElicitationSwing, ElicitationWords, Preferences,
)
from prm._model.decide_2 import (
    DecisionMove, DecisionMoveAnswerQuestion, DecisionMoveAsk, DecisionMoveCheckKnowledge, DecisionMoveChoose,
    DecisionMoveCounsel, DecisionMoveDecline, DecisionMoveDefer, DecisionMoveDeliberate, DecisionMoveDropOption,
    DecisionMoveElicit, DecisionMoveEvaluate, DecisionMoveExperienceRole, DecisionMoveImplement, DecisionMoveInvite,
    DecisionMoveJoin, DecisionMoveLinkConsent, DecisionMoveMeasure, DecisionMovePlanRevisit, DecisionMovePresent,
    DecisionMovePutOption, DecisionMoveReconsider, DecisionMoveSign, DecisionMoveStateCapacity, DecisionMoveTrigger,
    DecisionMoveUseAid, DecisionMoveWantRole, DecisionOpening, DecisionQuery, EligibilityFacts, Requirement,
)
from prm._model.decide_codes import (
    AidProblem, AidSeverity, AidStatus, Availability, CapacityFinding, Channel, ChoiceStrength, DecisionNeed,
    DecisionRole, DecisionState, ElementKind, GapBlocks, ImplementationStatus, Instrument, Issuer, OutcomeKind,
    ParticipantRole, RevisitTrigger, SignatureKind, ValuesMethod,
)
from prm._model.decide_parts import (
    AidUse, Capacity, Choice, Counselling, DecisionOption, DecisionTransition, Frames, KnowledgeAnswer, OptionOutcome,
    Participant, ProxyAuthority, RelativeEffect,
)
from prm._model.decide_parts_2 import (
    AidQuestion, AidQuestionChoice, Answer, Attribute, Evaluation, FollowUp, Implementation, IpdasRating, OptionScore,
    QualityResult, Question, Revisit, ScreeningFacts, Share, Signature,
)
from prm._model.decide_parts_3 import (
    Criterion, CriterionRule, CriterionRuleAge, CriterionRuleAsymptomatic, CriterionRuleFirstDevice,
    CriterionRuleNoLongTermAnticoagulant, CriterionRulePackYears, CriterionRulePrimaryPrevention,
    CriterionRuleShortTermWarfarin, CriterionRuleSmokesOrQuitWithin, CriterionRuleStrokeScore, RequirementElement,
)
from prm._model.decide_views import (
    AidFinding, AttributeWeight, Concordance, Consistency, DecisionAidView, DecisionGap, DecisionView, Eligibility,
    IpdasResult, OptionValue, PairWeights, RequirementGap, RequirementResult, ValuesMirror,
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
from prm._model.evidence import AbsoluteRisk, Effect, EvidenceSource, Interval
from prm._model.evidence_codes import (
    Certainty, CertaintyReason, EffectMeasure, EvidenceProblem, FreshnessState, HorizonUnit, SourceKind, SourceStatus,
)
from prm._model.evidence_parts import Horizon, Pico, Quote, SourceRef
from prm._model.evidence_views import (
    EvidenceFinding, EvidenceImport, EvidenceSourceView, Freshness, NaturalFrequency, RefusedSource, RiskComparison,
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
    BatchId, CarePauseId, CarePlanId, CareTeamId, CareTemplateId, DecisionAidId, DecisionId, EntryId, EvidenceSourceId,
    GoalId, HolidayCalendarId, OccurrenceId, OrganisationId, PatientId, PractitionerId, RecordId, RelatedPersonId,
    RoleGrantId, ScheduleId, SessionId,
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
    CareImport, CheckReport, DecisionPage, DuePage, Event, EventChanged, EventLagged, ExportReport, FeedImport,
    ImportReport, MissedPage, NoteReport, Notice, PatientPage, RefusedRecord, TypeReport, Written,
)
from prm._model.values_views_2 import Receipt, Salvaged, Stats, StoreFile, TableRows, TemplateImport, TimelinePage

__all__ = [
    "AbsoluteRisk", "AccessPage", "AccessView", "Achievement", "Action", "ActivityCategory", "ActivityStatus", "Actor",
    "AddCarePause", "AddCarePlan", "AddCareTeam", "AddCareTemplate", "AddDecision", "AddDecisionAid", "AddEntry",
    "AddEvidenceSource", "AddGoal", "AddHolidayCalendar", "AddOrganisation", "AddPatient", "AddPractitioner",
    "AddRelatedPerson", "AddSchedule", "AddedPeriod", "Address", "AdherenceCounts", "AdherenceDay", "AdherenceView",
    "AdvancePlan", "AdvanceReport", "AidFinding", "AidProblem", "AidQuestion", "AidQuestionChoice", "AidSeverity",
    "AidStatus", "AidUse", "Alarm", "AlarmTrigger", "AlarmTriggerAt", "AlarmTriggerBeforeEnd",
    "AlarmTriggerBeforeStart", "AmendDecision", "Anchor", "AnchorBirthday", "AnchorCompletion", "AnchorEvent",
    "AnchorLastCompletion", "Answer", "AsNeeded", "AsNeededTiming", "AsNeededView", "AssessedGoal", "Assignee",
    "AssigneePatient", "AssigneePractitioner", "AssigneeRelatedPerson", "Attached", "Attribute", "AttributeScore",
    "AttributeWeight", "AuditEvent", "AuditEventAccess", "AuditEventGap", "AuditEventListed", "AuditEventSession",
    "AuditEventUnknown", "AuditEventWrote", "AuditPage", "AuditView", "Authority", "Availability", "Basis", "Batch",
    "BatchId", "BestWorstSet", "BirthdayTiming", "Bound", "Capacity", "CapacityFinding", "CareEvent", "CareImport",
    "CareOwner", "CareOwnerPerson", "CareOwnerPool", "CarePause", "CarePauseId", "CarePauseView", "CarePlan",
    "CarePlanId", "CarePlanIntent", "CarePlanStatus", "CarePlanView", "CareTeam", "CareTeamId", "CareTeamMember",
    "CareTeamView", "CareTemplate", "CareTemplateId", "CareTemplateView", "Certainty", "CertaintyReason", "ChangeKind",
    "ChangePreview", "ChangeSchedule", "Channel", "ChartEntry", "CheckReport", "Choice", "ChoiceStrength", "ClockStamp",
    "ClockZone", "ClockZoneFloating", "ClockZoneUtc", "ClockZoneZone", "Coding", "Command", "CommunicationPreferences",
    "Comparator", "Comparison", "CompletionTiming", "Component", "Concept", "Concordance", "Consistency",
    "ContactPoint", "ContactSystem", "ContactUse", "Counselling", "Criterion", "CriterionRule", "CriterionRuleAge",
    "CriterionRuleAsymptomatic", "CriterionRuleFirstDevice", "CriterionRuleNoLongTermAnticoagulant",
    "CriterionRulePackYears", "CriterionRulePrimaryPrevention", "CriterionRuleShortTermWarfarin",
    "CriterionRuleSmokesOrQuitWithin", "CriterionRuleStrokeScore", "DataClass", "DayPart", "DayTime", "DayTimeAllDay",
    "DayTimeAt", "DayTimePart", "Deceased", "Decision", "DecisionAid", "DecisionAidId", "DecisionAidView",
    "DecisionGap", "DecisionId", "DecisionMove", "DecisionMoveAnswerQuestion", "DecisionMoveAsk",
    "DecisionMoveCheckKnowledge", "DecisionMoveChoose", "DecisionMoveCounsel", "DecisionMoveDecline",
    "DecisionMoveDefer", "DecisionMoveDeliberate", "DecisionMoveDropOption", "DecisionMoveElicit",
    "DecisionMoveEvaluate", "DecisionMoveExperienceRole", "DecisionMoveImplement", "DecisionMoveInvite",
    "DecisionMoveJoin", "DecisionMoveLinkConsent", "DecisionMoveMeasure", "DecisionMovePlanRevisit",
    "DecisionMovePresent", "DecisionMovePutOption", "DecisionMoveReconsider", "DecisionMoveSign",
    "DecisionMoveStateCapacity", "DecisionMoveTrigger", "DecisionMoveUseAid", "DecisionMoveWantRole", "DecisionNeed",
    "DecisionOpening", "DecisionOption", "DecisionPage", "DecisionQuery", "DecisionRole", "DecisionSheet",
    "DecisionState", "DecisionTransition", "DecisionView", "DoseView", "DrugSupply", "DueItem", "DueOwner",
    "DueOwnerCareTeam", "DueOwnerOrganisation", "DueOwnerPractitioner", "DueOwnerRelatedPerson", "DuePage", "DueQuery",
    "EditCarePause", "EditCarePlan", "EditCareTeam", "EditCareTemplate", "EditDecisionAid", "EditEntry",
    "EditEvidenceSource", "EditGoal", "EditHolidayCalendar", "EditOrganisation", "EditPatient", "EditPractitioner",
    "EditRelatedPerson", "EditRole", "EditSchedule", "Effect", "EffectMeasure", "ElementKind", "Elicitation",
    "ElicitationBestWorst", "ElicitationPairs", "ElicitationRatings", "ElicitationSwing", "ElicitationWords",
    "Eligibility", "EligibilityFacts", "EntryId", "EntryKind", "EntryStatus", "EntryValue", "EntryValueBoolean",
    "EntryValueConcept", "EntryValueInSource", "EntryValueInteger", "EntryValueQuantity", "EntryValueText",
    "EntryValueWhen", "EntryView", "Evaluation", "Event", "EventChanged", "EventLagged", "EventTiming", "Evidence",
    "EvidenceFinding", "EvidenceImport", "EvidenceProblem", "EvidenceSource", "EvidenceSourceId", "EvidenceSourceView",
    "Expansion", "Expiry", "ExpiryAfter", "ExpiryNever", "ExpiryNextOpens", "ExportFormat", "ExportReport", "Feed",
    "FeedImport", "FeedItem", "FeedKind", "FeedTime", "FhirImport", "Fill", "Finding", "FoldPolicy", "FollowTiming",
    "FollowUp", "ForecastDay", "ForecastView", "Frames", "Frequency", "Freshness", "FreshnessState", "GapBlocks",
    "GapPolicy", "Gender", "Goal", "GoalAssessment", "GoalId", "GoalStatus", "GoalTarget", "GoalView", "GrantRole",
    "HandOverPlan", "Holiday", "HolidayCalendar", "HolidayCalendarId", "HolidayCalendarView", "Horizon", "HorizonUnit",
    "HumanName", "Identifier", "IdentifierUse", "Implementation", "ImplementationStatus", "ImportReport", "Instance",
    "Instantiated", "Instrument", "Interval", "IpdasRating", "IpdasResult", "Issuer", "KnowledgeAnswer", "Language",
    "LatestValue", "Link", "LinkTarget", "LinkTargetEntry", "LinkTargetOrganisation", "LinkTargetPatient",
    "LinkTargetPractitioner", "LinkTargetRecord", "LinkTargetUnresolved", "ListItem", "ListState", "MatchReason",
    "MatchReasonBirthDate", "MatchReasonFuzzy", "MatchReasonIdentifier", "MatchReasonNameExact",
    "MatchReasonNamePrefix", "MatchReasonPhone", "MatchReasonPhonetic", "Measure", "Member", "MemberOrganisation",
    "MemberPatient", "MemberPractitioner", "MemberRelatedPerson", "Method", "MissedPage", "MoveDecision",
    "MoveOccurrence", "NameMatching", "NameUse", "NaturalFrequency", "NoteReport", "Notice", "NthWeekday", "Occurrence",
    "OccurrenceId", "OccurrenceList", "OccurrenceRecordView", "OccurrenceState", "OccurrenceView", "OpenDecision",
    "OptionOutcome", "OptionScore", "OptionValue", "Organisation", "OrganisationId", "OrganisationView", "Origin",
    "Outcome", "OutcomeChoice", "OutcomeKind", "OutcomeStatus", "Override", "Page", "PairWeights", "Participant",
    "ParticipantRole", "PathwayState", "PathwayTransition", "Patient", "PatientHit", "PatientId", "PatientPage",
    "PatientRow", "PatientSearch", "PatientView", "PauseReason", "PauseScope", "PauseScopePatient", "PauseScopePlan",
    "PauseScopeSchedule", "Performer", "Period", "Phase", "Pico", "PlanActivity", "PlanEvent", "PlanStart",
    "PlannedGoal", "PlannedReminder", "PlannedSchedule", "Point", "Pool", "PoolCareTeam", "PoolOrganisation",
    "Practitioner", "PractitionerId", "PractitionerView", "Preferences", "Problem", "ProxyAuthority", "ProxyScope",
    "Purpose", "QualityResult", "Quantity", "Question", "QuietHours", "Quote", "Ratio", "RawComponent", "RawParameter",
    "RawProperty", "Receipt", "RecordId", "RecordKind", "RecordOutcome", "Recurrence", "Refused", "RefusedRecord",
    "RefusedSource", "RelatedPerson", "RelatedPersonId", "RelatedPersonView", "RelativeEffect", "ReminderItem",
    "ReminderPlan", "ReminderPreferences", "ReminderRequest", "ReminderSubject", "Requirement", "RequirementElement",
    "RequirementGap", "RequirementResult", "RevertDecision", "Revisit", "RevisitTrigger", "RevokeRole",
    "RiskComparison", "Role", "RoleAssignee", "RoleGrant", "RoleGrantId", "RowChange", "RowChoice", "RowDiff", "Rule",
    "RuleTiming", "Salvaged", "Schedule", "ScheduleId", "ScheduleStatus", "ScheduleView", "ScheduledItem",
    "ScreeningFacts", "Series", "SessionId", "Severity", "SexForClinicalUse", "Share", "Signature", "SignatureKind",
    "SourceKind", "SourceRef", "SourceStatus", "Span", "Stamp", "StampAsNeeded", "StampClock", "StampEvent",
    "StartPlan", "Stats", "Stay", "StepTiming", "StoreFile", "SupplyResult", "SupplyWarning", "SupplyWindow",
    "TableRows", "TargetAssessment", "TemplateActivity", "TemplateChange", "TemplateDiff", "TemplateEvent",
    "TemplateGoal", "TemplateImport", "TemplatePin", "TemplateProblem", "TemplateSection", "TemplateSource",
    "TemplateStatus", "TemplateTarget", "TemplateTiming", "TemplateTimingAfterActivity",
    "TemplateTimingAfterCompletion", "TemplateTimingAsNeeded", "TemplateTimingBirthday", "TemplateTimingRule",
    "TemplateTimingSteps", "TimeOfDay", "TimelineOrder", "TimelinePage", "TimelineQuery", "Timing", "TimingAsNeeded",
    "TimingClock", "TimingEvent", "Trend", "TypeReport", "UndoOutcome", "UnknownReason", "Until", "UntilCivil",
    "UntilDate", "UntilInstant", "UpgradeChoice", "UpgradeChoices", "UpgradePlan", "UpgradeProposal", "VaccineView",
    "ValuesMethod", "ValuesMirror", "VoidCarePause", "VoidCarePlan", "VoidCareTeam", "VoidCareTemplate", "VoidDecision",
    "VoidDecisionAid", "VoidEntry", "VoidEvidenceSource", "VoidGoal", "VoidHolidayCalendar", "VoidOrganisation",
    "VoidPatient", "VoidPractitioner", "VoidRelatedPerson", "VoidSchedule", "WaitReason", "WaitReasonActivity",
    "WaitReasonBirthDate", "WaitReasonEvent", "WaitReasonState", "WaitingActivity", "Weekday", "Who", "WhoPatient",
    "WhoPractitioner", "WhoRelatedPerson", "WhoSystem", "Window", "Written",
]
