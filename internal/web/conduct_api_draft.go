package web

import (
	counting "commonweal/count"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

// heldDraftJSON is a draft of a vote as a program sends it.
type heldDraftJSON struct {
	Code       string             `json:"code" max:"40" doc:"For addresses: small letters, digits and hyphens."`
	Title      string             `json:"title" max:"120"`
	Kind       poll.Kind          `json:"kind"`
	About      string             `json:"about,omitempty" max:"24000"`
	Closes     law.Date           `json:"closes" doc:"It closes at 5pm of this day, which is a working day."`
	Resolution string             `json:"resolution,omitempty" doc:"Of a resolution: which one of the legal form."`
	Stage      int                `json:"stage,omitempty" min:"1" max:"9" doc:"Of a resolution: which of its votes; the first where it is left out."`
	Follows    string             `json:"follows,omitempty" doc:"Of the second vote on a resolution: the code of the first."`
	Rules      *draftRulesJSON    `json:"rules,omitempty" doc:"What is to be other than by default."`
	Contests   []draftContestJSON `json:"contests" min:"1" max:"200"`
}

type draftContestJSON struct {
	Code       string      `json:"code" max:"40"`
	Title      string      `json:"title" max:"120"`
	Class      string      `json:"class,omitempty" max:"60" doc:"Code of a class of members; every member where it is left out."`
	Place      string      `json:"constituency,omitempty" max:"60"`
	Seats      int         `json:"seats,omitempty" max:"60"`
	Question   string      `json:"question,omitempty" max:"3600"`
	Answers    []string    `json:"answers,omitempty" max:"2" doc:"Two, the one that is for it first; yes and no where they are left out."`
	Role       policy.Role `json:"role,omitempty" doc:"The office of those elected."`
	TermStarts law.Date    `json:"term_starts,omitzero"`
	TermEnds   law.Date    `json:"term_ends,omitzero" doc:"The first day after the term."`
}

// draftRulesJSON is what may be chosen in rules.
type draftRulesJSON struct {
	Counting       string         `json:"counting,omitempty" doc:"Of an election: the counting rules, such as nhs-2014."`
	Binding        *bool          `json:"binding,omitempty" doc:"Of a proposal."`
	Weighted       *bool          `json:"weighted,omitempty" doc:"Of a question: each voter has the votes of their class."`
	Revote         poll.Revote    `json:"revote,omitempty"`
	Channels       []poll.Channel `json:"channels,omitempty" doc:"Web is always one of them."`
	Keyholders     int            `json:"keyholders,omitempty" doc:"3, of whom two open the votes, or 5, of whom three do."`
	Order          poll.Order     `json:"order,omitempty"`
	Backers        *int           `json:"backers,omitempty"`
	StatementWords int            `json:"statement_words,omitempty"`
	Photographs    *bool          `json:"photographs,omitempty"`
	Vacancies      poll.Vacating  `json:"vacancies,omitempty"`
	VacancyMonths  *int           `json:"vacancy_months,omitempty"`
	RankingsSeenBy *[]string      `json:"rankings_seen_by,omitempty"`
	MinimumCell    int            `json:"minimum_cell,omitempty"`
	TurnoutAt      *[]int         `json:"turnout_at,omitempty"`
	PetitionDays   int            `json:"petition_days,omitempty"`
}

func init() {
	among(poll.Constituency, poll.Post, poll.Proposal, poll.Resolution)
	among(poll.FirstCounts, poll.LastCounts)
	among(poll.Web, poll.Paper, poll.Telephone)
	among(poll.Alphabetical, poll.Drawn)
	among(poll.Countback, poll.NextHighest, poll.ByElection, poll.LeftVacant)
}

// into puts what was sent into rules.
func (j *draftRulesJSON) into(r *poll.Rules) error {
	if j == nil {
		return nil
	}
	if j.Counting != "" {
		rule, err := counting.FindRule(j.Counting)
		if err != nil {
			return fault.Fieldf("counting", "%v", err)
		}
		r.Counting = poll.Counting{Rules: rule.ID, Version: rule.Version, Fingerprint: rule.Fingerprint(), Ranked: rule.Ranked}
		if (r.Vacancies == poll.Countback || r.Vacancies == poll.NextHighest) && !rule.Fills(counting.Filling(r.Vacancies)) {
			r.Vacancies = poll.ByElection
		}
	}
	override(&r.Binding, j.Binding)
	override(&r.Weighted, j.Weighted)
	override(&r.Photographs, j.Photographs)
	override(&r.Backers, j.Backers)
	override(&r.VacancyMonths, j.VacancyMonths)
	override(&r.RankingsSeenBy, j.RankingsSeenBy)
	override(&r.TurnoutAt, j.TurnoutAt)
	given(&r.Revote, j.Revote)
	given(&r.Order, j.Order)
	given(&r.Vacancies, j.Vacancies)
	given(&r.StatementWords, j.StatementWords)
	given(&r.MinimumCell, j.MinimumCell)
	given(&r.PetitionDays, j.PetitionDays)
	if len(j.Channels) > 0 {
		r.Channels = j.Channels
	}
	if j.Keyholders != 0 {
		r.Keyholders, r.Threshold = j.Keyholders, j.Keyholders/2+1
	}
	return nil
}

// override sets what was sent, where it was.
func override[T any](to *T, sent *T) {
	if sent != nil {
		*to = *sent
	}
}

// given sets what is not the zero value.
func given[T comparable](to *T, sent T) {
	var zero T
	if sent != zero {
		*to = sent
	}
}

// poll makes the draft that a program sends. Without rules it has those of was.
func (v *visit) draftFrom(b heldDraftJSON, was *conduct) (poll.Poll, error) {
	p := poll.Poll{Code: b.Code, Title: b.Title, Kind: b.Kind, About: b.About, Closes: timetable.CloseOn(b.Closes)}
	if err := checkCode(b.Code); err != nil {
		return p, err
	}
	if was != nil {
		p.ID = was.p.ID
	}
	if b.Follows != "" {
		before, err := v.conducted(b.Follows)
		if err != nil {
			return p, fault.Fieldf("follows", "there is no vote %q", b.Follows)
		}
		p.Follows = before.p.ID
	}
	rules, err := poll.DefaultRules(v.house.Law, poll.Ask{Kind: b.Kind, Form: law.FormID(v.org.LegalForm), Resolution: b.Resolution, Stage: b.Stage}, v.today())
	if err != nil {
		return p, err
	}
	if err := b.Rules.into(&rules); err != nil {
		return p, err
	}
	p.Rules = rules
	for _, c := range b.Contests {
		p.Contests = append(p.Contests, poll.Contest{
			Code: c.Code, Title: c.Title, Class: c.Class, Constituency: c.Place, Seats: c.Seats, Question: c.Question, Answers: c.Answers, Role: c.Role,
			TermStarts: c.TermStarts, TermEnds: c.TermEnds,
		})
	}
	return p, nil
}

func (v *visit) apiPrepare(_ none, b heldDraftJSON) (conductJSON, error) {
	p, err := v.draftFrom(b, nil)
	if err == nil {
		_, err = v.house.Polls.Prepare(v.ctx, v.actor.Person, v.org.ID, p)
	}
	return v.after(p.Code, err)
}

func (v *visit) apiChangeDraft(p conductParams, b heldDraftJSON) (conductJSON, error) {
	c, err := v.conducted(p.Poll)
	if err != nil {
		return conductJSON{}, err
	}
	d, err := v.draftFrom(b, c)
	if err == nil {
		_, err = v.house.Polls.Prepare(v.ctx, v.actor.Person, v.org.ID, d)
	}
	return v.after(d.Code, err)
}
