// openid-client, as its own documentation uses it. One order per line on stdin, one answer per line on stdout: both JSON.
// It keeps the request between `begin` and `finish`, as a portal keeps it in its session.
import { createInterface } from "node:readline";
import * as client from "openid-client";

let config, request, tokens;

const orders = {
  // Discovers the issuer and makes an authorization request with PKCE, state and nonce.
  async begin({ issuer, client_id, client_secret, auth, redirect_uri, scope, more = {} }) {
    const proof = { basic: client.ClientSecretBasic, post: client.ClientSecretPost }[auth](client_secret);
    config = await client.discovery(new URL(issuer), client_id, undefined, proof, { execute: [client.allowInsecureRequests] });
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    request = { pkceCodeVerifier, expectedState: client.randomState(), expectedNonce: client.randomNonce() };
    if (more.max_age !== undefined) request.maxAge = Number(more.max_age);
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri,
      scope,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: "S256",
      state: request.expectedState,
      nonce: request.expectedNonce,
      ...more,
    });
    return { url: url.href };
  },
  // Checks the answer (state, iss) and exchanges the code; the library checks signature, nonce, times and audience.
  async finish({ url }) {
    tokens = await client.authorizationCodeGrant(config, new URL(url), { ...request, idTokenExpected: true });
    return { claims: tokens.claims(), token_type: tokens.token_type };
  },
  async userinfo() {
    return { claims: await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub) };
  },
  logout({ post_logout_redirect_uri, state }) {
    const id_token_hint = tokens.id_token;
    return { url: client.buildEndSessionUrl(config, { post_logout_redirect_uri, state, id_token_hint }).href };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { order, ...particulars } = JSON.parse(line);
  let answer;
  try {
    answer = await orders[order](particulars);
  } catch (refusal) {
    answer = { refused: refusal.error ?? refusal.code ?? refusal.message, message: refusal.message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
