package house

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/survey/instrument"
	"commonweal/survey/token"
)

// listening is a house with about so many staff and a survey that was called and is open.
type listening struct {
	*home
	w wave.Wave
}

func newListening(t *testing.T, staff int, change ...func(*wave.Plan)) *listening {
	t.Helper()
	h := newHome(t)
	h.Waves.UseBits(2048)
	h.load(staff)
	in, err := instrument.Load(instrument.Pulse)
	h.ok(err)
	p := wave.Plan{
		Code: "autumn", Title: "Autumn pulse", Kind: wave.Pulse, Instrument: in, Census: h.today(), Opens: h.today(), Closes: h.today().AddDays(13), Comments: true,
		RemindOn: nil, Weighting: wave.ByGroup,
	}
	for _, f := range change {
		f(&p)
	}
	id, err := h.Waves.Draft(ctx, h.Secretary, "wye", p)
	h.ok(err)
	h.ok(h.CallWave(ctx, h.Secretary, "wye", id))
	l := &listening{home: h}
	l.read(id)
	return l
}

func (l *listening) read(id string) {
	l.t.Helper()
	var err error
	l.w, err = l.Waves.Wave(ctx, "wye", id)
	l.ok(err)
}

// pass draws the token of a person as their device does.
func (l *listening) pass(person string) token.Token {
	l.t.Helper()
	key, err := token.ParsePublic(l.w.Key, l.w.KeyHash)
	l.ok(err)
	blinded, b, err := key.Blind(reader{l.World.Bytes}, l.w.ID)
	l.ok(err)
	signature, err := l.Waves.Draw(ctx, "wye", l.w.ID, person, blinded)
	l.ok(err)
	again, err := l.Waves.Draw(ctx, "wye", l.w.ID, person, blinded)
	l.ok(err)
	if string(again) != string(signature) {
		l.t.Error("asked again with the same message the register gave another signature")
	}
	tok, err := b.Finish(signature)
	l.ok(err)
	return tok
}

type reader struct{ bytes func([]byte) }

func (r reader) Read(p []byte) (int, error) { r.bytes(p); return len(p), nil }

// sheet is what the n-th of the invented answers.
func (l *listening) sheet(n int) answers.Sheet {
	s := answers.Sheet{Answers: make(answers.Codes, len(l.w.Instrument.Questions))}
	for i := range s.Answers {
		s.Answers[i] = uint8(1 + (n*7+i*3)%5)
	}
	var teams []string
	for _, u := range l.w.Units {
		if u.Level == wave.Team {
			teams = append(teams, u.Code)
		}
	}
	s.Unit, s.Group = teams[n%len(teams)], l.w.Groups[n%len(l.w.Groups)].Code
	return s
}

// days lets so many days pass, with what is done on each.
func (l *listening) days(n int) {
	l.t.Helper()
	for range n {
		l.Clock.Advance(24 * time.Hour)
		l.work()
	}
}

