package notice_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/schema/schematest"
)

// A statutory notice is recorded with its fact, delivered once, says why it was
// sent and that it cannot be turned off; then its text is gone from the server
// and whoever has the mail can show that it is the one recorded.
func TestSend_Statutory(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		d := newDesk(t, b, nil)
		if got := d.send(call("zoe")); got[0] != notice.ByEmail {
			t.Fatalf("route %s", got[0])
		}
		d.run()
		d.run()
		m := d.one()
		for _, part := range []string{"text/plain", "text/html"} {
			wantAll(t, part, m.parts[part], "You are called to a general meeting.", "Friday 4 December, 5pm", "https://fen.example/meetings/1",
				"You get this because you are a member of", "cannot be turned off", "nothing in it tells us whether you read it")
			wantNone(t, part, m.parts[part], "/mail/stop/")
		}
		wantNone(t, "text", m.parts["text/plain"], "!", "&amp;")
		wantAll(t, "HTML", m.parts["text/html"], "Fen &amp; Dyke Community Health", `lang="en-GB"`)
		if m.Get("List-Unsubscribe") != "" {
			t.Error("a statutory notice offers to be stopped")
		}
		d.noText()
		var day, subject, body, person, address, channel string
		err := d.Journal.DB().Read(ctx, func(tx *db.Tx) error {
			return tx.QueryRow(ctx, `SELECT day, subject_hash, body_hash, person_id, address_hash, channel FROM notice WHERE about = 'meeting-1'`).
				Scan(&day, &subject, &body, &person, &address, &channel)
		})
		if err != nil || day != "2026-11-19" || person != "zoe" || channel != "email" {
			t.Fatalf("notice of %s to %s by %s, %v", day, person, channel, err)
		}
		if subject != sha(m.Get("Subject")) || body != sha(m.parts["text/plain"]) {
			t.Error("the mail's hashes are not those recorded")
		}
		if address == "" || address == sha("zoe@fen.example") {
			t.Errorf("the address stands as %q: it has to be keyed", address)
		}
		tally, err := d.Tally(ctx, org, "meeting.call", "meeting-1")
		if err != nil || tally.Email != 1 || tally.Waiting != 0 || tally.First.String() != "2026-11-19" {
			t.Errorf("tally %+v, %v", tally, err)
		}
	})
}

