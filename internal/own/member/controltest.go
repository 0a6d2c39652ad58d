package member

import (
	"errors"
	"fmt"

	"commonweal/law"
)

// tester asks the rules about control day by day, and remembers the answers to
// counts it has seen.
type tester struct {
	library *law.Library
	counts  Counts
	rules   []*law.Rule
	results []law.Result
	last    map[string]law.Verdict
}

// on asks every rule in force on a day. Before a rule was law there is no test.
func (t *tester) on(day law.Date, c Counts) ([]law.Result, error) {
	var rules []*law.Rule
	for _, id := range []string{controlRule, marginRule, mutualRule} {
		r, err := t.library.Rule(id, day)
		var notInForce *law.NotInForceError
		if errors.As(err, &notInForce) {
			continue
		}
		if err != nil {
			return nil, err
		}
		rules = append(rules, r)
	}
	if t.results != nil && c == t.counts && sameRules(rules, t.rules) {
		return t.results, nil
	}
	t.counts, t.rules, t.results = c, rules, make([]law.Result, 0, len(rules))
	facts := c.facts()
	for _, r := range rules {
		result, err := r.Evaluate(facts, day)
		if err != nil {
			return nil, fmt.Errorf("control on %s: %w", day, err)
		}
		if r.ID == controlRule && result.Verdict == law.Fails {
			// Without a majority employees do not control the mutual. With one they
			// may: management is a question for people.
			facts["employees_manage_and_control"] = law.Bool(false)
		}
		t.results = append(t.results, result)
	}
	return t.results, nil
}

func sameRules(a, b []*law.Rule) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// lapses are the tests that fail on a day and did not on the day before.
func (t *tester) lapses(p ControlPoint, before Counts) []Lapse {
	var out []Lapse
	now := map[string]law.Verdict{}
	for _, r := range p.Tests {
		now[r.Rule.ID] = r.Verdict
		if was, ok := t.last[r.Rule.ID]; ok && was != law.Fails && r.Verdict == law.Fails {
			out = append(out, Lapse{
				Day: p.Day, Forecast: p.Forecast, Rule: r.Rule, Before: before, After: p.Counts,
				Reason: fmt.Sprintf("On %s employees are %d of %d members and hold %d of %d votes; the day before they were %d of %d with %d of %d. %s",
					dayWords(p.Day), p.EmployeeMembers, p.Members, p.EmployeeVotes, p.Votes,
					before.EmployeeMembers, before.Members, before.EmployeeVotes, before.Votes, r.Reasons[0]),
			})
		}
	}
	t.last = now
	return out
}
