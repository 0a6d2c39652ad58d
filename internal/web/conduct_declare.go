package web

import (
	"fmt"
	"net/http"

	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/tally"
	"commonweal/internal/web/page"
)

// resultDefs say a result in figures and names.
func (c *conduct) resultDefs(one poll.Contest, r poll.Result, o *tally.Outcome) page.Defs {
	var out page.Defs
	if c.p.Kind.Elects() {
		for i, id := range r.Elected {
			out = append(out, page.Def{Term: fmt.Sprintf("Elected %d", i+1), Fact: c.candidate(id)})
		}
		if r.Unfilled > 0 {
			out = append(out, page.Def{Term: "Seats that stay empty", Fact: number(r.Unfilled)})
		}
	} else {
		out = append(out, page.Def{Term: one.Answers[0], Fact: number(r.For)}, page.Def{Term: one.Answers[1], Fact: number(r.Against)}, page.Def{Term: "Blank", Fact: number(r.Blank)})
	}
	if r.Uncontested {
		return append(out, page.Def{Term: "How", Fact: "Without a vote: there are no more candidates than seats."})
	}
	out = append(out, page.Def{Term: "Ballots counted", Fact: number(r.Ballots)}, page.Def{Term: "Votes on the roll", Fact: number(r.Eligible)})
	if o != nil {
		out = append(out, page.Def{Term: "On the web", Fact: number(o.Web)}, page.Def{Term: "On paper and by telephone", Fact: number(o.Paper)}, page.Def{Term: "Spoilt papers", Fact: number(o.Spoilt)})
	}
	return append(out, page.Def{Term: "SHA-256 of the transcript", Fact: r.Transcript}, page.Def{Term: "Head of the archive", Fact: r.Head})
}

// resultWords are a result as a sentence.
func (c *conduct) resultWords(r poll.Result) string {
	if !c.p.Kind.Elects() {
		return r.Sentence(c.p.Rules.Motion())
	}
	var names []string
	for _, id := range r.Elected {
		names = append(names, c.candidate(id))
	}
	if len(names) == 0 {
		return "Nobody is elected."
	}
	return page.List(names) + " " + said(page.Plural(len(names), "is", "are")) + " elected."
}

// transcript is how a result came about, to be read.
func transcript(o *tally.Outcome) []conductSection {
	if o == nil || len(o.Text) == 0 {
		return nil
	}
	return []conductSection{{Heading: "How it came about", Show: []page.Component{page.Verify{
		ID: "transcript", Title: "The transcript of the count", Intro: "Every stage with its totals, as it is declared.", Steps: []page.Command{{Title: "Transcript", Label: "Transcript of the count", Output: string(o.Text)}},
	}}}}
}

// conductDeclare is the review before a result is declared.
func (s *Server) conductDeclare(c *conduct) error {
	one, err := c.contest(c.r.PathValue("contest"))
	if err != nil {
		return err
	}
	return c.showDeclare(http.StatusOK, one, "")
}

func (c *conduct) showDeclare(status int, one poll.Contest, wrong string) error {
	if err := c.only(poll.ReturningOfficer); err != nil {
		return err
	}
	if one.Declared != nil || one.Uncontested.IsZero() && one.Counted.IsZero() {
		return c.showResult(http.StatusConflict, one, wrong)
	}
	var o *tally.Outcome
	r := poll.Result{Uncontested: true}
	if one.Uncontested.IsZero() {
		var err error
		if o, err = c.outcome(one); refusable(err) {
			return c.showResult(http.StatusConflict, one, c.words(err))
		} else if err != nil {
			return err
		}
		r = o.Result
	} else {
		for _, n := range one.Standing() {
			r.Elected = append(r.Elected, n.ID)
		}
		r.Unfilled = one.Seats - len(r.Elected)
	}
	f := c.resultFrame(one, "Check before you declare the result", c.resultWords(r))
	f.Back = page.Link{Text: "From the close to the result", Href: c.at("result", one.Code)}
	a := conductAct{
		Action: c.at("result", one.Code, "declare"), Facts: c.resultDefs(one, r, o), Sections: transcript(o), Button: page.Button{Text: "Declare the result", Kind: page.Warning},
		Cancel: page.Link{Text: "Not yet", Href: c.at("result", one.Code)}, Effects: c.declareEffects(one, r),
	}
	return c.showAct(status, f, a, wrong)
}

