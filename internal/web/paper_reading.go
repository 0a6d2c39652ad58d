package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/paper"
	"commonweal/internal/web/page"
)

// rankLine is a candidate on the form on which a ranked paper is keyed.
type rankLine struct {
	Number int
	Name   string
	Field  string
	Value  string
	First  bool
}

// reading is the form on which a paper is keyed: as the paper looks.
type reading struct {
	Action string
	Text   []string
	Show   []page.Component
	Legend string
	Hint   string
	Error  string
	Ranks  []rankLine
	Fields []page.Component
	Button page.Button
	Cancel page.Link

	problems []page.Error
}

// readingForm lays the form with what was typed. A caller's vote has no flaws.
func (v *papers) readingForm(form url.Values, call bool, wrong error) reading {
	var r reading
	flaw := page.Select{Name: "flaw", Label: "Can a vote be read from it?", Hint: "If not, choose why. What is typed above then does not count.", Value: form.Get("flaw"), Options: []page.Option{{Value: "", Label: "Yes"}}}
	for _, f := range v.room.Shape.FlawsOf() {
		flaw.Options = append(flaw.Options, page.Option{Value: string(f), Label: "No: " + f.Words()})
	}
	text := ""
	v.wrongAt(wrong, &text, nil)
	names := v.names()
	switch v.room.Shape.Asks {
	case paper.Rank:
		r.Legend = "The numbers on the paper"
		r.Hint = "Type each number as it stands on the paper, and leave the others empty. Numbers count up to the first that is missing or stands twice."
		if call {
			r.Legend, r.Hint = "The order that the caller says", "1 for the first choice, 2 for the second, as far as the caller goes."
		}
		r.Error = text
		for i, name := range names {
			field := rankField(i + 1)
			r.Ranks = append(r.Ranks, rankLine{Number: i + 1, Name: name, Field: field, Value: form.Get(field), First: i == 0})
		}
		if text != "" {
			r.problems = []page.Error{{Field: rankField(1), Message: text}}
		}
	case paper.Choose:
		box := page.Checkboxes{Name: "choose", Legend: "Which candidates have a cross?", Hint: fmt.Sprintf("Up to %d.", v.room.Shape.Most), Values: form["choose"], Error: text}
		if call {
			box.Legend = "Whom does the caller choose?"
		}
		for i, name := range names {
			box.Options = append(box.Options, page.Option{Value: strconv.Itoa(i + 1), Label: strconv.Itoa(i+1) + ". " + name})
		}
		r.Fields = append(r.Fields, box)
		r.problems = page.Problems(box)
	default:
		radios := page.Radios{Name: "answer", Legend: "Which answer has a cross?", Value: form.Get("answer"), Error: text, Options: []page.Option{
			{Value: string(paper.Yes), Label: names[0]}, {Value: string(paper.No), Label: names[1]},
		}}
		if v.room.Shape.Blank {
			radios.Options = append(radios.Options, page.Option{Value: string(paper.Blank), Label: "Neither", Hint: "The paper is blank. That is a vote, and is counted as one for neither."})
		}
		if call {
			radios.Legend = "What does the caller answer?"
		}
		r.Fields = append(r.Fields, radios)
		r.problems = page.Problems(radios)
	}
	if !call {
		r.Fields = append(r.Fields, flaw)
	}
	return r
}

func rankField(n int) string { return "n" + strconv.Itoa(n) }

// readBallot makes a ballot of what was keyed. What is typed beside a flaw is a
// contradiction.
func (v *papers) readBallot(form url.Values) (paper.Ballot, error) {
	flaw := paper.Flaw(form.Get("flaw"))
	var b paper.Ballot
	var err error
	switch v.room.Shape.Asks {
	case paper.Rank:
		if flaw == "" {
			b.Rank, err = rankOf(form, v.room.Shape.Answers)
		}
	case paper.Choose:
		for _, one := range form["choose"] {
			n, wrong := strconv.Atoi(one)
			if wrong != nil {
				return b, fault.Fieldf("ballot", "there is no candidate %.20q", one)
			}
			b.Choose = append(b.Choose, n)
		}
		slices.Sort(b.Choose)
		if flaw == "" && len(b.Choose) == 0 {
			if b.Choose = []int{}; !v.room.Shape.Blank {
				return b, fault.Fieldf("ballot", "no candidate is chosen")
			}
		}
		if flaw == "" && len(b.Choose) > v.room.Shape.Most {
			return b, fault.Fieldf("ballot", "%d are chosen, and %d may be", len(b.Choose), v.room.Shape.Most)
		}
		if flaw != "" {
			b.Choose = nil // what is marked on it does not count
		}
	default:
		if flaw == "" {
			if b.Answer = paper.Answer(form.Get("answer")); b.Answer == "" {
				return b, fault.Fieldf("ballot", "choose an answer")
			}
		}
	}
	if err != nil {
		return b, err
	}
	b.Flaw = flaw
	return b, v.room.Shape.Check(b)
}

// rankOf makes a ranking of the numbers on a paper: up to the first number that is
// missing or stands twice, as the rules for counting read such papers.
func rankOf(form url.Values, candidates int) ([]int, error) {
	at := map[int][]int{}
	for i := 1; i <= candidates; i++ {
		typed := strings.TrimSpace(form.Get(rankField(i)))
		if typed == "" {
			continue
		}
		n, err := strconv.Atoi(typed)
		if err != nil || n < 1 || n > 999 {
			return nil, fault.Fieldf("ballot", "%.20q beside candidate %d is not a number", typed, i)
		}
		at[n] = append(at[n], i)
	}
	var out []int
	for n := 1; len(at[n]) == 1; n++ {
		out = append(out, at[n][0])
	}
	switch {
	case len(at) == 0:
		return nil, fault.Fieldf("ballot", "no number is typed")
	case len(out) == 0:
		return nil, fault.Fieldf("ballot", "there must be one 1, beside one candidate")
	}
	return out, nil
}
