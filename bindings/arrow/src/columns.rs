//! Columns of a table: what they are called, what they hold, and the values of some rows.

use std::collections::HashMap;
use std::fmt::{Display, Write as _};
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::types::Date32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, RecordBatch, RecordBatchOptions, TimestampMicrosecondArray,
    UInt32Array,
};
use arrow_schema::{ArrowError, Field, Schema, SchemaRef};
use prm_core::{DatePrecision, Instant, PartialDate, When};

/// Most bytes of text in one column of a batch. Rows that hold more are given in several batches.
const MOST_TEXT: usize = 16 << 20;

/// Number of the contract that the columns are. It rises when one of them is renamed, retyped or taken away.
const CONTRACT: &str = "1";

/// Columns in the making. Each is named, described and filled by one call, so that the schema is that of no rows.
pub(crate) struct Columns {
    rows: usize,
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
    overfull: bool,
}

/// Whether a column may be empty in a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Empty {
    Never,
    Perhaps,
}

impl Columns {
    pub(crate) fn of(rows: usize) -> Self {
        Columns { rows, fields: Vec::new(), arrays: Vec::new(), overfull: false }
    }

    /// The schema of a table of this name.
    pub(crate) fn schema(self, table: &str) -> SchemaRef {
        let about = [("prm.table", table), ("prm.contract", CONTRACT)];
        let about = about.map(|(key, value)| (key.to_owned(), value.to_owned()));
        Arc::new(Schema::new_with_metadata(self.fields, HashMap::from(about)))
    }

    /// The rows as a batch; none if they hold too much text for one. A single row always fits.
    pub(crate) fn batch(self, schema: &SchemaRef) -> Result<Option<RecordBatch>, ArrowError> {
        if self.overfull && self.rows > 1 {
            return Ok(None);
        }
        let options = RecordBatchOptions::new().with_row_count(Some(self.rows));
        RecordBatch::try_new_with_options(Arc::clone(schema), self.arrays, &options).map(Some)
    }

    fn put(&mut self, name: &str, about: &str, empty: Empty, array: ArrayRef) {
        let about = HashMap::from([("description".to_owned(), about.to_owned())]);
        let field = Field::new(name, array.data_type().clone(), empty == Empty::Perhaps).with_metadata(about);
        self.fields.push(field);
        self.arrays.push(array);
    }

    /// Texts, each written by `write`, which tells whether there is one.
    fn texts<T>(
        &mut self,
        (name, about, empty): (&str, &str, Empty),
        values: impl Iterator<Item = Option<T>>,
        append: impl Fn(&mut StringBuilder, T),
    ) {
        let mut texts = StringBuilder::with_capacity(self.rows, self.rows * 16);
        for value in values {
            match value {
                // What is left out here is never shown: the batch is made again of fewer rows.
                Some(_) if self.overfull && self.rows > 1 => texts.append_value(""),
                Some(value) => append(&mut texts, value),
                None => texts.append_null(),
            }
            self.overfull |= texts.values_slice().len() > MOST_TEXT;
        }
        self.put(name, about, empty, Arc::new(texts.finish()));
    }

    /// Texts that every row has.
    pub(crate) fn text<T: AsRef<str>>(&mut self, name: &str, about: &str, values: impl Iterator<Item = T>) {
        self.texts((name, about, Empty::Never), values.map(Some), |to, text| to.append_value(text));
    }

    /// Texts that a row may lack.
    pub(crate) fn maybe_text<T: AsRef<str>>(
        &mut self,
        name: &str,
        about: &str,
        values: impl Iterator<Item = Option<T>>,
    ) {
        self.texts((name, about, Empty::Perhaps), values, |to, text| to.append_value(text));
    }

    /// What every row has, as it is written.
    pub(crate) fn written<T: Display>(&mut self, name: &str, about: &str, values: impl Iterator<Item = T>) {
        self.texts((name, about, Empty::Never), values.map(Some), write);
    }

    /// What a row may lack, as it is written.
    pub(crate) fn maybe_written<T: Display>(
        &mut self,
        name: &str,
        about: &str,
        values: impl Iterator<Item = Option<T>>,
    ) {
        self.texts((name, about, Empty::Perhaps), values, write);
    }

