package poll

import (
	"errors"

	"commonweal/count"
	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Ask is what somebody who drafts rules chooses first; the rest follows from law.
type Ask struct {
	Kind Kind
	Form law.FormID
	// Counting names the counting rules of an election; empty takes "nhs-2014".
	Counting string
	// Resolution names the kind of resolution, and Stage which of its votes, from 1.
	Resolution string
	Stage      int
}

// DefaultRules are the rules that law and model rules give for a kind of poll of a
// legal form on a day. They may be changed within the bounds of [Rules.check].
func DefaultRules(lib *law.Library, a Ask, on law.Date) (Rules, error) {
	r := Rules{
		Version: rulesVersion, Kind: a.Kind, Binding: a.Kind != Proposal,
		Revote: FirstCounts, Channels: []Channel{Web, Paper}, MinimumCell: 10, TurnoutAt: []int{10, 5, 0},
		RankingsSeenBy: []string{"returning officer", "keyholders", "scrutineers"}, Keyholders: 3, Threshold: 2,
	}
	var err error
	if r.PetitionDays, err = r.fromRule(lib, "election.question", "petition_days", on); err != nil {
		return Rules{}, err
	}
	keep, err := lib.Retention("ballot-material", on)
	if err != nil {
		return Rules{}, err
	}
	r.KeepMonths = 12*keep.Years + keep.Months
	r.cite("ballot-material", keep.Provenance)
	switch {
	case a.Kind.Elects():
		err = r.forElection(lib, a, on)
	case a.Kind == Resolution:
		err = r.forResolution(lib, a, on)
	case a.Kind == Proposal:
		r.Counting = Counting{Base: string(law.VotesCast), Num: 1, Den: 2, MoreThan: true, Blank: true}
	default:
		err = fault.Fieldf("kind", "there is no kind of poll %q", a.Kind)
	}
	return r, err
}

func (r *Rules) forElection(lib *law.Library, a Ask, on law.Date) (err error) {
	if a.Counting == "" {
		a.Counting = "nhs-2014"
	}
	rule, err := count.FindRule(a.Counting)
	if err != nil {
		return fault.Fieldf("counting", "%v", err)
	}
	r.Counting = Counting{Rules: rule.ID, Version: rule.Version, Fingerprint: rule.Fingerprint(), Ranked: rule.Ranked}
	r.Order, r.Backers, r.Photographs, r.VacancyMonths = Alphabetical, 2, true, 12
	switch {
	case rule.Fills(count.Countback):
		r.Vacancies = Countback
	case rule.Fills(count.NextHighest):
		r.Vacancies = NextHighest
	default:
		r.Vacancies = ByElection
	}
	if r.StatementWords, err = r.fromRule(lib, "election.statement", "most_words", on); err != nil {
		return err
	}
	_, err = r.fromRule(lib, "election.timetable", "notice_of_election_days", on)
	return err
}

func (r *Rules) forResolution(lib *law.Library, a Ask, on law.Date) error {
	form, err := lib.Form(a.Form, on)
	if err != nil {
		return fault.Fieldf("legal_form", "%v", err)
	}
	res, ok := form.Resolution(a.Resolution)
	if !ok {
		return fault.Fieldf("resolution", "a %s has no resolution %q", form.Label, a.Resolution)
	}
	if a.Stage == 0 {
		a.Stage = 1
	}
	if a.Stage < 1 || a.Stage > len(res.Stages) {
		return fault.Fieldf("resolution", "the resolution %s takes %d votes, so there is no vote %d", res.ID, len(res.Stages), a.Stage)
	}
	s := res.Stages[a.Stage-1]
	r.Counting = Counting{
		Blank: true, Resolution: res.ID, Stage: a.Stage, Stages: len(res.Stages),
		Base: string(s.Base), Num: s.Num, Den: s.Den, MoreThan: s.MoreThan, TurnoutPercent: s.TurnoutPercent,
	}
	r.Law = append([]Basis{basis("resolution."+res.ID, res.Provenance)}, r.Law...)
	return nil
}

// fromRule reads a number of a rule and keeps where it is from.
func (r *Rules) fromRule(lib *law.Library, id, param string, on law.Date) (int, error) {
	rule, err := lib.Rule(id, on)
	if err != nil {
		return 0, err
	}
	v, _ := rule.Param(param)
	n, ok := v.Number()
	if !ok {
		return 0, errors.New("rule " + id + " has no number " + param)
	}
	r.cite(id, rule.Provenance)
	return int(n), nil
}

func (r *Rules) cite(id string, p law.Provenance) { r.Law = append(r.Law, basis(id, p)) }

func basis(id string, p law.Provenance) Basis {
	return Basis{Rule: id, From: p.From.String(), Checked: p.Checked.String(), Text: p.Citation}
}
