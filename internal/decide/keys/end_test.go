package keys_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/keys"
	"commonweal/internal/schema/schematest"
)

func TestBegin_Refusals(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, "Ed25519", 2, 3)
		begin := func(actor string, rehearsal bool) error {
			_, err := m.svc.Begin(ctx, actor, org, council, rehearsal)
			return err
		}
		good := m.polls.poll
		for _, one := range []struct {
			name   string
			change func(p *keys.Poll)
			kind   fault.Kind
			says   string
		}{
			{"it is not the time", func(p *keys.Poll) { p.MayMake = false }, fault.Conflict, "before notice of poll"},
			{"a group that is not known", func(p *keys.Poll) { p.Group = "" }, fault.Invalid, "group"},
			{"more are needed than there are", func(p *keys.Poll) { p.Threshold = 4 }, fault.Invalid, "4 of 3"},
			{"one opens votes alone", func(p *keys.Poll) { p.Threshold = 1 }, fault.Invalid, "1 of 3"},
			{"one person twice", func(p *keys.Poll) { p.Keyholders = []string{"key1", "key1", "key2"} }, fault.Conflict, "twice"},
			{"nobody is returning officer", func(p *keys.Poll) { p.ReturningOfficer = "" }, fault.Forbidden, "returning officer"},
			{"it has a key already", func(p *keys.Poll) { p.Made = true }, fault.Conflict, "has its key"},
		} {
			m.polls.poll = good
			one.change(&m.polls.poll)
			m.refused(begin(officer, false), one.kind, one.says)
		}
		m.polls.poll = good
		m.refused(begin("key1", false), fault.Forbidden, "returning officer")
		id := m.begin(true)
		m.refused(begin(officer, false), fault.Conflict, "under way")
		m.refused(begin(officer, true), fault.Conflict, "under way")
		m.ok(m.svc.GiveUp(ctx, officer, org, id, "Wrong one."))
		id = m.begin(false)
		m.until(id, keys.Check)
		m.refused(begin(officer, false), fault.Conflict, "was made")
		m.begin(true) // one may always practise
	})
}

// Two begin at the same instant: one setup is under way.
func TestBegin_AtOnce(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, "Ed25519", 2, 3)
		var all sync.WaitGroup
		errs := make(chan error, 4)
		for range 4 {
			all.Go(func() {
				_, err := m.svc.Begin(ctx, officer, org, council, false)
				errs <- err
			})
		}
		all.Wait()
		close(errs)
		n := 0
		for err := range errs {
			if err == nil {
				n++
			} else if !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
		if list, err := m.svc.List(ctx, org, council); n != 1 || err != nil || len(list) != 1 {
			t.Errorf("%d began, %d are there: %v", n, len(list), err)
		}
	})
}

// A keyholder disappears before the key is made: the setup is given up and another begun
// with somebody else. What comes late to the first is refused.
func TestGiveUp_KeyholderDisappears(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, "Ed25519", 2, 3)
		id := m.begin(false)
		m.until(id, keys.Polynomial)
		m.sends(id, "key1")
		_, late := m.next(id, "key3")
		m.refused(m.svc.GiveUp(ctx, "stranger", org, id, "I can."), fault.Forbidden, "returning officer")
		m.refused(m.svc.GiveUp(ctx, officer, org, id, " \n"), fault.Invalid, "empty")
		m.refused(m.svc.GiveUp(ctx, officer, org, id, "a\u202eb"), fault.Invalid, "cannot be seen")
		m.refused(m.svc.GiveUp(ctx, officer, org, id, strings.Repeat("a", 2001)), fault.Invalid, "2000")
		m.ok(m.svc.GiveUp(ctx, officer, org, id, "Keyholder 3 has not answered for a week."))
		m.refused(m.svc.GiveUp(ctx, officer, org, id, "Again."), fault.Conflict, "already")
		m.refused(m.svc.Send(ctx, "key3", org, id, keys.Polynomial, late), fault.Conflict, "given up")
		if s := m.setup(id); s.State() != keys.GivenUp || s.Step() != keys.NoStep || len(s.Waiting()) != 0 {
			t.Errorf("the setup is %+v", s)
		}
		if len(m.polls.told) != 0 {
			t.Errorf("the poll was told %q", m.polls.told)
		}
		m.polls.poll.Keyholders = []string{"key1", "key2", "key4"}
		next := m.whole(false)
		_, err := m.svc.Number(ctx, org, council, "key3")
		m.refused(err, fault.Forbidden, "not a keyholder")
		mine, err := m.svc.Mine(ctx, org, "key1")
		m.ok(err)
		if len(mine) != 2 || mine[0].ID != next || mine[1].ID != id {
			t.Errorf("the setups of key1 are %+v", mine)
		}
		m.audit()
	})
}

