package paper_test

import (
	"strings"
	"sync"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/paper"
	"commonweal/internal/schema/schematest"
)

// Until two tellers have keyed every paper of a batch, nobody gets what another keyed:
// by no method, and not from the tables or the record either.
func TestKey_Blind(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, ranked, 4)
		m.receives(1, 2, 3)
		m.close()
		m.batch("A1", 3)
		mine := rank(3, 1, 2)
		m.key("ann", "A1", 1, mine)
		m.key("ann", "A1", 2, rank(4))
		m.key("ben", "A1", 1, mine) // both have keyed paper 1, and 2 and 3 are not
		for _, who := range []string{"ann", "ben", "cas", "ro"} {
			_, err := m.svc.Differences(ctx, who, org, council, "A1")
			m.refused(err, fault.Conflict, "nobody sees what was keyed")
			p, err := m.svc.Batch(ctx, who, org, council, "A1")
			m.ok(err)
			if p.Differ != 0 || p.Once != 1 || p.Twice != 1 {
				t.Errorf("%s is told %+v", who, p)
			}
		}
		_, err := m.svc.Lines(ctx, org, council, "A1")
		m.refused(err, fault.Conflict, "not settled")
		m.refused(m.svc.Rule(ctx, "ro", org, council, "A1", 1, mine, "x"), fault.Conflict, "nobody sees what was keyed")
		_, err = m.svc.Ballots(ctx, org, council)
		m.refused(err, fault.Conflict, "not signed")
		sum, err := m.svc.Summary(ctx, org, council)
		m.ok(err)
		if len(sum.Batches)+len(sum.Figures) > 0 {
			t.Errorf("the public is told %+v", sum)
		}
		if own, err := m.svc.Own(ctx, "ben", org, council, "A1", 2); err != nil || own != nil {
			t.Errorf("ben has keyed nothing of paper 2 and gets %v, %v", own, err)
		}
		if own, err := m.svc.Own(ctx, "ann", org, council, "A1", 1); err != nil || own == nil || own.String() != mine.String() {
			t.Errorf("ann keyed %s and gets %v, %v", mine, own, err)
		}
		for _, query := range []string{`SELECT ballot FROM paper_keyed`, `SELECT value FROM journal_row WHERE tbl = 'paper_keyed'`} {
			m.ok(m.Journal.DB().Read(ctx, func(tx *db.Tx) error {
				seen := map[string]bool{}
				return tx.Each(ctx, func(rows *db.Rows) error {
					var text string
					err := rows.Scan(&text)
					if strings.Contains(text, "rank") || seen[text] {
						t.Errorf("%s tells %s", query, text)
					}
					seen[text] = true
					return err
				}, query)
			}))
		}
	})
}

