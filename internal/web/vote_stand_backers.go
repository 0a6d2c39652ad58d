package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
)

type voteBackersPage struct {
	Action  string
	Backers page.Defs
	Who     page.Text
	Choice  *page.Radios
	Back    string
}

// leastLetters is how much of a name has to be typed before anybody is offered: the
// list of members is not there to be leafed through.
const leastLetters = 3

// fellowVoters are the members of a contest whose name has the words, but for those
// left out. It is asked of the register as it is today, as the room of polls does.
func (v *visit) fellowVoters(c vote, typed string, without func(person string) bool) ([]member.Row, error) {
	rows, err := v.house.Members.Register(v.ctx, v.org.ID, v.today())
	if err != nil {
		return nil, err
	}
	var out []member.Row
	for _, r := range rows {
		in := (c.Contest.Class == "" || r.Class == c.Contest.Class) && (c.Contest.Constituency == "" || r.Constituency == c.Contest.Constituency)
		if in && r.Ceased.IsZero() && !r.Unclear && r.Name != "" && nameHas(r.Name, typed) && !without(r.Person) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b member.Row) int {
		return cmp.Or(strings.Compare(a.Family, b.Family), strings.Compare(a.Name, b.Name))
	})
	return out, nil
}

// rowHint tells people of one name apart.
func (v *visit) rowHint(r member.Row) string {
	return strings.TrimSuffix(strings.Join([]string{r.ClassName, r.ConstituencyName}, ", "), ", ") + ", member since " + v.day(r.Entered)
}

// foundVoters offers those who fit what was typed, or says at the field why nobody is
// offered.
func (v *visit) foundVoters(c vote, field *page.Text, without func(string) bool) (*page.Radios, error) {
	if len([]rune(field.Value)) < leastLetters {
		field.Error = "Type at least three letters of the name."
		return nil, nil
	}
	rows, err := v.fellowVoters(c, field.Value, without)
	if err != nil {
		return nil, err
	}
	switch {
	case len(rows) == 0:
		field.Error = "Nobody is found for “" + field.Value + "” among the voters of this contest whom you could ask. Type part of the name."
		return nil, nil
	case len(rows) > mostOffered:
		field.Error = inWords(len(rows)) + " people fit. Type more of the name."
		return nil, nil
	}
	choice := &page.Radios{Name: "person", Legend: phrase(len(rows), "person fits", "people fit") + " “" + field.Value + "”. Which is it?"}
	for _, r := range rows {
		choice.Options = append(choice.Options, page.Option{Value: r.Person, Label: r.Name, Hint: v.rowHint(r)})
	}
	return choice, nil
}

// notToAsk are the candidate and those who were asked already.
func notToAsk(n poll.Nomination) func(person string) bool {
	return func(person string) bool {
		return person == n.Person || slices.ContainsFunc(n.Backers, func(b poll.Backer) bool { return b.Person == person })
	}
}

func (v *visit) backersPage(status int, c vote, n poll.Nomination, p voteBackersPage) error {
	var err error
	if p.Backers, err = v.backersOf(n); err != nil {
		return err
	}
	p.Action, p.Back = c.path()+"/stand/backers", c.path()+"/stand"
	p.Who.Name, p.Who.Label, p.Who.Width, p.Who.Verbatim = "who", "Whom do you want to ask?", 20, true
	p.Who.Hint = "Type a name. Backers are voters of this contest, as you are."
	f := v.frame()
	f.Back = page.Link{Text: "Your nomination", Href: p.Back}
	f.Kicker, f.Heading = c.title(), "Ask a member to back you"
	agreed := "Nobody has agreed yet."
	if n.Agreed() > 0 {
		agreed = page.Begin(few(n.Agreed(), "has", "have")) + " agreed."
	}
	f.Sentence = "You need " + few(c.Rules.Backers, "member who backs", "members who back") + " you. " + agreed
	f.Errors = page.Problems(p.Who)
	if p.Choice != nil {
		f.Errors = append(f.Errors, page.Problems(*p.Choice)...)
	}
	f.Data = p
	return v.show(status, "vote_stand_backers", f)
}

// standingAt is a page about the visitor's nomination that may still be changed.
func (v *visit) standingAt(what string, serve func(c vote, n poll.Nomination) error) error {
	c, err := v.voteAsked()
	if err != nil {
		return err
	}
	n, err := v.standing(c, what)
	var why stopped
	if errors.As(err, &why) {
		return v.stop(c, "Your nomination", why)
	}
	if err != nil {
		return err
	}
	return serve(c, n)
}

// voteBackers asks whom to ask.
func (s *Server) voteBackers(v *visit) error {
	return v.standingAt("Backers could be asked", func(c vote, n poll.Nomination) error {
		return v.backersPage(http.StatusOK, c, n, voteBackersPage{})
	})
}

// voteBackersAsk finds the member by name, and asks whoever was chosen.
func (s *Server) voteBackersAsk(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	return v.standingAt("Backers could be asked", func(c vote, n poll.Nomination) error {
		p := voteBackersPage{Who: page.Text{Value: clip(strings.Join(strings.Fields(form.Get("who")), " "), longestWords)}}
		if person := form.Get("person"); person != "" {
			return v.askBacker(c, n, person, p)
		}
		var err error
		if p.Choice, err = v.foundVoters(c, &p.Who, notToAsk(n)); err != nil {
			return err
		}
		if p.Choice != nil && form.Has("chosen") {
			p.Choice.Error = "Choose one of them, or search again."
		}
		status := http.StatusOK
		if p.Who.Error != "" || p.Choice != nil && p.Choice.Error != "" {
			status = http.StatusUnprocessableEntity
		}
		return v.backersPage(status, c, n, p)
	})
}

func (v *visit) askBacker(c vote, n poll.Nomination, person string, p voteBackersPage) error {
	_, err := v.house.Polls.AskBacker(v.ctx, v.actor.Person, v.org.ID, c.Contest.ID, n.ID, person)
	if !refusable(err) {
		if err != nil {
			return err
		}
		return v.redirect(c.path() + "/stand?done=asked")
	}
	open := 0
	for _, b := range n.Backers {
		if b.Declined.IsZero() {
			open++
		}
	}
	switch {
	case fault.Is(err, fault.Invalid):
		p.Who.Error = v.refusalWords(err)
	case notToAsk(n)(person):
		p.Who.Error = "You have asked this person already."
	case open >= c.Rules.Backers:
		p.Who.Error = "You have asked as many as you need. You can ask somebody else if one of them declines."
	default:
		p.Who.Error = "This person is no voter of this contest today."
	}
	return v.backersPage(http.StatusConflict, c, n, p)
}
