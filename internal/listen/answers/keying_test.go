package answers_test

import (
	"slices"
	"strings"
	"testing"
	"testing/quick"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/answers"
)

func (m *scene) serials(n int) []string {
	m.t.Helper()
	list, err := m.svc.MakeSerials(ctx, wave, n)
	m.ok(err)
	if len(list) != n {
		m.t.Fatalf("%d serials", len(list))
	}
	return list
}

// A serial lets one sheet in, as a token does, and its receipt is found among the spent.
func TestTake_BySerial(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		list := m.serials(25)
		for i, serial := range list[:24] {
			s := answers.Sheet{Serial: strings.ToLower(strings.ReplaceAll(serial, "-", " ")), Answers: answers.Codes{uint8(i%5 + 1), 2, 0, 1}}
			if receipt := m.take(s); receipt != answers.SerialReceipt(wave, serial) || m.take(s) != receipt {
				t.Errorf("receipt %s", receipt)
			}
			s.Answers[3] = 5
			_, err := m.svc.Take(ctx, wave, s)
			m.refused("a slip used twice", err, fault.Conflict, "this serial was used already")
		}
		m.ok(m.svc.MixAll(ctx))
		counted := 0
		for i, serial := range list[:24] {
			spent, err := m.svc.IsSpent(ctx, wave, answers.SerialReceipt(wave, serial))
			m.ok(err)
			if !spent {
				continue
			}
			counted++
			_, err = m.svc.Take(ctx, wave, answers.Sheet{Serial: serial, Answers: answers.Codes{uint8(i%5 + 1), 2, 0, 1}})
			m.refused("a slip used after the mix", err, fault.Conflict, "counted already")
		}
		// How many came on slips is told after the close only: slips are given by day.
		if st := m.status(); st.Papers != 0 || st.Counted != 14 || counted != 14 || st.Serials != 25 {
			t.Errorf("%+v, %d receipts are among the spent", st, counted)
		}
		m.closing()
		if st := m.status(); st.Papers != 24 || st.Counted != 24 {
			t.Errorf("%+v", st)
		}
		_, err := m.svc.MakeSerials(ctx, wave, 5)
		m.refused("serials after the close", err, fault.Conflict, "no more answers")
		_, err = m.svc.MakeSerials(ctx, wave, 0)
		m.refused("no serials", err, fault.Invalid, "0 serials")
	})
}

// One wrong letter, or two that changed places, are found out before any box is asked.
func TestCheckSerial_FindsTypingErrors(t *testing.T) {
	m := newScene(t, t.TempDir()+"/a.db")
	const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
	seen := map[string]bool{}
	for _, serial := range m.serials(50) {
		seen[serial] = true
		if got, err := answers.CheckSerial(" " + strings.ToLower(serial)); err != nil || got != serial {
			t.Fatalf("%s: %s, %v", serial, got, err)
		}
		for i := range serial {
			if serial[i] == '-' {
				continue
			}
			for j := range letters {
				if wrong := serial[:i] + letters[j:j+1] + serial[i+1:]; wrong != serial {
					if _, err := answers.CheckSerial(wrong); err == nil {
						t.Fatalf("%s passes for %s", wrong, serial)
					}
				}
			}
			for j := i + 1; j < len(serial); j++ {
				b := []byte(serial)
				b[i], b[j] = b[j], b[i]
				if swapped := string(b); b[i] != '-' && b[j] != '-' && swapped != serial {
					if _, err := answers.CheckSerial(swapped); err == nil {
						t.Fatalf("%s passes for %s", swapped, serial)
					}
				}
			}
		}
	}
	if len(seen) != 50 {
		t.Errorf("%d serials of 50 differ", len(seen))
	}
	if err := quick.Check(func(text string) bool {
		got, err := answers.CheckSerial(text)
		if err != nil {
			return fault.Is(err, fault.Invalid)
		}
		again, err := answers.CheckSerial(got)
		return err == nil && again == got
	}, nil); err != nil {
		t.Error(err)
	}
}

