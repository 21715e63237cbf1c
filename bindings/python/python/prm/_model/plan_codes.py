# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Codes and closed lists of plan."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from prm._scalars import Code, known

__all__ = [
    "Achievement", "ActivityCategory", "ActivityStatus", "CarePlanIntent", "CarePlanStatus", "Evidence", "GoalStatus",
    "Performer", "Problem", "RowChange", "RowChoice", "Severity", "TemplateSection", "TemplateStatus", "UnknownReason",
]


class CarePlanIntent(Code):
    """How binding a plan is (FHIR ``CarePlan.intent``).

    Any other code is kept as it came.
    """

    __slots__ = ()

    PROPOSAL: ClassVar[CarePlanIntent] = known("proposal")
    """It is proposed by someone who cannot decide it."""
    PLAN: ClassVar[CarePlanIntent] = known("plan")
    """It is what is meant to be done."""
    ORDER: ClassVar[CarePlanIntent] = known("order")
    """It is ordered."""
    OPTION: ClassVar[CarePlanIntent] = known("option")
    """It is one of several ways to choose from."""


class CarePlanStatus(Code):
    """How a plan stands (FHIR ``request-status``).

    Any other code is kept as it came.
    """

    __slots__ = ()

    DRAFT: ClassVar[CarePlanStatus] = known("draft")
    """It is being written; nothing of it is due."""
    ACTIVE: ClassVar[CarePlanStatus] = known("active")
    """It is carried out."""
    ON_HOLD: ClassVar[CarePlanStatus] = known("on-hold")
    """It rests and is meant to go on."""
    COMPLETED: ClassVar[CarePlanStatus] = known("completed")
    """It was carried out."""
    REVOKED: ClassVar[CarePlanStatus] = known("revoked")
    """It was ended before its time."""
    ENTERED_IN_ERROR: ClassVar[CarePlanStatus] = known("entered-in-error")
    """It should never have been there."""
    UNKNOWN: ClassVar[CarePlanStatus] = known("unknown")
    """Its source does not say."""


class ActivityCategory(Code):
    """What kind of thing an activity is.

    Any other code is kept as it came.
    """

    __slots__ = ()

    VISIT: ClassVar[ActivityCategory] = known("visit")
    """The patient and a clinician meet, on site or by video."""
    CALL: ClassVar[ActivityCategory] = known("call")
    """Someone of the team calls the patient."""
    MEASUREMENT: ClassVar[ActivityCategory] = known("measurement")
    """Something is measured."""
    LABORATORY: ClassVar[ActivityCategory] = known("laboratory")
    """A sample goes to a laboratory."""
    QUESTIONNAIRE: ClassVar[ActivityCategory] = known("questionnaire")
    """Questions are answered."""
    EXAMINATION: ClassVar[ActivityCategory] = known("examination")
    """The body is examined."""
    MEDICATION: ClassVar[ActivityCategory] = known("medication")
    """A medicine is taken or given."""
    EDUCATION: ClassVar[ActivityCategory] = known("education")
    """Something is taught."""
    REFERRAL: ClassVar[ActivityCategory] = known("referral")
    """The patient is sent to someone else."""
    REVIEW: ClassVar[ActivityCategory] = known("review")
    """The team looks at what there is, without the patient."""


class ActivityStatus(Code):
    """How an activity of a plan stands (FHIR ``care-plan-activity-status``).

    Any other code is kept as it came.
    """

    __slots__ = ()

    NOT_STARTED: ClassVar[ActivityStatus] = known("not-started")
    """It has not begun."""
    SCHEDULED: ClassVar[ActivityStatus] = known("scheduled")
    """A time is set."""
    IN_PROGRESS: ClassVar[ActivityStatus] = known("in-progress")
    """It has begun."""
    ON_HOLD: ClassVar[ActivityStatus] = known("on-hold")
    """It rests and is meant to go on."""
    COMPLETED: ClassVar[ActivityStatus] = known("completed")
    """It was carried out."""
    CANCELLED: ClassVar[ActivityStatus] = known("cancelled")
    """It was called off before it began."""
    STOPPED: ClassVar[ActivityStatus] = known("stopped")
    """It was ended after it began."""
    ENTERED_IN_ERROR: ClassVar[ActivityStatus] = known("entered-in-error")
    """It should never have been there."""
    UNKNOWN: ClassVar[ActivityStatus] = known("unknown")
    """Its source does not say."""


class Evidence(Enum):
    """How far a statement was checked against what it rests on."""

    VERIFIED = "verified"
    """It was checked against its source."""
    DERIVED = "derived"
    """It follows by calculation from what was checked."""
    UNVERIFIED = "unverified"
    """It was not checked against a source. It is shown as such wherever the row is shown."""
    SITE_RULE = "site_rule"
    """It is a choice of the one who wrote the template, not a clinical fact."""


