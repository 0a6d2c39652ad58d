package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/web/page"
)

type organisationBrandPage struct {
	Name, Colour, Deep, Wash page.Text
	Mark                     page.Upload
	MarkText                 string // the drawing that was sent last, so that it is not lost
	Usual                    page.Checkboxes
	Previewed                bool
}

const maxMarkFile = 64 << 10

func (v *visit) brandForm(values url.Values) organisationBrandPage {
	colour := func(name, label, hint string) page.Text {
		return page.Text{Name: name, Label: label, Hint: hint, Value: strings.TrimSpace(values.Get(name)), Width: 10, Verbatim: true}
	}
	p := organisationBrandPage{
		Name:   page.Text{Name: "brand_name", Label: "Name on the pages", Hint: "Shorter than the registered one, if you like. Empty: the registered name.", Value: values.Get("brand_name")},
		Colour: colour("colour", "Colour", "As #rrggbb. It is behind white text, so it has to be dark. Empty: the usual one."),
		Deep:   colour("deep", "Deep colour", "For dark panels. Empty: made from the colour."),
		Wash:   colour("wash", "Light colour", "For light panels, behind dark text. Empty: made from the colour."),
		Mark: page.Upload{
			Name: "mark", Label: "Mark", Accept: ".svg", Hint: "A square SVG drawing of plain shapes, 16 kB at most. Without a file the present mark stays. You may not use the NHS logo unless you are an NHS body.",
		},
		MarkText: values.Get("mark_text"),
		Usual:    page.Checkboxes{Name: "usual", Legend: "Or", Options: []page.Option{{Value: "yes", Label: "Use the usual mark, seven seats round a table"}}, Values: values["usual"]},
	}
	return p
}

// brand is the look that the form asks for.
func (p organisationBrandPage) brand() identity.Brand {
	b := identity.Brand{Name: strings.Join(strings.Fields(p.Name.Value), " "), Mark: p.MarkText, Colour: p.Colour.Value, Deep: p.Deep.Value, Wash: p.Wash.Value}
	if p.Usual.Chosen("yes") {
		b.Mark = ""
	}
	return b
}

// organisationBrand is the form for how the organisation looks.
func (s *Server) organisationBrand(v *visit) error {
	b := v.org.Brand
	return v.brandPage(http.StatusOK, v.brandForm(url.Values{
		"brand_name": {b.Name}, "colour": {b.Colour}, "deep": {b.Deep}, "wash": {b.Wash}, "mark_text": {b.Mark},
	}))
}

func (v *visit) brandPage(status int, p organisationBrandPage) error {
	f := v.frame()
	f.Back = page.Link{Text: v.org.Name, Href: "/organisation"}
	f.Heading = "How your pages look"
	f.Sentence = "Your name, mark and colour stand on every page. We refuse colours that people could not read."
	f.Errors = page.Problems(p.Name, p.Colour, p.Deep, p.Wash, p.Mark)
	if p.Previewed {
		o := v.org
		o.Brand = p.brand()
		f.Org = brandOf(o)
		f.Org.Style = "/organisation/brand.css?" + url.Values{"colour": {o.Brand.Colour}, "deep": {o.Brand.Deep}, "wash": {o.Brand.Wash}}.Encode()
		f.Notice = page.Notice{Title: "Preview", Text: "This page wears the new look. Nothing is saved yet."}
	}
	f.Data = p
	return v.show(status, "organisation_brand", f)
}

// organisationBrandSave shows the look that was asked for, or keeps it.
func (s *Server) organisationBrandSave(v *visit) error {
	values, wrong, err := v.brandSent()
	if err != nil {
		return err
	}
	p := v.brandForm(values)
	p.Mark.Error = wrong
	v.checkBrand(&p)
	if len(page.Problems(p.Name, p.Colour, p.Deep, p.Wash, p.Mark)) > 0 {
		return v.brandPage(http.StatusUnprocessableEntity, p)
	}
	if values.Get("act") == "preview" {
		p.Previewed = true
		return v.brandPage(http.StatusOK, p)
	}
	o := v.org
	o.Brand = p.brand()
	err = v.house.Identity.ChangeOrganisation(v.ctx, v.actor.Person, o)
	if fault.Is(err, fault.Invalid) {
		p.Mark.Error = plainly(err)
		return v.brandPage(http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	return v.redirect("/organisation?done=brand")
}

// brandSent reads the form. A mark that was chosen takes the place of the one
// that the form carries.
func (v *visit) brandSent() (url.Values, string, error) {
	reader, err := v.r.MultipartReader()
	if err != nil {
		return nil, "", fault.Wrap(fault.Invalid, err, "the form cannot be read")
	}
	values, mark, wrong := url.Values{}, "", ""
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, "", unsent(err)
		}
		content, err := io.ReadAll(io.LimitReader(part, maxMarkFile+1))
		if err != nil {
			return nil, "", unsent(err)
		}
		switch {
		case part.FormName() != "mark":
			values.Add(part.FormName(), string(content))
		case len(content) > maxMarkFile:
			wrong = "The drawing is larger than 16 kB. Save it as plain shapes, without pictures or text."
		case len(content) > 0:
			mark = string(content)
		}
	}
	if mark != "" {
		values.Set("mark_text", mark)
	}
	return values, wrong, nil
}

// checkBrand says at each field why it cannot be used. Each colour is tried
// with what it depends on alone, so that the reason stands at the right one.
func (v *visit) checkBrand(p *organisationBrandPage) {
	b := p.brand()
	if len(b.Name) > 80 {
		p.Name.Error = "The name is longer than 80 letters. Make it shorter."
	}
	try := func(with page.Brand) string {
		with.Name = "x"
		err := page.CheckBrand(with)
		if err == nil {
			return ""
		}
		text := strings.TrimPrefix(strings.TrimPrefix(err.Error(), `brand "x": `), "mark: ")
		return page.Begin(text) + "."
	}
	if text := try(page.Brand{Colour: b.Colour}); text != "" {
		p.Colour.Error = text + " Choose a darker one."
		return
	}
	if b.Colour == "" && b.Deep+b.Wash != "" {
		p.Colour.Error = "Give the colour too, or leave all three empty."
		return
	}
	if text := try(page.Brand{Colour: b.Colour, Deep: b.Deep}); text != "" {
		p.Deep.Error = text + " Choose a darker one."
	}
	if text := try(page.Brand{Colour: b.Colour, Wash: b.Wash}); text != "" {
		p.Wash.Error = text + " Choose a lighter one."
	}
	if text := try(page.Brand{Mark: b.Mark}); text != "" && p.Mark.Error == "" {
		p.Mark.Error = text
		p.MarkText = v.org.Brand.Mark
	}
}

// organisationBrandStyle is the stylesheet of a look that is only tried on.
func (s *Server) organisationBrandStyle(v *visit) error {
	q := v.r.URL.Query()
	b := page.Brand{Name: v.org.Name, Colour: q.Get("colour"), Deep: q.Get("deep"), Wash: q.Get("wash")}
	if err := page.CheckBrand(b); err != nil {
		return fault.Errorf(fault.Invalid, "these colours cannot be used")
	}
	return page.ServeBrandStyle(v.w, b)
}
