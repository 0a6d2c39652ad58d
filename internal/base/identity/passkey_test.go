package identity_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
)

const site = "https://members.harbour.example"

func withPasskeys(o *identity.Options) {
	o.Passkeys = identity.PasskeyConfig{Host: "members.harbour.example", Name: "Harbour", Origins: []string{site}}
}

// device is an authenticator in software: one ES256 key, no attestation.
type device struct {
	key     *ecdsa.PrivateKey
	id      []byte
	handle  []byte // of the person it belongs to
	count   uint32
	flags   byte
	origin  string
	rpID    string
	another func(challenge string) string // what to answer instead of the challenge
}

const (
	present, verified, attested = 0x01, 0x04, 0x40
	backupable, backedUp        = 0x08, 0x10
)

func newDevice(t *testing.T) *device {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 16)
	if _, err := rand.Read(id); err != nil {
		t.Fatal(err)
	}
	return &device{key: key, id: id, flags: present | verified, origin: site, rpID: "members.harbour.example"}
}

type ask struct {
	PublicKey struct {
		Challenge string `json:"challenge"`
		User      struct {
			ID string `json:"id"`
		} `json:"user"`
		AuthenticatorSelection struct {
			ResidentKey      string `json:"residentKey"`
			UserVerification string `json:"userVerification"`
		} `json:"authenticatorSelection"`
		ExcludeCredentials []struct {
			ID string `json:"id"`
		} `json:"excludeCredentials"`
		AllowCredentials []any  `json:"allowCredentials"`
		UserVerification string `json:"userVerification"`
	} `json:"publicKey"`
}

func read(t *testing.T, options []byte) ask {
	t.Helper()
	var a ask
	if err := json.Unmarshal(options, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (d *device) clientData(t *testing.T, typ, challenge string) []byte {
	t.Helper()
	if d.another != nil {
		challenge = d.another(challenge)
	}
	raw, err := json.Marshal(map[string]any{"type": typ, "challenge": challenge, "origin": d.origin, "crossOrigin": false})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func (d *device) authData(flags byte, rest ...byte) []byte {
	sum := sha256.Sum256([]byte(d.rpID))
	out := append(sum[:], flags)
	out = binary.BigEndian.AppendUint32(out, d.count)
	return append(out, rest...)
}

// cborBytes is a CBOR byte string (RFC 8949) of up to 64 kB.
func cborBytes(b []byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0x59}, uint16(len(b))), b...)
}

// make answers navigator.credentials.create.
func (d *device) make(t *testing.T, options []byte) []byte {
	t.Helper()
	a := read(t, options)
	handle, err := base64.RawURLEncoding.DecodeString(a.PublicKey.User.ID)
	if err != nil {
		t.Fatal(err)
	}
	d.handle = handle
	public, err := d.key.PublicKey.Bytes() // 4, x, y
	if err != nil {
		t.Fatal(err)
	}
	// COSE key: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
	cose := []byte{0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21}
	cose = append(cose, cborBytes(public[1:33])...)
	cose = append(append(cose, 0x22), cborBytes(public[33:])...)
	data := make([]byte, 16) // AAGUID: not said
	data = binary.BigEndian.AppendUint16(data, uint16(len(d.id)))
	data = append(append(data, d.id...), cose...)

	// {"fmt": "none", "attStmt": {}, "authData": ...}
	object := append([]byte{0xa3, 0x63}, "fmt"...)
	object = append(append(object, 0x64), "none"...)
	object = append(append(object, 0x67), "attStmt"...)
	object = append(append(object, 0xa0, 0x68), "authData"...)
	object = append(object, cborBytes(d.authData(d.flags|attested, data...))...)
	return d.answer(t, map[string]any{
		"clientDataJSON": b64(d.clientData(t, "webauthn.create", a.PublicKey.Challenge)), "attestationObject": b64(object),
		"transports": []string{"internal", "hybrid"},
	})
}

