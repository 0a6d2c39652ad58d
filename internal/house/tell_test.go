package house

import (
	"errors"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/own/member"
)

// Whatever is decided about somebody's membership they are told in the change
// that decides it: what, from when, why, and what to do if it is wrong.
func TestTell_Decisions(t *testing.T) {
	h := newHome(t)
	h.class()
	ann, day := h.person("Ann"), h.today()

	_, err := h.Members.Apply(ctx, ann, "wye", member.Application{Person: ann, Class: "patients", Consent: "v1", Area: "NP16", Effective: day})
	h.ok(err)
	h.one("ann@wye.example", "Your application has arrived", "to join the class Patients and carers", "You get this because you applied for membership.", "To stop messages of this kind")

	_, err = h.Members.Refuse(ctx, h.Secretary, "wye", member.Decision{Person: ann, Effective: day, Reason: "lives elsewhere"})
	h.ok(err)
	h.one("ann@wye.example", "Your application was refused", "The reason given: lives elsewhere", "write to the secretary and say why",
		"The society’s rules say whether you may be heard or appeal", "cannot be turned off")

	_, err = h.Members.Apply(ctx, ann, "wye", member.Application{Person: ann, Class: "patients", Effective: day})
	h.ok(err)
	h.mails()
	_, err = h.Members.Admit(ctx, h.Secretary, "wye", member.Decision{Person: ann, Effective: day})
	h.ok(err)
	h.one("ann@wye.example", "You are a member of Wye Community Health", "Your number: 1", "You have one vote.", "Thursday 19 November 2026", "You may withdraw on that page")

	_, err = h.Members.Expel(ctx, h.Secretary, "wye", member.Decision{Person: ann, Effective: day, Reason: "board minute 12"})
	h.ok(err)
	h.one("ann@wye.example", "Your membership was ended by a decision", "The reason given: board minute 12", "whether you may be heard or appeal")

	file, err := h.Members.File(ctx, "wye", ann)
	h.ok(err)
	_, err = h.Members.Void(ctx, h.Secretary, "wye", ann, file.Facts[len(file.Facts)-1].ID, "the wrong person")
	h.ok(err)
	h.one("ann@wye.example", "was struck out", "the end of membership by a decision", "The reason given: the wrong person", "How you stand now: Admitted on 19 November 2026")

	// What somebody else records in one's name one is told; what one does oneself only where it is an end.
	_, err = h.Members.Withdraw(ctx, h.Secretary, "wye", ann, day)
	h.ok(err)
	h.one("ann@wye.example", "Something was recorded in your name", "withdrawal", "to the secretary and to a director")
	_, err = h.Members.Reinstate(ctx, h.Secretary, "wye", member.Decision{Person: ann, Effective: day, Reason: "she did not ask for it"})
	h.ok(err)
	h.one("ann@wye.example", "You are a member again", "Your number: 1", "she did not ask for it")
	_, err = h.Members.Withdraw(ctx, ann, "wye", ann, day)
	h.ok(err)
	h.one("ann@wye.example", "You have left", "If it was not you")
	_, err = h.Members.GiveArea(ctx, ann, "wye", ann, "NP17", day)
	h.ok(err)
	h.none()
	_, err = h.Members.Die(ctx, h.Secretary, "wye", ann, day)
	h.ok(err)
	h.none()
	if n := h.count(`SELECT COUNT(*) FROM notice n JOIN member_fact f ON f.id = n.about`); n != 9 {
		t.Errorf("%d notices are about a fact; want nine", n)
	}
}

// Each message can be sent: it says why, fits its kind, and has words for every
// fact, whoever recorded it.
func TestTell_EveryFact(t *testing.T) {
	class := &member.Class{Code: "staff", Name: "Staff", Admission: member.Automatic}
	for _, kind := range []member.FactKind{
		member.Applied, member.Admitted, member.Refused, member.OptedOut, member.OptedIn, member.Withdrew, member.Expelled, member.Died,
		member.Reinstated, member.Consented, member.ConsentWithdrawn, member.AreaGiven, member.Voided,
	} {
		for _, by := range []string{"ann", "secretary", member.ByRule} {
			for _, class := range []*member.Class{class, nil} {
				d := member.Decided{Person: "ann", Class: class, Fact: member.Fact{Kind: kind, By: by, Class: "staff"}}
				m, tells := decisionWords{org: "Wye", rules: "The rules"}.message(d)
				if !tells {
					if by != "ann" && kind != member.Died {
						t.Errorf("%s by %s is told to nobody", kind, by)
					}
					continue
				}
				known := false
				for _, k := range kinds {
					known = known || k.Name == m.Kind && k.Statutory == m.Statutory
				}
				if !known || m.Subject == "" || !strings.HasPrefix(m.Reason, "You get this because ") || strings.Contains(m.Reason, "Wye") {
					t.Errorf("%s by %s: %+v", kind, by, m)
				}
				if kind != member.Voided && (strings.Contains(strings.Join(m.Body, " "), string(kind)+" ") && strings.Contains(string(kind), "_")) {
					t.Errorf("%s has no words: %q", kind, m.Body)
				}
			}
		}
	}
}

