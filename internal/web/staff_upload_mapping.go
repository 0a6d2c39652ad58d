package web

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/internal/web/page"
)

type staffMappingPage struct {
	ID      string
	Needed  []page.Select
	Further []page.Select
	Name    page.Text
	Dropped page.Table
}

// mapping is what a person said about the columns of a list.
type mapping struct {
	file     *parkedFile
	look     stafflist.Preview
	proposal stafflist.Proposal
	chosen   map[stafflist.Field]string // heading
	reasons  map[stafflist.Field]string
	wrong    map[stafflist.Field]string
	name     string
	badName  string
}

// openMapping finds the file and what we make of its headings.
func (v *visit) openMapping() (*mapping, error) {
	file, ok := v.parked.get(v.r.PathValue("id"), v.org.ID, v.actor.Person, v.now)
	if !ok {
		return nil, v.mappingGone()
	}
	look, err := stafflist.Peek(bytes.NewReader(file.content), int64(len(file.content)), stafflist.Options{})
	if err != nil {
		return nil, err
	}
	m := &mapping{
		file: file, look: look, proposal: stafflist.Propose(look.Headings),
		chosen: map[stafflist.Field]string{}, reasons: map[stafflist.Field]string{}, wrong: map[stafflist.Field]string{},
	}
	for _, c := range m.proposal.Choices {
		m.chosen[c.Field], m.reasons[c.Field] = c.Heading, c.Reason
	}
	for _, a := range m.proposal.Ambiguous {
		m.reasons[a.Field] = a.Reason
	}
	return m, nil
}

func (v *visit) mappingGone() error {
	f := v.frame()
	f.Back = page.Link{Text: "Staff list", Href: "/staff"}
	f.Heading = "Choose the file again"
	f.Data = page.Empty("We no longer have it",
		"Until its columns are understood a list waits for half an hour, and in memory alone, because it may hold what we never store. Nothing was changed.",
		page.Link{Text: "Load a staff list", Href: "/staff/imports/new"})
	return v.show(http.StatusNotFound, "fault", f)
}

// staffMappingShow proposes what the columns of a list mean.
func (s *Server) staffMappingShow(v *visit) error {
	m, err := v.openMapping()
	if m == nil || err != nil {
		return err
	}
	return v.mappingPage(http.StatusOK, m)
}

func (v *visit) mappingPage(status int, m *mapping) error {
	p := staffMappingPage{
		ID: v.r.PathValue("id"),
		Name: page.Text{
			Name: "name", Label: "Name of this kind of list", Value: m.name, Error: m.badName, Width: 20,
			Hint: "We know the next one by its headings. For example: Payroll report.",
		},
		Dropped: page.Table{Caption: "Columns that are dropped", Columns: []page.Column{{Head: "Heading"}, {Head: "Why", Wide: true}}},
	}
	var fields []page.Field
	for _, f := range stafflist.Fields() {
		sel := m.selector(f)
		fields = append(fields, sel)
		if needed(f) {
			p.Needed = append(p.Needed, sel)
		} else {
			p.Further = append(p.Further, sel)
		}
	}
	slices.SortStableFunc(fields, func(a, b page.Field) int { return rank(a) - rank(b) })
	for _, d := range m.proposal.Dropped {
		why := "Not used, unless you choose it."
		if d.Kind != "" {
			why = page.Begin(d.Kind) + ". Never read and never stored."
		}
		p.Dropped.Rows = append(p.Dropped.Rows, page.Row{{Text: d.Heading}, {Text: why}})
	}
	f := v.frame()
	f.Back = page.Link{Text: "Load a staff list", Href: sameList(m.file.employer, m.file.asAt)}
	f.Kicker = "Staff list of " + dayInFull(m.file.asAt) + ", " + m.file.name
	f.Heading = "What do the columns mean?"
	f.Sentence = fmt.Sprintf("We have not met a list with these %s. Check what we make of them.", count(len(m.look.Headings), "heading", "headings"))
	f.Errors = page.Problems(append(fields, p.Name)...)
	f.Data = p
	return v.show(status, "staff_upload_mapping", f)
}

// needed are the fields without which no list can be read.
func needed(f stafflist.Field) bool {
	switch f {
	case stafflist.EmployeeNumber, stafflist.Given, stafflist.Family, stafflist.FullName, stafflist.Start:
		return true
	}
	return false
}

// rank puts the needed fields first, as the page has them.
func rank(f page.Field) int {
	if s, ok := f.(page.Select); ok && needed(stafflist.Field(strings.TrimPrefix(s.Name, "column-"))) {
		return 0
	}
	return 1
}

// selector asks which column holds one field.
func (m *mapping) selector(f stafflist.Field) page.Select {
	s := page.Select{
		Name: "column-" + string(f), Label: f.Label(), Value: m.chosen[f], Hint: m.reasons[f], Error: m.wrong[f],
		Options: []page.Option{{Value: "", Label: "Not in this list"}},
	}
	if f == stafflist.FullName && s.Hint == "" {
		s.Hint = "Where one column has both, as “Surname, First name”."
	}
	for _, heading := range m.headings() {
		s.Options = append(s.Options, page.Option{Value: heading, Label: heading})
	}
	return s
}

