package web

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/staff"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type staffImportNewPage struct {
	Employer    page.Radios
	AskEmployer bool
	File        page.Upload
	AsAt        page.DateField
	Profile     page.Select
	AskProfile  bool
}

// staffImportForm is the form for a list, with what was entered.
func (v *visit) staffImportForm(values url.Values) (staffImportNewPage, error) {
	employer, err := v.employerField(values.Get("employer"))
	if err != nil {
		return staffImportNewPage{}, err
	}
	p := staffImportNewPage{
		Employer: employer, AskEmployer: len(employer.Options) > 1,
		File: page.Upload{
			Name: "file", Label: "The staff list", Accept: ".csv,.txt,.xlsx",
			Hint: "CSV or Excel (.xlsx), 64 MB at most. An export from ESR, or a report of your own.",
		},
		AsAt: page.DateField{Name: "as_at", Legend: "Which day is the list of?", Hint: "The day on which it was exported. We take who is missing from it to have left by that day."},
		Profile: page.Select{
			Name: "profile", Label: "How is it to be read?", Value: values.Get("profile"),
			Options: []page.Option{{Value: "", Label: "Find out from the headings"}},
		},
	}
	p.AsAt.Fill(values)
	if _, typed := values["as_at-day"]; !typed {
		p.AsAt.SetDay(v.today().String())
	}
	profiles, err := v.house.Staff.Profiles(v.ctx, v.org.ID)
	for _, profile := range profiles {
		p.AskProfile = p.AskProfile || !profile.BuiltIn
		p.Profile.Options = append(p.Profile.Options, page.Option{Value: profile.Name, Label: "As " + profileInWords(profile.Name)})
	}
	return p, err
}

// staffImportNew asks for a staff list.
func (s *Server) staffImportNew(v *visit) error {
	p, err := v.staffImportForm(v.r.URL.Query())
	if err != nil {
		return err
	}
	return v.staffImportPage(http.StatusOK, p)
}

func (v *visit) staffImportPage(status int, p staffImportNewPage) error {
	f := v.frame()
	f.Back = page.Link{Text: "Staff list", Href: "/staff"}
	f.Heading = "Load a staff list"
	f.Sentence = "Nothing changes yet. You see first what the list would do, and then decide."
	f.Errors = page.Problems(p.Employer, p.AsAt, p.Profile, p.File)
	f.Data = p
	return v.show(status, "staff_import_new", f)
}

// staffImportRead reads a list: to its dry run, or to the page that asks what
// its columns mean.
func (s *Server) staffImportRead(v *visit) error {
	file, values, sentErr := v.sent()
	p, err := v.staffImportForm(values)
	if err != nil {
		return err
	}
	asAt, ok := readDay(&p.AsAt, "date of the list", true)
	if ok && asAt.After(v.today()) {
		p.AsAt.Error, ok = "The list is of "+v.day(asAt)+", which is yet to come. Give the day on which it was exported.", false
	}
	if p.Employer.Value == "" {
		p.Employer.Error, ok = "Say whose staff list it is.", false
	}
	if sentErr != nil {
		if !fault.Is(sentErr, fault.Invalid) {
			return sentErr
		}
		p.File.Error = plainly(sentErr)
		return v.staffImportPage(http.StatusUnprocessableEntity, p)
	}
	if !ok {
		p.File.Error = "The file was not kept. Choose it again."
		return v.staffImportPage(http.StatusUnprocessableEntity, p)
	}
	return v.staffRead(p, &parkedFile{
		org: v.org.ID, person: v.actor.Person, name: file.name, content: file.content, employer: p.Employer.Value, asAt: asAt,
	}, p.Profile.Value)
}

// list is the file as the room for staff takes it.
func (f *parkedFile) list(profile string) staff.List {
	return staff.List{
		Org: f.org, Employer: f.employer, AsAt: f.asAt, File: bytes.NewReader(f.content), Size: int64(len(f.content)), Name: f.name, Profile: profile,
	}
}

func (v *visit) staffRead(p staffImportNewPage, file *parkedFile, profile string) error {
	if !employs(p.Employer, file.employer) {
		p.Employer.Error = "Say whose staff list it is."
		return v.staffImportPage(http.StatusUnprocessableEntity, p)
	}
	upload, _, err := v.house.Staff.Preview(v.ctx, v.actor.Person, file.list(profile))
	var unmapped *staff.Unmapped
	switch {
	case err == nil:
		return v.redirect("/staff/uploads/" + upload.ID)
	case errors.As(err, &unmapped):
		id := v.house.World.ID()
		v.parked.put(id, file, v.now)
		return v.redirect("/staff/uploads/" + id + "/mapping")
	case fault.Is(err, fault.Conflict):
		p.AsAt.Error = plainly(err)
	case fault.Is(err, fault.Invalid) || fault.Is(err, fault.NotFound):
		switch fault.FieldOf(err) {
		case "as_at":
			p.AsAt.Error = plainly(err)
		case "profile":
			p.Profile.Error = plainly(err)
			p.AskProfile = true
		default:
			p.File.Error = plainly(err)
		}
	default:
		return err
	}
	return v.staffImportPage(http.StatusUnprocessableEntity, p)
}

// employs reports whether the employer is one of those that were offered.
func employs(field page.Radios, code string) bool {
	for _, o := range field.Options {
		if o.Value == code {
			return true
		}
	}
	return false
}

// sameList is the address of the form for a list with what is known of one.
func sameList(employer string, asAt law.Date) string {
	q := url.Values{"employer": {employer}}
	field := page.DateField{Name: "as_at"}
	field.SetDay(asAt.String())
	q.Set("as_at-day", field.Day)
	q.Set("as_at-month", field.Month)
	q.Set("as_at-year", field.Year)
	return "/staff/imports/new?" + q.Encode()
}
