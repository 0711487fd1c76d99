//! What the server leans on: database, Redis, mail, external providers.

use std::{path::Path, time::Duration};

use crate::{
    app::Clock,
    config::Config,
    domain::{Email, Fault, Instant, UpstreamName},
    ephemeral::Ephemeral,
    mail,
    outbound::Outbound,
    store::{Db, Engine, Opening, outbox},
    upstream::Providers,
};

use super::{super::keys::moment, Finding};

/// How far two clocks may be apart before it is worth a look, and before signatures and pauses go wrong.
const SLIGHT: Duration = Duration::from_secs(2);
const GRAVE: Duration = Duration::from_secs(30);

/// Whether the database answers, has this program's schema, takes writes, sorts as SQLite does and has the same time.
pub(super) async fn database(config: &Config, clock: &Clock) -> Vec<Finding> {
    const TOPIC: &str = "database";
    let url = &config.settings.database.url;
    if let Some(path) = url.strip_prefix("sqlite:").map(|path| path.trim_start_matches("//"))
        && !Path::new(path.split('?').next().unwrap_or_default()).exists()
    {
        let what = format!("no file {path} yet: it is made when the server first starts");
        return vec![Finding::well(TOPIC, what)];
    }
    let db = match Db::open(url, Opening::AsItIs).await {
        Ok(db) => db,
        Err(fault) => return vec![Finding::fault(TOPIC, fault)],
    };
    let findings = opened(&db, clock).await;
    db.close().await;
    findings.unwrap_or_else(|fault| vec![Finding::fault(TOPIC, fault)])
}

async fn opened(db: &Db, clock: &Clock) -> Result<Vec<Finding>, Fault> {
    const TOPIC: &str = "database";
    let engine = match db.engine() {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    };
    if !db.is_migrated().await? {
        return Ok(vec![Finding::error(
            TOPIC,
            format!("{engine} answers, but its schema is not this program's"),
            "`preau migrate` brings an older one up to date; for a newer one start the newer program",
        )]);
    }
    let mut findings = vec![match db.try_to_write().await {
        Ok(()) => Finding::well(TOPIC, format!("{engine} answers, its schema is up to date, it can be written")),
        Err(error) => Finding::error(
            TOPIC,
            format!("{engine} answers but can't be written: {error}"),
            "check the rights of the file and its directory, or of the database user; a standby can't be used",
        ),
    }];
    if let Some(order) = db.text_order().await?.filter(|order| !["C", "POSIX"].contains(&order.as_str())) {
        findings.push(Finding::attention(
            TOPIC,
            format!("texts are ordered by {order}, not by C"),
            "harmless, but lists are ordered otherwise than on SQLite: create the database with LOCALE 'C' TEMPLATE template0",
        ));
    }
    findings.push(clocks(db, clock).await?);
    let dead = outbox::count(db, "dead").await?;
    if dead > 0 {
        let remedy = "their `last_error` in the table `outbox` says why; check `mail.smtp` and the addresses";
        findings.push(Finding::attention("mail", format!("{dead} mails were given up"), remedy));
    }
    Ok(findings)
}

async fn clocks(db: &Db, clock: &Clock) -> Result<Finding, Fault> {
    let before = clock.now();
    let theirs = db.clock().await?;
    let after = clock.now();
    let alone =
        || Finding::well("clock", format!("this machine says {} (UTC); SQLite has no clock to compare", moment(after)));
    Ok(theirs.map_or_else(alone, |theirs| compared(before, theirs, after)))
}

/// Their moment was read between two looks at ours.
fn compared(before: Instant, theirs: Instant, after: Instant) -> Finding {
    let apart = before.since(theirs).max(theirs.since(after));
    let what = format!("this machine's and the database's are {:.1} s apart", apart.as_secs_f32());
    let remedy = "synchronise both by NTP: systemctl status systemd-timesyncd";
    if apart > GRAVE {
        Finding::error("clock", what, remedy)
    } else if apart > SLIGHT {
        Finding::attention("clock", what, remedy)
    } else {
        Finding::well("clock", what)
    }
}

/// Whether Redis answers, where it is used.
pub(super) async fn redis(config: &Config) -> Finding {
    const TOPIC: &str = "redis";
    let redis = &config.settings.redis;
    if redis.url.is_empty() {
        return Finding::well(TOPIC, "not used: codes and tickets live in the process of a single node");
    }
    let answered = async { Ephemeral::on_redis(&redis.url, &redis.prefix).await?.ping().await };
    match tokio::time::timeout(Duration::from_secs(5), answered).await {
        Ok(Ok(())) => Finding::well(TOPIC, "answers"),
        Ok(Err(fault)) => Finding::error(TOPIC, fault.cause, fault.remedy.unwrap_or_else(|| CHECK_REDIS.into())),
        Err(_) => Finding::error(TOPIC, "does not answer within five seconds", CHECK_REDIS),
    }
}

const CHECK_REDIS: &str = "check `redis.url` and that the server runs";

