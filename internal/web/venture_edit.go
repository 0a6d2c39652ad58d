package web

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/venture"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type ventureParentForm struct {
	Org    page.Text
	Holds  page.Text
	Seats  page.Text
	Starts page.DateField
}

// ventureAsked are the parents, or a refusal where there is no venture to set
// terms for.
func (v *visit) ventureAsked() ([]venture.Parent, map[string]string, error) {
	parents, err := v.house.Ventures.Parents(v.ctx, v.org.ID)
	if err != nil {
		return nil, nil, err
	}
	if !v.isVenture(parents) {
		return nil, nil, fault.Errorf(fault.NotFound, "this organisation is no joint venture")
	}
	names, err := v.parentNames(parents)
	return parents, names, err
}

var percentTyped = regexp.MustCompile(`^([0-9]{1,3})(?:\.([0-9]{1,2}))?\s*%?$`)

// readPercent reads a share of the whole in hundredths of a percent: "51",
// "33.33%".
func readPercent(text string) (int, bool) {
	m := percentTyped.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1] + (m[2] + "00")[:2])
	return n, err == nil && n <= venture.Whole
}

func (v *visit) showParentForm(status int, form url.Values, wrong error) error {
	_, names, err := v.ventureAsked()
	if err != nil {
		return err
	}
	var known []string
	for code, name := range names {
		known = append(known, code+" is "+name)
	}
	slices.Sort(known)
	hint := "The code it has on this site."
	if len(known) > 0 {
		hint += " " + page.Begin(page.List(known)) + "."
	}
	p := ventureParentForm{
		Org:    page.Text{Name: "parent", Label: "Which organisation?", Hint: hint, Width: 20, Value: strings.TrimSpace(form.Get("parent")), Verbatim: true},
		Holds:  page.Text{Name: "shareholding", Label: "What part of the venture does it hold?", Hint: "In per cent, such as 51 or 33.33.", Width: 5, Value: form.Get("shareholding")},
		Seats:  page.Text{Name: "board_seats", Label: "How many seats on the board does it fill?", Width: 2, Mode: "numeric", Value: form.Get("board_seats")},
		Starts: page.DateField{Name: "starts", Legend: "From which day?", Hint: "Terms that it had until then end on that day."},
	}
	p.Starts.Fill(form)
	if form == nil {
		p.Starts.SetDay(v.today().String())
	} else {
		_, _ = readDay(&p.Starts, "first day", true) // says what to put right
		if _, ok := readPercent(p.Holds.Value); !ok {
			p.Holds.Error = "Write the part in per cent, between 0 and 100, such as 51 or 33.33."
		}
		if n, ok := readWhole(p.Seats.Value); !ok || n < 0 {
			p.Seats.Error = "Say how many seats as a whole number, 0 for none."
		}
		if p.Org.Value == "" {
			p.Org.Error = "Type the code of the organisation."
		}
	}
	if wrong != nil {
		words := v.refusalWords(wrong)
		switch fault.FieldOf(wrong) {
		case "parent":
			p.Org.Error = words
		case "shareholding":
			p.Holds.Error = words
		case "board_seats":
			p.Seats.Error = words
		default:
			p.Starts.Error = words
		}
	}
	f := v.frame()
	f.Back = page.Link{Text: "The joint venture", Href: "/venture"}
	f.Heading = "Set the terms of a parent"
	f.Sentence = "A new parent, or other terms for one that there is."
	f.Errors = page.Problems(p.Org, p.Holds, p.Seats, p.Starts)
	f.Data = p
	return v.show(status, "venture_parent", f)
}

// ventureParentNew asks for the terms of a parent.
func (s *Server) ventureParentNew(v *visit) error {
	return v.showParentForm(http.StatusOK, nil, nil)
}