func (c *conduct) declareEffects(one poll.Contest, r poll.Result) []string {
	out := []string{"Everybody can read the result from now on, with the totals of each stage. It cannot be taken back."}
	if one.Role != "" && len(r.Elected) > 0 {
		starts := "today"
		if one.TermStarts.After(c.today()) {
			starts = c.day(one.TermStarts)
		}
		out = append(out, "Those elected are appointed "+one.Role.Title()+" from "+starts+". Where something stands against an appointment, it is kept with the result, and the secretary is asked.")
	}
	if r.Unfilled > 0 {
		out = append(out, phrase(r.Unfilled, "seat is", "seats are")+" empty, to be filled by "+vacancyWays[emptyWay(c.p.Rules)]+".")
	}
	return append(out, "It can be questioned for "+count(c.p.Rules.PetitionDays, "day", "days")+", until the end of "+c.onDay(c.today().AddDays(c.p.Rules.PetitionDays))+". Then the keyholders destroy the key.")
}

// conductDeclareDo declares it.
func (s *Server) conductDeclareDo(c *conduct) error {
	one, err := c.contest(c.r.PathValue("contest"))
	if err != nil {
		return err
	}
	if err := c.only(poll.ReturningOfficer); err != nil {
		return err
	}
	if one.Declared != nil || one.Uncontested.IsZero() && one.Counted.IsZero() {
		return c.showResult(http.StatusConflict, one, "There is nothing to declare now.")
	}
	err = c.house.DeclareResult(c.ctx, c.actor.Person, c.org.ID, one.ID)
	if refusable(err) {
		return c.showDeclare(http.StatusConflict, one, c.words(err))
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at("result", one.Code) + "?done=declared")
}

// showDeclared is the receipt of a declaration.
func (c *conduct) showDeclared(status int, f page.Frame, one poll.Contest) error {
	d := one.Declared
	f.Heading, f.Sentence = "The result is declared", c.resultWords(d.Result)
	facts := append(page.Defs{{Term: "Declared", Fact: dayInFull(d.Day) + ", by " + c.name(d.By)}, {Term: "Can be questioned until", Fact: dayInFull(d.PetitionUntil)}}, c.resultDefs(one, d.Result, nil)...)
	p := conductPage{Sections: []conductSection{{Show: []page.Component{facts}}}}
	if len(d.Result.NotAppointed) > 0 {
		s := conductSection{Heading: "Elected and not appointed"}
		for _, id := range d.Result.Elected {
			if why := d.Result.NotAppointed[id]; why != "" {
				s.Text = append(s.Text, c.candidate(id)+": "+c.inNames(why))
			}
		}
		s.Text = append(s.Text, "They are elected all the same. The secretary sees what stands against the appointment.")
		p.Sections = append(p.Sections, s)
	}
	links := page.Links{{Text: "The result for everybody", Href: "/votes/" + c.p.Code + "/" + one.Code + "/result"}}
	if one.Uncontested.IsZero() {
		links = append(links, page.LinkLine{Text: "The public board", Href: "/board/" + one.UUID})
	}
	if c.can(policy.VacancyRecord) && c.p.Kind.Elects() {
		links = append(links, page.LinkLine{Text: "Empty seats", Href: c.at("vacancies")})
	}
	p.Sections = append(p.Sections, conductSection{Links: links})
	f.Data = p
	return c.show(status, "conduct_page", f)
}
