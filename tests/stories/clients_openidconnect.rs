//! The `openidconnect` crate, unmodified, in this process.

use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, OAuth2TokenResponse,
    PkceCodeChallenge, RedirectUrl, RequestTokenError, Scope, TokenResponse,
    core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreUserInfoClaims},
};
use rstest::rstest;
use serde_json::json;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    world::World,
};

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sso_03_the_openidconnect_crate_signs_in_reads_claims_signs_out_and_is_refused_a_replay(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values("RS256", "ES256")] algorithm: &str,
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let gone = "http://127.0.0.2:9/parti";
    let members = json!({ "post_logout_redirect_uris": [gone], "id_token_signed_response_alg": algorithm });
    let service = world.service_with("agenda", members).await;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();

    let issuer = IssuerUrl::new(world.app().config.issuer().to_owned()).unwrap();
    let provider = CoreProviderMetadata::discover_async(issuer, &http).await.expect("a discovery document");
    let secret = ClientSecret::new(service.client_secret.clone());
    let client = CoreClient::from_provider_metadata(provider, ClientId::new(service.client_id.clone()), Some(secret))
        .set_redirect_uri(RedirectUrl::new(service.redirect_uri.clone()).unwrap());
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (address, state, nonce) = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
        .add_scopes(["profile", "email"].map(|scope| Scope::new(scope.into())))
        .set_pkce_challenge(challenge)
        .url();

    let mut phone = world.phone();
    phone.opens(address).await.signs_in(&nadia).await;
    let told =
        |name: &str| phone.place().query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    assert_eq!(told("state").as_ref(), Some(state.secret()));
    let code = AuthorizationCode::new(told("code").expect("a code"));

    let verifier_again = openidconnect::PkceCodeVerifier::new(verifier.secret().clone());
    let exchange = client.exchange_code(code.clone()).unwrap().set_pkce_verifier(verifier);
    let tokens = exchange.request_async(&http).await.expect("tokens");
    let id_token = tokens.id_token().expect("an ID token");
    let checks = client.id_token_verifier();
    let claims = id_token.claims(&checks, &nonce).expect("a sound ID token");
    if let Some(expected) = claims.access_token_hash() {
        let (algorithm, key) = (id_token.signing_alg().unwrap(), id_token.signing_key(&checks).unwrap());
        let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key).unwrap();
        assert_eq!(actual, *expected);
    }
    let subject = claims.subject().clone();
    let userinfo = client.user_info(tokens.access_token().clone(), Some(subject)).unwrap();
    let userinfo: CoreUserInfoClaims = userinfo.request_async(&http).await.expect("claims of the same subject");
    let name = userinfo.name().and_then(|name| name.get(None)).map(|name| name.as_str());
    assert_eq!((name, userinfo.email().map(|email| email.as_str())), (Some("Nadia Roux"), Some(nadia.email.as_str())));

    let mut end = world.origin().join("/oidc/end_session").unwrap();
    let hint = id_token.to_string();
    end.query_pairs_mut().extend_pairs([("id_token_hint", hint.as_str()), ("post_logout_redirect_uri", gone)]);
    phone.opens(end).await;
    assert_eq!(phone.place().as_str(), gone);

    let replay = client.exchange_code(code).unwrap().set_pkce_verifier(verifier_again);
    let refused = replay.request_async(&http).await;
    let Err(RequestTokenError::ServerResponse(refused)) = refused else { panic!("a replay was let through") };
    assert_eq!(refused.error().as_ref(), "invalid_grant");
}
