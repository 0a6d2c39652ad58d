package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"

	"commonweal/internal/prove/published"
)

// readIfKnown reads the file at path into c and passes over files that the table is not
// made of.
func readIfKnown(ctx context.Context, path string, c *collector) (err error) {
	f, closer, err := published.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closer.Close()) }()
	switch format, err := published.Detect(f); {
	case errors.Is(err, published.ErrUnknown):
		return nil
	case err != nil:
		return err
	case !slices.Contains(madeOf, format):
		return nil
	}
	_, err = published.Read(ctx, f, c)
	return err
}

var madeOf = []published.Format{published.FormatSurveyNational, published.FormatSurveyOrganisations, published.FormatAbsence, published.FormatDirectory}

// collector is a published.Sink that keeps what the table needs.
type collector struct {
	survey     map[string]published.Organisation // in the survey, and England
	regions    map[string]string
	scores     map[string]map[string]published.Value // organisation, code
	codes      map[string]string                     // measure to code
	days       map[string]map[published.Period]*published.MonthAbsence
	rejections []published.Rejection
}

func newCollector() *collector {
	c := &collector{
		survey: map[string]published.Organisation{}, regions: map[string]string{},
		scores: map[string]map[string]published.Value{}, codes: map[string]string{},
		days: map[string]map[published.Period]*published.MonthAbsence{},
	}
	for _, code := range published.CarriedScores() {
		m, _ := published.ScoreOf(code)
		c.codes[m.ID] = code
	}
	return c
}

// The table is of one survey and one year; another year's file is a mistake.
func (c *collector) Source(s published.Source) error {
	if s.Year != 0 && s.Year != 2024 {
		return fmt.Errorf("the file is of %d and the table of 2024", s.Year)
	}
	return nil
}

func (c *collector) Organisation(o published.Organisation) error {
	if o.Scope == published.ScopeEngland || o.Group != "" {
		c.survey[o.ODS] = o
	}
	// The survey gives no region to a mutual; the absence file does.
	if o.Region != "" && c.regions[o.ODS] == "" {
		c.regions[o.ODS] = o.Region
	}
	return nil
}

func (c *collector) Measure(published.Measure) error { return nil }

func (c *collector) Value(v published.Value) error {
	if code, ok := c.codes[v.Measure]; ok {
		if c.scores[v.ODS] == nil {
			c.scores[v.ODS] = map[string]published.Value{}
		}
		c.scores[v.ODS][code] = v
		return nil
	}
	switch v.Measure {
	case published.AbsenceLost.ID:
		c.add(v.ODS, v.Period, v.Value, 0)
		c.add(published.England, v.Period, v.Value, 0)
	case published.AbsenceAvailable.ID:
		c.add(v.ODS, v.Period, 0, v.Value)
		c.add(published.England, v.Period, 0, v.Value)
	}
	return nil
}

func (c *collector) add(ods string, p published.Period, lost, available float64) {
	if c.days[ods] == nil {
		c.days[ods] = map[published.Period]*published.MonthAbsence{}
	}
	if c.days[ods][p] == nil {
		c.days[ods][p] = &published.MonthAbsence{Period: p}
	}
	c.days[ods][p].Lost += lost
	c.days[ods][p].Available += available
}

func (c *collector) Reject(r published.Rejection) error {
	c.rejections = append(c.rejections, r)
	return nil
}

// facts puts the table together, England first, then by ODS code. Published
// files with rejections are not carried over: the table must be the files.
func (c *collector) facts() ([]published.Fact, error) {
	if len(c.rejections) > 0 {
		return nil, fmt.Errorf("%d parts of the files do not fit, the first: %s", len(c.rejections), c.rejections[0])
	}
	if _, ok := c.survey[published.England]; !ok || len(c.survey) < 2 || len(c.days) == 0 {
		return nil, fmt.Errorf("both survey workbooks and the absence file are needed")
	}
	var out []published.Fact
	for ods, o := range c.survey {
		if c.scores[ods] == nil {
			continue // in the directory only
		}
		o.Region = c.regions[ods]
		f := published.Fact{Organisation: o, Scores: c.scores[ods]}
		var months []published.MonthAbsence
		for _, m := range c.days[ods] {
			months = append(months, *m)
		}
		// Map order would change the last digit of a sum.
		sort.Slice(months, func(i, j int) bool { return months[i].Period < months[j].Period })
		if year, ok := published.OverYear(months); ok {
			f.Absence = year
		}
		out = append(out, f)
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i].Organisation, out[j].Organisation
		if (a.ODS == published.England) != (b.ODS == published.England) {
			return a.ODS == published.England
		}
		return a.ODS < b.ODS
	})
	return out, nil
}