// Who may key what, and when.
func TestKey_Refused(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, ranked, 4)
		m.receives(1, 2)
		_, err := m.svc.MakeBatch(ctx, "ann", org, council, "A1", 2, 1)
		m.refused(err, fault.Conflict, "not closed yet")
		m.close()
		for _, c := range []struct {
			name, who, code string
			papers, weight  int
			kind            fault.Kind
			says            string
		}{
			{"by the returning officer", "ro", "A1", 2, 1, fault.Forbidden, "not a teller"},
			{"by somebody", "eve", "A1", 2, 1, fault.Forbidden, "not a teller"},
			{"without a code", "ann", "", 2, 1, fault.Invalid, "capital letters"},
			{"with the code of calls", "ann", "TEL1", 2, 1, fault.Invalid, "capital letters"},
			{"of no papers", "ann", "A1", 0, 1, fault.Invalid, "not between"},
			{"of more papers than envelopes", "ann", "A1", 3, 1, fault.Invalid, "2 envelopes to be counted were received, and with this batch there would be 3 papers"},
			{"of a weight that nobody has", "ann", "A1", 2, 2, fault.Invalid, "no paper"},
		} {
			t.Run(c.name, func(t *testing.T) {
				m.t = t
				_, err := m.svc.MakeBatch(ctx, c.who, org, council, c.code, c.papers, c.weight)
				m.refused(err, c.kind, c.says)
			})
		}
		m.t = t
		m.batch("A1", 1)
		_, err = m.svc.MakeBatch(ctx, "ann", org, council, "A1", 1, 1)
		m.refused(err, fault.Invalid, "a batch A1 already")
		m.batch("A2", 1)
		_, err = m.svc.MakeBatch(ctx, "ann", org, council, "A3", 1, 1)
		m.refused(err, fault.Invalid, "3 papers")

		for _, c := range []struct {
			name, who, code string
			paper           int
			ballot          paper.Ballot
			kind            fault.Kind
			says            string
		}{
			{"by the returning officer", "ro", "A1", 1, rank(1), fault.Forbidden, "not a teller"},
			{"a batch that is not there", "ann", "Z9", 1, rank(1), fault.NotFound, "no batch"},
			{"paper nought", "ann", "A1", 0, rank(1), fault.Invalid, "no paper 0"},
			{"a paper too many", "ann", "A1", 2, rank(1), fault.Invalid, "it has 1"},
			{"a candidate who does not stand", "ann", "A1", 1, rank(1, 5), fault.Invalid, "no candidate 5"},
			{"nothing", "ann", "A1", 1, paper.Ballot{}, fault.Invalid, "say what is on the paper"},
		} {
			t.Run(c.name, func(t *testing.T) {
				m.t = t
				m.refused(m.svc.Key(ctx, c.who, org, council, c.code, c.paper, c.ballot), c.kind, c.says)
			})
		}
		m.t = t

		// A slip may be keyed over while nobody else has keyed the paper.
		m.key("ann", "A1", 1, rank(1))
		m.key("ann", "A1", 1, rank(2))
		m.key("ben", "A1", 1, rank(3))
		m.refused(m.svc.Key(ctx, "ann", org, council, "A1", 1, rank(3)), fault.Conflict, "what you keyed stays")
		m.refused(m.svc.Key(ctx, "cas", org, council, "A1", 1, rank(3)), fault.Conflict, "nobody keys it a third time")
		if own, err := m.svc.Own(ctx, "ann", org, council, "A1", 1); err != nil || own.String() != rank(2).String() {
			t.Errorf("ann's slip is %v, %v", own, err)
		}
		m.sound()
	})
}

// Two who key the same paper at once are two readers, and three are not three.
func TestKey_AtOnce(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, ranked, 4)
		m.receives(1)
		m.close()
		m.batch("A1", 1)
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() {
				errs[i] = m.svc.Key(ctx, m.polls.tellers[i%3], org, council, "A1", 1, rank(1))
			})
		}
		wg.Wait()
		for _, err := range errs {
			if err != nil && !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
		p, err := m.svc.Batch(ctx, "ann", org, council, "A1")
		m.ok(err)
		if p.Twice != 1 || p.Settled == "" {
			t.Errorf("after three keyed at once the batch is %+v", p)
		}
		m.sound()
	})
}

// The number of papers in a batch is put right while it can be.
func TestResize(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, question, 5)
		m.receives(1, 2, 3)
		m.close()
		m.batch("A1", 3)
		yes := paper.Ballot{Answer: paper.Yes}
		m.both("A1", yes, yes)
		resize := func(n int) error { return m.svc.Resize(ctx, "ben", org, council, "A1", n) }
		m.refused(resize(4), fault.Invalid, "4 papers")
		m.refused(resize(1), fault.Invalid, "was keyed already")
		m.refused(resize(0), fault.Invalid, "was keyed already")
		m.ok(resize(2)) // both papers are read the same: that settles it
		p, err := m.svc.Batch(ctx, "ann", org, council, "A1")
		m.ok(err)
		if p.Settled == "" || p.Papers != 2 {
			t.Errorf("the batch is %+v", p)
		}
		m.refused(resize(3), fault.Conflict, "nothing in it changes")
		m.batch("A2", 1)
		m.ok(m.svc.Resize(ctx, "ben", org, council, "A2", 0))
		_, err = m.svc.Batch(ctx, "ann", org, council, "A2")
		m.refused(err, fault.NotFound, "no batch")
		m.sound()
	})
}
