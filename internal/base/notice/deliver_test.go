package notice_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/words"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

func smtpDesk(t *testing.T, b *schematest.Base) (*desk, *server) {
	s := serve(t, false)
	return newDesk(t, b, open(t, "smtp://"+s.address()+"?from=notices@fen.example&tls=none&timeout=5s")), s
}

// A code goes out at once, is in no record, and no trace of it stays.
func TestSendCode(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		d := newDesk(t, b, nil)
		if err := d.SendCode(ctx, "zoe@fen.example", "Zoë\tBlackthorn", "481 920", org); err != nil {
			t.Fatal(err)
		}
		d.run()
		m := d.one()
		for _, part := range []string{"text/plain", "text/html"} {
			wantAll(t, part, m.parts[part], "481 920", "Nobody will ever ring or write", "You get this because")
			wantNone(t, part, m.parts[part], "cannot be turned off", "/mail/stop/")
		}
		wantNone(t, "subject", m.Get("Subject"), "481")
		for _, table := range []string{"outbox", "notice", "journal_entry", "job"} {
			if n := d.count(`SELECT COUNT(*) FROM ` + table); n != 0 {
				t.Errorf("%d rows are left in %s", n, table)
			}
		}
		if err := d.SendCode(ctx, "nobody", "", "1", org); !fault.Is(err, fault.Invalid) {
			t.Errorf("an address that is none gave %v", err)
		}
		if err := d.SendCode(ctx, "una@watch.example", "", "777 111", ""); err != nil {
			t.Errorf("before an organisation is known: %v", err)
		}
	})
}

// A code that comes too late to be used is not delivered any more, and one
// that nobody takes leaves no trace.
func TestSendCode_LateOrRefused(t *testing.T) {
	b := schematest.SQLite(t)
	d, s := smtpDesk(t, b)
	s.answer("RCPT", "450 4.2.1 busy")
	if err := d.SendCode(ctx, "zoe@fen.example", "", "481 920", org); err != nil {
		t.Fatal(err)
	}
	d.run()
	b.Clock.Advance(20 * time.Minute)
	s.answer("RCPT", "250 ok")
	d.run()
	if got := s.mails(); len(got) != 0 {
		t.Error("a code was delivered after it had run out")
	}
	s.answer("RCPT", "550 5.1.1 nobody")
	if err := d.SendCode(ctx, "zoe@fen.example", "", "481 920", org); err != nil {
		t.Fatal(err)
	}
	d.run()
	if n := d.count(`SELECT COUNT(*) FROM outbox`); n != 0 {
		t.Errorf("%d codes are left in the outbox", n)
	}
}

// A server that is away for a while loses nothing: the message waits, and goes
// with the same identity when the server is back.
func TestDeliver_Again(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		d, s := smtpDesk(t, b)
		s.answer("MAIL", "421 4.3.2 away")
		d.send(call("zoe"))
		d.run()
		if n := d.count(`SELECT COUNT(*) FROM job WHERE last_error = 'smtp_421'`); n != 1 {
			t.Fatalf("%d jobs wait with the server's answer", n)
		}
		s.answer("MAIL", "250 ok")
		b.Clock.Advance(2 * time.Minute)
		d.run()
		if got := s.mails(); len(got) != 1 {
			t.Fatalf("%d mails; want one", len(got))
		}
		d.noText()
	})
}

// forgetful is a transport that takes the first mail and loses its answer: what
// a process that is killed at the wrong moment looks like to the outbox.
type forgetful struct {
	notice.Transport
	lost bool
}

func (f *forgetful) Deliver(ctx context.Context, m notice.Mail) error {
	err := f.Transport.Deliver(ctx, m)
	if !f.lost && err == nil {
		f.lost = true
		return errors.New("the process ended here")
	}
	return err
}

// Where the server's yes is lost the mail goes twice, as one message: both
// copies have the same Message-ID and the same text.
func TestDeliver_SameMessageID(t *testing.T) {
	b := schematest.SQLite(t)
	s := serve(t, false)
	d := newDesk(t, b, &forgetful{Transport: open(t, "smtp://"+s.address()+"?from=notices@fen.example&tls=none")})
	m := proposal("zoe", 1)
	m.Kind, m.Urgent = "vote.open", true
	d.send(m)
	d.run()
	b.Clock.Advance(2 * time.Minute)
	d.run()
	got := s.mails()
	if len(got) != 2 {
		t.Fatalf("%d copies; want two", len(got))
	}
	one, two := readMail(t, got[0].data), readMail(t, got[1].data)
	for _, name := range []string{"Message-Id", "Date", "List-Unsubscribe"} {
		if one.Get(name) == "" || one.Get(name) != two.Get(name) {
			t.Errorf("%s: %q and %q", name, one.Get(name), two.Get(name))
		}
	}
	if one.parts["text/plain"] != two.parts["text/plain"] {
		t.Error("the copies differ")
	}
}