/// Whether the mail server answers, and takes a trial mail where one is asked for.
pub(super) async fn mail(config: &Config, to: Option<Email>, now: Instant) -> Vec<Finding> {
    const TOPIC: &str = "mail";
    let transport = match mail::transport(&config.settings) {
        Ok(Some(transport)) => transport,
        Ok(None) => {
            let remedy = "name the mail server in `mail.smtp`";
            return vec![Finding::attention(TOPIC, "no mail server is named: mail waits in the outbox", remedy)];
        }
        Err(fault) => return vec![Finding::fault(TOPIC, fault)],
    };
    let check = "check `mail.smtp`, the name and password in it, and that the mail server may be reached from here";
    let mut findings = vec![match transport.test_connection().await {
        Ok(true) => Finding::well(TOPIC, "the mail server answers"),
        Ok(false) => Finding::error(TOPIC, "the mail server answers, but not as one", check),
        Err(error) => Finding::error(TOPIC, format!("the mail server does not answer: {}", Fault::from(error)), check),
    }];
    if config.settings.mail.from.ends_with("@localhost.localdomain") && !config.settings.demo {
        let remedy = "write an address of your own in `mail.from`";
        findings.push(Finding::attention(TOPIC, "mails come from an address that does not exist", remedy));
    }
    if let Some(to) = to {
        findings.push(match mail::courier::send_trial(config, &to, now).await {
            Ok(()) => Finding::well(TOPIC, "the mail server took the trial mail"),
            Err(fault) => Finding::error(TOPIC, format!("the trial mail was refused: {}", fault.cause), check),
        });
    }
    findings
}

/// External providers: their discovery documents and keys, fetched as the server would.
pub(super) async fn providers(config: &Config, now: Instant) -> Vec<Finding> {
    const TOPIC: &str = "provider";
    let outbound = match Outbound::open(&config.settings.outbound) {
        Ok(outbound) => outbound,
        Err(fault) => return vec![Finding::fault(TOPIC, fault)],
    };
    let found = Providers::new(&config.policy.upstreams, &outbound).look(now).await;
    let finding = |(name, outcome): (UpstreamName, Result<(), Fault>)| match outcome {
        Ok(()) => Finding::well(TOPIC, format!("{name} answers")),
        Err(fault) => {
            let remedy = "check `upstreams.NAME.issuer`, and `outbound.allow` where it is in a private network";
            Finding::error(TOPIC, format!("{name} can't be used: {}", fault.cause), remedy)
        }
    };
    found.into_iter().map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cli::doctor::Verdict,
        config::{Mode, Settings},
    };

    fn config(change: impl FnOnce(&mut Settings)) -> Config {
        let mut settings = Settings::default();
        change(&mut settings);
        Config::check(settings, Mode::Demo).expect("fine settings")
    }

    #[test]
    fn clocks_that_are_apart_are_pointed_out_whichever_is_late() {
        let at = |millis: i64| Instant::from_millis(1_795_000_000_000 + millis);
        let verdict = |theirs: i64| compared(at(0), at(theirs), at(100)).verdict;
        assert_eq!([-1_000, 0, 50, 1_000].map(verdict), [Verdict::Well; 4]);
        assert_eq!([-3_000, 3_000].map(verdict), [Verdict::Attention; 2]);
        assert_eq!([-60_000, 60_000].map(verdict), [Verdict::Error; 2]);
        assert!(compared(at(0), at(60_000), at(0)).remedy.is_some());
    }

    #[tokio::test]
    async fn a_database_is_looked_at_and_never_made() {
        let dir = tempfile::tempdir().expect("a directory");
        let file = dir.path().join("preau.db");
        let config = config(|settings| settings.database.url = format!("sqlite:{}", file.display()));
        let verdicts = async || -> Vec<Verdict> {
            database(&config, &Clock::default()).await.iter().map(|finding| finding.verdict).collect()
        };
        assert_eq!(verdicts().await, [Verdict::Well]);
        assert!(!file.exists());
        std::fs::write(&file, "").expect("a file");
        assert_eq!(verdicts().await, [Verdict::Error], "no schema");
        Db::open(&config.settings.database.url, Opening::Migrate).await.expect("a database").close().await;
        assert_eq!(verdicts().await, [Verdict::Well; 2]);
        std::fs::write(&file, "not a database, however one looks at it, and long enough".repeat(99)).expect("a file");
        assert_eq!(verdicts().await, [Verdict::Error]);
    }

    #[tokio::test]
    async fn what_does_not_answer_is_named_with_its_remedy_and_without_its_password() {
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
        let config = config(|settings| {
            settings.database.url = format!("postgres://preau:s3cret@{nobody}/preau");
            settings.redis.url = format!("redis://:s3cret@{nobody}/0");
            settings.mail.smtp = format!("smtp://preau:s3cret@{nobody}");
        });
        let mut findings = database(&config, &Clock::default()).await;
        findings.push(redis(&config).await);
        findings.extend(mail(&config, None, Instant::from_seconds(0)).await.into_iter().take(1));
        let topics: Vec<&str> = findings.iter().map(|finding| finding.topic).collect();
        assert_eq!(topics, ["database", "redis", "mail"]);
        for finding in findings {
            assert!(finding.verdict == Verdict::Error && finding.remedy.is_some(), "{finding:?}");
            assert!(!format!("{finding:?}").contains("s3cret"), "{finding:?}");
        }
    }
}