// A wave from the call to the close: passes are drawn and spent, the record has them by
// day, and at the end everything agrees.
func TestWave_FromCallToClose(t *testing.T) {
	l := newListening(t, 90)
	people, err := l.Waves.Asked(ctx, "wye", l.w.ID)
	l.ok(err)
	if len(people) != l.w.Eligible || l.w.Eligible < 80 {
		t.Fatalf("%d people are asked, %d eligible", len(people), l.w.Eligible)
	}
	if got := len(l.mails()); got == 0 {
		t.Error("nobody was told that the survey is open")
	}
	var mine token.Token
	for i, p := range people[:40] {
		tok := l.pass(p)
		if i == 0 {
			mine = tok
		}
		s := l.sheet(i)
		s.Token = tok.String()
		_, err := l.Answers.Take(ctx, l.w.ID, s)
		l.ok(err)
	}
	if n := l.count(`SELECT COUNT(*) FROM token_issued`); n != 0 {
		t.Errorf("%d passes are in the record before the day is over: their order would tell who came when", n)
	}
	c, err := l.Waves.Counts(ctx, "wye", l.w.ID)
	l.ok(err)
	if c.Issued != 0 || c.Units != nil || c.Groups != nil {
		t.Errorf("while open: %+v; want what the record has of the whole organisation and nothing else", c)
	}
	l.days(1)
	if c, err = l.Waves.Counts(ctx, "wye", l.w.ID); err != nil || c.Issued != 40 || c.Spent != 30 {
		t.Errorf("after the day: %+v (%v); want 40 drawn and 30 counted, for ten wait", c, err)
	}
	if n := l.count(`SELECT COUNT(*) FROM token_issued`); n != 40 {
		t.Errorf("%d passes are in the record after the day; want 40", n)
	}
	// Five more wait for the close: fewer than ten besides those that are kept make no batch.
	for i, p := range people[40:45] {
		s := l.sheet(100 + i)
		s.Token = l.pass(p).String()
		_, err := l.Answers.Take(ctx, l.w.ID, s)
		l.ok(err)
	}
	l.days(3)
	if list, err := l.Waves.Batches(ctx, "wye", l.w.ID); err != nil || len(list) != 1 {
		t.Errorf("%d batches (%v) with fifteen waiting; want 1", len(list), err)
	}
	l.days(11)
	l.read(l.w.ID)
	if l.w.Settled.IsZero() || l.w.Answers != 45 {
		t.Fatalf("after the close: settled %s, %d answers", l.w.Settled, l.w.Answers)
	}
	if at, err := l.Waves.Spent(ctx, "wye", l.w.ID, mine.SpentHash()); err != nil || at == 0 {
		t.Errorf("the first pass is in no batch: %v", err)
	}
	if list, err := l.Waves.Batches(ctx, "wye", l.w.ID); err != nil || len(list) != 2 || len(list[1].Hashes) != 15 {
		t.Errorf("%d batches, %v; the last has ten at least", len(list), err)
	}
	if n := l.count(`SELECT COUNT(*) FROM token_draw`) + l.count(`SELECT COUNT(*) FROM wave_key`); n != 0 {
		t.Errorf("%d rows of draws and keys are left after the close", n)
	}
	if c, err = l.Waves.Counts(ctx, "wye", l.w.ID); err != nil || c.Spent != 45 || c.Issued != 45 || len(c.Groups) == 0 {
		t.Errorf("after the close: %+v (%v)", c, err)
	}
	for _, u := range c.Groups {
		if !u.Hidden && u.Eligible < 10 {
			t.Errorf("staff group %s of %d is shown", u.Group.Code, u.Eligible)
		}
	}
	found, err := l.AuditWaves(ctx, "wye")
	l.ok(err)
	if len(found) > 0 {
		t.Errorf("the audit finds: %v", found)
	}
}

// The record's entries of a survey name no person but its officers, and say nothing finer
// than who was in which day.
func TestWave_RecordHasNoOrder(t *testing.T) {
	l := newListening(t, 60)
	people, err := l.Waves.Asked(ctx, "wye", l.w.ID)
	l.ok(err)
	before, err := l.Journal.Entries(ctx, "wye", 0, 1)
	l.ok(err)
	for i := range 12 {
		l.Clock.Advance(time.Minute)
		l.pass(people[(i*31)%len(people)])
	}
	after, err := l.Journal.Entries(ctx, "wye", 0, 1)
	l.ok(err)
	if after[0].Seq != before[0].Seq {
		t.Errorf("drawing made %d entries in the record, each with its time", after[0].Seq-before[0].Seq)
	}
	l.days(1)
	var entries int
	list, err := l.Journal.Entries(ctx, "wye", 0, 100)
	l.ok(err)
	for _, e := range list {
		if e.Kind == "survey.tokens_issued" {
			entries++
		}
	}
	if entries != 1 {
		t.Errorf("a day of draws made %d entries; want 1", entries)
	}
}

