package web

import (
	"html/template"

	"commonweal/internal/prove/published"
	"commonweal/internal/web/chart"
)

// absencePart is one organisation's absence on its page.
type absencePart struct {
	Sentence string
	Chart    template.HTML
	Without  string // why there is no chart
}

// absencePart joins the absence figures to an organisation by its ODS code.
func (v *visit) absencePart(o published.Listed, r published.AbsenceRecord, year published.MeasureFigures) (absencePart, error) {
	var p absencePart
	own, known := year.Of(o.ODS)
	if !known {
		p.Without = "No sickness absence is published under the code " + o.ODS + "."
		return p, nil
	}
	whole := year
	whole.Figures = published.FullYears(year.Figures)
	if _, in := whole.Of(o.ODS); !in {
		whole.Figures = append(whole.Figures, own)
	}
	c, err := published.Compare(published.AbsenceYear, whole.Figures, o.ODS)
	if err != nil {
		return p, err
	}
	p.Sentence = "From " + year.Period.String() + ", " + c.Sentence()
	days, known := r.Of(o.ODS)
	if !known || len(r.Months) < 2 {
		p.Without = "The months are not here: only the year’s rate is carried with this program. The monthly file brings them."
		return p, nil
	}
	p.Chart, err = v.absenceChart(o, r, days)
	return p, err
}

func (v *visit) absenceChart(o published.Listed, r published.AbsenceRecord, days []published.MonthAbsence) (template.HTML, error) {
	m := chart.Months{
		Frame: chart.Frame{
			ID: "absence", Title: "Sickness absence by month", Sub: "Days lost in a hundred days that staff were due to work",
			Note: "England is every organisation in the file, days added up.", Source: licences(r.Source),
		},
		Unit: "%", Decimals: 1,
	}
	own := chart.Line{Label: o.ShortName(), Kind: chart.LineOurs}
	england := chart.Line{Label: "England", Kind: chart.LineWhole}
	all, _ := r.Of(published.England)
	for n, p := range r.Months {
		m.Months = append(m.Months, p.Short())
		own.Points = append(own.Points, point(days[n].Rate()))
		england.Points = append(england.Points, point(all[n].Rate()))
	}
	m.Lines = []chart.Line{own}
	if g, _ := published.GroupNamed(o.Group); o.Survey {
		middle := chart.Line{Label: "Middle of " + g.Many, Kind: chart.LineGroup}
		size := 0
		rates, known := r.Middle(o.Group)
		for n := range rates {
			middle.Points = append(middle.Points, chart.Point{Value: rates[n], Known: known[n]})
		}
		for ods, l := range r.Organisations {
			if _, in := r.Of(ods); in && l.Survey && l.Group == o.Group {
				size++
			}
		}
		if size > 1 {
			m.Lines = append(m.Lines, middle)
		}
	}
	m.Lines = append(m.Lines, england)
	return m.HTML()
}

func point(v float64, known bool) chart.Point { return chart.Point{Value: v, Known: known} }
