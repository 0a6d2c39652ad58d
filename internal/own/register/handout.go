package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// HandingOut answers a request.
type HandingOut struct {
	Request string
	Day     law.Date // that the register is of; no date is today
	// Means is [Shown] or [Copied].
	Means StepKind
	// View may be another than the one asked for, where the asker turned out to be
	// somebody else. It must be one that the form knows; empty is the one asked for.
	View law.Audience
	// Person is whose entry it is, for one's own entry.
	Person string
	Note   string
}

// HandOut answers a request with the register of a day as the view allows, and
// closes the request. What it returns is what is handed out. The record keeps which
// fields and how many entries were in it, and the hash of its CSV form. It is the
// secretary's.
func (s *Service) HandOut(ctx context.Context, actor, org string, in HandingOut) (Register, error) {
	if in.Means != Shown && in.Means != Copied {
		return Register{}, fault.Fieldf("means", "a request is answered with a look or a copy")
	}
	if in.Day.IsZero() {
		in.Day = s.today()
	}
	if in.Day.After(s.today()) {
		return Register{}, fault.Fieldf("day", "%s is yet to come: the register of that day is not known", in.Day)
	}
	var out Register
	step := Step{Kind: in.Means, By: actor, Note: clean(in.Note), RegisterDay: in.Day, Day: s.today()}
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "inspection." + string(in.Means), Actor: actor}, func(tx *journal.Tx) error {
		r, err := oneRequest(ctx, tx.Tx, org, in.Request)
		if err != nil {
			return err
		}
		form, err := s.formOf(r)
		if err != nil {
			return err
		}
		if err := r.allow(step, form); err != nil {
			return err
		}
		step.View = in.View
		if step.View == "" {
			step.View = r.Audience
		}
		if out, err = s.cut(ctx, tx.Tx, org, in, step.View, r); err != nil {
			return err
		}
		if step.Fields, step.Entries, step.SHA256, err = out.trace(); err != nil {
			return err
		}
		tx.Detail("request", r.ID)
		traced(tx, step)
		if err := r.addStep(ctx, tx, step); err != nil {
			return err
		}
		if in.Means == Copied {
			return nil // the copy is the answer
		}
		return s.tellAsker(ctx, tx, r, "You may see the register of members", "The register is ready for you to see.", in.Note)
	})
	return out, err
}

func (s *Service) cut(ctx context.Context, tx *db.Tx, org string, in HandingOut, view law.Audience, r Request) (Register, error) {
	full, err := s.reader.Read(ctx, tx, org, in.Day)
	if err != nil {
		return Register{}, err
	}
	person := in.Person
	if person == "" {
		person = r.Person
	}
	if view == law.OwnEntry && person == "" {
		return Register{}, fault.Fieldf("person", "choose whose entry is shown")
	}
	out, err := full.ViewOf(view, person)
	if err != nil {
		return Register{}, err
	}
	// Everybody has a right to a copy of what is held about themselves: UK GDPR, art.15.
	if t := TermsFor(full.Form, view); in.Means == Copied && !t.Copy && view != law.OwnEntry {
		return Register{}, fault.Fieldf("means", "the law gives a right to see the register, not to a copy (%s)", t.Citation)
	}
	return out, nil
}

// TakeCopy is a copy of the register of a day that somebody takes by their own
// right, without a request: the secretary's full one, a member's view, one's own
// entry. The record keeps that it was taken, with its fields and number of entries.
func (s *Service) TakeCopy(ctx context.Context, actor, org string, day law.Date, a law.Audience) (Register, error) {
	if day.After(s.today()) {
		return Register{}, fault.Fieldf("day", "%s is yet to come: the register of that day is not known", day)
	}
	var out Register
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: "register.copied", Actor: actor}, func(tx *journal.Tx) error {
		full, err := s.reader.Read(ctx, tx.Tx, org, day)
		if err != nil {
			return err
		}
		if out, err = full.ViewOf(a, actor); err != nil {
			return err
		}
		if t := TermsFor(full.Form, a); a != Full && a != law.OwnEntry && !t.Copy {
			return fault.Errorf(fault.Forbidden, "you may see the register, but there is no right to a copy (%s)", t.Citation)
		}
		step := Step{View: out.View, RegisterDay: day}
		if step.Fields, step.Entries, step.SHA256, err = out.trace(); err != nil {
			return err
		}
		traced(tx, step)
		return nil
	})
	return out, err
}

// trace is what the record keeps of something handed out.
func (r Register) trace() (fields []string, entries int, sum string, err error) {
	h := sha256.New()
	if err := r.WriteCSV(h); err != nil {
		return nil, 0, "", err
	}
	return r.Fields(), len(r.Entries), hex.EncodeToString(h.Sum(nil)), nil
}

// traced puts it into the entry: no personal data. The hash stays out, because that
// of a single entry could be guessed.
func traced(tx *journal.Tx, s Step) {
	tx.Detail("view", viewName(s.View))
	tx.Detail("day", s.RegisterDay.String())
	tx.Detail("fields", s.Fields)
	tx.Detail("entries", s.Entries)
}

func (s *Service) organisation(ctx context.Context, tx *journal.Tx, org string) (string, error) {
	o, err := identity.OrganisationByID(ctx, tx.Tx, org)
	return o.Name, err
}
