package answers_test

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/world"
	"commonweal/internal/listen/answers"
	"commonweal/law"
	"commonweal/survey/instrument"
	"commonweal/survey/token"
)

var ctx = context.Background()

const (
	wave  = "0199c0de-0000-7000-8000-000000000001"
	other = "0199c0de-0000-7000-8000-000000000002"
)

// keyOf makes one key for all tests.
var keyOf = sync.OnceValues(func() (*token.Key, error) { return token.New(rand.Reader, 2048) })

func waveKey(t testing.TB) *token.Key {
	t.Helper()
	k, err := keyOf()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// asks is an instrument of four questions, the third only for those who said yes to
// the second.
func asks() instrument.Instrument {
	en := func(s string) instrument.Text { return instrument.Text{"en": s} }
	nought, ten := 0.0, 10.0
	var five []instrument.Option
	for i := range 5 {
		points := 2.5 * float64(i)
		five = append(five, instrument.Option{Code: i + 1, Label: en(string(rune('a' + i))), Points: &points})
	}
	return instrument.Instrument{
		ID: "test", Version: 1, Title: en("Test"), Source: "a test", Series: instrument.ZeroToTen,
		Scales: []instrument.Scale{
			{ID: "agree", Kind: instrument.Rating, Options: five},
			{ID: "yes", Kind: instrument.YesNo, Options: []instrument.Option{{Code: 1, Label: en("yes"), Points: &ten}, {Code: 2, Label: en("no"), Points: &nought}}},
		},
		Questions: []instrument.Question{
			{Concept: "look-forward", ID: "q1", Label: en("one"), Text: en("One?"), Scale: "agree"},
			{Concept: "had-review", ID: "q2", Label: en("two"), Text: en("Two?"), Scale: "yes"},
			{Concept: "review-helped", ID: "q3", Label: en("three"), Text: en("Three?"), Scale: "agree", Ask: &instrument.Condition{Question: "q2", Is: []int{1}}},
			{Concept: "recommend", ID: "q4", Label: en("four"), Text: en("Four?"), Scale: "agree"},
		},
	}
}

// terms are those of a wave that is open from the first to the fifth of June.
func terms(t testing.TB, wave string) answers.Terms {
	t.Helper()
	in := asks()
	text, err := in.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	hash, err := in.Hash()
	if err != nil {
		t.Fatal(err)
	}
	key := waveKey(t).Public()
	return answers.Terms{
		Wave: wave, Code: "june-" + wave[len(wave)-1:], Organisation: "harbour", Title: "June", Minimum: 10,
		Instrument: string(text), InstrumentHash: hash, PublicKey: key.Marshal(), KeyHash: key.Hash(),
		Opens: law.NewDate(2026, 6, 1), Closes: law.NewDate(2026, 6, 5),
		Units: []answers.Unit{
			{Code: "community", Name: "Community"},
			{Code: "north", Name: "North team", PartOf: "community"},
			{Code: "south", Name: "South team", PartOf: "community"},
			{Code: "hospital", Name: "Hospital"},
		},
		Groups:    []answers.Group{{Code: "nurse", Name: "Nurses"}, {Code: "admin", Name: "Administration"}},
		Languages: []string{"en", "cy"}, Comments: true,
	}
}

// scene is an answer side with one open wave.
type scene struct {
	t      testing.TB
	svc    *answers.Service
	db     *db.DB
	clock  *world.Clock
	world  *world.World
	path   string // of the key file
	source string
}

// each runs a test on each engine.
func each(t *testing.T, fn func(t *testing.T, m *scene)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, newScene(t, filepath.Join(t.TempDir(), "answers.db"))) })
	t.Run("postgres", func(t *testing.T) { fn(t, newScene(t, dbtest.PostgresURL(t))) })
}

func newScene(t testing.TB, source string) *scene {
	t.Helper()
	m := &scene{t: t, source: source, path: filepath.Join(t.TempDir(), "answers.key"), clock: world.At(time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC))}
	m.world = world.New(m.clock.Now, rand.Reader)
	m.reopen()
	t.Cleanup(func() { _ = m.svc.Close() })
	m.ok(m.svc.Publish(ctx, terms(t, wave)))
	m.day(1)
	return m
}

// reopen starts the answer side again, as after a crash.
func (m *scene) reopen() {
	m.t.Helper()
	if m.svc != nil {
		m.ok(m.svc.Close())
	}
	svc, err := answers.OpenAll(ctx, m.source, m.path, m.world)
	m.ok(err)
	m.svc, m.db = svc, svc.DB()
}

// day goes to noon of a day of June.
func (m *scene) day(n int) { m.clock.Set(time.Date(2026, 6, n, 12, 0, 0, 0, time.UTC)) }

func (m *scene) ok(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *scene) refused(name string, err error, kind fault.Kind, says string) {
	m.t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(fault.Message(err), says) {
		m.t.Errorf("%s: got %v (%s), want %s: %s", name, err, fault.KindOf(err), kind, says)
	}
}

// draw makes a token of a wave as a member and the register do.
func draw(t testing.TB, wave string) string {
	t.Helper()
	key := waveKey(t)
	blinded, b, err := key.Public().Blind(rand.Reader, wave)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := key.Sign(blinded)
	if err != nil {
		t.Fatal(err)
	}
	tok, err := b.Finish(signed)
	if err != nil {
		t.Fatal(err)
	}
	return tok.String()
}

// sheet is one with a new token.
func (m *scene) sheet(codes ...uint8) answers.Sheet {
	m.t.Helper()
	return answers.Sheet{Token: draw(m.t, wave), Answers: codes, Unit: "north", Group: "nurse"}
}

func (m *scene) take(s answers.Sheet) string {
	m.t.Helper()
	receipt, err := m.svc.Take(ctx, wave, s)
	m.ok(err)
	return receipt
}

// count counts the rows of a table.
func (m *scene) count(table string) (n int) {
	m.t.Helper()
	m.ok(m.db.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT COUNT(*) FROM `+table).Scan(&n)
	}))
	return n
}

func (m *scene) status() answers.Status {
	m.t.Helper()
	st, err := m.svc.Status(ctx, wave)
	m.ok(err)
	return st
}

// closing closes the wave on the day after its last.
func (m *scene) closing() []answers.Row {
	m.t.Helper()
	m.day(6)
	m.ok(m.svc.CloseWave(ctx, wave))
	rows, err := m.svc.Answers(ctx, wave)
	m.ok(err)
	return rows
}