// Whoever is not asked, comes at the wrong time or comes again with another pass is
// refused and told why.
func TestWave_RefusesWithReasons(t *testing.T) {
	l := newListening(t, 60, func(p *wave.Plan) { p.Opens = p.Opens.AddDays(2) })
	people, err := l.Waves.Asked(ctx, "wye", l.w.ID)
	l.ok(err)
	blind := func() []byte {
		key, err := token.ParsePublic(l.w.Key, l.w.KeyHash)
		l.ok(err)
		b, _, err := key.Blind(reader{l.World.Bytes}, l.w.ID)
		l.ok(err)
		return b
	}
	refuse := func(name, person string, blinded []byte, kind fault.Kind, says string) {
		t.Helper()
		_, err := l.Waves.Draw(ctx, "wye", l.w.ID, person, blinded)
		if !fault.Is(err, kind) || !strings.Contains(fault.Message(err), says) {
			t.Errorf("%s: got %v; want %s ...%s...", name, err, kind, says)
		}
	}
	refuse("before it opens", people[0], blind(), fault.Conflict, "called and not open yet")
	l.days(2)
	l.read(l.w.ID)
	if l.w.Stage(l.Clock.Now()) != wave.Open {
		t.Fatalf("the survey is %s on its first day", l.w.Stage(l.Clock.Now()))
	}
	refuse("somebody who is not on the staff list", l.Secretary, blind(), fault.Forbidden, "does not have you")
	refuse("a message of the wrong size", people[0], []byte("short"), fault.Invalid, "bytes")
	l.pass(people[0])
	refuse("another message of the same person", people[0], blind(), fault.Conflict, "one is given to each person")
	l.days(1) // the draw is in the record now
	refuse("another message the day after", people[0], blind(), fault.Conflict, "one is given to each person")
	l.days(14)
	refuse("after the close", people[1], blind(), fault.Conflict, "closed")
}

// A reminder goes to those who have no pass and to nobody else, at most every other day.
func TestWave_RemindsThoseWithoutAPass(t *testing.T) {
	l := newListening(t, 40)
	people, err := l.Waves.Asked(ctx, "wye", l.w.ID)
	l.ok(err)
	l.pass(people[3])
	l.ok(l.RemindWave(ctx, l.Secretary, "wye", l.w.ID))
	n := l.count(`SELECT COUNT(*) FROM notice WHERE kind = 'survey.reminder'`)
	sent, err := l.Waves.Reminders(ctx, "wye", l.w.ID)
	l.ok(err)
	if len(sent) != 1 || sent[0].Sent != len(people)-1 {
		t.Errorf("reminders: %+v; want one to %d", sent, len(people)-1)
	}
	if n != len(people)-1 || l.count(`SELECT COUNT(*) FROM notice WHERE kind = 'survey.reminder' AND person_id = ?`, people[3]) != 0 {
		t.Errorf("%d reminders went out, to somebody with a pass among them or not to everybody else", n)
	}
	if err := l.RemindWave(ctx, l.Secretary, "wye", l.w.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second reminder on the same day: %v", err)
	}
}

// Slips are counted as issued; whoever has one draws no pass, and the other way round.
func TestWave_Slips(t *testing.T) {
	l := newListening(t, 40, func(p *wave.Plan) { p.Paper = true })
	people, err := l.Waves.Asked(ctx, "wye", l.w.ID)
	l.ok(err)
	if err := l.Waves.GiveSlip(ctx, l.Secretary, "wye", l.w.ID, people[0]); !fault.Is(err, fault.Conflict) {
		t.Errorf("a slip without a stack: %v", err)
	}
	serials := l.slips(5)
	l.read(l.w.ID)
	if len(serials) != 5 || len(l.w.Stacks) != 1 || l.w.Stacks[0].Seal != wave.StackSeal(serials) {
		t.Fatalf("stack %+v of %d serials", l.w.Stacks, len(serials))
	}
	l.ok(l.Waves.GiveSlip(ctx, l.Secretary, "wye", l.w.ID, people[0]))
	if err := l.Waves.GiveSlip(ctx, l.Secretary, "wye", l.w.ID, people[0]); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second slip: %v", err)
	}
	l.pass(people[1])
	if err := l.Waves.GiveSlip(ctx, l.Secretary, "wye", l.w.ID, people[1]); !fault.Is(err, fault.Conflict) {
		t.Errorf("a slip for somebody with a pass: %v", err)
	}
	key, err := token.ParsePublic(l.w.Key, l.w.KeyHash)
	l.ok(err)
	b, _, err := key.Blind(reader{l.World.Bytes}, l.w.ID)
	l.ok(err)
	if _, err := l.Waves.Draw(ctx, "wye", l.w.ID, people[0], b); !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "slip") {
		t.Errorf("a pass for somebody with a slip: %v", err)
	}
	if n := l.count(`SELECT COUNT(*) FROM journal_row WHERE value LIKE ?`, "%"+serials[0]+"%"); n != 0 {
		t.Error("a serial is in the record")
	}
}

