package notice_test

import (
	"context"
	"fmt"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/schema/schematest"
)

const org = "fen"

// book is a directory in memory: the people and organisations of a test.
type book struct {
	people map[string]notice.Person
	sender notice.Sender
}

func (b *book) People(_ context.Context, _ *db.Tx, o string, ids []string) (map[string]notice.Person, error) {
	out := map[string]notice.Person{}
	for _, id := range ids {
		if p, ok := b.people[id]; ok && o == org {
			out[id] = p
		}
	}
	return out, nil
}

func (b *book) Sender(_ context.Context, _ *db.Tx, o string) (notice.Sender, error) {
	if o != org {
		return notice.Sender{}, fault.Errorf(fault.NotFound, "organisation %s is not known", o)
	}
	return b.sender, nil
}

// desk is an office with all that it stands on.
type desk struct {
	*schematest.Base
	*notice.Office
	t      testing.TB
	queue  *jobs.Queue
	book   *book
	folder string
}

var kinds = []notice.Kind{
	{Name: "meeting.call", Title: "Calls to general meetings", Statutory: true},
	{Name: "vote.open", Title: "Votes that open and close"},
	{Name: "proposal.new", Title: "New proposals"},
}

func newDesk(t testing.TB, b *schematest.Base, transport notice.Transport) *desk {
	t.Helper()
	d := &desk{Base: b, t: t, folder: t.TempDir(), book: &book{
		sender: notice.Sender{Name: "Fen & Dyke Community Health", ReplyTo: "secretary@fen.example"},
		people: map[string]notice.Person{
			"zoe":  {Name: "Zoë Blackthorn", Email: "zoe@fen.example", Postal: "3 Sluice Lane\nFenmoor\nPE99 9ZZ"},
			"sid":  {Name: "Sid Alderman", Email: "", Postal: "1 Drove Road, Fenmoor, PE99 9ZY"},
			"ivor": {Name: "Ivor Reed", Email: "not an address"},
		},
	}}
	if transport == nil {
		transport = open(t, "dir:"+d.folder+"?from=notices@fen.example")
	}
	d.queue = jobs.New(b.Journal.DB(), b.World, jobs.Options{Attempts: 3, FirstPause: time.Minute})
	var err error
	d.Office, err = notice.New(notice.Options{
		Journal: b.Journal, Keys: b.Keys, Queue: d.queue, Directory: d.book, Transport: transport,
		BaseURL: "https://fen.example/", Kinds: kinds,
	})
	if err != nil {
		t.Fatal(err)
	}
	d.run() // lets the schedules begin
	return d
}

func call(person string) notice.Message {
	return notice.Message{
		Kind: "meeting.call", To: notice.Person{ID: person}, About: "meeting-1", Statutory: true,
		Subject: "General meeting on Friday 4 December",
		Body:    []string{"You are called to a general meeting.", "You may come, or send somebody who votes for you, or vote by post."},
		Facts:   []notice.Fact{{Label: "When", Value: "Friday 4 December, 5pm"}, {Label: "Where", Value: "Sluice Hall"}},
		Action:  notice.Link{Text: "Read what is to be decided", Path: "/meetings/1"},
		Reason:  "You get this because you are a member of Fen & Dyke Community Health.",
	}
}

func proposal(person string, n int) notice.Message {
	return notice.Message{
		Kind: "proposal.new", To: notice.Person{ID: person}, About: fmt.Sprint("proposal-", n),
		Subject: fmt.Sprintf("Proposal %d: <quieter> nights", n),
		Body:    []string{fmt.Sprintf("A colleague proposes thing %d.", n)},
		Action:  notice.Link{Text: "Read it", Path: fmt.Sprintf("/proposals/%d", n)},
		Reason:  "You get this because you follow proposals.",
	}
}

// send sends in one recorded change and returns the routes.
func (d *desk) send(list ...notice.Message) []notice.Route {
	d.t.Helper()
	var routes []notice.Route
	_, err := d.Journal.Record(ctx, journal.Fact{Org: org, Kind: "test.change", Actor: "setup"}, func(tx *journal.Tx) error {
		routes = nil
		for _, m := range list {
			r, err := d.Send(ctx, tx, m)
			if err != nil {
				return err
			}
			routes = append(routes, r)
		}
		return nil
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return routes
}

func (d *desk) run() {
	d.t.Helper()
	if _, err := d.queue.RunDue(ctx); err != nil {
		d.t.Fatal(err)
	}
}

// eml is a delivered mail.
type eml struct {
	mail.Header
	data  string
	parts map[string]string
}

// mails reads the folder, in the order of sending.
func (d *desk) mails() []eml {
	d.t.Helper()
	files, err := filepath.Glob(filepath.Join(d.folder, "*"))
	if err != nil {
		d.t.Fatal(err)
	}
	var out []eml
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			d.t.Fatal(err)
		}
		out = append(out, readMail(d.t, string(data)))
	}
	return out
}

func readMail(t testing.TB, data string) eml {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return eml{Header: m.Header, data: data, parts: partsOf(t, m)}
}

// one returns the only mail in the folder.
func (d *desk) one() eml {
	d.t.Helper()
	got := d.mails()
	if len(got) != 1 {
		d.t.Fatalf("%d mails; want one", len(got))
	}
	return got[0]
}

// count counts rows.
func (d *desk) count(query string, args ...any) int {
	d.t.Helper()
	var n int
	err := d.Journal.DB().Read(ctx, func(tx *db.Tx) error { return tx.QueryRow(ctx, query, args...).Scan(&n) })
	if err != nil {
		d.t.Fatal(err)
	}
	return n
}

func (d *desk) noText() {
	d.t.Helper()
	if n := d.count(`SELECT COUNT(*) FROM outbox WHERE mail IS NOT NULL OR address <> '' OR name <> ''`); n != 0 {
		d.t.Errorf("%d rows of the outbox still hold text or address", n)
	}
}

func wantAll(t testing.TB, where, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%s lacks %q:\n%s", where, p, text)
		}
	}
}

func wantNone(t testing.TB, where, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(text, p) {
			t.Errorf("%s has %q:\n%s", where, p, text)
		}
	}
}
