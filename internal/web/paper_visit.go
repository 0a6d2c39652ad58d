package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/paper"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// papers is a visit to the votes on paper and by telephone of one contest.
type papers struct {
	*visit
	poll    poll.Poll
	contest poll.Contest
	room    paper.Contest
	offices []paper.Office // of the visitor in this poll
}

// onPaper makes a handler of one that is for those who hold an office in the poll of
// the address. Policy has asked for the role; here it is the office in this poll.
func (s *Server) onPaper(office paper.Office, do func(v *papers) error) func(v *visit) error {
	return func(v *visit) error {
		p, err := v.papersAsked()
		if err != nil {
			return err
		}
		if p.offices, err = v.house.Papers.Offices(v.ctx, v.org.ID, p.contest.ID, v.actor.Person); err != nil {
			return err
		}
		if !slices.Contains(p.offices, office) {
			return p.refuse(office)
		}
		if p.room, err = v.house.Papers.Contest(v.ctx, v.org.ID, p.contest.ID); refusable(err) {
			return p.nothing(p.words(err))
		}
		if err != nil {
			return err
		}
		if len(p.room.Channels) == 0 {
			return p.nothing("By the rules of this vote it is held on the web alone.")
		}
		return do(p)
	}
}

// papersAsked finds the contest that the address names.
func (v *visit) papersAsked() (*papers, error) {
	missing := fault.Errorf(fault.NotFound, "there is no vote at this address")
	found, err := v.house.Polls.PollByCode(v.ctx, v.org.ID, v.r.PathValue("poll"))
	if fault.Is(err, fault.NotFound) || err == nil && found.Called.IsZero() {
		return nil, missing
	}
	if err != nil {
		return nil, err
	}
	for _, c := range found.Contests {
		if c.Code == v.r.PathValue("contest") {
			return &papers{visit: v, poll: found, contest: c}, nil
		}
	}
	return nil, missing
}

// at is an address below that of the contest's papers.
func (v *papers) at(parts ...string) string {
	return strings.Join(append([]string{"/votes", v.poll.Code, v.contest.Code, "paper"}, parts...), "/")
}

// title is what the contest is called on a page of its own.
func (v *papers) title() string {
	if len(v.poll.Contests) == 1 {
		return v.poll.Title
	}
	return v.poll.Title + ": " + v.contest.Title
}

func (v *papers) is(o paper.Office) bool { return slices.Contains(v.offices, o) }

// closed reports whether the voting has ended.
func (v *papers) closed() bool { return !v.room.Closes.IsZero() && !v.now.Before(v.room.Closes) }

// open reports whether the contest is voted in now.
func (v *papers) open() bool { return !v.closed() && !v.now.Before(v.room.Opens) }

func (v *papers) has(by paper.Channel) bool { return v.room.Has(by) }

// overview is where the visitor's work begins.
func (v *papers) overview() page.Link {
	if v.is(paper.Teller) {
		return page.Link{Text: "Votes on paper and by telephone", Href: v.at()}
	}
	return page.Link{Text: "The reckoning", Href: v.at("reckoning")}
}

func (v *papers) frameOf(heading, sentence string) page.Frame {
	f := v.frame()
	f.Back = v.overview()
	f.Kicker = v.title()
	f.Heading, f.Sentence = heading, sentence
	return f
}

// refuse says who does this in this poll.
func (v *papers) refuse(o paper.Office) error {
	var who []string
	for _, one := range v.poll.Holders(poll.Office(o)) {
		if p, err := v.house.Identity.Person(v.ctx, v.org.ID, one.Person); err == nil && p.Name() != "" {
			who = append(who, p.Name())
		}
	}
	why := "In each vote the tellers are named, and you are not a teller of this one."
	if o == paper.ReturningOfficer {
		why = "Only the returning officer of this vote may do this, and you are not."
	}
	if len(who) > 0 {
		why += " Ask " + page.List(who) + "."
	} else {
		why += " Nobody is named yet: the secretary names them."
	}
	f := v.frame()
	f.Back = page.Link{Text: v.poll.Title, Href: "/votes/" + v.poll.Code}
	f.Kicker = v.title()
	f.Heading = "You cannot do this"
	f.Data = page.Refused("Why", why, "Who holds which office in a vote is in the record.", page.Link{Text: "Go to your home page", Href: "/home"})
	return v.show(http.StatusForbidden, "fault", f)
}