// What somebody else asked is brought in once, with everything or nothing, and is never
// taken for one of our own.
func TestWave_BroughtIn(t *testing.T) {
	h := newHome(t)
	in, err := instrument.Load(instrument.Engagement)
	h.ok(err)
	b := wave.BroughtIn{
		Plan: wave.Plan{
			Code: "2024", Title: "Staff survey 2024", Kind: wave.Annual, Instrument: in, Opens: h.day("2024-10-01"), Closes: h.day("2024-11-29"), Comments: true,
		},
		Source: "Another Firm Ltd",
		Units:  []wave.Unit{{Code: "wards", Name: "Wards", Level: wave.Directorate}, {Code: "ward-1", Name: "Ward 1", PartOf: "wards", Level: wave.Team}},
		Groups: []wave.Group{{Code: "nursing", Name: "Nursing"}},
		Strata: []wave.Stratum{{Unit: "ward-1", Group: "nursing", Eligible: 30}},
	}
	var sheets []answers.Sheet
	for i := range 20 {
		s := answers.Sheet{Answers: make(answers.Codes, len(in.Questions)), Unit: "ward-1", Group: "nursing"}
		for q := range s.Answers {
			s.Answers[q] = uint8(1 + (i+q)%5)
		}
		sheets = append(sheets, s)
	}
	wrong := append([]answers.Sheet(nil), sheets...)
	wrong[7].Unit = "ward-9"
	if _, err := h.ImportWave(ctx, h.Secretary, "wye", b, wrong); err == nil || !strings.Contains(err.Error(), "answer 8") {
		t.Errorf("an answer of a team that there is not: %v", err)
	}
	if list, err := h.Waves.List(ctx, "wye"); err != nil || len(list) != 0 {
		t.Fatalf("a refused import left %d surveys (%v)", len(list), err)
	}
	id, err := h.ImportWave(ctx, h.Secretary, "wye", b, sheets)
	h.ok(err)
	w, err := h.Waves.Wave(ctx, "wye", id)
	h.ok(err)
	if !w.BroughtIn() || w.Stage(h.Clock.Now()) != wave.Closed || w.Eligible != 30 || w.Answers != 20 {
		t.Errorf("brought in: %s, %d of %d, %q", w.Stage(h.Clock.Now()), w.Answers, w.Eligible, w.Source)
	}
	rows, err := h.Answers.Answers(ctx, id)
	h.ok(err)
	if len(rows) != 20 {
		t.Errorf("%d answers came in", len(rows))
	}
	if _, err := h.Waves.Draw(ctx, "wye", id, h.Secretary, make([]byte, 256)); !fault.Is(err, fault.Conflict) {
		t.Errorf("a pass for a survey that was brought in: %v", err)
	}
	if _, err := h.ImportWave(ctx, h.Secretary, "wye", b, sheets); !fault.Is(err, fault.Conflict) {
		t.Errorf("brought in twice: %v", err)
	}
	found, err := h.AuditWaves(ctx, "wye")
	h.ok(err)
	if len(found) > 0 {
		t.Errorf("the audit finds %v", found)
	}
}

// Answers are erased when the plan says, and the releases of the survey stay.
func TestWave_AnswersAreErased(t *testing.T) {
	l := newListening(t, 40, func(p *wave.Plan) { p.KeepMonths = 1 })
	people, err := l.Waves.Asked(ctx, "wye", l.w.ID)
	l.ok(err)
	for i, p := range people[:15] {
		s := l.sheet(i)
		s.Token = l.pass(p).String()
		_, err := l.Answers.Take(ctx, l.w.ID, s)
		l.ok(err)
	}
	l.days(15)
	l.read(l.w.ID)
	until := l.w.KeptUntil()
	for !l.today().After(until) {
		l.days(1)
	}
	l.days(1)
	l.read(l.w.ID)
	if l.w.Stage(l.Clock.Now()) != wave.Ended {
		t.Errorf("on %s the survey is %s", l.today(), l.w.Stage(l.Clock.Now()))
	}
	if rows, err := l.Answers.Answers(ctx, l.w.ID); err == nil && len(rows) > 0 {
		t.Errorf("%d answers are left", len(rows))
	}
}

