package identity_test

import (
	"slices"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// An office is held from its first day until the day it ends, which is the
// first day without it.
func TestRolesOn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		id := h.person(t, "Bram", "Tarn", "")
		for _, a := range []identity.Appointment{
			{Role: policy.Director, Starts: law.NewDate(2026, 1, 1), Ends: law.NewDate(2026, 7, 1)},
			{Role: policy.Director, Starts: law.NewDate(2026, 7, 1)}, // again at once: no overlap
			{Role: policy.Trustee, Scope: "election-1", Starts: law.NewDate(2026, 12, 1)},
			{Role: policy.Trustee, Scope: "election-2", Starts: law.NewDate(2026, 12, 1)},
		} {
			a.Org, a.Person = org, id
			if _, err := h.Appoint(t.Context(), h.secretary, a); err != nil {
				t.Fatal(err)
			}
		}
		cases := []struct {
			day  law.Date
			want []policy.Role
			why  string
		}{
			{law.NewDate(2025, 12, 31), nil, "the day before the first"},
			{law.NewDate(2026, 1, 1), []policy.Role{policy.Director}, "the first day"},
			{law.NewDate(2026, 7, 1), []policy.Role{policy.Director}, "where two terms meet"},
			{law.NewDate(2026, 11, 19), []policy.Role{policy.Director}, "today"},
			{law.NewDate(2026, 12, 1), []policy.Role{policy.Director, policy.Trustee}, "a role with two scopes is there once"},
		}
		for _, c := range cases {
			if got := must[[]policy.Role](t)(h.RolesOn(t.Context(), org, id, c.day)); !slices.Equal(got, c.want) {
				t.Errorf("%s (%s): got %v, want %v", c.day, c.why, got, c.want)
			}
		}
		holders := must[[]identity.Person](t)(h.Holders(t.Context(), org, policy.Director, law.NewDate(2026, 8, 1)))
		if len(holders) != 1 || holders[0].ID != id {
			t.Errorf("directors: %+v", holders)
		}
		if all := must[[]identity.Appointment](t)(h.Appointments(t.Context(), org)); len(all) != 5 {
			t.Errorf("%d appointments", len(all))
		}
	})
}

func TestAppoint_Refuses(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		bram := h.person(t, "Bram", "Tarn", "")
		cases := []struct {
			name   string
			by     string
			person string
			role   policy.Role
			starts law.Date
			kind   fault.Kind
			words  string
		}{
			{"nobody appoints themselves", h.secretary, h.secretary, policy.EngagementLead, law.Date{}, fault.Forbidden, "cannot appoint themselves"},
			{"not even where the role is free", bram, bram, policy.Director, law.Date{}, fault.Forbidden, "cannot appoint themselves"},
			{"membership is no office", h.secretary, bram, policy.Member, law.Date{}, fault.Invalid, "nobody can be appointed"},
			{"a role that is not there", h.secretary, bram, "chieftain", law.Date{}, fault.Invalid, "nobody can be appointed"},
			{"a mutual does not appoint who rules the machine", h.secretary, bram, policy.PlatformAdministrator, law.Date{}, fault.Invalid, "has no platform administrator"},
			{"the secretary is no keyholder", bram, h.secretary, policy.Trustee, law.Date{}, fault.Conflict, "held apart"},
			{"nor later, while there is no end", bram, h.secretary, policy.Trustee, law.NewDate(2030, 1, 1), fault.Conflict, "held apart"},
			{"nor do they watch themselves", bram, h.secretary, policy.Scrutineer, law.Date{}, fault.Conflict, "does not keep them"},
			{"once is enough", bram, h.secretary, policy.Secretary, law.Date{}, fault.Conflict, "already"},
			{"nobody of this id is here", h.secretary, "nobody", policy.Director, law.Date{}, fault.NotFound, "there is no person"},
		}
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				_, err := h.Appoint(t.Context(), c.by, identity.Appointment{Org: org, Person: c.person, Role: c.role, Starts: c.starts})
				is(t, err, c.kind, c.words)
			})
		}
		_, err := h.Appoint(t.Context(), h.secretary, identity.Appointment{
			Org: org, Person: bram, Role: policy.Director, Starts: law.NewDate(2027, 1, 1), Ends: law.NewDate(2027, 1, 1),
		})
		is(t, err, fault.Invalid, "would end on")
		_, err = h.Appoint(t.Context(), h.secretary, identity.Appointment{
			Org: org, Person: h.secretary, Role: policy.Trustee, Starts: law.NewDate(2025, 1, 1), Ends: law.NewDate(2026, 1, 1),
		})
		is(t, err, fault.Forbidden, "themselves") // the dates do not matter
		if _, err := h.Appoint(t.Context(), bram, identity.Appointment{
			Org: org, Person: h.secretary, Role: policy.Trustee, Starts: law.NewDate(2025, 1, 1), Ends: law.NewDate(2026, 1, 1),
		}); err != nil {
			t.Errorf("roles that clash may be held one after the other: %v", err)
		}
	})
}

