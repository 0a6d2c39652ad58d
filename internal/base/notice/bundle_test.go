package notice_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/schema/schematest"
)

// crowd adds so many people with an address each and calls them all.
func (d *desk) crowd(many int) []notice.Message {
	var list []notice.Message
	for i := range many {
		id := fmt.Sprintf("person-%03d", i)
		d.book.people[id] = notice.Person{Name: "Person", Email: id + "@fen.example"}
		list = append(list, call(id))
	}
	return list
}

func (d *desk) sendAll(list []notice.Message) []notice.Route {
	d.t.Helper()
	var routes []notice.Route
	_, err := d.Journal.Record(ctx, journal.Fact{Org: org, Kind: "test.change", Actor: "setup"}, func(tx *journal.Tx) (err error) {
		routes, err = d.SendAll(ctx, tx, list)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return routes
}

// Many messages of one change are recorded with it, each by its own way, and
// each is delivered once, by one job.
func TestSendAll(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		d := newDesk(t, b, nil)
		list := append(d.crowd(230), call("sid"), proposal("zoe", 1))
		routes := d.sendAll(list)
		if len(routes) != len(list) || routes[0] != notice.ByEmail || routes[230] != notice.ByPost || routes[231] != notice.ByDigest {
			t.Fatalf("%d routes, %v", len(routes), routes[229:])
		}
		if n := d.count(`SELECT COUNT(*) FROM notice WHERE about = 'meeting-1'`); n != 231 {
			t.Errorf("%d notices are recorded; want 231", n)
		}
		if n := d.count(`SELECT COUNT(*) FROM job`); n != 1 {
			t.Errorf("%d jobs wait; want one", n)
		}
		d.run()
		got := map[string]int{}
		for _, m := range d.mails() {
			got[m.Get("To")]++
			if sha(m.parts["text/plain"]) == "" || d.count(`SELECT COUNT(*) FROM notice WHERE body_hash = ?`, sha(m.parts["text/plain"])) == 0 {
				t.Error("a mail is not the one recorded")
			}
		}
		if len(got) != 230 {
			t.Fatalf("%d people got mail; want 230", len(got))
		}
		for to, n := range got {
			if n != 1 {
				t.Errorf("%s got %d mails", to, n)
			}
		}
		if n := d.count(`SELECT COUNT(*) FROM outbox WHERE state = 'queued'`); n != 0 {
			t.Errorf("%d messages still wait", n)
		}
	})
}

// One bad message of many stops the change, so that nobody is told half.
func TestSendAll_AllOrNothing(t *testing.T) {
	d := newDesk(t, schematest.SQLite(t), nil)
	list := append(d.crowd(3), call("nobody"))
	_, err := d.Journal.Record(ctx, journal.Fact{Org: org, Kind: "test.change", Actor: "setup"}, func(tx *journal.Tx) error {
		_, err := d.SendAll(ctx, tx, list)
		return err
	})
	if err == nil || d.count(`SELECT COUNT(*) FROM outbox`)+d.count(`SELECT COUNT(*) FROM notice`) != 0 {
		t.Errorf("sent to nobody: %v", err)
	}
}

// picky is a transport that fails for some, and counts who got what.
type picky struct {
	notice.Transport
	refuse func(to string) error
	got    map[string]int
}

func (p *picky) Deliver(_ context.Context, m notice.Mail) error {
	if err := p.refuse(m.To); err != nil {
		return err
	}
	p.got[m.To]++
	return nil
}

func (p *picky) From() string { return "notices@fen.example" }

// An address that is refused is a failure of its own and holds up nobody else.
func TestBundle_OneRefused(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		p := &picky{got: map[string]int{}, refuse: func(to string) error {
			if to == "person-002@fen.example" {
				return &notice.DeliveryError{Code: "smtp_550", Permanent: true}
			}
			return nil
		}}
		d := newDesk(t, b, p)
		d.sendAll(d.crowd(9))
		d.run()
		if len(p.got) != 8 {
			t.Errorf("%d people got mail; want eight", len(p.got))
		}
		failures, err := d.Failures(ctx, org)
		if err != nil || len(failures) != 1 || failures[0].Person != "person-002" || failures[0].Class != "smtp_550" {
			t.Errorf("failures %+v, %v", failures, err)
		}
	})
}

// A server that is away is not asked for everybody in turn: the bundle waits, and
// goes on when it is back. Nobody gets two.
func TestBundle_ServerAway(t *testing.T) {
	b := schematest.SQLite(t)
	asked, away := 0, true
	p := &picky{got: map[string]int{}, refuse: func(string) error {
		asked++
		if away {
			return &notice.DeliveryError{Code: "connect"}
		}
		return nil
	}}
	d := newDesk(t, b, p)
	d.sendAll(d.crowd(50))
	d.run()
	if asked > 10 {
		t.Errorf("a server that is away was asked %d times", asked)
	}
	away = false
	b.Clock.Advance(time.Hour)
	d.run()
	if len(p.got) != 50 {
		t.Errorf("%d people got mail; want fifty", len(p.got))
	}
	for to, n := range p.got {
		if n != 1 {
			t.Errorf("%s got %d mails", to, n)
		}
	}
}

// A bundle that is given up leaves its messages where the secretary sees them,
// and those that the law asks for become letters.
func TestBundle_GivenUp(t *testing.T) {
	b := schematest.SQLite(t)
	d := newDesk(t, b, &picky{refuse: func(string) error { return &notice.DeliveryError{Code: "connect"} }})
	d.sendAll(d.crowd(20))
	for range 6 {
		d.run()
		b.Clock.Advance(24 * time.Hour)
	}
	letters, err := d.Letters(ctx, org)
	if err != nil || len(letters) != 20 {
		t.Errorf("%d letters, %v; want twenty", len(letters), err)
	}
}

// A process that is killed in the middle goes on where it was.
func TestBundle_Killed(t *testing.T) {
	b := schematest.SQLite(t)
	work, kill := context.WithCancel(ctx)
	n := 0
	p := &picky{got: map[string]int{}}
	p.refuse = func(string) error {
		if n++; n == 7 {
			kill()
			return errors.New("the process ended here")
		}
		return nil
	}
	d := newDesk(t, b, p)
	d.sendAll(d.crowd(20))
	if _, err := d.queue.RunDue(work); err == nil {
		t.Fatal("the work went on after the end")
	}
	d.run()
	if len(p.got) != 20 {
		t.Errorf("%d people got mail; want twenty", len(p.got))
	}
	for to, n := range p.got {
		if n != 1 {
			t.Errorf("%s got %d mails", to, n)
		}
	}
}