// nothing says that there are no papers, and why.
func (v *papers) nothing(why string) error {
	f := v.frame()
	f.Back = page.Link{Text: v.poll.Title, Href: "/votes/" + v.poll.Code}
	f.Kicker = v.title()
	f.Heading = "There are no votes on paper here"
	f.Data = page.Empty("Why", why, page.Link{Text: "See the vote", Href: "/votes/" + v.poll.Code})
	return v.show(http.StatusOK, "fault", f)
}

// words are what the room refused, as a sentence without codes and ids.
func (v *papers) words(err error) string {
	text := v.refusalWords(err)
	for _, before := range []string{"contest ", "Contest "} {
		text = strings.ReplaceAll(text, before+v.contest.ID, v.title())
		text = strings.ReplaceAll(text, before+v.contest.Code, v.title())
	}
	text = strings.ReplaceAll(text, "poll "+v.poll.Code, v.poll.Title)
	return page.Begin(text)
}

// wrongAt puts what the room refused at the field that it is about; what is about
// none goes to otherwise.
func (v *papers) wrongAt(err error, otherwise *string, fields map[string]*string) {
	if err == nil {
		return
	}
	if at, ok := fields[fault.FieldOf(err)]; ok {
		otherwise = at
	}
	*otherwise = v.words(err)
}

// voterAsked is the voter's number in the address.
func (v *papers) voterAsked() (paper.Voter, error) {
	n, err := strconv.Atoi(v.r.PathValue("voter"))
	if err != nil {
		return paper.Voter{}, fault.Errorf(fault.NotFound, "there is no such voter")
	}
	return v.house.Papers.Look(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, n)
}

// names are those of the answers, in the order of the ballot.
func (v *papers) names() []string {
	if !v.poll.Kind.Elects() {
		return v.contest.Answers
	}
	var out []string
	for _, n := range v.contest.Standing() {
		out = append(out, n.BallotName)
	}
	return out
}

// question is what the paper asks.
func (v *papers) question() string {
	if v.contest.Question != "" {
		return v.contest.Question
	}
	return v.title()
}

// said is a ballot in words: what is read back to a caller, and shown to the one who
// rules.
func (v *papers) said(b paper.Ballot) string {
	names := v.names()
	name := func(n int) string {
		if n < 1 || n > len(names) {
			return "candidate " + strconv.Itoa(n)
		}
		return names[n-1]
	}
	var out []string
	switch {
	case b.Flaw != "":
		return "No vote can be read, because " + b.Flaw.Words()
	case b.Rank != nil:
		for i, n := range b.Rank {
			out = append(out, strconv.Itoa(i+1)+" "+name(n))
		}
		return strings.Join(out, ", ")
	case len(b.Choose) > 0:
		for _, n := range b.Choose {
			out = append(out, name(n))
		}
		return page.List(out)
	case b.Answer == paper.Yes:
		return name(1)
	case b.Answer == paper.No:
		return name(2)
	}
	return "Blank: a vote for neither"
}

// paperSection is a part of a page.
type paperSection struct {
	ID, Heading string
	Text        []string
	Show        []page.Component
	Links       page.Links
	Form        *paperForm
	Button      page.Button
}

// paperForm is a form with what has to be known to fill it in.
type paperForm struct {
	Action  string
	Answers page.Defs
	Text    []string
	Follows []string
	Hidden  page.Defs
	Fields  []page.Component
	Button  page.Button
	Cancel  page.Link
}

// whenIs is an instant as people say it.
func (v *papers) whenIs(at time.Time) string { return said(page.Moment(v.now, at)) }
