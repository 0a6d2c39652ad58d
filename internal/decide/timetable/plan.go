package timetable

import (
	"fmt"

	"commonweal/law"
)

// Plan is what a timetable is made from: the steps of one kind of poll, where they
// fall by default, and within which bounds.
type Plan struct {
	kind   Kind
	cal    *law.Calendar
	steps  []planned
	apart  []apart
	notice *noticeRule
	petition
}

// planned is one step: so many working days before the close, or after it where
// the number is negative.
type planned struct {
	step    Step
	days    int
	least   int // no fewer working days before the close than this
	most    int // and no more
	because string
}

// apart asks for so many working days from one step to another; with nought they
// may fall on one day.
type apart struct {
	from, to Step
	least    int
	because  string
}

// noticeRule is what the law of a legal form asks of the notice.
type noticeRule struct {
	clear    int
	service  law.ServiceRule
	citation string
}

type petition struct {
	days     int
	citation string
}

// The bounds of what an organisation may choose where no rule says.
const (
	mostBefore = 120 // working days before the close
	mostAfter  = 20  // working days after it
	ourDefault = "our own default"
)

// NewPlan reads the plan for a kind of poll from the rules with effect on a day.
func NewPlan(lib *law.Library, kind Kind, on law.Date) (Plan, error) {
	cal, err := lib.Calendar(law.England)
	if err != nil {
		return Plan{}, err
	}
	r := reader{lib: lib, on: on}
	p := Plan{kind: kind, cal: cal}
	p.petition = petition{r.number("election.question", "petition_days"), r.citation("election.question")}
	switch kind {
	case Election:
		p.election(&r)
	case Ballot:
		p.ballot(&r)
	default:
		return Plan{}, fmt.Errorf("there is no kind of poll %q", kind)
	}
	p.steps = append(p.steps,
		planned{Closes, 0, 0, 0, ""},
		planned{Tally, 0, -mostAfter, 0, ourDefault},
		planned{Declaration, -1, -mostAfter, 0, ourDefault})
	p.apart = append(p.apart,
		apart{ClaimsClose, CredentialsClose, 0, ""}, apart{CredentialsClose, KeyMade, 0, ""}, apart{KeyMade, NoticeOfPoll, 0, ""},
		apart{NoticeOfPoll, Opens, 0, ""}, apart{Closes, Tally, 0, ""}, apart{Tally, Declaration, 0, ""},
		apart{Declaration, Petitions, 0, ""}, apart{Petitions, KeyDestroyed, 0, ""})
	return p, r.err
}

func (p *Plan) election(r *reader) {
	const model, ours = "election.timetable", "election.timetable.ours"
	from := r.citation(model)
	claims, open := r.number(ours, "claims_least"), r.number(ours, "open_least")
	for _, s := range []struct {
		step  Step
		param string
	}{
		{NoticeOfElection, "notice_of_election_days"},
		{NominationsClose, "nominations_close_days"},
		{Statement, "statement_days"},
		{Withdrawals, "withdrawals_days"},
	} {
		n := r.number(model, s.param)
		p.steps = append(p.steps, planned{s.step, n, n, mostBefore, from})
	}
	poll := r.number(model, "notice_of_poll_days")
	p.steps = append(p.steps,
		planned{Roll, 25, poll + claims, mostBefore, ourDefault},
		planned{ClaimsClose, 18, poll, mostBefore, ourDefault},
		planned{CredentialsClose, 16, poll, mostBefore, ourDefault},
		planned{KeyMade, 16, poll, mostBefore, ourDefault},
		planned{NoticeOfPoll, poll, poll, mostBefore, from},
		planned{Opens, poll, open, mostBefore, ourDefault})
	p.apart = []apart{
		{NoticeOfElection, NominationsClose, 1, ""},
		{NominationsClose, Statement, 0, ""},
		{Statement, Withdrawals, 0, ""},
		{Withdrawals, NoticeOfPoll, 0, ""},
		{NoticeOfElection, Roll, 0, ""},
		{Roll, ClaimsClose, claims, r.citation(ours)},
	}
}

func (p *Plan) ballot(r *reader) {
	const rule, ours = "ballot.timetable", "election.timetable.ours"
	least := r.number(rule, "notice_least")
	claims, open := r.number(ours, "claims_least"), r.number(ours, "open_least")
	p.steps = []planned{
		{Roll, 19, least + claims, mostBefore, ourDefault},
		{ClaimsClose, 13, least, mostBefore, ourDefault},
		{CredentialsClose, 11, least, mostBefore, ourDefault},
		{KeyMade, 11, least, mostBefore, ourDefault},
		{NoticeOfPoll, 10, least, mostBefore, r.citation(rule)},
		{Opens, 10, open, mostBefore, ourDefault},
	}
	p.apart = []apart{{Roll, ClaimsClose, claims, r.citation(ours)}}
}

// WithNotice is the plan with the notice that the law of a legal form asks for: so
// many clear days before the close, sent by the given means.
func (p Plan) WithNotice(n law.NoticeRule, by law.ServiceRule) Plan {
	p.notice = &noticeRule{n.Days, by, n.Citation}
	if !n.Clear { // the day of notice counts, so one clear day fewer
		p.notice.clear = max(n.Days-1, 0)
	}
	return p
}

// WithPetitionDays is the plan of a poll whose rules give so many days to question
// the result.
func (p Plan) WithPetitionDays(n int) Plan {
	p.petition.days = n
	return p
}

// Kind is the kind of poll the plan is for.
func (p Plan) Kind() Kind { return p.kind }

// reader reads numbers of rules and keeps the first error.
type reader struct {
	lib *law.Library
	on  law.Date
	err error
}

func (r *reader) rule(id string) *law.Rule {
	rule, err := r.lib.Rule(id, r.on)
	if err != nil {
		if r.err == nil {
			r.err = fmt.Errorf("timetable: %w", err)
		}
		return &law.Rule{}
	}
	return rule
}

func (r *reader) number(id, name string) int {
	rule := r.rule(id)
	v, ok := rule.Param(name)
	n, isInt := v.Number()
	if (!ok || !isInt) && r.err == nil {
		r.err = fmt.Errorf("timetable: rule %s has no number %s", id, name)
	}
	return int(n)
}

func (r *reader) citation(id string) string { return r.rule(id).Note() }
