//! Where commands write and read.

use std::{
    fmt::Display,
    io::{self, IsTerminal, Read, Write},
};

use crate::domain::Fault;

/// Stdout, stderr and stdin. A reader that went away (`preau … | head`) is no error.
pub struct Terminal {
    out: Box<dyn Write + Send>,
    err: Box<dyn Write + Send>,
    /// Whether somebody watches stderr.
    is_watched: bool,
}

impl Terminal {
    /// The process's own.
    #[must_use]
    pub fn of_process() -> Self {
        Self { out: Box::new(io::stdout()), err: Box::new(io::stderr()), is_watched: io::stderr().is_terminal() }
    }

    /// A line for whoever asked.
    pub fn say(&mut self, line: impl Display) {
        let _gone = writeln!(self.out, "{line}").and_then(|()| self.out.flush());
    }

    /// A line about what is going on, apart from the answer.
    pub fn note(&mut self, line: impl Display) {
        let _gone = writeln!(self.err, "{line}");
    }

    /// How far something is, in the place of what was told before; only where somebody watches.
    pub fn progress(&mut self, done: usize, total: usize) {
        if self.is_watched {
            let end = if done == total { "\n" } else { "" };
            let _gone = write!(self.err, "\r{done} / {total}{end}").and_then(|()| self.err.flush());
        }
    }

    /// What went wrong, and what to do.
    pub fn fault(&mut self, fault: &Fault) {
        self.note(format_args!("preau: {}", fault.cause));
        if let Some(remedy) = &fault.remedy {
            self.note(format_args!("       {remedy}"));
        }
    }

    /// The first line of stdin, without its end: a password that another program hands over.
    ///
    /// # Errors
    /// Stdin can't be read, or is a person's keyboard, which would show it.
    pub fn read_secret_line() -> Result<String, Fault> {
        let mut stdin = io::stdin();
        if stdin.is_terminal() {
            return Err(Fault::new("a password typed here would be shown on the screen")
                .remedy("hand it over by a pipe: `… --password-stdin < FILE`"));
        }
        let mut text = String::new();
        stdin.read_to_string(&mut text)?;
        Ok(text.lines().next().unwrap_or_default().to_owned())
    }
}
