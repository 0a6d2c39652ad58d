package identity_test

import (
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
)

func TestDemoSignIn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		bram := h.person(t, "Bram", "Tarn", "")
		for _, role := range []policy.Role{policy.StaffSide, policy.Director} {
			if _, err := h.Appoint(t.Context(), h.secretary, identity.Appointment{Org: org, Person: bram, Role: role}); err != nil {
				t.Fatal(err)
			}
		}
		list := must[[]identity.DemoPerson](t)(h.DemoPeople(t.Context()))
		if len(list) != 2 || list[0].Person != h.secretary || list[1].Name != "Bram Tarn" || len(list[1].Roles) != 2 {
			t.Errorf("people: %+v", list)
		}
		in := must[identity.SignedIn](t)(h.DemoSignIn(t.Context(), org, bram, phone))
		who := must[policy.Actor](t)(h.Actor(t.Context(), in.Secret))
		if !who.Demo || who.Person != bram || !who.Holds(policy.Director) {
			t.Errorf("got %+v", who)
		}
		_, err := h.DemoSignIn(t.Context(), org, "nobody", phone)
		is(t, err, fault.NotFound, "there is no person")

		// The same database, served as a real one: no way in, and none left open.
		real := h.service(t, identity.Options{})
		_, err = real.Actor(t.Context(), in.Secret)
		is(t, err, fault.NotFound, "sign in again")
	}, func(o *identity.Options) { o.Demo = true })
}

// A real organisation cannot be entered as a demonstration, by whichever switch.
func TestDemoSignIn_NeverToARealOrganisation(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, err := h.DemoSignIn(t.Context(), org, h.secretary, phone)
		is(t, err, fault.Forbidden, "no demonstration")
		_, err = h.DemoPeople(t.Context())
		is(t, err, fault.Forbidden, "no demonstration")

		demo := h.service(t, identity.Options{Demo: true})
		_, err = demo.DemoSignIn(t.Context(), org, h.secretary, phone)
		is(t, err, fault.Forbidden, "is real")
		if list := must[[]identity.DemoPerson](t)(demo.DemoPeople(t.Context())); len(list) != 0 {
			t.Errorf("real people are listed: %d", len(list))
		}
	})
}
