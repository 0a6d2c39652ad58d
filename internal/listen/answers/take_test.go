package answers_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/answers"
	"commonweal/survey/token"
)

// One token, one sheet: told again it is the same receipt, and the answers come out as
// they went in.
func TestTake_OnceAndOnlyOnce(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		s := m.sheet(5, 1, 4, 2)
		s.Comment = "  More time.\r\nPlease. "
		receipt := m.take(s)
		tok, err := token.Parse(s.Token)
		m.ok(err)
		if receipt != tok.SpentHash() {
			t.Errorf("receipt %s, spent hash %s", receipt, tok.SpentHash())
		}
		if again := m.take(s); again != receipt {
			t.Errorf("the same sheet again: %s", again)
		}
		changed := s
		changed.Answers = answers.Codes{1, 1, 4, 2}
		_, err = m.svc.Take(ctx, wave, changed)
		m.refused("a double spend", err, fault.Conflict, "used already, with other answers: the first count")
		changed = s
		changed.Unit = "south"
		_, err = m.svc.Take(ctx, wave, changed)
		m.refused("a double spend for another team", err, fault.Conflict, "used already")
		sheets := []answers.Sheet{s}
		for range 21 {
			other := m.sheet(1, 2, 0, 3)
			other.Unit = "hospital"
			sheets = append(sheets, other)
			m.take(other)
		}
		m.day(2)
		if mixed, err := m.svc.Mix(ctx, wave); err != nil || !mixed {
			t.Fatalf("not mixed: %v", err)
		}
		counted := 0
		for _, one := range sheets {
			tok, err := token.Parse(one.Token)
			m.ok(err)
			spent, err := m.svc.IsSpent(ctx, wave, tok.SpentHash())
			m.ok(err)
			if !spent {
				continue
			}
			counted++
			_, err = m.svc.Take(ctx, wave, one)
			m.refused("a replay on another day", err, fault.Conflict, "counted already, under the receipt "+tok.SpentHash())
		}
		if counted != 12 {
			t.Errorf("%d are counted of 22, of whom ten stay", counted)
		}
		rows := m.closing()
		if len(rows) != 22 || !slices.ContainsFunc(rows, func(r answers.Row) bool {
			return bytes.Equal(r.Answers, s.Answers) && r.Unit == "north" && r.Group == "nurse"
		}) {
			t.Errorf("the answers came out as %v", rows)
		}
		list, err := m.svc.Comments(ctx, wave)
		m.ok(err)
		if len(list) != 1 || list[0].Text != "More time.\nPlease." || list[0].Unit != "" {
			t.Errorf("comments %v", list)
		}
		_, err = m.svc.Take(ctx, wave, m.sheet(1, 2, 0, 3))
		m.refused("after the close", err, fault.Conflict, "closed at the end of 2026-06-05")
	})
}

