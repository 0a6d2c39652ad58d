package claim

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"

	"commonweal/internal/prove/sheet"
	"commonweal/panel"
)

// Specification is one way of asking the data whether trusts with more engaged staff have
// lower mortality (SHMI), with its answer: the change of the SHMI that goes with one more
// point of engagement.
type Specification struct {
	Name     string  `json:"name"`
	Why      string  `json:"why"` // what it changes against the ones before
	Value    float64 `json:"estimate"`
	SE       float64 `json:"se"`
	P        float64 `json:"p"`
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	Rows     int     `json:"rows"`
	Clusters int     `json:"clusters"` // 0: errors of independent rows
	// AsPublished marks the specification of the paper.
	AsPublished bool `json:"as_published"`
}

// Files of the published data that the table is made of.
const (
	badgettFile = "panel/nhs_engagement_badgett_2012_2018.csv"
	shmiFile    = "NSS-2012-2019-trusts-engagement-SHMI-merged.csv"
)

// Specifications works the table out anew from a folder of published data.
func Specifications(data fs.FS) ([]Specification, error) {
	paper, err := rowsOf(data, badgettFile, "Code", "file.year")
	if err != nil {
		return nil, err
	}
	later, err := rowsOf(data, shmiFile, "Code", "Year.Index")
	if err != nil {
		return nil, err
	}
	var out []Specification
	for _, s := range []struct {
		spec Specification
		fit  func() (*panel.Fitted, string, error)
	}{
		{
			Specification{Name: "All trusts and years together", Why: "the plainest comparison; errors by trust"},
			func() (*panel.Fitted, string, error) { return later.fit(nil, panel.Clustered, "") },
		},
		{
			Specification{Name: "Within each year", Why: "takes out what moved in all trusts at once"},
			func() (*panel.Fitted, string, error) { return later.fit([]string{"time"}, panel.Clustered, "") },
		},
		{
			Specification{Name: "Last year's SHMI, weighted", Why: "as the paper has it, 2013 to 2018", AsPublished: true},
			func() (*panel.Fitted, string, error) { return paper.paper(true, panel.IID) },
		},
		{
			Specification{Name: "The same, errors by trust", Why: "a trust's years are not independent of each other"},
			func() (*panel.Fitted, string, error) { return paper.paper(true, panel.Clustered) },
		},
		{
			Specification{Name: "The same, unweighted", Why: "each trust counts once"},
			func() (*panel.Fitted, string, error) { return paper.paper(false, panel.IID) },
		},
		{
			Specification{Name: "Last year's SHMI, 2012 to 2019", Why: "all years there are; errors by trust"},
			func() (*panel.Fitted, string, error) { return later.fit(nil, panel.Clustered, "", "SHMI.before") },
		},
		{
			Specification{Name: "Within each trust and year", Why: "only a trust's own changes count"},
			func() (*panel.Fitted, string, error) { return later.fit([]string{"unit", "time"}, panel.Clustered, "") },
		},
		{
			Specification{Name: "The same, weighted by clinical answers", Why: "large trusts count for more"},
			func() (*panel.Fitted, string, error) {
				return later.fit([]string{"unit", "time"}, panel.Clustered, "clinical")
			},
		},
		{
			Specification{Name: "Last year's engagement, within trust and year", Why: "engagement comes first: the survey before"},
			func() (*panel.Fitted, string, error) { return later.lagged() },
		},
	} {
		f, term, err := s.fit()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.spec.Name, err)
		}
		e, ok := f.Of(term)
		if !ok {
			return nil, fmt.Errorf("%s: no estimate of %s", s.spec.Name, term)
		}
		s.spec.Value, s.spec.SE, s.spec.P, s.spec.Low, s.spec.High = e.Value, e.SE, e.P, e.Low, e.High
		s.spec.Rows, s.spec.Clusters = f.N, f.Clusters
		out = append(out, s.spec)
	}
	return out, nil
}

// years is a file of trusts by year.
type years struct{ panel.Rows }

func rowsOf(data fs.FS, name, unit, time string) (years, error) {
	f, err := data.Open(name)
	if err != nil {
		return years{}, fmt.Errorf("the published data are needed: %w", err)
	}
	defer func() { _ = f.Close() }()
	s, err := sheet.Read(f)
	if err != nil {
		return years{}, fmt.Errorf("%s: %w", name, err)
	}
	out := years{panel.Rows{Columns: map[string][]float64{}}}
	if out.Unit, err = s.Text(unit); err != nil {
		return years{}, fmt.Errorf("%s: %w", name, err)
	}
	if out.Time, err = s.Whole(time); err != nil {
		return years{}, fmt.Errorf("%s: %w", name, err)
	}
	for _, heading := range s.Headings {
		if heading == "" {
			continue
		}
		cells, err := s.Text(heading)
		if err != nil {
			return years{}, fmt.Errorf("%s: %w", name, err)
		}
		values := make([]float64, len(cells))
		for i, c := range cells {
			if values[i], err = strconv.ParseFloat(c, 64); err != nil {
				values[i] = math.NaN() // names and NA
			}
		}
		out.Columns[heading] = values
	}
	return out, nil
}

const (
	mortality  = "SHMI.Index"
	engagement = "Engagement.Index"
)

