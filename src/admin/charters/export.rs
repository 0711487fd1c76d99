//! The proof of acceptance as CSV (RFC 4180): a line per person, school and version; no password, no network.

use crate::{
    domain::{Charter, CharterId, Fault, Instant},
    store::{Db, charter_signatures as signatures, charter_signatures::Proof, charters},
};

/// Whom the proof is about; none: everybody.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// A version.
    pub charter: Option<CharterId>,
    /// A school's code.
    pub school_code: Option<String>,
    /// A class's label.
    pub class: Option<String>,
}

const HEAD: [&str; 15] = [
    "school_code",
    "school",
    "class",
    "family_name",
    "given_name",
    "identifier",
    "profile",
    "charter",
    "version",
    "accepted_at",
    "language",
    "accepted_by",
    "guardian_signed_at",
    "guardian_signed_by",
    "guardian",
];

/// The proof as a text, and how many lines it holds beside its head.
///
/// # Errors
/// The store did not answer.
pub async fn export(db: &Db, wanted: &Wanted) -> Result<(String, usize), Fault> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(HEAD)?;
    let mut count = 0;
    let is_wanted = |charter: &Charter| wanted.charter.as_ref().is_none_or(|id| *id == charter.id);
    for charter in charters::list(db).await?.into_iter().filter(is_wanted) {
        for proof in signatures::export(db, &charter.id).await? {
            let is_wanted = charter.profiles.contains(&proof.profile)
                && charter.establishment_id.as_ref().is_none_or(|id| *id == proof.school_id)
                && wanted.school_code.as_ref().is_none_or(|code| *code == proof.school_code)
                && wanted.class.as_ref().is_none_or(|class| proof.class.as_ref() == Some(class));
            if is_wanted {
                writer.write_record(line(&charter, &proof).map(|cell| inert(&cell)))?;
                count += 1;
            }
        }
    }
    let bytes = writer.into_inner().map_err(|error| Fault::new(error.to_string()))?;
    Ok((String::from_utf8(bytes)?, count))
}

fn line(charter: &Charter, proof: &Proof) -> [String; 15] {
    let at = |at: Option<Instant>| at.map(Instant::rfc_3339).unwrap_or_default();
    let accepted_by = match (proof.accepted_at, &proof.accepted_by) {
        (None, _) => "",
        (Some(_), Some(_)) => "the person",
        (Some(_), None) => "a command",
    };
    let signed_by = match (proof.guardian_at, &proof.guardian) {
        (None, _) => "",
        (Some(_), Some(_)) => "a guardian",
        (Some(_), None) => "on paper",
    };
    let guardian = proof.guardian.as_ref().map(|identifier| {
        let name = |part: &Option<String>| part.clone().unwrap_or_default();
        format!("{} {} ({identifier})", name(&proof.guardian_given_name), name(&proof.guardian_family_name))
    });
    [
        proof.school_code.clone(),
        proof.school.clone(),
        proof.class.clone().unwrap_or_default(),
        proof.family_name.clone(),
        proof.given_name.clone(),
        proof.identifier.clone(),
        proof.profile.name().to_owned(),
        charter.id.to_string(),
        charter.version.clone(),
        at(proof.accepted_at),
        proof.language.clone().unwrap_or_default(),
        accepted_by.to_owned(),
        at(proof.guardian_at),
        signed_by.to_owned(),
        guardian.unwrap_or_default(),
    ]
}

/// A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it (OWASP, "CSV
/// Injection").
pub(super) fn inert(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
