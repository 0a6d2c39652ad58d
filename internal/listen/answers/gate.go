package answers

import (
	"context"
	"strings"
	"unicode/utf8"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Verdict is what somebody who read a comment decided.
type Verdict string

// The verdicts.
const (
	Show     Verdict = "show"
	Withhold Verdict = "withhold"
)

const longestWhy = 500

// Reading is one reader's decision about a comment. Reader tells two readers apart and is
// whatever the caller makes of their ids, a hash of its own for each wave.
type Reading struct {
	Reader  string
	Verdict Verdict
	Text    string // as it may be shown; "" with [Withhold]
	Reason  string // for not showing it; "" with [Show]
}

// Gated is a comment as it was written, with what was decided about it.
type Gated struct {
	Comment
	Readings []Reading
}

// Shown is the text that may be shown: two readers or more decided on the same words, and
// more of them than withhold it.
func (g Gated) Shown() (text string, ok bool) {
	show, withhold := g.split()
	if len(show) < 2 || len(show) <= len(withhold) {
		return "", false
	}
	for _, r := range show {
		if r.Text != show[0].Text {
			return "", false
		}
	}
	return show[0].Text, true
}

// Withheld is why a comment is not shown, once two readers decided so and they are not
// fewer than those who would show it.
func (g Gated) Withheld() (reason string, ok bool) {
	show, withhold := g.split()
	if len(withhold) < 2 || len(withhold) < len(show) {
		return "", false
	}
	return withhold[0].Reason, true
}

// KeptBack reports whether one reader alone withholds it: that is not for good, and a
// second agrees or brings it back.
func (g Gated) KeptBack() bool {
	_, withhold := g.split()
	_, shown := g.Shown()
	return len(withhold) == 1 && !shown
}

func (g Gated) split() (show, withhold []Reading) {
	for _, r := range g.Readings {
		if r.Verdict == Show {
			show = append(show, r)
		} else {
			withhold = append(withhold, r)
		}
	}
	return show, withhold
}

// Gate are the comments of a closed wave with what was decided about them, in the order of
// random ids. It is for those alone who decide.
func (s *Service) Gate(ctx context.Context, wave string) (list []Gated, err error) {
	err = s.closed(ctx, wave, func(tx *db.Tx) error {
		list = nil
		at := map[string]int{}
		err := tx.Each(ctx, func(rows *db.Rows) error {
			var g Gated
			err := rows.Scan(&g.ID, &g.Unit, &g.Text)
			at[g.ID] = len(list)
			list = append(list, g)
			return err
		}, `SELECT id, unit, text FROM comment WHERE wave = ? ORDER BY id`, wave)
		if err != nil {
			return err
		}
		return tx.Each(ctx, func(rows *db.Rows) error {
			var id string
			var r Reading
			err := rows.Scan(&id, &r.Reader, &r.Verdict, &r.Text, &r.Reason)
			if i, ok := at[id]; ok {
				list[i].Readings = append(list[i].Readings, r)
			}
			return err
		}, `SELECT comment, reader, verdict, text, reason FROM reading WHERE wave = ? ORDER BY comment, reader`, wave)
	})
	return list, err
}

// Shown are the comments of a closed wave that may be shown, in their words as decided.
func (s *Service) Shown(ctx context.Context, wave string) ([]Comment, error) {
	all, err := s.Gate(ctx, wave)
	var out []Comment
	for _, g := range all {
		if text, ok := g.Shown(); ok {
			out = append(out, Comment{ID: g.ID, Unit: g.Unit, Text: text})
		}
	}
	return out, err
}

// Decide keeps what somebody decided about a comment, in the place of what the same
// reader decided before.
func (s *Service) Decide(ctx context.Context, wave, comment string, r Reading) error {
	r.Text, r.Reason = strings.TrimSpace(r.Text), strings.TrimSpace(r.Reason)
	switch {
	case r.Reader == "":
		return fault.Errorf(fault.Invalid, "a reading has a reader")
	case r.Verdict != Show && r.Verdict != Withhold:
		return fault.Fieldf("verdict", "choose whether the comment is shown")
	case r.Verdict == Show && r.Text == "":
		return fault.Fieldf("text", "nothing is left to show; withhold it instead")
	case r.Verdict == Show && (utf8.RuneCountInString(r.Text) > MaxComment || !utf8.ValidString(r.Text)):
		return fault.Fieldf("text", "the text has more than %d characters", MaxComment)
	case r.Verdict == Withhold && r.Reason == "":
		return fault.Fieldf("reason", "say why it is not shown")
	case utf8.RuneCountInString(r.Reason) > longestWhy:
		return fault.Fieldf("reason", "the reason has more than %d characters", longestWhy)
	}
	if r.Verdict == Show {
		r.Reason = ""
	} else {
		r.Text = ""
	}
	all, err := s.Gate(ctx, wave)
	if err != nil {
		return err
	}
	known := false
	for _, g := range all {
		known = known || g.ID == comment
	}
	if !known {
		return fault.Errorf(fault.NotFound, "wave %s has no such comment", wave)
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM reading WHERE comment = ? AND reader = ?`, comment, r.Reader); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO reading (comment, reader, wave, verdict, text, reason) VALUES (?, ?, ?, ?, ?, ?)`, comment, r.Reader, wave, string(r.Verdict), r.Text, r.Reason)
		return err
	})
}
