package venture

import (
	"context"
	"errors"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Service stores the parents and reserved matters of joint ventures. Its writing
// methods are the secretary's of the venture; package policy decides before.
type Service struct{ journal *journal.Journal }

// NewService makes a service.
func NewService(j *journal.Journal) *Service { return &Service{journal: j} }

// SetParent gives a parent new terms from p.Starts on and returns their id. Terms
// that the same parent had until then end on that day.
func (s *Service) SetParent(ctx context.Context, actor, org string, p Parent) (string, error) {
	if err := p.check(org); err != nil {
		return "", err
	}
	ends := p.Ends
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "venture.parent_set", Actor: actor}, func(tx *journal.Tx) error {
		p.Ends = ends // this may run more than once
		parents, err := readParents(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		for i, old := range parents {
			if old.Org == p.Org && old.Starts.Before(p.Starts) && old.Holds(p.Starts) {
				if p.Ends.IsZero() {
					p.Ends = old.Ends
				}
				parents[i].Ends = p.Starts
				if err := tx.Update(ctx, "venture_parent", parents[i].row()); err != nil {
					return err
				}
			}
		}
		p.ID = tx.ID()
		if err := CheckParents(append(parents, p)); err != nil {
			return err
		}
		tx.Detail("parent", p.Org)
		tx.Detail("starts", p.Starts.String())
		return tx.Insert(ctx, "venture_parent", p.row())
	})
	return p.ID, err
}

// EndParent ends the terms of a parent, which leaves on a day.
func (s *Service) EndParent(ctx context.Context, actor, org, id string, ends law.Date) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "venture.parent_ended", Actor: actor}, func(tx *journal.Tx) error {
		parents, err := readParents(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		for i, p := range parents {
			if p.ID != id {
				continue
			}
			if !p.Ends.IsZero() && !p.Ends.After(ends) {
				return fault.Errorf(fault.Conflict, "the terms of parent %s end on %s already", p.Org, p.Ends)
			}
			parents[i].Ends = ends
			if err := parents[i].check(org); err != nil {
				return err
			}
			tx.Detail("parent", p.Org)
			return tx.Update(ctx, "venture_parent", parents[i].row())
		}
		return fault.Errorf(fault.NotFound, "there are no terms %s of a parent", id)
	})
	return err
}

// Parents lists the terms of all parents, past and present, in order of day.
func (s *Service) Parents(ctx context.Context, org string) (out []Parent, err error) {
	err = s.journal.DB().Read(ctx, func(tx *db.Tx) error {
		out, err = readParents(ctx, tx, org)
		return err
	})
	return out, err
}

// Reserve makes a matter reserved and returns its id.
func (s *Service) Reserve(ctx context.Context, actor, org string, m Matter) (string, error) {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "venture.matter_reserved", Actor: actor}, func(tx *journal.Tx) error {
		parents, err := readParents(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		if err := m.check(parents); err != nil {
			return err
		}
		matters, err := readMatters(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		for _, old := range matters {
			if old.Code == m.Code && (old.Ends.IsZero() || m.Starts.Before(old.Ends)) && (m.Ends.IsZero() || old.Starts.Before(m.Ends)) {
				return fault.Fieldf("code", "matter %s is reserved on those days already: end that first", m.Code)
			}
		}
		m.ID = tx.ID()
		tx.Detail("matter", m.Code)
		return tx.Insert(ctx, "reserved_matter", m.row())
	})
	return m.ID, err
}

// Release ends the reservation of a matter from a day on.
func (s *Service) Release(ctx context.Context, actor, org, id string, ends law.Date) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "venture.matter_released", Actor: actor}, func(tx *journal.Tx) error {
		matters, err := readMatters(ctx, tx.Tx, org)
		if err != nil {
			return err
		}
		for _, m := range matters {
			if m.ID != id {
				continue
			}
			if !m.Ends.IsZero() && !m.Ends.After(ends) {
				return fault.Errorf(fault.Conflict, "matter %s is not reserved from %s on already", m.Code, m.Ends)
			}
			if !ends.After(m.Starts) {
				return fault.Fieldf("ends", "matter %s is reserved from %s and cannot be released from %s", m.Code, m.Starts, ends)
			}
			m.Ends = ends
			tx.Detail("matter", m.Code)
			return tx.Update(ctx, "reserved_matter", m.row())
		}
		return fault.Errorf(fault.NotFound, "there is no reserved matter %s", id)
	})
	return err
}

// Matters lists all reserved matters, past and present, by code and day.
func (s *Service) Matters(ctx context.Context, org string) (out []Matter, err error) {
	err = s.journal.DB().Read(ctx, func(tx *db.Tx) error {
		out, err = readMatters(ctx, tx, org)
		return err
	})
	return out, err
}

func (p Parent) row() journal.Row {
	return journal.Row{
		"id": p.ID, "parent_org": p.Org, "shareholding_bp": p.ShareholdingBP, "board_seats": p.BoardSeats,
		"starts": p.Starts.String(), "ends": p.Ends.String(),
	}
}

func (m Matter) row() journal.Row {
	return journal.Row{
		"id": m.ID, "code": m.Code, "title": m.Title, "text": m.Text, "consent_rule": m.Rule, "threshold": m.Threshold,
		"named": strings.Join(m.Named, " "), "starts": m.Starts.String(), "ends": m.Ends.String(),
	}
}

type dates struct{ err error }

func (d *dates) of(text string) law.Date {
	if text == "" {
		return law.Date{}
	}
	day, err := law.ParseDate(text)
	d.err = errors.Join(d.err, err)
	return day
}

func readParents(ctx context.Context, tx *db.Tx, org string) (out []Parent, err error) {
	var d dates
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var p Parent
		var starts, ends string
		err := rows.Scan(&p.ID, &p.Org, &p.ShareholdingBP, &p.BoardSeats, &starts, &ends)
		p.Starts, p.Ends = d.of(starts), d.of(ends)
		out = append(out, p)
		return errors.Join(err, d.err)
	}, `SELECT id, parent_org, shareholding_bp, board_seats, starts, ends FROM venture_parent WHERE org_id = ? ORDER BY starts, id`, org)
	return out, err
}

func readMatters(ctx context.Context, tx *db.Tx, org string) (out []Matter, err error) {
	var d dates
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var m Matter
		var named, starts, ends string
		err := rows.Scan(&m.ID, &m.Code, &m.Title, &m.Text, &m.Rule, &m.Threshold, &named, &starts, &ends)
		m.Named, m.Starts, m.Ends = strings.Fields(named), d.of(starts), d.of(ends)
		out = append(out, m)
		return errors.Join(err, d.err)
	}, `SELECT id, code, title, text, consent_rule, threshold, named, starts, ends FROM reserved_matter WHERE org_id = ? ORDER BY code, starts`, org)
	return out, err
}
