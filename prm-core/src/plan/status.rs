//! How plans, activities and goals stand, and what each may become.

crate::value::codes! {
    /// How a plan stands (FHIR `request-status`).
    CarePlanStatus {
        /// It is being written; nothing of it is due.
        Draft = 1 "draft",
        /// It is carried out.
        Active = 2 "active",
        /// It rests and is meant to go on.
        OnHold = 3 "on-hold",
        /// It was carried out.
        Completed = 4 "completed",
        /// It was ended before its time.
        Revoked = 5 "revoked",
        /// It should never have been there.
        EnteredInError = 6 "entered-in-error",
        /// Its source does not say.
        Unknown = 7 "unknown",
    }
}

crate::value::codes! {
    /// How an activity of a plan stands (FHIR `care-plan-activity-status`).
    ActivityStatus {
        /// It has not begun.
        NotStarted = 1 "not-started",
        /// A time is set.
        Scheduled = 2 "scheduled",
        /// It has begun.
        InProgress = 3 "in-progress",
        /// It rests and is meant to go on.
        OnHold = 4 "on-hold",
        /// It was carried out.
        Completed = 5 "completed",
        /// It was called off before it began.
        Cancelled = 6 "cancelled",
        /// It was ended after it began.
        Stopped = 7 "stopped",
        /// It should never have been there.
        EnteredInError = 8 "entered-in-error",
        /// Its source does not say.
        Unknown = 9 "unknown",
    }
}

crate::value::codes! {
    /// How a goal stands (FHIR `goal-status`).
    GoalStatus {
        /// It is proposed.
        Proposed = 1 "proposed",
        /// It is agreed on and is to begin later.
        Planned = 2 "planned",
        /// It is agreed on.
        Accepted = 3 "accepted",
        /// It is worked at.
        Active = 4 "active",
        /// It rests and is meant to go on.
        OnHold = 5 "on-hold",
        /// It is no longer worked at, since it was reached or holds.
        Completed = 6 "completed",
        /// It was given up.
        Cancelled = 7 "cancelled",
        /// It should never have been there.
        EnteredInError = 8 "entered-in-error",
        /// It was proposed and not agreed on.
        Rejected = 9 "rejected",
    }
}

/// Declares what a status may become. A status not named on the left is an end; an end can still turn out to have been
/// entered in error. To stay is always allowed; a code that this version does not know can only stay.
macro_rules! machine {
    ($name:ident { $($from:ident -> $($to:ident)+;)+ }) => {
        impl $name {
            /// What may become what, but for `entered-in-error`.
            const STEPS: &'static [($name, &'static [$name])] = &[$(($name::$from, &[$($name::$to),+]),)+];

            /// Whether `from` may become `to`. To stay is always allowed; every known status may turn out to have been
            /// entered in error.
            pub fn allowed(from: &Self, to: &Self) -> bool {
                if from == to {
                    return true;
                }
                if matches!(from, $name::Other(_) | $name::EnteredInError) {
                    return false;
                }
                *to == $name::EnteredInError
                    || $name::STEPS.iter().any(|(start, ends)| start == from && ends.contains(to))
            }

            /// Whether nothing more comes of it: it can only turn out to have been entered in error.
            pub fn is_end(&self) -> bool {
                !matches!(self, $name::Other(_)) && !$name::STEPS.iter().any(|(start, _)| start == self)
            }
        }
    };
}

machine! { CarePlanStatus {
    Draft -> Active Revoked;
    Active -> OnHold Completed Revoked;
    OnHold -> Active Completed Revoked;
    Unknown -> Draft Active OnHold Completed Revoked;
} }

machine! { ActivityStatus {
    NotStarted -> Scheduled InProgress OnHold Completed Cancelled;
    Scheduled -> NotStarted InProgress OnHold Completed Cancelled;
    InProgress -> OnHold Completed Stopped;
    OnHold -> NotStarted Scheduled InProgress Completed Cancelled Stopped;
    Unknown -> NotStarted Scheduled InProgress OnHold Completed Cancelled Stopped;
} }

machine! { GoalStatus {
    Proposed -> Planned Accepted Active Rejected Cancelled;
    Planned -> Accepted Active OnHold Cancelled;
    Accepted -> Planned Active OnHold Completed Cancelled;
    Active -> OnHold Completed Cancelled;
    OnHold -> Planned Accepted Active Completed Cancelled;
} }
