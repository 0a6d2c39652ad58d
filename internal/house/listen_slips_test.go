package house

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/listen/wave"
)

// Whoever prints slips and answers with them, without giving them to anybody, hides behind
// the passes that nobody used; the audit and the bundle count slips by themselves.
func TestWave_SlipsThatNobodyWasGiven(t *testing.T) {
	l := newListening(t, 60, func(p *wave.Plan) { p.Paper = true })
	people, err := l.Waves.Asked(ctx, "wye", l.w.ID)
	l.ok(err)
	serials, err := l.MakeSlips(ctx, l.Secretary, "wye", l.w.ID, 5)
	l.ok(err)
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
