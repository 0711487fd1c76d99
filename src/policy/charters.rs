//! Which charter is in force for whom, and what is owed of it. Pure: everything is an argument.
//!
//! For a school and a profile the newest version in force counts; a school's own takes the place of the network's. A
//! minor version is told of, not asked for: whoever accepted the major one before it, or a minor one since, owes nothing.

use std::sync::Arc;

use jiff::{ToSpan as _, tz::TimeZone};

use crate::domain::{
    Charter, CharterId, CharterKind, CharterSignature, GuardianRule, Instant, Profile, Signer, SigningPlace,
};

/// Every published version, as they stood at a revision of the store.
#[derive(Clone, Debug, Default)]
pub struct Charters {
    revision: i64,
    versions: Vec<Arc<Charter>>,
}

/// What a version in force means for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// The version.
    pub charter: Arc<Charter>,
    /// Where it stands.
    pub state: Signed,
    /// Whether a guardian signs beside this pupil.
    pub needs_guardian: bool,
    /// Whether it is a minor version that they were not told of yet.
    pub is_news: bool,
}

/// Where a signature stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// Nobody accepted.
    Not,
    /// The pupil did; a guardian is awaited.
    WithoutGuardian,
    /// Everybody did who must.
    Fully,
}

impl Concern {
    /// Whether nothing opens before something is done.
    #[must_use]
    pub fn bars(&self) -> bool {
        self.state == Signed::Not || self.awaits_guardian() && self.charter.blocking
    }

    /// Whether only the guardian's signature is missing.
    #[must_use]
    pub fn awaits_guardian(&self) -> bool {
        self.state == Signed::WithoutGuardian
    }

    /// Whether a guardian may sign it now, before or after the pupil.
    #[must_use]
    pub fn wants_guardian(&self) -> bool {
        self.needs_guardian && self.state != Signed::Fully
    }
}

impl Charters {
    /// From what the store holds, in the order of their effect.
    #[must_use]
    pub fn new(revision: i64, versions: Vec<Charter>) -> Self {
        Self { revision, versions: versions.into_iter().map(Arc::new).collect() }
    }

    /// The store's revision that they were read at.
    #[must_use]
    pub const fn revision(&self) -> i64 {
        self.revision
    }

    /// Every version, in the order of their effect.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Charter>> {
        self.versions.iter()
    }

    /// The version of that id.
    #[must_use]
    pub fn find(&self, id: &CharterId) -> Option<&Arc<Charter>> {
        self.versions.iter().find(|charter| charter.id == *id)
    }

    /// What stands for everything in force at a moment: a session that is known to owe none of it need not be looked at
    /// again. None where nothing is in force.
    #[must_use]
    pub fn mark(&self, now: Instant) -> Option<String> {
        let in_force = self.versions.iter().filter(|charter| charter.effective_at <= now).count();
        (in_force > 0).then(|| format!("{}.{in_force}", self.revision))
    }

    /// What somebody's places make of the versions in force, each version once.
    #[must_use]
    pub fn concerns(&self, signer: &Signer, now: Instant) -> Vec<Concern> {
        let mut concerns: Vec<Concern> = Vec::new();
        for place in &signer.places {
            let Some(concern) = self.concern(signer, place, now) else { continue };
            match concerns.iter_mut().find(|known| known.charter.id == concern.charter.id) {
                // A pupil in two schools, a teacher who is a parent: the stricter reading counts.
                Some(known) if concern.needs_guardian && !known.needs_guardian => *known = concern,
                Some(_) => {}
                None => concerns.push(concern),
            }
        }
        concerns
    }

    fn concern(&self, signer: &Signer, place: &SigningPlace, now: Instant) -> Option<Concern> {
        let line = self.line(place, now);
        let charter = (*line.last()?).clone();
        let needs_guardian = place.profile == Profile::Pupil && needs_guardian(charter.guardian, signer, place, now);
        let first = line.iter().rposition(|version| version.kind == CharterKind::Major).unwrap_or(0);
        let standing = |signature: &CharterSignature| match (signature.accepted_at, signature.guardian_at) {
            (None, None) => Signed::Not,
            (Some(_), None) if needs_guardian => Signed::WithoutGuardian,
            _ => Signed::Fully,
        };
        let good = line.iter().skip(first).filter_map(|version| signer.signature(&version.id)).map(standing);
        let state = good.fold(Signed::Not, |best, next| match (best, next) {
            (Signed::Fully, _) | (_, Signed::Fully) => Signed::Fully,
            (Signed::WithoutGuardian, _) | (_, Signed::WithoutGuardian) => Signed::WithoutGuardian,
            (Signed::Not, Signed::Not) => Signed::Not,
        });
        let is_news = state != Signed::Not
            && signer.signature(&charter.id).is_none_or(|signature| {
                signature.accepted_at.or(signature.guardian_at).or(signature.seen_at).is_none()
            });
        Some(Concern { charter, state, needs_guardian, is_news })
    }

    /// The versions in force so far at a place, oldest first.
    fn line(&self, place: &SigningPlace, now: Instant) -> Vec<&Arc<Charter>> {
        let of = |establishment| {
            let fits = |charter: &&Arc<Charter>| {
                charter.establishment_id.as_ref() == establishment
                    && charter.profiles.contains(&place.profile)
                    && charter.effective_at <= now
            };
            self.versions.iter().filter(fits).collect::<Vec<_>>()
        };
        let own = of(Some(&place.establishment_id));
        if own.is_empty() { of(None) } else { own }
    }
}

/// The age from which a pupil accepts alone (article 8 of the GDPR as France applies it: article 45 of the law of 6
/// January 1978).
const AGE: i64 = 15;