// get answers navigator.credentials.get.
func (d *device) get(t *testing.T, options []byte) []byte {
	t.Helper()
	client := d.clientData(t, "webauthn.get", read(t, options).PublicKey.Challenge)
	data := d.authData(d.flags)
	sum := sha256.Sum256(client)
	digest := sha256.Sum256(append(append([]byte{}, data...), sum[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	return d.answer(t, map[string]any{
		"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature), "userHandle": b64(d.handle),
	})
}

func (d *device) answer(t *testing.T, response map[string]any) []byte {
	t.Helper()
	raw, err := json.Marshal(map[string]any{
		"id": b64(d.id), "rawId": b64(d.id), "type": "public-key", "response": response, "clientExtensionResults": map[string]any{},
	})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func (h *house) addPasskey(t *testing.T, person string, d *device) (identity.Passkey, error) {
	t.Helper()
	options, ceremony, err := h.BeginPasskey(t.Context(), org, person)
	if err != nil {
		t.Fatal(err)
	}
	return h.FinishPasskey(t.Context(), org, person, ceremony, " My  phone ", d.make(t, options))
}

func (h *house) passkeySignIn(t *testing.T, d *device) (identity.SignedIn, error) {
	t.Helper()
	options, ceremony, err := h.BeginPasskeySignIn(t.Context(), phone)
	if err != nil {
		t.Fatal(err)
	}
	return h.FinishPasskeySignIn(t.Context(), ceremony, d.get(t, options), phone)
}

func TestPasskey(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := newDevice(t)
		d.flags |= backupable
		before := h.size(t)
		key, err := h.addPasskey(t, h.secretary, d)
		if err != nil {
			t.Fatal(err)
		}
		if n := h.size(t); n != before+1 {
			t.Errorf("adding a passkey made %d entries", n-before)
		}
		if string(d.handle) != h.secretary || key.Label != "My phone" || !key.Synced {
			t.Errorf("handle %q, %+v", d.handle, key)
		}
		options, _, err := h.BeginPasskey(t.Context(), org, h.secretary)
		if err != nil {
			t.Fatal(err)
		}
		asked := read(t, options).PublicKey
		if asked.AuthenticatorSelection.ResidentKey != "required" || asked.AuthenticatorSelection.UserVerification != "required" ||
			len(asked.ExcludeCredentials) != 1 || asked.ExcludeCredentials[0].ID != b64(d.id) {
			t.Errorf("asked %+v", asked)
		}

		d.flags |= backedUp
		for range 3 { // counters of synced passkeys stay at nought
			in, err := h.passkeySignIn(t, d)
			if err != nil {
				t.Fatal(err)
			}
			who := must[policy.Actor](t)(h.Actor(t.Context(), in.Secret))
			if who.Person != h.secretary || in.Session.Way != identity.ByPasskey {
				t.Errorf("got %+v", who)
			}
		}
		list := must[[]identity.Passkey](t)(h.Passkeys(t.Context(), org, h.secretary))
		if len(list) != 1 || list[0].LastUsed == "" || list[0].Copied {
			t.Errorf("passkeys: %+v", list)
		}

		is(t, h.RemovePasskey(t.Context(), org, "somebody else", key.ID), fault.NotFound, "no passkey")
		for range 2 {
			if err := h.RemovePasskey(t.Context(), org, h.secretary, key.ID); err != nil {
				t.Fatal(err)
			}
		}
		if n := h.size(t); n != before+2 {
			t.Errorf("adding and removing made %d entries", n-before)
		}
		_, err = h.passkeySignIn(t, d)
		is(t, err, fault.Invalid, "could not be used")
	}, withPasskeys)
}

func TestPasskeySignIn_Refuses(t *testing.T) {
	cases := []struct {
		name  string
		alter func(*device)
	}{
		{"another site", func(d *device) { d.origin = "https://members.harb0ur.example" }},
		{"another relying party", func(d *device) { d.rpID = "harb0ur.example" }},
		{"another challenge", func(d *device) { d.another = func(string) string { return b64(make([]byte, 32)) } }},
		{"another key", func(d *device) { d.key, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }},
		{"a passkey nobody has", func(d *device) { d.id = []byte("nobody's passkey") }},
		{"another person's handle", func(d *device) { d.handle = []byte("somebody else") }},
		{"no handle", func(d *device) { d.handle = nil }},
		{"the person was not verified: whoever found the phone", func(d *device) { d.flags = present }},
		{"it became a synced one: not the key that was added", func(d *device) { d.flags |= backupable }},
	}
	each(t, func(t *testing.T, h *house) {
		good := newDevice(t)
		if _, err := h.addPasskey(t, h.secretary, good); err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				bad := *good
				c.alter(&bad)
				in, err := h.passkeySignIn(t, &bad)
				is(t, err, fault.Invalid, "could not be used")
				if in != (identity.SignedIn{}) {
					t.Error("a refusal has a session")
				}
			})
		}
		if _, err := h.passkeySignIn(t, good); err != nil {
			t.Errorf("the real one: %v", err)
		}
	}, withPasskeys)
}

