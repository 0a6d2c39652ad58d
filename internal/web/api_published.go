package web

import (
	"bytes"

	"commonweal/internal/prove/published"
	"commonweal/internal/web/page"
)

type publishedOrganisationJSON struct {
	ODS      string   `json:"ods"`
	Name     string   `json:"name"`
	Group    string   `json:"group,omitempty" doc:"The benchmarking group of the staff survey, as published."`
	Mutual   bool     `json:"mutual" doc:"One of the staff-led mutuals that came out of the NHS."`
	Type     string   `json:"type,omitempty"`
	Region   string   `json:"region,omitempty"`
	ICS      string   `json:"ics,omitempty" doc:"Integrated care system."`
	Survey   bool     `json:"survey" doc:"It is in the staff survey."`
	Absence  bool     `json:"absence" doc:"It is in the absence figures."`
	Merged   string   `json:"merged,omitempty" doc:"The day of its last merger."`
	AltNames []string `json:"other_names"`
}

type publishedOrganisationsParams struct {
	pageParams
	Search string `query:"search" max:"200" doc:"Part of a name, a former name or a code."`
	Group  string `query:"group" max:"200" doc:"Only this benchmarking group, as published."`
}

func (v *visit) apiPublishedOrganisations(p publishedOrganisationsParams) (list[publishedOrganisationJSON], error) {
	all, err := v.house.Published.Organisations(v.ctx, published.Search{Text: p.Search, Group: p.Group})
	if err != nil {
		return list[publishedOrganisationJSON]{}, err
	}
	var out []publishedOrganisationJSON
	for _, o := range all {
		out = append(out, publishedOrganisationOf(o))
	}
	return pageOf(p.pageParams, "published-organisations", out, func(o publishedOrganisationJSON) string { return o.ODS })
}

func publishedOrganisationOf(o published.Listed) publishedOrganisationJSON {
	return publishedOrganisationJSON{
		ODS: o.ODS, Name: o.Name, Group: o.Group, Mutual: published.IsMutual(o.Group), Type: o.Type, Region: o.Region, ICS: o.ICS,
		Survey: o.Survey, Absence: o.Absence, Merged: o.Merged, AltNames: o.AltNames,
	}
}

type odsParams struct {
	ODS string `path:"ods" max:"10" doc:"The ODS code, which may be that of an organisation that was merged into it."`
}

func (v *visit) apiPublishedOrganisation(p odsParams) (publishedOrganisationJSON, error) {
	o, err := v.house.Published.OrganisationByODS(v.ctx, p.ODS)
	return publishedOrganisationOf(o), err
}

type measureJSON struct {
	ID        string                `json:"id"`
	Label     string                `json:"label"`
	Unit      string                `json:"unit"`
	Low       float64               `json:"low"`
	High      float64               `json:"high"`
	Direction published.Direction   `json:"direction" doc:"Which way is better, where there is a better."`
	Kind      published.MeasureKind `json:"kind"`
	BaseUnit  string                `json:"base_unit,omitempty" doc:"What base of a figure counts."`
}

func measureOf(m published.Measure) measureJSON {
	return measureJSON{m.ID, m.Label, m.Unit, m.Low, m.High, m.Direction, m.Kind, m.BaseUnit}
}

func (v *visit) apiMeasures(p pageParams) (list[measureJSON], error) {
	out := []measureJSON{measureOf(published.AbsenceYear)}
	for _, m := range published.Scores() {
		out = append(out, measureOf(m))
	}
	return pageOf(p, "measures", out, func(m measureJSON) string { return m.ID })
}

type figuresParams struct {
	pageParams
	Measure string `path:"measure" max:"100" doc:"The id of the measure: nss.E, absence.year."`
	ODS     string `query:"ods" max:"10" doc:"Only the figure of this organisation."`
}

