package web

import (
	"bytes"
	"cmp"
	"io"
	"net/http"
	"net/url"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/register"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// viewNames say whose view of the register it is.
var viewNames = map[law.Audience]string{
	register.Full: "The whole register", law.Member: "As members may see it", law.Interested: "As people with an interest in the funds may see it",
	law.Trustee: "As trustees may see it", law.Anyone: "As anyone may see it",
}

// registerTaking is the form that takes a copy of the register to keep.
type registerTaking struct {
	On   string
	View page.Select
	As   page.Select
}

// registerCopies are the views that may be printed, and the form for those that
// may be kept: all of it, and each view of others; where the law gives no copy, to
// print and show.
func registerCopies(form *law.Form, day law.Date) (print page.Links, taking registerTaking) {
	taking = registerTaking{
		On:   day.String(),
		View: page.Select{Name: "view", Label: "What"},
		As:   page.Select{Name: "as", Label: "As", Options: []page.Option{{Value: "csv", Label: "A spreadsheet (CSV)"}, {Value: "json", Label: "Data (JSON)"}}},
	}
	views := []law.Audience{register.Full}
	for _, i := range form.Inspections {
		if i.Audience != law.OwnEntry {
			views = append(views, i.Audience)
		}
	}
	for _, a := range views {
		q := url.Values{"on": {day.String()}}
		if a != register.Full {
			q.Set("view", string(a))
		}
		print = append(print, page.LinkLine{Text: viewNames[a], Href: "/register/print?" + q.Encode()})
		if i, _ := form.Inspection(a); a == register.Full || i.Copy {
			taking.View.Options = append(taking.View.Options, page.Option{Value: string(a), Label: viewNames[a]})
		}
	}
	return print, taking
}

// viewAsked reads which view of which day an address asks for.
func (v *visit) viewAsked() (law.Date, law.Audience, error) {
	day, field, ok := v.dayAsked("")
	if !ok {
		return day, "", fieldFault(field)
	}
	view, err := knownView(v.r.URL.Query().Get("view"))
	return day, view, err
}

func knownView(text string) (law.Audience, error) {
	if _, known := viewNames[law.Audience(text)]; !known {
		return "", fault.Fieldf("view", "there is no view %q of the register", clip(text, 40))
	}
	return law.Audience(text), nil
}

// registerWriters are the ways in which a copy may come: the media type, and what
// writes it.
var registerWriters = map[string]struct {
	media string
	write func(register.Register, io.Writer) error
}{
	"csv":  {"text/csv; charset=utf-8; header=present", register.Register.WriteCSV},
	"json": {"application/json; charset=utf-8", register.Register.WriteJSON},
}

// registerTake gives a copy of the register on a day. The record keeps that it was
// taken, of which view, by whom: so it takes a button and not a link.
func (s *Server) registerTake(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	day, err := law.ParseDate(form.Get("on"))
	if err != nil {
		return fault.Fieldf("on", "%q is not a day", clip(form.Get("on"), 20))
	}
	view, err := knownView(form.Get("view"))
	if err != nil {
		return err
	}
	ending := form.Get("as")
	as, known := registerWriters[ending]
	if !known {
		return fault.Fieldf("as", "the register comes as csv or json, not as %q", clip(ending, 20))
	}
	reg, err := v.house.Register.TakeCopy(v.ctx, v.actor.Person, v.org.ID, day, view)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := as.write(reg, &body); err != nil {
		return err
	}
	name := "register-" + v.org.ID + "-" + day.String() + "-" + cmp.Or(string(view), "full") + "." + ending
	h := v.w.Header()
	h.Set("Content-Type", as.media)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(body.Bytes()) // the reader has gone away if this fails
	return nil
}

type registerPrintPage struct {
	register.Page
	Tables []letterTable
}

type letterTable struct {
	Letter string
	Table  page.Table
}

// registerPrint lays the register out for paper, by surname.
func (s *Server) registerPrint(v *visit) error {
	day, view, err := v.viewAsked()
	if err != nil {
		return err
	}
	reg, err := v.house.Register.View(v.ctx, v.org.ID, day, view, "")
	if err != nil {
		return err
	}
	laid := reg.Page()
	f := v.frame()
	f.Back = page.Link{Text: "Register of members", Href: registerQuery{Day: day}.address("/register", v.today())}
	f.Kicker = viewNames[view]
	f.Heading = laid.Title + " on " + laid.On
	f.Sentence = laid.Lead
	f.Data = registerPrintPage{Page: laid, Tables: letterTables(laid)}
	return v.show(http.StatusOK, "register_print", f)
}

// letterTables are the entries as one table a letter.
func letterTables(p register.Page) []letterTable {
	var out []letterTable
	for _, s := range p.Sections {
		t := page.Table{ID: "letter-" + s.Letter, Caption: "Entries under " + s.Letter, Shape: page.Scrolled}
		name := 0
		for i, c := range p.Columns {
			if c.Field == law.FieldMemberName {
				name = i
			}
		}
		numbered := len(s.Lines) > 0 && s.Lines[0].Number != ""
		t.Columns = append(t.Columns, page.Column{Head: p.Columns[name].Heading})
		if numbered {
			t.Columns = append(t.Columns, page.Column{Head: "Number", Number: true})
		}
		for i, c := range p.Columns {
			if i != name {
				t.Columns = append(t.Columns, page.Column{Head: c.Heading, Number: c.Field == law.FieldShares || c.Field == law.FieldAmountPaid})
			}
		}
		for _, l := range s.Lines {
			row := page.Row{{Text: l.Cells[name]}}
			if numbered {
				row = append(row, page.Cell{Text: l.Number})
			}
			for i, c := range l.Cells {
				if i != name {
					row = append(row, page.Cell{Text: c})
				}
			}
			t.Rows = append(t.Rows, row)
		}
		if s.Letter == "#" {
			t.ID = "letter-other"
		}
		out = append(out, letterTable{s.Letter, t})
	}
	return out
}