// A ceremony is for one person, for one purpose, for five minutes and for once.
func TestPasskey_CeremonyIsSingleUse(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		bram := h.person(t, "Bram", "Tarn", "bram.tarn@harbour.example")
		begin := func() ([]byte, string) {
			options, ceremony, err := h.BeginPasskey(t.Context(), org, h.secretary)
			if err != nil {
				t.Fatal(err)
			}
			return options, ceremony
		}
		finish := func(person, ceremony string, response []byte) error {
			_, err := h.FinishPasskey(t.Context(), org, person, ceremony, "", response)
			return err
		}
		d := newDevice(t)
		options, ceremony := begin()
		answer := d.make(t, options)
		if err := finish(h.secretary, ceremony, answer); err != nil {
			t.Fatal(err)
		}
		is(t, finish(h.secretary, ceremony, answer), fault.Invalid, "begin again")

		options, ceremony = begin()
		is(t, finish(bram, ceremony, newDevice(t).make(t, options)), fault.Invalid, "could not be used")

		options, ceremony = begin()
		is(t, finish(h.secretary, ceremony, d.make(t, options)), fault.Conflict, "here already")

		options, ceremony = begin()
		late := newDevice(t).make(t, options)
		h.Clock.Advance(5 * time.Minute)
		is(t, finish(h.secretary, ceremony, late), fault.Invalid, "begin again")

		options, ceremony = begin()
		_, err := h.FinishPasskeySignIn(t.Context(), ceremony, d.get(t, options), phone)
		is(t, err, fault.Invalid, "begin again") // begun to add, not to sign in

		_, ceremony = begin()
		is(t, finish(h.secretary, ceremony, []byte(`{"not":"one"}`)), fault.Invalid, "could not be used")

		unset := h.service(t, identity.Options{})
		_, _, err = unset.BeginPasskey(t.Context(), org, h.secretary)
		is(t, err, fault.Conflict, "not set up")
	}, withPasskeys)
}

// A counter that goes back is that of a copy: the passkey signs nobody in again.
func TestPasskeySignIn_CounterGoesBack(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		d := newDevice(t)
		d.count = 7
		if _, err := h.addPasskey(t, h.secretary, d); err != nil {
			t.Fatal(err)
		}
		d.count = 8
		if _, err := h.passkeySignIn(t, d); err != nil {
			t.Fatal(err)
		}
		d.count = 8
		_, err := h.passkeySignIn(t, d)
		is(t, err, fault.Forbidden, "may have been copied")
		d.count = 20
		_, err = h.passkeySignIn(t, d)
		is(t, err, fault.Forbidden, "may have been copied")
		if list := must[[]identity.Passkey](t)(h.Passkeys(t.Context(), org, h.secretary)); !list[0].Copied {
			t.Error("the warning is not kept")
		}
	}, withPasskeys)
}