class Performer(Enum):
    """Who carries out an activity."""

    TEAM = "team"
    """Someone of the team, in the role of the activity."""
    PATIENT = "patient"
    """The patient."""
    RELATED_PERSON = "related_person"
    """Someone related to the patient, in the role of the activity."""


class TemplateStatus(Code):
    """Whether a template may be used.

    Any other code is kept as it came.
    """

    __slots__ = ()

    DRAFT: ClassVar[TemplateStatus] = known("draft")
    """It is being written."""
    ACTIVE: ClassVar[TemplateStatus] = known("active")
    """It may be used."""
    RETIRED: ClassVar[TemplateStatus] = known("retired")
    """It may not be used for new plans any more."""


class GoalStatus(Code):
    """How a goal stands (FHIR ``goal-status``).

    Any other code is kept as it came.
    """

    __slots__ = ()

    PROPOSED: ClassVar[GoalStatus] = known("proposed")
    """It is proposed."""
    PLANNED: ClassVar[GoalStatus] = known("planned")
    """It is agreed on and is to begin later."""
    ACCEPTED: ClassVar[GoalStatus] = known("accepted")
    """It is agreed on."""
    ACTIVE: ClassVar[GoalStatus] = known("active")
    """It is worked at."""
    ON_HOLD: ClassVar[GoalStatus] = known("on-hold")
    """It rests and is meant to go on."""
    COMPLETED: ClassVar[GoalStatus] = known("completed")
    """It is no longer worked at, since it was reached or holds."""
    CANCELLED: ClassVar[GoalStatus] = known("cancelled")
    """It was given up."""
    ENTERED_IN_ERROR: ClassVar[GoalStatus] = known("entered-in-error")
    """It should never have been there."""
    REJECTED: ClassVar[GoalStatus] = known("rejected")
    """It was proposed and not agreed on."""


class RowChoice(Enum):
    """What to do about a row that differs."""

    KEEP = "keep"
    """Leave the plan as it is."""
    TAKE = "take"
    """Do as the later version says."""


class TemplateSection(Enum):
    """A part of a template that has rows."""

    EVENTS = "events"
    """Events."""
    PROBLEMS = "problems"
    """Problems."""
    GOALS = "goals"
    """Goals."""
    ACTIVITIES = "activities"
    """Activities."""
    STATES = "states"
    """States of the pathway."""


class Achievement(Enum):
    """Whether a goal or a target is reached. It is computed, never stored."""

    MET = "met"
    """The last value reaches it."""
    IN_PROGRESS = "in_progress"
    """The last value does not reach it, and there is time left."""
    NOT_MET = "not_met"
    """The last value does not reach it, and there is no time left or none was given."""
    UNKNOWN = "unknown"
    """Nothing measured says whether it is reached."""


class UnknownReason(Enum):
    """Why it is not known whether a target is reached."""

    NO_TARGET = "no_target"
    """The goal has no target."""
    NO_BOUND = "no_bound"
    """The target names no amount."""
    NO_VALUE = "no_value"
    """Nothing was measured."""
    STALE = "stale"
    """The last value is too old to say how things stand."""
    UNIT_MISMATCH = "unit_mismatch"
    """The last value is in another unit than the target. Units are not converted in silence."""
    INDEFINITE = "indefinite"
    """The last value is only known to be above or below a number, and that does not settle it."""
    CONFLICTING = "conflicting"
    """Several values of the same time do not agree."""


class Problem(Enum):
    """What a finding is about."""

    EMPTY = "empty"
    """The template does nothing."""
    UNNAMED = "unnamed"
    """A key, name, title or version is empty."""
    DUPLICATE_KEY = "duplicate_key"
    """Two rows of a kind have one key."""
    UNKNOWN_KEY = "unknown_key"
    """A row names a key that is not there."""
    CYCLE = "cycle"
    """Activities wait for each other."""
    UNREACHABLE_STATE = "unreachable_state"
    """A state cannot be reached from the first."""
    DEAD_STATE = "dead_state"
    """From a state no end can be reached."""
    END_LEADS_ON = "end_leads_on"
    """A state that ends the pathway leads on."""
    NEVER_HAPPENS = "never_happens"
    """An activity can never be due."""
    NO_RATIONALE = "no_rationale"
    """A row does not say why it is there."""
    NO_SOURCE = "no_source"
    """A row does not say what it rests on."""
    OVERSTATED = "overstated"
    """The template claims to be better checked than one of its rows is."""
    UNVERIFIED = "unverified"
    """A row was not verified."""
    UNUSED = "unused"
    """Nothing refers to a row."""


class Severity(Enum):
    """How much a finding matters."""

    NOTE = "note"
    """Something to know before using the template."""
    WARNING = "warning"
    """Something that is probably not meant."""
    ERROR = "error"
    """No plan can be made."""


class RowChange(Enum):
    """What became of a row."""

    ADDED = "added"
    """The later version has it, the earlier one has not."""
    REMOVED = "removed"
    """The earlier version has it, the later one has not."""
    CHANGED = "changed"
    """Both have it, with other fields."""
