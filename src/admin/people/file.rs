//! A file of test people: a JSON list of objects, or one object. Read whole or refused whole, every fault named.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::{
    admin::services::members::Members,
    domain::{
        AccountState, Email, Establishment, EstablishmentId, EstablishmentKind, Function, Identifier, Password, Profile,
    },
    policy::pupil_number_fits,
};

use super::PersonFault;

/// What is kept of a person beside the columns: claims of OpenID Connect Core §5.1 that the house has no column for.
const DETAILS: [&str; 9] = [
    "middle_name",
    "nickname",
    "profile",
    "picture",
    "website",
    "gender",
    "zoneinfo",
    "phone_number_verified",
    "address",
];

/// A test person, as the file says it.
pub(super) struct Entry {
    pub identifier: Identifier,
    pub password: Option<Password>,
    pub profiles: Vec<Profile>,
    pub function: Option<Function>,
    pub given_name: String,
    pub family_name: String,
    pub email: Option<Email>,
    pub birth_date: Option<String>,
    pub phone: Option<String>,
    pub civic_number: Option<String>,
    pub join_key: Option<String>,
    pub pupil_number: Option<String>,
    pub school: SchoolWish,
    /// Codes of further schools.
    pub further_schools: Vec<String>,
    pub classes: Vec<String>,
    pub children: Vec<Identifier>,
    pub state: AccountState,
    pub suspension: Option<String>,
    pub language: String,
    pub details: Map<String, Value>,
}

/// The school that the file means.
pub(super) enum SchoolWish {
    /// None is named.
    Any,
    /// One that is there, by its code.
    Known(String),
    /// This one, made where it is not there.
    Said(Box<Establishment>),
}

/// Reads the file, or names every fault.
pub(super) fn read(file: &str, objects: Vec<Map<String, Value>>) -> Result<Vec<Entry>, Vec<PersonFault>> {
    let fault = |person, member, fault: String| PersonFault { file: file.to_owned(), person, member, fault };
    let (mut entries, mut faults, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for (nth, object) in objects.into_iter().enumerate() {
        let mut members = Members::of(object, "");
        let entry = entry(&mut members);
        let called = entry.as_ref().map_or_else(|| format!("#{}", nth + 1), |entry| entry.identifier.to_string());
        if let Some(entry) = &entry
            && !seen.insert(entry.identifier.folded())
        {
            members.fault("identifier", "stands twice in this file");
        }
        faults.extend(members.finish().into_iter().map(|(member, what)| fault(Some(called.clone()), member, what)));
        entries.extend(entry);
    }
    if faults.is_empty() { Ok(entries) } else { Err(faults) }
}

/// The objects of a file, before anything is known of them.
pub(super) fn objects(text: &str) -> Result<Vec<Map<String, Value>>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
    let list = if let Value::Array(list) = value { list } else { vec![value] };
    let object = |value| if let Value::Object(object) = value { Some(object) } else { None };
    list.into_iter().map(object).collect::<Option<_>>().ok_or_else(|| "is neither a list of objects nor one".to_owned())
}

/// One person; `None` where it has no identifier to speak of.
fn entry(members: &mut Members) -> Option<Entry> {
    let identifier = identifier(members);
    let password = password(members);
    let email = email(members);
    let profiles = profiles(members);
    let (state, suspension) = standing(members, password.is_some(), email.is_some());
    let (details, claims) = details(members);
    let (school, classes, children) = (school(members), classes(members), children(members));
    let further_schools = members.texts("further_establishments").unwrap_or_default();
    let birth_date = members.text("birth_date").or_else(|| claimed(&claims, "birthdate"));
    if birth_date.as_ref().is_some_and(|date| date.parse::<jiff::civil::Date>().is_err()) {
        members.fault("birth_date", "is not a date: write 2013-04-21");
    }
    let language = members.choice("language", &[("fr", "fr"), ("en", "en")]);
    let locale = claimed(&claims, "locale").filter(|locale| locale.starts_with("en")).map(|_| "en");
    let pupil_number = pupil_number(members, &school);
    Some(Entry {
        password,
        function: members.choice("function", &FUNCTIONS.map(|function| (function.name(), function))),
        given_name: members.text("given_name").unwrap_or_default(),
        family_name: members.text("family_name").unwrap_or_default(),
        birth_date,
        phone: members.text("phone").or_else(|| claimed(&claims, "phone_number")),
        civic_number: members.text("civic_number"),
        join_key: members.text("join_key"),
        language: language.or(locale).unwrap_or("fr").to_owned(),
        identifier: identifier?,
        profiles,
        email,
        pupil_number,
        school,
        further_schools,
        classes,
        children,
        state,
        suspension,
        details,
    })
}

