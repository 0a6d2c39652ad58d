package wave

import (
	"context"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/prose"
	"commonweal/law"
)

// tidy puts a plan into its stored form and refuses one that contradicts itself.
func (s *Service) tidy(p Plan) (Plan, error) {
	p.Title = tidy(p.Title)
	var err error
	if p.About, err = prose.Clean("about", p.About, longestAbout); err != nil {
		return p, err
	}
	if p.Whom == "" {
		p.Whom = AllStaff
	}
	if p.Weighting == "" {
		p.Weighting = Unweighted
	}
	if p.Minimum == 0 {
		p.Minimum = LeastMinimum
	}
	if p.CommentMinimum == 0 {
		p.CommentMinimum = LeastCommentMinimum
	}
	if len(p.Languages) == 0 {
		p.Languages = []string{"en"}
	}
	if p.PaperUntil.IsZero() {
		p.PaperUntil = p.Closes
	}
	if p.KeepMonths == 0 {
		keep, err := s.library.Retention("survey-answers", s.today())
		if err != nil {
			return p, err
		}
		p.KeepMonths = 12*keep.Years + keep.Months
	}
	slices.SortFunc(p.RemindOn, law.Date.Compare)
	p.RemindOn = slices.Compact(p.RemindOn)
	return p, p.check()
}

func (p Plan) check() error {
	switch {
	case !codeForm.MatchString(p.Code) || len(p.Code) > longestCode || p.Code == "plan" || p.Code == "actions" || p.Code == "friends":
		return fault.Fieldf("code", "the code %q is not small letters, digits and hyphens, or is taken by a page", p.Code)
	case p.Title == "" || prose.Longer(p.Title, longestTitle):
		return fault.Fieldf("title", "a title has between 1 and %d letters", longestTitle)
	case p.Kind != Annual && p.Kind != Pulse:
		return fault.Fieldf("kind", "there is no kind of survey %q", p.Kind)
	case p.Whom != AllStaff && p.Whom != Members:
		return fault.Fieldf("whom", "nobody is called %q: all staff are asked, or the members", p.Whom)
	case p.Weighting != Unweighted && p.Weighting != ByGroup:
		return fault.Fieldf("weighting", "there is no weighting %q", p.Weighting)
	case p.Census.IsZero():
		return fault.Fieldf("census", "give the day on which whoever was employed is asked")
	case p.Opens.IsZero():
		return fault.Fieldf("opens", "give the first day")
	case p.Closes.IsZero() || p.Closes.Before(p.Opens):
		return fault.Fieldf("closes", "the last day is not before the first, %s", p.Opens.Words())
	case p.Opens.DaysUntil(p.Closes) > mostOpenDays:
		return fault.Fieldf("closes", "a survey is open for at most %d days", mostOpenDays)
	case p.Census.After(p.Opens):
		return fault.Fieldf("census", "the census day is not after the first day, %s", p.Opens.Words())
	case p.PaperUntil.Before(p.Closes) || p.Closes.DaysUntil(p.PaperUntil) > 60:
		return fault.Fieldf("paper_until", "paper is keyed until the last day or at most 60 days after it")
	case p.Minimum < LeastMinimum || p.Minimum > 1000:
		return fault.Fieldf("minimum", "the smallest group that is shown has %d answers or more", LeastMinimum)
	case p.CommentMinimum < LeastCommentMinimum || p.CommentMinimum < p.Minimum || p.CommentMinimum > 1000:
		return fault.Fieldf("comment_minimum", "comments are shown of groups with %d answers or more, and not of smaller ones than results", LeastCommentMinimum)
	case p.KeepMonths < 1 || p.KeepMonths > mostKeepMonths:
		return fault.Fieldf("keep_months", "answers are kept between 1 and %d months", mostKeepMonths)
	case len(p.RemindOn) > mostReminders:
		return fault.Fieldf("remind_on", "at most %d reminders are sent", mostReminders)
	case p.Languages[0] != "en":
		return fault.Fieldf("languages", "English comes first")
	}
	for i, d := range p.RemindOn {
		if !d.After(p.Opens) || d.After(p.Closes) {
			return fault.Fieldf("remind_on", "the reminder of %s is not after the first day and by the last", d.Words())
		}
		if i > 0 && p.RemindOn[i-1].DaysUntil(d) < remindersApart {
			return fault.Fieldf("remind_on", "reminders are %d days apart or more", remindersApart)
		}
	}
	if err := prose.Plain("title", p.Title); err != nil {
		return err
	}
	if wrong := checkRules(p.Rules, func(i int) int { return i + 2 }); len(wrong) > 0 {
		return fault.Fieldf("rules", "%s", wrong[0])
	}
	if err := p.Instrument.Check(); err != nil {
		return fault.Fieldf("instrument", "%v", err)
	}
	return nil
}

