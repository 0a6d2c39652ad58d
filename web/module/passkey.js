// Passkeys: asks the browser for one and hands its answer to the server.
//
// The server's options and the browser's answer are both JSON in the forms of
// Web Authentication Level 3; only the byte fields are turned to and from
// base64url here. Nothing is kept.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

async function post(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
  });
  const data = await answer.json();
  if (!answer.ok) throw new Error(data.message);
  return data;
}

const known = (list) => (list ?? []).map((c) => ({ ...c, id: bytes(c.id) }));

async function signIn() {
  const { ceremony, options } = await post('/sign-in/passkey', {});
  const publicKey = options.publicKey;
  const got = await navigator.credentials.get({
    publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: known(publicKey.allowCredentials) },
  });
  const { response } = got;
  return post('/sign-in/passkey/answer', {
    ceremony,
    response: {
      id: got.id, rawId: text(got.rawId), type: got.type, authenticatorAttachment: got.authenticatorAttachment ?? undefined,
      clientExtensionResults: got.getClientExtensionResults(),
      response: {
        clientDataJSON: text(response.clientDataJSON), authenticatorData: text(response.authenticatorData),
        signature: text(response.signature), userHandle: response.userHandle ? text(response.userHandle) : undefined,
      },
    },
  });
}

async function add(label) {
  const { ceremony, options } = await post('/account/passkey', {});
  const publicKey = options.publicKey;
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey, challenge: bytes(publicKey.challenge), user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
    },
  });
  const { response } = made;
  return post('/account/passkey/answer', {
    ceremony, label,
    response: {
      id: made.id, rawId: text(made.rawId), type: made.type, authenticatorAttachment: made.authenticatorAttachment ?? undefined,
      clientExtensionResults: made.getClientExtensionResults(),
      response: {
        clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject),
        transports: response.getTransports?.() ?? [],
      },
    },
  });
}

// What went wrong, as far as the person can mend it.
function explain(error) {
  if (error.name === 'NotAllowedError') return 'The passkey was not used. Try again, or use a code by e-mail.';
  if (error.name === 'InvalidStateError') return 'This device already has a passkey for you.';
  return error.message || 'The passkey did not work. Use a code by e-mail.';
}

const acts = { 'sign-in': signIn, add: () => add(document.title.split(' - ').pop()) };

for (const place of document.querySelectorAll('[data-passkey]')) {
  if (!window.PublicKeyCredential) continue;
  const button = place.querySelector('button');
  const status = place.querySelector('[role=status]');
  place.hidden = false;
  button.addEventListener('click', async () => {
    button.disabled = true;
    status.textContent = 'Waiting for your device.';
    try {
      const { next } = await acts[place.dataset.passkey]();
      window.location.assign(place.dataset.next || next);
    } catch (error) {
      status.textContent = explain(error);
      button.disabled = false;
    }
  });
}
