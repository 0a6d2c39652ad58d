package answers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/law"
	"commonweal/survey/instrument"
	"commonweal/survey/token"
)

// asked is the terms of a wave, read.
type asked struct {
	terms   Terms
	text    []byte // canonical, as stored
	in      instrument.Instrument
	options []map[uint8]bool // of each question
	routes  []route
	key     token.PublicKey
	units   map[string]string // code: part of
	groups  map[string]bool
}

// route is to whom a question is put: those who gave one of these codes to another.
type route struct {
	of  int // place of the other question; -1 for none
	put map[uint8]bool
}

var (
	waveID   = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)
	language = regexp.MustCompile(`^[a-z]{2}$`)
)

// leastMinimum is the smallest group that any wave may show.
const leastMinimum = 10

// Publish makes the terms of a wave known to the answer side. The same terms again do
// nothing; others for the same wave, or the code of another, are a [fault.Conflict]. For
// the register side.
func (s *Service) Publish(ctx context.Context, t Terms) error {
	a, err := read(t)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := turn(ctx, tx); err != nil {
			return err
		}
		var before []byte
		err := tx.QueryRow(ctx, `SELECT terms FROM wave WHERE id = ?`, t.Wave).Scan(&before)
		if err == nil {
			if !bytes.Equal(before, a.text) {
				return fault.Errorf(fault.Conflict, "wave %s was published with other terms", t.Wave)
			}
			return nil
		}
		if !errors.Is(err, db.ErrNoRows) {
			return err
		}
		if err := s.keys.ensure(s.world.Bytes, mixKey(t.Wave, 1), heldKey(t.Wave)); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO wave (id, organisation, code, terms, generation, mixed_on, closed_on, erased_on, papers, counted, serials)
			VALUES (?, ?, ?, ?, 1, '', '', '', 0, 0, 0)`, t.Wave, t.Organisation, t.Code, a.text)
		if db.IsDuplicate(err) {
			return fault.Errorf(fault.Conflict, "another wave has the code %s", t.Code)
		}
		return err
	})
}

// Terms are those of a wave, by its id. For pages of the answer side.
func (s *Service) Terms(ctx context.Context, wave string) (Terms, Stage, error) {
	a, b, err := s.find(ctx, wave)
	if err != nil {
		return Terms{}, "", err
	}
	return a.terms, a.stage(b, s.today()), nil
}

// ByCode are the terms of a wave, by its code. For pages of the answer side.
func (s *Service) ByCode(ctx context.Context, organisation, code string) (Terms, Stage, error) {
	var wave string
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT id FROM wave WHERE organisation = ? AND code = ?`, organisation, code).Scan(&wave)
	})
	if errors.Is(err, db.ErrNoRows) {
		return Terms{}, "", fault.Errorf(fault.NotFound, "there is no survey %s", code)
	}
	if err != nil {
		return Terms{}, "", err
	}
	return s.Terms(ctx, wave)
}

// find gives the terms of a wave and its box as it is now.
func (s *Service) find(ctx context.Context, wave string) (a *asked, b box, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		a, b, err = s.load(ctx, tx, wave)
		return err
	})
	return a, b, err
}

