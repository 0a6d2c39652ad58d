package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// Somebody is named in three steps: which office, who of those who hold the role
// that it needs, and a review. The address holds ids alone.

// conductFind is a page that looks for somebody.
type conductFind struct {
	Action string
	Hidden []hiddenField
	Search page.Text
	Found  page.Links
	Lead   string
	Note   string
	Nobody *page.Panel
}

// fewHolders is up to how many are shown without a search.
const fewHolders = 10

// conductOfficialNew asks what is not yet answered.
func (s *Server) conductOfficialNew(c *conduct) error {
	offices := c.nameable()
	if len(offices) == 0 {
		return c.nobodyNamed()
	}
	q := c.queried()
	office := poll.Office(q.Get("office"))
	switch {
	case !q.Has("office"):
		return c.askOffice(http.StatusOK, offices, "")
	case !slices.Contains(offices, office):
		return c.askOffice(http.StatusUnprocessableEntity, offices, "Choose one of these offices.")
	case !q.Has("person"):
		return c.askHolder(office)
	}
	return c.reviewOfficial(http.StatusOK, office, q.Get("person"), nil, "")
}

// nobodyNamed says why the visitor names nobody.
func (c *conduct) nobodyNamed() error {
	if err := c.may(policy.OfficialName, c.visit.office(policy.Trustee, "")); err != nil {
		return err
	}
	f := c.frameOf("Nobody is named any more", "")
	f.Data = page.Refused("Why", "The vote is "+c.stage.Words()+", so its officials do not change.", "Nothing was changed.", page.Link{Text: "Who holds this vote", Href: c.at("officials")})
	return c.show(http.StatusConflict, "fault", f)
}

func (c *conduct) officialFrame(office poll.Office) page.Frame {
	f := c.frameOf("", "")
	f.Back = page.Link{Text: "Who holds this vote", Href: c.at("officials")}
	if office != "" {
		f.Back = page.Link{Text: "Another office", Href: c.at("officials", "new")}
		f.Kicker += ": name " + article(office.Title())
	}
	return f
}

// conductChoice is a page with one question, asked by GET.
type conductChoice struct {
	Action   string
	Question page.Radios
}

func (c *conduct) askOffice(status int, offices []poll.Office, wrong string) error {
	field := page.Radios{Name: "office", Legend: "Name somebody to which office?", Heading: true, Error: wrong}
	for _, o := range offices {
		field.Options = append(field.Options, page.Option{Value: string(o), Label: page.Begin(o.Title()), Hint: officeHints[o]})
	}
	f := c.officialFrame("")
	f.Title = field.Legend
	f.Errors = page.Problems(field)
	f.Data = conductChoice{Action: c.at("officials", "new"), Question: field}
	return c.show(status, "conduct_choice", f)
}

// askHolder shows those who hold the role that the office needs.
func (c *conduct) askHolder(office poll.Office) error {
	holders, err := c.house.Identity.Holders(c.ctx, c.org.ID, office.Role(), c.today())
	if err != nil {
		return err
	}
	path := c.at("officials", "new")
	p := conductFind{Action: c.at("officials", "find"), Hidden: []hiddenField{{"office", string(office)}}, Search: c.searchField(path, "Who?")}
	p.Search.Heading, p.Search.Width, p.Search.Hint = true, 20, "The beginning of a name."
	p.Lead = "To be named " + office.Title() + " of a vote, somebody has to be " + office.Role().Title() + " of the organisation. " + phrase(len(holders), "person is", "people are") + "."
	words := strings.ToLower(p.Search.Value)
	for _, h := range holders {
		if words == "" && len(holders) > fewHolders || !nameFits(h, words) || len(p.Found) == maxFound {
			continue
		}
		note := ""
		if h.ID == c.actor.Person {
			note = "Nobody names themselves."
		}
		p.Found = append(p.Found, page.LinkLine{Text: h.Name(), Href: path + "?" + url.Values{"office": {string(office)}, "person": {h.ID}}.Encode(), Note: note})
	}
	if words != "" && len(p.Found) == 0 {
		panel := page.Empty("Nobody is found", "Nobody of this name is "+office.Role().Title()+" of the organisation. Somebody has to be appointed to that first.", page.Link{Text: "Appoint somebody", Href: "/officers/appoint"})
		p.Nobody = &panel
	} else if len(holders) == 0 {
		panel := page.Empty("Nobody holds the role that it needs", "To be named "+office.Title()+", somebody has to be "+office.Role().Title()+" of the organisation. That keeps apart who may not hold two offices.",
			page.Link{Text: "Appoint somebody", Href: "/officers/appoint"})
		p.Nobody = &panel
	}
	f := c.officialFrame(office)
	f.Title = "Who?"
	f.Errors = page.Problems(p.Search)
	f.Data = p
	return c.show(http.StatusOK, "conduct_find", f)
}