// headings are the columns that may be chosen: each once, and none that holds
// what we never read.
func (m *mapping) headings() []string {
	var never, out []string
	for _, d := range m.proposal.Dropped {
		if d.Kind != "" {
			never = append(never, d.Heading)
		}
	}
	for _, heading := range m.look.Headings {
		heading = strings.Join(strings.Fields(heading), " ")
		if heading != "" && !slices.Contains(never, heading) && !slices.Contains(out, heading) {
			out = append(out, heading)
		}
	}
	return out
}

// staffMappingSave keeps what a person said about the columns as a profile and
// reads the list by it.
func (s *Server) staffMappingSave(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	if err := v.may(policy.StaffImport, v.inside()); err != nil {
		return err
	}
	m, err := v.openMapping()
	if m == nil || err != nil {
		return err
	}
	profile, ok := m.take(form)
	if ok {
		ok, err = v.freeName(m, profile.Name)
		if err != nil {
			return err
		}
	}
	if !ok {
		return v.mappingPage(http.StatusUnprocessableEntity, m)
	}
	if err := v.house.Staff.SaveProfile(v.ctx, v.actor.Person, v.org.ID, profile); err != nil {
		if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
			return err
		}
		m.badName = plainly(err)
		return v.mappingPage(http.StatusUnprocessableEntity, m)
	}
	id := v.r.PathValue("id")
	v.parked.note(id, profile.Name)
	return v.readMapped(m, id, profile.Name)
}

// readMapped reads the list by the profile that was just saved.
func (v *visit) readMapped(m *mapping, id, profile string) error {
	upload, _, err := v.house.Staff.Preview(v.ctx, v.actor.Person, m.file.list(profile))
	var unmapped *staff.Unmapped
	switch {
	case err == nil:
		v.parked.forget(id)
		return v.redirect("/staff/uploads/" + upload.ID)
	case errors.As(err, &unmapped):
		m.badName = "With these columns the list still cannot be read. Look at them again."
	case fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict):
		m.badName = plainly(err)
	default:
		return err
	}
	return v.mappingPage(http.StatusUnprocessableEntity, m)
}

// take reads the choices and says at each field what is wrong.
func (m *mapping) take(form url.Values) (stafflist.Profile, bool) {
	m.name = strings.Join(strings.Fields(form.Get("name")), " ")
	allowed := m.headings()
	user := map[string]stafflist.Field{}
	m.chosen = map[stafflist.Field]string{}
	ok := true
	wrong := func(f stafflist.Field, text string) { m.wrong[f], ok = text, false }
	for _, f := range stafflist.Fields() {
		heading := form.Get("column-" + string(f))
		if heading == "" {
			continue
		}
		m.chosen[f] = heading
		switch other, taken := user[heading]; {
		case !slices.Contains(allowed, heading):
			wrong(f, "This list has no such column. Choose one that it has.")
		case taken:
			wrong(f, fmt.Sprintf("“%s” is chosen for %s too. Choose another for one of them.", heading, strings.ToLower(other.Label())))
		default:
			user[heading] = f
		}
	}
	if m.chosen[stafflist.EmployeeNumber] == "" {
		wrong(stafflist.EmployeeNumber, "Choose the column with the employee number. Without it we cannot tell who is who.")
	}
	if m.chosen[stafflist.Start] == "" {
		wrong(stafflist.Start, "Choose the column with the day on which employment began.")
	}
	if m.chosen[stafflist.FullName] == "" && m.chosen[stafflist.Family] == "" {
		wrong(stafflist.Family, "Choose the column with the surname, or one with the full name.")
	}
	if m.chosen[stafflist.FullName] == "" && m.chosen[stafflist.Given] == "" {
		wrong(stafflist.Given, "Choose the column with the first name, or one with the full name.")
	}
	if m.name == "" {
		m.badName, ok = "Give this kind of list a name.", false
	}
	if len(m.name) > 80 {
		m.badName, ok = "The name is longer than 80 letters. Make it shorter.", false
	}
	profile := m.proposal.Profile(m.name)
	profile.Columns = map[stafflist.Field][]string{}
	for f, heading := range m.chosen {
		profile.Columns[f] = []string{heading}
	}
	return profile, ok
}

// freeName refuses the name of another profile, which would be lost.
func (v *visit) freeName(m *mapping, name string) (bool, error) {
	profiles, err := v.house.Staff.Profiles(v.ctx, v.org.ID)
	if err != nil {
		return false, err
	}
	for _, p := range profiles {
		if strings.EqualFold(p.Name, name) && p.Name != m.file.saved {
			m.badName = fmt.Sprintf("There is a kind of list called “%s” already. Choose another name.", p.Name)
			return false, nil
		}
	}
	return true, nil
}
