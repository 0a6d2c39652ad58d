package poll_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/schema/schematest"
)

// Notice waits for everything that it freezes: each thing left out is named.
func TestAnnounce_WaitsForEverything(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.on("2026-03-02")
		id := m.council()
		announce := func() error { return m.svc.Announce(ctx, "ret", org, id) }
		ret := m.name(id, "sec", "ret", poll.ReturningOfficer)
		m.refused(announce(), fault.Conflict, "being prepared")
		m.ok(m.svc.Call(ctx, "sec", org, id))
		m.refused(announce(), fault.Conflict, "is not over: Nominations close")
		m.on("2026-03-09")
		nursing, support := m.contest(id, "nursing"), m.contest(id, "support")
		var waits string
		for _, who := range []string{"amara", "bryn", "cadi"} {
			n := m.stands(nursing.ID, who, "dai", map[string]string{"amara": "eira", "bryn": "eira", "cadi": "bryn"}[who])
			if waits = n; who != "cadi" {
				m.accept(nursing.ID, n)
			}
			if who == "bryn" { // dai backs as many as there are seats
				m.on("2026-03-10")
				cadi := m.stands(nursing.ID, "cadi", "amara", "bryn")
				waits = cadi
				break
			}
		}
		ffion := m.stands(support.ID, "ffion", "gwen", "huw")
		m.on("2026-03-26")
		m.refused(announce(), fault.Conflict, "is not over: Roll can be corrected")
		m.on("2026-04-08")
		m.refused(announce(), fault.Conflict, "1 nomination that nobody decided about")
		m.accept(nursing.ID, waits)
		m.refused(announce(), fault.Conflict, "contest nursing has no roll")
		m.ok(m.svc.MakeRoll(ctx, "ret", org, id))
		m.refused(announce(), fault.Conflict, "contest support has 1 nomination")
		m.accept(support.ID, ffion)
		m.refused(announce(), fault.Conflict, "record that it is uncontested")
		m.ok(m.svc.FindUncontested(ctx, "ret", org, support.ID))
		m.refused(announce(), fault.Conflict, "no registrar")
		m.name(id, "sec", "rgr", poll.Registrar)
		m.refused(announce(), fault.Conflict, "0 of 3 keyholders")
		for _, who := range []string{"key1", "key2", "key3"} {
			m.name(id, "sec", who, poll.Keyholder)
		}
		m.refused(announce(), fault.Conflict, "no keyholder was named by the staff side")
		m.ok(m.svc.EndOffice(ctx, "sec", org, id, m.poll(id).Holders(poll.Keyholder)[2].ID))
		m.name(id, "uni", "key4", poll.Keyholder)
		m.refused(announce(), fault.Conflict, "key is not made")
		m.keyMade(id)
		m.on("2026-04-13") // a working day late
		m.refused(announce(), fault.Conflict, "was to be given by Friday 10 April 2026")
		m.expectTasks(id, poll.DeclareResult, poll.GiveNotice, poll.MoveOrAbandon)
		m.ok(m.svc.MoveClose(ctx, "ret", org, id, closing("2026-05-06"), "The notice was late."))
		m.on("2026-04-14")
		m.ok(announce())
		m.stage(id, poll.Open) // it opens with the notice, on the day that the new close gives

		// A new returning officer may take over, and the old one conducts no more.
		m.ok(m.svc.EndOffice(ctx, "sec", org, id, ret))
		m.refused(m.svc.Abandon(ctx, "ret", org, id, "Enough."), fault.Forbidden, "not the returning officer")
	})
}

