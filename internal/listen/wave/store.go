package wave

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
	"commonweal/survey/instrument"
)

func (w Wave) row() (journal.Row, error) {
	asked, err := w.Instrument.Canonical()
	if err != nil {
		return nil, err
	}
	rules, err1 := list(w.Rules)
	units, err2 := list(w.Units)
	groups, err3 := list(w.Groups)
	return journal.Row{
		"id": w.ID, "code": w.Code, "title": w.Title, "kind": w.Kind, "about": text(w.About), "instrument": string(asked),
		"instrument_hash": text(w.InstrumentHash), "census": w.Census.String(), "opens": w.Opens.String(), "closes": w.Closes.String(),
		"paper_until": day(w.PaperUntil), "whom": w.Whom, "minimum": w.Minimum, "comments": w.Comments, "comment_minimum": w.CommentMinimum,
		"languages": strings.Join(w.Languages, " "), "paper": w.Paper, "weighting": w.Weighting, "remind_on": text(joined(w.RemindOn)),
		"keep_months": w.KeepMonths, "rules": rules, "units": units, "staff_groups": groups, "eligible": w.Eligible, "unplaced": w.Unplaced,
		"census_hash": text(w.CensusHash), "public_key": text(base64.StdEncoding.EncodeToString(w.Key)), "key_hash": text(w.KeyHash),
		"notice": text(string(w.Notice)), "notice_hash": text(w.NoticeHash), "called": day(w.Called), "called_by": text(w.CalledBy),
		"published": day(w.Published), "settled": day(w.Settled), "answers": w.Answers, "ended": day(w.Ended), "abandoned": day(w.Abandoned),
		"abandoned_by": text(w.AbandonedBy), "reason": text(w.Reason), "source": text(w.Source),
	}, errors.Join(err1, err2, err3)
}

func joined(days []law.Date) string {
	out := make([]string, len(days))
	for i, d := range days {
		out[i] = d.String()
	}
	return strings.Join(out, " ")
}

// scans reads stored values and keeps what went wrong.
type scans struct{ err error }

func (s *scans) day(text string) law.Date {
	if text == "" {
		return law.Date{}
	}
	d, err := law.ParseDate(text)
	s.err = errors.Join(s.err, err)
	return d
}

func (s *scans) json(text string, into any) {
	if text != "" {
		s.err = errors.Join(s.err, json.Unmarshal([]byte(text), into))
	}
}

// waves reads the waves of an organisation, or one of them, the one that closes last
// first, with stacks and releases.
func waves(ctx context.Context, tx *db.Tx, org, where string, args ...any) ([]Wave, error) {
	var out []Wave
	var s scans
	err := tx.Each(ctx, func(rows *db.Rows) error {
		w := Wave{Org: org}
		var asked, census, opens, closes, paper, languages, remind, rules, units, groups, key, notice, called, published, settled, ended, abandoned string
		var comments, onPaper int
		err := rows.Scan(&w.ID, &w.Code, &w.Title, &w.Kind, &w.About, &asked, &w.InstrumentHash, &census, &opens, &closes, &paper, &w.Whom, &w.Minimum,
			&comments, &w.CommentMinimum, &languages, &onPaper, &w.Weighting, &remind, &w.KeepMonths, &rules, &units, &groups, &w.Eligible, &w.Unplaced,
			&w.CensusHash, &key, &w.KeyHash, &notice, &w.NoticeHash, &called, &w.CalledBy, &published, &settled, &w.Answers, &ended, &abandoned,
			&w.AbandonedBy, &w.Reason, &w.Source)
		if err != nil {
			return err
		}
		if w.Instrument, err = instrument.Read([]byte(asked)); err != nil {
			return err
		}
		w.Census, w.Opens, w.Closes, w.PaperUntil = s.day(census), s.day(opens), s.day(closes), s.day(paper)
		w.Called, w.Published, w.Settled, w.Ended, w.Abandoned = s.day(called), s.day(published), s.day(settled), s.day(ended), s.day(abandoned)
		w.Comments, w.Paper, w.Languages = comments != 0, onPaper != 0, strings.Fields(languages)
		for _, d := range strings.Fields(remind) {
			w.RemindOn = append(w.RemindOn, s.day(d))
		}
		s.json(rules, &w.Rules)
		s.json(units, &w.Units)
		s.json(groups, &w.Groups)
		if key != "" {
			w.Key, err = base64.StdEncoding.DecodeString(key)
			s.err = errors.Join(s.err, err)
		}
		if notice != "" {
			w.Notice = []byte(notice)
		}
		out = append(out, w)
		return nil
	}, `SELECT id, code, title, kind, COALESCE(about, ''), instrument, COALESCE(instrument_hash, ''), census, opens, closes, COALESCE(paper_until, ''),
		whom, minimum, comments, comment_minimum, languages, paper, weighting, COALESCE(remind_on, ''), keep_months, COALESCE(rules, ''),
		COALESCE(units, ''), COALESCE(staff_groups, ''), COALESCE(eligible, 0), COALESCE(unplaced, 0), COALESCE(census_hash, ''),
		COALESCE(public_key, ''), COALESCE(key_hash, ''), COALESCE(notice, ''), COALESCE(notice_hash, ''), COALESCE(called, ''),
		COALESCE(called_by, ''), COALESCE(published, ''), COALESCE(settled, ''), COALESCE(answers, 0), COALESCE(ended, ''),
		COALESCE(abandoned, ''), COALESCE(abandoned_by, ''), COALESCE(reason, ''), COALESCE(source, '')
		FROM wave WHERE org_id = ?`+where+` ORDER BY closes DESC, id DESC`, append([]any{org}, args...)...)
	if err == nil {
		err = s.err
	}
	if err != nil {
		return nil, err
	}
	return out, parts(ctx, tx, org, out)
}