// Whoever cannot be told by e-mail gets a letter; who was erased gets nothing.
func TestTell_ByPostAndNotAtAll(t *testing.T) {
	h := newHome(t)
	h.class()
	p := h.person("Ann")
	h.ok(h.Identity.CorrectPerson(ctx, h.Secretary, "wye", identity.Person{ID: p, Given: "Ann", Family: "Marsh"}))
	h.mails()
	_, err := h.Members.Apply(ctx, h.Secretary, "wye", member.Application{Person: p, Class: "patients", Consent: "v1", Effective: h.today()})
	h.ok(err)
	_, err = h.Members.Admit(ctx, h.Secretary, "wye", member.Decision{Person: p, Effective: h.today()})
	h.ok(err)
	letters, err := h.Notices.Letters(ctx, "wye")
	h.ok(err)
	if len(letters) != 2 || letters[1].Subject != "You are a member of Wye Community Health" || letters[1].Why != notice.NoEmail {
		t.Errorf("letters: %+v", letters)
	}
	h.none()
}

// Many who are admitted at once are told in that change, each with their own
// number, and by one job.
func TestTell_AdmitAll(t *testing.T) {
	h := newHome(t)
	h.class()
	var list []member.Entrant
	for _, name := range []string{"Ann", "Ben", "Cat", "Dot"} {
		list = append(list, member.Entrant{Person: h.person(name), Class: "patients", Effective: h.today(), Consent: "v1"})
	}
	h.ok(h.Members.AdmitAll(ctx, h.Secretary, "wye", member.Source{}, list))
	if n := h.count(`SELECT COUNT(DISTINCT r.seq) FROM journal_row r WHERE r.tbl IN ('member_fact', 'notice')`); n != 1 {
		t.Errorf("facts and notices stand in %d changes; want one", n)
	}
	if n := h.count(`SELECT COUNT(*) FROM job WHERE kind LIKE 'notice.deliver%'`); n != 1 {
		t.Errorf("%d jobs deliver them; want one", n)
	}
	numbers := map[string]bool{}
	for _, m := range h.mails() {
		_, rest, _ := strings.Cut(m, "Your number: ")
		numbers[rest[:1]] = true
	}
	if len(numbers) != 4 {
		t.Errorf("numbers told: %v", numbers)
	}
}

// Whom the rules make a member they write to once: with the number, and how to
// opt out. Those who were members are left alone the next night.
func TestTell_ByRule(t *testing.T) {
	h := newHome(t)
	h.class(func(c *member.Class) {
		c.Code, c.Name, c.Kind, c.Admission, c.Leaving, c.Eligibility = "staff", "Staff", member.Staff, member.Automatic, member.EmploymentEnds, `category == "permanent"`
	})
	h.load(40)
	h.work() // the import asked for those who are members now to be enrolled
	enrolled := h.count(`SELECT COUNT(*) FROM member_fact WHERE kind = 'admit' AND decided_by = 'rule'`)
	if enrolled == 0 {
		t.Fatal("nobody is a member after the import")
	}
	told := func() int { return h.count(`SELECT COUNT(*) FROM notice WHERE kind = 'member.admitted'`) }
	if told() != enrolled {
		t.Fatalf("%d were told; want %d", told(), enrolled)
	}
	mail := strings.Join(strings.Fields(h.mails()[0]), " ")
	for _, s := range []string{"You did not have to apply: rule 7 takes in everybody whom it fits", "Your number: ", "You may opt out on that page at any time"} {
		if !strings.Contains(mail, s) {
			t.Errorf("the mail does not say %q:\n%s", s, mail)
		}
	}
	h.load(40)
	h.ok(h.Nightly(ctx))
	if told() != enrolled {
		t.Errorf("%d were told after a second night; want %d", told(), enrolled)
	}
	h.none()
}

