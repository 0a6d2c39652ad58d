package house

import (
	"testing"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
)

// Offices of weight need a passkey wherever there can be one: not in a
// demonstration, not at an address without a name, and not where the operator has
// said so.
func TestOfficersNeedPasskey(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Options)
		weak   bool
	}{
		{"as it comes", func(o *Options) { o.Address = "https://members.example.org" }, true},
		{"the operator has said so", func(o *Options) { o.Address, o.OfficersAnyWay = "https://members.example.org", true }, false},
		{"a demonstration", func(o *Options) { o.Address, o.Demo = "https://members.example.org", true }, false},
		{"no passkeys at this address", func(o *Options) { o.Address = "http://192.0.2.1:8080" }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHome(t, c.change)
			challenge, err := h.Identity.RequestCode(ctx, "wye", "huw@wye.example", identity.Client{Address: "192.0.2.7"})
			h.ok(err)
			h.Identity.Wait()
			in, err := h.Identity.SignInWithCode(ctx, challenge, h.code(), identity.Client{Address: "192.0.2.7"})
			h.ok(err)
			who, err := h.Identity.Actor(ctx, in.Secret)
			h.ok(err)
			if who.Weak != c.weak || policy.Allow(who, policy.RegisterView, who.Inside()).Allowed == c.weak {
				t.Errorf("signed in with a code the secretary is weak: %t; want %t", who.Weak, c.weak)
			}
		})
	}
}