// ventureParentSet records them.
func (s *Server) ventureParentSet(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	if _, _, err := v.ventureAsked(); err != nil {
		return err
	}
	field := page.DateField{Name: "starts"}
	field.Fill(form)
	day, ok := readDay(&field, "first day", true)
	holds, isPart := readPercent(form.Get("shareholding"))
	seats, isNumber := readWhole(form.Get("board_seats"))
	code := strings.TrimSpace(form.Get("parent"))
	if !ok || !isPart || !isNumber || seats < 0 || code == "" {
		return v.showParentForm(http.StatusUnprocessableEntity, form, nil)
	}
	_, err = v.setParent(venture.Parent{Org: code, ShareholdingBP: holds, BoardSeats: int(min(seats, 1_000)), Starts: day})
	if refusable(err) {
		return v.showParentForm(http.StatusUnprocessableEntity, form, err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/venture?done=set")
}

// setParent sets the terms of a parent, which has to be an organisation of this
// site.
func (v *visit) setParent(p venture.Parent) (id string, err error) {
	if _, _, err := v.ventureAsked(); err != nil {
		return "", err
	}
	_, err = v.house.Identity.Organisation(v.ctx, p.Org)
	if fault.Is(err, fault.NotFound) {
		return "", fault.Fieldf("parent", "no organisation on this site has the code “%s”. Whoever runs the site can add it", clip(p.Org, 40))
	}
	if err != nil {
		return "", err
	}
	return v.house.Ventures.SetParent(v.ctx, v.actor.Person, v.org.ID, p)
}

// ventureEnd is a page whose one question is a day on which something ends.
type ventureEnd struct {
	Action string
	Ends   page.DateField
	Button page.Button
}

func (v *visit) showVentureEnd(status int, heading, sentence string, p ventureEnd, form url.Values, wrong error) error {
	p.Ends.Fill(form)
	if form == nil {
		p.Ends.SetDay(v.today().String())
	} else {
		_, _ = readDay(&p.Ends, "day", true) // says what to put right
	}
	if wrong != nil {
		p.Ends.Error = v.refusalWords(wrong)
	}
	f := v.frame()
	f.Back = page.Link{Text: "The joint venture", Href: "/venture"}
	f.Heading, f.Sentence = heading, sentence
	f.Errors = page.Problems(p.Ends)
	f.Data = p
	return v.show(status, "venture_end", f)
}

func (v *visit) parentEndForm(status int, form url.Values, wrong error) error {
	parents, names, err := v.ventureAsked()
	if err != nil {
		return err
	}
	for _, p := range parents {
		if p.ID != v.r.PathValue("id") {
			continue
		}
		end := ventureEnd{
			Action: "/venture/parents/" + p.ID + "/end", Button: page.Button{Text: "End its terms", Kind: page.Warning},
			Ends: page.DateField{Name: "ends", Legend: "What is the first day on which it is no longer a parent?", Hint: "For other terms instead, set them: the old ones end by themselves."},
		}
		return v.showVentureEnd(status, "Does "+names[p.Org]+" leave?", "It holds "+hundredthsOfPercent(p.ShareholdingBP)+" and fills "+
			count(p.BoardSeats, "seat", "seats")+" since "+v.day(p.Starts)+". Its staff stay members only as far as the rules of membership say.", end, form, wrong)
	}
	return fault.Errorf(fault.NotFound, "there are no such terms of a parent")
}

// ventureParentEndShow asks when a parent leaves.
func (s *Server) ventureParentEndShow(v *visit) error {
	return v.parentEndForm(http.StatusOK, nil, nil)
}

// ventureParentEnd records it.
func (s *Server) ventureParentEnd(v *visit) error {
	return v.endOnDay(v.parentEndForm, v.house.Ventures.EndParent, "/venture?done=ended")
}

// endOnDay reads the day on which something ends, ends it, and asks again where
// that is refused.
func (v *visit) endOnDay(
	ask func(status int, form url.Values, wrong error) error,
	end func(ctx context.Context, actor, org, id string, day law.Date) error, done string,
) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	field := page.DateField{Name: "ends"}
	field.Fill(form)
	day, ok := readDay(&field, "day", true)
	if !ok {
		return ask(http.StatusUnprocessableEntity, form, nil)
	}
	err = end(v.ctx, v.actor.Person, v.org.ID, v.r.PathValue("id"), day)
	if refusable(err) {
		return ask(http.StatusUnprocessableEntity, form, err)
	}
	if err != nil {
		return err
	}
	return v.redirect(done)
}

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
	words := v.refusalWords(err)
	switch fault.FieldOf(err) {
	case "threshold":
		f.Threshold.Error = words
	case "named":
		f.Named.Error = words
	case "starts", "ends":
		f.Starts.Error = words
	case "consent_rule":
		f.Rule.Error = words
	default:
		f.Title.Error = words
	}
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

func (v *visit) releaseForm(status int, form url.Values, wrong error) error {
	if _, _, err := v.ventureAsked(); err != nil {
		return err
	}
	matters, err := v.house.Ventures.Matters(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	for _, m := range matters {
		if m.ID != v.r.PathValue("id") {
			continue
		}
		end := ventureEnd{
			Action: "/venture/matters/" + m.ID + "/release", Button: page.Button{Text: "Release it", Kind: page.Warning},
			Ends: page.DateField{Name: "ends", Legend: "From which day may the venture decide it alone?", Hint: "For example, 31 3 2026"},
		}
		return v.showVentureEnd(status, "Release “"+m.Title+"”?", m.Text, end, form, wrong)
	}
	return fault.Errorf(fault.NotFound, "there is no such reserved matter")
}

// ventureMatterReleaseShow asks from when a matter is no longer reserved.
func (s *Server) ventureMatterReleaseShow(v *visit) error {
	return v.releaseForm(http.StatusOK, nil, nil)
}

// ventureMatterRelease releases it.
func (s *Server) ventureMatterRelease(v *visit) error {
	return v.endOnDay(v.releaseForm, v.house.Ventures.Release, "/venture?done=released")
}
