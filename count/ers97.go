package count

import "slices"

// The rules of the Electoral Reform Society of 1997: Newland and Britton, How to
// Conduct an Election by the Single Transferable Vote, third edition, cited here
// by paragraph.
func ers97() Rule {
	return Rule{
		ID: "ers97", Version: 1, Name: "Electoral Reform Society 1997, single transferable vote",
		Ranked: true, Method: GregoryActive, Decimals: 2, Fillings: []Filling{Countback, NextHighest}, ByParcel: true,
		Sources: []Source{{"Newland and Britton, How to Conduct an Election by the Single Transferable Vote, 3rd edition (Electoral Reform Society 1997), sections 5 to 7", "reprint of sections 4 to 7 on opavote.com and in a public counting program"}},
		Readings: []Reading{
			{"5.2.5", "Who is excluded where adding one more of several level candidates would still pass?", "One of them, chosen as the rule on ties says: as many together as possible."},
			{"5.4.9", "Does a candidate without votes meet an active vote of nought?", "No."},
			{"5.5.1", "The exclusion would leave just enough candidates.", "The first batch is transferred and the count then ends, as the counting programs in use print it; who is elected cannot differ."},
			broken("6.10, 6.12"),
		},
	}
}

func (t *tally) countERS97() error {
	// 5.1.1 to 5.1.6: first preferences and the quota.
	t.begin(First)
	t.sortFirst()
	t.ersQuota()
	t.remember()
	if err := t.ersElect(); err != nil { // 5.1.7
		return err
	}
	for {
		// 5.5.1, 5.5.2: the count ends when all places are filled or can be.
		if !t.over() && t.hopefuls <= t.vacancies() {
			t.electLeft()
		}
		t.finish()
		if t.over() {
			return nil
		}
		// 5.2.1 to 5.2.4: a surplus first, if one need be transferred now.
		moved, err := t.ersSurplus()
		if err != nil {
			return err
		}
		if moved {
			continue
		}
		if err := t.ersExclude(); err != nil { // 5.2.5 to 5.2.7
			return err
		}
	}
}

// ersQuota divides the valid vote, without what is non-transferable, by one more
// than the places, to two decimals rounded up (5.1.6, 5.4.8).
func (t *tally) ersQuota() {
	places := int64(t.seats + 1)
	t.quota = (t.result.Valid*t.one - t.lost + places - 1) / places
}

// ersActive is the total active vote (6.20): the votes of continuing candidates
// and all votes awaiting transfer, be it of a surplus or of someone excluded.
func (t *tally) ersActive() int64 {
	sum := int64(0)
	for c := 1; c <= t.n; c++ {
		switch t.state[c] {
		case hopeful, excluded:
			sum += t.votes[c]
		case elected:
			sum += t.surplus(c)
		}
	}
	return sum
}

// ersElect applies 5.1.7, 5.3.13 and 5.4.9: in descending order of votes, whoever
// has (a) the quota or (b) the active vote divided by one more than the places not
// yet filled.
func (t *tally) ersElect() error {
	for !t.over() {
		active := t.ersActive()
		fits := func(c int) bool {
			v := t.votes[c]
			return v > 0 && (v >= t.quota || v*int64(t.vacancies()+1) >= active)
		}
		list := slices.DeleteFunc(t.continuing(), func(c int) bool { return !fits(c) })
		if len(list) == 0 {
			return nil
		}
		t.byVotes(list)
		chosen := slices.DeleteFunc(slices.Clone(list), func(c int) bool { return t.votes[c] != t.votes[list[0]] })
		if len(chosen) > t.vacancies() {
			if chosen = t.ersSelect(chosen); chosen == nil {
				return nil
			}
		}
		for _, c := range chosen {
			if t.votes[c] < t.quota {
				t.remark(Remark{Topic: Threshold, Candidates: []int{c}, Amount: t.amount(t.votes[c]), Against: t.amount(active), Places: t.vacancies()})
			}
		}
		if err := t.electThose(chosen); err != nil {
			return err
		}
	}
	return nil
}