// Who runs the machine holds no office in any organisation on it, as far as
// their e-mail address tells who they are.
func TestAppoint_PlatformAdministratorHoldsNoOfficeElsewhere(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, ids, err := h.CreateOrganisation(t.Context(), "setup", identity.Organisation{ID: "platform", Name: "The machine", Kind: identity.Platform},
			identity.Setup{Person: identity.Person{Given: "Bram", Family: "Tarn", Email: "bram@machine.example"}, Role: policy.PlatformAdministrator})
		if err != nil {
			t.Fatal(err)
		}
		bram := h.person(t, "Bram", "Tarn", "Bram@Machine.example")
		_, err = h.Appoint(t.Context(), h.secretary, identity.Appointment{Org: org, Person: bram, Role: policy.Director})
		is(t, err, fault.Conflict, "while they are platform administrator elsewhere")
		who := must[policy.Actor](t)(h.ActorOf(t.Context(), "platform", ids[0]))
		if !policy.Allow(who, policy.MachineView, policy.Resource{}).Allowed || policy.Allow(who, policy.RegisterView, policy.Resource{Org: org}).Allowed {
			t.Error("the platform administrator sees the register and not the machine")
		}
		_, _, err = h.CreateOrganisation(t.Context(), ids[0], identity.Organisation{ID: "meadow", Name: "Meadow", Kind: identity.Mutual},
			identity.Setup{Person: identity.Person{Given: "Bram", Family: "Tarn", Email: "bram@machine.example"}, Role: policy.Secretary})
		is(t, err, fault.Conflict, "holds no office")
	})
}

func TestEndAppointment(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		today := law.Today(h.World.Now())
		bram := h.person(t, "Bram", "Tarn", "bram.tarn@harbour.example")
		a := must[identity.Appointment](t)(h.Appoint(t.Context(), h.secretary, identity.Appointment{Org: org, Person: bram, Role: policy.Director}))
		later := must[identity.Appointment](t)(h.Appoint(t.Context(), h.secretary,
			identity.Appointment{Org: org, Person: bram, Role: policy.StaffSide, Starts: today.AddDays(30)}))
		in := h.signIn(t, "bram.tarn@harbour.example", phone)

		is(t, h.EndAppointment(t.Context(), h.secretary, org, a.ID, today.AddDays(-1)), fault.Invalid, "past")
		is(t, h.EndAppointment(t.Context(), h.secretary, org, "nothing", today), fault.NotFound, "no appointment")
		is(t, h.EndAppointment(t.Context(), h.secretary, "elsewhere", a.ID, today), fault.NotFound, "no appointment")
		if err := h.EndAppointment(t.Context(), h.secretary, org, a.ID, law.Date{}); err != nil {
			t.Fatal(err)
		}
		is(t, h.EndAppointment(t.Context(), h.secretary, org, a.ID, today), fault.Conflict, "already")
		if _, err := h.Actor(t.Context(), in.Secret); !fault.Is(err, fault.NotFound) {
			t.Error("a session outlived the office")
		}
		if got := must[[]policy.Role](t)(h.RolesOn(t.Context(), org, bram, today)); len(got) != 0 {
			t.Errorf("still %v", got)
		}
		if err := h.EndAppointment(t.Context(), bram, org, later.ID, today); err != nil { // gives it up before it begins
			t.Fatal(err)
		}
		if got := must[[]policy.Role](t)(h.RolesOn(t.Context(), org, bram, today.AddDays(40))); len(got) != 0 {
			t.Errorf("an office given up before its first day is held: %v", got)
		}
		list := must[[]identity.Appointment](t)(h.AppointmentsOf(t.Context(), org, bram))
		if len(list) != 2 || list[0].Ended != h.secretary || list[1].Ended != bram {
			t.Errorf("who ended what is not there: %+v", list)
		}
	})
}
