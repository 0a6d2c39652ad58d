package web

import (
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/own/venture"
	"commonweal/internal/web/page"
)

type ventureMatterForm struct {
	Title     page.Text
	Text      page.TextArea
	Rule      page.Radios
	Threshold page.Text
	Named     page.Checkboxes
	Starts    page.DateField
}

func (v *visit) newMatterForm(form url.Values) (*ventureMatterForm, error) {
	parents, names, err := v.ventureAsked()
	if err != nil {
		return nil, err
	}
	f := &ventureMatterForm{
		Title: page.Text{Name: "title", Label: "What is the matter called?", Hint: "Such as: closing a site.", Value: form.Get("title")},
		Text:  page.TextArea{Name: "text", Label: "What may the venture not decide alone?", Hint: "In your own words, from the parents’ agreement.", Rows: 3, Value: form.Get("text")},
		Rule: page.Radios{Name: "consent_rule", Legend: "Whose consent does it need?", Value: form.Get("consent_rule"), Options: []page.Option{
			{Value: string(venture.EveryParent), Label: "Every parent"},
			{Value: string(venture.Shareholding), Label: "Parents who hold a certain part", Hint: "Write the part below, in per cent."},
			{Value: string(venture.Number), Label: "A certain number of parents", Hint: "Write the number below."},
			{Value: string(venture.Named), Label: "Certain parents", Hint: "Tick them below."},
		}},
		Threshold: page.Text{Name: "threshold", Label: "The part, or the number", Hint: "Only where the answer above asks for it: 75 for three quarters, or 2 for two parents.", Width: 5, Value: form.Get("threshold")},
		Named:     page.Checkboxes{Name: "named", Legend: "The certain parents", Hint: "Only where the answer above asks for it.", Values: form["named"]},
		Starts:    page.DateField{Name: "starts", Legend: "From which day?", Hint: "For example, 31 3 2026"},
	}
	for _, p := range venture.On(parents, v.today()) {
		f.Named.Options = append(f.Named.Options, page.Option{Value: p.Org, Label: names[p.Org]})
	}
	f.Starts.Fill(form)
	if form == nil {
		f.Starts.SetDay(v.today().String())
	}
	return f, nil
}

// read makes the matter; where it reports false a field says what to put right.
func (f *ventureMatterForm) read(v *visit, form url.Values) (venture.Matter, bool, error) {
	m := venture.Matter{Title: strings.TrimSpace(f.Title.Value), Text: strings.TrimSpace(f.Text.Value), Rule: venture.ConsentRule(f.Rule.Value)}
	ok, is := true, false
	if m.Title == "" || len(m.Title) > 100 {
		f.Title.Error, ok = "Give the matter a name of at most 100 letters.", false
	}
	if m.Text == "" || len(m.Text) > 2_000 {
		f.Text.Error, ok = "Say what may not be decided alone, in at most 2,000 letters.", false
	}
	switch m.Rule {
	case venture.EveryParent:
	case venture.Shareholding:
		if m.Threshold, is = readPercent(f.Threshold.Value); !is || m.Threshold == 0 {
			f.Threshold.Error, ok = "Write the part that is needed in per cent, such as 75.", false
		}
	case venture.Number:
		n, isNumber := readWhole(f.Threshold.Value)
		if m.Threshold = int(min(n, 1_000)); !isNumber || n < 1 {
			f.Threshold.Error, ok = "Write how many parents are needed, such as 2.", false
		}
	case venture.Named:
		if m.Named = form["named"]; len(m.Named) == 0 {
			f.Named.Error, ok = "Tick the parents whose consent is needed.", false
		}
	default:
		f.Rule.Error, ok = "Choose whose consent it needs.", false
	}
	if m.Starts, is = readDay(&f.Starts, "first day", true); !is || !ok {
		return m, false, nil
	}
	matters, err := v.house.Ventures.Matters(v.ctx, v.org.ID)
	if err != nil {
		return m, false, err
	}
	var taken []string
	for _, other := range matters {
		taken = append(taken, other.Code)
		if other.Title == m.Title && (other.Ends.IsZero() || other.Ends.After(m.Starts)) {
			f.Title.Error = "A matter of that name is reserved already. Release it first, or choose another name."
			return m, false, nil
		}
	}
	m.Code = codeFor(m.Title, taken)
	return m, true, nil
}

func (f *ventureMatterForm) place(v *visit, err error) {
	v.refusedAt(err, &f.Title.Error, map[string]*string{
		"threshold": &f.Threshold.Error, "named": &f.Named.Error, "starts": &f.Starts.Error, "ends": &f.Starts.Error, "consent_rule": &f.Rule.Error,
	})
}

func (v *visit) showMatterForm(status int, p *ventureMatterForm) error {
	f := v.frame()
	f.Back = page.Link{Text: "The joint venture", Href: "/venture"}
	f.Heading = "Reserve a matter"
	f.Sentence = "The venture may then not decide it without the consent of its parents."
	f.Errors = page.Problems(p.Title, p.Text, p.Rule, p.Threshold, p.Named, p.Starts)
	f.Data = p
	return v.show(status, "venture_matter", f)
}

// ventureMatterNew asks what is to be reserved.
func (s *Server) ventureMatterNew(v *visit) error {
	p, err := v.newMatterForm(nil)
	if err != nil {
		return err
	}
	return v.showMatterForm(http.StatusOK, p)
}

// ventureMatterReserve reserves it.
func (s *Server) ventureMatterReserve(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	p, err := v.newMatterForm(form)
	if err != nil {
		return err
	}
	m, ok, err := p.read(v, form)
	if err != nil {
		return err
	}
	if !ok {
		return v.showMatterForm(http.StatusUnprocessableEntity, p)
	}
	_, err = v.house.Ventures.Reserve(v.ctx, v.actor.Person, v.org.ID, m)
	if refusable(err) {
		p.place(v, err)
		return v.showMatterForm(http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	return v.redirect("/venture?done=reserved")
}
