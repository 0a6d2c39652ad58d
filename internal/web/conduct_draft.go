package web

import (
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// draftForm is the form of a draft: what it is called, when it closes, who votes on
// what.
type draftForm struct {
	ask   poll.Ask
	was   poll.Poll // what is changed; empty for a new one
	rules poll.Rules

	Title, Code page.Text
	About       page.TextArea
	Closes      page.DateField
	Follows     page.Select
	contestFields
}

// newDraft is an empty form.
func (v *visit) newDraft(a poll.Ask) (*draftForm, error) {
	rules, err := poll.DefaultRules(v.house.Law, a, v.today())
	if err != nil {
		return nil, err
	}
	d := &draftForm{ask: a, rules: rules}
	return d, d.lay(v)
}

// draftOf is the form of a draft that is there.
func (c *conduct) draftOf() (*draftForm, error) {
	counting := c.p.Rules.Counting
	d := &draftForm{ask: poll.Ask{Form: c.p.LegalForm, Kind: c.p.Kind, Resolution: counting.Resolution, Stage: counting.Stage}, was: c.p, rules: c.p.Rules}
	if err := d.lay(c.visit); err != nil {
		return nil, err
	}
	d.Title.Value, d.Code.Value, d.About.Value, d.Follows.Value = c.p.Title, c.p.Code, c.p.About, c.p.Follows
	d.Closes.SetDay(law.Today(c.p.Closes).String())
	d.fillContests(c.p)
	return d, nil
}

// lay makes the questions.
func (d *draftForm) lay(v *visit) error {
	earliest, err := v.house.Polls.EarliestClose(d.ask.Kind)
	if err != nil {
		return err
	}
	d.Title = page.Text{Name: "title", Label: "What is it called?", Hint: "As members read it, such as: Staff council 2027."}
	d.Code = page.Text{Name: "code", Label: "Short name for addresses", Hint: "Small letters, digits and hyphens, such as council-2027.", Width: 20, Verbatim: true}
	d.About = page.TextArea{Name: "about", Label: "What is it about?", Hint: "For members, in plain words. It may be left out.", Rows: 4}
	d.Closes = page.DateField{
		Name: "closes", Legend: "On which day does it close?",
		Hint: "At 5pm of a working day, " + v.onDay(earliest) + " at the earliest if it is called today. All other days are counted back from it.",
	}
	if d.ask.Stage > 1 {
		d.Follows = page.Select{Name: "follows", Label: "Which vote was the one before?", Hint: "It has to be declared as carried.", Options: []page.Option{{Label: "Choose"}}}
		before, err := v.house.Polls.Polls(v.ctx, v.org.ID)
		if err != nil {
			return err
		}
		for _, p := range before {
			if c := p.Rules.Counting; p.Kind == poll.Resolution && c.Resolution == d.ask.Resolution && c.Stage == d.ask.Stage-1 && p.Abandoned.IsZero() {
				d.Follows.Options = append(d.Follows.Options, page.Option{Value: p.ID, Label: p.Title})
			}
		}
	}
	return d.layContests(v, d.ask.Kind)
}

// read takes what was typed and says what is missing.
func (d *draftForm) read(v *visit, form url.Values) (poll.Poll, bool) {
	p := poll.Poll{ID: d.was.ID, Kind: d.ask.Kind, Rules: d.rules}
	d.Title.Value, d.Code.Value, d.About.Value, d.Follows.Value = form.Get("title"), strings.TrimSpace(form.Get("code")), form.Get("about"), form.Get("follows")
	p.Title, p.Code, p.About, p.Follows = d.Title.Value, d.Code.Value, d.About.Value, d.Follows.Value
	if blank(p.Title) {
		d.Title.Error = "Say what it is called."
	}
	if d.Code.Error = codeWrong(p.Code); p.Code == "" {
		d.Code.Error = "Choose a short name."
	}
	if d.ask.Stage > 1 && p.Follows == "" {
		d.Follows.Error = "Choose the vote before."
	}
	d.Closes.Fill(form)
	if day, ok := readDay(&d.Closes, "last day", true); ok {
		p.Closes = timetable.CloseOn(day)
	}
	p.Contests = d.readContests(v, form, d.ask.Kind)
	return p, len(page.Problems(d.fields()...)) == 0
}

func (d *draftForm) fields() []page.Field {
	out := []page.Field{&d.Title, &d.Code, &d.Closes, &d.About}
	if d.ask.Stage > 1 {
		out = append(out, &d.Follows)
	}
	return append(out, d.contestFields.fields(d.ask.Kind)...)
}

// showDraftForm shows the form.
func (v *visit) showDraftForm(status int, d *draftForm, wrong string) error {
	f := v.newFrame()
	f.Heading = d.ask.Kind.Title()
	f.Sentence = "It is kept as a draft. The rules come from law and model rules; you see them next and may change some."
	a := conductAct{Action: conductRoot + "/new", Button: page.Button{Text: "Keep the draft"}, Cancel: page.Link{Text: "Keep nothing", Href: conductRoot}}
	a.Hidden = []hiddenField{{"kind", string(d.ask.Kind)}}
	if d.ask.Kind == poll.Resolution {
		a.Hidden = append(a.Hidden, hiddenField{"resolution", d.ask.Resolution + ":" + number(d.ask.Stage)})
		if form := v.formToday(); form != nil {
			if r, ok := form.Resolution(d.ask.Resolution); ok {
				f.Heading = r.Label
			}
		}
	}
	if d.was.ID != "" {
		a.Action, a.Hidden = conductRoot+"/"+d.was.Code+"/edit", nil
		a.Cancel = page.Link{Text: "Change nothing", Href: conductRoot + "/" + d.was.Code}
		f.Back, f.Kicker = page.Link{Text: d.was.Title, Href: conductRoot + "/" + d.was.Code}, d.was.Title
		f.Heading, f.Sentence = "Change the draft", "Members are told nothing before the vote is called."
	}
	basics := []page.Field{&d.Title, &d.Code, &d.Closes, &d.About}
	if d.ask.Stage > 1 {
		basics = append(basics, &d.Follows)
	}
	a.Groups = append(ask(basics...), d.groups(d.ask.Kind)...)
	return v.showAct(status, f, a, wrong)
}

// conductEdit shows a draft to be changed.
func (s *Server) conductEdit(c *conduct) error {
	if c.stage != poll.Draft {
		return c.tooLate()
	}
	d, err := c.draftOf()
	if err != nil {
		return err
	}
	return c.showDraftForm(http.StatusOK, d, "")
}

// conductEditDo keeps what was changed.
func (s *Server) conductEditDo(c *conduct) error {
	form, err := c.form()
	if err != nil {
		return err
	}
	if c.stage != poll.Draft {
		return c.tooLate()
	}
	d, err := c.draftOf()
	if err != nil {
		return err
	}
	return c.prepare(d, form, "changed")
}

// tooLate says that what was called does not change.
func (c *conduct) tooLate() error {
	f := c.frameOf("This cannot be changed any more", "")
	f.Data = page.Refused("Why", "The vote was called on "+c.day(c.p.Called)+". Members were told its rules, so they do not change.",
		"Days can still be moved until notice of poll is given, and the vote can be abandoned with a reason.", page.Link{Text: "See the timetable", Href: c.at()})
	if c.p.Called.IsZero() {
		f.Data = page.Refused("Why", "The draft was abandoned on "+c.day(c.p.Abandoned)+".", "Prepare another one.", page.Link{Text: "Prepare a vote", Href: conductRoot + "/new"})
	}
	return c.show(http.StatusConflict, "fault", f)
}
