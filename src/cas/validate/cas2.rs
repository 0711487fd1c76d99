//! CAS 2 and 3 in XML (CAS 3.0 §2.5.2, appendix A).

use std::io;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::domain::Fault;

use super::super::{error::Error, xml::Document};
use super::{Validated, Version};

/// The answer as a document.
pub(super) fn answer(outcome: &Result<Validated, Error>, version: Version) -> Result<Response, Fault> {
    let document = document(outcome, version)?;
    let kind = HeaderValue::from_static("application/xml; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], document).into_response())
}

fn document(outcome: &Result<Validated, Error>, version: Version) -> io::Result<Vec<u8>> {
    Document::write(|response| match outcome {
        Ok(validated) => response.within("authenticationSuccess", |success| {
            success.text("user", &[], &validated.user)?;
            match version {
                Version::Two => Ok(()),
                Version::Three => success.within("attributes", |inner| attributes(inner, validated)),
            }
        }),
        Err(error) => response.text("authenticationFailure", &[("code", error.code())], error.description()),
    })
}

/// One element for each value: clients make a list of several.
fn attributes(inner: &mut Document, validated: &Validated) -> io::Result<()> {
    inner.text("authenticationDate", &[], &validated.authenticated_at.rfc_3339())?;
    inner.text("longTermAuthenticationRequestTokenUsed", &[], &validated.is_remembered.to_string())?;
    inner.text("isFromNewLogin", &[], &validated.is_from_new_login.to_string())?;
    for (name, released) in &validated.attributes {
        for text in released.texts() {
            inner.text(name, &[], &text)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        cas::attributes::Released,
        domain::{Claim, Instant},
    };

    fn said(outcome: &Result<Validated, Error>, version: Version) -> String {
        String::from_utf8(document(outcome, version).expect("written")).expect("UTF-8")
    }

    #[test]
    fn sso_02_the_document_is_what_stock_clients_parse() {
        let attributes = vec![
            ("ENTEleveClasses".to_owned(), Released { claim: Claim::ClassNames, value: json!(["4e B", "<&]]>"]) }),
            ("sn".to_owned(), Released { claim: Claim::FamilyName, value: json!("L’Éphémère\u{0}\u{b}") }),
            ("mail".to_owned(), Released { claim: Claim::Email, value: json!(null) }),
        ];
        let validated = Validated {
            user: "n.roux<x>".into(),
            attributes,
            authenticated_at: Instant::from_seconds(1_795_226_400),
            is_remembered: false,
            is_from_new_login: true,
        };
        assert_eq!(
            said(&Ok(validated), Version::Three),
            "<cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'>
  <cas:authenticationSuccess>
    <cas:user>n.roux&lt;x&gt;</cas:user>
    <cas:attributes>
      <cas:authenticationDate>2026-11-21T02:00:00Z</cas:authenticationDate>
      <cas:longTermAuthenticationRequestTokenUsed>false</cas:longTermAuthenticationRequestTokenUsed>
      <cas:isFromNewLogin>true</cas:isFromNewLogin>
      <cas:ENTEleveClasses>4e B</cas:ENTEleveClasses>
      <cas:ENTEleveClasses>&lt;&amp;]]&gt;</cas:ENTEleveClasses>
      <cas:sn>L’Éphémère</cas:sn>
    </cas:attributes>
  </cas:authenticationSuccess>
</cas:serviceResponse>"
        );
    }

    #[test]
    fn a_refusal_says_its_code_and_nothing_of_the_request() {
        assert_eq!(
            said(&Err(Error::InvalidService), Version::Two),
            "<cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'>
  <cas:authenticationFailure code=\"INVALID_SERVICE\">the ticket was issued for another service</cas:authenticationFailure>
</cas:serviceResponse>"
        );
    }
}