func TestTake_Refuses(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		stranger, err := token.New(rand.Reader, 2048)
		m.ok(err)
		forged := func() string {
			blinded, b, err := stranger.Public().Blind(rand.Reader, wave)
			m.ok(err)
			signed, err := stranger.Sign(blinded)
			m.ok(err)
			tok, err := b.Finish(signed)
			m.ok(err)
			return tok.String()
		}
		good := m.sheet(5, 1, 4, 2)
		with := func(change func(s *answers.Sheet)) answers.Sheet {
			s := good
			s.Answers = slices.Clone(s.Answers)
			change(&s)
			return s
		}
		cases := []struct {
			name  string
			sheet answers.Sheet
			kind  fault.Kind
			field string
			says  string
		}{
			{"a forged token", with(func(s *answers.Sheet) { s.Token = forged() }), fault.Forbidden, "token", "not signed for this survey"},
			{"a token of another wave", with(func(s *answers.Sheet) { s.Token = draw(t, other) }), fault.Invalid, "token", "for another survey"},
			{"a token of another wave, rewritten", with(func(s *answers.Sheet) { s.Token = strings.Replace(draw(t, other), other, wave, 1) }), fault.Forbidden, "token", "not signed"},
			{"half a token", with(func(s *answers.Sheet) { s.Token = s.Token[:100] }), fault.Invalid, "token", "not whole"},
			{"no token", with(func(s *answers.Sheet) { s.Token = "" }), fault.Invalid, "token", "either a one-time pass or a serial"},
			{"a token and a serial", with(func(s *answers.Sheet) { s.Serial = "2222" }), fault.Invalid, "token", "either"},
			{"a serial that nobody made", with(func(s *answers.Sheet) { s.Token, s.Serial = "", "2222-2222-2222-22" }), fault.Forbidden, "serial", "no slip of this survey"},
			{"a serial with a typing error", with(func(s *answers.Sheet) { s.Token, s.Serial = "", "3222-2222-2222-22" }), fault.Invalid, "serial", "letter wrong"},
			{"a truncated sheet", with(func(s *answers.Sheet) { s.Answers = s.Answers[:2] }), fault.Invalid, "answers", "2 answers to 4 questions"},
			{"an option that is not there", with(func(s *answers.Sheet) { s.Answers[0] = 6 }), fault.Invalid, "q1", "no option 6"},
			{"an answer to a question that is not put", with(func(s *answers.Sheet) { s.Answers[1] = 2 }), fault.Invalid, "q3", "not put"},
			{"nothing answered", with(func(s *answers.Sheet) { s.Answers = make(answers.Codes, 4) }), fault.Invalid, "answers", "no question is answered"},
			{"a team that is not there", with(func(s *answers.Sheet) { s.Unit = "east" }), fault.Invalid, "unit", `no team "east"`},
			{"a staff group that is not there", with(func(s *answers.Sheet) { s.Group = "kings" }), fault.Invalid, "group", "no staff group"},
			{"a comment too long", with(func(s *answers.Sheet) { s.Comment = strings.Repeat("ŵ", 2001) }), fault.Invalid, "comment", "2001 characters; 2000"},
			{"a comment of ten megabytes", with(func(s *answers.Sheet) { s.Comment = strings.Repeat("a", 10<<20) }), fault.Invalid, "comment", "bytes"},
			{"a comment in a wide script", with(func(s *answers.Sheet) { s.Comment = strings.Repeat("語", 1900) }), fault.Invalid, "comment", "5700 bytes"},
			{"a comment that is not text", with(func(s *answers.Sheet) { s.Comment = "a\xffb" }), fault.Invalid, "comment", "not text"},
			{"a comment with a bell", with(func(s *answers.Sheet) { s.Comment = "a\ab" }), fault.Invalid, "comment", "not text"},
		}
		for _, c := range cases {
			_, err := m.svc.Take(ctx, wave, c.sheet)
			m.refused(c.name, err, c.kind, c.says)
			if got := fault.FieldOf(err); got != c.field {
				t.Errorf("%s: field %q, want %q", c.name, got, c.field)
			}
		}
		if _, err := m.svc.Take(ctx, other, good); !fault.Is(err, fault.NotFound) {
			t.Errorf("a wave that is not there: %v", err)
		}
		m.clock.Set(time.Date(2026, 5, 31, 22, 59, 0, 0, time.UTC)) // 23:59 in London
		_, err = m.svc.Take(ctx, wave, good)
		m.refused("a minute too early", err, fault.Conflict, "opens on 2026-06-01")
		m.clock.Set(time.Date(2026, 6, 5, 23, 0, 0, 0, time.UTC)) // midnight in London
		_, err = m.svc.Take(ctx, wave, good)
		m.refused("at midnight after the last day", err, fault.Conflict, "closed at the end of 2026-06-05")
		if n := m.count("waiting"); n != 0 {
			t.Errorf("%d refused sheets are in the box", n)
		}
		m.clock.Set(time.Date(2026, 6, 5, 22, 59, 0, 0, time.UTC))
		receipt := m.take(good)
		m.clock.Set(time.Date(2026, 6, 5, 23, 1, 0, 0, time.UTC))
		if again, err := m.svc.Take(ctx, wave, good); err != nil || again != receipt {
			t.Errorf("whoever did not hear before midnight is not told after it: %v", err)
		}
	})
}

// endless gives ever more of a comment and counts what was read of it.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	if e.read == 0 {
		e.read = copy(p, `{"answers":[1],"comment":"`)
		return e.read, nil
	}
	for i := range p {
		p[i] = 'a'
	}
	e.read += len(p)
	return len(p), nil
}

