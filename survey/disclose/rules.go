package disclose

import "fmt"

// Rules are what is hidden by rule and how the rest is rounded. Take
// [DefaultRules] and change what is to be stricter.
type Rules struct {
	// Minimum is the fewest people of whom anything is shown; 10 at least.
	Minimum int `json:"minimum"`
	// Scores is the fewest people with a value of whom a score is shown, and
	// the fewest answers of which a question is; 5 at least.
	Scores int `json:"scores"`
	// Comments is the fewest people of whom comments are shown; 20 at least.
	Comments int `json:"comments"`
	// Few is the number up to which those on one side of a question are too
	// few: with three or fewer for, or three or fewer not for, it is hidden.
	Few int `json:"few"`
	// Step is the unit to which bases below a hundred are rounded; 5 at least.
	Step int `json:"step"`
}

// DefaultRules are those in use among contractors of the NHS Staff Survey and
// trusts, with rounding: at least 10, no question with 3 or fewer on a side.
func DefaultRules() Rules { return Rules{Minimum: 10, Scores: 10, Comments: 20, Few: 3, Step: 5} }

// Check returns an error if the rules are weaker than may be.
func (r Rules) Check() error {
	for _, c := range []struct {
		name     string
		is, most int
	}{
		{"minimum group", r.Minimum, 10},
		{"fewest for a score", r.Scores, 5},
		{"fewest for comments", r.Comments, 20},
		{"few on one side", r.Few, 3},
		{"step of bases", r.Step, 5},
	} {
		if c.is < c.most {
			return fmt.Errorf("rules: %s is %d, and it must be at least %d", c.name, c.is, c.most)
		}
	}
	return nil
}

// sane returns an error if no figures could be made by such rules. Weaker ones
// than [Rules.Check] allows are read, so that a release made by them can be
// attacked.
func (r Rules) sane() error {
	if r.Minimum < 2 || r.Scores < 1 || r.Few < 0 || r.Step < 1 || r.Minimum > 1000 || r.Scores > 1000 || r.Few > 1000 || r.Step > 50 {
		return fmt.Errorf("rules: minimum %d, scores %d, few %d, step %d make no release", r.Minimum, r.Scores, r.Few, r.Step)
	}
	return nil
}
