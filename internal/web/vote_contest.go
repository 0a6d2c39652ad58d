package web

import (
	"encoding/base64"
	"net/http"
	"strings"

	"commonweal/internal/base/policy"
	"commonweal/internal/base/words"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

type voteContestPage struct {
	Button     page.Button
	Booth      *boothPart
	Voted      *page.Panel
	Tracker    []string // four words, two by two
	Board      string   // of the tracker, or of the contest
	Roll       *page.Panel
	Entry      string // where the visitor's line of the roll is had
	Key        string
	KeyLink    page.Link
	OtherWays  []string
	ByPaper    string // where they are explained
	Question   string
	Answers    []string
	Candidates page.Links
	AllOfThem  page.Link
	Nomination page.Link
	Stands     string // where the visitor's nomination stands
	Result     page.Link
	ResultSays string
	Facts      page.Defs
	More       page.Links
}

// boothPart is what a voter compares before they lock their vote.
type boothPart struct {
	Four []string
	Code bool // a code has to be typed
	Demo bool // it lies in the drawer of the one whom the visitor plays
}

// shownCandidates is how many candidates stand on the page of a contest; the others
// have a page of their own.
const shownCandidates = 3

// voteContest is the way into a contest: may I vote, have I voted, with what, and
// how.
func (s *Server) voteContest(v *visit) error {
	c, err := v.voteAsked()
	if err != nil {
		return err
	}
	p := voteContestPage{Question: c.Contest.Question, Answers: c.Contest.Answers}
	f := v.frame()
	f.Back = page.Link{Text: c.kicker(), Href: c.seen.path()}
	if c.one() {
		f.Back = page.Link{Text: "About this vote", Href: c.seen.path()}
	}
	f.Kicker, f.Heading = c.kicker(), c.title()
	f.Sentence = v.stands(c.seen)
	if c.stage != poll.Abandoned && !c.Contest.Uncontested.IsZero() && c.Contest.Declared == nil {
		f.Sentence = "There is no vote: no more people stand than there are seats."
	}
	p.candidates(c)
	p.facts(v, c)
	p.result(c)
	switch {
	case v.takesPart():
		o, err := v.ownIn(c)
		if err != nil {
			return err
		}
		p.own(v, c, o)
		f.Sentence = v.ownSentence(c, o)
	case c.stage.Rank() <= poll.Open.Rank():
		p.Button = page.Button{Text: "Sign in to vote", Href: "/sign-in?next=" + c.path()}
		if c.stage != poll.Open {
			p.Button.Text = "Sign in to see your part"
		}
	}
	f.Data = p
	return v.show(http.StatusOK, "vote_contest", f)
}

// own fills in what concerns the visitor.
func (p *voteContestPage) own(v *visit, c vote, o ownVote) {
	over := c.stage == poll.Abandoned || !c.Contest.Uncontested.IsZero()
	if !over {
		roll := v.rollPanel(c, o)
		p.Roll = &roll
		if o.Eligible.Sealed && o.Eligible.OnRoll {
			p.Entry = c.path() + "/entry"
		}
	}
	if c.stage == poll.Nominating {
		p.nominating(v, c, o)
	} else if n, ok := c.ownNomination(v.actor.Person); ok {
		p.Nomination, p.Stands = page.Link{Text: "Your nomination", Href: c.path() + "/stand"}, nominationState(v, c, n)
	}
	if o.Mark != nil {
		panel := v.votedPanel(c, o)
		p.Voted = &panel
	}
	if o.Tracker != "" {
		p.Tracker, p.Board = fourOf(o.Tracker), "/board/"+o.Enrol.UUID+"#"+o.Tracker
	}
	if over || !o.Eligible.OnRoll || o.Enrol.UUID == "" || c.stage.Rank() > poll.Open.Rank() {
		return
	}
	if o.Mark == nil || o.mayCast(c) {
		p.Key, p.KeyLink = v.ownKeyWords(c, o)
		p.OtherWays, p.ByPaper = otherWays(c), c.path()+"/by-paper"
	}
	switch {
	case o.mayCast(c):
		p.Button = page.Button{Text: "Go to the booth", Href: o.boothAddress()}
		if o.Mark != nil {
			p.Button.Text = "Vote again"
		}
		p.Booth = &boothPart{Four: pairs(o.Four), Code: o.Key != nil && o.Key.How != box.Enrolled, Demo: v.actor.Demo}
	case o.Enrol.Open && o.Key == nil && p.Button.Text == "":
		p.Button, p.KeyLink = page.Button{Text: "Make your voting key", Href: c.path() + "/key"}, page.Link{}
	}
}

// nominating offers to stand, or shows the nomination that is there.
func (p *voteContestPage) nominating(v *visit, c vote, o ownVote) {
	n, ok := c.ownNomination(v.actor.Person)
	if ok {
		p.Stands = nominationState(v, c, n)
	}
	switch {
	case ok && n.Withdrawn.IsZero():
		p.Button = page.Button{Text: "Your nomination", Href: c.path() + "/stand"}
	case o.Eligible.OnRoll && c.Kind.Elects() && v.can(policy.NominationMakeOwn):
		p.Button = page.Button{Text: "Stand for election", Href: c.path() + "/stand"}
	}
}

// otherWays are the ways to vote without a browser.
func otherWays(c vote) []string {
	var out []string
	if c.Rules.Has(poll.Paper) {
		out = append(out, "On paper: ask the returning officer for a ballot paper, and send it so that it arrives before voting closes.")
	}
	if c.Rules.Has(poll.Telephone) {
		out = append(out, "By telephone: the returning officer tells you the number to call.")
	}
	if len(out) > 0 {
		out = append(out, "Whichever reaches us first is your vote. After that the other ways are closed to you.")
	}
	return out
}

func (p *voteContestPage) candidates(c vote) {
	list := c.Contest.Nominations
	for i, n := range list {
		if i == shownCandidates && len(list) > shownCandidates+1 {
			p.AllOfThem = page.Link{Text: "All " + few(len(list), "candidate", "candidates"), Href: c.path() + "/candidates"}
			break
		}
		p.Candidates = append(p.Candidates, page.LinkLine{Text: n.BallotName, Href: c.path() + "/candidates#" + n.ID})
	}
}

func (p *voteContestPage) facts(v *visit, c vote) {
	if c.Kind.Elects() {
		p.Facts = append(p.Facts, page.Def{Term: "Seats", Fact: number(c.Contest.Seats)})
		if !c.Contest.TermStarts.IsZero() {
			p.Facts = append(p.Facts, page.Def{Term: "Term", Fact: termOf(v, c.Contest)})
		}
	}
	p.Facts = append(p.Facts, page.Def{Term: "How it is counted", Fact: countedBy(c.Poll)})
	if r := c.Contest.Roll; r != nil {
		p.Facts = append(p.Facts, page.Def{Term: "On the roll", Fact: few(r.Voters(), "voter", "voters")})
	}
	p.Facts = append(p.Facts, page.Def{Term: "Voting closes", Fact: v.when(c.Closes)})
	if c.NoticeHash != "" && c.Contest.Uncontested.IsZero() {
		p.Board = "/board/" + c.Contest.UUID
		p.More = append(p.More, page.LinkLine{Text: "The public board", Href: p.Board, Note: "ballots by their trackers, and the result to check"})
	}
	p.More = append(p.More, page.LinkLine{Text: "Rules and timetable", Href: c.seen.path()})
}

func termOf(v *visit, c poll.Contest) string {
	out := "From " + v.day(c.TermStarts)
	if !c.TermEnds.IsZero() {
		out += " to " + v.day(c.TermEnds.AddDays(-1))
	}
	return out
}

func (p *voteContestPage) result(c vote) {
	if c.Contest.Declared == nil {
		return
	}
	p.Result = page.Link{Text: "See the result", Href: c.path() + "/result"}
	p.ResultSays = resultSentence(c)
}

// pairs are four words, two by two.
func pairs(four string) []string {
	parts := strings.Fields(four)
	if len(parts) != 4 {
		return nil
	}
	return []string{parts[0] + " " + parts[1], parts[2] + " " + parts[3]}
}

// closesOn is the day of a step as a refusal names it.
func (v *visit) closesOn(c vote, step timetable.Step) string {
	return v.weekday(c.Timetable.Day(step))
}

// fourOf are the words of a tracker.
func fourOf(tracker string) []string {
	hash, err := base64.RawStdEncoding.DecodeString(tracker)
	if err != nil {
		return nil
	}
	return pairs(words.Text(hash))
}