func (s *Service) load(ctx context.Context, tx *db.Tx, wave string) (*asked, box, error) {
	b, err := boxOf(ctx, tx, wave)
	if errors.Is(err, db.ErrNoRows) {
		return nil, b, fault.Errorf(fault.NotFound, "there is no wave %s", wave)
	}
	if err != nil {
		return nil, b, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if a, ok := s.known[wave]; ok {
		return a, b, nil
	}
	var text []byte
	if err := tx.QueryRow(ctx, `SELECT terms FROM wave WHERE id = ?`, wave).Scan(&text); err != nil {
		return nil, b, err
	}
	var t Terms
	if err := json.Unmarshal(text, &t); err != nil {
		return nil, b, fmt.Errorf("terms of wave %s: %w", wave, err)
	}
	a, err := read(t)
	if err != nil {
		return nil, b, fmt.Errorf("terms of wave %s: %w", wave, err)
	}
	s.known[wave] = a
	return a, b, nil
}

// stage follows from the terms, the day, and what was done.
func (a *asked) stage(b box, day law.Date) Stage {
	switch {
	case b.erased != "":
		return Erased
	case b.closed != "":
		return Closed
	case day.Before(a.terms.Opens):
		return Published
	case !day.After(a.terms.Closes):
		return Open
	}
	return Ended
}

// paperUntil is the last day on which paper is keyed.
func (t Terms) paperUntil() law.Date {
	if t.PaperUntil.IsZero() {
		return t.Closes
	}
	return t.PaperUntil
}

// read checks terms and makes them ready for use.
func read(t Terms) (*asked, error) {
	if !waveID.MatchString(t.Wave) {
		return nil, fault.Fieldf("wave", "the id of a wave has small letters, figures and hyphens, at most 64: %q", t.Wave)
	}
	wrong := func(field, format string, args ...any) error {
		return fault.Fieldf(field, "wave %s: "+format, append([]any{t.Wave}, args...)...)
	}
	switch {
	case t.Organisation == "" || t.Code == "" || t.Title == "":
		return nil, wrong("code", "organisation, code and title must be there")
	case t.Minimum < leastMinimum:
		return nil, wrong("minimum", "the least group is %d, not %d or more", t.Minimum, leastMinimum)
	case t.Opens.IsZero() || t.Closes.Before(t.Opens):
		return nil, wrong("closes", "it closes on %s, before it opens on %s", t.Closes, t.Opens)
	case !t.PaperUntil.IsZero() && t.PaperUntil.Before(t.Closes):
		return nil, wrong("paper_until", "paper is keyed until %s, before the close on %s", t.PaperUntil, t.Closes)
	case len(t.Languages) == 0:
		return nil, wrong("languages", "no language is named")
	}
	for _, l := range t.Languages {
		if !language.MatchString(l) {
			return nil, wrong("languages", "%q is not a language of two letters", l)
		}
	}
	a := &asked{terms: t, units: map[string]string{}, groups: map[string]bool{}}
	var err error
	if a.text, err = json.Marshal(t); err != nil {
		return nil, err
	}
	if a.in, err = t.Asked(); err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "wave %s: the instrument cannot be read", t.Wave)
	}
	if hash, err := a.in.Hash(); err != nil || hash != t.InstrumentHash {
		return nil, wrong("instrument_hash", "the instrument has the hash %s, not %s", hash, t.InstrumentHash)
	}
	if !t.BroughtIn {
		if a.key, err = token.ParsePublic(t.PublicKey, t.KeyHash); err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "wave %s: its key", t.Wave)
		}
	}
	if err := a.readPlaces(); err != nil {
		return nil, err
	}
	return a, a.readQuestions()
}

func (a *asked) readPlaces() error {
	for _, u := range a.terms.Units {
		_, twice := a.units[u.Code]
		_, within := a.units[u.PartOf]
		switch {
		case u.Code == "" || len(u.Code) > maxCode || u.Name == "":
			return fault.Fieldf("units", "wave %s: unit %q needs a name and a code of at most %d characters", a.terms.Wave, u.Code, maxCode)
		case twice:
			return fault.Fieldf("units", "wave %s: unit %s is there twice", a.terms.Wave, u.Code)
		case u.PartOf != "" && !within:
			return fault.Fieldf("units", "wave %s: unit %s is part of %s, which does not stand before it", a.terms.Wave, u.Code, u.PartOf)
		}
		a.units[u.Code] = u.PartOf
	}
	for _, g := range a.terms.Groups {
		if g.Code == "" || len(g.Code) > maxCode || g.Name == "" || a.groups[g.Code] {
			return fault.Fieldf("groups", "wave %s: group %q needs a name and a code of its own of at most %d characters", a.terms.Wave, g.Code, maxCode)
		}
		a.groups[g.Code] = true
	}
	return nil
}

func (a *asked) readQuestions() error {
	place := map[string]int{}
	for i, q := range a.in.Questions {
		place[q.ID] = i
	}
	for _, q := range a.in.Questions {
		scale, _ := a.in.Scale(q.Scale)
		options := map[uint8]bool{}
		for _, o := range scale.Options {
			if o.Code < 1 || o.Code > 255 {
				return fault.Fieldf("instrument", "wave %s: question %s has the code %d, not 1 to 255", a.terms.Wave, q.ID, o.Code)
			}
			options[uint8(o.Code)] = true
		}
		a.options = append(a.options, options)
		r := route{of: -1}
		if q.Ask != nil {
			r = route{of: place[q.Ask.Question], put: map[uint8]bool{}}
			for _, code := range q.Ask.Is {
				if code >= 1 && code <= 255 {
					r.put[uint8(code)] = true
				}
			}
		}
		a.routes = append(a.routes, r)
	}
	return nil
}
