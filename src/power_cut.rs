//! Named points at which a test takes the power away: the process ends as by `kill -9`, with nothing flushed and nobody
//! told. They exist in debug builds alone; a release has neither the points nor the option that arms one.

#[cfg(debug_assertions)]
use std::sync::{
    OnceLock,
    atomic::{AtomicU32, Ordering},
};

/// Every point, in the order in which an activation passes them.
pub const POINTS: [&str; 14] = [
    "letter-opened",
    "password-before-commit",
    "password-chosen",
    "address-corrected",
    "mail-claimed",
    "mail-accepted",
    "mail-noted",
    "link-before-commit",
    "link-confirmed",
    "session-before-commit",
    "session-opened",
    "charter-before-commit",
    "charter-accepted",
    "notification-answered",
];

#[cfg(debug_assertions)]
static ARMED: OnceLock<(String, AtomicU32)> = OnceLock::new();

/// Arms a point: `NAME`, or `NAME:N` for the Nth time that it is passed.
///
/// # Errors
/// There is no such point, or one is armed already.
#[cfg(debug_assertions)]
pub fn arm(wanted: &str) -> Result<(), crate::domain::Fault> {
    let (name, passes) = wanted.split_once(':').unwrap_or((wanted, "1"));
    let passes: u32 = passes.parse().unwrap_or(0);
    let known = POINTS.contains(&name) && passes > 0;
    let armed = known && ARMED.set((name.to_owned(), AtomicU32::new(passes))).is_ok();
    if armed {
        return Ok(());
    }
    Err(crate::domain::Fault::new(format!("{wanted} is no point to take the power away at"))
        .remedy(format!("one of {}, and :N for the Nth time", POINTS.join(", "))))
}

/// One of the `POINTS`. Where it is armed and its turn has come, nothing after it happens in this process.
#[cfg(debug_assertions)]
pub fn at(point: &'static str) {
    let Some((_, left)) = ARMED.get().filter(|(armed, _)| armed == point) else { return };
    if left.fetch_sub(1, Ordering::Relaxed) == 1 {
        let myself = std::process::id().to_string();
        drop(std::process::Command::new("kill").args(["-9", &myself]).status());
        loop {
            std::thread::park();
        }
    }
}

/// Nothing, in a release.
#[cfg(not(debug_assertions))]
pub const fn at(_: &'static str) {}
