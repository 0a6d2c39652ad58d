package identity_test

import (
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

func TestCreateOrganisation_MakesTheFirstEntry(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		o := must[identity.Organisation](t)(h.Organisation(t.Context(), org))
		if o.ODS != "NQ9" || o.Invented || o.Opened.String() != "2026-11-19" {
			t.Errorf("got %+v", o)
		}
		if n := h.size(t); n != 1 {
			t.Errorf("the record has %d entries", n)
		}
		roles := must[[]policy.Role](t)(h.RolesOn(t.Context(), org, h.secretary, o.Opened))
		if len(roles) != 1 || roles[0] != policy.Secretary {
			t.Errorf("the first officer has the roles %v", roles)
		}
		_, _, err := h.CreateOrganisation(t.Context(), "setup", identity.Organisation{ID: org, Name: "Another", Kind: identity.Mutual})
		is(t, err, fault.Conflict, "taken")
	})
}

func TestCreateOrganisation_Refuses(t *testing.T) {
	good := identity.Organisation{ID: "meadow", Name: "Meadow Care", Kind: identity.Mutual}
	cases := []struct {
		name  string
		alter func(*identity.Organisation)
		field string
	}{
		{"a code with capitals: it is part of addresses", func(o *identity.Organisation) { o.ID = "Meadow" }, "code"},
		{"a code that names somebody else in the record", func(o *identity.Organisation) { o.ID = "setup" }, "code"},
		{"no name", func(o *identity.Organisation) { o.Name = "  " }, "name"},
		{"an unheard-of kind", func(o *identity.Organisation) { o.Kind = "guild" }, "kind"},
		{"an ODS code with a space", func(o *identity.Organisation) { o.ODS = "RY 9" }, "ods"},
		{"an ODS code too short", func(o *identity.Organisation) { o.ODS = "R9" }, "ods"},
		{"a legal form that is no id", func(o *identity.Organisation) { o.LegalForm = "Society!" }, "legal_form"},
		{"a parent that is not there", func(o *identity.Organisation) { o.Parent = "nobody" }, "parent"},
		{"closing before opening", func(o *identity.Organisation) { o.Closed = law.NewDate(2020, 1, 1) }, "closed"},
	}
	each(t, func(t *testing.T, h *house) {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				o := good
				c.alter(&o)
				_, _, err := h.CreateOrganisation(t.Context(), "setup", o)
				is(t, err, fault.Invalid, "")
				if got := fault.FieldOf(err); got != c.field {
					t.Errorf("the fault is about %q", got)
				}
			})
		}
		_, _, err := h.CreateOrganisation(t.Context(), "setup", good,
			identity.Setup{Person: identity.Person{Given: "Bram"}, Role: policy.Secretary})
		is(t, err, fault.Invalid, "e-mail")
		_, _, err = h.CreateOrganisation(t.Context(), "setup", good,
			identity.Setup{Person: identity.Person{Given: "Bram", Email: "b@meadow.example"}, Role: policy.PlatformAdministrator})
		is(t, err, fault.Invalid, "has no platform administrator")
		if _, err := h.Organisation(t.Context(), "meadow"); !fault.Is(err, fault.NotFound) {
			t.Error("a refused organisation is there")
		}
	})
}

func TestChangeOrganisation(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		o := must[identity.Organisation](t)(h.Organisation(t.Context(), org))
		o.Brand = identity.Brand{Name: "Harbour", Colour: "#14465c"}
		o.RegisteredNo = "31234R"
		for range 2 { // the second time there is nothing to change
			if err := h.ChangeOrganisation(t.Context(), h.secretary, o); err != nil {
				t.Fatal(err)
			}
		}
		if got := must[identity.Organisation](t)(h.Organisation(t.Context(), org)); got != o {
			t.Errorf("got %+v, want %+v", got, o)
		}
		if n := h.size(t); n != 2 {
			t.Errorf("the record has %d entries, not 2", n)
		}
		byODS := must[[]identity.Organisation](t)(h.OrganisationsByODS(t.Context(), "NQ9"))
		if all := must[[]identity.Organisation](t)(h.Organisations(t.Context())); len(all) != 1 || len(byODS) != 1 || all[0] != byODS[0] {
			t.Errorf("listed %+v, by ODS code %+v", all, byODS)
		}
		o.Kind = identity.Body
		is(t, h.ChangeOrganisation(t.Context(), h.secretary, o), fault.Invalid, "stays one")
		o.ID = "nobody"
		is(t, h.ChangeOrganisation(t.Context(), h.secretary, o), fault.NotFound, "")
	})
}

// A closed organisation has no sessions, and nobody signs in to it.
func TestClosedOrganisationHasNoSessions(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		in := h.signIn(t, secretaryEmail, phone)
		o := must[identity.Organisation](t)(h.Organisation(t.Context(), org))
		o.Closed = law.NewDate(2026, 11, 19)
		if err := h.ChangeOrganisation(t.Context(), "setup", o); err != nil {
			t.Fatal(err)
		}
		_, err := h.Actor(t.Context(), in.Secret)
		is(t, err, fault.NotFound, "sign in again")
		sent := len(h.letters.sent)
		challenge := must[string](t)(h.RequestCode(t.Context(), org, secretaryEmail, phone))
		h.Wait()
		if challenge == "" || len(h.letters.sent) != sent {
			t.Error("a closed organisation sends codes, or answers otherwise than before")
		}
	})
}

func FuzzParseODS(f *testing.F) {
	for _, s := range []string{"RY9", " nqv ", "R", "RY9 01", "é12", strings.Repeat("A", 11), ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		code, err := identity.ParseODS(s)
		if err != nil {
			return
		}
		if again, err := identity.ParseODS(code); err != nil || again != code {
			t.Errorf("%q is read as %q and that as %q: %v", s, code, again, err)
		}
	})
}