// What cannot be delivered is shown to the secretary. A statutory notice is
// then a letter; it may be tried again by e-mail but not dismissed.
func TestUndelivered(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		d, s := smtpDesk(t, b)
		s.answer("RCPT", "550 5.1.1 no zoe here")
		vote := proposal("zoe", 1)
		vote.Kind, vote.Urgent = "vote.open", true
		d.send(call("zoe"), vote)
		d.run()
		failures, err := d.Failures(ctx, org)
		if err != nil || len(failures) != 2 {
			t.Fatalf("failures %+v, %v; want two", failures, err)
		}
		legal, other := failures[0], failures[1]
		if legal.Class != "smtp_550" || !legal.Statutory || legal.Person != "zoe" || legal.Kind.Title != "Calls to general meetings" {
			t.Errorf("failure %+v", legal)
		}
		if list, err := d.Failures(ctx, "another"); err != nil || len(list) != 0 {
			t.Errorf("another organisation sees %+v, %v", list, err)
		}
		letters, err := d.Letters(ctx, org)
		if err != nil || len(letters) != 1 || letters[0].Why != notice.Returned || letters[0].Notice != legal.Notice {
			t.Fatalf("letters %+v, %v; want the statutory one", letters, err)
		}
		if err := d.Dismiss(ctx, org, legal.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("a statutory notice was dismissed: %v", err)
		}
		if err := d.Dismiss(ctx, "another", other.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("another organisation dismissed a message: %v", err)
		}
		if err := d.Dismiss(ctx, org, other.ID); err != nil {
			t.Error(err)
		}
		d.book.people["zoe"] = notice.Person{Name: "Zoë Blackthorn", Email: "zoe.new@fen.example"}
		s.answer("RCPT", "250 ok")
		if err := d.Resend(ctx, org, legal.ID); err != nil {
			t.Fatal(err)
		}
		d.run()
		if got := s.mails(); len(got) != 1 {
			t.Fatalf("%d mails after trying again", len(got))
		}
		wantAll(t, "the mail", s.mails()[0].data, "zoe.new@fen.example")
		if letters, err := d.Letters(ctx, org); err != nil || len(letters) != 0 {
			t.Errorf("letters %+v, %v after delivery", letters, err)
		}
		if err := d.Resend(ctx, org, legal.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("a delivered message was sent again: %v", err)
		}
		d.noText()
	})
}

// Notice reaches members without e-mail: the letter is there to print, and that
// it was posted is recorded with its day.
func TestLetters(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		d := newDesk(t, b, nil)
		d.send(call("sid"), call("zoe"), call("ivor"))
		d.run()
		letters, err := d.Letters(ctx, org)
		if err != nil || len(letters) != 2 {
			t.Fatalf("letters %+v, %v; want two", letters, err)
		}
		l := letters[0]
		if l.Name != "Sid Alderman" || !slices.Equal(l.Address, []string{"1 Drove Road", "Fenmoor", "PE99 9ZY"}) ||
			l.Day.String() != "2026-11-19" || l.Why != notice.NoEmail || l.Subject != call("sid").Subject ||
			!slices.Equal(l.Body, call("sid").Body) || l.URL != "https://fen.example/meetings/1" || l.Organisation == "" {
			t.Errorf("letter %+v", l)
		}
		if letters[1].Person != "ivor" || len(letters[1].Address) != 0 {
			t.Errorf("the letter to somebody without any address is %+v", letters[1])
		}
		today := law.Today(b.World.Now())
		for _, c := range []struct {
			name string
			day  law.Date
			ids  []string
		}{
			{"tomorrow", today.AddDays(1), []string{l.Notice}},
			{"no day", law.Date{}, []string{l.Notice}},
			{"the day before the notice", today.AddDays(-1), []string{l.Notice}},
			{"one that is not a letter among them", today, []string{l.Notice, "something else"}},
			{"one twice", today, []string{l.Notice, l.Notice}},
		} {
			if _, err := d.MarkPosted(ctx, org, "secretary", c.day, c.ids); err == nil {
				t.Errorf("%s: marked as posted", c.name)
			}
		}
		b.Clock.Advance(48 * time.Hour)
		entry, err := d.MarkPosted(ctx, org, "secretary", today.AddDays(1), []string{l.Notice})
		if err != nil || entry.Kind != "notice.post" {
			t.Fatalf("%+v, %v", entry, err)
		}
		if n := d.count(`SELECT COUNT(*) FROM notice WHERE id = ? AND channel = 'post' AND posted = '2026-11-20'`, l.Notice); n != 1 {
			t.Error("the day of posting is not in the notice")
		}
		if letters, err := d.Letters(ctx, org); err != nil || len(letters) != 1 {
			t.Errorf("letters %+v, %v; want the one that is left", letters, err)
		}
		tally, err := d.Tally(ctx, org, "meeting.call", "meeting-1")
		if err != nil || tally.Email != 1 || tally.Post != 2 || tally.Posted != 1 {
			t.Errorf("tally %+v, %v", tally, err)
		}
	})
}

