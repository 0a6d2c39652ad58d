package web

import (
	"net/http"
	"strings"

	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// paperHow tells members how to vote without the web, and what they should know
// before they do.
func (s *Server) paperHow(v *visit) error {
	p, err := v.papersAsked()
	if err != nil {
		return err
	}
	byPaper, byCall := p.poll.Rules.Has(poll.Paper), p.poll.Rules.Has(poll.Telephone)
	f := v.frame()
	f.Back = page.Link{Text: p.title(), Href: strings.TrimSuffix(p.path(""), "/")}
	f.Kicker = p.title()
	closes := p.whenIs(p.poll.Closes)
	switch {
	case !byPaper && !byCall:
		f.Heading = "This vote is on the web alone"
		f.Sentence = "If you cannot use the web, tell the returning officer: somebody can sit with you, and nobody may vote for you."
		f.Data = []paperSection{}
		return v.show(http.StatusOK, "paper_page", f)
	case byPaper && byCall:
		f.Heading = "How to vote on paper or by telephone"
	case byPaper:
		f.Heading = "How to vote on paper"
	default:
		f.Heading = "How to vote by telephone"
	}
	f.Sentence = "Your vote counts like every other if it is here before voting closes, " + closes + "."
	if !v.now.Before(p.poll.Closes) {
		f.Sentence = "Voting closed " + closes + ". What had arrived by then is counted."
	}
	var out []paperSection
	if byPaper {
		out = append(out, paperSection{Heading: "On paper", Show: []page.Component{page.Timeline{
			{Title: "Ask for a ballot paper", Detail: "From the returning officer, in writing or in person" + v.whereItIs() + ". You get the paper, a plain envelope and an outer envelope with your voter’s number.", Stage: page.StepToCome},
			{Title: "Mark it alone", Detail: "The paper says how. Write nothing else on it, and not your name: then it could not be counted.", Stage: page.StepToCome},
			{Title: "Use both envelopes", Detail: "The paper goes in the plain envelope, that in the one with your number.", Stage: page.StepToCome},
			{Title: "Send it or bring it", Detail: "It has to arrive before " + closes + ". If you spoil your paper, hand it back and get another.", Stage: page.StepToCome},
		}}})
	}
	if byCall {
		out = append(out, paperSection{Heading: "By telephone", Text: []string{
			"Ring the returning officer’s office while voting is open, with your voter’s number at hand. You are asked who you are, you say your vote, it is read back to you, and it is cast when you say that it is right.",
			"The person who takes your call learns how you vote. On the web and on paper nobody does. If you mind, vote in one of those ways.",
		}})
	}
	out = append(out, paperSection{Heading: "One vote each", Text: []string{
		"The first vote that comes from you counts. Once an envelope or a call from you is entered you cannot vote on the web. If you have voted on the web, a paper from you is not opened.",
		"You find your voter’s number on the page of this vote when you are signed in, and the returning officer can tell you.",
	}})
	if byPaper {
		out = append(out, paperSection{Heading: "Who sees what", Text: []string{
			"Envelopes stay shut until voting has closed. Then papers are parted from envelopes and mixed, so that nobody can tell whose a paper is.",
			"Two people read each paper without seeing what the other reads. Where they differ the returning officer decides, and says why. How many papers there were, and a fingerprint of what was read, are on the public board before anything is counted.",
		}, Links: page.Links{{Text: "The public board of this vote", Href: "/board/" + p.contest.UUID}}})
	}
	f.Data = out
	return v.show(http.StatusOK, "paper_page", f)
}

// whereItIs is where the organisation can be found, as far as it has said so.
func (v *visit) whereItIs() string {
	at := strings.Join(strings.FieldsFunc(v.org.RegisteredOffice, func(r rune) bool { return r == '\n' || r == '\r' }), ", ")
	if at == "" {
		return ""
	}
	return ", at " + at
}
