//! Values with a text of their own: dates, times, decimals, cursors.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, TimeDelta, Timelike as _, Utc};
use prm_core::{CivilTime, Cursor, Date, Decimal, PartialDate, When};
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDateTime, PyString, PyTzInfoAccess as _};

use crate::crossing::Crossing;
use crate::failure::raise;
use crate::shape::{Class, set, unexpected};

static PARTIAL_DATE: Class = Class::new("prm._scalars", "PartialDate");
static WHEN: Class = Class::new("prm._scalars", "When");
static DECIMAL: Class = Class::new("prm._scalars", "Decimal");
static PLAIN_DECIMAL: Class = Class::new("decimal", "Decimal");
static CURSOR: Class = Class::new("prm._scalars", "Cursor");

fn parsed<T: std::str::FromStr<Err = prm_core::Error>>(text: &Bound<'_, PyString>) -> PyResult<T> {
    text.to_cow()?.parse().map_err(|error| raise(text.py(), &error))
}

/// Instants have microseconds in Python. What the store knows more finely is rounded up, so that a version is known at
/// the instant it was recorded.
impl Crossing for DateTime<Utc> {
    fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let beyond = self.nanosecond() % 1_000;
        let up = if beyond == 0 { TimeDelta::zero() } else { TimeDelta::nanoseconds(i64::from(1_000 - beyond)) };
        Ok(self.checked_add_signed(up).unwrap_or(self).into_pyobject(py)?.into_any())
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        aware(value)?.call_method1(intern!(value.py(), "astimezone"), (utc(value.py())?,))?.extract()
    }
}

fn utc(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    Ok(pyo3::types::PyTzInfo::utc(py)?.to_owned().into_any())
}

/// A date-time that knows its offset.
fn aware<'a, 'py>(value: &'a Bound<'py, PyAny>) -> PyResult<&'a Bound<'py, PyAny>> {
    if !value.is_instance_of::<PyDateTime>() {
        return Err(unexpected("datetime", value));
    }
    if value.call_method0(intern!(value.py(), "utcoffset"))?.is_none() {
        return Err(PyTypeError::new_err("a datetime without a time zone is no instant; give it one"));
    }
    Ok(value)
}

impl Crossing for PartialDate {
    fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let made = PARTIAL_DATE.blank(py)?;
        set(&made, intern!(py, "_year"), self.year().into_pyobject(py)?.as_any())?;
        set(&made, intern!(py, "_month"), &self.month().into_pyobject(py)?)?;
        set(&made, intern!(py, "_day"), &self.day().into_pyobject(py)?)?;
        Ok(made)
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = value.py();
        if let Ok(text) = value.cast::<PyString>() {
            return parsed(text);
        }
        if value.is_instance_of::<PyDate>() && !value.is_instance_of::<PyDateTime>() {
            return Ok(PartialDate::from(value.extract::<NaiveDate>()?));
        }
        PARTIAL_DATE.check(value)?;
        let part = |name| value.getattr(name)?.extract::<Option<u8>>();
        let year: u16 = value.getattr(intern!(py, "_year"))?.extract()?;
        let made = match (part(intern!(py, "_month"))?, part(intern!(py, "_day"))?) {
            (None, _) => PartialDate::year_only(year),
            (Some(month), None) => PartialDate::year_month(year, month),
            (Some(month), Some(day)) => PartialDate::from_ymd(year, month, day),
        };
        made.map_err(|error| raise(py, &error))
    }
}

impl Crossing for Date {
    fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.naive().into_pyobject(py)?.into_any())
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(text) = value.cast::<PyString>() {
            return parsed(text);
        }
        if !value.is_instance_of::<PyDate>() || value.is_instance_of::<PyDateTime>() {
            return Err(unexpected("date", value));
        }
        Date::try_from(value.extract::<NaiveDate>()?).map_err(|error| raise(value.py(), &error))
    }
}

/// Which of two equal civil times a datetime means (`fold`) is not looked at: what repeats has a rule of its own for that.
impl Crossing for CivilTime {
    fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.naive().into_pyobject(py)?.into_any())
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = value.py();
        if let Ok(text) = value.cast::<PyString>() {
            return parsed(text);
        }
        let at = value.cast::<PyDateTime>().map_err(|_| unexpected("datetime", value))?;
        if at.get_tzinfo().is_some() {
            return Err(PyTypeError::new_err("a datetime with a time zone is an instant; a civil time has none"));
        }
        let naive: NaiveDateTime = at.extract()?;
        if naive.nanosecond() != 0 {
            // Refused as its text is.
            return parsed(value.call_method0(intern!(py, "isoformat"))?.cast()?);
        }
        CivilTime::try_from(naive).map_err(|error| raise(py, &error))
    }
}

