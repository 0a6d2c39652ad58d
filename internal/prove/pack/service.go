package pack

import (
	"context"
	"errors"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Board is the code of the pack that the board looks at.
const Board = "board"

// Most is how many measures a pack may hold: whoever looks at more sees nothing.
const Most = 60

// Service keeps the list of a pack: which measures, with which targets and peers. Who may
// change it is decided by package policy before.
type Service struct{ journal *journal.Journal }

// NewService makes a service over a journal whose governed tables include [Tables].
func NewService(j *journal.Journal) *Service { return &Service{j} }

// Pack is the board's pack of an organisation; one without measures where nobody has
// chosen any.
func (s *Service) Pack(ctx context.Context, org string) (p Pack, err error) {
	err = s.journal.DB().Read(ctx, func(tx *db.Tx) error {
		p, err = read(ctx, tx, org)
		return err
	})
	return p, err
}

// Put takes a measure into the pack, at the end, or gives one that is in it another
// target, peers or day from which its limits begin anew. That takes a reason: how it was
// shown before stays beside it, with the day and the reason.
func (s *Service) Put(ctx context.Context, actor, org string, m Measure) (Measure, error) {
	m.Target, m.Why, m.Reason = strings.TrimSpace(m.Target), strings.TrimSpace(m.Why), strings.TrimSpace(m.Reason)
	if err := m.check(); err != nil {
		return m, err
	}
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "pack.measure_put", Actor: actor}, func(tx *journal.Tx) error {
		p, err := read(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		if p.ID == "" {
			p = Pack{ID: tx.ID(), Org: org, Code: Board, Title: "Board pack", Day: law.Today(s.journal.World().Now())}
			if err := tx.Insert(ctx, "pack", journal.Row{"id": p.ID, "org_id": org, "code": p.Code, "title": p.Title, "day": p.Day.String()}); err != nil {
				return err
			}
		}
		tx.Detail("indicator", m.Indicator)
		tx.Detail("target", m.Target)
		tx.Detail("rebase", m.Rebase.String())
		tx.Detail("peers", string(m.Peers))
		if old, ok := p.Of(m.Indicator); ok {
			same := m
			same.ID, same.Position, same.Day, same.Reason = old.ID, old.Position, old.Day, ""
			if same == old {
				m = old
				return journal.ErrNothing
			}
			if m.Reason == "" || len(m.Reason) > 500 {
				return fault.Fieldf("reason", "say in at most 500 letters why the measure is shown in another way: the page shows what it was before, and why")
			}
			m.ID, m.Position, m.Day = tx.ID(), old.Position, law.Today(s.journal.World().Now())
			old.Ended, old.EndReason = m.Day, m.Reason
			if err := tx.Update(ctx, "pack_measure", old.row(org, p.ID)); err != nil {
				return err
			}
			return tx.Insert(ctx, "pack_measure", m.row(org, p.ID))
		}
		if len(p.Shown()) >= Most {
			return fault.Fieldf("indicator", "the pack holds %d measures already: take one out first", Most)
		}
		m.ID, m.Position, m.Day = tx.ID(), len(p.Shown())+1, law.Today(s.journal.World().Now())
		m.Ended, m.EndReason = law.Date{}, ""
		return tx.Insert(ctx, "pack_measure", m.row(org, p.ID))
	})
	return m, err
}

// Move puts a measure at a place among the others, from 1.
func (s *Service) Move(ctx context.Context, actor, org, indicator string, place int) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "pack.measure_moved", Actor: actor}, func(tx *journal.Tx) error {
		p, err := read(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		shown := p.Shown()
		at := slices.IndexFunc(shown, func(m Measure) bool { return m.Indicator == indicator })
		switch {
		case at < 0:
			return fault.Errorf(fault.NotFound, "measure %q is not in the pack", indicator)
		case place < 1 || place > len(shown):
			return fault.Fieldf("position", "place %d is not between 1 and %d", place, len(shown))
		case at == place-1:
			return journal.ErrNothing
		}
		m := shown[at]
		shown = slices.Insert(slices.Delete(shown, at, at+1), place-1, m)
		tx.Detail("indicator", indicator)
		tx.Detail("position", place)
		return renumber(ctx, tx, org, p.ID, shown)
	})
	return err
}

// Leave takes a measure out. It stays in the list of those that left, with the day and
// the reason.
func (s *Service) Leave(ctx context.Context, actor, org, indicator, reason string) error {
	reason = strings.TrimSpace(reason)
	if reason == "" || len(reason) > 500 {
		return fault.Fieldf("reason", "say in at most 500 letters why the measure leaves the pack")
	}
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "pack.measure_left", Actor: actor}, func(tx *journal.Tx) error {
		p, err := read(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		m, ok := p.Of(indicator)
		if !ok {
			return fault.Errorf(fault.NotFound, "measure %q is not in the pack", indicator)
		}
		m.Ended, m.EndReason = law.Today(s.journal.World().Now()), reason
		tx.Detail("indicator", indicator)
		if err := tx.Update(ctx, "pack_measure", m.row(org, p.ID)); err != nil {
			return err
		}
		shown := slices.DeleteFunc(p.Shown(), func(other Measure) bool { return other.ID == m.ID })
		return renumber(ctx, tx, org, p.ID, shown)
	})
	return err
}

func renumber(ctx context.Context, tx *journal.Tx, org, pack string, shown []Measure) error {
	for i, m := range shown {
		if m.Position == i+1 {
			continue
		}
		m.Position = i + 1
		if err := tx.Update(ctx, "pack_measure", m.row(org, pack)); err != nil {
			return err
		}
	}
	return nil
}

func (m Measure) row(org, pack string) journal.Row {
	return journal.Row{
		"id": m.ID, "org_id": org, "pack_id": pack, "position": m.Position, "indicator": m.Indicator, "target": m.Target, "rebase": m.Rebase.String(),
		"why": m.Why, "peers": string(m.Peers), "day": m.Day.String(), "ended": m.Ended.String(), "end_reason": m.EndReason,
	}
}

func read(ctx context.Context, tx *db.Tx, org string) (Pack, error) {
	p := Pack{Org: org, Code: Board, Title: "Board pack"}
	var days dates
	var day string
	err := tx.QueryRow(ctx, `SELECT id, title, day FROM pack WHERE org_id = ? AND code = ?`, org, Board).Scan(&p.ID, &p.Title, &day)
	if errors.Is(err, db.ErrNoRows) {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	p.Day = days.of(day)
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var m Measure
		var rebase, day, ended string
		err := rows.Scan(&m.ID, &m.Position, &m.Indicator, &m.Target, &rebase, &m.Why, &m.Peers, &day, &ended, &m.EndReason)
		m.Rebase, m.Day, m.Ended = days.of(rebase), days.of(day), days.of(ended)
		p.Measures = append(p.Measures, m)
		return errors.Join(err, days.err)
	}, `SELECT id, position, indicator, target, rebase, why, peers, day, ended, end_reason FROM pack_measure
		WHERE org_id = ? AND pack_id = ? ORDER BY CASE WHEN ended = '' THEN 0 ELSE 1 END, position, id`, org, p.ID)
	return p, err
}

// dates reads days that are stored as text.
type dates struct{ err error }

func (d *dates) of(text string) law.Date {
	if text == "" {
		return law.Date{}
	}
	day, err := law.ParseDate(text)
	d.err = errors.Join(d.err, err)
	return day
}
