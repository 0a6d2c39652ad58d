package count

import "slices"

// The STV part of the Model Election Rules for NHS foundation trusts (2014). The
// words of its counting clauses were not seen; they are taken to be those of the
// local elections rules of Northern Ireland with "ballot document" for "ballot
// paper". Comments below cite the rules of Northern Ireland. Its rules 41 and 46 to
// 52 should be STV41 and STV44 to STV50: STV47.10 is 49(10), STV49.12 is 51(12).
var nhsSources = []Source{
	{"Model Election Rules (NHS foundation trusts) 2014, STV41 to STV51", "no"},
	{"Electoral Law Act (Northern Ireland) 1962, Schedule 5, rules 41 and 46 to 52, as substituted by the Local Elections (Northern Ireland) Order 1985 (SI 1985/454)", "rule 49(1) to (5): stored copy of legislation.gov.uk; the rest: reprint in a public counting program"},
}

var nhsReadings = []Reading{
	{"rule 49(4)(b)", "By what is a surplus divided?", "By the number of transferable papers in the parcel: \"the papers on which those votes are given\"."},
	{"rule 51(12)", "How many of the lowest are excluded together?", "As many as the rule allows while enough candidates remain for the vacancies."},
	{"rule 52", "When are the last vacancies looked at?", "When a stage ends. Until then an exclusion goes on, unless the quota has filled every vacancy (rule 51(5)); papers not reached stay with the excluded. Who is elected cannot differ."},
	{"rule 52(2)", "Two candidates each equal all others together.", "The paragraph then fits both, so one is excluded by rule 51(13)."},
	{"STV51", "In which order are candidates elected?", "In the order in which they are deemed to be elected, those of one moment by their votes. STV51 was not seen; it bears on nothing but the order."},
	broken("rule 50(4)"),
}

func nhs() Rule {
	return Rule{
		ID: "nhs-2014", Version: 1, Name: "NHS Model Election Rules 2014, single transferable vote",
		Ranked: true, Method: Gregory, Decimals: 2, Sources: nhsSources, Fillings: []Filling{NextHighest}, ByParcel: true,
		Readings: append([]Reading{{"rule 48(3)", "When is a candidate deemed elected during an exclusion?", "After the transfer of each sub-parcel: who then has the quota receives no more papers."}}, nhsReadings...),
	}
}

func nhsStage() Rule {
	r := nhs()
	r.ID, r.Name, r.ByParcel = "nhs-2014-stage", "NHS Model Election Rules 2014, single transferable vote, elected by stage", false
	r.Readings = slices.Clone(r.Readings)
	r.Readings[0].Answer = "At the end of the whole exclusion: until then a candidate with the quota receives further papers."
	return r
}

func (t *tally) countNHS() error {
	// Rule 47 (first stage) and 48(1), (2) (the quota: whole votes, fraction
	// disregarded, and one more).
	t.begin(First)
	t.sortFirst()
	t.quota = (t.result.Valid/int64(t.seats+1) + 1) * t.one
	if err := t.nhsElect(); err != nil {
		return err
	}
	for {
		t.nhsLast()
		t.remember()
		t.finish()
		if t.over() {
			return nil
		}
		moved, err := t.nhsSurplus()
		if err != nil {
			return err
		}
		if moved {
			continue
		}
		if err := t.nhsExclude(); err != nil {
			return err
		}
	}
}

// nhsElect applies rule 48(3): a candidate whose vote equals or exceeds the quota
// is deemed elected. With a single vacancy that waits for rules 51 and 52.
func (t *tally) nhsElect() error {
	if t.seats == 1 {
		return nil
	}
	return t.electThose(t.reaching())
}

// nhsLast applies rule 52 (filling last vacancies) at the end of a stage.
func (t *tally) nhsLast() {
	if t.over() {
		return
	}
	// 52(1): as many continuing candidates as vacancies.
	if t.hopefuls <= t.vacancies() {
		t.electLeft()
		return
	}
	// 52(2): one vacancy, and one has at least the votes of all others together
	// with any surplus not transferred.
	if t.vacancies() != 1 {
		return
	}
	rest := t.surpluses()
	list := t.continuing()
	for _, c := range list {
		rest += t.votes[c]
	}
	var fit []int
	for _, c := range list {
		if t.votes[c] >= rest-t.votes[c] {
			fit = append(fit, c)
		}
	}
	if len(fit) == 1 {
		t.remark(Remark{Topic: Majority, Candidates: fit, Amount: t.amount(t.votes[fit[0]]), Against: t.amount(rest - t.votes[fit[0]])})
		t.elect(fit[0])
	}
}

// nhsSurplus transfers the largest surplus, if one has to be transferred now.
func (t *tally) nhsSurplus() (bool, error) {
	// Rule 49(11): not where there is only one vacancy.
	largest := t.largestSurplus()
	if len(largest) == 0 || t.seats == 1 {
		return false, nil
	}
	// Rule 49(10) (STV47.10): not while the surpluses together are less than the
	// gap above one or more of the lowest.
	if t.group(true) > 0 {
		return false, nil
	}
	t.begin(Surplus)
	// Rule 50(1): the largest first; of equal ones that of the candidate with more
	// votes at the earliest stage that parts them; else by lot.
	c, err := t.choose(ToTransfer, largest, fromFirst)
	if err != nil {
		return false, err
	}
	t.stage.Candidates = []int{c}
	// Rule 49(1) and (5): all papers if the surplus is of first preferences, else
	// the sub-parcel last received. In both cases it is the last parcel, since a
	// candidate with the quota receives no more papers.
	t.gregory(c)
	return true, t.nhsElect()
}

// nhsExclude excludes the lowest candidate, or the lowest together.
func (t *tally) nhsExclude() error {
	t.begin(Exclusion)
	if t.surpluses() > 0 {
		t.remark(Remark{Topic: Deferred, Amount: t.amount(t.surpluses())})
	}
	// Rule 51(12) (STV49.12): two or more together; 51(1): else the lowest.
	list := t.lowest()
	together := list[:max(1, t.group(true))]
	if len(together) == 1 {
		// Rule 51(13): level candidates are parted by the earliest stage at which
		// they were unequal; else by lot.
		var tied []int
		for _, c := range list {
			if t.votes[c] == t.votes[list[0]] {
				tied = append(tied, c)
			}
		}
		c, err := t.choose(ToExclude, tied, fromFirst)
		if err != nil {
			return err
		}
		together = []int{c}
	}
	t.stage.Candidates = together
	for _, c := range together {
		t.exclude(c)
	}
	// Rule 51(2), (3): papers of first preferences; then 51(5) to (9): papers
	// received in transfers, by sub-parcels of descending value, each at the value
	// at which it was received.
	for _, batch := range t.batches(together, true) {
		// Rule 51(5): only while vacancies remain to be filled.
		if t.over() {
			t.unreached(together)
			break
		}
		t.transferBatch(batch)
		if !t.rule.ByParcel {
			continue
		}
		before := len(t.stage.Elected)
		if err := t.nhsElect(); err != nil {
			return err
		}
		t.stage.Transfers[len(t.stage.Transfers)-1].Elected = slices.Clone(t.stage.Elected[before:])
	}
	return t.nhsElect()
}
