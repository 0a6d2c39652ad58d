package web

import (
	"fmt"
	"net/http"

	"commonweal/internal/decide/paper"
	"commonweal/internal/web/page"
)

// ballotPage is the ballot paper, to be printed and copied.
type ballotPage struct {
	Text   []string
	Names  string // what the lines are
	Lines  []readingLine
	Mark   string
	Before []string
}

// paperBallot is the ballot paper of the contest. It says nothing of the voter.
func (s *Server) paperBallot(v *papers) error {
	f := v.frameOf(v.title(), "")
	f.Back = page.Link{Text: "The reckoning", Href: v.at("reckoning")}
	f.Kicker = "Ballot paper"
	f.Sentence = v.question()
	if v.poll.Kind.Elects() {
		f.Sentence = said(page.Plural(v.contest.Seats, "One person is elected.", page.Begin(said(page.Words(v.contest.Seats)))+" people are elected."))
	}
	p := ballotPage{
		Names: "Candidate",
		Mark:  "Write nothing else on this paper, and not your name: a paper that says whose it is does not count.",
		Before: []string{
			"Print as many as you give out, number none of them, and put the official mark on each: a paper without it does not count.",
			"Send with each a plain envelope for the paper and an outer envelope with the voter’s number on it.",
			"Keep a list of how many you give out. The reckoning after the close is made from it.",
		},
	}
	if v.room.Shape.Weighted {
		p.Before = append(p.Before, "Print the papers of voters with more than one vote on paper of another colour, one colour for each number of votes.")
	}
	switch v.room.Shape.Asks {
	case paper.Rank:
		p.Text = []string{"Write 1 beside your first choice, 2 beside your second, and so on, as far as you like. You need not number all of them."}
	case paper.Choose:
		p.Text = []string{fmt.Sprintf("Put a cross beside up to %s.", said(page.Words(v.room.Shape.Most)))}
	default:
		p.Names = "Answer"
		p.Text = []string{"Put a cross beside one answer."}
		if v.room.Shape.Blank {
			p.Text = []string{"Put a cross beside one answer, or leave both empty: that is a vote for neither."}
		}
	}
	for i, name := range v.names() {
		p.Lines = append(p.Lines, readingLine{Number: i + 1, Name: name})
	}
	p.Text = append(p.Text, "Fold the paper, put it in the plain envelope, and that in the envelope with your voter’s number. It has to arrive before "+v.whenIs(v.room.Closes)+".")
	f.Data = p
	return v.show(http.StatusOK, "paper_ballot", f)
}
