//! `preau doctor`: looks at everything the server leans on, and says what is wrong and what to do. It changes nothing.

mod dns;
mod machine;
mod services;

use clap::Args;

use crate::{
    app::Clock,
    config::{Config, Mode},
    domain::{Email, Fault},
    policy::PasswordPreset,
};

use super::{Ended, SettingsFile, Terminal};

/// Looks at settings, database, Redis, mail and its domain, external providers, keys, certificate and clock, and says what to do
#[derive(Debug, Args)]
pub(super) struct Doctor {
    #[command(flatten)]
    settings: SettingsFile,
    /// Sends a trial mail there
    #[arg(long, value_name = "ADDRESS")]
    mail_to: Option<String>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Finding {
    verdict: Verdict,
    topic: &'static str,
    what: String,
    remedy: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// As it should be.
    Well,
    /// It works, but look at it.
    Attention,
    /// It does not work.
    Error,
}

impl Finding {
    fn well(topic: &'static str, what: impl Into<String>) -> Self {
        Self { verdict: Verdict::Well, topic, what: what.into(), remedy: None }
    }

    fn attention(topic: &'static str, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { verdict: Verdict::Attention, topic, what: what.into(), remedy: Some(remedy.into()) }
    }

    fn error(topic: &'static str, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { verdict: Verdict::Error, topic, what: what.into(), remedy: Some(remedy.into()) }
    }

    fn fault(topic: &'static str, fault: Fault) -> Self {
        Self { verdict: Verdict::Error, topic, what: fault.cause, remedy: fault.remedy }
    }

    fn lines(&self) -> Vec<String> {
        let verdict = match self.verdict {
            Verdict::Well => "ok",
            Verdict::Attention => "attention",
            Verdict::Error => "error",
        };
        let first = format!("{verdict:<9}  {:<13}  {}", self.topic, self.what);
        let second = self.remedy.as_ref().map(|remedy| format!("{:<9}  {:<13}  → {remedy}", "", ""));
        [Some(first), second].into_iter().flatten().collect()
    }
}

impl Doctor {
    pub(super) async fn run(self, terminal: &mut Terminal) -> Result<Ended, Fault> {
        let findings = match self.settings.load(Mode::Serve) {
            Ok(config) => look(&config, self.mail_to.as_deref()).await?,
            Err(fault) => vec![Finding::fault("configuration", fault)],
        };
        let count = |verdict| findings.iter().filter(|finding| finding.verdict == verdict).count();
        let (errors, attention) = (count(Verdict::Error), count(Verdict::Attention));
        for line in findings.iter().flat_map(Finding::lines) {
            terminal.say(line);
        }
        terminal.say(format_args!("{errors} to mend, {attention} to look at"));
        Ok(if errors == 0 { Ended::Well } else { Ended::WithErrors })
    }
}

async fn look(config: &Config, mail_to: Option<&str>) -> Result<Vec<Finding>, Fault> {
    let clock = Clock::default();
    let mail_to = mail_to
        .map(|text| Email::parse(text).ok_or_else(|| Fault::new(format!("{text} is not an e-mail address"))))
        .transpose()?;
    let mut findings = configuration(config);
    findings.extend(machine::addresses(config));
    findings.extend(machine::certificate(config, clock.now()));
    findings.extend(machine::keys(config, clock.now()));
    findings.extend(services::database(config, &clock).await);
    findings.push(services::redis(config).await);
    findings.extend(services::mail(config, mail_to, clock.now()).await);
    findings.extend(dns::look(config).await);
    findings.extend(services::providers(config, clock.now()).await);
    Ok(findings)
}

fn configuration(config: &Config) -> Vec<Finding> {
    const TOPIC: &str = "configuration";
    let names: Vec<&str> = config.policy.portals.iter().map(|portal| portal.name.as_str()).collect();
    let mut findings = vec![Finding::well(TOPIC, format!("read; portals: {}", names.join(", ")))];
    for portal in config.policy.portals.iter() {
        let weak: Vec<&str> = portal
            .profiles
            .iter()
            .filter(|profile| portal.passwords.of(**profile).is_below_the_cnil())
            .map(|profile| profile.name())
            .collect();
        if !weak.is_empty() {
            let least = PasswordPreset::LEAST_BITS;
            findings.push(Finding::attention(
                TOPIC,
                format!(
                    "portal {}: 8 letters and digits are below the CNIL's {least} bits ({})",
                    portal.name,
                    weak.join(", ")
                ),
                "choose cnil-50 in `portals.NAME.password`, unless the school insists on compat-8-32",
            ));
        }
        if portal.help.phones.is_empty() && portal.help.email.is_none() {
            findings.push(Finding::attention(
                TOPIC,
                format!("portal {}: nobody to turn to is shown", portal.name),
                "give `portals.NAME.help.phones` or `portals.NAME.help.email`",
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::{PortalSettings, Settings},
        policy::Help,
    };

    fn findings(portal: PortalSettings) -> Vec<Finding> {
        let mut settings = Settings::default();
        settings.portals.insert("default".into(), portal);
        configuration(&Config::check(settings, Mode::Serve).expect("fine settings"))
    }

    #[test]
    fn pol_02_an_administrator_is_told_that_the_old_rules_are_below_the_cnil() {
        let help = Help { phones: vec!["02 00 00 00 00".into()], ..Help::default() };
        let mut portal = PortalSettings { help, ..PortalSettings::default() };
        assert!(findings(portal.clone()).iter().all(|finding| finding.verdict == Verdict::Well));
        portal.password.parent = Some(PasswordPreset::Compat8To32);
        let told = findings(portal);
        let attention = told.iter().find(|finding| finding.verdict == Verdict::Attention).expect("a word of warning");
        assert!(attention.what.contains("50 bits") && attention.what.contains("parent"), "{attention:?}");
    }

    #[test]
    fn a_finding_says_what_and_what_to_do() {
        let lines = Finding::error("keys", "a key is missing", "restore it").lines();
        assert_eq!(lines, ["error      keys           a key is missing", "                          → restore it"]);
    }
}
