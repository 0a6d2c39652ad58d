package answers_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/answers"
)

// The same sheet from many tabs at once is one answer, and everybody hears the same.
func TestTake_TheSameAtOnce(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		for range 5 {
			s := m.sheet(3, 2, 0, 1)
			receipts := make([]string, 12)
			var all sync.WaitGroup
			for i := range receipts {
				all.Go(func() {
					var err error
					if receipts[i], err = m.svc.Take(ctx, wave, s); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			for _, r := range receipts {
				if r != receipts[0] {
					t.Errorf("receipts %v", receipts)
				}
			}
		}
		if n := m.count("waiting"); n != 5 {
			t.Errorf("%d of 5 sheets wait", n)
		}
	})
}

// Of different sheets by one pass at once, one counts and the others are refused.
func TestTake_DoubleSpendAtOnce(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		s := m.sheet(3, 2, 0, 1)
		var took, refused atomic.Int64
		var all sync.WaitGroup
		for i := range 10 {
			other := s
			other.Answers = answers.Codes{uint8(i%5 + 1), 2, 0, uint8(i/5 + 1)}
			all.Go(func() {
				switch _, err := m.svc.Take(ctx, wave, other); {
				case err == nil:
					took.Add(1)
				case fault.Is(err, fault.Conflict) && strings.Contains(err.Error(), "used already"):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if took.Load() != 1 || refused.Load() != 9 || m.count("waiting") != 1 {
			t.Errorf("%d taken, %d refused, %d wait", took.Load(), refused.Load(), m.count("waiting"))
		}
	})
}

// Two programs over one database and key file: one takes while the other mixes and
// makes new keys, and nobody is lost.
func TestTake_ByTwoProgramsWhileBothMix(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		second, err := answers.OpenAll(ctx, m.source, m.path, m.world)
		m.ok(err)
		defer func() { m.ok(second.Close()) }()
		programs := []*answers.Service{m.svc, second}
		const n = 120
		sheets := make([]answers.Sheet, n)
		for i := range sheets {
			sheets[i] = m.sheet(uint8(i%5+1), 2, 0, 1)
			sheets[i].Comment = fmt.Sprint("sheet ", i)
		}
		day := 1
		for from := 0; from < n; from += n / 4 {
			m.day(day)
			day++
			var all sync.WaitGroup
			for p, svc := range programs {
				all.Go(func() {
					for i := from + p; i < from+n/4; i += 2 {
						if _, err := svc.Take(ctx, wave, sheets[i]); err != nil {
							t.Errorf("sheet %d: %v", i, err)
						}
						if i%9 < 2 {
							if err := svc.MixAll(ctx); err != nil {
								t.Errorf("mix: %v", err)
							}
						}
					}
				})
			}
			all.Wait()
		}
		m.day(6)
		m.ok(second.CloseWave(ctx, wave))
		list, err := m.svc.Comments(ctx, wave)
		m.ok(err)
		said := map[string]bool{}
		for _, c := range list {
			said[c.Text] = true
		}
		if st := m.status(); len(said) != n || len(list) != n || st.Counted != n || st.Lost != 0 {
			t.Errorf("%d comments, %d different, %+v of %d", len(list), len(said), st, n)
		}
		if got := m.keysIn(); len(got) != 0 {
			t.Errorf("keys %v are left", got)
		}
	})
}

// Whoever loses the key file while a survey is open is told how many answers are sealed
// for good, and with the file they are all there again.
func TestClose_WaitsForTheKeyFile(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		for range 22 {
			s := m.sheet(3, 2, 0, 1)
			s.Comment = "Words."
			m.take(s)
		}
		m.ok(m.svc.MixAll(ctx))
		file, err := os.ReadFile(m.path)
		m.ok(err)
		m.ok(os.Remove(m.path))
		m.reopen()
		if st := m.status(); st.Lost != 22 {
			t.Errorf("%+v", st)
		}
		m.day(6)
		m.refused("closing without the key", m.svc.CloseWave(ctx, wave), fault.Conflict, "abandon the survey and ask again")
		m.ok(os.WriteFile(m.path, file, 0o600))
		m.reopen()
		if rows := m.closing(); len(rows) != 22 || m.status().Comments != 22 {
			t.Errorf("%d answers, %+v", len(rows), m.status())
		}
	})
}

// Whatever arrives as a sheet is refused or read, and what is read is taken or refused
// with a reason.
func FuzzReadSheet(f *testing.F) {
	m := newScene(f, f.TempDir()+"/a.db")
	f.Add([]byte(`{"token":"cw1.a.b","answers":[1,2,0,1],"unit":"north","comment":"x"}`))
	f.Add([]byte(`{"serial":"2222-2222-2222-22","answers":[1,1,5,5]}`))
	f.Add([]byte(`{"answers":[]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		sheet, err := answers.ReadSheet(bytes.NewReader(text))
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("refused with %v", err)
			}
			return
		}
		if _, err := m.svc.Take(ctx, wave, sheet); err == nil || fault.Is(err, fault.Internal) {
			t.Errorf("%q: %v", text, err)
		}
	})
}
