package action_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/listen/action"
	"commonweal/internal/schema/schematest"
)

// An action goes its whole way, and every step of it stays: what it was first due, who
// owned it, and why its day was moved.
func TestService_WholeWay(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		a := m.agree(nil)
		if mails := m.post(); len(mails) != 1 || !strings.Contains(mails[0], "owen@wye.example") || !strings.Contains(mails[0], a.Path()) {
			t.Errorf("the owner was told %d times: %v", len(mails), mails)
		}
		l := m.one(a.ID)
		if l.Number != 1 || l.Status.State != action.Waiting || l.Status.Sentence != "Due on 18 December." || l.Agreed != day("2026-11-19") {
			t.Errorf("%+v", l)
		}
		m.must(m.take(action.Take{Action: a.ID, Kind: action.Begun}))
		m.must(m.take(action.Take{Action: a.ID, Kind: action.Reported, Note: "Two nurses are named.\r\nThey begin in January."}))
		m.must(m.take(action.Take{Action: a.ID, Kind: action.Moved, Note: "They begin in January.", Due: day("2027-01-29")}))
		other := m.person("Ada")
		m.must(m.take(action.Take{Action: a.ID, Kind: action.Handed, Owner: other}))
		if mails := m.post(); len(mails) != 1 || !strings.Contains(mails[0], "ada@wye.example") {
			t.Errorf("the new owner was told %d times", len(mails))
		}
		m.on("2027-02-03")
		if st := m.one(a.ID).Status; !st.Overdue || st.Late != 5 || st.Moves != 1 || st.Sentence != "Overdue: it was due on 29 January, 5 days ago." {
			t.Errorf("%+v", st)
		}
		m.must(m.take(action.Take{Action: a.ID, Kind: action.Done, Note: "Breaks are covered on every list."}))
		l = m.one(a.ID)
		if l.Status.Overdue || l.Status.State != action.Ended || l.Status.Late != 5 || l.FirstDue != day("2026-12-18") || l.Owner != other {
			t.Errorf("%+v", l)
		}
		var kinds []action.StepKind
		for _, s := range l.Steps {
			kinds = append(kinds, s.Kind)
		}
		want := []action.StepKind{action.Agreed, action.Begun, action.Reported, action.Moved, action.Handed, action.Done}
		if !slices.Equal(kinds, want) || l.Steps[0].Owner != m.owner || l.Steps[0].Due != day("2026-12-18") {
			t.Errorf("%v: %+v", kinds, l.Steps)
		}
		m.must(m.take(action.Take{Action: a.ID, Kind: action.Reopened, Note: "It stopped in March.", Due: day("2027-05-01")}))
		if st := m.one(a.ID).Status; st.Over() || st.Overdue || st.State != action.Running {
			t.Errorf("%+v", st)
		}
	})
}

// Each step asks for what the members who read it need, and for nothing else.
func TestService_TakeRefuses(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		a := m.agree(nil)
		for _, c := range []struct {
			name  string
			take  action.Take
			field string
			says  string
		}{
			{"a report without a word", action.Take{Kind: action.Reported, Note: " \n"}, "note", "say what was done"},
			{"done without a word", action.Take{Kind: action.Done}, "note", "say what was done"},
			{"given up without a reason", action.Take{Kind: action.NotDone}, "note", "say why"},
			{"moved without a reason", action.Take{Kind: action.Moved, Due: day("2027-01-01")}, "note", "say why"},
			{"moved to the same day", action.Take{Kind: action.Moved, Note: "x", Due: day("2026-12-18")}, "due", "already"},
			{"moved into the past", action.Take{Kind: action.Moved, Note: "x", Due: day("2026-11-18")}, "due", "is over"},
			{"moved beyond two years", action.Take{Kind: action.Moved, Note: "x", Due: day("2028-11-20")}, "due", "more than 2 years"},
			{"moved to no day", action.Take{Kind: action.Moved, Note: "x"}, "due", "choose the day"},
			{"handed to nobody", action.Take{Kind: action.Handed}, "owner", "choose who"},
			{"handed to its owner", action.Take{Kind: action.Handed, Owner: m.owner}, "owner", "own it already"},
			{"handed to a stranger", action.Take{Kind: action.Handed, Owner: "nobody"}, "owner", "there is nobody"},
			{"a step of the system's", action.Take{Kind: action.Escalated}, "kind", "no step"},
			{"deleted", action.Take{Kind: "deleted"}, "kind", "no step"},
			{"too long", action.Take{Kind: action.Reported, Note: strings.Repeat("é", 2001)}, "note", "at most"},
		} {
			t.Run(c.name, func(t *testing.T) {
				c.take.Action = a.ID
				err := m.take(c.take)
				refused(t, err, fault.Invalid, c.says)
				if fault.FieldOf(err) != c.field {
					t.Errorf("the field is %q", fault.FieldOf(err))
				}
			})
		}
		refused(t, m.take(action.Take{Action: a.ID, Kind: action.Reopened, Note: "x", Due: day("2027-01-01")}), fault.Conflict, "has not ended")
		refused(t, m.take(action.Take{Action: "nothing", Kind: action.Begun}), fault.NotFound, "")
		m.must(m.take(action.Take{Action: a.ID, Kind: action.NotDone, Note: "The ward closes."}))
		refused(t, m.take(action.Take{Action: a.ID, Kind: action.Done, Note: "x"}), fault.Conflict, "reopen it first")
		if got := m.one(a.ID).Status; got.State != action.Given || got.Last.Note != "The ward closes." {
			t.Errorf("%+v", got)
		}
	})
}

