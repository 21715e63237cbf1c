//! Programs of engines, and what their stores take.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::engine::Result;

/// An engine's program, running.
pub struct Running {
    /// Its name in the table.
    pub name: String,
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

/// What `took` said.
pub struct Took {
    /// Operations.
    pub operations: u64,
    /// Nanoseconds of all of them.
    pub total: u64,
    /// Nanoseconds of half of them at most.
    pub median: u64,
    /// Nanoseconds of 99 of 100 at most.
    pub slowest: u64,
    /// Check sum of the answers.
    pub answer: u64,
}

impl Running {
    /// Starts a program and tells it how many patients there are.
    pub fn start(name: &str, program: &[String], population: &str) -> Result<Self> {
        let (file, arguments) = program.split_first().ok_or("an engine without a program")?;
        let mut child = Command::new(file)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("{name}: {file} does not start: {e}"))?;
        let to = child.stdin.take().ok_or("no pipe")?;
        let from = BufReader::new(child.stdout.take().ok_or("no pipe")?);
        let mut running = Running { name: name.to_owned(), child, to, from };
        running.ask(&format!("population {population}"))?;
        Ok(running)
    }

    /// What it answers to a request; none if it does not offer that.
    pub fn ask(&mut self, request: &str) -> Result<Option<String>> {
        writeln!(self.to, "{request}")?;
        self.to.flush()?;
        let mut line = String::new();
        if self.from.read_line(&mut line)? == 0 {
            return Err(format!("{}: ended at `{request}`", self.name).into());
        }
        match line.trim_end() {
            "none" => Ok(None),
            line if line.starts_with("error ") => Err(format!("{}: {request}: {line}", self.name).into()),
            line => Ok(Some(line.to_owned())),
        }
    }

    /// The same of a request that is answered by what it took.
    pub fn took(&mut self, request: &str) -> Result<Option<Took>> {
        let Some(line) = self.ask(request)? else { return Ok(None) };
        let numbers = line.split(' ').skip(1).map(str::parse).collect::<Result<Vec<u64>, _>>()?;
        match numbers.as_slice() {
            [operations, total, median, slowest, answer] => Ok(Some(Took {
                operations: *operations,
                total: *total,
                median: *median,
                slowest: *slowest,
                answer: *answer,
            })),
            _ => Err(format!("{}: not understood: {line}", self.name).into()),
        }
    }

    /// Kills it.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Lets it end.
    pub fn quit(mut self) -> Result<()> {
        writeln!(self.to, "quit")?;
        self.to.flush()?;
        self.child.wait()?;
        Ok(())
    }
}

/// What a file takes on the disk: an engine may make it longer than what it has written.
#[cfg(unix)]
fn allocated(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::blocks(metadata) * 512
}

#[cfg(not(unix))]
fn allocated(metadata: &fs::Metadata) -> u64 {
    metadata.len()
}

/// What the files of a folder take on the disk.
pub fn bytes_in(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() { bytes_in(&entry.path())? } else { allocated(&metadata) };
    }
    Ok(bytes)
}
