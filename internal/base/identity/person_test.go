package identity_test

import (
	"fmt"
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// A staff list adds its people inside its own one change.
func TestAddPerson_ManyInOneChange(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		const n = 450 // more than two chunks of a lookup
		var ids, emails []string
		entry, err := h.Journal.Record(t.Context(), journal.Fact{Org: org, Kind: "staff.import", Actor: h.secretary}, func(tx *journal.Tx) error {
			ids, emails = nil, nil
			for i := range n {
				p, err := identity.AddPerson(t.Context(), tx, identity.Person{
					Given: "Bram", Family: fmt.Sprintf("Tarn-%d", i), Email: fmt.Sprintf("Bram.Tarn%d@Harbour.Example", i),
				})
				if err != nil {
					return err
				}
				ids, emails = append(ids, p.ID), append(emails, p.Email)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if entry.Seq != 1 {
			t.Errorf("entry %d", entry.Seq)
		}
		err = h.Journal.DB().Read(t.Context(), func(tx *db.Tx) error {
			byID, err := identity.PeopleByID(t.Context(), tx, org, append(ids, "nobody"))
			if err != nil {
				return err
			}
			byEmail, err := identity.PeopleByEmail(t.Context(), tx, org, emails)
			if err != nil {
				return err
			}
			if len(byID) != n || len(byEmail) != n || byID[ids[7]] != byEmail[emails[7]] || byID[ids[7]].Name() != "Bram Tarn-7" {
				t.Errorf("found %d by id, %d by e-mail, %+v", len(byID), len(byEmail), byID[ids[7]])
			}
			for _, many := range []int{1, 2, 10, 11, 200, 201} {
				some, err := identity.PeopleByID(t.Context(), tx, org, ids[:many])
				if err != nil || len(some) != many {
					t.Errorf("found %d of %d by id, %v", len(some), many, err)
				}
			}
			count := 0
			err = identity.EachPerson(t.Context(), tx, org, func(identity.Person) error { count++; return nil })
			if count != n+1 { // and the secretary
				t.Errorf("%d people", count)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if other := must[map[string]identity.Person](t)(h.People(t.Context(), "elsewhere", ids)); len(other) != 0 {
			t.Error("people of one organisation are found in another")
		}
	})
}

func TestPersonByEmail_FoldsCase(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		p := must[identity.Person](t)(h.PersonByEmail(t.Context(), org, " Una.SILL@harbour.example "))
		if p.ID != h.secretary {
			t.Errorf("got %s", p.ID)
		}
		_, err := h.PersonByEmail(t.Context(), org, "bram.tarn@harbour.example")
		is(t, err, fault.NotFound, "nobody")
		_, err = h.NewPerson(t.Context(), h.secretary, org, identity.Person{Given: "Una", Email: "UNA.sill@harbour.example"})
		is(t, err, fault.Conflict, "same e-mail address")
	})
}

func TestFindPeople(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.person(t, "Bram", "Tarn", "bram.tarn@harbour.example")
		h.person(t, "Brida", "O_Tarn", "")
		cases := []struct {
			query string
			want  int
			why   string
		}{
			{"ta", 1, "the beginning of a family name"},
			{"BRAM tarn", 1, "each word counts, in any case"},
			{"tarn bram", 1, "in any order"},
			{"br", 2, "the beginning of a given name"},
			{"bram.t", 1, "the beginning of an address"},
			{"_", 0, "a wildcard is a letter"},
			{"o_", 1, "and is found as one"},
			{"%", 0, "so is the other"},
			{" ", 0, "nothing asked, nobody found"},
		}
		for _, c := range cases {
			if got := must[[]identity.Person](t)(h.FindPeople(t.Context(), org, c.query, 10)); len(got) != c.want {
				t.Errorf("%q (%s): found %d, want %d", c.query, c.why, len(got), c.want)
			}
		}
	})
}

func TestChangePerson(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		in := h.signIn(t, secretaryEmail, phone)
		p := must[identity.Person](t)(h.Person(t.Context(), org, h.secretary))
		before := h.size(t)

		p.Family = "  Sill-Tarn "
		if err := h.CorrectPerson(t.Context(), h.secretary, org, p); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Actor(t.Context(), in.Secret); err != nil {
			t.Errorf("a change of name ended the session: %v", err)
		}
		if err := h.CorrectPerson(t.Context(), h.secretary, org, p); err != nil {
			t.Fatal(err)
		}
		if got := h.size(t); got != before+1 {
			t.Errorf("%d entries for one change", got-before)
		}

		challenge := must[string](t)(h.RequestCode(t.Context(), org, secretaryEmail, phone))
		h.Wait()
		p.Email = "una.tarn@harbour.example" // the way in has changed
		if err := h.CorrectPerson(t.Context(), h.secretary, org, p); err != nil {
			t.Fatal(err)
		}
		_, err := h.SignInWithCode(t.Context(), challenge, h.letters.last(t).code, phone)
		is(t, err, fault.Invalid, "not right") // it went to the old address
		_, err = h.Actor(t.Context(), in.Secret)
		is(t, err, fault.NotFound, "sign in again")

		other := h.person(t, "Bram", "Tarn", "bram.tarn@harbour.example")
		p.ID = other
		is(t, h.CorrectPerson(t.Context(), h.secretary, org, p), fault.Conflict, "same e-mail address")
		p.ID = "nobody"
		is(t, h.CorrectPerson(t.Context(), h.secretary, org, p), fault.NotFound, "there is no person")
	})
}

