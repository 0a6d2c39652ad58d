package identity_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

func TestSession(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		in := h.signIn(t, secretaryEmail, phone)
		who, session, err := h.Identify(t.Context(), in.Secret)
		if err != nil {
			t.Fatal(err)
		}
		if who.Person != h.secretary || who.Org != org || who.Name != "Una Sill" || !slices.Equal(who.Roles, []policy.Role{policy.Secretary}) ||
			who.Scopes != nil || who.Demo || session.ID != in.Session.ID {
			t.Errorf("got %+v, %+v", who, session)
		}
		if n := count(t, h, `SELECT COUNT(*) FROM session WHERE hash = ? OR id = ?`, in.Secret, in.Secret); n != 0 {
			t.Error("the secret is stored as it is")
		}
		again := phone
		again.Previous = in.Secret
		second := h.signIn(t, secretaryEmail, again)
		if _, err := h.Actor(t.Context(), in.Secret); !fault.Is(err, fault.NotFound) {
			t.Error("the old session outlived a new sign-in")
		}
		desk := h.signIn(t, secretaryEmail, identity.Client{Address: "198.51.100.1", Agent: "Edge on Windows"})
		list := must[[]identity.Session](t)(h.Sessions(t.Context(), h.secretary, second.Secret))
		if len(list) != 2 || list[0].Client != "Edge on Windows" || list[0].Current || !list[1].Current {
			t.Errorf("sessions: %+v", list)
		}
		if err := h.EndSession(t.Context(), "somebody else", desk.Session.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Actor(t.Context(), desk.Secret); err != nil {
			t.Errorf("somebody else ended it: %v", err)
		}
		if err := h.EndSession(t.Context(), h.secretary, desk.Session.ID); err != nil {
			t.Fatal(err)
		}
		if err := h.SignOut(t.Context(), second.Secret); err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{desk.Secret, second.Secret, "", "made up"} {
			_, err := h.Actor(t.Context(), secret)
			is(t, err, fault.NotFound, "sign in again")
		}
	})
}

func TestSession_RunsOut(t *testing.T) {
	cases := []struct {
		name  string
		email string
		step  time.Duration // between requests
		lasts time.Duration // the last request that is answered comes before this
	}{
		{"an officer who is away", secretaryEmail, 30 * time.Minute, 0},
		{"a member who is away", "bram.tarn@harbour.example", 60 * time.Minute, 0},
		{"a member is given more time than an officer", "bram.tarn@harbour.example", 45 * time.Minute, 12 * time.Hour},
		{"an officer who keeps working", secretaryEmail, 20 * time.Minute, 12 * time.Hour},
	}
	each(t, func(t *testing.T, h *house) {
		h.person(t, "Bram", "Tarn", "bram.tarn@harbour.example")
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				in := h.signIn(t, c.email, phone)
				var last time.Duration
				for at := c.step; at <= 13*time.Hour; at += c.step {
					h.Clock.Advance(c.step)
					if _, err := h.Actor(t.Context(), in.Secret); err != nil {
						is(t, err, fault.NotFound, "sign in again")
						break
					}
					last = at
				}
				if c.lasts == 0 && last != 0 || c.lasts != 0 && (last >= c.lasts || last < c.lasts-c.step) {
					t.Errorf("it lasted %v", last)
				}
			})
		}
		h.Clock.Advance(time.Hour)
		if err := h.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := count(t, h, `SELECT (SELECT COUNT(*) FROM session) + (SELECT COUNT(*) FROM email_code)`); n != 0 {
			t.Errorf("%d rows outlive the sweep", n)
		}
	})
}

// What has lain unused too long is not shown as a session, and all can be ended
// at once.
func TestSessions_ListAndEndAll(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		old := h.signIn(t, secretaryEmail, phone)
		h.Clock.Advance(40 * time.Minute) // too long for an officer
		in := h.signIn(t, secretaryEmail, phone)
		list := must[[]identity.Session](t)(h.Sessions(t.Context(), h.secretary, in.Secret))
		if len(list) != 1 || list[0].ID != in.Session.ID || list[0].ID == old.Session.ID {
			t.Errorf("sessions: %+v", list)
		}
		if err := h.EndSessions(t.Context(), h.secretary); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Actor(t.Context(), in.Secret); !fault.Is(err, fault.NotFound) {
			t.Error("a session outlived the end of all")
		}
		if list := must[[]identity.Session](t)(h.Sessions(t.Context(), "nobody", "")); len(list) != 0 {
			t.Errorf("nobody has sessions: %+v", list)
		}
	})
}

// Whoever gets a role signs in anew with it.
func TestSession_EndsOnRoleChange(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		bram := h.person(t, "Bram", "Tarn", "bram.tarn@harbour.example")
		in, other := h.signIn(t, "bram.tarn@harbour.example", phone), h.signIn(t, secretaryEmail, phone)
		if _, err := h.Appoint(t.Context(), h.secretary, identity.Appointment{Org: org, Person: bram, Role: policy.Director}); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Actor(t.Context(), in.Secret); !fault.Is(err, fault.NotFound) {
			t.Error("the session outlived the change")
		}
		if _, err := h.Actor(t.Context(), other.Secret); err != nil {
			t.Errorf("somebody else's session ended: %v", err)
		}
	})
}

// roll is a register of members in which everybody is one, and which claims
// more than it may.
type roll struct{}

func (roll) Roles(_ context.Context, in, _ string, on law.Date) ([]policy.Role, error) {
	if in != org || on != law.NewDate(2026, 11, 19) {
		return nil, nil
	}
	return []policy.Role{policy.Member, policy.Secretary, policy.Member}, nil
}

