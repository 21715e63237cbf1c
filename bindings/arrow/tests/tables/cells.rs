//! What stands in a table, as text.

use std::collections::BTreeMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, TimestampMicrosecondType, UInt32Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{ArrowError, DataType};

/// The cells of a row that are not empty, by column.
pub(crate) type Row = BTreeMap<String, String>;

pub(crate) fn rows(table: impl Iterator<Item = Result<RecordBatch, ArrowError>>) -> Vec<Row> {
    table.flat_map(|batch| rows_of(&batch.unwrap())).collect()
}

pub(crate) fn rows_of(batch: &RecordBatch) -> Vec<Row> {
    let schema = batch.schema();
    let row = |at: usize| {
        let cells = schema.fields().iter().zip(batch.columns()).filter(|(_, column)| !column.is_null(at));
        cells.map(|(field, column)| (field.name().clone(), cell(column, at))).collect()
    };
    (0..batch.num_rows()).map(row).collect()
}

/// One column of all rows; an empty cell is an empty text.
pub(crate) fn column(rows: &[Row], name: &str) -> Vec<String> {
    rows.iter().map(|row| row.get(name).cloned().unwrap_or_default()).collect()
}

fn cell(column: &dyn Array, at: usize) -> String {
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(at).to_owned(),
        DataType::Boolean => column.as_boolean().value(at).to_string(),
        DataType::UInt32 => column.as_primitive::<UInt32Type>().value(at).to_string(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(at).to_string(),
        DataType::Date32 => column.as_primitive::<Date32Type>().value_as_date(at).unwrap().to_string(),
        DataType::Timestamp(..) => {
            column.as_primitive::<TimestampMicrosecondType>().value_as_datetime(at).unwrap().to_string()
        }
        other => panic!("a column of a type that is in no contract: {other}"),
    }
}
