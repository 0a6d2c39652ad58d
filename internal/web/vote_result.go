package web

import (
	"fmt"
	"net/http"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

type voteResultPage struct {
	Elected  page.Links
	Unfilled string
	Figures  page.Figures
	Votes    page.Defs
	Facts    page.Defs
	Later    page.News
	Question page.Link
	Until    string
	Look     page.Links
	Hash     string
}

// elected are those elected, in the order in which they were.
func (c vote) elected() []poll.Nomination {
	var out []poll.Nomination
	for _, id := range c.Contest.Declared.Result.Elected {
		for _, n := range c.Contest.Nominations {
			if n.ID == id {
				out = append(out, n)
			}
		}
	}
	return out
}

// resultSentence is the result in words.
func resultSentence(c vote) string {
	r := c.Contest.Declared.Result
	if !c.Kind.Elects() {
		return r.Sentence(c.Rules.Motion())
	}
	var names []string
	for _, n := range c.elected() {
		names = append(names, n.BallotName)
	}
	out := "Nobody is elected."
	if len(names) > 0 {
		out = fmt.Sprintf("%s %s elected.", page.List(names), said(page.Plural(len(names), "is", "are")))
	}
	if r.Uncontested {
		out += " There was no vote, because no more people stood than there are seats."
	}
	if r.Unfilled > 0 {
		out += fmt.Sprintf(" %s %s empty.", page.Begin(few(r.Unfilled, "seat", "seats")), said(page.Plural(r.Unfilled, "stays", "stay")))
	}
	return out
}

// voteResult is the declared result of a contest.
func (s *Server) voteResult(v *visit) error {
	c, err := v.voteAsked()
	if err != nil {
		return err
	}
	d := c.Contest.Declared
	if d == nil {
		return fault.Errorf(fault.NotFound, "the result of this vote is not declared yet")
	}
	r := d.Result
	p := voteResultPage{Hash: r.Transcript, Facts: page.Defs{{Term: "Declared", Fact: v.day(d.Day)}}}
	for _, n := range c.elected() {
		p.Elected = append(p.Elected, page.LinkLine{Text: n.BallotName, Href: c.path() + "/candidates#" + n.ID})
	}
	if !r.Uncontested {
		p.Figures = page.Figures{Small: true, Items: []page.Figure{
			{Value: number(r.Ballots), Label: "votes were counted"}, {Value: number(r.Eligible), Label: "votes were on the roll"},
		}}
		p.Facts = append(p.Facts, page.Def{Term: "Counted by", Fact: countedBy(c.Poll)})
		p.Look = append(p.Look, page.LinkLine{Text: "The count, stage by stage", Href: "/board/" + c.Contest.UUID + "/result", Note: "on the public board, with the commands to do it again"})
	}
	if !c.Kind.Elects() {
		p.Votes = page.Defs{{Term: c.Contest.Answers[0], Fact: number(r.For)}, {Term: c.Contest.Answers[1], Fact: number(r.Against)}}
		if c.Rules.Counting.Blank {
			p.Votes = append(p.Votes, page.Def{Term: "Blank", Fact: number(r.Blank)})
		}
	}
	p.Later = v.afterResult(c)
	p.Until = "The result could be questioned until " + v.weekday(d.PetitionUntil) + "."
	if !v.today().After(d.PetitionUntil) {
		p.Until = "Voters and candidates can question the result until the end of " + v.weekday(d.PetitionUntil) + "."
		may, err := v.mayQuestion(c)
		if err != nil {
			return err
		}
		if may {
			p.Question = page.Link{Text: "Question this result", Href: c.path() + "/question"}
		}
	}
	f := v.frame()
	f.Back = c.back()
	f.Kicker, f.Heading = c.kicker(), "Result: "+c.title()
	f.Sentence = resultSentence(c)
	f.Data = p
	return v.show(http.StatusOK, "vote_result", f)
}

// mayQuestion reports whether the visitor is a voter or a candidate of the contest.
func (v *visit) mayQuestion(c vote) (bool, error) {
	if !v.takesPart() || !v.can(policy.PetitionMake) {
		return false, nil
	}
	if _, stood := c.ownNomination(v.actor.Person); stood {
		return true, nil
	}
	e, err := v.house.Polls.Eligible(v.ctx, v.org.ID, c.Contest.ID, v.actor.Person)
	return e.OnRoll, err
}

// afterResult is what has happened since: questions, and seats that fell empty.
func (v *visit) afterResult(c vote) page.News {
	var out page.News
	for _, q := range c.Contest.Petitions {
		item := page.NewsItem{Parts: []page.NewsPart{{Lead: "The result was questioned.", Text: "It waits for a decision."}}, When: v.day(q.Entered)}
		if !q.Decided.IsZero() {
			says := "The question was dismissed."
			if q.Outcome == poll.Upheld {
				says = "The question was upheld."
			}
			item.Parts[0].Text, item.When = says, v.day(q.Decided)
		}
		out = append(out, item)
	}
	for _, x := range c.Contest.Vacancies {
		item := page.NewsItem{Parts: []page.NewsPart{{Lead: "A seat is empty.", Text: x.Reason}}, When: v.day(x.Since)}
		if !x.Settled.IsZero() {
			item.Parts[0].Lead, item.When = "A seat was empty.", v.day(x.Settled)
			for _, n := range c.Contest.Nominations {
				if n.ID == x.FilledBy {
					item.Parts[0].Text += " " + n.BallotName + " takes it."
				}
			}
		}
		out = append(out, item)
	}
	slices.Reverse(out)
	return out
}
