package web

import (
	"strconv"
	"strings"

	"commonweal/internal/prove/published"
)

// A list is at its page's address with .csv or .json after the path. Figures in
// files have all the digits that they were published with, and each row says
// where it comes from.

// figureLine is one organisation's figure, for a program.
type figureLine struct {
	ODS          string   `json:"ods"`
	Organisation string   `json:"organisation"`
	Group        string   `json:"group,omitempty"`
	Mutual       bool     `json:"mutual"`
	Measure      string   `json:"measure"`
	Period       string   `json:"period"`
	Value        *float64 `json:"value"` // null: hidden by the publisher
	Low          *float64 `json:"likely_low,omitempty"`
	High         *float64 `json:"likely_high,omitempty"`
	Base         int      `json:"base,omitempty"`
	BaseUnit     string   `json:"base_unit,omitempty"`
}

// figureFile is a list of figures, for a program.
type figureFile struct {
	Source  string       `json:"source"`
	Figures []figureLine `json:"figures"`
}

var figureHeads = []string{"ODS code", "Organisation", "Benchmarking group", "Mutual", "Measure", "Period", "Value", "Likely from", "Likely to", "Base", "Base counts", "Source"}

func lineOf(m published.MeasureFigures, f published.Figure) figureLine {
	l := figureLine{
		ODS: f.Organisation.ODS, Organisation: f.Organisation.Name, Group: f.Organisation.Group, Mutual: published.IsMutual(f.Organisation.Group),
		Measure: m.Measure.ID, Period: string(m.Period), Value: exactJSON(f), Base: f.Base, BaseUnit: m.Measure.BaseUnit,
	}
	if f.Suppressed {
		l.Base = 0 // as on the pages: a hidden figure has no count beside it
	} else if likely, ok := published.LikelyRange(m.Measure, f.Value, f.Base); ok {
		l.Low, l.High = &likely.Low, &likely.High
	}
	return l
}

func (l figureLine) cells(source string) []string {
	mutual, base := "no", ""
	if l.Mutual {
		mutual = "yes"
	}
	if l.Base > 0 {
		base = strconv.Itoa(l.Base)
	}
	return []string{l.ODS, l.Organisation, l.Group, mutual, l.Measure, l.Period, digits(l.Value, -1), digits(l.Low, 2), digits(l.High, 2), base, l.BaseUnit, source}
}

// digits writes a figure, or nothing for one that is hidden.
func digits(v *float64, places int) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', places, 64)
}

// sendFigures answers with figures as CSV or JSON, as the end of the path says.
func (v *visit) sendFigures(name string, lists ...published.MeasureFigures) error {
	var sources [][]published.Source
	for _, m := range lists {
		sources = append(sources, m.Source)
	}
	out := figureFile{Source: licences(sources...), Figures: []figureLine{}}
	csv := newSheet(figureHeads...)
	for _, m := range lists {
		for _, f := range m.Figures {
			l := lineOf(m, f)
			out.Figures = append(out.Figures, l)
			csv.add(l.cells(licences(m.Source))...)
		}
	}
	if v.wantsJSON() {
		return v.sendJSON(name, out)
	}
	return v.sendCSV(name, csv)
}

// wantsJSON reports whether the path asks for JSON.
func (v *visit) wantsJSON() bool { return strings.HasSuffix(v.r.URL.Path, ".json") }

// evidenceMutualsFile is every organisation's figure of one measure.
func (s *Server) evidenceMutualsFile(v *visit) error {
	m, err := v.evidenceMeasure()
	if err != nil {
		return err
	}
	list, err := v.house.Published.Figures(v.ctx, m)
	if err != nil {
		return err
	}
	return v.sendFigures("staff-survey-"+string(list[0].Period)+"-"+m.Code, list[0])
}

// evidenceAbsenceFile is the year's absence of every organisation.
func (s *Server) evidenceAbsenceFile(v *visit) error {
	year, err := v.house.Published.AbsenceOverYear(v.ctx)
	if err != nil {
		return err
	}
	return v.sendFigures("absence", year)
}
