//! Pictures of how care goes and of the days ahead, read and drawn in one call.

use crate::engage::DueQuery;
use crate::error::Result;
use crate::id::{PatientId, ScheduleId};
use crate::progress::Progress;
use crate::session::{EngageRoom, TemplateChange};
use crate::time::Date;

use super::{AdherenceCalendar, MonthAhead, Words};

impl EngageRoom<'_> {
    /// The adherence calendar of a patient, drawn: an SVG picture with its text. See [`adherence`](Self::adherence).
    ///
    /// # Errors
    /// As [`adherence`](Self::adherence).
    pub fn adherence_svg(
        &self,
        patient: PatientId,
        from: Date,
        to: Date,
        schedule: Option<ScheduleId>,
    ) -> Result<String> {
        let view = self.adherence(patient, from, to, schedule, None)?;
        let today = self.today(patient)?;
        let calendar = AdherenceCalendar { view: &view, from, to, today };
        Ok(calendar.draw("adherence", &Words::default()).svg())
    }

    /// The days ahead, drawn: an SVG picture with its text. See [`forecast`](Self::forecast).
    ///
    /// # Errors
    /// As [`forecast`](Self::forecast).
    pub fn forecast_svg(
        &self,
        query: &DueQuery,
        from: Date,
        to: Date,
        zone: &str,
        change: Option<&TemplateChange>,
        progress: &Progress,
    ) -> Result<String> {
        let view = self.forecast(query, from, to, zone, change, progress)?;
        Ok(MonthAhead { forecast: &view }.draw("ahead", &Words::default()).svg())
    }
}
