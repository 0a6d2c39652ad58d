package published

import "fmt"

// row reads one row of figures. rowsOf remembers in which row of the sheet a
// code stood first.
func (s *survey) row(rows *sheetRows, l layout, cells []string, rowsOf map[string]int) error {
	refuse := func(field, reason, remedy string) error {
		return s.out.reject(Rejection{Sheet: rows.sheet, Row: rows.row, Field: field, Reason: reason, Remedy: remedy})
	}
	at := func(head string) string {
		if i, ok := l.lead[head]; ok && i < len(cells) {
			return clean(cells[i])
		}
		return ""
	}
	var o Organisation
	var field, reason string
	if s.format == FormatSurveyNational {
		o, field, reason = nationalRow(at)
	} else {
		o, field, reason = organisationRow(at)
	}
	if reason != "" {
		return refuse(field, reason, "The whole row is left out.")
	}
	if first, twice := rowsOf[o.ODS]; twice {
		return refuse("", fmt.Sprintf("%s stands already in row %d.", o.who(), first), "Only the first is read.")
	}
	rowsOf[o.ODS] = rows.row

	before, known := s.known[o.ODS]
	switch {
	case !known:
		s.known[o.ODS] = o
		if err := s.out.organisation(o); err != nil {
			return err
		}
	case before.Group != o.Group:
		return refuse("Benchmarking group", fmt.Sprintf("%s is in group %s here and in %s on an earlier sheet.", o.who(), quote(o.Group), quote(before.Group)),
			"The whole row is left out.")
	}
	for _, b := range l.blocks {
		if err := s.block(rows, b, cells, o); err != nil {
			return err
		}
	}
	return nil
}

func organisationRow(at func(string) string) (o Organisation, field, reason string) {
	o = Organisation{
		ODS: at("ODS code"), Name: at("Organisation name"), Scope: ScopeOrganisation, Group: at("Benchmarking group"),
		Region: dashless(at("Region")), ICS: dashless(at("ICS")), Weighting: at("Weighting"),
	}
	switch {
	case !ValidODS(o.ODS):
		return o, "ODS code", fmt.Sprintf("%s is not an ODS code.", quote(o.ODS))
	case o.Name == "":
		return o, "Organisation name", fmt.Sprintf("%s has no name.", o.ODS)
	case dashless(o.Group) == "":
		return o, "Benchmarking group", fmt.Sprintf("%s has no benchmarking group.", o.ODS)
	}
	return o, "", ""
}

func nationalRow(at func(string) string) (o Organisation, field, reason string) {
	base, breakdown, part := at("Base"), at("Breakdown"), at("Breakdown subgroup")
	switch {
	case base != "National":
		return o, "Base", fmt.Sprintf("%s is not National.", quote(base))
	case (breakdown == "") != (part == ""):
		return o, "Breakdown", "A breakdown needs both its name and its subgroup."
	case breakdown == "":
		return Organisation{ODS: England, Name: "England", Scope: ScopeEngland, Weighting: at("Weighting")}, "", ""
	case slug(breakdown) == "" || slug(part) == "":
		return o, "Breakdown", fmt.Sprintf("%s is not the name of a breakdown.", quote(breakdown+", "+part))
	}
	return Organisation{
		ODS:  England + "/" + slug(breakdown) + "/" + slug(part),
		Name: part, Scope: ScopeBreakdown, Breakdown: breakdown, Part: part, Weighting: at("Weighting"),
	}, "", ""
}

// block reads the figures of one question in one row.
//
// A figure without a base is left out: nobody could say how sure it is. A
// hidden figure is kept as hidden whether its base is shown or not.
func (s *survey) block(rows *sheetRows, b block, cells []string, o Organisation) error {
	refuse := func(field, reason string) error {
		return s.out.reject(Rejection{Sheet: rows.sheet, Row: rows.row, Field: field, Reason: o.who() + ": " + reason, Remedy: "It is left out."})
	}
	cell := func(i int) string {
		if i < len(cells) {
			return clean(cells[i])
		}
		return ""
	}
	baseCell := cell(b.base)
	base, baseOK := count(baseCell)
	if !baseOK && baseCell != "-" && baseCell != "" {
		return refuse(b.baseAt, fmt.Sprintf("%s is not a number of answers.", quote(baseCell)))
	}
	for _, c := range b.columns {
		text := cell(c.at)
		v := Value{ODS: o.ODS, Measure: c.measure.ID, Period: Year(s.year), Base: base}
		var err error
		switch figure, ok := number(text); {
		case text == "-":
			v.Suppressed = true
			err = s.out.value(v)
		case text == "":
			err = refuse(c.heading, "the cell is empty.")
		case !ok:
			err = refuse(c.heading, fmt.Sprintf("%s is not a number.", quote(text)))
		case !baseOK || base == 0:
			err = refuse(c.heading, "there is a figure but no number of answers.")
		case figure < c.measure.Low || figure > c.measure.High+rounding:
			err = refuse(c.heading, fmt.Sprintf("%s is not between %g and %g.", quote(text), c.measure.Low, c.measure.High))
		default:
			v.Value = figure
			err = s.out.value(v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// rounding is how far over 100 a percentage may stand because the publisher
// added binary fractions.
const rounding = 1e-9

// who names a row in a rejection.
func (o Organisation) who() string {
	if o.Scope == ScopeBreakdown {
		return o.Breakdown + ", " + o.Part
	}
	return o.ODS
}

// dashless reads the "-" that stands for "does not apply" as nothing.
func dashless(s string) string {
	if s == "-" {
		return ""
	}
	return s
}
