//! What the program writes to its log, statements included, for stories that look for what must not be in it.

use std::{
    io,
    sync::{
        Mutex, Once, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tracing_subscriber::{Layer, filter::dynamic_filter_fn, fmt, layer::SubscriberExt};

static CAPTURING: AtomicBool = AtomicBool::new(false);
static WRITTEN: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// The log from now on, at every level. For worlds that are alone: there is one log for the whole process.
pub struct Log(&'static Mutex<Vec<u8>>);

impl Log {
    /// Begins to take down what is written.
    pub fn begins() -> Self {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let wanted = dynamic_filter_fn(|_, _| CAPTURING.load(Ordering::Relaxed));
            let layer = fmt::layer().json().with_writer(|| Pen).with_filter(wanted);
            let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(layer));
            tracing::callsite::rebuild_interest_cache();
        });
        WRITTEN.lock().unwrap_or_else(PoisonError::into_inner).clear();
        CAPTURING.store(true, Ordering::Relaxed);
        Self(&WRITTEN)
    }

    /// What was written since, as text; taken away.
    pub fn taken(&self) -> String {
        let written = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        String::from_utf8(written).expect("a log in UTF-8")
    }

    /// The statements that were run since, in order; those of workers and connections left out.
    pub fn statements(&self) -> Vec<String> {
        // New connections set themselves up; workers look for changes and clear away what is over.
        let of_the_house = |statement: &str| {
            statement.starts_with("PRAGMA")
                || statement.contains("FROM revision")
                || statement.contains("FROM logout_notice")
                || (statement.starts_with("DELETE") && statement.contains("< $1"))
        };
        self.taken()
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .filter(|line| line["target"] == "sqlx::query")
            .map(|line| {
                let fields = &line["fields"];
                let whole = fields["db.statement"].as_str().filter(|text| !text.is_empty());
                let text = whole.or_else(|| fields["summary"].as_str()).unwrap_or_default();
                text.split_whitespace().collect::<Vec<_>>().join(" ")
            })
            .filter(|statement| !of_the_house(statement))
            .collect()
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        CAPTURING.store(false, Ordering::Relaxed);
    }
}

struct Pen;

impl io::Write for Pen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        WRITTEN.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
