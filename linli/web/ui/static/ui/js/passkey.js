/* Asks the device for a passkey, or to make one, and posts what it answers.
   The form carries data-passkey ("create" or "get"), data-options (JSON) or data-options-url,
   a hidden field "credential" and a part [data-passkey-failed] that is shown where it fails. */
const toBytes = (text) => Uint8Array.from(
  atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0),
);
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function readable(options) {
  const key = { ...options.publicKey, challenge: toBytes(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: toBytes(key.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (key[list]) key[list] = key[list].map((one) => ({ ...one, id: toBytes(one.id) }));
  }
  return { publicKey: key };
}

function sendable(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const value = credential.response[part];
    if (value) response[part] = toText(value);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  return (await answer.json()).request_options;
}

/* A key that signs in alone must be kept on the device, and must know its holder. */
function alone(options) {
  options.publicKey.authenticatorSelection = {
    ...options.publicKey.authenticatorSelection,
    residentKey: "required", requireResidentKey: true, userVerification: "required",
  };
}

export function start(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  const field = form.elements.namedItem("credential");
  form.addEventListener("submit", async (event) => {
    if (field.value) return;
    event.preventDefault();
    if (failed) failed.hidden = true;
    try {
      const options = readable(await optionsOf(form));
      if (form.elements.namedItem("passwordless")?.checked) alone(options);
      const credential = form.dataset.passkey === "create"
        ? await navigator.credentials.create(options)
        : await navigator.credentials.get(options);
      field.value = JSON.stringify(sendable(credential));
      form.submit();
    } catch {
      if (failed) failed.hidden = false;
    }
  });
}
