package poll

import (
	"encoding/json"
	"fmt"
	"slices"

	"commonweal/count"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Rules are how a poll is held. They are one value whose canonical JSON is stored,
// hashed and named in the notice; they do not change once the poll is called.
type Rules struct {
	Version  int      `json:"v"`
	Kind     Kind     `json:"kind"`
	Binding  bool     `json:"binding"` // false: the answer is advice
	Counting Counting `json:"counting"`
	// Weighted gives each voter the votes of their class; otherwise everybody has
	// one.
	Weighted bool `json:"weighted"`
	// Order is how candidates stand on the ballot.
	Order Order `json:"order,omitempty"`
	// Backers is how many members have to propose and second a candidate.
	Backers        int  `json:"backers"`
	StatementWords int  `json:"statement_words"`
	Photographs    bool `json:"photographs"`

	Revote         Revote    `json:"revote"`
	Channels       []Channel `json:"channels"`
	Vacancies      Vacating  `json:"vacancies,omitempty"`
	VacancyMonths  int       `json:"vacancy_months"` // after the declaration, in which Vacancies applies; then a by-election
	RankingsSeenBy []string  `json:"rankings_seen_by"`
	MinimumCell    int       `json:"minimum_cell"` // no turnout is shown of fewer voters
	TurnoutAt      []int     `json:"turnout_at"`   // working days before the close on which turnout is shown
	PetitionDays   int       `json:"petition_days"`
	KeepMonths     int       `json:"keep_months"` // how long ballots are kept after the close
	Keyholders     int       `json:"keyholders"`
	Threshold      int       `json:"threshold"` // of the keyholders, to open the votes
	Law            []Basis   `json:"law"`
}

// Counting is how votes make a result: by a rule set for elections, or by a
// majority of a base for questions.
type Counting struct {
	// Of an election.
	Rules       string `json:"rules,omitempty"` // of package count: "nhs-2014"
	Version     int    `json:"rules_version,omitempty"`
	Fingerprint string `json:"rules_sha256,omitempty"`
	Ranked      bool   `json:"ranked"`
	Blank       bool   `json:"blank"` // a voter may vote for nothing and be counted
	// Of a question.
	Resolution     string `json:"resolution,omitempty"` // of the legal form: "ordinary"
	Stage          int    `json:"stage,omitempty"`      // which of its votes, from 1
	Stages         int    `json:"stages,omitempty"`     // how many it takes
	Base           string `json:"base,omitempty"`
	Num            int    `json:"num,omitempty"`
	Den            int    `json:"den,omitempty"`
	MoreThan       bool   `json:"more_than,omitempty"`
	TurnoutPercent int    `json:"turnout_percent,omitempty"`
}

// Basis is a rule of law that a choice rests on, with the day from which the
// version has effect and whether it was checked.
type Basis struct {
	Rule    string `json:"rule"`
	From    string `json:"from"`
	Checked string `json:"checked"`
	Text    string `json:"text"`
}

// Order is how candidates stand on the ballot.
type Order string

// The orders.
const (
	Alphabetical Order = "alphabetical"
	Drawn        Order = "drawn" // by lot, when notice of poll is given
)

// Revote says which vote counts of somebody who votes again.
type Revote string

// The rules about voting again.
const (
	FirstCounts Revote = "first-counts"
	LastCounts  Revote = "last-counts"
)

// Channel is a way of voting.
type Channel string

// The channels.
const (
	Web       Channel = "web"
	Paper     Channel = "paper"
	Telephone Channel = "telephone"
)

// Vacating is what becomes of a seat that is or falls empty.
type Vacating string

// The ways.
const (
	Countback   Vacating = "countback"
	NextHighest Vacating = "next-highest"
	ByElection  Vacating = "by-election"
	LeftVacant  Vacating = "vacant"
)

const (
	rulesVersion = 1
	maxBackers   = 20
	maxWords     = 1000
	leastCell    = 10 // deciding small groups: never show turnout of fewer
)

// may be shown rankings, beside nobody.
var rankingReaders = []string{"returning officer", "keyholders", "scrutineers", "candidates"}

// check refuses rules that contradict themselves.
func (r Rules) check() error {
	if r.Version != rulesVersion || !r.Kind.Known() {
		return fault.Fieldf("kind", "rules of version %d for the kind %q are not known", r.Version, r.Kind)
	}
	for _, c := range r.Channels {
		if c != Web && c != Paper && c != Telephone {
			return fault.Fieldf("channels", "the channel %q is not known", c)
		}
	}
	for _, who := range r.RankingsSeenBy {
		if !slices.Contains(rankingReaders, who) {
			return fault.Fieldf("rankings_seen_by", "rankings are never shown to %q", who)
		}
	}
	switch {
	case len(r.Channels) == 0 || !slices.Contains(r.Channels, Web):
		return fault.Fieldf("channels", "a poll is held on the web, and may be held on paper and by telephone besides")
	case r.Revote != FirstCounts && r.Revote != LastCounts:
		return fault.Fieldf("revote", "the rule about voting again %q is not known", r.Revote)
	case r.MinimumCell < leastCell:
		return fault.Fieldf("minimum_cell", "turnout of fewer than %d is never shown", leastCell)
	case r.PetitionDays < 1 || r.PetitionDays > 90:
		return fault.Fieldf("petition_days", "%d days to question a result is not between 1 and 90", r.PetitionDays)
	case r.KeepMonths < 1 || r.KeepMonths > 120:
		return fault.Fieldf("keep_months", "%d months is not between 1 and 120", r.KeepMonths)
	case !(r.Keyholders == 3 && r.Threshold == 2) && !(r.Keyholders == 5 && r.Threshold == 3):
		return fault.Fieldf("keyholders", "the key is held by three, of whom two open the votes, or by five, of whom three do")
	case slices.ContainsFunc(r.TurnoutAt, func(n int) bool { return n < 0 || n > 60 }):
		return fault.Fieldf("turnout_at", "turnout is shown between 60 and 0 working days before the close")
	case r.Kind != Proposal && !r.Binding:
		return fault.Fieldf("binding", "only a staff ballot on a proposal can be advice")
	}
	if r.Kind.Elects() {
		return r.checkElection()
	}
	return r.checkQuestion()
}

func (r Rules) checkElection() error {
	rule, err := count.FindRule(r.Counting.Rules)
	switch {
	case err != nil:
		return fault.Fieldf("counting", "%v", err)
	case rule.Version != r.Counting.Version || rule.Fingerprint() != r.Counting.Fingerprint || rule.Ranked != r.Counting.Ranked:
		return fault.Fieldf("counting", "the counting rules are not %s", rule)
	case r.Order != Alphabetical && r.Order != Drawn:
		return fault.Fieldf("order", "the order %q of candidates is not known", r.Order)
	case r.Weighted:
		return fault.Fieldf("weighted", "in an election everybody has one vote")
	case r.Backers < 0 || r.Backers > maxBackers:
		return fault.Fieldf("backers", "%d backers is not between 0 and %d", r.Backers, maxBackers)
	case r.StatementWords < 20 || r.StatementWords > maxWords:
		return fault.Fieldf("statement_words", "a statement of %d words is not between 20 and %d", r.StatementWords, maxWords)
	case r.VacancyMonths < 0 || r.VacancyMonths > 60:
		return fault.Fieldf("vacancy_months", "%d months is not between 0 and 60", r.VacancyMonths)
	}
	switch r.Vacancies {
	case ByElection, LeftVacant:
	case Countback, NextHighest:
		if !rule.Fills(count.Filling(r.Vacancies)) {
			return fault.Fieldf("vacancies", "under %s no vacancy is filled by %s", rule, r.Vacancies)
		}
	default:
		return fault.Fieldf("vacancies", "the way %q to fill a vacancy is not known", r.Vacancies)
	}
	return nil
}

func (r Rules) checkQuestion() error {
	c := r.Counting
	switch {
	case c.Rules != "" || c.Ranked:
		return fault.Fieldf("counting", "a question is not counted by the rules of an election")
	case c.Den < 1 || c.Num < 1 || c.Num > c.Den:
		return fault.Fieldf("counting", "a majority of %d/%d is none", c.Num, c.Den)
	case c.Base != string(count.VotesCast) && c.Base != string(count.Eligible):
		return fault.Fieldf("counting", "the base %q is neither votes-cast nor eligible", c.Base)
	case c.TurnoutPercent < 0 || c.TurnoutPercent > 100:
		return fault.Fieldf("counting", "a turnout of %d per cent is none", c.TurnoutPercent)
	case (r.Kind == Resolution) != (c.Resolution != ""):
		return fault.Fieldf("counting", "a resolution, and nothing else, is counted as the law of the legal form says")
	case 2*c.Num < c.Den || 2*c.Num == c.Den && !c.MoreThan:
		return fault.Fieldf("counting", "nothing is carried by half of the votes or fewer")
	}
	return nil
}

// Motion is what carries a question.
func (r Rules) Motion() count.Motion {
	c := r.Counting
	exceed := count.AtLeast
	if c.MoreThan {
		exceed = count.MoreThan
	}
	m := count.Motion{
		Majority: count.Condition{Fraction: count.Fraction{Num: int64(c.Num), Den: int64(c.Den)}, Exceed: exceed, Base: count.Base(c.Base)},
	}
	if c.Stages > 1 {
		m.Label = fmt.Sprintf("vote %d of %d", c.Stage, c.Stages)
	}
	if c.TurnoutPercent > 0 {
		m.Turnout = count.Condition{Fraction: count.Fraction{Num: int64(c.TurnoutPercent), Den: 100}, Exceed: count.AtLeast, Base: count.Eligible}
	}
	if r.Kind == Resolution && len(r.Law) > 0 {
		m.Citation = count.Source{Citation: r.Law[0].Text, Checked: r.Law[0].Checked}
	}
	return m
}

// Text is the canonical JSON of the rules.
func (r Rules) Text() ([]byte, error) { return journal.CanonicalOf(r) }

// Hash is the SHA-256 of the canonical JSON of the rules, in hexadecimal.
func (r Rules) Hash() (string, error) {
	text, err := r.Text()
	return hashOf(text), err
}

// ParseRules reads what [Rules.Text] writes.
func ParseRules(text []byte) (Rules, error) {
	var r Rules
	if err := json.Unmarshal(text, &r); err != nil {
		return Rules{}, fmt.Errorf("rules of a poll: %w", err)
	}
	return r, nil
}

// Has reports whether one may vote by a channel.
func (r Rules) Has(c Channel) bool { return slices.Contains(r.Channels, c) }

// Marks is how many candidates a voter may mark where candidates are marked and not
// ranked.
func (r Rules) Marks(seats, candidates int) (int, error) {
	rule, err := count.FindRule(r.Counting.Rules)
	switch {
	case err != nil:
		return 0, err
	case rule.Marks < 0:
		return candidates, nil
	case rule.Marks == 0:
		return min(seats, candidates), nil
	}
	return min(rule.Marks, candidates), nil
}
