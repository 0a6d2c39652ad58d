package web_test

import (
	"crypto/rand"
	"fmt"
	"testing"

	"commonweal/internal/base/policy"
	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/survey/instrument"
	"commonweal/survey/token"
)

// listening is a small mutual with a survey that opens on the day the clock stands at:
// the staff of two sites, each a team, and an engagement lead who is not among them.
type listening struct {
	*site
	Lead   string
	People []string // those who are asked: 15 at Alder House, then 12 at Ferry Lane
	Nobody string   // not on the staff list
	Wave   wave.Wave
}

const (
	surveyCode = "autumn-2026"
	atAlder    = 15
	atFerry    = 12
)

// newListening calls a survey of the short scale of mutual culture, in two languages,
// with comments and paper slips, open from 19 to 27 November.
func newListening(t testing.TB) *listening {
	t.Helper()
	l := newListeningDraft(t)
	l.ok(l.House.CallWave(l.ctx, l.Lead, "severn", l.Wave.ID))
	l.reload()
	return l
}

// newListeningDraft is the same before the call.
func newListeningDraft(t testing.TB) *listening {
	t.Helper()
	s := newSite(t)
	s.rules()
	var lines []string
	for i := range atAlder + atFerry {
		place, group := "Alder House", "Nursing and Midwifery Registered"
		if i >= atAlder {
			place, group = "Ferry Lane", "Administrative and Clerical"
		}
		lines = append(lines, fmt.Sprintf("2%03d,Ada%02d,Asked%02d,ada%02d@severn.example,%s,Post,%s,Permanent,1.0,04/03/2019", i, i, i, i, group, place))
	}
	ids := s.employs(lines...)
	l := &listening{site: s, Lead: s.officer(policy.EngagementLead), Nobody: s.person("Nell", "Outside")}
	for i := range atAlder + atFerry {
		l.People = append(l.People, ids[fmt.Sprintf("Ada%02d", i)])
	}
	s.House.Waves.UseBits(2048)
	in, err := instrument.Load("mutual-culture")
	s.ok(err)
	id, err := s.House.Waves.Draft(s.ctx, l.Lead, "severn", wave.Plan{
		Code: surveyCode, Title: "Autumn pulse", Kind: wave.Pulse, About: "How it is to own the place together.", Instrument: in,
		Census: s.day("2026-11-18"), Opens: s.day("2026-11-19"), Closes: s.day("2026-11-27"), Comments: true, Paper: true, Languages: []string{"en", "cy"},
	})
	s.ok(err)
	l.Wave.ID = id
	l.reload()
	return l
}

func (l *listening) reload() {
	l.t.Helper()
	w, err := l.House.Waves.Wave(l.ctx, "severn", l.Wave.ID)
	l.ok(err)
	l.Wave = w
}

// blind makes a pass on somebody's device, up to where the register is asked to sign it.
func (l *listening) blind() ([]byte, *token.Blinded) {
	l.t.Helper()
	key, err := token.ParsePublic(l.Wave.Key, l.Wave.KeyHash)
	l.ok(err)
	blinded, state, err := key.Blind(rand.Reader, l.Wave.ID)
	l.ok(err)
	return blinded, state
}

// pass draws somebody's pass.
func (l *listening) pass(person string) string {
	l.t.Helper()
	blinded, state := l.blind()
	signature, err := l.House.Waves.Draw(l.ctx, "severn", l.Wave.ID, person, blinded)
	l.ok(err)
	pass, err := state.Finish(signature)
	l.ok(err)
	return pass.String()
}

// take puts one sheet into the box: every question answered with the same option.
func (l *listening) take(pass, unit, comment string, code uint8) string {
	l.t.Helper()
	sheet := answers.Sheet{Token: pass, Answers: make(answers.Codes, len(l.Wave.Instrument.Questions)), Unit: unit, Comment: comment}
	for i := range sheet.Answers {
		sheet.Answers[i] = code
	}
	receipt, err := l.House.Answers.Take(l.ctx, l.Wave.ID, sheet)
	l.ok(err)
	return receipt
}

// everybody draws and answers: so many of those who are asked, from the first on, each
// in the team of their site.
func (l *listening) everybody(n int) {
	l.t.Helper()
	for i, person := range l.People[:n] {
		unit := l.teamOf(i)
		l.take(l.pass(person), unit, "", uint8(1+i%5)) //nolint:gosec // 1 to 5
	}
}

// teamOf is the team of one of People.
func (l *listening) teamOf(i int) string {
	l.t.Helper()
	name := "Alder House"
	if i >= atAlder {
		name = "Ferry Lane"
	}
	for _, u := range l.Wave.Units {
		if u.Name == name {
			return u.Code
		}
	}
	l.t.Fatalf("there is no team %s in %+v", name, l.Wave.Units)
	return ""
}

// over lets the survey close and its last answers be counted.
func (l *listening) over() {
	l.t.Helper()
	l.Clock.Set(l.Wave.LastKeyed().AddDays(1).Start().Add(10 * 60 * 60 * 1e9))
	l.ok(l.House.CloseWave(l.ctx, "severn", l.Wave.ID))
	l.reload()
}