type figureJSON struct {
	ODS        string   `json:"ods"`
	Name       string   `json:"name"`
	Group      string   `json:"group,omitempty"`
	Value      *float64 `json:"value,omitempty" doc:"Left out where the publisher hid it."`
	Base       int      `json:"base,omitempty" doc:"How many answers are behind it, or what base_unit of the measure says."`
	Suppressed bool     `json:"suppressed" doc:"The publisher hid it to protect the people in it."`
}

type sourceJSON struct {
	Name      string `json:"name"`
	Publisher string `json:"publisher"`
	Licence   string `json:"licence" doc:"The line to print beside the figures."`
	FileName  string `json:"file_name"`
	SHA256    string `json:"sha256"`
}

type figuresJSON struct {
	Measure measureJSON  `json:"measure"`
	Period  string       `json:"period" doc:"2024, 2024-04, or from one month to another; empty where nothing is published."`
	Sources []sourceJSON `json:"sources"`
	Items   []figureJSON `json:"items"`
	Next    string       `json:"next,omitempty" doc:"The cursor of the next page. It is left out on the last one."`
}

func (v *visit) apiFigures(p figuresParams) (figuresJSON, error) {
	found, err := v.figures(p.Measure)
	if err != nil {
		return figuresJSON{}, err
	}
	out := figuresJSON{Measure: measureOf(found.Measure), Period: string(found.Period)}
	for _, s := range found.Source {
		out.Sources = append(out.Sources, sourceJSON{s.Name, s.Publisher, s.Licence, s.FileName, s.SHA256})
	}
	var items []figureJSON
	for _, f := range found.Figures {
		if p.ODS != "" && f.Organisation.ODS != p.ODS {
			continue
		}
		x := figureJSON{ODS: f.Organisation.ODS, Name: f.Organisation.Name, Group: f.Organisation.Group, Base: f.Base, Suppressed: f.Suppressed}
		if !f.Suppressed {
			x.Value = &f.Value
		}
		items = append(items, x)
	}
	part, err := pageOf(p.pageParams, "figures-"+p.Measure, items, func(f figureJSON) string { return f.ODS })
	out.Items, out.Next = part.Items, part.Next
	return out, err
}

func (v *visit) figures(id string) (published.MeasureFigures, error) {
	if id == published.AbsenceYear.ID {
		return v.house.Published.AbsenceOverYear(v.ctx)
	}
	m, err := v.house.Published.MeasureOf(v.ctx, id)
	if err != nil {
		return published.MeasureFigures{}, err
	}
	found, err := v.house.Published.Figures(v.ctx, m)
	if err != nil || len(found) == 0 {
		return published.MeasureFigures{Measure: m}, err
	}
	return found[0], nil
}

type publishedImportJSON struct {
	ID         uuid             `json:"id"`
	Format     published.Format `json:"format"`
	Source     sourceJSON       `json:"source"`
	Values     int              `json:"values" doc:"Figures read, without the hidden ones."`
	Hidden     int              `json:"hidden" doc:"Figures that the publisher hid."`
	Rejected   int              `json:"rejected"`
	Kept       int              `json:"kept" doc:"Figures still in force."`
	Imported   instant          `json:"imported"`
	Entry      int64            `json:"entry" doc:"Its number in the record."`
	ReplacedBy string           `json:"replaced_by,omitempty" doc:"The import that took the last of its figures."`
}

func publishedImportOf(i published.Import) publishedImportJSON {
	return publishedImportJSON{
		ID: uuid(i.ID), Format: i.Format, Source: sourceJSON{i.Source.Name, i.Source.Publisher, i.Source.Licence, i.Source.FileName, i.Source.SHA256},
		Values: i.Values, Hidden: i.Hidden, Rejected: i.Rejected, Kept: i.Kept, Imported: instant(i.Imported), Entry: i.Entry, ReplacedBy: i.ReplacedBy,
	}
}

