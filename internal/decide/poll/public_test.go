package poll_test

import (
	"fmt"
	"strings"
	"testing"

	"commonweal/internal/decide/poll"
	"commonweal/internal/schema/schematest"
)

// The public sees who stands once nominations are closed, and never who asked for
// what, who backed whom, or what was said about the roll.
func TestPublic(t *testing.T) {
	m := newMutual(t, schematest.SQLite(t))
	id := m.called()
	nursing := m.contest(id, "nursing")
	amara := m.stands(nursing.ID, "amara", "dai", "eira")
	m.stands(nursing.ID, "bryn")
	m.accept(nursing.ID, amara)
	see := func() (poll.Contest, string) {
		p := m.poll(id).Public(m.Clock.Now())
		return p.Contests[0], fmt.Sprintf("%+v", p.Contests)
	}
	if c, _ := see(); len(c.Nominations) != 0 {
		t.Errorf("while nominations are open: %+v", c.Nominations)
	}
	m.on("2026-03-26")
	m.ok(m.svc.MakeRoll(ctx, "ret", org, id))
	claim, err := m.svc.Claim(ctx, "tell", org, poll.Claim{Contest: nursing.ID, Person: "tell", Kind: poll.Missing, Ground: "I was ill in March."})
	m.ok(err)
	m.ok(m.svc.DecideClaim(ctx, "ret", org, nursing.ID, claim, poll.Upheld, "A sick note shows it."))
	c, all := see()
	if len(c.Nominations) != 1 || c.Nominations[0].Person != "amara" || c.Nominations[0].Statement == "" {
		t.Errorf("%+v", c.Nominations)
	}
	if len(c.Claims) != 1 || c.Claims[0].NewSeal != c.Roll.Seal {
		t.Errorf("%+v", c.Claims)
	}
	for _, private := range []string{"ill in March", "sick note", "tell", "bryn", "dai", "eira"} {
		if strings.Contains(all, private) {
			t.Errorf("the public sees %q", private)
		}
	}
}

// The calendar of a poll that is abandoned is newer than the one before, so that
// programs strike the days out.
func TestICalendar(t *testing.T) {
	m := newMutual(t, schematest.SQLite(t))
	id := m.called()
	ics := func() string {
		return string(m.poll(id).ICalendar("members.example.org", "https://members.example.org/votes/council-2026", m.Clock.Now()))
	}
	if text := ics(); !strings.Contains(text, "SEQUENCE:0\r\n") || !strings.Contains(text, "UID:closes."+id+"@members.example.org") {
		t.Error(text)
	}
	m.ok(m.svc.Abandon(ctx, "ret", org, id, "No more."))
	if text := ics(); !strings.Contains(text, "SEQUENCE:1\r\n") || !strings.Contains(text, "STATUS:CANCELLED\r\n") {
		t.Error(text)
	}
}
