//! A table that is read page by page.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use prm_core::{Cursor, Error, Page, Progress, Result};

use crate::columns::Columns;

/// Rows of a question, and where the next page of them begins.
pub(crate) struct Rows<R> {
    pub(crate) rows: Vec<R>,
    pub(crate) next: Option<Cursor>,
}

/// Rows of a question as Arrow: a [`RecordBatchReader`], to be given away with
/// [`FFI_ArrowArrayStream::new`](arrow_array::ffi_stream::FFI_ArrowArrayStream::new) or read as an iterator of batches.
///
/// The first page was read when the table was opened, each further one is read when a batch is asked for that is not there
/// yet. Between two pages nothing of the store is held.
///
/// After an error every further call gives the same error; [`cause`] gives the error of the library.
pub struct Table {
    schema: SchemaRef,
    pages: Box<dyn Pages + Send>,
    ready: VecDeque<RecordBatch>,
    read: u64,
    progress: Progress,
    failed: Option<Interrupted>,
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table({} columns, {} rows so far)", self.schema.fields().len(), self.read)
    }
}

/// Where batches come from.
trait Pages {
    /// The next page, in one batch or several; none at the end.
    fn page(&mut self, schema: &SchemaRef) -> Result<Option<Vec<RecordBatch>>, Failure>;
}

/// What can go wrong with a page.
#[derive(Debug)]
enum Failure {
    Library(Error),
    Arrow(ArrowError),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Library(error)
    }
}

/// A question that is asked page by page.
struct Asked<R, A, C> {
    ask: A,
    columns: C,
    next: Place,
    rows: std::marker::PhantomData<fn() -> R>,
}

enum Place {
    First,
    After(Cursor),
    End,
}

impl<R, A, C> Pages for Asked<R, A, C>
where
    A: FnMut(&Page) -> Result<Rows<R>>,
    C: Fn(&[R]) -> Columns,
{
    fn page(&mut self, schema: &SchemaRef) -> Result<Option<Vec<RecordBatch>>, Failure> {
        let page = match std::mem::replace(&mut self.next, Place::End) {
            Place::First => Page::first(Page::MOST),
            Place::After(cursor) => Page::first(Page::MOST).after(cursor),
            Place::End => return Ok(None),
        };
        let Rows { rows, next } = (self.ask)(&page)?;
        self.next = next.map_or(Place::End, Place::After);
        let mut batches = Vec::new();
        self.batches(&rows, schema, &mut batches).map_err(Failure::Arrow)?;
        Ok(Some(batches))
    }
}

impl<R, A, C: Fn(&[R]) -> Columns> Asked<R, A, C> {
    /// Rows that hold too much text for one batch are halved.
    fn batches(&self, rows: &[R], schema: &SchemaRef, batches: &mut Vec<RecordBatch>) -> Result<(), ArrowError> {
        if rows.is_empty() {
            return Ok(());
        }
        match (self.columns)(rows).batch(schema)? {
            Some(batch) => batches.push(batch),
            None => {
                let (first, second) = rows.split_at(rows.len() / 2);
                self.batches(first, schema, batches)?;
                self.batches(second, schema, batches)?;
            }
        }
        Ok(())
    }
}

impl Table {
    /// A table whose first page is read at once: who may not read it is told here.
    pub(crate) fn open<R: 'static>(
        schema: SchemaRef,
        columns: impl Fn(&[R]) -> Columns + Send + 'static,
        progress: &Progress,
        ask: impl FnMut(&Page) -> Result<Rows<R>> + Send + 'static,
    ) -> Result<Self> {
        let pages = Asked { ask, columns, next: Place::First, rows: std::marker::PhantomData };
        let progress = progress.clone();
        let mut table =
            Table { schema, pages: Box::new(pages), ready: VecDeque::new(), read: 0, progress, failed: None };
        match table.read_on() {
            Err(Failure::Library(error)) => return Err(error),
            Err(Failure::Arrow(error)) => table.failed = Some(Interrupted(Arc::new(Cause::Arrow(error)))),
            Ok(_) => {}
        }
        Ok(table)
    }

    /// Reads a page. Whether there was one.
    fn read_on(&mut self) -> Result<bool, Failure> {
        self.progress.go_on()?;
        let Some(batches) = self.pages.page(&self.schema)? else { return Ok(false) };
        let rows: usize = batches.iter().map(RecordBatch::num_rows).sum();
        self.ready.extend(batches);
        self.read = self.read.saturating_add(u64::try_from(rows).unwrap_or(u64::MAX));
        self.progress.advance(self.read);
        Ok(true)
    }

    /// The next batch; none at the end.
    fn batch(&mut self) -> Result<Option<RecordBatch>, Failure> {
        // A page may hold no rows and still not be the last one.
        while self.ready.is_empty() {
            if !self.read_on()? {
                return Ok(None);
            }
        }
        self.progress.go_on()?;
        Ok(self.ready.pop_front())
    }
}

impl Iterator for Table {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(failed) = &self.failed {
            return Some(Err(failed.as_arrow()));
        }
        match self.batch() {
            Ok(batch) => batch.map(Ok),
            Err(failure) => {
                let failed = Interrupted(Arc::new(match failure {
                    Failure::Library(error) => Cause::Library(error),
                    Failure::Arrow(error) => Cause::Arrow(error),
                }));
                let error = failed.as_arrow();
                self.failed = Some(failed);
                Some(Err(error))
            }
        }
    }
}

impl RecordBatchReader for Table {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

/// Why a table ended before its end. It shows the code of the error and its sentence, no content.
#[derive(Debug, Clone)]
struct Interrupted(Arc<Cause>);

#[derive(Debug)]
enum Cause {
    Library(Error),
    Arrow(ArrowError),
}

impl Interrupted {
    fn as_arrow(&self) -> ArrowError {
        ArrowError::ExternalError(Box::new(self.clone()))
    }
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Cause::Library(error) => write!(f, "{}: {error}", error.code()),
            Cause::Arrow(_) => f.write_str("unsupported: the rows do not fit the columns of the table"),
        }
    }
}

impl std::error::Error for Interrupted {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            Cause::Library(error) => Some(error),
            Cause::Arrow(error) => Some(error),
        }
    }
}

/// The error of the library that ended a table, if it was one.
pub fn cause(error: &ArrowError) -> Option<&Error> {
    let ArrowError::ExternalError(outer) = error else { return None };
    match &*outer.downcast_ref::<Interrupted>()?.0 {
        Cause::Library(error) => Some(error),
        Cause::Arrow(_) => None,
    }
}