// missing says in sentences what keeps an instrument from being asked.
func (p Plan) missing() (out []string) {
	if un := p.Instrument.Unworded(); len(un) > 0 {
		out = append(out, "The questionnaire has questions without a wording: "+strings.Join(un, ", ")+". It can score answers and cannot be asked.")
	}
	for _, l := range p.Languages {
		for _, q := range p.Instrument.Questions {
			if q.Text[l] == "" && len(q.Text) > 0 {
				out = append(out, "Question "+q.ID+" has no wording in the language \""+l+"\".")
				break
			}
		}
	}
	return out
}

// Draft makes a draft and returns its id. It is the engagement lead's. Nothing of a
// draft is fixed.
func (s *Service) Draft(ctx context.Context, actor, org string, p Plan) (id string, err error) {
	if p, err = s.tidy(p); err != nil {
		return "", err
	}
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: "survey.drafted", Actor: actor}, func(tx *journal.Tx) error {
		id = tx.ID()
		tx.Detail("wave", id)
		w := Wave{ID: id, Org: org, Plan: p}
		return w.insert(ctx, tx)
	})
	return id, err
}

func (w Wave) insert(ctx context.Context, tx *journal.Tx) error {
	if err := freeCode(ctx, tx.Tx, w); err != nil {
		return err
	}
	row, err := w.row()
	if err != nil {
		return err
	}
	return tx.Insert(ctx, "wave", row)
}

func freeCode(ctx context.Context, tx *db.Tx, w Wave) error {
	var n int
	err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM wave WHERE org_id = ? AND code = ? AND id <> ?`, w.Org, w.Code, w.ID).Scan(&n)
	if err == nil && n > 0 {
		err = fault.Fieldf("code", "there is a survey with the code %q already", w.Code)
	}
	return err
}

// Change replaces the plan of a draft.
func (s *Service) Change(ctx context.Context, actor, org, id string, p Plan) error {
	p, err := s.tidy(p)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, org, "survey.drafted", id, func(tx *journal.Tx, w Wave) error {
		if err := s.at(w, "only a draft can be changed", Draft); err != nil {
			return err
		}
		w.Plan = p
		if err := freeCode(ctx, tx.Tx, w); err != nil {
			return err
		}
		return w.update(ctx, tx)
	})
}

// Abandon ends a wave that cannot be held to its end, with a reason for people. What was
// answered is never released. It is the engagement lead's.
func (s *Service) Abandon(ctx context.Context, actor, org, id, reason string) error {
	reason, err := prose.Clean("reason", reason, longestReason)
	if err == nil && reason == "" {
		err = fault.Fieldf("reason", "giving a survey up needs a reason")
	}
	if err != nil {
		return err
	}
	err = s.change(ctx, actor, org, "survey.abandoned", id, func(tx *journal.Tx, w Wave) error {
		if err := s.at(w, "it cannot be given up any more", Draft, Called, Open, Closed); err != nil {
			return err
		}
		w.Abandoned, w.AbandonedBy, w.Reason = s.today(), tx.Actor(), reason
		if _, err := s.recordDraws(ctx, tx, w); err != nil {
			return err
		}
		if err := s.forgetKey(ctx, tx.Tx, w); err != nil {
			return err
		}
		return w.update(ctx, tx)
	})
	if err == nil {
		s.opened.drop(id)
	}
	return err
}