// A comment of ten megabytes, or without an end, is refused before it is read.
func TestReadSheet_ReadsNoMoreThanASheet(t *testing.T) {
	e := &endless{}
	_, err := answers.ReadSheet(e)
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("got %v", err)
	}
	if e.read > 4*answers.MaxSheet {
		t.Errorf("%d bytes were read", e.read)
	}
}

func TestReadSheet(t *testing.T) {
	s, err := answers.ReadSheet(strings.NewReader(`{"token":"x","answers":[1,0,255],"unit":"north","comment":"ŵ"}`))
	if err != nil || !bytes.Equal(s.Answers, []byte{1, 0, 255}) || s.Comment != "ŵ" || s.Unit != "north" {
		t.Errorf("%v, %v", s, err)
	}
	for name, text := range map[string]string{
		"nothing": ``, "half a sheet": `{"answers":[1,2`, "another field": `{"name":"Ann"}`, "a code too large": `{"answers":[256]}`,
		"a code below nought": `{"answers":[-1]}`, "two sheets": `{"answers":[1]}{"answers":[1]}`, "letters as bytes": `{"answers":"AQI="}`,
	} {
		if _, err := answers.ReadSheet(strings.NewReader(text)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := answers.ReadSheet(io.MultiReader(strings.NewReader(`{"answers":`), failing{})); !fault.Is(err, fault.Invalid) {
		t.Errorf("an upload that broke off: %v", err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.Join(io.ErrUnexpectedEOF) }

func TestRouted_ClearsWhatIsNotPut(t *testing.T) {
	got, err := answers.Routed(terms(t, wave), answers.Codes{3, 2, 4, 1})
	if err != nil || !bytes.Equal(got, []byte{3, 2, 0, 1}) {
		t.Errorf("%v, %v", got, err)
	}
	got, err = answers.Routed(terms(t, wave), answers.Codes{3, 1, 4, 1})
	if err != nil || !bytes.Equal(got, []byte{3, 1, 4, 1}) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestPublish(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		m.ok(m.svc.Publish(ctx, terms(t, wave)))
		longer := terms(t, wave)
		longer.Closes = longer.Closes.AddDays(1)
		m.refused("other days", m.svc.Publish(ctx, longer), fault.Conflict, "published with other terms")
		same := terms(t, other)
		same.Code = terms(t, wave).Code
		m.refused("a code that is taken", m.svc.Publish(ctx, same), fault.Conflict, "another wave has the code")
		for name, change := range map[string]func(*answers.Terms){
			"a minimum below ten":              func(x *answers.Terms) { x.Minimum = 9 },
			"a key that is not the notice's":   func(x *answers.Terms) { x.KeyHash = strings.Repeat("0", 64) },
			"another instrument":               func(x *answers.Terms) { x.InstrumentHash = strings.Repeat("0", 64) },
			"no instrument":                    func(x *answers.Terms) { x.Instrument = "" },
			"closing before it opens":          func(x *answers.Terms) { x.Closes = x.Opens.AddDays(-1) },
			"paper until before the close":     func(x *answers.Terms) { x.PaperUntil = x.Closes.AddDays(-1) },
			"a unit before what it is part of": func(x *answers.Terms) { slices.Reverse(x.Units) },
			"a unit twice":                     func(x *answers.Terms) { x.Units = append(x.Units, x.Units[0]) },
			"a group twice":                    func(x *answers.Terms) { x.Groups = append(x.Groups, x.Groups[0]) },
			"no language":                      func(x *answers.Terms) { x.Languages = nil },
			"an id with a slash":               func(x *answers.Terms) { x.Wave = "a/b" },
		} {
			bad := terms(t, other)
			change(&bad)
			m.refused(name, m.svc.Publish(ctx, bad), fault.Invalid, "")
		}
		got, stage, err := m.svc.ByCode(ctx, "harbour", terms(t, wave).Code)
		if err != nil || stage != answers.Open || got.KeyHash != terms(t, wave).KeyHash || got.Opens != terms(t, wave).Opens || len(got.Units) != 4 {
			t.Errorf("%v, %s, %v", got, stage, err)
		}
		if _, _, err := m.svc.ByCode(ctx, "harbour", "none"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a code that is not there: %v", err)
		}
	})
}