const FUNCTIONS: [Function; 7] = [
    Function::Teacher,
    Function::Librarian,
    Function::Head,
    Function::SchoolLife,
    Function::SchoolStaff,
    Function::Academic,
    Function::LocalAuthority,
];

fn identifier(members: &mut Members) -> Option<Identifier> {
    let Some(text) = members.text("identifier") else {
        members.fault("identifier", "is missing: the login name, or `join_key` or `pupil_number`, and one is made");
        return None;
    };
    let identifier = Identifier::new(&text);
    if identifier.as_str().is_empty() || identifier.as_str().len() > 100 || identifier.as_str().contains('@') {
        members.fault("identifier", "must have 1 to 100 characters and no `@`");
    }
    Some(identifier)
}

/// The value is never told, whatever is wrong with it.
fn password(members: &mut Members) -> Option<Password> {
    let text = members.text("password")?;
    let password = Password::typed(&text);
    if password.is_err() {
        members.fault("password", "must have 1 to 1024 bytes and no control characters");
    }
    password.ok()
}

fn email(members: &mut Members) -> Option<Email> {
    let text = members.text("email")?;
    let email = Email::parse(&text);
    if email.is_none() {
        members.fault("email", format!("{text:?} is not an e-mail address"));
    }
    email
}

/// `profile`, then `profiles`.
fn profiles(members: &mut Members) -> Vec<Profile> {
    let names = members.text("profile").into_iter().chain(members.texts("profiles").unwrap_or_default());
    let names: Vec<String> = names.collect();
    let mut profiles: Vec<Profile> = Vec::new();
    for name in &names {
        match Profile::named(name) {
            Some(profile) if !profiles.contains(&profile) => profiles.push(profile),
            Some(_) => {}
            None => members.fault("profile", format!("`{name}` is not known: write {}", profile_names())),
        }
    }
    if names.is_empty() {
        members.fault("profile", format!("is missing: write {}", profile_names()));
    }
    profiles
}

fn profile_names() -> String {
    Profile::ALL.map(Profile::name).join(" or ")
}

/// Why an account is blocked, where the file says no more than that it is.
const USUAL_REASON: &str = "Compte d’essai";

/// The state asked for, and why the account is blocked, where it is.
fn standing(members: &mut Members, has_password: bool, has_email: bool) -> (AccountState, Option<String>) {
    const STATES: [(&str, AccountState); 6] = [
        ("operational", AccountState::Operational),
        ("to_activate", AccountState::ToActivate),
        ("confirming", AccountState::Confirming),
        ("suspended", AccountState::Suspended),
        ("departing", AccountState::Departing),
        ("archived", AccountState::Archived),
    ];
    let usual = if has_password { AccountState::Operational } else { AccountState::ToActivate };
    let state = members.choice("state", &STATES).unwrap_or(usual);
    if matches!(state, AccountState::Operational | AccountState::Confirming) && !has_password {
        members.fault("password", "is missing: this state has one");
    }
    if state == AccountState::Confirming && !has_email {
        members.fault("email", "is missing: this state waits for its confirmation");
    }
    let reason = members.reason("suspended", USUAL_REASON);
    let reason = reason.or_else(|| (state == AccountState::Suspended).then(|| USUAL_REASON.to_owned()));
    (state, reason)
}