func (v *visit) apiPublishedImports(p pageParams) (list[publishedImportJSON], error) {
	all, err := v.house.Published.Imports(v.ctx)
	if err != nil {
		return list[publishedImportJSON]{}, err
	}
	var out []publishedImportJSON
	for _, i := range all {
		out = append(out, publishedImportOf(i))
	}
	return pageOf(p, "published-imports", out, func(i publishedImportJSON) string { return string(i.Imported) + " " + string(i.ID) })
}

// publishedFigureFile is what published figures come as.
var publishedFigureFile = upload{
	media: []string{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.ms-excel.sheet.macroEnabled.12", "text/csv", "application/octet-stream"},
	limit: published.MaxFile,
	about: "A file as it was published: a workbook or CSV of the staff survey, absence, the pulse survey, mortality, friends and family, leavers, ratings, attendances or the directory. Its kind is found out from its content.",
}

type publishedFileParams struct {
	FileName string `query:"file_name" max:"200" doc:"The name to keep with the figures."`
	DryRun   bool   `query:"dry_run" default:"false" doc:"Say what would be kept and what does not fit, and keep nothing."`
}

type publishedOutcomeJSON struct {
	Import     *publishedImportJSON `json:"import,omitempty" doc:"What was kept. Left out of a dry run."`
	Found      publishedFoundJSON   `json:"found"`
	Unchanged  bool                 `json:"unchanged" doc:"The figures of this very file are in force already, so nothing was done, or would be."`
	Rejections []rejectionJSON      `json:"rejections" doc:"What does not fit. The rest goes in."`
}

// publishedFoundJSON is what reading a file found, whether it was kept or not.
type publishedFoundJSON struct {
	Format        published.Format `json:"format"`
	Name          string           `json:"name" doc:"What the publisher calls it."`
	Rows          int              `json:"rows" doc:"Rows of figures, blank ones apart."`
	Passed        int              `json:"passed" doc:"Rows passed over because they are not of one organisation as a whole, as totals."`
	Organisations int              `json:"organisations"`
	Values        int              `json:"values" doc:"Figures, without the hidden ones."`
	Hidden        int              `json:"hidden" doc:"Figures that the publisher hid."`
	Rejected      int              `json:"rejected"`
}

type rejectionJSON struct {
	Sheet  string `json:"sheet,omitempty"`
	Row    int    `json:"row,omitempty"`
	Field  string `json:"field,omitempty"`
	Reason string `json:"reason"`
	Remedy string `json:"remedy,omitempty"`
}

func (v *visit) apiPublishedImport(p publishedFileParams, file []byte) (publishedOutcomeJSON, error) {
	f := published.File{Name: fileName(p.FileName), Content: bytes.NewReader(file), Size: int64(len(file))}
	// Read to the end before anything is kept: whatever is wrong now is wrong
	// with the file and not with us.
	report, rejections, err := v.house.Published.Try(v.ctx, f)
	if err != nil {
		return publishedOutcomeJSON{}, misread("", "Send a file as it was published.", "%s", page.Begin(clip(err.Error(), 300))+".")
	}
	out := publishedOutcomeJSON{Found: publishedFoundJSON{
		Format: report.Format, Name: report.Source.Name, Rows: report.Rows, Passed: report.Passed, Organisations: report.Organisations,
		Values: report.Values, Hidden: report.Suppressed, Rejected: report.Rejected,
	}}
	if p.DryRun {
		before, had, err := v.house.Published.Had(v.ctx, f)
		if err != nil {
			return publishedOutcomeJSON{}, err
		}
		out.Unchanged = had && before.InForce() && before.Kept == before.Values+before.Hidden
	} else {
		kept, err := v.house.Published.Import(v.ctx, v.actor.Person, v.org.ID, f, nil)
		if err != nil {
			return publishedOutcomeJSON{}, err
		}
		one := publishedImportOf(kept.Import)
		out.Import, out.Unchanged, rejections = &one, kept.Unchanged, kept.Rejections
	}
	for _, r := range rejections {
		out.Rejections = append(out.Rejections, rejectionJSON{r.Sheet, r.Row, r.Field, r.Reason, r.Remedy})
	}
	return out, nil
}