// A keyholder seals a wrong value to another. Only the other's program can tell: it names
// the sender, and its owner gives the setup up.
func TestGiveUp_WrongSecret(t *testing.T) {
	m := newScene(t, schematest.SQLite(t), "Ed25519", 2, 3)
	id := m.begin(false)
	m.until(id, keys.Polynomial)
	m.sends(id, "key2")
	m.sends(id, "key3")
	// key1 sends two polynomials' parts mixed: the coefexps of one, the secrets of another.
	_, one := m.next(id, "key1")
	_, two := m.next(id, "key1")
	at, from := strings.Index(one, `,"coefexps":`), strings.Index(two, `,"coefexps":`)
	m.ok(m.svc.Send(ctx, "key1", org, id, keys.Polynomial, one[:at]+two[from:]))
	in := m.input(id, "key2")
	if err := m.voutput(in, "key2"); err == nil || !strings.Contains(err.Error(), "member 1") {
		t.Fatalf("the program of key2 says %v", err)
	}
	m.ok(m.svc.GiveUp(ctx, "key2", org, id, "What keyholder 1 sent me is not on their polynomial."))
	m.whole(false)
	m.refused(m.svc.GiveUp(ctx, "key2", org, m.current().ID, "Lost it."), fault.Forbidden, "returning officer")
}

func (m *scene) current() keys.Setup {
	m.t.Helper()
	s, err := m.svc.Current(ctx, org, council)
	m.ok(err)
	return s
}

// A key is lost before notice of poll: the poll is told, and another is made. After
// notice it stays, and nothing of the change is kept.
func TestGiveUp_KeyLost(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, "Ed25519", 2, 3)
		id := m.whole(false)
		m.ok(m.svc.GiveUp(ctx, officer, org, id, "Two of three have lost their seeds."))
		if s := m.setup(id); s.State() != keys.Lost {
			t.Errorf("the setup is %s", s.State())
		}
		_, err := m.svc.Trustees(ctx, org, council)
		m.refused(err, fault.Conflict, "not made yet")
		if in := m.input(id, "key1"); in.Step != keys.NoStep || in.Key != nil {
			t.Errorf("a lost key is given out: %+v", in)
		}
		again := m.whole(false)
		if !slices.Equal(m.polls.told, []string{"made Ed25519", "lost", "made Ed25519"}) {
			t.Errorf("the poll was told %q", m.polls.told)
		}
		m.polls.poll.MayMake = false
		m.refused(m.svc.GiveUp(ctx, officer, org, again, "Too late."), fault.Conflict, "notice")
		if s := m.setup(again); s.State() != keys.Made {
			t.Errorf("the setup is %s", s.State())
		}
		m.opensWith(2)
		m.audit()
	})
}