fn needs_guardian(rule: GuardianRule, signer: &Signer, place: &SigningPlace, now: Instant) -> bool {
    match rule {
        GuardianRule::Never => false,
        GuardianRule::Always => true,
        GuardianRule::Under15 => signer.birth_date.as_deref().is_none_or(|born| {
            let zone = TimeZone::get(&place.time_zone).unwrap_or(TimeZone::UTC);
            let today = now.timestamp().to_zoned(zone).date();
            let birthday = born.parse::<jiff::civil::Date>().and_then(|born| born.checked_add(AGE.years()));
            birthday.map_or(true, |birthday| today < birthday)
        }),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::{Bilingual, EstablishmentId};

    use super::*;

    fn day(day: i64) -> Instant {
        Instant::from_seconds(day * 86_400)
    }

    fn version(id: &str, kind: CharterKind, school: Option<&str>, from: i64) -> Charter {
        Charter {
            id: CharterId::new(id),
            version: id.into(),
            kind,
            establishment_id: school.map(EstablishmentId::new),
            profiles: vec![Profile::Parent, Profile::Pupil],
            effective_at: day(from),
            guardian: GuardianRule::Never,
            blocking: false,
            title: Bilingual { fr: id.into(), en: None },
        }
    }

    fn somebody(places: &[(&str, Profile)], signed: &[&str]) -> Signer {
        let place = |(school, profile): &(&str, Profile)| SigningPlace {
            profile: *profile,
            establishment_id: EstablishmentId::new(*school),
            time_zone: "Europe/Paris".into(),
        };
        let signature = |id: &&str| CharterSignature {
            charter_id: CharterId::new(*id),
            accepted_at: Some(day(1)),
            language: Some("fr".into()),
            guardian_at: None,
            seen_at: None,
        };
        Signer {
            places: places.iter().map(place).collect(),
            birth_date: None,
            signatures: signed.iter().map(signature).collect(),
        }
    }

    #[test]
    fn cha_06_a_version_concerns_its_school_and_profile_and_a_minor_one_bars_nobody() {
        use CharterKind::{Major, Minor};
        let all = Charters::new(
            1,
            vec![
                version("all-1", Major, None, 1),
                version("tilleuls-1", Major, Some("tilleuls"), 2),
                version("tilleuls-1.1", Minor, Some("tilleuls"), 3),
                version("tilleuls-2", Major, Some("tilleuls"), 4),
            ],
        );
        let parent = |school, signed: &[&str], at| {
            let concerns = all.concerns(&somebody(&[(school, Profile::Parent)], signed), day(at));
            let told = |concern: &Concern| (concern.charter.id.to_string(), concern.bars(), concern.is_news);
            concerns.iter().map(told).collect::<Vec<_>>()
        };
        let is = |id: &str, bars, news| vec![(id.to_owned(), bars, news)];
        for (school, signed, at, expected) in [
            ("tilleuls", &[][..], 0, vec![]),
            ("tilleuls", &[], 1, is("all-1", true, false)),
            ("tilleuls", &["all-1"], 1, is("all-1", false, false)),
            ("tilleuls", &["all-1"], 2, is("tilleuls-1", true, false)),
            ("tilleuls", &["tilleuls-1"], 3, is("tilleuls-1.1", false, true)),
            ("tilleuls", &["tilleuls-1", "tilleuls-1.1"], 3, is("tilleuls-1.1", false, false)),
            ("tilleuls", &["tilleuls-1.1"], 3, is("tilleuls-1.1", false, false)),
            ("tilleuls", &["tilleuls-1", "tilleuls-1.1"], 4, is("tilleuls-2", true, false)),
            ("elsewhere", &["all-1"], 4, is("all-1", false, false)),
        ] {
            assert_eq!(parent(school, signed, at), expected, "{school} {signed:?} on day {at}");
        }
        assert_eq!(all.concerns(&somebody(&[("tilleuls", Profile::Guest)], &[]), day(9)), []);
        assert_eq!((all.mark(day(0)), all.mark(day(2)).as_deref()), (None, Some("1.2")));
    }

    #[test]
    fn cha_07_a_guardian_signs_for_whoever_is_not_fifteen_yet() {
        let born = |birth_date: Option<&str>, rule, blocking, signed: &[&str]| {
            let charter = Charter { guardian: rule, blocking, ..version("a", CharterKind::Major, None, 1) };
            let signer = Signer {
                birth_date: birth_date.map(str::to_owned),
                ..somebody(&[("tilleuls", Profile::Pupil)], signed)
            };
            // 26 November 2026, 00:30 in Paris.
            let concerns = Charters::new(1, vec![charter]).concerns(&signer, Instant::from_seconds(1_795_649_400));
            concerns.first().map(|concern| (concern.state, concern.needs_guardian, concern.bars())).expect("a concern")
        };
        let (under, always, never) = (GuardianRule::Under15, GuardianRule::Always, GuardianRule::Never);
        for (birth_date, rule, expected) in [
            (Some("2011-11-27"), under, (Signed::WithoutGuardian, true, true)),
            (Some("2011-11-26"), under, (Signed::Fully, false, false)),
            (Some("2009-01-01"), always, (Signed::WithoutGuardian, true, true)),
            (Some("2020-01-01"), never, (Signed::Fully, false, false)),
            (None, under, (Signed::WithoutGuardian, true, true)),
            (Some("hier"), under, (Signed::WithoutGuardian, true, true)),
        ] {
            assert_eq!(born(birth_date, rule, true, &["a"]), expected, "{birth_date:?} {rule:?}");
        }
        assert_eq!(born(None, under, false, &["a"]), (Signed::WithoutGuardian, true, false), "it does not bar");
        assert_eq!(born(None, under, false, &[]), (Signed::Not, true, true), "the pupil reads it first");
    }
}
