package count

import "slices"

// The Scottish Local Government Elections Order 2007 (SSI 2007/42), Schedule 1,
// rules 45 to 52.
func scottish2007() Rule {
	return Rule{
		ID: "scottish-2007", Version: 1, Name: "Scottish local government elections 2007, single transferable vote",
		Ranked: true, Method: Inclusive, Decimals: 5, Fillings: []Filling{},
		Sources: []Source{{"Scottish Local Government Elections Order 2007 (SSI 2007/42), Schedule 1, rules 45 to 52", "reprint in two public counting programs; contents compared with a stored copy of legislation.gov.uk"}},
		Readings: []Reading{
			{"rules 49(2), 51(2)", "More than two candidates are level.", "Those who stay level at the latest stage that parts some of them are looked at further back."},
			{"rule 52", "When are the last vacancies looked at?", "When a stage ends, as the official reports of 2007 show it."},
			broken("article 2, next available preference; rule 43"),
		},
	}
}

func (t *tally) countScottish() error {
	// Rules 45 (first stage) and 46 (the quota: decimals ignored, and one more).
	t.begin(First)
	t.sortFirst()
	t.quota = (t.result.Valid/int64(t.seats+1) + 1) * t.one
	for {
		// Rule 47(1): at any stage, whoever equals or exceeds the quota.
		if err := t.electThose(t.reaching()); err != nil {
			return err
		}
		// Rule 52(1): as many continuing candidates as vacancies.
		if !t.over() && t.hopefuls <= t.vacancies() {
			t.electLeft()
		}
		t.remember()
		t.finish()
		if t.over() {
			return nil
		}
		if largest := t.largestSurplus(); len(largest) > 0 {
			if err := t.scottishSurplus(largest); err != nil {
				return err
			}
		} else if err := t.scottishExclude(); err != nil {
			return err
		}
	}
}

// scottishSurplus transfers all papers of a candidate at a fraction of the value
// at which each was received.
func (t *tally) scottishSurplus(largest []int) error {
	t.begin(Surplus)
	// Rule 49: the highest surplus first; of equal ones that of the candidate with
	// more votes at the most recent stage that parts them; else by lot.
	c, err := t.choose(ToTransfer, largest, fromLast)
	if err != nil {
		return err
	}
	t.stage.Candidates = []int{c}
	surplus, votes := t.surplus(c), t.votes[c]
	moved := int64(0)
	for _, b := range t.batches([]int{c}, false) {
		// Rule 48(3): surplus times value as received, divided by the candidate's
		// votes, to five decimals, remainder ignored.
		value := muldiv(surplus, b.value, votes)
		d := t.sort(b.parcels...)
		t.stage.Transfers = append(t.stage.Transfers, t.hand(d, value))
		moved += value * d.transferable()
	}
	t.votes[c] = t.quota
	t.lost += surplus - moved
	return nil
}

func (t *tally) scottishExclude() error {
	t.begin(Exclusion)
	// Rule 50(1): the lowest; rule 51: of level ones the one with fewer votes at
	// the most recent stage that parts them; else by lot.
	list := t.lowest()
	tied := slices.DeleteFunc(slices.Clone(list), func(c int) bool { return t.votes[c] != t.votes[list[0]] })
	c, err := t.choose(ToExclude, tied, fromLast)
	if err != nil {
		return err
	}
	t.stage.Candidates = []int{c}
	t.exclude(c)
	// Rule 50(2) to (4): to the next available preference, at the value as received.
	for _, b := range t.batches([]int{c}, false) {
		t.transferBatch(b)
	}
	return nil
}