// Two people key a paper. It is in the box when they agree, and not before.
func TestKey_TwoPeopleMustAgree(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		serial := m.serials(2)
		paper := answers.Sheet{Serial: serial[0], Answers: answers.Codes{4, 1, 2, 3}, Unit: "south", Group: "admin", Comment: "Cold  in winter"}
		key := func(who string, s answers.Sheet) answers.Keyed {
			t.Helper()
			k, err := m.svc.Key(ctx, wave, who, s)
			m.ok(err)
			return k
		}
		if k := key("first", paper); !k.Waits || k.Taken {
			t.Errorf("%+v", k)
		}
		if k := key("first", paper); !k.Waits {
			t.Errorf("the same person twice is one keying: %+v", k)
		}
		slip := paper
		slip.Answers = answers.Codes{4, 1, 3, 3}
		slip.Unit = "north"
		k := key("second", slip)
		if k.Taken || k.Waits || !slices.Equal(k.Differences, []answers.Difference{{Field: "q3", First: "2", Second: "3"}, {Field: "unit", First: "south", Second: "north"}}) {
			t.Errorf("%+v", k)
		}
		if papers, err := m.svc.Keying(ctx, wave); err != nil || len(papers) != 1 || papers[0].Once || len(papers[0].Differences) != 2 || papers[0].Receipt != answers.SerialReceipt(wave, serial[0]) {
			t.Errorf("%+v, %v", papers, err)
		}
		_, err := m.svc.Key(ctx, wave, "third", paper)
		m.refused("a third person", err, fault.Conflict, "two others keyed this paper")
		if m.count("waiting") != 0 || m.status().Keying != 1 {
			t.Errorf("%d wait, %+v", m.count("waiting"), m.status())
		}
		paper.Comment = "Cold in winter" // blanks are nobody's words
		if k := key("second", paper); !k.Taken || len(k.Differences) != 0 {
			t.Errorf("%+v", k)
		}
		_, err = m.svc.Key(ctx, wave, "first", paper)
		m.refused("a paper that is in the box", err, fault.Conflict, "in the box already")
		_, err = m.svc.Take(ctx, wave, answers.Sheet{Serial: serial[0], Answers: answers.Codes{1, 2, 0, 1}})
		m.refused("its serial on a page", err, fault.Conflict, "used already")
		unknown := paper
		unknown.Serial = "2222-2222-2222-22"
		_, err = m.svc.Key(ctx, wave, "first", unknown)
		m.refused("a serial that nobody made", err, fault.Forbidden, "no slip")
		token := m.sheet(1, 2, 0, 1)
		_, err = m.svc.Key(ctx, wave, "first", token)
		m.refused("a token on paper", err, fault.Invalid, "no one-time pass")
		paper.Serial = serial[1]
		key("first", paper) // and nobody keys it again
		if rows := m.closing(); len(rows) != 1 || rows[0].Unit != "south" || m.count("keying") != 0 {
			t.Errorf("%v", rows)
		}
		_, err = m.svc.Key(ctx, wave, "second", paper)
		m.refused("keying after the close", err, fault.Conflict, "could be keyed until 2026-06-05")
	})
}

// Paper that came by post is keyed after the last day, while nobody answers any more.
func TestKey_UntilItsOwnLastDay(t *testing.T) {
	m := newScene(t, t.TempDir()+"/a.db")
	x := terms(t, other)
	x.PaperUntil = x.Closes.AddDays(7)
	m.ok(m.svc.Publish(ctx, x))
	serial, err := m.svc.MakeSerials(ctx, other, 1)
	m.ok(err)
	m.day(10)
	paper := answers.Sheet{Serial: serial[0], Answers: answers.Codes{4, 1, 2, 3}}
	_, err = m.svc.Take(ctx, other, paper)
	m.refused("a page after the last day", err, fault.Conflict, "closed at the end of 2026-06-05")
	for _, who := range []string{"first", "second"} {
		_, err = m.svc.Key(ctx, other, who, paper)
		m.ok(err)
	}
	m.ok(m.svc.CloseWave(ctx, other))
	rows, err := m.svc.Answers(ctx, other)
	if err != nil || len(rows) != 1 {
		t.Errorf("%v, %v", rows, err)
	}
}