// parts reads the stacks and releases of waves.
func parts(ctx context.Context, tx *db.Tx, org string, list []Wave) error {
	at := map[string]*Wave{}
	for i := range list {
		at[list[i].ID] = &list[i]
	}
	var s scans
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var k Stack
		var wave, made string
		err := rows.Scan(&k.ID, &wave, &k.Number, &k.Slips, &k.Seal, &made, &k.MadeBy)
		k.Made = s.day(made)
		if w := at[wave]; w != nil {
			w.Stacks = append(w.Stacks, k)
		}
		return err
	}, `SELECT id, wave_id, number, slips, seal, made, made_by FROM serial_stack WHERE org_id = ? ORDER BY wave_id, number`, org)
	if err != nil {
		return err
	}
	found, err := releases(ctx, tx, org, false)
	for _, r := range found {
		if w := at[r.Wave]; w != nil {
			w.Releases = append(w.Releases, r)
		}
	}
	return errors.Join(err, s.err)
}

func releases(ctx context.Context, tx *db.Tx, org string, bodies bool) (out []Release, err error) {
	var s scans
	what := `'', ''`
	if bodies {
		what = `body, certificate`
	}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var r Release
		var on, body, certificate, tested string
		err := rows.Scan(&r.ID, &r.Wave, &r.Number, &on, &r.By, &r.SHA256, &tested, &body, &certificate)
		r.Day, r.TestedWith = s.day(on), strings.Fields(tested)
		if bodies {
			r.Body, r.Certificate = []byte(body), []byte(certificate)
		}
		out = append(out, r)
		return err
	}, `SELECT id, wave_id, number, day, released_by, sha256, tested_with, `+what+` FROM wave_release WHERE org_id = ? ORDER BY number`, org)
	return out, errors.Join(err, s.err)
}

// one reads one wave.
func one(ctx context.Context, tx *db.Tx, org, id string) (Wave, error) {
	list, err := waves(ctx, tx, org, ` AND id = ?`, id)
	if err != nil {
		return Wave{}, err
	}
	if len(list) != 1 {
		return Wave{}, fault.Errorf(fault.NotFound, "there is no survey %q", id)
	}
	return list[0], nil
}

// List reads the waves of an organisation, the one that closes last first, without the
// bodies of their releases.
func (s *Service) List(ctx context.Context, org string) (out []Wave, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = waves(ctx, tx, org, "")
		return err
	})
	return out, err
}

// ByCode finds a wave by its code.
func (s *Service) ByCode(ctx context.Context, org, code string) (w Wave, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		list, err := waves(ctx, tx, org, ` AND code = ?`, code)
		if err == nil && len(list) != 1 {
			err = fault.Errorf(fault.NotFound, "there is no survey with the code %q", code)
		}
		if err == nil {
			w = list[0]
		}
		return err
	})
	return w, err
}

// Wave reads one wave by its id.
func (s *Service) Wave(ctx context.Context, org, id string) (w Wave, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		w, err = one(ctx, tx, org, id)
		return err
	})
	return w, err
}

// Strata are how many of each team and staff group were asked.
func (s *Service) Strata(ctx context.Context, org, id string) (out []Stratum, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = strata(ctx, tx, org, id)
		return err
	})
	return out, err
}

func strata(ctx context.Context, tx *db.Tx, org, id string) (out []Stratum, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var x Stratum
		err := rows.Scan(&x.Unit, &x.Group, &x.Eligible)
		out = append(out, x)
		return err
	}, `SELECT COALESCE(unit, ''), COALESCE(staff_group, ''), eligible FROM wave_stratum WHERE org_id = ? AND wave_id = ?`, org, id)
	slices.SortFunc(out, func(a, b Stratum) int { return strings.Compare(a.Unit+"\x00"+a.Group, b.Unit+"\x00"+b.Group) })
	return out, err
}

func seats(ctx context.Context, tx *db.Tx, org, id string) (out []seat, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var x seat
		err := rows.Scan(&x.Person, &x.Unit, &x.Group)
		out = append(out, x)
		return err
	}, `SELECT person_id, COALESCE(unit, ''), COALESCE(staff_group, '') FROM wave_person WHERE org_id = ? AND wave_id = ? ORDER BY person_id`, org, id)
	slices.SortFunc(out, func(a, b seat) int { return strings.Compare(a.Person, b.Person) })
	return out, err
}

// change makes one change to a wave: it reads it inside the transaction, lets fn work, and
// names the wave in the entry.
func (s *Service) change(ctx context.Context, actor, org, kind, id string, fn func(tx *journal.Tx, w Wave) error) error {
	_, err := s.journal.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: actor}, func(tx *journal.Tx) error {
		w, err := one(ctx, tx.Tx, org, id)
		if err != nil {
			return err
		}
		tx.Detail("wave", w.ID)
		return fn(tx, w)
	})
	return err
}

func (w Wave) update(ctx context.Context, tx *journal.Tx) error {
	row, err := w.row()
	if err != nil {
		return err
	}
	return tx.Update(ctx, "wave", row)
}

// at refuses what does not fit the stage of a wave.
func (s *Service) at(w Wave, what string, stages ...Stage) error {
	if now := w.Stage(s.now()); !slices.Contains(stages, now) {
		return fault.Errorf(fault.Conflict, "survey %s is %s: %s", w.Code, now.Words(), what)
	}
	return nil
}
