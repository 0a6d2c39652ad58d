package identity_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

func withOffices(o *identity.Options) {
	withPasskeys(o)
	o.OfficersNeedPasskey = true
}

// change asks whether a session may change the ways in.
func (h *house) change(t *testing.T, in identity.SignedIn) error {
	t.Helper()
	who, session, err := h.Identify(t.Context(), in.Secret)
	if err != nil {
		t.Fatal(err)
	}
	return h.MayChangeWays(t.Context(), who, session)
}

// A session that is older than a few minutes opens no new way in.
func TestMayChangeWays_OnlyJustSignedIn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.person(t, "Bram", "Tarn", "bram.tarn@harbour.example")
		in := h.signIn(t, "bram.tarn@harbour.example", phone)
		if err := h.change(t, in); err != nil {
			t.Errorf("just signed in: %v", err)
		}
		h.Clock.Advance(4 * time.Minute)
		if err := h.change(t, in); err != nil {
			t.Errorf("four minutes after: %v", err)
		}
		h.Clock.Advance(time.Minute)
		err := h.change(t, in)
		is(t, err, fault.Forbidden, "sign in again")
		var again *identity.SignInAgain
		if !errors.As(err, &again) || again.Passkey {
			t.Errorf("got %v", err)
		}
		if err := h.change(t, h.signIn(t, "bram.tarn@harbour.example", phone)); err != nil {
			t.Errorf("signed in again: %v", err)
		}
	}, withPasskeys)
}

// An office of weight counts only for who signed in with a passkey. The first
// passkey is added with a code; after that a code adds none, so that a mailbox
// that is read by somebody else opens nothing.
func TestOffices_NeedAPasskey(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		may := func(in identity.SignedIn) policy.Decision {
			t.Helper()
			who, _, err := h.Identify(t.Context(), in.Secret)
			if err != nil {
				t.Fatal(err)
			}
			return policy.Allow(who, policy.RegisterView, who.Inside())
		}
		byCode := h.signIn(t, secretaryEmail, phone)
		if d := may(byCode); d.Allowed || d.Rule != policy.RulePasskey {
			t.Errorf("with a code the secretary may: %+v", d)
		}
		if err := h.change(t, byCode); err != nil {
			t.Errorf("the first passkey: %v", err)
		}
		d := newDevice(t)
		must[identity.Passkey](t)(h.addPasskey(t, h.secretary, d))
		byKey := must[identity.SignedIn](t)(h.passkeySignIn(t, d))
		if d := may(byKey); !d.Allowed {
			t.Errorf("with a passkey the secretary may not: %+v", d)
		}
		if err := h.change(t, byKey); err != nil {
			t.Errorf("with a passkey: %v", err)
		}
		var again *identity.SignInAgain
		if err := h.change(t, h.signIn(t, secretaryEmail, phone)); !errors.As(err, &again) || !again.Passkey {
			t.Errorf("a code adds a second way in: %v", err)
		}

		// A token carries the office only if it was made with a passkey.
		expires := law.NewDate(2027, 1, 1)
		for _, c := range []struct {
			scopes []string
			want   bool
		}{{[]string{"read:register"}, false}, {[]string{"read:register", identity.MadeWithPasskey}, true}} {
			secret, token, err := h.CreateToken(t.Context(), org, h.secretary, "x", c.scopes, expires)
			if err != nil {
				t.Fatal(err)
			}
			if got := may(identity.SignedIn{Secret: secret}).Allowed; got != c.want || token.Strong != c.want || len(token.Scopes) != 1 {
				t.Errorf("a token with %v: allowed %t, %+v", c.scopes, got, token)
			}
			list, err := h.Tokens(t.Context(), org, h.secretary)
			if err != nil || list[0].Strong != c.want || len(list[0].Scopes) != 1 {
				t.Errorf("tokens: %+v, %v", list, err)
			}
		}

		// Somebody without such an office is asked for nothing.
		bram := h.person(t, "Bram", "Tarn", "bram.tarn@harbour.example")
		must[identity.Passkey](t)(h.addPasskey(t, bram, newDevice(t)))
		if err := h.change(t, h.signIn(t, "bram.tarn@harbour.example", phone)); err != nil {
			t.Errorf("a lost device is made good with a code: %v", err)
		}
	}, withOffices)
}

// Where it is not asked for, a code is enough.
func TestOffices_WithoutTheSetting(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		who, err := h.Actor(t.Context(), h.signIn(t, secretaryEmail, phone).Secret)
		if err != nil || who.Weak {
			t.Errorf("%+v, %v", who, err)
		}
	}, withPasskeys)
}