func sha(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// No fact, no notice.
func TestSend_UndoneWithTheChange(t *testing.T) {
	b := schematest.SQLite(t)
	d := newDesk(t, b, nil)
	undone := errors.New("undone")
	_, err := d.Journal.Record(ctx, journal.Fact{Org: org, Kind: "test.change", Actor: "setup"}, func(tx *journal.Tx) error {
		if _, err := d.Send(ctx, tx, call("zoe")); err != nil {
			return err
		}
		return undone
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	d.run()
	if got := d.mails(); len(got) != 0 {
		t.Errorf("%d mails of a change that did not happen", len(got))
	}
}

// Which way a message goes follows from the law, the person's choice and what
// the register has of them.
func TestSend_Route(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		d := newDesk(t, b, nil)
		vote := func(person string) notice.Message {
			m := proposal(person, 1)
			m.Kind, m.Urgent = "vote.open", true
			return m
		}
		outside := vote("")
		outside.To = notice.Person{Name: "Una Watcher", Email: "una@watch.example"}
		for _, c := range []struct {
			name   string
			set    notice.Choice
			weekly notice.Choice
			m      notice.Message
			want   notice.Route
		}{
			{"statutory", notice.Usual, notice.Usual, call("zoe"), notice.ByEmail},
			{"statutory without an address", notice.Usual, notice.Usual, call("sid"), notice.ByPost},
			{"statutory with an address that cannot be used", notice.Usual, notice.Usual, call("ivor"), notice.ByPost},
			{"urgent", notice.Usual, notice.Usual, vote("zoe"), notice.ByEmail},
			{"urgent, wanted weekly", notice.Weekly, notice.Usual, vote("zoe"), notice.ByDigest},
			{"urgent, not wanted", notice.Never, notice.Usual, vote("zoe"), notice.Muted},
			{"urgent, to somebody outside", notice.Usual, notice.Usual, outside, notice.ByEmail},
			{"not urgent", notice.Usual, notice.Usual, proposal("zoe", 1), notice.ByDigest},
			{"not urgent, wanted at once", notice.Now, notice.Usual, proposal("zoe", 1), notice.ByEmail},
			{"not urgent, not wanted", notice.Never, notice.Usual, proposal("zoe", 1), notice.Muted},
			{"not urgent, and no weekly mail wanted", notice.Usual, notice.Never, proposal("zoe", 1), notice.Muted},
			{"urgent though no weekly mail is wanted", notice.Usual, notice.Never, vote("zoe"), notice.ByEmail},
			{"not statutory and no address", notice.Usual, notice.Usual, proposal("sid", 1), notice.NoAddress},
		} {
			if c.m.To.ID != "" && !c.m.Statutory {
				if err := d.SetPreference(ctx, org, c.m.To.ID, c.m.Kind, c.set); err != nil {
					t.Fatal(err)
				}
			}
			if err := d.SetPreference(ctx, org, "zoe", "notice.weekly", c.weekly); err != nil {
				t.Fatal(err)
			}
			before := d.count(`SELECT COUNT(*) FROM notice`)
			if got := d.send(c.m)[0]; got != c.want {
				t.Errorf("%s: %s; want %s", c.name, got, c.want)
			}
			recorded := d.count(`SELECT COUNT(*) FROM notice`) - before
			if sent := c.want != notice.Muted && c.want != notice.NoAddress; sent != (recorded == 1) {
				t.Errorf("%s: %d notices recorded", c.name, recorded)
			}
		}
	})
}

// A message that could not be sent, or would not say why it comes, stops the
// change that wants to send it.
func TestSend_Refuses(t *testing.T) {
	b := schematest.SQLite(t)
	d := newDesk(t, b, nil)
	for _, c := range []struct {
		name   string
		change func(m *notice.Message)
	}{
		{"a kind that nobody declared", func(m *notice.Message) { m.Kind = "meeting.cancel" }},
		{"a kind of the office's own", func(m *notice.Message) { m.Kind, m.Statutory = "notice.weekly", false }},
		{"statutory in its declaration only", func(m *notice.Message) { m.Statutory = false }},
		{"statutory here only", func(m *notice.Message) { m.Kind = "vote.open" }},
		{"no reason", func(m *notice.Message) { m.Reason = "" }},
		{"a reason in other words", func(m *notice.Message) { m.Reason = "We thought you might like this." }},
		{"a line break in the subject", func(m *notice.Message) { m.Subject = "Meeting\nBcc: all@fen.example" }},
		{"no subject", func(m *notice.Message) { m.Subject = " " }},
		{"a long subject", func(m *notice.Message) { m.Subject = strings.Repeat("a", 151) }},
		{"no body", func(m *notice.Message) { m.Body = nil }},
		{"a long body", func(m *notice.Message) { m.Body = []string{strings.Repeat("a", 20_001)} }},
		{"a body that is not text", func(m *notice.Message) { m.Body = []string{"\xff"} }},
		{"a link to another site", func(m *notice.Message) { m.Action.Path = "//evil.example/" }},
		{"a link with a scheme", func(m *notice.Message) { m.Action.Path = "https://evil.example/" }},
		{"a link without words", func(m *notice.Message) { m.Action.Text = "" }},
		{"nobody", func(m *notice.Message) { m.To = notice.Person{} }},
		{"a person and an address", func(m *notice.Message) { m.To.Email = "zoe@fen.example" }},
		{"an address that is none", func(m *notice.Message) { m.To = notice.Person{Email: "zoe"} }},
		{"somebody who does not exist", func(m *notice.Message) { m.To.ID = "nobody" }},
	} {
		m := call("zoe")
		c.change(&m)
		_, err := d.Journal.Record(ctx, journal.Fact{Org: org, Kind: "test.change", Actor: "setup"}, func(tx *journal.Tx) error {
			_, err := d.Send(ctx, tx, m)
			return err
		})
		if err == nil {
			t.Errorf("%s was sent", c.name)
		}
	}
	if n := d.count(`SELECT COUNT(*) FROM outbox`); n != 0 {
		t.Errorf("%d rows in the outbox", n)
	}
}

// The link in a message stops its kind without signing in, for that person
// only; nobody can make a link, and none stops what the law asks for.
func TestStop(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		d := newDesk(t, b, nil)
		m := proposal("zoe", 1)
		m.Kind, m.Urgent = "vote.open", true
		d.send(m)
		d.run()
		got := d.one()
		link := strings.Trim(got.Get("List-Unsubscribe"), "<>")
		wantAll(t, "text", got.parts["text/plain"], link, "To stop messages of this kind (Votes that open and close), open:")
		wantAll(t, "HTML", got.parts["text/html"], link)
		if got.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
			t.Error("no one-click stop")
		}
		token, ok := strings.CutPrefix(link, "https://fen.example"+notice.StopPath)
		if !ok {
			t.Fatalf("the link is %s", link)
		}
		if s, err := d.ReadStop(token); err != nil || s.Kind.Name != "vote.open" || s.Org != org {
			t.Fatalf("the link says %+v, %v", s, err)
		}
		if d.send(m)[0] != notice.ByEmail {
			t.Error("reading the link was enough to stop the kind: mail scanners open links")
		}
		for range 2 {
			if _, err := d.DoStop(ctx, token); err != nil {
				t.Fatal(err)
			}
		}
		if d.send(m)[0] != notice.Muted {
			t.Error("the kind was not stopped")
		}
		if d.send(call("zoe"))[0] != notice.ByEmail {
			t.Error("a statutory notice was stopped too")
		}
		list, err := d.Preferences(ctx, org, "zoe")
		if err != nil || !slices.ContainsFunc(list, func(p notice.Preference) bool {
			return p.Kind.Name == "vote.open" && p.Choice == notice.Never
		}) || list[0].Kind.Name != "notice.weekly" {
			t.Errorf("preferences %+v, %v", list, err)
		}
		flipped := []byte(token)
		flipped[len(flipped)/2] ^= 1
		for _, bad := range []string{"", "abc", token + "A", token[:len(token)-2], string(flipped), "../" + token} {
			if _, err := d.DoStop(ctx, bad); !fault.Is(err, fault.NotFound) {
				t.Errorf("the token %q gave %v", bad, err)
			}
		}
		if err := d.SetPreference(ctx, org, "zoe", "meeting.call", notice.Never); !fault.Is(err, fault.Conflict) {
			t.Errorf("a statutory kind could be turned off: %v", err)
		}
	})
}