// Each keyholder destroys their part once, after the result is settled. With the last the
// poll ends, in that change.
func TestDestroy(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, "Ed25519", 2, 3)
		destroy := func(person string) error {
			return m.svc.Destroy(ctx, person, org, council, "Dai Hughes", "I deleted both copies and burnt the paper.")
		}
		m.refused(destroy("key1"), fault.Conflict, "no key")
		id := m.whole(false)
		m.polls.poll.MayMake = false
		m.refused(destroy("key1"), fault.Conflict, "kept until")
		m.polls.poll.Settled = true
		m.refused(destroy("stranger"), fault.Forbidden, "not a keyholder")
		m.refused(m.svc.Destroy(ctx, "key1", org, council, "", "Done."), fault.Invalid, "witness")
		m.refused(m.svc.Destroy(ctx, "key1", org, council, "Dai", ""), fault.Invalid, "statement")
		m.ok(destroy("key2"))
		m.refused(destroy("key2"), fault.Conflict, "was destroyed on")
		_, check := m.next(id, "key1")
		m.ok(m.svc.Send(ctx, "key1", org, id, keys.Check, check))
		m.refused(m.svc.Send(ctx, "key2", org, id, keys.Check, check), fault.Conflict, "has destroyed")
		m.refused(m.svc.GiveUp(ctx, officer, org, id, "Gone."), fault.Conflict, "destroyed")
		m.ok(destroy("key1"))
		if s := m.setup(id); len(s.Destroyed()) != 2 || len(s.Keeping()) != 1 || s.Holders[0].Destroyed.IsZero() {
			t.Errorf("the setup is %+v", s)
		}
		if slices.Contains(m.polls.told, "destroyed") {
			t.Error("the poll was told too early")
		}
		m.polls.fails = fault.Errorf(fault.Conflict, "the lights went out")
		m.refused(destroy("key3"), fault.Conflict, "lights")
		m.polls.fails = nil
		if s := m.setup(id); len(s.Keeping()) != 1 {
			t.Error("a change that failed was kept")
		}
		m.ok(destroy("key3"))
		if !slices.Equal(m.polls.told, []string{"made Ed25519", "destroyed"}) {
			t.Errorf("the poll was told %q", m.polls.told)
		}
		m.audit()
	})
}

// The last two say it at the same instant: the poll is told once.
func TestDestroy_AtOnce(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, "Ed25519", 2, 3)
		m.whole(false)
		m.polls.poll.Settled, m.polls.poll.MayMake = true, false
		var all sync.WaitGroup
		errs := make(chan error, 3)
		for _, person := range m.holders() {
			all.Go(func() { errs <- m.svc.Destroy(ctx, person, org, council, "Dai", "Done.") })
		}
		all.Wait()
		close(errs)
		for err := range errs {
			m.ok(err)
		}
		if n := len(m.polls.told); m.polls.told[n-1] != "destroyed" || m.polls.told[n-2] != "made Ed25519" {
			t.Errorf("the poll was told %q", m.polls.told)
		}
	})
}

// A keyholder has died. Once the others have destroyed so much that nobody can open votes,
// the returning officer says so, and the poll ends; before, and by anybody else, not.
func TestAbsent(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, "Ed25519", 3, 5)
		id := m.whole(false)
		m.polls.poll.Settled, m.polls.poll.MayMake = true, false
		absent := func(actor, person string) error {
			return m.svc.Absent(ctx, actor, org, council, person, "Dai", "They died in May.")
		}
		for _, person := range []string{"key1", "key2"} {
			m.ok(m.svc.Destroy(ctx, person, org, council, "Dai", "Done."))
			m.refused(absent(officer, "key4"), fault.Conflict, "could still open votes")
		}
		m.ok(m.svc.Destroy(ctx, "key3", org, council, "Dai", "Done."))
		m.refused(absent("key1", "key4"), fault.Forbidden, "returning officer")
		m.refused(absent("key4", "key4"), fault.Forbidden, "of themselves")
		m.refused(absent(officer, "key1"), fault.Conflict, "was destroyed on")
		m.refused(absent(officer, "stranger"), fault.Forbidden, "not a keyholder")
		m.ok(absent(officer, "key4"))
		m.ok(absent(officer, "key5"))
		if s := m.setup(id); len(s.Keeping()) != 0 || s.Holders[3].SaidBy != officer || s.Holders[0].SaidBy != "key1" {
			t.Errorf("the setup is %+v", s)
		}
		if n := len(m.polls.told); m.polls.told[n-1] != "destroyed" {
			t.Errorf("the poll was told %q", m.polls.told)
		}
		m.audit()
	})
}

// Of a poll that was abandoned the key is destroyed too, at once; there is nobody to tell.
func TestDestroy_Abandoned(t *testing.T) {
	m := newScene(t, schematest.SQLite(t), "Ed25519", 2, 3)
	m.whole(false)
	m.polls.poll.Abandoned, m.polls.poll.MayMake = true, false
	for _, person := range m.holders() {
		m.ok(m.svc.Destroy(ctx, person, org, council, "Dai", "Done."))
	}
	if fmt.Sprint(m.polls.told) != "[made Ed25519]" {
		t.Errorf("the poll was told %q", m.polls.told)
	}
}
