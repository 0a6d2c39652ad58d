package staff_test

import (
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/own/staff"
	"commonweal/internal/schema/schematest"
)

func addPerson(t *testing.T, b *schematest.Base, given, family, email string) string {
	t.Helper()
	var added identity.Person
	_, err := b.Journal.Record(ctx, journal.Fact{Org: wye, Kind: "person.add", Actor: "setup"}, func(tx *journal.Tx) (err error) {
		added, err = identity.AddPerson(ctx, tx, identity.Person{Given: given, Family: family, Email: email})
		return err
	})
	must(t, err)
	return added.ID
}

// everybody is the people of the organisation by email, or by name without one.
func everybody(t *testing.T, b *schematest.Base) map[string]identity.Person {
	t.Helper()
	out := map[string]identity.Person{}
	must(t, b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return identity.EachPerson(ctx, tx, wye, func(p identity.Person) error {
			if p.Email == "" {
				out[p.Name()] = p
			} else {
				out[p.Email] = p
			}
			return nil
		})
	}))
	return out
}

func from(l staff.List, employer string) staff.List {
	l.Employer = employer
	return l
}

// reasonsOf joins what was found about people.
func reasonsOf(p staff.Plan) string {
	var out []string
	for _, m := range p.Matches {
		kind := "doubtful: "
		if m.Certain {
			kind = "certain: "
		}
		out = append(out, m.EmployeeNumber+" "+kind+m.Reason)
	}
	return strings.Join(out, "\n")
}

// Somebody on the lists of both employers of a joint venture, with the same work
// email and name, is one person with two posts.
func TestPeople_JointVenture(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		load(t, s, listOf(t, "2026-11-01", ada, bryn))
		out := load(t, s, from(listOf(t, "2026-11-01", replace(replace(ada, "20400001", "C-17"), "ada.reed@", "Ada.Reed@"), dilys), council))
		if !strings.Contains(reasonsOf(out.Plan), "C-17 certain") {
			t.Errorf("matches: %s", reasonsOf(out.Plan))
		}
		people := everybody(t, b)
		if len(people) != 3 {
			t.Errorf("%d people, want 3: %v", len(people), people)
		}
		history, err := s.History(ctx, wye, people["ada.reed@example.org"].ID)
		must(t, err)
		if len(history) != 2 || history[0].Employer != wye || history[1].Employer != council || history[1].EmployeeNumber != "C-17" {
			t.Errorf("history: %+v", history)
		}
		// Each list speaks for its own employer: leaving one is not leaving the other.
		load(t, s, from(listOf(t, "2026-11-10", dilys), council))
		if got := names(t, s, staff.Filter{Day: date(t, "2026-11-11")}); got != "Bryn at Ferry Lane, Dilys at Alder House, Ada at Ferry Lane" {
			t.Errorf("afterwards: %s", got)
		}
		if got := names(t, s, staff.Filter{Employer: council, Day: date(t, "2026-11-11")}); got != "Dilys at Alder House" {
			t.Errorf("of the council: %s", got)
		}
	})
}

// The same email with another name is reported and not merged, and the address
// stays with who had it.
func TestPeople_DoubtfulIsNotMerged(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		patient := addPerson(t, b, "Wynn", "Hart", "ward3@example.org")
		out := load(t, s, listOf(t, "2026-11-01",
			replace(ada, "ada.reed@", "ward3@"), replace(bryn, "bryn.moss@", "porters@"), replace(carys, "carys.fell@", "porters@")))
		if got := reasonsOf(out.Plan); strings.Count(got, "doubtful") != 2 || strings.Contains(got, "certain") {
			t.Errorf("matches: %s", got)
		}
		people := everybody(t, b)
		if len(people) != 4 || people["ward3@example.org"].ID != patient || people["Ada Reed"].Email != "" {
			t.Errorf("people: %v", people)
		}
		// The staff list itself keeps what it was given.
		if got := names(t, s, staff.Filter{Search: "ward3"}); got != "Ada at Ferry Lane" {
			t.Errorf("by work email: %s", got)
		}
	})
}

// Two numbers of one list with the same name and email are one person.
func TestPeople_TwoNumbers(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		load(t, s, listOf(t, "2026-11-01", ada, replace(ada, "20400001", "20400009")))
		if people := everybody(t, b); len(people) != 1 {
			t.Errorf("people: %v", people)
		}
	})
}