impl Crossing for When {
    fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let made = WHEN.blank(py)?;
        set(&made, intern!(py, "_text"), PyString::new(py, &self.to_string()).as_any())?;
        Ok(made)
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if WHEN.is_of(value)? {
            return parsed(value.getattr(intern!(value.py(), "_text"))?.cast()?);
        }
        if let Ok(text) = value.cast::<PyString>() {
            return parsed(text);
        }
        if value.is_instance_of::<PyDateTime>() {
            let text = aware(value)?.call_method0(intern!(value.py(), "isoformat"))?;
            return parsed(text.cast()?);
        }
        PartialDate::take(value).map(When::On).map_err(|error| {
            let wrong = error.is_instance_of::<PyTypeError>(value.py());
            if wrong { unexpected("When, datetime, date or str", value) } else { error }
        })
    }
}

impl Crossing for Decimal {
    fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        DECIMAL.get(py)?.call1((self.as_str(),))
    }

    /// Of a decimal of ours the digits as they were written, of others as Python writes them.
    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = value.py();
        if DECIMAL.is_of(value)? {
            return parsed(value.getattr(intern!(py, "text"))?.cast()?);
        }
        if let Ok(text) = value.cast::<PyString>() {
            return parsed(text);
        }
        let whole = value.is_instance_of::<pyo3::types::PyInt>() && !value.is_instance_of::<pyo3::types::PyBool>();
        if whole || value.is_instance(PLAIN_DECIMAL.get(py)?)? {
            return parsed(&value.str()?);
        }
        Err(unexpected("Decimal, int or str", value))
    }
}

impl Crossing for Cursor {
    fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let made = CURSOR.blank(py)?;
        set(&made, intern!(py, "_text"), PyString::new(py, self.as_str()).as_any())?;
        Ok(made)
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        CURSOR.check(value)?;
        let text: String = value.getattr(intern!(value.py(), "_text"))?.extract()?;
        Ok(Cursor::from_text(text))
    }
}

/// A date as the library writes it, or the error for a text that is none.
#[pyfunction]
#[pyo3(signature = (text: "str") -> "tuple[int, int | None, int | None]")]
pub(crate) fn read_date(text: &Bound<'_, PyString>) -> PyResult<(u16, Option<u8>, Option<u8>)> {
    let date: PartialDate = parsed(text)?;
    Ok((date.year(), date.month(), date.day()))
}

/// A day, or the error for what is none.
#[pyfunction]
#[pyo3(signature = (day: "object") -> "datetime.date")]
pub(crate) fn read_day<'py>(day: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    Date::take(day)?.give(day.py())
}

/// A civil time, or the error for what is none.
#[pyfunction]
#[pyo3(signature = (time: "object") -> "datetime.datetime")]
pub(crate) fn read_civil_time<'py>(time: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    CivilTime::take(time)?.give(time.py())
}

/// The days that a date begins and ends with.
#[pyfunction]
#[pyo3(signature = (date: "object") -> "tuple[datetime.date, datetime.date]")]
pub(crate) fn days_of_date(date: &Bound<'_, PyAny>) -> PyResult<(NaiveDate, NaiveDate)> {
    let date = PartialDate::take(date)?;
    Ok((date.first_day(), date.last_day()))
}

/// A time as the library writes it, or the error for what is none.
#[pyfunction]
#[pyo3(signature = (when: "object") -> "str")]
pub(crate) fn read_when(when: &Bound<'_, PyAny>) -> PyResult<String> {
    When::take(when).map(|when| when.to_string())
}

/// A time as a date-time, with microseconds, or as year, month and day.
#[pyfunction]
#[pyo3(signature = (when: "object") -> "datetime.datetime | tuple[int, int | None, int | None]")]
pub(crate) fn parts_of_when<'py>(when: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = when.py();
    match When::take(when)? {
        When::At(at) => {
            let year = at.year();
            if !(1..=9999).contains(&year) {
                return Err(pyo3::exceptions::PyOverflowError::new_err("a datetime has years 1 to 9999"));
            }
            Ok(at.into_pyobject(py)?.into_any())
        }
        When::On(date) => Ok((date.year(), date.month(), date.day()).into_pyobject(py)?.into_any()),
    }
}

/// The digits of a decimal, or the error for a text that is none.
#[pyfunction]
#[pyo3(signature = (text: "str") -> "str")]
pub(crate) fn read_decimal(text: &Bound<'_, PyString>) -> PyResult<String> {
    parsed::<Decimal>(text).map(|decimal| decimal.to_string())
}
