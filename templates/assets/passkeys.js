// Passkeys: asks the browser and sends its answer. Without this file, pages offer codes instead.
"use strict";

const knowsKeys = window.isSecureContext && Boolean(window.PublicKeyCredential);
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

if (knowsKeys) for (const offer of document.querySelectorAll("[data-passkey-offer]")) offer.hidden = false;

const asked = document.querySelector("form[data-passkey]");
if (asked && knowsKeys) {
  document.querySelector("[data-passkey-none]").hidden = true;
  asked.hidden = false;
  const makes = asked.dataset.makes === "true";
  const { publicKey } = JSON.parse(asked.dataset.passkey);
  const withBytes = (keys) => keys?.map((key) => ({ ...key, id: bytes(key.id) }));
  publicKey.challenge = bytes(publicKey.challenge);
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
  if (publicKey.allowCredentials) publicKey.allowCredentials = withBytes(publicKey.allowCredentials);
  if (publicKey.excludeCredentials) publicKey.excludeCredentials = withBytes(publicKey.excludeCredentials);

  const said = ({ id, rawId, type, response, getClientExtensionResults: extensions }, credential) => ({
    id,
    rawId: text(rawId),
    type,
    extensions: makes ? { credProps: extensions.call(credential).credProps } : {},
    response: makes
      ? { attestationObject: text(response.attestationObject), clientDataJSON: text(response.clientDataJSON) }
      : {
        authenticatorData: text(response.authenticatorData),
        clientDataJSON: text(response.clientDataJSON),
        signature: text(response.signature),
        userHandle: response.userHandle ? text(response.userHandle) : null,
      },
  });
  const status = asked.querySelector("[data-failed]");
  let isAsking = false;
  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    status.textContent = "";
    try {
      const credential = await navigator.credentials[makes ? "create" : "get"]({ publicKey });
      asked.elements.answer.value = JSON.stringify(said(credential, credential));
      asked.submit();
    } catch {
      status.textContent = status.dataset.failed;
      isAsking = false;
    }
  };
  asked.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  ask();
}