func TestActor_MembershipComesFromTheRegister(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		bram := h.person(t, "Bram", "Tarn", "bram.tarn@harbour.example")
		who := must[policy.Actor](t)(h.ActorOf(t.Context(), org, bram))
		if !slices.Equal(who.Roles, []policy.Role{policy.Member}) {
			t.Errorf("got %v: the register gives membership, and no office", who.Roles)
		}
		who = must[policy.Actor](t)(h.Actor(t.Context(), h.signIn(t, secretaryEmail, phone).Secret))
		if !slices.Equal(who.Roles, []policy.Role{policy.Secretary, policy.Member}) {
			t.Errorf("got %v", who.Roles)
		}
	}, func(o *identity.Options) { o.Membership = roll{} })
}

func TestToken(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		today := law.Today(h.World.Now())
		secret, token, err := h.CreateToken(t.Context(), org, h.secretary, " Board report ", []string{"read:register", "read:rules", "read:register"}, today.AddDays(10))
		if err != nil {
			t.Fatal(err)
		}
		if secret[:3] != "cw_" || len(token.Scopes) != 2 || token.Label != "Board report" {
			t.Errorf("got %q %+v", secret[:3], token)
		}
		who := must[policy.Actor](t)(h.Actor(t.Context(), secret))
		if !policy.Allow(who, policy.RegisterView, who.Inside()).Allowed || policy.Allow(who, policy.ShareIssue, who.Inside()).Allowed {
			t.Errorf("the token does not do what its scopes say: %+v", who)
		}
		if n := count(t, h, `SELECT COUNT(*) FROM api_token WHERE hash = ?`, secret); n != 0 {
			t.Error("the secret is stored as it is")
		}
		h.Clock.Advance(10 * 24 * time.Hour)
		if _, err := h.Actor(t.Context(), secret); err != nil {
			t.Errorf("refused on its last day: %v", err)
		}
		h.Clock.Advance(24 * time.Hour)
		_, err = h.Actor(t.Context(), secret)
		is(t, err, fault.NotFound, "run out")

		secret, token, err = h.CreateToken(t.Context(), org, h.secretary, "Second", []string{"read:rules"}, today.AddYears(1))
		if err != nil {
			t.Fatal(err)
		}
		is(t, h.RevokeToken(t.Context(), org, "somebody else", token.ID), fault.NotFound, "no access token")
		before := h.size(t)
		for range 2 {
			if err := h.RevokeToken(t.Context(), org, h.secretary, token.ID); err != nil {
				t.Fatal(err)
			}
		}
		if n := h.size(t); n != before+1 {
			t.Errorf("%d entries for one revocation", n-before)
		}
		_, err = h.Actor(t.Context(), secret)
		is(t, err, fault.NotFound, "revoked")
		if list := must[[]identity.Token](t)(h.Tokens(t.Context(), org, h.secretary)); len(list) != 2 || list[0].Label != "Second" || list[0].Revoked == "" {
			t.Errorf("tokens: %+v", list)
		}
	})
}

// A token is worth no more than the person: when the office ends, so do its rights.
func TestToken_FollowsTheOffice(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		bram := h.person(t, "Bram", "Tarn", "")
		a := must[identity.Appointment](t)(h.Appoint(t.Context(), h.secretary, identity.Appointment{Org: org, Person: bram, Role: policy.Scrutineer}))
		secret, _, err := h.CreateToken(t.Context(), org, bram, "Checks", []string{"read:record"}, law.NewDate(2027, 1, 1))
		if err != nil {
			t.Fatal(err)
		}
		may := func() bool {
			who := must[policy.Actor](t)(h.Actor(t.Context(), secret))
			return policy.Allow(who, policy.RecordExport, who.Inside()).Allowed
		}
		if !may() {
			t.Error("refused while in office")
		}
		if err := h.EndAppointment(t.Context(), h.secretary, org, a.ID, law.Date{}); err != nil {
			t.Fatal(err)
		}
		if may() {
			t.Error("allowed out of office")
		}
	})
}

func TestCreateToken_Refuses(t *testing.T) {
	today := law.NewDate(2026, 11, 19)
	cases := []struct {
		name    string
		label   string
		scopes  []string
		expires law.Date
		field   string
	}{
		{"no label", " ", []string{"read:rules"}, today, "label"},
		{"no scope", "x", nil, today, "scopes"},
		{"a scope that is not there", "x", []string{"read:minds"}, today, "scopes"},
		{"no end", "x", []string{"read:rules"}, law.Date{}, "expires"},
		{"an end that is past", "x", []string{"read:rules"}, today.AddDays(-1), "expires"},
		{"more than a year", "x", []string{"read:rules"}, today.AddYears(1).AddDays(1), "expires"},
	}
	each(t, func(t *testing.T, h *house) {
		for _, c := range cases {
			_, _, err := h.CreateToken(t.Context(), org, h.secretary, c.label, c.scopes, c.expires)
			is(t, err, fault.Invalid, "")
			if got := fault.FieldOf(err); got != c.field {
				t.Errorf("%s: the fault is about %q", c.name, got)
			}
		}
		for range 20 {
			if _, _, err := h.CreateToken(t.Context(), org, h.secretary, "x", []string{"read:rules"}, today); err != nil {
				t.Fatal(err)
			}
		}
		_, _, err := h.CreateToken(t.Context(), org, h.secretary, "x", []string{"read:rules"}, today)
		is(t, err, fault.Conflict, "revoke one first")
	})
}