func TestService_AgreeRefuses(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		for _, c := range []struct {
			name   string
			change func(*action.Draft)
			field  string
		}{
			{"no finding", func(d *action.Draft) { d.Wave = "" }, "finding"},
			{"a finding about nothing that is known", func(d *action.Draft) { d.About = "weather" }, "finding"},
			{"a score without saying which", func(d *action.Draft) { d.ID = "" }, "finding"},
			{"no title", func(d *action.Draft) { d.Title = "\t" }, "title"},
			{"nothing that will be done", func(d *action.Draft) { d.Doing = "" }, "doing"},
			{"nobody who does it", func(d *action.Draft) { d.Owner = "" }, "owner"},
			{"somebody who is not here", func(d *action.Draft) { d.Owner = "x" }, "owner"},
			{"a day that is over", func(d *action.Draft) { d.Due = day("2026-11-18") }, "due"},
		} {
			t.Run(c.name, func(t *testing.T) {
				d := m.draft()
				c.change(&d)
				_, err := m.svc.Agree(ctx, m.lead, org, d)
				refused(t, err, fault.Invalid, "")
				if fault.FieldOf(err) != c.field {
					t.Errorf("%v is about %q", err, fault.FieldOf(err))
				}
			})
		}
		if list, err := m.svc.All(ctx, org); err != nil || len(list) != 0 {
			t.Errorf("%v, %v", list, err)
		}
	})
}

// Nobody learns from a count what one of few said, and the record does not name who
// said it.
func TestService_Say(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		a := m.agree(nil)
		say := func(who string, says action.Says, text string) {
			t.Helper()
			m.must(m.svc.Say(ctx, org, who, a.ID, action.Word{Says: says, Text: text}))
		}
		for i := range 9 {
			say(fmt.Sprintf("p%d", i), action.Helped, "")
		}
		if got := m.one(a.ID).Words; got != (action.Tally{}) {
			t.Errorf("nine show %+v: nobody and nine must look the same", got)
		}
		say("p9", action.Didnt, "Nobody came to the night list.")
		if got := m.one(a.ID).Words; got != (action.Tally{Shown: true, Helped: 10, NotYet: 0, Didnt: 0, Of: 10}) {
			t.Errorf("%+v", got)
		}
		say("p9", action.NotYet, "A nurse came once.")
		say("p9", action.NotYet, "A nurse came once.") // the same again adds nothing
		if w, ok, err := m.svc.Said(ctx, org, "p9", a.ID); err != nil || !ok || w.Says != action.NotYet || w.Text != "A nurse came once." {
			t.Errorf("%+v %v %v", w, ok, err)
		}
		if _, ok, err := m.svc.Said(ctx, org, "stranger", a.ID); err != nil || ok {
			t.Errorf("%v %v", ok, err)
		}
		if texts, err := m.svc.Texts(ctx, org, a.ID); err != nil || !slices.Equal(texts, []string{"A nurse came once."}) {
			t.Errorf("%q %v", texts, err)
		}
		refused(t, m.svc.Say(ctx, org, "p1", a.ID, action.Word{Says: "maybe"}), fault.Invalid, "choose")
		refused(t, m.svc.Say(ctx, org, "p1", "nothing", action.Word{Says: action.Helped}), fault.NotFound, "")

		entries, err := m.Journal.Entries(ctx, org, 0, 100)
		m.must(err)
		said := 0
		for _, e := range entries {
			if e.Kind == "action.said" {
				said++
				if e.Actor != action.Member {
					t.Errorf("entry %d names %q", e.Seq, e.Actor)
				}
			}
		}
		if said != 11 {
			t.Errorf("%d entries for ten people of whom one changed their mind once", said)
		}
	})
}