// Somebody who comes back is who they were: by number, or by email and name under
// a new number. By name alone they are somebody new, and that is said.
func TestPeople_ComingBack(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		load(t, s, listOf(t, "2026-08-01", ada, bryn, carys))
		before := everybody(t, b)
		load(t, s, listOf(t, "2026-09-01", dilysBefore))
		noMail := replace(carys, "carys.fell@example.org", "")
		out := load(t, s, listOf(t, "2026-11-01", dilysBefore,
			replace(ada, "06/01/2020", "12/10/2026"),
			replace(replace(bryn, "20400002", "20400012"), "01/09/2024", "12/10/2026"),
			replace(replace(noMail, "20400003", "20400013"), "03/06/2013", "12/10/2026")))
		if out.Import.Joiners != 3 {
			t.Fatalf("joiners: %d", out.Import.Joiners)
		}
		if got := reasonsOf(out.Plan); !strings.Contains(got, "20400012 certain") || !strings.Contains(got, "20400013 doubtful: Someone of the same name left under number 20400003") {
			t.Errorf("matches: %s", got)
		}
		people := everybody(t, b)
		if len(people) != 5 {
			t.Errorf("%d people, want 5", len(people))
		}
		for _, email := range []string{"ada.reed@example.org", "bryn.moss@example.org"} {
			if people[email] != before[email] {
				t.Errorf("%s was somebody else before", email)
			}
		}
		history, err := s.History(ctx, wye, before["ada.reed@example.org"].ID)
		must(t, err)
		if len(history) != 1 || len(history[0].Posts) != 2 || history[0].Posts[0].To != date(t, "2026-09-01") || history[0].Posts[1].From != date(t, "2026-10-12") {
			t.Errorf("history: %+v", history)
		}
	})
}

const dilysBefore = "20400004,Dilys,Penn,dilys.penn@example.org,Nursing and midwifery,Nurse,Alder House,0.80,02/11/2020,,"

// A new name and email are carried over to the person, unless the person has
// changed theirs; an address given up and taken up in one list goes over too.
func TestPeople_CarriedOver(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		load(t, s, listOf(t, "2026-10-01", ada, bryn, carys))
		people := everybody(t, b)
		own := people["carys.fell@example.org"]
		own.Email, own.Given = "carys@home.example", "Caz"
		_, err := b.Journal.Record(ctx, journal.Fact{Org: wye, Kind: "person.change", Actor: own.ID}, func(tx *journal.Tx) error {
			_, err := identity.ChangePerson(ctx, tx, own)
			return err
		})
		must(t, err)

		out := load(t, s, listOf(t, "2026-11-01",
			replace(ada, "Ada,Reed,ada.reed@", "Ada,Reed-Moss,bryn.moss@"),
			replace(bryn, "bryn.moss@", "b.moss@"),
			replace(carys, "Carys,Fell,carys.fell@", "Carys Ann,Fell-Ash,c.fell@")))
		if got := reasonsOf(out.Plan); got != "" {
			t.Errorf("matches: %s", got)
		}
		now := everybody(t, b)
		if p := now["bryn.moss@example.org"]; p.ID != people["ada.reed@example.org"].ID || p.Family != "Reed-Moss" {
			t.Errorf("Ada: %+v", p)
		}
		if p := now["b.moss@example.org"]; p.ID != people["bryn.moss@example.org"].ID {
			t.Errorf("Bryn: %+v", p)
		}
		if p := now["carys@home.example"]; p.ID != own.ID || p.Given != "Caz" || p.Family != "Fell-Ash" {
			t.Errorf("Carys: %+v", p)
		}
		// Two who change places cannot be told from a mistake: neither address moves.
		out = load(t, s, listOf(t, "2026-11-02",
			replace(ada, "Ada,Reed,ada.reed@", "Ada,Reed-Moss,b.moss@"), bryn, replace(carys, "Carys,Fell,carys.fell@", "Carys Ann,Fell-Ash,c.fell@")))
		if got := reasonsOf(out.Plan); strings.Count(got, "doubtful") != 2 {
			t.Errorf("matches: %s", got)
		}
	})
}

// An import of people who are erased treats them as new, and does not fail.
func TestPeople_Erased(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		load(t, s, listOf(t, "2026-08-01", ada, bryn))
		load(t, s, listOf(t, "2026-09-01", bryn))
		id := everybody(t, b)["ada.reed@example.org"].ID
		_, err := b.Journal.Record(ctx, journal.Fact{Org: wye, Kind: "person.erase", Actor: secretary}, func(tx *journal.Tx) error {
			return identity.ErasePerson(ctx, tx, id, date(t, "2026-11-19"), identity.Keep{})
		})
		must(t, err)
		load(t, s, listOf(t, "2026-11-01", replace(ada, "06/01/2020", "12/10/2026"), bryn))
		if p := everybody(t, b)["ada.reed@example.org"]; p.ID == id || p.ID == "" {
			t.Errorf("person: %+v", p)
		}
	})
}
