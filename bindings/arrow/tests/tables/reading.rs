//! How a table is read: page by page, through the gate, and to a typed end.

use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchReader};
use prm_arrow::{Table, accesses, cause, patients, patients_schema, timeline, timeline_schema, trend};
use prm_core::chart::{ChartEntry, EntryKind, TimelineOrder, TimelineQuery};
use prm_core::{Command, ErrorKind, Page, PatientId, Progress, Session};

use crate::cells::{column, rows, rows_of};
use crate::clinic::{Clinic, weight};

fn newest(session: &Session, patient: PatientId, progress: &Progress) -> Table {
    timeline(session, patient, &TimelineQuery::default(), progress).unwrap()
}

#[test]
fn two_thousand_five_hundred_entries_come_in_pages_each_once_and_in_order() {
    let clinic = Clinic::open();
    let patient = clinic.patient();
    clinic.weights(patient, 2_500);
    let query = TimelineQuery { order: TimelineOrder::Oldest, ..TimelineQuery::default() };
    let progress = Progress::default();

    let mut table = timeline(&clinic.doctor, patient, &query, &progress).unwrap();
    assert_eq!(progress.done(), 1_000, "the first page alone was read");
    let batches: Vec<RecordBatch> = table.by_ref().map(Result::unwrap).collect();

    assert_eq!(batches.iter().map(RecordBatch::num_rows).collect::<Vec<_>>(), [1_000, 1_000, 500]);
    assert_eq!(progress.done(), 2_500);
    assert!(table.next().is_none(), "a table that ended stays at its end");
    let found: Vec<_> = batches.iter().flat_map(rows_of).collect();
    let expected: Vec<String> = (0..2_500).map(|n| format!("{n}.50")).collect();
    assert_eq!(column(&found, "value"), expected);
    let first = clinic.doctor.chart().timeline(patient, &query, &Page::first(1_000)).unwrap();
    let ids: Vec<String> = first.entries.iter().map(|view| view.id.to_string()).collect();
    assert_eq!(column(&found, "entry")[..1_000], ids[..]);
}

#[test]
fn two_thousand_five_hundred_patients_come_as_the_list_gives_them() {
    let clinic = Clinic::open();
    let add = |n| Command::AddPatient { id: None, patient: clinic.named(&format!("Name {n:04}")) };
    clinic.office.execute((0..2_500).rev().map(add).collect::<Vec<_>>()).unwrap();

    let found = rows(patients(&clinic.doctor, &Progress::default()).unwrap());

    let expected: Vec<String> = (0..2_500).map(|n| format!("Name {n:04}")).collect();
    assert_eq!(column(&found, "name"), expected);
}

#[test]
fn what_others_add_meanwhile_neither_repeats_nor_hides_a_row() {
    let clinic = Clinic::open();
    let patient = clinic.patient();
    clinic.weights(patient, 1_500);
    let mut table = newest(&clinic.doctor, patient, &Progress::default());
    let mut found = rows_of(&table.next().unwrap().unwrap());
    let entry = |when: &str| {
        let when = Some(when.parse().unwrap());
        ChartEntry { when, ..ChartEntry::new(EntryKind::Observation, weight()) }
    };
    let behind = clinic.office.chart().add(patient, entry("2026-03-01")).unwrap().to_string();
    let ahead = clinic.office.chart().add(patient, entry("2026-01-01")).unwrap().to_string();

    found.extend(rows(table));

    let ids = column(&found, "entry");
    assert_eq!(found.len(), 1_501);
    assert!(ids.contains(&ahead) && !ids.contains(&behind));
    let expected: Vec<String> = (0..1_500).rev().map(|n| format!("{n}.50")).collect();
    assert_eq!(column(&found, "value")[..1_500], expected[..]);
}

#[test]
fn a_table_without_rows_has_its_columns() {
    let clinic = Clinic::open();
    let patient = clinic.patient();
    let progress = Progress::default();
    let no_text = TimelineQuery { text: Some("nothing says this".into()), ..TimelineQuery::default() };
    clinic.weights(patient, 2_200);
    for table in [
        timeline(&clinic.doctor, patient, &no_text, &progress).unwrap(),
        trend(&clinic.doctor, patient, &prm_core::Coding::new("urn:x", "none"), None, 10, &progress).unwrap(),
        patients(&clinic.stranger(), &progress).unwrap(),
    ] {
        assert!(table.schema().fields().len() >= 8);
        assert_eq!(table.count(), 0);
    }
}

#[test]
fn pages_without_rows_do_not_end_a_table() {
    let clinic = Clinic::open();
    let patient = clinic.patient();
    clinic.weights(patient, 4_400);
    let mut rare = ChartEntry::new(EntryKind::Observation, weight());
    (rare.when, rare.note) = (Some("2001-01-01".parse().unwrap()), Some("unlike the others".into()));
    clinic.office.chart().add(patient, rare).unwrap();
    let query = TimelineQuery { text: Some("unlike".into()), ..TimelineQuery::default() };
    let first = clinic.doctor.chart().timeline(patient, &query, &Page::first(1_000)).unwrap();
    assert!(first.entries.is_empty() && first.next.is_some());

    let found = rows(timeline(&clinic.doctor, patient, &query, &Progress::default()).unwrap());

    assert_eq!(column(&found, "note"), ["unlike the others"]);
}