// Erasure takes the details out of the tables and the record and leaves what
// the law wants kept; the record still checks (see schematest.Verify).
func TestErasePerson(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		id := h.person(t, "Bram", "Tarn", "bram.tarn@harbour.example")
		office := must[identity.Appointment](t)(h.Appoint(t.Context(), h.secretary, identity.Appointment{Org: org, Person: id, Role: policy.Director}))
		_, token, err := h.CreateToken(t.Context(), org, id, "Bram's report", []string{"read:rules"}, law.NewDate(2027, 1, 1))
		if err != nil {
			t.Fatal(err)
		}
		erase := func(keep identity.Keep) error {
			_, err := h.Journal.Record(t.Context(), journal.Fact{Org: org, Kind: "person.erase", Actor: h.secretary}, func(tx *journal.Tx) error {
				return identity.ErasePerson(t.Context(), tx, id, law.Today(h.World.Now()), keep)
			})
			return err
		}
		is(t, erase(identity.Keep{}), fault.Conflict, "end the appointment first")
		if err := h.EndAppointment(t.Context(), h.secretary, org, office.ID, law.Date{}); err != nil {
			t.Fatal(err)
		}
		is(t, erase(identity.Keep{Name: true}), fault.Invalid, "no rule says why")
		in := h.signIn(t, "bram.tarn@harbour.example", phone)

		if err := erase(identity.Keep{Name: true, Rule: "register.society.kept"}); err != nil {
			t.Fatal(err)
		}
		p := must[identity.Person](t)(h.Person(t.Context(), org, id))
		if p.Name() != "Bram Tarn" || p.Email != "" || p.Erased == "" {
			t.Errorf("after erasing all but the name: %+v", p)
		}
		h.Clock.Advance(1)
		if err := erase(identity.Keep{}); err != nil {
			t.Fatal(err)
		}
		p = must[identity.Person](t)(h.Person(t.Context(), org, id))
		if strings.Contains(p.Name(), "Bram") || p.Given+p.Family+p.Email+p.PostalAddress != "" {
			t.Errorf("after erasing everything: %+v", p)
		}
		if _, err := h.Actor(t.Context(), in.Secret); !fault.Is(err, fault.NotFound) {
			t.Error("an erased person is still signed in")
		}
		list := must[[]identity.Token](t)(h.Tokens(t.Context(), org, id))
		if len(list) != 1 || list[0].ID != token.ID || list[0].Label != "" || list[0].Revoked == "" {
			t.Errorf("tokens after erasing: %+v", list)
		}
		if n := count(t, h, `SELECT COUNT(*) FROM journal_row WHERE value IS NOT NULL AND CAST(value AS TEXT) LIKE '%Tarn%'`); n != 0 {
			t.Errorf("%d rows of the record still name them", n)
		}
		is(t, h.CorrectPerson(t.Context(), h.secretary, org, identity.Person{ID: id, Given: "Bram"}), fault.Conflict, "erased")
		_, err = h.Appoint(t.Context(), h.secretary, identity.Appointment{Org: org, Person: id, Role: policy.Director})
		is(t, err, fault.Conflict, "erased")
	})
}

func count(t *testing.T, h *house, query string, args ...any) (n int) {
	t.Helper()
	err := h.Journal.DB().Read(t.Context(), func(tx *db.Tx) error {
		if tx.Engine() == db.Postgres {
			query = strings.ReplaceAll(query, "CAST(value AS TEXT)", "convert_from(value, 'UTF8')")
		}
		return tx.QueryRow(t.Context(), query, args...).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func FuzzParseEmail(f *testing.F) {
	for _, s := range []string{
		"una@harbour.example", " UNA@Harbour.Example ", "una", "a@b", "<una@harbour.example>", "Una <una@harbour.example>",
		"una@harbour.example, bram@harbour.example", "una@harbour.example\r\nBcc: x@y.z", `"a b"@c.de`, "a@b.", "a@@b.c", "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		email, err := identity.ParseEmail(s)
		if err != nil {
			return
		}
		if strings.ContainsAny(email, " \r\n,<>") {
			t.Errorf("%q is read as %q, which a mail header would not bear", s, email)
		}
		if again, err := identity.ParseEmail(email); err != nil || again != email {
			t.Errorf("%q is read as %q and that as %q: %v", s, email, again, err)
		}
	})
}
