package wave

import (
	"context"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Foresight is what the call of a draft would fix, if it came now.
type Foresight struct {
	Eligible int
	Unplaced int // of them, those whom no rule puts into a team
	Units    []Unit
	Groups   []Group
	// Missing says in sentences what keeps the draft from being called.
	Missing []string
}

// Foresee works out what the call of a draft would fix. It changes nothing.
func (s *Service) Foresee(ctx context.Context, org, id string) (f Foresight, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		w, err := one(ctx, tx, org, id)
		if err != nil {
			return err
		}
		f.Missing = s.missing(w)
		on := w.Census
		if on.After(s.today()) {
			on = s.today()
		}
		t, err := s.taken(ctx, tx, w, on)
		if err != nil {
			return err
		}
		f.Eligible, f.Unplaced, f.Units, f.Groups = len(t.seats), t.unplaced, t.units, t.groups
		if f.Eligible < w.Minimum {
			f.Missing = append(f.Missing, tooFew(w, f.Eligible))
		}
		return nil
	})
	return f, err
}

// missing says what keeps a draft from being called now.
func (s *Service) missing(w Wave) []string {
	out := w.Plan.missing()
	if w.Census.After(s.today()) {
		out = append(out, "The census day is "+w.Census.Words()+". The survey can be called on that day or later.")
	}
	if w.Closes.Before(s.today()) {
		out = append(out, "The last day, "+w.Closes.Words()+", is past.")
	}
	return out
}

func tooFew(w Wave, eligible int) string {
	if eligible == 0 {
		return "The staff list has nobody on " + w.Census.Words() + ". Load the staff list first."
	}
	return "On " + w.Census.Words() + " there are fewer people than the smallest group that is shown."
}

func (s *Service) taken(ctx context.Context, tx *db.Tx, w Wave, on law.Date) (taken, error) {
	o, err := identity.OrganisationByID(ctx, tx, w.Org)
	if err != nil {
		return taken{}, err
	}
	people, err := s.census.Employed(ctx, tx, w.Org, on)
	if err != nil {
		return taken{}, err
	}
	return take(w.Plan, o.Name, people)
}

// Call fixes a draft: takes the census, makes the key of the wave, and puts the notice
// into the record. It is the engagement lead's.
func (s *Service) Call(ctx context.Context, actor, org, id string) error {
	w, err := s.Wave(ctx, org, id)
	if err != nil {
		return err
	}
	if err := s.at(w, "it is called once", Draft); err != nil {
		return err
	}
	if missing := s.missing(w); len(missing) > 0 {
		return fault.Errorf(fault.Conflict, "%s", missing[0])
	}
	key, err := s.makeKey() // outside the transaction: it takes its time
	if err != nil {
		return err
	}
	return s.change(ctx, actor, org, "survey.called", id, func(tx *journal.Tx, w Wave) error {
		if err := s.at(w, "it is called once", Draft); err != nil {
			return err
		}
		t, err := s.taken(ctx, tx.Tx, w, w.Census)
		if err != nil {
			return err
		}
		if len(t.seats) < w.Minimum {
			return fault.Errorf(fault.Conflict, "%s", tooFew(w, len(t.seats)))
		}
		w.Units, w.Groups, w.Eligible, w.Unplaced = t.units, t.groups, len(t.seats), t.unplaced
		w.CensusHash = censusHash(t.seats)
		w.Key, w.KeyHash = key.Public().Marshal(), key.Public().Hash()
		w.Called, w.CalledBy = s.today(), tx.Actor()
		if w.InstrumentHash, err = w.Instrument.Hash(); err != nil {
			return err
		}
		if w.Notice, err = w.notice(); err != nil {
			return err
		}
		w.NoticeHash = hashOf(w.Notice)
		tx.Detail("notice", w.NoticeHash)
		tx.Detail("key", w.KeyHash)
		tx.Detail("instrument", w.InstrumentHash)
		tx.Detail("eligible", w.Eligible)
		if err := w.update(ctx, tx); err != nil {
			return err
		}
		if err := t.insert(ctx, tx, w); err != nil {
			return err
		}
		return s.keepKey(ctx, tx.Tx, w, key)
	})
}

func (t taken) insert(ctx context.Context, tx *journal.Tx, w Wave) error {
	if err := insertStrata(ctx, tx, w, t.strata); err != nil {
		return err
	}
	for _, x := range t.seats {
		err := tx.Insert(ctx, "wave_person", journal.Row{
			"id": tx.ID(), "wave_id": w.ID, "person_id": x.Person, "unit": text(x.Unit), "staff_group": text(x.Group),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func insertStrata(ctx context.Context, tx *journal.Tx, w Wave, strata []Stratum) error {
	for _, x := range strata {
		err := tx.Insert(ctx, "wave_stratum", journal.Row{
			"id": tx.ID(), "wave_id": w.ID, "unit": text(x.Unit), "staff_group": text(x.Group), "eligible": x.Eligible,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Published records that the answer side has taken the terms of the wave. Again it does
// nothing.
func (s *Service) Published(ctx context.Context, org, id string) error {
	return s.change(ctx, System, org, "survey.published", id, func(tx *journal.Tx, w Wave) error {
		if !w.Published.IsZero() {
			return journal.ErrNothing
		}
		if err := s.at(w, "its terms are published once it is called", Called); err != nil {
			return err
		}
		w.Published = s.today()
		tx.Detail("notice", w.NoticeHash)
		return w.update(ctx, tx)
	})
}

// System is the actor of what follows by itself.
const System = "system"