// The notice is public and names nobody.
func TestWave_NoticeNamesNobody(t *testing.T) {
	l := newListening(t, 30)
	people, err := l.Waves.Asked(ctx, "wye", l.w.ID)
	l.ok(err)
	var tree map[string]any
	l.ok(json.Unmarshal(l.w.Notice, &tree))
	text := string(l.w.Notice)
	for _, p := range append(people, l.Secretary) {
		if strings.Contains(text, p) {
			t.Errorf("the notice names %s", p)
		}
	}
	if tree["key_sha256"] != l.w.KeyHash || fmt.Sprint(tree["minimum"]) != "10" {
		t.Errorf("notice: %s", text)
	}
}

// The bundle of a survey verifies offline, with one's own pass; altered in any way it does
// not.
func TestWave_Bundle(t *testing.T) {
	l := newListening(t, 40, func(p *wave.Plan) { p.Paper = true })
	people, err := l.Waves.Asked(ctx, "wye", l.w.ID)
	l.ok(err)
	err = l.MakeSlips(ctx, l.Secretary, "wye", l.w.ID, 3, func([]string) error { return nil })
	l.ok(err)
	l.ok(l.Waves.GiveSlip(ctx, l.Secretary, "wye", l.w.ID, people[30]))
	var mine, unspent token.Token
	for i, p := range people[:14] {
		tok := l.pass(p)
		if i == 0 {
			unspent = tok
			continue
		}
		mine = tok
		s := l.sheet(i)
		s.Token = tok.String()
		_, err := l.Answers.Take(ctx, l.w.ID, s)
		l.ok(err)
	}
	l.days(15)
	var file bytes.Buffer
	l.ok(l.Waves.WriteBundle(ctx, &file, "wye", l.w.ID))
	key, err := l.Journal.VerifierKey("wye")
	l.ok(err)
	read := func() wave.Bundle {
		b, err := wave.ReadBundle(bytes.NewReader(file.Bytes()))
		l.ok(err)
		return b
	}
	r, err := wave.Verify(read(), key, mine.String())
	l.ok(err)
	if !r.OK() || r.Issued != 15 || r.Spent != 13 || r.Eligible != l.w.Eligible || r.Counted != 1 || !r.Settled || r.Answers != 13 {
		t.Errorf("the bundle: %+v", r)
	}
	for _, p := range people {
		if bytes.Contains(file.Bytes(), []byte(p)) {
			t.Errorf("the bundle names %s, who was asked", p)
		}
	}
	cases := []struct {
		name, token, says string
		change            func(b *wave.Bundle)
	}{
		{"a pass that was not spent", unspent.String(), "not counted", func(*wave.Bundle) {}},
		{"a spent hash put in", "", "is not the one that is in the record", func(b *wave.Bundle) {
			b.Batches[0].Hashes[0] = strings.Repeat("0", 64)
		}},
		{"a batch left out", mine.String(), "The record has 1 batches", func(b *wave.Bundle) { b.Batches = nil }},
		{"entries of what was issued left out", "", "are issued", func(b *wave.Bundle) {
			b.Entries = slices.DeleteFunc(b.Entries, func(e wave.BundleEntry) bool { return strings.Contains(e.Body, "tokens_issued") })
		}},
		{"an entry that says more", "", "not under the head", func(b *wave.Bundle) {
			for i := range b.Entries {
				b.Entries[i].Body = strings.Replace(b.Entries[i].Body, `"issued":14`, `"issued":99`, 1)
			}
		}},
		{"another notice", "", "not the one that is in the record", func(b *wave.Bundle) {
			b.Notice = strings.Replace(b.Notice, "Autumn", "Winter", 1)
		}},
		{"another checkpoint", "", "not signed", func(b *wave.Bundle) { b.Checkpoint = strings.Replace(b.Checkpoint, "\n", "\n1", 1) }},
	}
	for _, c := range cases {
		b := read()
		c.change(&b)
		r, err := wave.Verify(b, key, c.token)
		l.ok(err)
		if r.OK() || !strings.Contains(strings.Join(r.Findings, " "), c.says) {
			t.Errorf("%s: found %q; want ...%s...", c.name, r.Findings, c.says)
		}
	}
}