// Whoever is erased leaves what they said in sum and none of their words, and the
// record shows that it was erased and not lost.
func TestService_Forget(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		a := m.agree(nil)
		m.must(m.svc.Say(ctx, org, "p1", a.ID, action.Word{Says: action.Didnt, Text: "I was there."}))
		m.must(m.svc.Say(ctx, org, "p2", a.ID, action.Word{Says: action.Helped, Text: "It helped me."}))
		_, err := m.Journal.Record(ctx, journal.Fact{Org: org, Kind: "person.erased", Actor: "system"}, func(tx *journal.Tx) error {
			return m.svc.Forget(ctx, tx, "p1")
		})
		m.must(err)
		if texts, err := m.svc.Texts(ctx, org, a.ID); err != nil || !slices.Equal(texts, []string{"It helped me."}) {
			t.Errorf("%q %v", texts, err)
		}
		if w, ok, err := m.svc.Said(ctx, org, "p1", a.ID); err != nil || !ok || w != (action.Word{Says: action.Didnt}) {
			t.Errorf("%+v %v %v", w, ok, err)
		}
	})
}

// Everybody is told once: the owner before the day and after it, those above when it is
// two weeks late, and again only where the day was moved.
func TestService_Remind(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.must(m.svc.Name(ctx, m.lead, org, action.Head{Directorate: "surgery", Name: "Surgery", Person: m.head}))
		a := m.agree(nil)
		m.post()
		told := func(on string, want ...string) {
			t.Helper()
			m.on(on)
			m.must(m.svc.Remind(ctx, org))
			m.must(m.svc.Remind(ctx, org))
			var got []string
			for _, mail := range m.post() {
				for _, who := range []string{"owen", "hedda", "dee", "lea"} {
					if strings.Contains(mail, "To: "+strings.ToUpper(who[:1])+who[1:]) || strings.Contains(mail, "<"+who+"@wye.example>") {
						got = append(got, who)
					}
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s: told %v, want %v", on, got, want)
			}
		}
		told("2026-12-10")
		told("2026-12-11", "owen")
		told("2026-12-18")
		told("2026-12-19", "owen")
		told("2026-12-31")
		told("2027-01-01", "dee", "hedda")
		told("2027-01-02")
		m.must(m.take(action.Take{Action: a.ID, Kind: action.Moved, Note: "x", Due: day("2027-01-10")}))
		told("2027-01-04", "owen")
		told("2027-02-20", "dee", "hedda", "owen") // nobody looked for weeks: both steps at once
		m.must(m.take(action.Take{Action: a.ID, Kind: action.Done, Note: "x"}))
		told("2027-03-20")
	})
}

// Members hear what became of it with Monday's digest, once, and of what was not done
// they hear why.
func TestService_TellMembers(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.members = []string{m.person("Ada"), m.person("Bo")}
		a := m.agree(nil)
		m.must(m.svc.TellMembers(ctx, org))
		m.must(m.take(action.Take{Action: a.ID, Kind: action.NotDone, Note: "No money until April."}))
		for range 2 {
			m.must(m.svc.TellMembers(ctx, org))
		}
		tally := func() (n int) {
			for _, who := range m.members {
				list, _, err := m.office.MessagesTo(ctx, org, who, 0, 10)
				m.must(err)
				n += len(list)
			}
			return n
		}
		if tally() != 2 {
			t.Errorf("%d messages for two members", tally())
		}
		m.must(m.take(action.Take{Action: a.ID, Kind: action.Reopened, Note: "x", Due: day("2027-01-10")}))
		m.must(m.take(action.Take{Action: a.ID, Kind: action.Done, Note: "It is done."}))
		m.must(m.svc.TellMembers(ctx, org))
		if tally() != 4 {
			t.Errorf("%d messages after it ended again", tally())
		}
	})
}

func TestService_Name(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		head := func(who string) error {
			return m.svc.Name(ctx, m.lead, org, action.Head{Directorate: "surgery", Name: "Surgery", Person: who})
		}
		m.must(head(m.head))
		m.must(head(m.head))
		m.on("2026-12-01")
		m.must(head(m.owner))
		refused(t, head("nobody"), fault.Invalid, "nobody")
		list, err := m.svc.Heads(ctx, org)
		if err != nil || len(list) != 1 || list[0].Person != m.owner {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

// What somebody with the database open changes by hand is found.
func TestTamper(t *testing.T) {
	b := schematest.SQLite(t)
	m := newMutual(t, b)
	a := m.agree(nil)
	m.must(m.svc.Say(ctx, org, "p1", a.ID, action.Word{Says: action.Helped}))
	m.must(m.svc.Name(ctx, m.lead, org, action.Head{Directorate: "surgery", Name: "Surgery", Person: m.head}))
	schematest.Tamper(t, b, action.Tables)
}