// ersSelect applies 5.6.2 where more candidates qualify than there are places: of
// level ones those are taken who had more votes at the earliest point at which
// they were unequal; level at every point, none is.
func (t *tally) ersSelect(level []int) []int {
	slices.Sort(level)
	best, at := t.part(ToElect, level, fromFirst)
	if len(best) > t.vacancies() {
		t.remark(Remark{Topic: TieNone, Candidates: best, For: ToElect})
		return nil
	}
	for _, c := range best {
		t.remark(Remark{Topic: TieHistory, Candidates: level, Chosen: c, Stage: at, For: ToElect})
	}
	return best
}

// ersSurplus transfers the largest surplus unless all are deferred.
func (t *tally) ersSurplus() (bool, error) {
	largest := t.largestSurplus()
	// 5.2.2: deferred if the surpluses together do not exceed the gap above one or
	// more of the lowest.
	if len(largest) == 0 || t.group(false) > 0 {
		return false, nil
	}
	t.begin(Surplus)
	c, err := t.choose(ToTransfer, largest, fromFirst) // 5.2.3
	if err != nil {
		return false, err
	}
	t.stage.Candidates = []int{c}
	// 5.3.1, 5.3.2: all papers of a surplus of the first stage, else the batch that
	// gave rise to it. Either is the last parcel received.
	t.gregory(c) // 5.3.3 to 5.3.12
	t.remember()
	return true, t.ersElect() // 5.3.13
}

func (t *tally) ersExclude() error {
	t.begin(Exclusion)
	if t.surpluses() > 0 {
		t.remark(Remark{Topic: Deferred, Amount: t.amount(t.surpluses())})
	}
	together, err := t.ersLowest()
	if err != nil {
		return err
	}
	t.stage.Candidates = together
	for _, c := range together {
		t.exclude(c)
	}
	// 5.4.1, 5.4.11: batches in descending order of value.
	batches := t.batches(together, false)
	for i, b := range batches {
		t.transferBatch(b) // 5.4.2 to 5.4.7
		moved := &t.stage.Transfers[len(t.stage.Transfers)-1]
		t.ersRequota() // 5.4.8
		t.remember()
		before := len(t.stage.Elected)
		if err := t.ersElect(); err != nil { // 5.4.9, 5.4.10
			return err
		}
		moved.Elected = slices.Clone(t.stage.Elected[before:])
		// 5.5.1, 5.5.2: no further transfers once the places can be filled.
		if t.over() || t.hopefuls <= t.vacancies() {
			if i < len(batches)-1 {
				t.unreached(together)
			}
			break
		}
	}
	if len(batches) == 0 {
		t.remember()
		return t.ersElect()
	}
	return nil
}

// ersRequota applies 5.4.8: while nobody is deemed elected the quota falls with
// the votes that are no longer transferable.
func (t *tally) ersRequota() {
	if len(t.result.Elected) > 0 {
		return
	}
	before := t.quota
	t.ersQuota()
	if t.quota != before {
		t.remark(Remark{Topic: NewQuota, Amount: t.amount(t.quota), Against: t.amount(before)})
	}
}

// ersLowest applies 5.2.5: as many together as possible; level candidates are
// parted by the earliest point at which they were unequal, else by lot.
func (t *tally) ersLowest() ([]int, error) {
	list := t.lowest()
	k := max(1, t.group(false))
	edge := t.votes[list[k-1]]
	together := slices.DeleteFunc(slices.Clone(list[:k]), func(c int) bool { return t.votes[c] == edge })
	level := slices.DeleteFunc(slices.Clone(list), func(c int) bool { return t.votes[c] != edge })
	if len(together)+len(level) == k {
		return list[:k], nil
	}
	for len(together) < k {
		c, err := t.choose(ToExclude, level, fromFirst)
		if err != nil {
			return nil, err
		}
		together = append(together, c)
		level = slices.DeleteFunc(level, func(x int) bool { return x == c })
	}
	return together, nil
}