// A person takes another address by showing that they read it; the old one is
// told, sessions end, and the next code goes to the new one.
func TestEmailChange(t *testing.T) {
	var lost []identity.PersonChange
	each(t, func(t *testing.T, h *house) {
		lost = nil
		bram := h.person(t, "Bram", "Tarn", "bram.tarn@harbour.example")
		old := h.signIn(t, "bram.tarn@harbour.example", phone)
		begin := func(email string) string {
			t.Helper()
			challenge, err := h.BeginEmailChange(t.Context(), org, bram, email, phone)
			if err != nil {
				t.Fatal(err)
			}
			h.Wait()
			return challenge
		}
		challenge := begin(" Bram@New.Example ")
		sent := h.letters.last(t)
		if sent.to != "bram@new.example" || sent.name != "new: Bram Tarn" {
			t.Fatalf("the code went to %q as %q", sent.to, sent.name)
		}
		wrong := func(challenge, email, code string) {
			t.Helper()
			_, err := h.FinishEmailChange(t.Context(), org, bram, challenge, email, code, phone)
			is(t, err, fault.Invalid, "not right")
		}
		wrong(challenge, "bram@new.example", "00000000")
		wrong(challenge, "other@new.example", sent.code) // the code is for the address it went to
		wrong("made up", "bram@new.example", sent.code)
		if _, err := h.SignInWithCode(t.Context(), challenge, sent.code, phone); !fault.Is(err, fault.Invalid) {
			t.Errorf("the code signs in: %v", err)
		}
		if _, err := h.FinishEmailChange(t.Context(), org, h.secretary, challenge, "bram@new.example", sent.code, phone); !fault.Is(err, fault.Invalid) {
			t.Errorf("the code changes somebody else's address: %v", err)
		}
		challenge = begin("bram@new.example")
		in, err := h.FinishEmailChange(t.Context(), org, bram, challenge, "bram@new.example", h.letters.last(t).code, phone)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Actor(t.Context(), old.Secret); !fault.Is(err, fault.NotFound) {
			t.Errorf("an older session goes on: %v", err)
		}
		if who, err := h.Actor(t.Context(), in.Secret); err != nil || who.Person != bram {
			t.Errorf("%+v, %v", who, err)
		}
		if len(lost) != 1 || lost[0].LostEmail() != "bram.tarn@harbour.example" || lost[0].Is.Email != "bram@new.example" {
			t.Errorf("lost: %+v", lost)
		}
		if got := h.signIn(t, "bram@new.example", phone); got.Session.Person != bram {
			t.Errorf("signed in %+v", got.Session)
		}
		wrong(challenge, "bram@new.example", h.letters.last(t).code) // once

		_, err = h.BeginEmailChange(t.Context(), org, bram, "bram@new.example", phone)
		is(t, err, fault.Invalid, "already")
		_, err = h.BeginEmailChange(t.Context(), org, bram, "bram", phone)
		is(t, err, fault.Invalid, "not an e-mail address")

		// Somebody else's address gets no code, and the answer does not tell.
		before := len(h.letters.sent)
		challenge = begin(secretaryEmail)
		if len(h.letters.sent) != before || challenge == "" {
			t.Error("somebody else's address was written to")
		}
	}, func(o *identity.Options) {
		o.EmailsLost = func(_ context.Context, _ *journal.Tx, list []identity.PersonChange) error {
			lost = append(lost, list...)
			return nil
		}
	})
}

// Whoever gets or loses a way in is told in the change that does it: if that
// fails, nothing is added or taken away.
func TestPasskey_OwnerIsTold(t *testing.T) {
	var told []string
	var fail error
	tell := func(what string) func(context.Context, *journal.Tx, string) error {
		return func(_ context.Context, tx *journal.Tx, person string) error {
			told = append(told, what)
			return fail
		}
	}
	each(t, func(t *testing.T, h *house) {
		told, fail = nil, nil
		key := must[identity.Passkey](t)(h.addPasskey(t, h.secretary, newDevice(t)))
		fail = errors.New("no paper")
		if _, err := h.addPasskey(t, h.secretary, newDevice(t)); !errors.Is(err, fail) {
			t.Errorf("got %v", err)
		}
		if err := h.RemovePasskey(t.Context(), org, h.secretary, key.ID); !errors.Is(err, fail) {
			t.Errorf("got %v", err)
		}
		if list := must[[]identity.Passkey](t)(h.Passkeys(t.Context(), org, h.secretary)); len(list) != 1 || list[0].ID != key.ID {
			t.Errorf("passkeys: %+v", list)
		}
		fail = nil
		for range 2 { // the second time there is nothing to tell
			if err := h.RemovePasskey(t.Context(), org, h.secretary, key.ID); err != nil {
				t.Fatal(err)
			}
		}
		if !slices.Equal(told, []string{"added", "added", "removed", "removed"}) {
			t.Errorf("told: %q", told)
		}
	}, withPasskeys, func(o *identity.Options) { o.PasskeyAdded, o.PasskeyRemoved = tell("added"), tell("removed") })
}
