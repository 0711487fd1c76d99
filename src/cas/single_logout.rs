//! A service is told of the end of a session (CAS 3.0 §2.3.3, appendix C): a SAML `LogoutRequest` that names the ticket by
//! which the service knows it. Posting it is somebody else's affair.

use quick_xml::escape::escape;
use url::Url;

use crate::{
    app::App,
    domain::{Instant, LogoutNotice, ServiceUrl},
    outbound::Form,
};

/// What tells a service; none where it does not want to be told, or is registered no more.
#[must_use]
pub fn form(app: &App, notice: &LogoutNotice, now: Instant) -> Option<Form> {
    let party = app.services.load().find(&notice.relying_party_id).cloned()?;
    let service = party.cas.as_ref().filter(|service| service.single_logout)?;
    let ticket = notice.ticket.as_deref()?;
    // The address that was served may not be registered any more: nothing is posted anywhere else.
    let address = match &service.logout_url {
        Some(address) => Url::parse(address).ok()?,
        None => ServiceUrl::parse(&notice.service).filter(|served| service.matches(served))?.url().clone(),
    };
    let id = app.sealer.tag("logout", format!("{} {}", notice.sid, party.id).as_bytes());
    Some(Form { address, field: ("logoutRequest", document(id.as_str(), ticket, now)) })
}

fn document(id: &str, ticket: &str, now: Instant) -> String {
    let issued = now.rfc_3339();
    format!(
        "<samlp:LogoutRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"LR-{}\" Version=\"2.0\" \
         IssueInstant=\"{issued}\"><saml:NameID xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">@NOT_USED@</saml:NameID>\
         <samlp:SessionIndex>{}</samlp:SessionIndex></samlp:LogoutRequest>",
        escape(id),
        escape(ticket),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_is_the_specifications() {
        let said = document("abc", "ST-1<&", Instant::from_seconds(0));
        assert!(said.contains("ID=\"LR-abc\" Version=\"2.0\" IssueInstant=\"1970-01-01T00:00:00Z\""), "{said}");
        assert!(said.contains("<samlp:SessionIndex>ST-1&lt;&amp;</samlp:SessionIndex>"), "{said}");
        assert!(
            said.starts_with("<samlp:LogoutRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\""),
            "{said}"
        );
    }
}
