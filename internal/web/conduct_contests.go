package web

import (
	"net/url"
	"strings"

	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
)

// contestFields ask who votes on what: seats by constituency, one post, or a question.
type contestFields struct {
	Seats        []page.Text // one a constituency
	places       []poll.Contest
	Who          page.Select
	Question     page.TextArea
	For, Against page.Text
	Role         page.Radios
	From, To     page.DateField
}

const everyMember = "all"

// layContests makes the questions from the classes of the register.
func (d *contestFields) layContests(v *visit, kind poll.Kind) error {
	book, err := v.house.Members.Book(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	d.Who = page.Select{Name: "who", Label: "Who may vote?", Value: everyMember, Options: []page.Option{{Value: everyMember, Label: "Every member"}}}
	for _, class := range book.Classes(v.today()) {
		d.Who.Options = append(d.Who.Options, page.Option{Value: class.Code, Label: "Class " + class.Name})
		d.addPlaces(class, book.Constituencies(class.Code, v.today()))
	}
	d.Question = page.TextArea{Name: "question", Label: "What is asked?", Hint: "One question that can be answered with the two words below.", Rows: 3}
	d.For = page.Text{Name: "for", Label: "The answer that is for it", Value: "Yes", Width: 20}
	d.Against = page.Text{Name: "against", Label: "The answer that is against it", Value: "No", Width: 20}
	d.Role = page.Radios{Name: "role", Legend: "Which office do those elected hold?", Hint: "They are appointed to it by the declaration.", Options: []page.Option{
		{Value: string(policy.CouncilMember), Label: page.Begin(policy.CouncilMember.Title())},
		{Value: string(policy.Director), Label: page.Begin(policy.Director.Title())},
		{Value: "none", Label: "None that is kept here"},
	}}
	d.From = page.DateField{Name: "from", Legend: "First day in office", Hint: "The day of the declaration where you leave it out."}
	d.To = page.DateField{Name: "to", Legend: "First day after the term", Hint: "It may be left out."}
	return nil
}

// addPlaces adds the constituencies of a class. Codes are of the class alone, so
// where two classes use one the class is named with it.
func (d *contestFields) addPlaces(class member.Class, parts []member.Constituency) {
	for _, part := range parts {
		code := part.Code
		for _, other := range d.places {
			if other.Code == code {
				code = class.Code + "-" + part.Code
			}
		}
		d.places = append(d.places, poll.Contest{Code: code, Title: part.Name, Class: class.Code, Constituency: part.Code})
		d.Seats = append(d.Seats, page.Text{Name: "seats-" + code, Label: part.Name + ": seats", Hint: "Class " + class.Name, Width: 3, Mode: "numeric"})
	}
}

// fillContests puts in what a draft says.
func (d *contestFields) fillContests(p poll.Poll) {
	for _, c := range p.Contests {
		for i, place := range d.places {
			if place.Class == c.Class && place.Constituency == c.Constituency && p.Kind == poll.Constituency {
				d.Seats[i].Value = number(c.Seats)
			}
		}
		d.Who.Value = c.Class
		if c.Class == "" {
			d.Who.Value = everyMember
		}
		d.Question.Value = c.Question
		if len(c.Answers) == 2 {
			d.For.Value, d.Against.Value = c.Answers[0], c.Answers[1]
		}
		d.Role.Value = string(c.Role)
		if c.Role == "" {
			d.Role.Value = "none"
		}
		d.From.SetDay(c.TermStarts.String())
		d.To.SetDay(c.TermEnds.String())
	}
}

// readContests takes what was typed.
func (d *contestFields) readContests(v *visit, form url.Values, kind poll.Kind) []poll.Contest {
	base := d.readOffice(form, kind)
	if kind == poll.Constituency {
		return d.readSeats(form, base)
	}
	d.Who.Value = form.Get("who")
	known := false
	for _, o := range d.Who.Options {
		known = known || o.Value == d.Who.Value
	}
	if !known {
		d.Who.Error = "Choose who may vote."
	}
	base.Code, base.Title = "all", "Every member"
	if d.Who.Value != everyMember {
		base.Class, base.Code = d.Who.Value, d.Who.Value
		for _, o := range d.Who.Options {
			if o.Value == d.Who.Value {
				base.Title = strings.TrimPrefix(o.Label, "Class ")
			}
		}
	}
	if kind.Elects() {
		base.Seats = 1
		return []poll.Contest{base}
	}
	d.Question.Value, d.For.Value, d.Against.Value = form.Get("question"), strings.TrimSpace(form.Get("for")), strings.TrimSpace(form.Get("against"))
	if blank(d.Question.Value) {
		d.Question.Error = "Write the question."
	}
	if d.For.Value == "" {
		d.For.Error = "Say which word is for it."
	}
	if d.Against.Value == "" {
		d.Against.Error = "Say which word is against it."
	}
	base.Question, base.Answers = d.Question.Value, []string{d.For.Value, d.Against.Value}
	return []poll.Contest{base}
}

// readOffice reads what those elected become.
func (d *contestFields) readOffice(form url.Values, kind poll.Kind) (c poll.Contest) {
	if !kind.Elects() {
		return c
	}
	switch d.Role.Value = form.Get("role"); d.Role.Value {
	case string(policy.CouncilMember), string(policy.Director):
		c.Role = policy.Role(d.Role.Value)
	case "none":
	default:
		d.Role.Error = "Choose the office, or that it is none kept here."
	}
	d.From.Fill(form)
	d.To.Fill(form)
	c.TermStarts, _ = readDay(&d.From, "first day in office", false) // says what to put right
	c.TermEnds, _ = readDay(&d.To, "first day after the term", false)
	if !c.TermEnds.IsZero() && !c.TermStarts.Before(c.TermEnds) && d.To.Error == "" {
		d.To.Error = "The term ends before it begins."
	}
	return c
}

// readSeats reads how many seats each constituency has.
func (d *contestFields) readSeats(form url.Values, base poll.Contest) (out []poll.Contest) {
	wrong := false
	for i := range d.Seats {
		field := &d.Seats[i]
		field.Value = strings.TrimSpace(form.Get(field.Name))
		if field.Value == "" || field.Value == "0" {
			continue
		}
		n, ok := readWhole(field.Value)
		if !ok || n < 0 || n > 60 {
			field.Error, wrong = "Seats are a number from 1 to 60.", true
			continue
		}
		c := d.places[i]
		c.Seats, c.Role, c.TermStarts, c.TermEnds = int(n), base.Role, base.TermStarts, base.TermEnds
		out = append(out, c)
	}
	if len(out) == 0 && !wrong {
		if len(d.Seats) > 0 {
			d.Seats[0].Error = "Say for at least one constituency how many seats it has."
		} else {
			d.Role.Error = "No class has constituencies, so nobody can be elected by them. Make constituencies in the rule-book of membership first."
		}
	}
	return out
}

// fields are those of a kind, in the order of the page.
func (d *contestFields) fields(kind poll.Kind) (out []page.Field) {
	for _, g := range d.groups(kind) {
		out = append(out, g.Fields...)
	}
	return out
}

func (d *contestFields) groups(kind poll.Kind) []conductFields {
	office := conductFields{Heading: "Those who are elected", Fields: []page.Field{&d.Role, &d.From, &d.To}}
	switch {
	case kind == poll.Constituency:
		g := conductFields{Heading: "Constituencies", Text: "Leave a constituency empty that elects nobody this time. Each has its own candidates, roll and ballots."}
		for i := range d.Seats {
			g.Fields = append(g.Fields, &d.Seats[i])
		}
		return []conductFields{g, office}
	case kind.Elects():
		return []conductFields{{Heading: "Voters", Fields: []page.Field{&d.Who}}, office}
	}
	return []conductFields{{Heading: "The question", Fields: []page.Field{&d.Question, &d.For, &d.Against, &d.Who}}}
}
