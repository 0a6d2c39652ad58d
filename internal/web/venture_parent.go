package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/venture"
	"commonweal/internal/web/page"
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
	v.refusedAt(wrong, &p.Starts.Error, map[string]*string{"parent": &p.Org.Error, "shareholding": &p.Holds.Error, "board_seats": &p.Seats.Error})
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
