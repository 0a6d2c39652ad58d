package web

import (
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/stafflist"
)

// How staff lists are read: which heading holds which field.

type profileJSON struct {
	Name      string              `json:"name" max:"80"`
	Source    string              `json:"source,omitempty" max:"80" doc:"The system in which people correct a mistake, such as ESR."`
	Columns   map[string][]string `json:"columns" doc:"For each field the headings that it may have, the preferred first."`
	DateForms []string            `json:"date_forms" min:"1" max:"20" doc:"Tried in order: dd/MM/yyyy, yyyyMMdd, d MMM yyyy."`
	Decimal   string              `json:"decimal,omitempty" max:"1" doc:"Point or comma; either where it is left out."`
	Delimiter string              `json:"delimiter,omitempty" max:"1" doc:"Between the cells of a CSV file; found out where it is left out."`
}

func (b profileJSON) profile() (stafflist.Profile, error) {
	p := stafflist.Profile{
		Name: strings.Join(strings.Fields(b.Name), " "), Source: b.Source, Columns: map[stafflist.Field][]string{}, DateForms: b.DateForms,
		Decimal: b.Decimal, Delimiter: b.Delimiter,
	}
	for name, headings := range b.Columns {
		if !slices.Contains(stafflist.Fields(), stafflist.Field(name)) {
			return p, misread("columns."+clip(name, 40), "Use one of "+fieldNames()+".", "A staff list has no such field.")
		}
		p.Columns[stafflist.Field(name)] = headings
	}
	return p, nil
}

func fieldNames() string {
	var out []string
	for _, f := range stafflist.Fields() {
		out = append(out, string(f))
	}
	return strings.Join(out, ", ")
}

type savedProfileJSON struct {
	profileJSON
	BuiltIn bool    `json:"built_in" doc:"It came with the program and stays."`
	Saved   instant `json:"saved,omitempty"`
	SavedBy string  `json:"saved_by,omitempty" doc:"The id of a person."`
}

func profileOf(p stafflist.Profile) profileJSON {
	out := profileJSON{p.Name, p.Source, map[string][]string{}, p.DateForms, p.Decimal, p.Delimiter}
	for f, headings := range p.Columns {
		out.Columns[string(f)] = headings
	}
	return out
}

func (v *visit) apiProfiles(p pageParams) (list[savedProfileJSON], error) {
	all, err := v.house.Staff.Profiles(v.ctx, v.org.ID)
	if err != nil {
		return list[savedProfileJSON]{}, err
	}
	var out []savedProfileJSON
	for _, x := range all {
		out = append(out, savedProfileJSON{profileOf(x.Profile), x.BuiltIn, instant(x.Saved), x.SavedBy})
	}
	return pageOf(p, "profiles", out, func(x savedProfileJSON) string { return x.Name })
}

// apiSaveProfile keeps a profile under its name, in place of one of that name.
func (v *visit) apiSaveProfile(_ none, b profileJSON) (savedProfileJSON, error) {
	p, err := b.profile()
	if err != nil {
		return savedProfileJSON{}, err
	}
	if err := v.house.Staff.SaveProfile(v.ctx, v.actor.Person, v.org.ID, p); err != nil {
		return savedProfileJSON{}, err
	}
	all, err := v.house.Staff.Profiles(v.ctx, v.org.ID)
	if err != nil {
		return savedProfileJSON{}, err
	}
	for _, x := range all {
		if x.Name == p.Name {
			return savedProfileJSON{profileOf(x.Profile), x.BuiltIn, instant(x.Saved), x.SavedBy}, nil
		}
	}
	return savedProfileJSON{}, fault.Errorf(fault.NotFound, "there is no mapping profile %q", p.Name)
}

type headingsJSON struct {
	Headings []string `json:"headings" min:"1" max:"300" doc:"The first row of a list, in order."`
}

type proposalJSON struct {
	Profile   profileJSON     `json:"profile" doc:"What would be saved, without a name. It may not suffice: see missing and ambiguous."`
	Choices   []choiceJSON    `json:"choices"`
	Ambiguous []ambiguityJSON `json:"ambiguous" doc:"Fields that several columns fit equally well. None is chosen."`
	Missing   []string        `json:"missing" doc:"Fields without which no list can be read."`
	Dropped   []dropJSON      `json:"dropped" doc:"Columns that would be read past."`
}

type choiceJSON struct {
	Field      string `json:"field"`
	Heading    string `json:"heading"`
	Confidence int    `json:"confidence" doc:"Of 100."`
	Reason     string `json:"reason"`
}

type ambiguityJSON struct {
	Field    string   `json:"field"`
	Headings []string `json:"headings"`
	Reason   string   `json:"reason"`
}

// apiProposeProfile says what we make of headings that nobody has explained yet.
func (v *visit) apiProposeProfile(_ none, b headingsJSON) (proposalJSON, error) {
	p := stafflist.Propose(b.Headings)
	out := proposalJSON{Profile: profileOf(p.Profile(""))}
	for _, c := range p.Choices {
		out.Choices = append(out.Choices, choiceJSON{string(c.Field), c.Heading, c.Confidence, c.Reason})
	}
	for _, a := range p.Ambiguous {
		out.Ambiguous = append(out.Ambiguous, ambiguityJSON{string(a.Field), a.Headings, a.Reason})
	}
	for _, f := range p.Missing {
		out.Missing = append(out.Missing, string(f))
	}
	for _, d := range p.Dropped {
		out.Dropped = append(out.Dropped, dropJSON{d.Heading, d.Kind})
	}
	return out, nil
}