// After thirty days the outbox forgets deliveries and failures; what waits for
// the post does not run out.
func TestSweep(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		d, s := smtpDesk(t, b)
		d.send(call("zoe"), call("sid"))
		d.run()
		s.answer("RCPT", "550 no")
		vote := proposal("zoe", 1)
		vote.Kind, vote.Urgent = "vote.open", true
		d.send(vote, call("zoe"))
		d.run()
		b.Clock.Advance(29 * 24 * time.Hour)
		d.run()
		if n := d.count(`SELECT COUNT(*) FROM outbox`); n != 4 {
			t.Fatalf("%d rows after 29 days; want four", n)
		}
		b.Clock.Advance(2 * 24 * time.Hour)
		d.run()
		letters, err := d.Letters(ctx, org)
		if err != nil || len(letters) != 2 || d.count(`SELECT COUNT(*) FROM outbox`) != 2 {
			t.Errorf("letters %+v, %v; want the two that wait for the post and nothing else", letters, err)
		}
	})
}

// When a person is erased, so is what the outbox and the preferences have.
func TestForget(t *testing.T) {
	b := schematest.SQLite(t)
	d := newDesk(t, b, nil)
	d.send(proposal("zoe", 1), call("zoe"), call("sid"))
	if err := d.SetPreference(ctx, org, "zoe", "vote.open", notice.Never); err != nil {
		t.Fatal(err)
	}
	err := b.Journal.DB().Write(ctx, func(tx *db.Tx) error { return d.Forget(ctx, tx, org, "zoe") })
	if err != nil {
		t.Fatal(err)
	}
	d.run()
	if got := d.mails(); len(got) != 0 {
		t.Errorf("%d mails went to somebody who was erased", len(got))
	}
	if n := d.count(`SELECT COUNT(*) FROM notice_preference`) + d.count(`SELECT COUNT(*) FROM outbox WHERE who = 'zoe'`); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}

// Each day at 6am the watchers get the head, as an attachment that anybody can
// check with the public key, with its four words; once a day, and it makes no
// entry in the record it is about.
func TestMailCheckpoints(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		d := newDesk(t, b, nil)
		d.MailCheckpoints(func(context.Context) ([]notice.Watch, error) {
			una := notice.Person{Name: "Una Watcher", Email: "una@watch.example"}
			return []notice.Watch{{Org: "empty", Persons: []notice.Person{una}}, {Org: org, Persons: []notice.Person{una, {ID: "zoe"}, {ID: "sid"}}}}, nil
		})
		d.run()
		_, err := b.Journal.Record(ctx, journal.Fact{Org: org, Kind: "test.change", Actor: "setup"}, func(*journal.Tx) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		b.Clock.Set(time.Date(2026, 11, 20, 6, 0, 0, 0, time.UTC))
		d.run()
		got := d.mails()
		if len(got) != 2 {
			t.Fatalf("%d mails; want one to each watcher with an address", len(got))
		}
		head, err := b.Journal.Latest(ctx, org)
		if err != nil || head.Size != 1 {
			t.Fatalf("head %+v, %v", head, err)
		}
		vkey, err := b.Keys.VerifierKey(org)
		if err != nil {
			t.Fatal(err)
		}
		verifier, err := note.NewVerifier(vkey)
		if err != nil {
			t.Fatal(err)
		}
		size, root, err := journal.OpenCheckpoint(got[0].parts["checkpoint-1.txt"], journal.Origin(org), verifier)
		if err != nil || size != 1 || root != head.Root {
			t.Errorf("the attachment says %d, %v", size, err)
		}
		wantAll(t, "text", got[0].parts["text/plain"], words.Text(head.Root[:]), "commonweal verify COPY --checkpoint FILE",
			"Friday 20 November 2026, 6.00am", "You get this because you watch over this record.")
		if err := d.SendCheckpoint(ctx, org, head, []notice.Person{{Email: "una@watch.example"}}); err != nil {
			t.Fatal(err)
		}
		if err := d.SendCheckpoint(ctx, "another", head, nil); err == nil {
			t.Error("a head of one record went out as another's")
		}
		d.run()
		if got := d.mails(); len(got) != 2 {
			t.Errorf("%d mails after asking again on the same day; want two", len(got))
		}
		b.Clock.Advance(24 * time.Hour)
		d.run()
		if got := d.mails(); len(got) != 4 {
			t.Errorf("%d mails after the second day; want four", len(got))
		}
		if n := d.count(`SELECT COUNT(*) FROM journal_entry`); n != 1 {
			t.Errorf("the record has %d entries; mail about it added some", n)
		}
	})
}

// Lines of plain text are short enough for any mail program, and addresses are
// never broken.
func TestText_Lines(t *testing.T) {
	b := schematest.SQLite(t)
	d := newDesk(t, b, nil)
	m := call("zoe")
	m.Body = []string{strings.Repeat("word ", 60)}
	m.Action.Path = "/" + strings.Repeat("long/", 30)
	d.send(m)
	d.run()
	text := d.one().parts["text/plain"]
	wantAll(t, "text", text, "https://fen.example"+m.Action.Path)
	for line := range strings.Lines(text) {
		if len([]rune(line)) > 73 && !strings.HasPrefix(line, "https://") {
			t.Errorf("line %q is too long", line)
		}
	}
}
