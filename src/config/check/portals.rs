//! Checks what the settings say of portals.

use std::{fs, path::Path, sync::Arc};

use crate::{
    config::{PortalSettings, SecondFactorSettings, Settings},
    domain::{Markdown, PortalName, Profile},
    policy::{
        ActivationRules, Contact, GROUNDS_BY_DAY, GROUNDS_BY_NIGHT, LEAST_CONTRAST, Look, PasswordPreset,
        PasswordPresets, Portal, Portals, Preset, Privacy, Recovery, RecoveryWay, Registration, SecondFactors,
        UpToLevel, contrast, levels,
    },
};

use super::upstreams;

pub(super) fn portals(settings: &Settings, wrong: &mut Vec<String>) -> Option<Portals> {
    let mut portals: Vec<Portal> =
        settings.portals.iter().filter_map(|(name, given)| portal(name, given, settings, wrong)).collect();
    if !settings.portals.contains_key(Portals::DEFAULT) {
        portals.extend(portal(Portals::DEFAULT, &PortalSettings::default(), settings, wrong));
    }
    Portals::new(portals)
}

fn portal(name: &str, given: &PortalSettings, settings: &Settings, wrong: &mut Vec<String>) -> Option<Portal> {
    let fine_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !fine_name {
        wrong.push(format!("portal `{name}`: a name has small letters, digits and hyphens"));
    }
    look(name, given, wrong);
    let logo = given.logo.as_deref().and_then(|path| logo(name, path, wrong));
    let chooser = given.chooser.unwrap_or(given.preset == Preset::Ent);
    if name == Portals::DEFAULT && chooser {
        wrong.push("`portals.default.chooser`: the default portal has none".into());
    }
    fine_name.then(|| Portal {
        name: PortalName::new(name),
        preset: given.preset,
        look: Look {
            title: given.title.clone(),
            network: given.network.clone(),
            day: given.day.clone(),
            night: given.night.clone(),
            logo,
        },
        help: given.help.clone(),
        hosts: given.hosts.clone(),
        profiles: profiles(given),
        chooser,
        by_email: given.sign_in_by_email.unwrap_or(given.preset == Preset::PortailParents),
        registration: registration(given),
        remember: given.remember,
        corrects_profile: given.corrects_profile,
        school_word: given.school_word,
        passwords: passwords(given),
        country: given.country.clone(),
        time_zone: given.time_zone.clone(),
        activation: ActivationRules {
            pupil_email: given.pupil_email,
            bars_doubtful_email: given.bars_doubtful_email,
            school_domains: given.school_domains.iter().map(|domain| domain.to_lowercase()).collect(),
            words_for_young_pupils: given.words_for_young_pupils,
            asks_notification_email: given.notification_email.unwrap_or(given.preset == Preset::Ent),
        },
        second_factors: second_factors(&given.second_factor),
        external: upstreams::external(name, given, settings, wrong),
        contact: contact(name, given, wrong),
        privacy: privacy(name, given, wrong),
        recovery: recovery(given),
        child_passwords: child_passwords(name, given, wrong),
    })
}

/// What is wrong with its colours, country and zone.
fn look(name: &str, given: &PortalSettings, wrong: &mut Vec<String>) {
    let grounds: [(_, _, &[&str]); 2] =
        [("day", &given.day, &GROUNDS_BY_DAY), ("night", &given.night, &GROUNDS_BY_NIGHT)];
    for (setting, colour, grounds) in grounds {
        let readable = |ground: &&&str| contrast(colour, ground).is_some_and(|ratio| ratio >= LEAST_CONTRAST);
        if let Some(ground) = grounds.iter().find(|ground| !readable(ground)) {
            wrong.push(contrast(colour, ground).map_or_else(
                || format!("`portals.{name}.{setting}` {colour} is not a colour: write #1f5d4c"),
                |_| format!("`portals.{name}.{setting}` {colour} can't be read on {ground}: it needs 4.5:1 at least"),
            ));
        }
    }
    if !matches!(given.country.as_str(), "FR" | "CA") {
        wrong.push(format!("`portals.{name}.country` {} is neither FR nor CA", given.country));
    }
    if jiff::tz::TimeZone::get(&given.time_zone).is_err() {
        wrong.push(format!("`portals.{name}.time_zone` {} is not a zone: write Europe/Paris", given.time_zone));
    }
}

fn child_passwords(name: &str, given: &PortalSettings, wrong: &mut Vec<String>) -> Option<UpToLevel> {
    let level = given.child_passwords_up_to.as_ref()?;
    let up_to = UpToLevel::named(&given.country, level);
    if up_to.is_none() {
        let years = levels(&given.country).join(", ");
        wrong
            .push(format!("`portals.{name}.child_passwords_up_to` {level} is no year of school there: one of {years}"));
    }
    up_to
}

fn contact(name: &str, given: &PortalSettings, wrong: &mut Vec<String>) -> Contact {
    Contact {
        has_form: given.contact_form.unwrap_or_else(|| profiles(given).contains(&Profile::Parent)),
        faq_fr: text(name, ("faq_fr", given.faq_fr.as_deref()), wrong),
        faq_en: text(name, ("faq_en", given.faq_en.as_deref()), wrong),
    }
}