// More than can be told in one change are told by a job that the change leaves
// behind. Wherever it is stopped it goes on, and nobody is told twice.
func TestTell_Later(t *testing.T) {
	h := newHome(t)
	h.atOnce = 10
	h.class(func(c *member.Class) {
		c.Code, c.Name, c.Kind, c.Admission, c.Leaving, c.Eligibility = "staff", "Staff", member.Staff, member.Automatic, member.EmploymentEnds, ""
	})
	h.load(60)
	_, err := h.Members.Enrol(ctx, "wye", h.today())
	h.ok(err)
	enrolled := h.count(`SELECT COUNT(*) FROM member_fact WHERE kind = 'admit'`)
	if n := h.count(`SELECT COUNT(*) FROM notice WHERE kind = 'member.admitted'`); n != 0 || enrolled <= h.atOnce {
		t.Fatalf("%d of %d were told at once", n, enrolled)
	}
	// A process that was killed after some of them: they have their notice already.
	all, err := h.Members.AdmittedAt(ctx, "wye", h.at("member.enrolled"), "", 7)
	h.ok(err)
	_, err = h.Journal.Record(ctx, journal.Fact{Org: "wye", Kind: "member.told", Actor: member.ByRule}, func(tx *journal.Tx) error {
		return h.sendDecided(ctx, tx, all)
	})
	h.ok(err)
	h.work()
	h.ok(h.tellLater(ctx, jobs.Job{Payload: "wye " + h.at("member.enrolled")})) // the same job once more
	if n := h.count(`SELECT COUNT(*) FROM notice WHERE kind = 'member.admitted'`); n != enrolled {
		t.Errorf("%d notices; want %d", n, enrolled)
	}
	if n := h.count(`SELECT COUNT(DISTINCT about) FROM notice WHERE kind = 'member.admitted'`); n != enrolled {
		t.Errorf("%d were told; want %d", n, enrolled)
	}
	if err := h.tellLater(ctx, jobs.Job{Payload: "wye"}); err == nil || errors.Is(err, journal.ErrNothing) {
		t.Errorf("a job that names no change: %v", err)
	}
}

// at is the instant of the only entry of a kind.
func (h *home) at(kind string) (at string) {
	h.t.Helper()
	entries, err := h.Journal.Entries(ctx, "wye", 0, 100)
	h.ok(err)
	for _, e := range entries {
		if e.Kind == kind {
			at = e.At
		}
	}
	return at
}

// A kind that may be muted goes the way that the person chose: at once, with
// Monday's mail, or not at all.
func TestTell_AsChosen(t *testing.T) {
	h := newHome(t)
	h.class()
	for _, c := range []struct {
		name   string
		choice notice.Choice
		now    int
		monday int
	}{
		{"Ann", notice.Usual, 1, 0},
		{"Ben", notice.Now, 1, 0},
		{"Cat", notice.Weekly, 0, 1},
		{"Dot", notice.Never, 0, 0},
	} {
		h.Clock.Set(h.Clock.Now().AddDate(0, 0, 7))
		h.mails() // whatever the week brought
		p := h.person(c.name)
		h.ok(h.Notices.SetPreference(ctx, "wye", p, kindApplied, c.choice))
		_, err := h.Members.Apply(ctx, p, "wye", member.Application{Person: p, Class: "patients", Consent: "v1", Effective: h.today()})
		h.ok(err)
		if got := len(h.to(c.name)); got != c.now {
			t.Errorf("%s: %d mails at once; want %d", c.name, got, c.now)
		}
		h.Clock.Set(time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC).AddDate(0, 0, 7*weeks(h.Clock.Now())))
		got := h.to(c.name)
		if len(got) != c.monday {
			t.Errorf("%s: %d mails on Monday; want %d", c.name, len(got), c.monday)
		}
		for _, m := range got {
			if !strings.Contains(m, "This week at Wye Community Health: one thing") || !strings.Contains(m, "Your application has arrived") {
				t.Errorf("%s: the digest is\n%s", c.name, m)
			}
		}
	}
}

// weeks is how many Mondays after 23 November 2026 the next one is.
func weeks(now time.Time) int {
	n := 0
	for !time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC).AddDate(0, 0, 7*n).After(now) {
		n++
	}
	return n
}

// to are the mails since the last look that went to somebody.
func (h *home) to(given string) (out []string) {
	for _, m := range h.mails() {
		if strings.Contains(m, strings.ToLower(given)+"@wye.example") {
			out = append(out, m)
		}
	}
	return out
}
