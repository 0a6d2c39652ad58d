package wave

import (
	"context"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// NewRelease is a release to be stored.
type NewRelease struct {
	Body, Certificate []byte   // as package survey/disclose writes them
	TestedWith        []string // ids of all earlier releases of the organisation, in order of number
}

// Release stores the results of a wave. It refuses one that was not tested with every
// earlier release of the organisation, so that two at once cannot undo each other. It is
// the engagement lead's.
func (s *Service) Release(ctx context.Context, actor, org, id string, n NewRelease) (r Release, err error) {
	err = s.change(ctx, actor, org, "survey.released", id, func(tx *journal.Tx, w Wave) error {
		if err := w.releasable(s); err != nil {
			return err
		}
		earlier, err := releases(ctx, tx.Tx, org, false)
		if err != nil {
			return err
		}
		var ids []string
		for _, e := range earlier {
			ids = append(ids, e.ID)
		}
		if !slices.Equal(ids, n.TestedWith) {
			return fault.Errorf(fault.Conflict, "survey %s: another release came in between: it must be tested with that one too", w.Code)
		}
		r = Release{
			ID: tx.ID(), Wave: w.ID, Number: len(earlier) + 1, Day: s.today(), By: tx.Actor(), SHA256: hashOf(n.Body),
			TestedWith: n.TestedWith, Body: n.Body, Certificate: n.Certificate,
		}
		tx.Detail("release", r.Number)
		tx.Detail("sha256", r.SHA256)
		tx.Detail("certificate", hashOf(n.Certificate))
		return tx.Insert(ctx, "wave_release", journal.Row{
			"id": r.ID, "wave_id": w.ID, "number": r.Number, "day": r.Day.String(), "released_by": r.By, "body": string(r.Body),
			"certificate": string(r.Certificate), "tested_with": strings.Join(r.TestedWith, " "), "sha256": r.SHA256,
		})
	})
	return r, err
}

// releasable refuses a wave of which nothing can be released now.
func (w Wave) releasable(s *Service) error {
	if err := s.at(w, "results are released once, after it is closed", Closed); err != nil {
		return err
	}
	if w.Settled.IsZero() {
		return fault.Errorf(fault.Conflict, "survey %s: paper may come in until %s, and the last passes are not counted yet", w.Code, w.lastKeyed().Words())
	}
	return nil
}

// Releasable says why the results of a wave cannot be released now, or nil.
func (s *Service) Releasable(w Wave) error { return w.releasable(s) }

// Releases are all releases of an organisation with their bodies, in order of number.
func (s *Service) Releases(ctx context.Context, org string) (out []Release, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = releases(ctx, tx, org, true)
		return err
	})
	return out, err
}

// ReleaseOf is the newest release of a wave, with its body; NotFound before there is one.
func (s *Service) ReleaseOf(ctx context.Context, org, id string) (Release, error) {
	list, err := s.Releases(ctx, org)
	if err != nil {
		return Release{}, err
	}
	for _, r := range slices.Backward(list) {
		if r.Wave == id {
			return r, nil
		}
	}
	return Release{}, fault.Errorf(fault.NotFound, "survey %q has no release", id)
}
