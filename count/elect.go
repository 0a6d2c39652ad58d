package count

import "slices"

// electThose deems candidates elected who qualify at one moment, those with the
// most votes first. The rules see to it that no more qualify than there are
// vacancies. In a countback only as many new ones are elected as seats fell empty,
// and of level ones the rule on ties decides.
func (t *tally) electThose(list []int) error {
	t.byVotes(list)
	for len(list) > 0 && t.vacancies() > 0 {
		c := list[0]
		if t.back && !t.protected[c] {
			level := slices.DeleteFunc(slices.Clone(list), func(x int) bool { return t.protected[x] || t.votes[x] != t.votes[c] })
			if len(level) > t.room {
				chosen, err := t.choose(ToElect, level, t.rule.lookBack())
				if err != nil {
					return err
				}
				c = chosen
			}
		}
		t.elect(c)
		list = slices.DeleteFunc(list, func(x int) bool { return x == c || t.full(x) })
	}
	return nil
}

// electLeft deems all continuing candidates elected, those with the most votes
// first.
func (t *tally) electLeft() {
	left := t.continuing()
	t.byVotes(left)
	for _, c := range left {
		t.elect(c)
	}
}

// full reports that a candidate cannot be elected because a countback has found
// all it looks for.
func (t *tally) full(c int) bool { return t.back && !t.protected[c] && t.room == 0 }

// over reports whether the count has ended.
func (t *tally) over() bool {
	return t.vacancies() == 0 || t.hopefuls == 0 || t.back && t.room == 0
}
