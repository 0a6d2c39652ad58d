package register

import (
	"cmp"
	"context"
	"io"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// Officers is the register of officers on a day, for the forms whose law has it
// kept with that of members: the Co-operative and Community Benefit Societies Act
// 2014, s.30(3), and SI 2012/3012, Sch.1 para.4. A company's directors and
// secretary are in registers of their own, which are not kept here.
type Officers struct {
	Organisation Organisation
	Form         *law.Form
	Day          law.Date
	Columns      []Column
	Entries      []Officer
}

// Officer is one office held by one person.
type Officer struct {
	Name, PostalAddress, ServiceAddress string
	Email, EmailPurposes                string
	Office                              string
	From, To                            law.Date // To is no date for one who holds it
}

// officeHolders are the offices that the law means: those who run the
// organisation, and not those who run an election in it.
var officeHolders = []policy.Role{policy.Director, policy.Secretary}

// Cell is one field as a table of data has it.
func (o Officer) Cell(f law.FieldName) string {
	switch f {
	case law.FieldMemberName:
		return o.Name
	case law.FieldPostalAddress:
		return o.PostalAddress
	case law.FieldServiceAddress:
		return o.ServiceAddress
	case law.FieldEmail:
		return o.Email
	case law.FieldEmailPurposes:
		return o.EmailPurposes
	case law.FieldOffice:
		return o.Office
	case law.FieldOfficeFrom:
		return o.From.String()
	case law.FieldOfficeTo:
		return o.To.String()
	}
	return ""
}

// NewOfficers makes the register of officers of a day, in order of office, first
// day and name. Where the law asks for the day an office ended, former officers
// stay in it; where it does not, they are left out.
func NewOfficers(form *law.Form, day law.Date, org Organisation, held []identity.Appointment, people map[string]identity.Person) Officers {
	out := Officers{Organisation: org, Form: form, Day: day, Columns: columnsOf(form, form.Officers)}
	former := slices.ContainsFunc(form.Officers, func(f law.RegisterField) bool { return f.Name == law.FieldOfficeTo })
	for _, a := range held {
		ended := !a.Ends.IsZero() && !day.Before(a.Ends)
		if !slices.Contains(officeHolders, a.Role) || a.Starts.After(day) || a.Starts == a.Ends || ended && !former {
			continue
		}
		p := people[a.Person]
		o := Officer{Name: p.Name(), PostalAddress: line(p.PostalAddress), ServiceAddress: line(p.PostalAddress), Email: p.Email, Office: a.Role.Title(), From: a.Starts}
		if officeServes(form) {
			o.ServiceAddress = line(org.Office)
		}
		if o.Email != "" {
			o.EmailPurposes = "notices"
		}
		if ended {
			o.To = a.Ends
		}
		out.Entries = append(out.Entries, o)
	}
	slices.SortStableFunc(out.Entries, func(a, b Officer) int {
		return cmp.Or(cmp.Compare(a.Office, b.Office), a.From.Compare(b.From), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// WriteCSV writes the register of officers as a table of data.
func (o Officers) WriteCSV(w io.Writer) error {
	out := newSheet(w)
	var heads []string
	for _, c := range o.Columns {
		heads = append(heads, c.Heading)
	}
	out.row(heads...)
	for _, e := range o.Entries {
		cells := make([]string, len(o.Columns))
		for i, c := range o.Columns {
			cells[i] = e.Cell(c.Field)
		}
		out.row(cells...)
	}
	return out.close()
}

// Officers is the register of officers at the end of a day. It is for those who
// keep it. A form whose law keeps none with that of members is a Conflict.
func (s *Service) Officers(ctx context.Context, org string, day law.Date) (Officers, error) {
	held, err := s.offices.Appointments(ctx, org)
	if err != nil {
		return Officers{}, err
	}
	var ids []string
	for _, a := range held {
		ids = append(ids, a.Person)
	}
	var out Officers
	err = s.read(ctx, func(tx *db.Tx) error {
		o, form, err := s.reader.form(ctx, tx, org, day)
		if err != nil {
			return err
		}
		if len(form.Officers) == 0 {
			return fault.Errorf(fault.Conflict, "the law of a %s keeps no register of officers with that of members", lowerFirst(form.Label))
		}
		people, err := identity.PeopleByID(ctx, tx, org, ids)
		if err != nil {
			return err
		}
		out = NewOfficers(form, day, Organisation{Code: o.ID, Name: o.Name, RegisteredNo: o.RegisteredNo, Office: o.RegisteredOffice}, held, people)
		return nil
	})
	return out, err
}