/// `claims`: what is kept as it is, and everything that was said.
fn details(members: &mut Members) -> (Map<String, Value>, Map<String, Value>) {
    let claims = members.object("claims").unwrap_or_default();
    for (name, value) in &claims {
        let fits = match name.as_str() {
            "phone_number_verified" => value.is_boolean(),
            "address" => value.is_object(),
            "birthdate" | "phone_number" | "locale" => value.is_string(),
            name if DETAILS.contains(&name) => value.is_string(),
            _ => {
                let what = format!("is not kept: there are {}, birthdate, phone_number, locale", DETAILS.join(", "));
                members.fault(&format!("claims.{name}"), what);
                continue;
            }
        };
        if !fits {
            members.fault(&format!("claims.{name}"), "is of the wrong kind (OpenID Connect Core §5.1)");
        }
    }
    let kept = claims.iter().filter(|(name, _)| DETAILS.contains(&name.as_str()));
    (kept.map(|(name, value)| (name.clone(), value.clone())).collect(), claims)
}

fn claimed(claims: &Map<String, Value>, name: &str) -> Option<String> {
    claims.get(name)?.as_str().map(str::to_owned)
}

/// A code, or an object that says a school.
fn school(members: &mut Members) -> SchoolWish {
    if !members.has("establishment") {
        return SchoolWish::Any;
    }
    if !members.is_object("establishment") {
        return members.text("establishment").map_or(SchoolWish::Any, SchoolWish::Known);
    }
    let mut school = Members::of(members.object("establishment").unwrap_or_default(), "establishment.");
    let said = establishment(&mut school);
    members.also(school.finish());
    said.map_or(SchoolWish::Any, |said| SchoolWish::Said(Box::new(said)))
}

fn establishment(members: &mut Members) -> Option<Establishment> {
    let code = members.text("code");
    if code.is_none() {
        members.fault("code", "is missing: UAI or the board's number");
    }
    let kinds = [
        ("primary_school", EstablishmentKind::PrimarySchool),
        ("lower_secondary", EstablishmentKind::LowerSecondary),
        ("upper_secondary", EstablishmentKind::UpperSecondary),
    ];
    let country = members.choice("country", &[("FR", "FR"), ("CA", "CA")]).unwrap_or("FR");
    let zone = if country == "FR" { "Europe/Paris" } else { "America/Halifax" };
    let (name, kind) = (members.text("name"), members.choice("kind", &kinds));
    let (town, authority) = (members.text("town"), members.text("authority"));
    let (time_zone, email, phone) = (members.text("time_zone"), members.text("email"), members.text("phone"));
    let code = code?;
    Some(Establishment {
        id: EstablishmentId::new(format!("test-{code}")),
        name: name.unwrap_or_else(|| format!("Établissement {code}")),
        kind: kind.unwrap_or(EstablishmentKind::LowerSecondary),
        town: town.unwrap_or_default(),
        authority: authority.unwrap_or_default(),
        country: country.to_owned(),
        time_zone: time_zone.unwrap_or_else(|| zone.to_owned()),
        email,
        phone,
        code,
    })
}

fn classes(members: &mut Members) -> Vec<String> {
    members.texts("classes").unwrap_or_default()
}

fn children(members: &mut Members) -> Vec<Identifier> {
    members.texts("children").unwrap_or_default().iter().map(|text| Identifier::new(text)).collect()
}

/// Checked here where the country is said; the others' country is known once their school is.
fn pupil_number(members: &mut Members, school: &SchoolWish) -> Option<String> {
    let number = members.text("pupil_number")?;
    if let SchoolWish::Said(school) = school
        && !pupil_number_fits(&school.country, &number)
    {
        members.fault("pupil_number", format!("{number} is no pupil number of {}", school.country));
    }
    Some(number)
}
