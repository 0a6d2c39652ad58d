package once_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/once"
	"commonweal/internal/schema/schematest"
)

var request = once.Request{Org: "lea", Person: "p1", Key: "3f2a", What: []byte("POST /x {}")}

// A request that comes again gets the first answer, and nothing is done twice.
func TestTheSameRequestGetsTheSameAnswer(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		ctx, book := context.Background(), once.New(b.Journal.DB(), b.World)
		if got, err := book.Begin(ctx, request); got != nil || err != nil {
			t.Fatalf("the first time: %v, %v", got, err)
		}
		if _, err := book.Begin(ctx, request); !fault.Is(err, fault.Conflict) {
			t.Errorf("while it is being done: %v, want a conflict", err)
		}
		if err := book.Finish(ctx, request, once.Answer{Status: 201, Body: []byte(`{"id":1}`)}); err != nil {
			t.Fatal(err)
		}
		got, err := book.Begin(ctx, request)
		if err != nil || got == nil || got.Status != 201 || string(got.Body) != `{"id":1}` {
			t.Errorf("again: %v, %v", got, err)
		}
	})
}

func TestBegin(t *testing.T) {
	other := func(change func(*once.Request)) once.Request { r := request; change(&r); return r }
	for name, c := range map[string]struct {
		why  string
		r    once.Request
		want fault.Kind
	}{
		"another body":    {"a key names one request", other(func(r *once.Request) { r.What = []byte("POST /x {1}") }), fault.Invalid},
		"another person":  {"keys are the sender's own", other(func(r *once.Request) { r.Person = "p2" }), ""},
		"another mutual":  {"one person id may be in two", other(func(r *once.Request) { r.Org = "exe" }), ""},
		"moved boundary":  {"org and person must not run together", other(func(r *once.Request) { r.Org, r.Person = "leap", "1" }), ""},
		"no key":          {"an empty key would be everybody's", other(func(r *once.Request) { r.Key = "" }), fault.Invalid},
		"a very long key": {"it is a name and no place to store things", other(func(r *once.Request) { r.Key = strings.Repeat("k", 201) }), fault.Invalid},
		"a strange key":   {"headers are ASCII", other(func(r *once.Request) { r.Key = "ключ" }), fault.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			b := schematest.SQLite(t)
			ctx, book := context.Background(), once.New(b.Journal.DB(), b.World)
			if _, err := book.Begin(ctx, request); err != nil {
				t.Fatal(err)
			}
			if _, err := book.Begin(ctx, c.r); fault.KindOf(err) != c.want {
				t.Errorf("%s: %v, want %q", c.why, err, c.want)
			}
		})
	}
}

// An answer may name people. Whoever reads the table learns nothing from it.
func TestTheKeptAnswerIsSealed(t *testing.T) {
	b := schematest.SQLite(t)
	ctx, book := context.Background(), once.New(b.Journal.DB(), b.World)
	if _, err := book.Begin(ctx, request); err != nil {
		t.Fatal(err)
	}
	if err := book.Finish(ctx, request, once.Answer{Status: 200, Body: []byte("Wren Ashby")}); err != nil {
		t.Fatal(err)
	}
	var id, what, body string
	err := b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT id, what, body FROM request_once`).Scan(&id, &what, &body)
	})
	if err != nil {
		t.Fatal(err)
	}
	plain, err := base64.StdEncoding.DecodeString(body)
	if err != nil || bytes.Contains(plain, []byte("Wren")) || strings.Contains(id+what, request.Key) {
		t.Errorf("the row says %q %q %q, %v", id, what, plain, err)
	}
}

// What was refused changed nothing, so the same request may be tried again; and
// a day later the key is as new.
func TestForgetting(t *testing.T) {
	b := schematest.SQLite(t)
	ctx, book := context.Background(), once.New(b.Journal.DB(), b.World)
	begin := func(why string) {
		t.Helper()
		if got, err := book.Begin(ctx, request); got != nil || err != nil {
			t.Errorf("%s: %v, %v", why, got, err)
		}
	}
	begin("at first")
	if err := book.Forget(ctx, request); err != nil {
		t.Fatal(err)
	}
	begin("after it was refused")
	if err := book.Finish(ctx, request, once.Answer{Status: 200}); err != nil {
		t.Fatal(err)
	}
	// Forgetting late must not lose an answer.
	if err := book.Forget(ctx, request); err != nil {
		t.Fatal(err)
	}
	if got, err := book.Begin(ctx, request); got == nil || err != nil {
		t.Errorf("an answer that was given was forgotten: %v, %v", got, err)
	}
	b.Clock.Advance(once.Keep + time.Minute)
	if err := book.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	var left int
	err := b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT COUNT(*) FROM request_once`).Scan(&left)
	})
	if err != nil || left != 0 {
		t.Errorf("%d rows are left after a day, %v", left, err)
	}
	begin("after a day")
}
