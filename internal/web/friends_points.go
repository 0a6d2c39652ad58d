package web

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"rsc.io/qr"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/friends"
	"commonweal/internal/web/page"
)

// friendsPoints is where patients are asked.
func (s *Server) friendsPoints(v *visit) error {
	list, err := v.house.Friends.Points(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Friends and family", Href: "/surveys/friends"}
	f.Kicker, f.Heading, f.Sentence = "Friends and family", "Where patients are asked", "Patients answer on their own telephone, on a tablet in the ward, or on a card."
	f.Notice = doneNotice(v, map[string]string{"saved": "The point is kept."})
	p := conductPage{}
	for _, one := range list {
		at := "/surveys/friends/points/" + one.Code
		s := conductSection{Heading: one.Name, Text: []string{one.Setting.Words() + ", open since " + v.day(one.Opened) + "."}, Links: page.Links{
			{Text: "Poster with a code to scan", Href: at + "/poster"},
			{Text: "Key cards", Href: at + "/cards"},
			{Text: "The page for a tablet", Href: "/friends/" + one.Code + "?by=kiosk"},
			{Text: "Change it", Href: at + "/edit"},
		}}
		p.Sections = append(p.Sections, s)
	}
	p.Sections = append(p.Sections, conductSection{Button: page.Button{Text: "Open a point", Href: "/surveys/friends/points/new"}})
	f.Files = []page.Files{v.files("/surveys/friends/points", "the points", v.today())}
	return v.sections(f, p)
}

// pointForm asks about a point.
type pointForm struct {
	old                                                 friends.Point
	name, code, siteCode, siteName, ward, first, second page.Text
	setting                                             page.Select
	modes, languages                                    page.Checkboxes
	opened, closed                                      page.DateField
}

// pointAsked is the point that the address names; the zero Point for a new one.
func (v *visit) pointAsked() (friends.Point, error) {
	code := v.r.PathValue("code")
	if code == "" {
		return friends.Point{Modes: []friends.Mode{friends.KioskThere, friends.Online, friends.PaperThere}, Languages: []string{"en"}, Opened: v.today()}, nil
	}
	p, org, err := v.house.Friends.Point(v.ctx, code)
	if err == nil && org != v.org.ID {
		err = fault.Errorf(fault.NotFound, "there is no point %q", code)
	}
	return p, err
}

func newPointForm(p friends.Point) *pointForm {
	f := &pointForm{
		old:      p,
		name:     page.Text{Name: "name", Label: "Name, as patients know it", Value: p.Name},
		code:     page.Text{Name: "code", Label: "Its address", Hint: "Small letters, digits and hyphens. It is printed on posters and cannot change.", Value: p.Code, Width: 20, Verbatim: true},
		setting:  page.Select{Name: "setting", Label: "Kind of care", Value: string(p.Setting), Options: []page.Option{{Label: "Choose one"}}},
		siteCode: page.Text{Name: "site_code", Label: "National code of the site", Hint: "Leave it empty if there is none.", Value: p.SiteCode, Width: 10, Verbatim: true},
		siteName: page.Text{Name: "site_name", Label: "Name of the site", Value: p.SiteName},
		ward:     page.Text{Name: "ward", Label: "Ward, as it is reported", Hint: "For people who stay in hospital only.", Value: p.Ward},
		first:    page.Text{Name: "first", Label: "First speciality of the ward", Value: p.First},
		second:   page.Text{Name: "second", Label: "Second speciality", Value: p.Second},
		modes:    page.Checkboxes{Name: "modes", Legend: "How do answers come?"}, languages: page.Checkboxes{Name: "languages", Legend: "In which languages is it asked?", Values: p.Languages},
		opened: page.DateField{Name: "opened", Legend: "First day"}, closed: page.DateField{Name: "closed", Legend: "First day on which it takes no more answers", Hint: "Leave it empty while it is open."},
	}
	for _, s := range friends.Settings() {
		f.setting.Options = append(f.setting.Options, page.Option{Value: string(s), Label: s.Words()})
	}
	for _, m := range friends.Modes() {
		f.modes.Options = append(f.modes.Options, page.Option{Value: string(m), Label: m.Words()})
	}
	for _, m := range p.Modes {
		f.modes.Values = append(f.modes.Values, string(m))
	}
	for _, l := range friends.Languages() {
		f.languages.Options = append(f.languages.Options, page.Option{Value: l.Code, Label: l.Name})
	}
	f.opened.SetDay(dateText(p.Opened))
	f.closed.SetDay(dateText(p.Closed))
	return f
}

// fill takes what was typed; ok is false where a day is none.
func (f *pointForm) fill(form url.Values) (p friends.Point, ok bool) {
	p = friends.Point{
		ID: f.old.ID, Code: form.Get("code"), Name: form.Get("name"), Setting: friends.Setting(form.Get("setting")), SiteCode: form.Get("site_code"),
		SiteName: form.Get("site_name"), Ward: form.Get("ward"), First: form.Get("first"), Second: form.Get("second"), Languages: form["languages"],
	}
	if f.old.ID != "" {
		p.Code = f.old.Code
	}
	for _, m := range form["modes"] {
		p.Modes = append(p.Modes, friends.Mode(m))
	}
	*f = *newPointForm(p)
	f.opened.Fill(form)
	f.closed.Fill(form)
	var okOpened, okClosed bool
	p.Opened, okOpened = readDay(&f.opened, "first day", true)
	p.Closed, okClosed = readDay(&f.closed, "last day", false)
	return p, okOpened && okClosed
}

func (v *visit) showPoint(status int, f *pointForm, wrong string) error {
	fr := v.frame()
	fr.Back = page.Link{Text: "Where patients are asked", Href: "/surveys/friends/points"}
	fr.Kicker, fr.Heading = "Friends and family", "Open a point"
	at := "/surveys/friends/points/new"
	fields := []page.Field{f.name, f.code}
	if f.old.ID != "" {
		fr.Heading, at, fields = f.old.Name, "/surveys/friends/points/"+f.old.Code+"/edit", []page.Field{f.name}
	}
	fields = append(fields, f.setting, f.siteCode, f.siteName, f.ward, f.first, f.second, f.modes, f.languages, f.opened, f.closed)
	return v.showAct(status, fr, conductAct{Action: at, Groups: ask(fields...), Button: page.Button{Text: "Keep it"}, Cancel: page.Link{Text: "Cancel", Href: "/surveys/friends/points"}}, wrong)
}

// friendsPoint asks about a point.
func (s *Server) friendsPoint(v *visit) error {
	p, err := v.pointAsked()
	if err != nil {
		return err
	}
	return v.showPoint(http.StatusOK, newPointForm(p), "")
}

// friendsPointDo keeps it.
func (s *Server) friendsPointDo(v *visit) error {
	old, err := v.pointAsked()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	f := &pointForm{old: old}
	p, ok := f.fill(values)
	f.old = old
	if !ok {
		return v.showPoint(http.StatusUnprocessableEntity, f, "")
	}
	_, err = v.house.Friends.Save(v.ctx, v.actor.Person, v.org.ID, p)
	if refusable(err) {
		wrong := ""
		v.refusedAt(err, &wrong, map[string]*string{
			"name": &f.name.Error, "code": &f.code.Error, "setting": &f.setting.Error, "site_code": &f.siteCode.Error, "site_name": &f.siteName.Error,
			"ward": &f.ward.Error, "modes": &f.modes.Error, "languages": &f.languages.Error, "opened": &f.opened.Error, "closed": &f.closed.Error,
		})
		return v.showPoint(http.StatusUnprocessableEntity, f, wrong)
	}
	if err != nil {
		return err
	}
	return v.redirect("/surveys/friends/points?done=saved")
}

type posterPage struct {
	Lines   []posterLine
	Address string
	Code    template.HTML
}

type posterLine struct{ Lang, Text string }

// friendsPoster is a page to print and hang up: the question in each language, the
// address, and a code to scan.
func (s *Server) friendsPoster(v *visit) error {
	p, err := v.pointAsked()
	if err != nil {
		return err
	}
	address := strings.TrimSuffix(v.house.Address, "/") + "/friends/" + p.Code
	code, err := qrSVG(address, "Code that opens "+address)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Where patients are asked", Href: "/surveys/friends/points"}
	f.Heading = p.Name
	d := posterPage{Address: address, Code: code}
	for _, l := range p.Languages {
		if a, ok := friends.AskIn(l); ok {
			d.Lines = append(d.Lines, posterLine{a.Code, a.Text})
		}
	}
	f.Data = d
	return v.show(http.StatusOK, "friends_poster", f)
}

// quiet is the margin of a code, in modules, that the standard asks for (ISO/IEC 18004).
const quiet = 4

// qrSVG draws a code: dark modules in one path on white, with its margin and its title.
func qrSVG(text, title string) (template.HTML, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", err
	}
	var path strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				path.WriteString("M" + number0(int64(x+quiet)) + " " + number0(int64(y+quiet)) + "h1v1h-1z")
			}
		}
	}
	size := number0(int64(code.Size + 2*quiet))
	title = template.HTMLEscapeString(title)
	return template.HTML(`<svg class="cw-code" xmlns="http://www.w3.org/2000/svg" role="img" width="300" height="300" viewBox="0 0 ` + size + ` ` + size + //nolint:gosec // numbers, and an escaped title
		`" shape-rendering="crispEdges"><title>` + title + `</title><rect width="` + size + `" height="` + size + `" fill="#fff"/><path d="` + path.String() + `" fill="#000"/></svg>`), nil
}
