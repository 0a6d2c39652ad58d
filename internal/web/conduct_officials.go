package web

import (
	"slices"

	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
	"commonweal/law"
)

var officeOrder = []poll.Office{poll.ReturningOfficer, poll.Registrar, poll.Keyholder, poll.Teller, poll.Observer}

var officeHints = map[poll.Office]string{
	poll.ReturningOfficer: "Runs the vote: decides about nominations and the roll, gives notice, declares the result. Sees who has voted, never how.",
	poll.Registrar:        "Hands out the codes to vote with, and replaces lost ones. Does not see who has voted.",
	poll.Keyholder:        "Holds a part of the key. Only several of them together open the votes.",
	poll.Teller:           "Receives votes on paper and by telephone, and keys them. Two key each paper.",
	poll.Observer:         "Watches the vote and takes no part in it.",
}

// mayName reports whether the visitor may name somebody to an office.
func (c *conduct) mayName(o poll.Office) bool {
	return policy.Allow(c.actor, policy.OfficialName, c.visit.office(o.Role(), "")).Allowed
}

// nameable are the offices that the visitor may name somebody to now.
func (c *conduct) nameable() []poll.Office {
	if c.stage.Rank() > poll.Uncontested.Rank() {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(officeOrder), func(o poll.Office) bool { return !c.mayName(o) })
}

// conductOfficials lists who holds which office in the vote.
func (s *Server) conductOfficials(c *conduct) error {
	f := c.frameOf("Who holds this vote", c.officialsSentence())
	f.Notice = doneNotice(c.visit, map[string]string{"named": "They are named, and it is in the record.", "ended": "The end is recorded. What was done in office was done in office."})
	var p conductPage
	held, past := c.officialTable(true), c.officialTable(false)
	if len(held.Rows) == 0 {
		p.Sections = append(p.Sections, conductSection{Show: []page.Component{page.Empty("Nobody is named yet", "The secretary names the returning officer, the registrar, tellers and keyholders. The staff side names one of the keyholders.", page.Link{})}})
	} else {
		p.Sections = append(p.Sections, conductSection{Heading: "Named", Show: []page.Component{held}})
	}
	if len(c.nameable()) > 0 {
		p.Sections = append(p.Sections, conductSection{Button: page.Button{Text: "Name somebody", Href: c.at("officials", "new")}})
	}
	if len(past.Rows) > 0 {
		p.Sections = append(p.Sections, conductSection{Heading: "Named before", Show: []page.Component{past}})
	}
	apart := page.Details{Summary: "Which offices are kept apart", Paragraphs: apartInPoll()}
	p.Sections = append(p.Sections, conductSection{Show: []page.Component{apart}})
	if len(c.p.Officials) > 0 {
		f.Files = []page.Files{c.filesOf("the officials", "officials")}
	}
	return c.sections(f, p)
}

// officialsSentence says whom the vote still needs.
func (c *conduct) officialsSentence() string {
	var lacks []string
	for _, n := range c.p.Next(c.now) {
		if n.Task == poll.NameOfficer || n.Task == poll.NameRegistrar || n.Task == poll.NameKeyholders {
			lacks = append(lacks, n.Text)
		}
	}
	if len(lacks) == 0 {
		return phrase(len(slices.DeleteFunc(slices.Clone(c.p.Officials), func(o poll.Official) bool { return !o.Holds() })), "person takes", "people take") + " part in holding it. Nobody named themselves."
	}
	out := ""
	for _, l := range lacks {
		out += " " + l
	}
	return out[1:]
}

// apartInPoll are the pairs of offices that one person may not hold, with the reason.
func apartInPoll() (out []string) {
	for i, a := range officeOrder {
		for _, b := range officeOrder[i+1:] {
			if why := poll.Clash(a, b); why != "" {
				out = append(out, page.Begin(a.Title())+" and "+b.Title()+": "+inRunningText(why))
			}
		}
	}
	return append(out, "Nobody who stands in the vote holds an office in it. It does not matter whether one office was given up before the other was taken.")
}

func (c *conduct) officialTable(held bool) page.Table {
	t := page.Table{Caption: "Officials", Columns: []page.Column{{Head: "Name"}, {Head: "Office"}, {Head: "Named"}, {Head: "By"}}}
	ends := false
	for _, o := range c.p.Officials {
		ends = ends || o.Holds() == held && held && c.mayEndOffice(o)
	}
	if ends {
		t.Columns = append(t.Columns, page.Column{Head: "End"})
	}
	if !held {
		t.Columns = append(t.Columns, page.Column{Head: "Until"})
	}
	for _, office := range officeOrder {
		for _, o := range c.p.Officials {
			if o.Office != office || o.Holds() != held {
				continue
			}
			row := page.Row{{Text: c.name(o.Person)}, {Text: officialTitle(o)}, {Text: c.day(o.Named)}, {Text: c.name(o.NamedBy)}}
			switch {
			case !held:
				row = append(row, page.Cell{Text: c.day(o.Ended.AddDays(-1))})
			case ends && c.mayEndOffice(o):
				row = append(row, page.Cell{Text: "End", Href: c.at("officials", o.ID, "end")})
			case ends:
				row = append(row, page.Cell{Text: "stays", Kind: page.Quiet})
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

func officialTitle(o poll.Official) string {
	title := page.Begin(o.Office.Title())
	switch o.Side {
	case poll.StaffSide:
		return title + ", for the staff side"
	case poll.Outside:
		return title + ", from an outside body"
	}
	return title
}

func (c *conduct) mayEndOffice(o poll.Official) bool {
	return o.Holds() && c.mayName(o.Office) && c.actor.Holds(policy.Secretary) && !(o.Office == poll.Keyholder && !c.p.KeyMade.IsZero()) && c.stage != poll.Ended && c.stage != poll.Abandoned
}

type heldOfficialJSON struct {
	ID     uuid     `json:"id"`
	Person uuid     `json:"person"`
	Name   string   `json:"name,omitempty"`
	Office string   `json:"office"`
	Side   string   `json:"side,omitempty" doc:"Of a keyholder: staff or outside."`
	Named  law.Date `json:"named"`
	Ended  law.Date `json:"ended,omitzero" doc:"The first day without it."`
}

// apiOfficials lists who holds which office in a vote, and who did.
func (v *visit) apiOfficials(p conductListParams) (list[heldOfficialJSON], error) {
	c, err := v.conducted(p.Poll)
	if err != nil {
		return list[heldOfficialJSON]{}, err
	}
	var out []heldOfficialJSON
	for _, o := range c.p.Officials {
		out = append(out, heldOfficialJSON{uuid(o.ID), uuid(o.Person), c.name(o.Person), string(o.Office), string(o.Side), o.Named, o.Ended})
	}
	return pageOf(p.pageParams, "officials", out, func(o heldOfficialJSON) string { return string(o.ID) })
}
