package count

import "slices"

var nhsFPP = Source{"Model Election Rules (NHS foundation trusts) 2014, FPP part, counting and equality of votes", "no"}

func fptp() Rule {
	return Rule{
		ID: "fptp", Version: 1, Name: "First past the post", Method: Highest, Marks: 1,
		Sources: []Source{nhsFPP}, Fillings: []Filling{NextHighest},
		Readings: []Reading{
			{"", "A paper ranks candidates.", "It counts for its first preference; one that gives the first place to several is invalid."},
			{"", "Votes are equal for the last place.", "A lot decides, as if the one on whom it falls had one vote more."},
		},
	}
}

func chooseK() Rule {
	return Rule{
		ID: "choose-k", Version: 1, Name: "As many marks as seats, the highest elected", Method: Highest, Marks: 0,
		Sources: []Source{nhsFPP}, Fillings: []Filling{NextHighest},
		Readings: []Reading{
			{"", "A paper marks more candidates than there are seats.", "It is invalid. The order of its marks has no meaning."},
			{"", "Votes are equal for the last place.", "A lot decides, as if the one on whom it falls had one vote more."},
		},
	}
}

func approval() Rule {
	return Rule{
		ID: "approval", Version: 1, Name: "Approval of any number, the highest elected", Method: Highest, Marks: -1,
		Sources: []Source{{"Brams and Fishburn, Approval Voting (1983)", "no"}}, Fillings: []Filling{NextHighest},
		Readings: []Reading{
			{"", "A paper ranks candidates.", "It approves of all it names; their order has no meaning."},
			{"", "Votes are equal for the last place.", "A lot decides, as if the one on whom it falls had one vote more."},
		},
	}
}

func (t *tally) countHighest() error {
	t.begin(First)
	t.countMarks()
	// The highest are elected; votes equal for the last place go to the lot.
	for t.vacancies() > 0 && t.hopefuls > 0 {
		list := t.continuing()
		t.byVotes(list)
		level := slices.DeleteFunc(slices.Clone(list), func(c int) bool { return t.votes[c] != t.votes[list[0]] })
		if len(level) > t.vacancies() {
			c, err := t.choose(ToElect, level, noHistory)
			if err != nil {
				return err
			}
			level = []int{c}
		}
		for _, c := range level {
			t.elect(c)
		}
	}
	t.finish()
	return nil
}

// countMarks gives each marked candidate a vote for each valid paper.
func (t *tally) countMarks() {
	b := t.b
	most := t.rule.Marks
	if most == 0 {
		most = t.seats
	}
	t.result.Invalid = b.blank
	var marked []uint16
	for i, papers := range b.papers {
		marked = marked[:0]
		for _, v := range b.raw(i) {
			if v == gap {
				if t.rule.Marks == 1 {
					break
				}
				continue
			}
			marked = append(marked, v)
			if t.rule.Marks == 1 && v&equal == 0 {
				break
			}
		}
		if len(marked) == 0 || most > 0 && len(marked) > most {
			t.result.Invalid += int64(papers)
			continue
		}
		t.result.Valid += int64(papers)
		for _, v := range marked {
			t.votes[v&^equal] += int64(papers)
		}
	}
}
