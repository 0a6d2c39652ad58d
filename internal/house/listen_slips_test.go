package house

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
)

// Whoever prints slips and answers with them, without giving them to anybody, hides behind
// the passes that nobody used; the audit and the bundle count slips by themselves.
func TestWave_SlipsThatNobodyWasGiven(t *testing.T) {
	l := newListening(t, 60, func(p *wave.Plan) { p.Paper = true })
	people, err := l.Waves.Asked(ctx, "wye", l.w.ID)
	l.ok(err)
	serials := l.slips(5)
	l.ok(l.Waves.GiveSlip(ctx, l.Secretary, "wye", l.w.ID, people[40]))
	for i, p := range people[:30] {
		tok := l.pass(p)
		if i >= 20 {
			continue // fetched, and not used
		}
		s := l.sheet(i)
		s.Token = tok.String()
		_, err := l.Answers.Take(ctx, l.w.ID, s)
		l.ok(err)
	}
	for i, serial := range serials {
		s := l.sheet(i)
		s.Serial = serial
		_, err := l.Answers.Take(ctx, l.w.ID, s)
		l.ok(err)
	}
	l.days(25)
	const says = "5 answers came by slips, and 1 slips are given"
	found, err := l.AuditWaves(ctx, "wye")
	l.ok(err)
	if !slices.ContainsFunc(found, func(s string) bool { return strings.Contains(s, says) }) {
		t.Errorf("the audit finds %q", found)
	}
	var file bytes.Buffer
	l.ok(l.Waves.WriteBundle(ctx, &file, "wye", l.w.ID))
	b, err := wave.ReadBundle(&file)
	l.ok(err)
	r, err := wave.Verify(b, "", "")
	l.ok(err)
	if r.Spent > r.Issued || !strings.Contains(strings.Join(r.Findings, " "), says) {
		t.Errorf("of the bundle: %+v", r)
	}
}

// slips are so many that were made and that somebody has in hand.
func (l *listening) slips(n int) (serials []string) {
	l.t.Helper()
	l.ok(l.MakeSlips(ctx, l.Secretary, "wye", l.w.ID, n, func(made []string) error {
		serials = made
		return nil
	}))
	return serials
}

// Slips that nobody got are those that the next gets, whatever was done when the program
// was killed: the answer side had made them, or the record had them too. They are in the
// record once.
func TestWave_SlipsThatNobodyGot(t *testing.T) {
	l := newListening(t, 40, func(p *wave.Plan) { p.Paper = true })
	before, err := l.Answers.MakeSerials(ctx, l.w.ID, 3) // and was killed
	l.ok(err)
	var shown []string
	err = l.MakeSlips(ctx, l.Secretary, "wye", l.w.ID, 5, func(made []string) error {
		shown = made
		return errors.New("the printer is on fire")
	})
	if err == nil || len(shown) != 5 {
		t.Fatalf("%d slips, %v", len(shown), err)
	}
	again := l.slips(4)
	if !slices.Equal(slices.Sorted(slices.Values(again)), slices.Sorted(slices.Values(shown))) {
		t.Errorf("%v, not those that nobody got: %v", again, shown)
	}
	for _, serial := range before {
		if !slices.Contains(again, serial) {
			t.Errorf("%s is lost", serial)
		}
	}
	l.read(l.w.ID)
	made := 0
	for _, k := range l.w.Stacks {
		made += k.Slips
	}
	if made != 5 || len(l.w.Stacks) != 2 {
		t.Errorf("the record has %d slips: %+v", made, l.w.Stacks)
	}
	if next := l.slips(2); len(next) != 2 || slices.Contains(again, next[0]) {
		t.Errorf("the next slips are %v", next)
	}
}

// A survey that is given up takes no answer more from that moment on, and what was answered
// is gone.
func TestWave_GivenUp(t *testing.T) {
	l := newListening(t, 40)
	people, err := l.Waves.Asked(ctx, "wye", l.w.ID)
	l.ok(err)
	s := l.sheet(1)
	s.Token = l.pass(people[0]).String()
	_, err = l.Answers.Take(ctx, l.w.ID, s)
	l.ok(err)
	late := l.sheet(2)
	late.Token = l.pass(people[1]).String()
	l.ok(l.AbandonWave(ctx, l.Secretary, "wye", l.w.ID, "Question 4 was worded wrongly."))
	if _, err := l.Answers.Take(ctx, l.w.ID, late); !fault.Is(err, fault.Conflict) {
		t.Errorf("an answer to a survey that was given up: %v", err)
	}
	if st, err := l.Answers.Status(ctx, l.w.ID); err != nil || st.Stage != answers.Erased {
		t.Errorf("%+v, %v", st, err)
	}
}