fn privacy(name: &str, given: &PortalSettings, wrong: &mut Vec<String>) -> Privacy {
    let network = Some(&given.network).filter(|network| !network.is_empty()).unwrap_or(&given.title);
    Privacy {
        controller: given.controller.as_ref().unwrap_or(network).clone(),
        contact: given.data_protection.as_ref().or(given.help.email.as_ref()).cloned().unwrap_or_default(),
        text_fr: text(name, ("privacy_fr", given.privacy_fr.as_deref()), wrong),
        text_en: text(name, ("privacy_en", given.privacy_en.as_deref()), wrong),
    }
}

/// A text of the portal's own: a Markdown file that holds nothing but text.
fn text(name: &str, (setting, path): (&str, Option<&Path>), wrong: &mut Vec<String>) -> Option<Arc<Markdown>> {
    let path = path?;
    let text = fs::read_to_string(path).map_err(|error| error.to_string());
    let read = text.and_then(|text| match Markdown::read(&text) {
        (text, faults) if faults.is_empty() => Ok(text),
        (_, faults) => Err(format!("holds what a page may not: {faults:?}")),
    });
    read.map_err(|cause| wrong.push(format!("`portals.{name}.{setting}` {}: {cause}", path.display())))
        .ok()
        .map(Arc::new)
}

/// Whom it welcomes: as it says, else as its preset does.
fn profiles(given: &PortalSettings) -> Vec<Profile> {
    match (given.preset, given.profiles.as_slice()) {
        (Preset::PortailEleves, []) => vec![Profile::Pupil],
        (Preset::EspaceParents | Preset::PortailParents, []) => vec![Profile::Parent],
        (_, []) => Profile::ALL.to_vec(),
        (_, some) => some.to_vec(),
    }
}

fn registration(given: &PortalSettings) -> Option<Registration> {
    let is_reference = given.preset == Preset::PortailParents;
    given.registration.unwrap_or(is_reference).then(|| Registration {
        tells_unknown_address: given.registration_tells_unknown_address.unwrap_or(is_reference),
        any_child: given.registration_any_child,
    })
}

/// Which way back is offered to whom: as it says, else as its preset does.
fn recovery(given: &PortalSettings) -> Recovery {
    let (preset, given) = (given.preset, &given.recovery);
    let pupil = if preset == Preset::PortailEleves { RecoveryWay::Off } else { RecoveryWay::Link };
    let parent = match preset {
        Preset::EspaceParents => RecoveryWay::Code,
        Preset::PortailParents => RecoveryWay::Question,
        _ => RecoveryWay::Link,
    };
    Recovery::new([
        (Profile::Pupil, given.pupil.unwrap_or(pupil)),
        (Profile::Parent, given.parent.unwrap_or(parent)),
        (Profile::NationalStaff, given.national_staff.unwrap_or(RecoveryWay::Link)),
        (Profile::AgriculturalStaff, given.agricultural_staff.unwrap_or(RecoveryWay::Link)),
        (Profile::LocalAuthorityStaff, given.local_authority_staff.unwrap_or(RecoveryWay::Link)),
        (Profile::Guest, given.guest.unwrap_or(RecoveryWay::Link)),
    ])
}

fn passwords(given: &PortalSettings) -> PasswordPresets {
    // The reference's four rules, which are below what the CNIL asks for (design §4).
    let parent = (given.preset == Preset::EspaceParents).then_some(PasswordPreset::Compat8To32);
    let given = &given.password;
    let chosen = [
        (Profile::Pupil, given.pupil),
        (Profile::Parent, given.parent.or(parent)),
        (Profile::NationalStaff, given.national_staff),
        (Profile::AgriculturalStaff, given.agricultural_staff),
        (Profile::LocalAuthorityStaff, given.local_authority_staff),
        (Profile::Guest, given.guest),
    ];
    PasswordPresets::new(chosen.into_iter().filter_map(|(profile, preset)| Some((profile, preset?))))
}

fn second_factors(given: &SecondFactorSettings) -> SecondFactors {
    let chosen = [
        (Profile::Pupil, given.pupil),
        (Profile::Parent, given.parent),
        (Profile::NationalStaff, given.national_staff),
        (Profile::AgriculturalStaff, given.agricultural_staff),
        (Profile::LocalAuthorityStaff, given.local_authority_staff),
        (Profile::Guest, given.guest),
    ];
    let chosen = chosen.into_iter().filter_map(|(profile, rule)| Some((profile, rule?)));
    SecondFactors::new(chosen, given.administrator)
}

fn logo(name: &str, path: &Path, wrong: &mut Vec<String>) -> Option<Arc<str>> {
    match fs::read_to_string(path) {
        Ok(svg) if svg.contains("<svg") && !svg.contains("<script") => Some(svg.into()),
        _ => {
            wrong.push(format!("`portals.{name}.logo` {} is not an SVG file that can be read", path.display()));
            None
        }
    }
}
