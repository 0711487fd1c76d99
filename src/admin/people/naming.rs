//! Identifiers for those whose file gives none: by the rule, once. The roster's key or a pupil number tells who is there
//! already, so that the same file twice finds the same people.

use serde_json::{Map, Value};

use super::Tools;
use crate::{
    domain::{Fault, Identifier},
    policy::Identifiers,
    store::accounts,
};

/// The same objects, each with an `identifier` where one could be found or made. Who has neither identifier nor key is left
/// as they are, and named as a fault later.
pub(super) async fn named(
    tools: Tools<'_>,
    mut objects: Vec<Map<String, Value>>,
) -> Result<Vec<Map<String, Value>>, Fault> {
    let has_key =
        |object: &Map<String, Value>| ["join_key", "pupil_number"].iter().any(|key| object.contains_key(*key));
    if !objects.iter().any(|object| !object.contains_key("identifier") && has_key(object)) {
        return Ok(objects);
    }
    let holders = accounts::list_holders(tools.db).await?;
    let mut identifiers = Identifiers::new(tools.rule, holders.into_iter().map(|(_, folded)| folded));
    for identifier in objects.iter().filter_map(|object| object.get("identifier")?.as_str()) {
        identifiers.keep(&Identifier::new(identifier));
    }
    for object in objects.iter_mut().filter(|object| !object.contains_key("identifier") && has_key(object)) {
        let told = |member: &str| object.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (join_key, pupil_number) = (told("join_key"), told("pupil_number"));
        let identifier = match accounts::find_by_key(tools.db, &join_key, &pupil_number).await? {
            Some(account) => account.identifier,
            None => identifiers
                .next(&told("given_name"), &told("family_name"), |signs, length| tools.rng.code(signs, length)),
        };
        object.insert("identifier".into(), identifier.as_str().into());
    }
    Ok(objects)
}