#[test]
fn a_stream_in_the_form_of_c_holds_the_same() {
    let clinic = Clinic::open();
    let patient = clinic.patient();
    clinic.weights(patient, 1_200);

    let stream = FFI_ArrowArrayStream::new(Box::new(newest(&clinic.doctor, patient, &Progress::default())));
    let read = RecordBatchStreamReader::try_new(stream).unwrap();

    assert_eq!(read.schema(), timeline_schema());
    assert_eq!(rows(read), rows(newest(&clinic.doctor, patient, &Progress::default())));
}

#[test]
fn who_may_not_read_is_told_when_the_table_is_opened() {
    let clinic = Clinic::open();
    let patient = clinic.patient();
    let (stranger, progress) = (clinic.stranger(), Progress::default());
    let opened = [
        timeline(&stranger, patient, &TimelineQuery::default(), &progress),
        trend(&stranger, patient, &weight(), None, 10, &progress),
        accesses(&stranger, patient, &progress),
    ];
    for table in opened {
        assert_eq!(table.unwrap_err().kind(), ErrorKind::Denied);
    }
    assert_eq!(patients(&stranger, &progress).unwrap().count(), 0);
}

/// The error that ends a table, again and again.
fn end(table: &mut Table) -> (ErrorKind, String) {
    let error = table.next().unwrap().unwrap_err();
    let again = table.next().unwrap().unwrap_err();
    assert_eq!(error.to_string(), again.to_string());
    (cause(&error).unwrap().kind(), error.to_string())
}

#[test]
fn a_table_that_is_cancelled_ends_so() {
    let clinic = Clinic::open();
    let patient = clinic.patient();
    clinic.weights(patient, 1_500);
    let progress = Progress::default();
    let mut table = newest(&clinic.doctor, patient, &progress);
    assert_eq!(table.next().unwrap().unwrap().num_rows(), 1_000);

    progress.cancel();

    let (kind, text) = end(&mut table);
    assert_eq!(kind, ErrorKind::Cancelled);
    assert!(text.contains("cancelled: "), "{text}");
    assert_eq!(progress.done(), 1_000);
    let refused = timeline(&clinic.doctor, patient, &TimelineQuery::default(), &progress);
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Cancelled);
}

#[test]
fn a_store_that_is_shut_down_ends_a_table_between_two_pages() {
    let clinic = Clinic::open();
    let patient = clinic.patient();
    clinic.weights(patient, 1_500);
    let mut table = newest(&clinic.doctor, patient, &Progress::default());
    table.next().unwrap().unwrap();

    clinic.prm.shut_down().unwrap();

    let (kind, text) = end(&mut table);
    assert_eq!(kind, ErrorKind::Closed);
    assert!(text.contains("closed: ") && !text.contains("Ana"), "{text}");
}

#[test]
fn a_right_that_is_lost_ends_a_table_and_a_stream_says_why() {
    let clinic = Clinic::open();
    let patient = clinic.patient();
    clinic.weights(patient, 1_500);
    let stream = FFI_ArrowArrayStream::new(Box::new(newest(&clinic.doctor, patient, &Progress::default())));
    let mut read = RecordBatchStreamReader::try_new(stream).unwrap();
    assert_eq!(read.next().unwrap().unwrap().num_rows(), 1_000);

    let view = clinic.office.people().patient(patient).unwrap();
    let elsewhere = prm_core::people::Patient { managing_organisation: None, ..view.patient };
    clinic.office.people().edit(patient, view.version, elsewhere).unwrap();

    let error = read.next().unwrap().unwrap_err().to_string();
    assert!(error.contains("denied: ") && !error.contains("Ana"), "{error}");
}

/// 400 notes of 100,000 bytes in a chart.
fn long_notes(clinic: &Clinic, patient: PatientId) -> String {
    let long = "ü".repeat(50_000);
    let note = || Some(long.as_str().into());
    let entry = || ChartEntry { note: note(), ..ChartEntry::new(EntryKind::DocumentReference, weight()) };
    let add = |_| Command::AddEntry { id: None, patient, entry: entry() };
    clinic.office.execute((0..400).map(add).collect::<Vec<_>>()).unwrap();
    long
}

#[test]
fn a_page_of_long_texts_is_given_in_several_batches() {
    let clinic = Clinic::open();
    let patient = clinic.patient();
    let long = long_notes(&clinic, patient);

    let table = newest(&clinic.doctor, patient, &Progress::default());
    let batches: Vec<RecordBatch> = table.map(Result::unwrap).collect();

    assert!(batches.len() > 1);
    let notes: Vec<String> = batches.iter().flat_map(|batch| column(&rows_of(batch), "note")).collect();
    assert_eq!(notes, vec![long; 400]);
}

#[test]
fn batches_that_are_ready_are_withheld_once_someone_asked_to_stop() {
    let clinic = Clinic::open();
    let patient = clinic.patient();
    long_notes(&clinic, patient);
    let progress = Progress::default();
    let mut table = newest(&clinic.doctor, patient, &progress);
    let first = table.next().unwrap().unwrap().num_rows();
    assert!(first < 400 && progress.done() == 400);

    progress.cancel();

    assert_eq!(end(&mut table).0, ErrorKind::Cancelled);
}

#[test]
fn a_table_shows_none_of_its_rows() {
    let clinic = Clinic::open();
    clinic.patient();
    let table = patients(&clinic.doctor, &Progress::default()).unwrap();
    assert_eq!(format!("{table:?}"), format!("Table({} columns, 1 rows so far)", patients_schema().fields().len()));
}