// The hash of the notice is that of its text, the text has the hash of the rules, and
// the rules that of their own text: whoever holds one can check the others.
func TestNotice_HashesHangTogether(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id, nursing, _ := m.announced()
		p := m.poll(id)
		hash := func(text []byte) string { s := sha256.Sum256(text); return hex.EncodeToString(s[:]) }
		if hash(p.Notice) != p.NoticeHash {
			t.Error("the hash of the notice is not that of its text")
		}
		rules, err := p.Rules.Text()
		m.ok(err)
		var n poll.Notice
		m.ok(json.Unmarshal(p.Notice, &n))
		if n.Rules != hash(rules) || n.Rules != p.RulesHash {
			t.Error("the notice has not the hash of the rules")
		}
		if len(n.Contests) != 1 || n.Contests[0].Roll != nursing.Roll.Seal || n.Contests[0].UUID != nursing.UUID || len(n.Contests[0].Candidates) != 3 || n.Contests[0].Voters != 5 {
			t.Errorf("%+v", n.Contests)
		}
		if n.Opens != "2026-04-10T08:00:00Z" || n.Closes != "2026-05-01T16:00:00Z" || len(n.Timetable) != 15 {
			t.Errorf("%s %s %d", n.Opens, n.Closes, len(n.Timetable))
		}
	})
}

// Candidates stand by family name, accents and capitals aside, or as they are drawn.
func TestBallotOrder(t *testing.T) {
	for _, order := range []poll.Order{poll.Alphabetical, poll.Drawn} {
		t.Run(string(order), func(t *testing.T) {
			m := newMutual(t, schematest.SQLite(t))
			m.people("ångharad", "ABBOT")
			for _, who := range []string{"ångharad", "ABBOT"} {
				m.reg[who] = m.reg["amara"]
			}
			id := m.called(func(p *poll.Poll) { p.Rules.Order, p.Rules.Backers = order, 0; p.Contests = p.Contests[:1] })
			c := m.contest(id, "nursing")
			for _, who := range []string{"dai", "bryn", "ångharad", "cadi", "amara", "ABBOT"} {
				m.accept(c.ID, m.stands(c.ID, who))
			}
			m.on("2026-04-08")
			m.ok(m.svc.MakeRoll(ctx, "ret", org, id))
			m.keyMade(id)
			m.ok(m.svc.Announce(ctx, "ret", org, id))
			var got []string
			for i, n := range m.contest(id, "nursing").Standing() {
				if n.Position != i+1 {
					t.Errorf("%s stands at %d", n.Person, n.Position)
				}
				got = append(got, n.Person)
			}
			alphabet := []string{"ABBOT", "amara", "ångharad", "bryn", "cadi", "dai"}
			if slices.Equal(got, alphabet) != (order == poll.Alphabetical) {
				t.Errorf("%v", got)
			}
		})
	}
}

func TestChangeDay(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		id := m.called()
		m.refused(m.svc.ChangeDay(ctx, "sec", org, id, timetable.ClaimsClose, day("2026-04-08"), "x"), fault.Forbidden, "returning officer")
		m.refused(m.svc.ChangeDay(ctx, "ret", org, id, timetable.ClaimsClose, day("2026-04-08"), " "), fault.Invalid, "needs a reason")
		err := m.svc.ChangeDay(ctx, "ret", org, id, timetable.NominationsClose, day("2026-03-23"), "More time.")
		m.refused(err, fault.Invalid, "too late: Friday 20 March 2026 is the last day")
		if fault.FieldOf(err) != "nominations_close" {
			t.Errorf("field %q", fault.FieldOf(err))
		}
		m.ok(m.svc.ChangeDay(ctx, "ret", org, id, timetable.ClaimsClose, day("2026-04-08"), "Easter."))
		p := m.poll(id)
		if d, _ := p.Timetable.Find(timetable.ClaimsClose); d.Day != day("2026-04-08") || d.ChangedBy != "ret" || d.Why != "Easter." || p.Revision != 1 {
			t.Errorf("%+v, revision %d", d, p.Revision)
		}
		m.on("2026-03-26")
		m.ok(m.svc.MakeRoll(ctx, "ret", org, id))
		m.ok(m.svc.MoveClose(ctx, "ret", org, id, closing("2026-05-08"), "The hall is flooded."))
		p = m.poll(id)
		if !p.Closes.Equal(closing("2026-05-08")) || p.Timetable.Day(timetable.Roll) != day("2026-03-25") || p.Timetable.Day(timetable.NoticeOfPoll) != day("2026-04-16") {
			t.Errorf("%s, roll %s, notice %s", p.Closes, p.Timetable.Day(timetable.Roll), p.Timetable.Day(timetable.NoticeOfPoll))
		}
		m.refused(m.svc.ChangeDay(ctx, "ret", org, id, timetable.Roll, day("2026-04-01"), "x"), fault.Conflict, "roll is made")
	})
}