// fit is mortality on engagement and further columns.
func (y years) fit(effects []string, errors panel.Errors, weights string, further ...string) (*panel.Fitted, string, error) {
	columns := append([]string{mortality, engagement}, further...)
	if weights != "" {
		y.Columns[weights] = product(y.Columns["Survey.clinical.proportion"], y.Columns["Responses"])
		columns = append(columns, weights)
	}
	p, err := y.Take(columns...)
	if err != nil {
		return nil, "", err
	}
	d := panel.Design{Y: p.Column(mortality), X: [][]float64{p.Column(engagement)}, Names: []string{engagement}, Errors: errors, Cluster: p.Unit}
	for _, name := range further {
		d.X, d.Names = append(d.X, p.Column(name)), append(d.Names, name)
	}
	if weights != "" {
		d.Weights = p.Column(weights)
	}
	if slices.Contains(effects, "unit") {
		d.Effects = append(d.Effects, p.Unit)
	}
	if slices.Contains(effects, "time") {
		d.Effects = append(d.Effects, p.Time)
	}
	f, err := panel.Fit(d)
	return f, engagement, err
}

// paper is the specification of Badgett (Journal of General Internal Medicine 2020).
func (y years) paper(weighted bool, errors panel.Errors) (*panel.Fitted, string, error) {
	const y0, y1, x, share, answers = "SHMI.index", "SHMI.before", "Engagement.index", "Survey.clinical.proportion.index", "Survey.engagement.observations.index"
	rows := panel.Rows{Columns: map[string][]float64{}}
	for i, year := range y.Time { // the file's first year has no year before
		if year < 2013 || year > 2018 {
			continue
		}
		rows.Unit, rows.Time = append(rows.Unit, y.Unit[i]), append(rows.Time, year)
		for _, c := range []string{y0, y1, x, share, answers} {
			rows.Columns[c] = append(rows.Columns[c], y.Columns[c][i])
		}
	}
	rows.Columns["weight"] = product(rows.Columns[share], rows.Columns[answers])
	p, err := rows.Take(y0, y1, x, share, "weight")
	if err != nil {
		return nil, "", err
	}
	d := panel.Design{
		Y: p.Column(y0), X: [][]float64{p.Column(x), p.Column(y1), p.Column(share)}, Names: []string{x, y1, share},
		Errors: errors, Cluster: p.Unit, ByRows: true,
	}
	if weighted {
		d.Weights = p.Column("weight")
	}
	f, err := panel.Fit(d)
	return f, x, err
}

// lagged sets mortality against the engagement of the survey before: the row before of
// the same trust, among those that have both.
func (y years) lagged() (*panel.Fitted, string, error) {
	p, err := y.Take(mortality, engagement)
	if err != nil {
		return nil, "", err
	}
	before := slices.Repeat([]float64{math.NaN()}, p.Len())
	x := p.Column(engagement)
	for i := 1; i < p.Len(); i++ { // in order of trust and year
		if p.Unit[i] == p.Unit[i-1] {
			before[i] = x[i-1]
		}
	}
	rows := panel.Rows{Columns: map[string][]float64{mortality: p.Column(mortality), lag: before}}
	for i := range p.Unit {
		rows.Unit, rows.Time = append(rows.Unit, p.Units[p.Unit[i]]), append(rows.Time, p.Times[p.Time[i]])
	}
	return years{rows}.after()
}

// calendar sets mortality against the engagement of the calendar year before, and has no
// row where that is missing.
func (y years) calendar() (*panel.Fitted, string, error) {
	known := map[string]float64{}
	for i, u := range y.Unit {
		known[u+strconv.Itoa(y.Time[i])] = y.Columns[engagement][i]
	}
	before := make([]float64, len(y.Unit))
	for i, u := range y.Unit {
		v, ok := known[u+strconv.Itoa(y.Time[i]-1)]
		if before[i] = v; !ok {
			before[i] = math.NaN()
		}
	}
	rows := panel.Rows{Unit: y.Unit, Time: y.Time, Columns: map[string][]float64{mortality: y.Columns[mortality], lag: before}}
	return years{rows}.after()
}

const lag = "engagement before"

// after is mortality on earlier engagement, within trust and year.
func (y years) after() (*panel.Fitted, string, error) {
	p, err := y.Take(mortality, lag)
	if err != nil {
		return nil, "", err
	}
	f, err := panel.Fit(panel.Design{
		Y: p.Column(mortality), X: [][]float64{p.Column(lag)}, Names: []string{lag}, Errors: panel.Clustered, Cluster: p.Unit,
		Effects: [][]int{p.Unit, p.Time},
	})
	return f, lag, err
}

// ByCalendar is the last specification with the calendar year before in place of the
// survey before. They differ in two rows of one trust; see [LagNote].
func ByCalendar(data fs.FS) (Specification, error) {
	later, err := rowsOf(data, shmiFile, "Code", "Year.Index")
	if err != nil {
		return Specification{}, err
	}
	f, term, err := later.calendar()
	if err != nil {
		return Specification{}, err
	}
	e, ok := f.Of(term)
	if !ok {
		return Specification{}, fmt.Errorf("no estimate of %s", term)
	}
	return Specification{
		Name: "Last year's engagement, by the calendar", Why: "no row where that year is missing",
		Value: e.Value, SE: e.SE, P: e.P, Low: e.Low, High: e.High, Rows: f.N, Clusters: f.Clusters,
	}, nil
}

func product(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] * b[i]
	}
	return out
}
