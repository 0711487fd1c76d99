//! What DNS says of the domain that mail comes from: SPF (RFC 7208), DMARC (RFC 7489), and the DKIM key where mails are
//! signed here (RFC 6376). Receivers look at these before they look at a mail.

use std::time::Duration;

use hickory_resolver::{TokioResolver, proto::rr::RData};

use super::Finding;
use crate::config::Config;

const TOPIC: &str = "mail domain";
/// How long DNS may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Names that no DNS knows (RFC 2606, RFC 6761).
const NOWHERE: [&str; 6] = ["example", "test", "invalid", "localhost", "localdomain", "local"];

/// Looks at the domain of `mail.from`; nothing where that is a name which no DNS knows.
pub(super) async fn look(config: &Config) -> Vec<Finding> {
    let mail = &config.settings.mail;
    let domain = mail.from.rsplit('@').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    let last = domain.rsplit('.').next().unwrap_or_default();
    if config.settings.demo || mail.smtp.is_empty() || NOWHERE.contains(&last) {
        return Vec::new();
    }
    let Ok(resolver) = TokioResolver::builder_tokio().and_then(hickory_resolver::ResolverBuilder::build) else {
        let remedy = "name a resolver in /etc/resolv.conf";
        return vec![Finding::attention(TOPIC, "SPF and DMARC can't be looked at: no resolver is known", remedy)];
    };
    let selector = mail.dkim.key.as_ref().map(|_| format!("{}._domainkey.{domain}.", mail.dkim.selector));
    let mut findings = vec![
        judged(texts(&resolver, &format!("{domain}.")).await, |texts| spf(&domain, texts)),
        judged(texts(&resolver, &format!("_dmarc.{domain}.")).await, |texts| dmarc(&domain, texts)),
    ];
    if let Some(selector) = selector {
        findings.push(judged(texts(&resolver, &selector).await, |texts| dkim(&selector, texts)));
    }
    findings
}

/// The TXT records of a name; none where there are none.
async fn texts(resolver: &TokioResolver, name: &str) -> Result<Vec<String>, String> {
    let found = match tokio::time::timeout(PATIENCE, resolver.txt_lookup(name)).await {
        Err(_) => return Err("it took too long".to_owned()),
        Ok(Err(error)) if error.is_no_records_found() || error.is_nx_domain() => return Ok(Vec::new()),
        Ok(Err(error)) => return Err(error.to_string()),
        Ok(Ok(found)) => found,
    };
    let text = |data: &RData| match data {
        RData::TXT(text) => {
            Some(text.txt_data.iter().map(|part| String::from_utf8_lossy(part).into_owned()).collect::<String>())
        }
        _ => None,
    };
    Ok(found.answers().iter().filter_map(|record| text(&record.data)).collect())
}

fn judged(texts: Result<Vec<String>, String>, judge: impl FnOnce(&[String]) -> Finding) -> Finding {
    match texts {
        Ok(texts) => judge(&texts),
        Err(cause) => Finding::attention(TOPIC, format!("DNS did not answer: {cause}"), "look again when it does"),
    }
}

/// One record that begins with `v=spf1`; two are as bad as none (RFC 7208 §4.5).
fn spf(domain: &str, texts: &[String]) -> Finding {
    let found: Vec<&String> = texts.iter().filter(|text| *text == "v=spf1" || text.starts_with("v=spf1 ")).collect();
    match found.as_slice() {
        [] => Finding::attention(
            TOPIC,
            format!("{domain} has no SPF record: its mail may be refused or land in the junk"),
            format!("publish a TXT record for {domain}: v=spf1, the mail server's addresses, -all"),
        ),
        [only] if only.contains("+all") => Finding::error(
            TOPIC,
            format!("the SPF record of {domain} lets everybody send in its name (+all)"),
            "end it with -all or ~all",
        ),
        [_] => Finding::well(TOPIC, format!("{domain} has an SPF record")),
        _ => Finding::error(
            TOPIC,
            format!("{domain} has {} SPF records, which counts as none", found.len()),
            "put them together in one",
        ),
    }
}

/// One record that begins with `v=DMARC1` and says what becomes of mail that is not ours (RFC 7489 §6.3).
fn dmarc(domain: &str, texts: &[String]) -> Finding {
    let found = texts.iter().find(|text| text.starts_with("v=DMARC1"));
    let policy = found.and_then(|text| {
        text.split(';').find_map(|tag| tag.trim().strip_prefix("p=").map(|policy| policy.trim().to_lowercase()))
    });
    match policy.as_deref() {
        Some("quarantine" | "reject") => Finding::well(TOPIC, format!("{domain} has a DMARC policy")),
        Some(_) => Finding::attention(
            TOPIC,
            format!("the DMARC policy of {domain} does nothing: anybody may write in the school's name"),
            format!("once the reports are quiet, publish p=quarantine or p=reject at _dmarc.{domain}"),
        ),
        None => Finding::attention(
            TOPIC,
            format!("{domain} has no DMARC policy: anybody may write in the school's name"),
            format!("publish a TXT record at _dmarc.{domain}: v=DMARC1; p=quarantine; rua=mailto:…"),
        ),
    }
}

/// A key at the selector's name (RFC 6376 §3.6.1).
fn dkim(selector: &str, texts: &[String]) -> Finding {
    let has_key = texts
        .iter()
        .any(|text| text.split(';').any(|tag| tag.trim().strip_prefix("p=").is_some_and(|key| !key.trim().is_empty())));
    if has_key {
        return Finding::well(TOPIC, format!("a DKIM key is published at {selector}"));
    }
    Finding::error(
        TOPIC,
        format!("mails are signed, but no DKIM key is published at {selector}"),
        "publish the public half of `mail.dkim.key` there: v=DKIM1; k=rsa; p=…",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::Verdict;

    fn verdict(judge: impl Fn(&[String]) -> Finding, texts: &[&str]) -> Verdict {
        judge(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()).verdict
    }

    #[test]
    fn mel_06_spf_dmarc_and_dkim_are_judged_as_receivers_do() {
        let spf = |texts: &[String]| spf("ecole.fr", texts);
        assert_eq!(verdict(spf, &["v=spf1 mx -all", "google-site-verification=x"]), Verdict::Well);
        assert_eq!(verdict(spf, &["v=spf10 mx"]), Verdict::Attention, "another version is none");
        assert_eq!(verdict(spf, &["v=spf1 mx -all", "v=spf1 a -all"]), Verdict::Error);
        assert_eq!(verdict(spf, &["v=spf1 +all"]), Verdict::Error);
        let dmarc = |texts: &[String]| dmarc("ecole.fr", texts);
        assert_eq!(verdict(dmarc, &["v=DMARC1; p=Reject; rua=mailto:a@b.fr"]), Verdict::Well);
        assert_eq!(verdict(dmarc, &["v=DMARC1; p=none"]), Verdict::Attention);
        assert_eq!(verdict(dmarc, &[]), Verdict::Attention);
        let dkim = |texts: &[String]| dkim("preau._domainkey.ecole.fr.", texts);
        assert_eq!(verdict(dkim, &["v=DKIM1; k=rsa; p=MIIB"]), Verdict::Well);
        assert_eq!(verdict(dkim, &["v=DKIM1; p="]), Verdict::Error, "an empty key is a revoked one");
    }
}