func TestPrepare_Refused(t *testing.T) {
	m := newMutual(t, schematest.SQLite(t))
	m.on("2026-03-02")
	m.council()
	for _, c := range []struct {
		name   string
		change func(p *poll.Poll)
		says   string
	}{
		{"a code that is taken", func(*poll.Poll) {}, "already"},
		{"a code with a space", func(p *poll.Poll) { p.Code = "a b" }, "small letters"},
		{"no title", func(p *poll.Poll) { p.Title = "  " }, "title"},
		{"tags in the title", func(p *poll.Poll) { p.Title = "<i>x</i>" }, "plain text"},
		{"no contest", func(p *poll.Poll) { p.Contests = nil }, "contests"},
		{"one contest twice", func(p *poll.Poll) { p.Contests[1].Code = "nursing" }, "twice"},
		{"a class that is not there", func(p *poll.Poll) { p.Contests[0].Class = "pirates" }, "no such class"},
		{"no constituency", func(p *poll.Poll) { p.Contests[0].Constituency = "" }, "class and constituency"},
		{"no seats", func(p *poll.Poll) { p.Contests[0].Seats = 0 }, "seats"},
		{"a question in an election", func(p *poll.Poll) { p.Contests[0].Question = "Why?" }, "no question"},
		{"an office that nobody is elected to", func(p *poll.Poll) { p.Contests[0].Role = "secretary" }, "nobody is elected secretary"},
		{"a term that ends before it begins", func(p *poll.Poll) { p.Contests[0].TermEnds = day("2026-05-01") }, "term"},
		{"a Sunday", func(p *poll.Poll) { p.Closes = closing("2026-05-03") }, "no working day"},
		{"half a minute past", func(p *poll.Poll) { p.Closes = p.Closes.Add(30e9) }, "whole minute"},
		{"following another", func(p *poll.Poll) { p.Follows = "x" }, "second vote"},
	} {
		p := poll.Poll{
			Code: "council-2026", Title: "Staff council", Kind: poll.Constituency, Rules: m.rules(poll.Ask{Kind: poll.Constituency}), Closes: closing("2026-05-01"),
			Contests: []poll.Contest{
				{Code: "nursing", Title: "Nursing", Class: "staff", Constituency: "nursing", Seats: 2, TermStarts: day("2026-06-01")},
				{Code: "support", Title: "Support", Class: "staff", Constituency: "support", Seats: 2},
			},
		}
		c.change(&p)
		_, err := m.svc.Prepare(ctx, "sec", org, p)
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", c.name, err)
		}
		m.refused(err, fault.Invalid, c.says)
	}
}

// A draft may be put in place of another; what was called does not change. A poll
// that is called too late for its close is told the earliest.
func TestPrepare_ReplacesADraft(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b)
		m.on("2026-03-02")
		id := m.council()
		m.officials(id)
		p := m.poll(id)
		p.Title, p.Contests = "Council", p.Contests[:1]
		again, err := m.svc.Prepare(ctx, "sec", org, p)
		m.ok(err)
		if got := m.poll(id); again != id || got.Title != "Council" || len(got.Contests) != 1 || len(got.Officials) != 5 {
			t.Errorf("%+v", got)
		}
		m.on("2026-03-05") // a day after the notice of election was due
		m.expectTasks(id, poll.CallPoll)
		if n := m.poll(id).Next(m.Clock.Now())[0]; !n.Overdue || n.By != day("2026-03-04") || !slices.Equal(n.People, []string{"ret"}) {
			t.Errorf("%+v", n)
		}
		m.refused(m.svc.Call(ctx, "sec", org, id), fault.Invalid, "can close on Tuesday 5 May 2026 at the earliest")
		p.Closes = closing("2026-05-05")
		_, err = m.svc.Prepare(ctx, "sec", org, p)
		m.ok(err)
		m.ok(m.svc.Call(ctx, "sec", org, id))
		_, err = m.svc.Prepare(ctx, "sec", org, p)
		m.refused(err, fault.Conflict, "what was called does not change")
	})
}
