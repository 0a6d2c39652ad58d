package house

import (
	"context"
	"math"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/journal"
	"commonweal/internal/listen/action"
	"commonweal/internal/listen/wave"
	"commonweal/law"
	"commonweal/survey/disclose"
	"commonweal/survey/estimate"
)

// openActions opens the room for what follows from surveys, and has it look every
// morning for what is due, overdue and done.
func (h *House) openActions(secrets *journal.Keys) (err error) {
	h.Actions, err = action.New(action.Options{
		Journal: h.Journal, Keys: secrets, Messenger: h.Notices, Offices: h.Identity, Releases: releases{h}, Members: h.membersOn,
	})
	if err != nil {
		return err
	}
	h.Jobs.Handle("action.remind", func(ctx context.Context, _ jobs.Job) error {
		return h.eachOpenMutual(ctx, func(ctx context.Context, org string) error {
			if err := h.Actions.Remind(ctx, org); err != nil {
				return err
			}
			return h.Actions.TellMembers(ctx, org)
		})
	})
	h.Jobs.Every("action.remind", jobs.Daily(7, 15))
	return nil
}

// membersOn are the people who are members on a day.
func (h *House) membersOn(ctx context.Context, org string, day law.Date) (out []string, err error) {
	rows, err := h.Members.Register(ctx, org, day)
	for _, r := range rows {
		if r.Ceased.IsZero() && !r.Unclear {
			out = append(out, r.Person)
		}
	}
	if fault.Is(err, fault.NotFound) { // an organisation without a register has no members
		return nil, nil
	}
	return out, err
}

// Found is the figure that a finding is about, as it was released.
func (h *House) Found(ctx context.Context, org string, f action.Finding) (action.Figure, error) {
	return releases{h}.Found(ctx, org, f)
}

// releases gives actions what releases of surveys show, in their own words.
type releases struct{ house *House }

// Found implements action.Releases.
func (r releases) Found(ctx context.Context, org string, f action.Finding) (action.Figure, error) {
	w, err := r.house.Waves.ByCode(ctx, org, f.Wave)
	if fault.Is(err, fault.NotFound) {
		return action.Figure{}, nil
	}
	if err != nil {
		return action.Figure{}, err
	}
	return r.figure(ctx, w, f)
}

// Next implements action.Releases: the newest wave of the same kind that opened after the
// day and is released.
func (r releases) Next(ctx context.Context, org string, f action.Finding, day law.Date) (action.Figure, error) {
	all, err := r.house.Waves.List(ctx, org)
	if err != nil {
		return action.Figure{}, err
	}
	at := slices.IndexFunc(all, func(w wave.Wave) bool { return w.Code == f.Wave })
	if at < 0 {
		return action.Figure{}, nil
	}
	var newest wave.Wave
	for _, w := range all {
		if w.Kind == all[at].Kind && w.Opens.After(day) && w.Opens.After(all[at].Opens) && len(w.Releases) > 0 && w.Opens.After(newest.Opens) {
			newest = w
		}
	}
	if newest.ID == "" {
		return action.Figure{}, nil
	}
	return r.figure(ctx, newest, f)
}

func (r releases) figure(ctx context.Context, w wave.Wave, f action.Finding) (action.Figure, error) {
	out := action.Figure{Wave: w.Code, WaveName: w.Title}
	stored, shown, _, err := r.house.ReleaseOf(ctx, w.Org, w.ID)
	if fault.Is(err, fault.NotFound) {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	unit := f.Unit
	if unit == "" {
		unit = wave.Whole
	}
	if f.About == action.Score {
		m, ok := shown.Score(unit, disclose.Everybody, f.ID)
		if unit == wave.Whole { // as the results head it: weighted where it is
			weighted, err := ReleaseWeights(stored)
			if err != nil {
				return out, err
			}
			if w, is := weighted.Score(f.ID); is {
				m, ok = w, true
			}
		}
		if !ok {
			return out, nil
		}
		return scoreIn(shown, m, f.ID, out), nil
	}
	return questionIn(shown, unit, f.ID, out)
}

func scoreIn(r disclose.Release, m disclose.Mean, score string, out action.Figure) action.Figure {
	i := slices.IndexFunc(r.Scores, func(s disclose.Score) bool { return s.ID == score })
	out.Shown, out.Value, out.Low, out.High, out.Places = true, m.Mean, m.Low, m.High, disclose.Decimals(m.Base)
	if i >= 0 && math.Max(r.Scores[i].Best, r.Scores[i].Worst) == 100 {
		out.Percent, out.Places = true, 0
	}
	return out
}

// questionIn is the share of those who gave a favourable answer, with Wilson's interval of
// the base that is shown.
func questionIn(r disclose.Release, unit, question string, out action.Figure) (action.Figure, error) {
	s, ok := r.Question(unit, disclose.Everybody, question)
	i := slices.IndexFunc(r.Questions, func(q disclose.Question) bool { return q.ID == question })
	if !ok || i < 0 || s.Base == 0 {
		return out, nil
	}
	favourable := 0
	for code, option := range r.Questions[i].Options {
		if option.Positive && code < len(s.Percent) {
			favourable += s.Percent[code]
		}
	}
	favourable = min(favourable, 100)
	yes := int(math.Round(float64(favourable*s.Base) / 100))
	f, err := estimate.Percentage(yes, s.Base, 0, 0.95)
	if err != nil {
		return out, err
	}
	out.Shown, out.Percent, out.Value, out.Low, out.High = true, true, float64(favourable), 100*f.Low, 100*f.High
	return out, nil
}
