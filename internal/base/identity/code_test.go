package identity_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
)

func TestSignInWithCode(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		challenge := must[string](t)(h.RequestCode(t.Context(), org, " Una.SILL@harbour.example ", phone))
		h.Wait()
		sent := h.letters.last(t)
		if sent.to != secretaryEmail || sent.name != "Una Sill" || sent.org != org || len(sent.code) != 8 {
			t.Fatalf("sent %+v", sent)
		}
		if n := count(t, h, `SELECT COUNT(*) FROM email_code WHERE hash = ? OR CAST(code_mac AS TEXT) = ?`, challenge, sent.code); n != 0 {
			t.Error("the challenge or the code is stored as it is")
		}
		spaced := sent.code[:4] + " " + sent.code[4:] // as the letter writes it
		in, err := h.SignInWithCode(t.Context(), challenge, spaced, phone)
		if err != nil {
			t.Fatal(err)
		}
		if in.Session.Person != h.secretary || in.Session.Org != org || in.Session.Way != identity.ByCode || len(in.Secret) != 64 {
			t.Errorf("got %+v", in.Session)
		}
		_, err = h.SignInWithCode(t.Context(), challenge, sent.code, phone)
		is(t, err, fault.Invalid, "not right")
	})
}

// Wrong, late, used up and made up look the same.
func TestSignInWithCode_RefusesAlike(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ask := func(email string) (challenge, code string) {
			challenge = must[string](t)(h.RequestCode(t.Context(), org, email, phone))
			h.Wait()
			return challenge, h.letters.last(t).code
		}
		var answers []string
		try := func(challenge, code string) {
			t.Helper()
			in, err := h.SignInWithCode(t.Context(), challenge, code, phone)
			is(t, err, fault.Invalid, "not right")
			if in != (identity.SignedIn{}) {
				t.Error("a refusal has a session")
			}
			answers = append(answers, err.Error())
		}
		challenge, code := ask(secretaryEmail)
		try(challenge, "00000000")
		try(challenge, "")
		try("made up", code)
		other, otherCode := ask(secretaryEmail)
		try(challenge, otherCode) // a code belongs to the browser that asked for it
		try(challenge, "1")
		try(challenge, "2")
		try(challenge, code) // right, but the sixth try
		h.Clock.Advance(10 * time.Minute)
		try(other, otherCode)
		unknown, _ := ask("bram.tarn@harbour.example")
		try(unknown, "00000000")
		for _, a := range answers {
			if a != answers[0] {
				t.Errorf("%q and %q differ", a, answers[0])
			}
		}
		last, code := ask(secretaryEmail)
		h.Clock.Advance(10*time.Minute - time.Millisecond)
		if _, err := h.SignInWithCode(t.Context(), last, code, phone); err != nil {
			t.Errorf("a code is refused within its ten minutes: %v", err)
		}
	})
}

// For an address that nobody has, the same is answered and the same is written;
// only no letter goes out. What is not the same is random in either case.
func TestRequestCode_KnownAndUnknownAlike(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		rows := func() int { return count(t, h, `SELECT COUNT(*) FROM email_code`) }
		limits := func() int { return count(t, h, `SELECT COUNT(*) FROM rate_limit`) }
		type trace struct {
			challenge    int
			rows, limits int
			errors       string
		}
		ask := func(email string) trace {
			before, taken := rows(), limits()
			var list []error
			var challenge string
			for range 6 { // the sixth is one too many
				c, err := h.RequestCode(t.Context(), org, email, phone)
				if err == nil {
					challenge = c
				}
				list = append(list, err)
			}
			return trace{len(challenge), rows() - before, limits() - taken, fmt.Sprint(list)}
		}
		if _, err := h.RequestCode(t.Context(), org, "warm.up@harbour.example", phone); err != nil {
			t.Fatal(err)
		}
		known, unknown := ask(secretaryEmail), ask("bram.tarn@harbour.example")
		if known != unknown || known.rows != 5 || known.limits != 1 {
			t.Errorf("known: %+v\nunknown: %+v", known, unknown)
		}
		h.Wait()
		if len(h.letters.sent) != 5 {
			t.Errorf("%d letters", len(h.letters.sent))
		}
		_, err := h.RequestCode(t.Context(), org, "no address", phone)
		is(t, err, fault.Invalid, "not an e-mail address")
		_, err = h.RequestCode(t.Context(), "nowhere", secretaryEmail, phone)
		is(t, err, fault.NotFound, "there is no organisation")
	})
}