// Somebody known by address alone can stop a kind too.
func TestStop_Outside(t *testing.T) {
	b := schematest.SQLite(t)
	d := newDesk(t, b, nil)
	m := proposal("", 1)
	m.Kind, m.Urgent, m.To = "vote.open", true, notice.Person{Name: "Una Watcher", Email: "Una@watch.example"}
	d.send(m)
	d.run()
	link := strings.Trim(d.one().Get("List-Unsubscribe"), "<>")
	if _, err := d.DoStop(ctx, link[strings.LastIndex(link, "/")+1:]); err != nil {
		t.Fatal(err)
	}
	m.To.Email = "una@watch.example"
	if got := d.send(m)[0]; got != notice.Muted {
		t.Errorf("after the stop it goes by %s", got)
	}
}

// What is not urgent comes in one mail on Monday at 7am in London, with
// whatever was turned off in the meantime left out, and only once.
func TestDigest(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		d := newDesk(t, b, nil)
		d.send(proposal("zoe", 1), proposal("zoe", 2))
		vote := proposal("zoe", 3)
		vote.Kind = "vote.open"
		d.send(vote)
		if err := d.SetPreference(ctx, org, "zoe", "vote.open", notice.Never); err != nil {
			t.Fatal(err)
		}
		b.Clock.Set(time.Date(2026, 11, 23, 6, 59, 0, 0, time.UTC))
		d.run()
		if got := d.mails(); len(got) != 0 {
			t.Fatalf("%d mails before Monday at seven", len(got))
		}
		d.book.people["zoe"] = notice.Person{Name: "Zoë Blackthorn", Email: "zoe.new@fen.example"}
		b.Clock.Advance(2 * time.Minute)
		d.run()
		m := d.one()
		if want := "This week at Fen & Dyke Community Health: two things"; m.Get("Subject") != want {
			t.Errorf("subject %q; want %q", m.Get("Subject"), want)
		}
		wantAll(t, "To", m.Get("To"), "zoe.new@fen.example")
		wantAll(t, "text", m.parts["text/plain"], "Proposal 1: <quieter> nights", "Proposal 2: <quieter> nights",
			"https://fen.example/proposals/2", "You get this because you follow proposals.", "To stop this weekly mail, open:")
		wantAll(t, "HTML", m.parts["text/html"], "Proposal 1: &lt;quieter&gt; nights")
		wantNone(t, "text", m.parts["text/plain"], "Proposal 3")
		d.noText()
		b.Clock.Advance(7 * 24 * time.Hour)
		d.run()
		d.one()
		link := strings.Trim(m.Get("List-Unsubscribe"), "<>")
		if _, err := d.DoStop(ctx, link[strings.LastIndex(link, "/")+1:]); err != nil {
			t.Fatal(err)
		}
		if got := d.send(proposal("zoe", 4))[0]; got != notice.Muted {
			t.Errorf("after the weekly mail was stopped a proposal goes by %s", got)
		}
	})
}

// One reader in the digest is one mail: nobody sees what another was sent.
func TestDigest_OneMailAPerson(t *testing.T) {
	b := schematest.SQLite(t)
	d := newDesk(t, b, nil)
	d.book.people["amy"] = notice.Person{Name: "Amy Teasel", Email: "amy@fen.example"}
	d.send(proposal("zoe", 1), proposal("amy", 2))
	b.Clock.Set(time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC))
	d.run()
	got := d.mails()
	if len(got) != 2 {
		t.Fatalf("%d mails; want two", len(got))
	}
	for _, m := range got {
		if strings.Contains(m.data, "zoe@") == strings.Contains(m.data, "amy@") {
			t.Error("a digest names both readers or neither")
		}
		wantAll(t, "subject", m.Get("Subject"), "one thing")
	}
}
