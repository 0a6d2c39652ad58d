package tally

import (
	"fmt"
	"strings"

	"commonweal/count"
	"commonweal/internal/decide/poll"
)

// question decides a proposal or a resolution.
func (o *Outcome) question(in Input) error {
	marks, blank, err := in.sums(2)
	if err != nil {
		return err
	}
	r := &o.Result
	r.For, r.Against, r.Blank = marks[0], marks[1], blank
	d, err := in.Poll.Rules.Motion().Decide(count.Votes{For: r.For, Against: r.Against, Abstain: r.Blank, Eligible: r.Eligible})
	if err != nil {
		return err
	}
	o.Decision, r.Carried = &d, d.Carried
	o.Text = []byte(in.account(*r))
	return nil
}

// account is the transcript of a question.
func (in Input) account(r poll.Result) string {
	var b strings.Builder
	name := in.Poll.TitleOf(in.Contest)
	fmt.Fprintf(&b, "%s\n%s\n\n%s\n", name, strings.Repeat("=", len([]rune(name))), in.Contest.Question)
	for i, votes := range []int64{r.For, r.Against} {
		fmt.Fprintf(&b, "  %s: %d\n", in.Contest.Answers[i], votes)
	}
	fmt.Fprintf(&b, "  blank: %d\n", r.Blank)
	fmt.Fprintf(&b, "%d ballots were counted: %d cast on the web, %d on paper or by telephone. %d votes could be cast.\n", r.Ballots, in.Ballots, in.Papers.Valid, r.Eligible)
	if in.Papers.Spoilt > 0 {
		fmt.Fprintf(&b, "%d more papers were spoilt.\n", in.Papers.Spoilt)
	}
	b.WriteString(r.Sentence(in.Poll.Rules.Motion()) + "\n")
	return b.String()
}