// A letter that cannot be sent shows to nobody who asks, and the log does not
// say to whom it was.
func TestRequestCode_DeliveryFails(t *testing.T) {
	var log bytes.Buffer
	each(t, func(t *testing.T, h *house) {
		log.Reset()
		h.letters.fail = errors.New("550 no such user: " + secretaryEmail)
		if _, err := h.RequestCode(t.Context(), org, secretaryEmail, phone); err != nil {
			t.Errorf("the caller learns of it: %v", err)
		}
		h.Wait()
		if !strings.Contains(log.String(), h.secretary) || strings.Contains(log.String(), "@") {
			t.Errorf("the log says %q", log.String())
		}
	}, func(o *identity.Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
}

func TestLimits(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		limit := identity.Limit{Name: "test", Burst: 3, Every: 10 * time.Minute}
		for i := range 3 {
			if err := h.Take(t.Context(), limit, "a"); err != nil {
				t.Fatalf("%d of three: %v", i+1, err)
			}
		}
		err := h.Take(t.Context(), limit, "a")
		is(t, err, fault.Throttled, "try again in 10 minutes")
		if after, ok := identity.RetryAfter(err); !ok || after != 10*time.Minute {
			t.Errorf("retry after %v", after)
		}
		if err := h.Take(t.Context(), limit, "b"); err != nil {
			t.Errorf("one key holds up another: %v", err)
		}
		h.Clock.Advance(10 * time.Minute)
		if err := h.Take(t.Context(), limit, "a"); err != nil {
			t.Errorf("after the wait: %v", err)
		}
		if err := h.Take(t.Context(), limit, "a"); !fault.Is(err, fault.Throttled) {
			t.Errorf("the wait gave more than one: %v", err)
		}
		h.Clock.Advance(30 * time.Minute)
		for range 3 {
			if err := h.Take(t.Context(), limit, "a"); err != nil {
				t.Errorf("after a long wait there are three again: %v", err)
			}
		}
		if n := count(t, h, `SELECT COUNT(*) FROM rate_limit WHERE bucket LIKE '%192.0%' OR bucket LIKE '%@%' OR bucket = 'test:a'`); n != 0 {
			t.Error("a bucket names its key")
		}
		h.Clock.Set(h.Clock.Now().Add(-48 * time.Hour))
		err = h.Take(t.Context(), limit, "a")
		if after, _ := identity.RetryAfter(err); after != 10*time.Minute {
			t.Errorf("after the clock was set back two days the wait is %v", after)
		}
		h.Clock.Advance(72 * time.Hour)
		if err := h.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := count(t, h, `SELECT COUNT(*) FROM rate_limit`); n != 0 {
			t.Errorf("%d limits outlive the sweep", n)
		}
	})
}

// Guessing is limited by network: neighbours share, strangers do not.
func TestSignIn_LimitedByNetwork(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		from := func(address string) error {
			_, err := h.SignInWithCode(t.Context(), "made up", "1", identity.Client{Address: address})
			return err
		}
		for i := range 100 {
			if err := from(fmt.Sprintf("192.0.2.%d", i)); !fault.Is(err, fault.Invalid) {
				t.Fatalf("try %d: %v", i+1, err)
			}
		}
		is(t, from("192.0.2.200"), fault.Throttled, "too many")
		is(t, from("::ffff:192.0.2.200"), fault.Throttled, "too many") // the same, written otherwise
		is(t, from("192.0.3.1"), fault.Invalid, "")
		is(t, from("2001:db8:1::1"), fault.Invalid, "")
		is(t, from(""), fault.Invalid, "")
	})
}
