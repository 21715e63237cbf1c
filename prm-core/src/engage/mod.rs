//! What is to happen when, and what came of it: schedules, occurrences, pauses, adherence, reminders.

mod adherence;
pub(crate) mod business;
pub(crate) mod change;
pub(crate) mod check;
pub(crate) mod due;
pub(crate) mod evaluate;
mod forecast;
mod holiday;
pub(crate) mod index;
pub(crate) mod load;
mod occurrence;
mod pause;
mod ratio;
mod recur;
mod reminder;
mod schedule;
mod span;
mod supply;
mod view;

pub use adherence::{AdherenceCounts, AdherenceDay, AdherenceView};
pub use business::{add_span, is_business_day};
pub use change::ChangePreview;
pub use forecast::{ForecastDay, ForecastView};
pub use holiday::{Holiday, HolidayCalendar};
pub use occurrence::{Occurrence, OccurrenceState, OccurrenceView, Outcome, OutcomeStatus, Stamp};
pub use pause::{CarePause, PauseReason, PauseScope};
pub use ratio::Ratio;
pub use recur::{
    ClockStamp, ClockZone, Expansion, FoldPolicy, Frequency, GapPolicy, Instance, NthWeekday, Override, Recurrence,
    RecurrencePhrase, RecurrenceWords, Rule, Until, Weekday,
};
pub use reminder::{
    PlannedReminder, QuietHours, ReminderItem, ReminderPlan, ReminderPreferences, ReminderRequest, ReminderSubject,
};
pub use schedule::{
    Anchor, AsNeeded, Assignee, EventTiming, Expiry, Measure, OutcomeChoice, Phase, Pool, Schedule, ScheduleStatus,
    Timing, Window,
};
pub use span::{DayPart, DayTime, Span, TimeOfDay};
pub use supply::{
    DrugSupply, Fill, Method, Stay, SupplyResult, SupplyWarning, SupplyWindow, days_covered, possession_ratio,
};
pub use view::{
    AdvanceReport, AsNeededView, CarePauseView, DueItem, DueOwner, DueQuery, HolidayCalendarView, OccurrenceList,
    OccurrenceRecordView, ScheduleView,
};
