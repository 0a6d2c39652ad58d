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

// readingLine is a candidate or an answer on the form on which a paper is keyed.
type readingLine struct {
	ID     string
	Number int
	Name   string
	Value  string
	Chosen bool
	Focus  bool // where typing begins
}

// reading is the form on which a paper is keyed: as the paper looks. It is to be
// filled in without the mouse, so typing begins at the first line.
type reading struct {
	Action         string
	Text           []string
	Show           []page.Component
	Legend         string
	Hint           string
	Error          string
	Ranks, Crosses bool // numbers, or crosses; else one answer
	Lines          []readingLine
	Fields         []page.Component
	Button         page.Button
	Cancel         page.Link

	problems []page.Error
}

// readingForm lays the form with what was typed. A caller's vote has no flaws.
func (v *papers) readingForm(form url.Values, call bool, wrong error) reading {
	var r reading
	v.wrongAt(wrong, &r.Error, nil)
	line := func(n int, name, id, value string, chosen bool) {
		r.Lines = append(r.Lines, readingLine{id, n, name, value, chosen, len(r.Lines) == 0})
	}
	s := v.room.Shape
	switch s.Asks {
	case paper.Rank:
		r.Ranks = true
		r.Legend = "The numbers on the paper"
		r.Hint = "Type each number as it stands on the paper, and leave the others empty. Numbers count up to the first that is missing or stands twice."
		if call {
			r.Legend, r.Hint = "The order that the caller says", "1 for the first choice, 2 for the second, as far as the caller goes."
		}
		for i, name := range v.names() {
			line(i+1, name, rankField(i+1), form.Get(rankField(i+1)), false)
		}
	case paper.Choose:
		r.Crosses = true
		r.Legend, r.Hint = "The crosses on the paper", fmt.Sprintf("Up to %s may have one.", said(page.Words(s.Most)))
		if call {
			r.Legend = "Whom the caller chooses"
		}
		for i, name := range v.names() {
			n := strconv.Itoa(i + 1)
			line(i+1, name, rankField(i+1), n, slices.Contains(form["choose"], n))
		}
	default:
		r.Legend, r.Hint = "The cross on the paper", "One answer."
		if call {
			r.Legend = "What the caller answers"
		}
		names := append(slices.Clone(v.names()), "Neither")
		for i, a := range []paper.Answer{paper.Yes, paper.No, paper.Blank} {
			if a != paper.Blank || s.Blank {
				line(i+1, names[i], rankField(i+1), string(a), form.Get("answer") == string(a))
			}
		}
		if s.Blank {
			r.Hint = "One answer, or neither: a blank paper is a vote, and is counted as one for neither."
		}
	}
	if r.Error != "" {
		r.problems = []page.Error{{Field: rankField(1), Message: r.Error}}
	}
	if call {
		return r
	}
	flaw := page.Select{
		Name: "flaw", Label: "Can a vote be read from it?", Hint: "If not, choose why. What is said above then does not count.", Value: form.Get("flaw"),
		Options: []page.Option{{Value: "", Label: "Yes"}},
	}
	for _, f := range s.FlawsOf() {
		flaw.Options = append(flaw.Options, page.Option{Value: string(f), Label: "No: " + f.Words()})
	}
	r.Fields = append(r.Fields, flaw)
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