func nameFits(p identity.Person, words string) bool {
	name := strings.ToLower(p.Name())
	for word := range strings.FieldsSeq(words) {
		if !strings.Contains(name, word) {
			return false
		}
	}
	return true
}

// conductOfficialFind takes the words of a search.
func (s *Server) conductOfficialFind(c *conduct) error {
	return c.find(c.at("officials", "new"), []string{"office"})
}

// sides asks in whose trust a keyholder stands, where the secretary names one.
func (c *conduct) sides(form url.Values) *page.Radios {
	return &page.Radios{Name: "side", Legend: "In whose trust do they stand?", Value: form.Get("side"), Hint: "One keyholder at least is named by the staff side, or from an outside body.", Options: []page.Option{
		{Value: "none", Label: "The organisation’s"}, {Value: string(poll.Outside), Label: "An outside body’s", Hint: "Such as a union’s or another mutual’s."},
	}}
}

func (c *conduct) reviewOfficial(status int, office poll.Office, person string, side *page.Radios, wrong string) error {
	if !c.mayName(office) {
		return c.may(policy.OfficialName, c.visit.office(office.Role(), ""))
	}
	p, err := c.house.Identity.Person(c.ctx, c.org.ID, person)
	if err != nil {
		return err
	}
	f := c.officialFrame(office)
	f.Heading, f.Sentence = "Check before you name "+p.Name(), "Nothing is recorded yet."
	a := conductAct{
		Action: c.at("officials", "new"), Hidden: []hiddenField{{"office", string(office)}, {"person", person}},
		Summary: page.Summary{
			{Term: "Office", Fact: page.Begin(office.Title()), Change: page.Link{Text: "Change", Hidden: "the office", Href: c.at("officials", "new")}},
			{Term: "Who", Fact: p.Name(), Change: page.Link{Text: "Change", Hidden: "who it is", Href: c.at("officials", "new") + "?office=" + string(office)}},
			{Term: "What it is", Fact: officeHints[office]},
		},
		Button: page.Button{Text: "Name them"}, Cancel: page.Link{Text: "Name nobody", Href: c.at("officials")},
	}
	if office == poll.Keyholder {
		if c.actor.Holds(policy.StaffSide) {
			a.Summary = append(a.Summary, page.SummaryRow{Term: "In whose trust", Fact: "The staff side’s, because you name them for it."})
		} else {
			if side == nil {
				side = c.sides(nil)
			}
			a.Groups = ask(side)
		}
	}
	return c.showAct(status, f, a, wrong)
}

// conductOfficialName names them.
func (s *Server) conductOfficialName(c *conduct) error {
	form, err := c.form()
	if err != nil {
		return err
	}
	o := poll.Official{Person: form.Get("person"), Office: poll.Office(form.Get("office"))}
	if !o.Office.Known() {
		return c.askOffice(http.StatusUnprocessableEntity, c.nameable(), "Choose one of these offices.")
	}
	if err := c.may(policy.OfficialName, policy.Resource{Org: c.org.ID, Owner: o.Person, Kind: string(o.Office.Role())}); err != nil {
		return err
	}
	var side *page.Radios
	if o.Office == poll.Keyholder && !c.actor.Holds(policy.StaffSide) {
		side = c.sides(form)
		switch side.Value {
		case string(poll.Outside):
			o.Side = poll.Outside
		case "none":
		default:
			side.Error = "Choose one."
			return c.reviewOfficial(http.StatusUnprocessableEntity, o.Office, o.Person, side, "")
		}
	}
	_, err = c.house.Polls.Name(c.ctx, c.actor.Person, c.org.ID, c.p.ID, o)
	switch {
	case fault.Is(err, fault.Conflict):
		return c.cannotName(o, c.words(err))
	case refusable(err):
		return c.reviewOfficial(http.StatusUnprocessableEntity, o.Office, o.Person, side, c.words(err))
	case err != nil:
		return err
	}
	return c.redirect(c.at("officials") + "?done=named")
}

// cannotName says why somebody cannot be named: the rule, the fact, what to do.
func (c *conduct) cannotName(o poll.Official, why string) error {
	f := c.officialFrame(o.Office)
	f.Heading = c.name(o.Person) + " cannot be named"
	f.Data = page.Refused("Why", why, "The rule is the same for everybody. Nothing was changed.", page.Link{Text: "Choose somebody else", Href: c.at("officials", "new") + "?office=" + string(o.Office)})
	return c.show(http.StatusConflict, "fault", f)
}