    /// Counts.
    pub(crate) fn count(&mut self, name: &str, about: &str, values: impl Iterator<Item = u32>) {
        self.put(name, about, Empty::Never, Arc::new(UInt32Array::from_iter_values(values)));
    }

    /// Numbers that a row may lack.
    pub(crate) fn maybe_number(&mut self, name: &str, about: &str, values: impl Iterator<Item = Option<f64>>) {
        self.put(name, about, Empty::Perhaps, Arc::new(values.collect::<Float64Array>()));
    }

    /// Numbers.
    pub(crate) fn number(&mut self, name: &str, about: &str, values: impl Iterator<Item = f64>) {
        self.put(name, about, Empty::Never, Arc::new(Float64Array::from_iter_values(values)));
    }

    /// Yes or no.
    pub(crate) fn flag(&mut self, name: &str, about: &str, values: impl Iterator<Item = bool>) {
        let flags: Vec<bool> = values.collect();
        self.put(name, about, Empty::Never, Arc::new(BooleanArray::from(flags)));
    }

    /// Instants, to the microsecond.
    pub(crate) fn instant(&mut self, name: &str, about: &str, values: impl Iterator<Item = Instant>) {
        let micros = TimestampMicrosecondArray::from_iter_values(values.map(|at| at.timestamp_micros()));
        self.put(name, about, Empty::Never, Arc::new(micros.with_timezone("UTC")));
    }

    /// Instants that a row may lack.
    pub(crate) fn maybe_instant(&mut self, name: &str, about: &str, values: impl Iterator<Item = Option<Instant>>) {
        let micros = values.map(|at| at.map(|at| at.timestamp_micros())).collect::<TimestampMicrosecondArray>();
        self.put(name, about, Empty::Perhaps, Arc::new(micros.with_timezone("UTC")));
    }

    /// Dates of which perhaps only a part is known, in three columns.
    pub(crate) fn dates(&mut self, name: &str, what: &str, values: impl Iterator<Item = Option<PartialDate>> + Clone) {
        let precisions = values.clone().map(|date| date.map(|date| precision(date.precision())));
        self.maybe_written(
            name,
            &format!("{what}, as it was written: `1987`, `1987-04` or `1987-04-02`"),
            values.clone(),
        );
        self.days(&format!("{name}_day"), &format!("First day of `{name}`"), values);
        let about = format!("How much of `{name}` is known: year, month, day");
        self.maybe_text(&format!("{name}_precision"), &about, precisions);
    }

    /// Times, in four columns.
    pub(crate) fn times(&mut self, name: &str, what: &str, values: impl Iterator<Item = Option<When>> + Clone) {
        let about =
            format!("{what}, as it was written: `2019`, `2019-03`, `2019-03-07` or `2019-03-07T13:28:17-05:00`");
        self.maybe_written(name, &about, values.clone());
        let instants = values.clone().map(|when| match when? {
            When::At(at) => Some(at.timestamp_micros()),
            When::On(_) => None,
        });
        let instants = instants.collect::<TimestampMicrosecondArray>().with_timezone("UTC");
        let about = format!("`{name}` in UTC, if it is an instant");
        self.put(&format!("{name}_at"), &about, Empty::Perhaps, Arc::new(instants));
        let days = values.clone().map(|when| when.map(|when| when.date()));
        self.days(&format!("{name}_day"), &format!("First day of `{name}`, in the offset it was written with"), days);
        let precisions = values.map(|when| match when? {
            When::At(_) => Some("instant"),
            When::On(date) => Some(precision(date.precision())),
        });
        let about = format!("How much of `{name}` is known: year, month, day, instant");
        self.maybe_text(&format!("{name}_precision"), &about, precisions);
    }

    fn days(&mut self, name: &str, about: &str, values: impl Iterator<Item = Option<PartialDate>>) {
        let days = values.map(|date| date.map(|date| Date32Type::from_naive_date(date.first_day())));
        self.put(name, about, Empty::Perhaps, Arc::new(days.collect::<Date32Array>()));
    }
}

fn write(to: &mut StringBuilder, value: impl Display) {
    // A text of a builder takes whatever is written.
    let _ = write!(to, "{value}");
    to.append_value("");
}

const fn precision(of: DatePrecision) -> &'static str {
    match of {
        DatePrecision::Year => "year",
        DatePrecision::Month => "month",
        DatePrecision::Day => "day",
    }
}
