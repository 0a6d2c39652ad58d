package paper

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"commonweal/internal/base/fault"
)

// Asks is how a ballot paper is filled in.
type Asks string

// The ways.
const (
	Rank     Asks = "rank"     // numbers in order of preference
	Choose   Asks = "choose"   // crosses, up to so many
	Question Asks = "question" // yes, no, and perhaps neither
)

// Shape is the form of a contest's ballot paper.
type Shape struct {
	Asks    Asks
	Answers int // candidates in the order of the ballot; a question has two answers, yes first
	Most    int // of Choose: how many crosses there may be
	// Blank: who leaves the paper empty on purpose, or crosses neither, is counted
	// as having voted for nothing.
	Blank bool
	// Weighted: voters have different numbers of votes.
	Weighted bool
}

// Answer is what a paper says to a question.
type Answer string

// The answers.
const (
	Yes   Answer = "yes" // the first answer of the ballot
	No    Answer = "no"
	Blank Answer = "blank"
)

// Flaw is why no vote can be read from a paper.
type Flaw string

// The flaws: the only reasons for which a paper is not counted.
const (
	Unmarked   Flaw = "unmarked"
	NoFirst    Flaw = "no-first"
	TooMany    Flaw = "too-many"
	Unclear    Flaw = "unclear"
	Identifies Flaw = "identifies"
	NotOurs    Flaw = "not-ours"
)

// Flaws are all flaws, in the order in which a form lists them.
var Flaws = []Flaw{Unmarked, NoFirst, TooMany, Unclear, Identifies, NotOurs}

var flaws = map[Flaw]string{
	Unmarked:   "nothing is marked on it",
	NoFirst:    "no candidate, or more than one, has a 1",
	TooMany:    "more is marked than the voter may choose",
	Unclear:    "nobody can tell what the voter meant",
	Identifies: "something on it says who the voter is",
	NotOurs:    "it is not a paper of this poll",
}

// Words say the flaw, to follow "because".
func (f Flaw) Words() string { return flaws[f] }

// Ballot is what a paper says. One of its fields is set.
type Ballot struct {
	Rank   []int // numbers of answers from 1, the first preference first
	Choose []int // numbers of answers, rising
	Answer Answer
	Flaw   Flaw // why nothing can be read from it
}

// Counts reports whether there is a vote on the paper.
func (b Ballot) Counts() bool { return b.Flaw == "" }

// String is the one form in which a ballot is kept and compared: {"rank":[3,1]},
// {"choose":[1,4]}, {"answer":"yes"} or {"spoilt":"unclear"}.
func (b Ballot) String() string {
	list := func(name string, n []int) string {
		out := []byte(`{"` + name + `":[`)
		for i, v := range n {
			if i > 0 {
				out = append(out, ',')
			}
			out = strconv.AppendInt(out, int64(v), 10)
		}
		return string(append(out, "]}"...))
	}
	switch {
	case b.Flaw != "":
		return fmt.Sprintf(`{"spoilt":"%s"}`, b.Flaw)
	case b.Rank != nil:
		return list("rank", b.Rank)
	case b.Choose != nil:
		return list("choose", b.Choose)
	}
	return fmt.Sprintf(`{"answer":"%s"}`, b.Answer)
}

// ParseBallot reads what [Ballot.String] writes, and nothing else.
func ParseBallot(text string, s Shape) (Ballot, error) {
	var says struct {
		Rank   []int  `json:"rank"`
		Choose []int  `json:"choose"`
		Answer Answer `json:"answer"`
		Spoilt Flaw   `json:"spoilt"`
	}
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.DisallowUnknownFields()
	if err := d.Decode(&says); err != nil {
		return Ballot{}, fault.Errorf(fault.Invalid, "%.80q is no ballot", text)
	}
	b := Ballot{Rank: says.Rank, Choose: says.Choose, Answer: says.Answer, Flaw: says.Spoilt}
	if err := s.Check(b); err != nil {
		return Ballot{}, err
	}
	if b.String() != text {
		return Ballot{}, fault.Errorf(fault.Invalid, "%.80q is not the form in which a ballot is kept: %s", text, b)
	}
	return b, nil
}

// Check refuses a ballot that does not fit the paper, in words for the one who keys.
func (s Shape) Check(b Ballot) error {
	set := 0
	for _, is := range []bool{b.Rank != nil, b.Choose != nil, b.Answer != "", b.Flaw != ""} {
		if is {
			set++
		}
	}
	switch {
	case set != 1:
		return fault.Fieldf("ballot", "say what is on the paper, or why nothing can be read from it, and not both")
	case b.Flaw != "":
		if flaws[b.Flaw] == "" || b.Flaw == NoFirst && s.Asks != Rank || b.Flaw == TooMany && s.Asks == Rank || b.Flaw == Unmarked && s.Blank {
			return fault.Fieldf("ballot", "%q is no reason for which a paper of this contest is not counted", b.Flaw)
		}
		return nil
	case s.Asks == Rank && b.Rank != nil:
		return s.numbers(b.Rank, s.Answers)
	case s.Asks == Choose && b.Choose != nil:
		if s.Blank && len(b.Choose) == 0 {
			return nil
		}
		if !slices.IsSorted(b.Choose) {
			return fault.Fieldf("ballot", "the numbers of those who are chosen rise")
		}
		return s.numbers(b.Choose, s.Most)
	case s.Asks == Question && (b.Answer == Yes || b.Answer == No || b.Answer == Blank && s.Blank):
		return nil
	}
	return fault.Fieldf("ballot", "%s is not how this ballot paper is filled in", b)
}

func (s Shape) numbers(list []int, most int) error {
	if len(list) == 0 || len(list) > most {
		return fault.Fieldf("ballot", "%d numbers is not between 1 and %d", len(list), most)
	}
	seen := map[int]bool{}
	for _, n := range list {
		switch {
		case n < 1 || n > s.Answers:
			return fault.Fieldf("ballot", "there is no candidate %d: the ballot has %d", n, s.Answers)
		case seen[n]:
			return fault.Fieldf("ballot", "candidate %d is there twice", n)
		}
		seen[n] = true
	}
	return nil
}

// FlawsOf are the flaws that a paper of a contest can have.
func (s Shape) FlawsOf() []Flaw {
	return slices.DeleteFunc(slices.Clone(Flaws), func(f Flaw) bool { return s.Check(Ballot{Flaw: f}) != nil })
}
