package house

import (
	"context"
	"strconv"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/world"
	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/published"
	"commonweal/internal/prove/study"
	"commonweal/law"
)

// library gives studies the measures of the organisation, and says when figures were
// loaded.
type library struct{ house *House }

// StudyTable gives measures as a study would be locked to them: sites, times, and a column
// a measure.
func (h *House) StudyTable(ctx context.Context, org string, measures []string, unit, when string) ([]byte, error) {
	return library{h}.Table(ctx, org, measures, unit, when)
}

// studyTime is a period as studies count them: 2024, or 202404.
func studyTime(every indicator.Every, first law.Date) int {
	year, month, _ := first.Civil()
	if every == indicator.Year {
		return year
	}
	return year*100 + int(month)
}

// Table implements study.Library. Units are the organisation's own parts by name, and other
// organisations by code. The organisation itself is a unit where it has no parts: beside
// them it would count twice.
func (l library) Table(ctx context.Context, org string, measures []string, unit, when string) ([]byte, error) {
	values := map[[2]string]map[string]string{}
	var every indicator.Every
	for _, code := range measures {
		d, _, err := l.house.Indicators.One(ctx, org, code)
		if err != nil {
			return nil, err
		}
		switch {
		case d.Rolling():
			return nil, fault.Errorf(fault.Invalid, "each figure of measure %s speaks of %d %s: such figures overlap, and a study needs those of single ones", code, d.Covers, d.Every.Noun(d.Covers))
		case every != "" && d.Every != every:
			return nil, fault.Errorf(fault.Invalid, "measure %s has a figure each %s and the others each %s: a study needs one step of time", code, d.Every, every)
		}
		every = d.Every
		list, err := l.house.Indicators.Figures(ctx, org, code)
		if err != nil {
			return nil, err
		}
		parts := false
		for _, f := range list {
			_, part := f.Part()
			parts = parts || part
		}
		for _, f := range list {
			name, part := f.Part()
			if !part {
				name = f.Unit
			}
			if f.Unit == indicator.Whole {
				if parts {
					continue
				}
				name = org
			}
			at := [2]string{name, strconv.Itoa(studyTime(every, f.Period))}
			if values[at] == nil {
				values[at] = map[string]string{}
			}
			values[at][code] = strconv.FormatFloat(f.Value, 'f', -1, 64)
		}
	}
	if len(values) == 0 {
		return nil, fault.Errorf(fault.Invalid, "the measures have no figures yet")
	}
	return study.Table(unit, when, measures, values), nil
}

// Loaded implements study.Library. Measures that other rooms work out each time were never
// loaded.
func (l library) Loaded(ctx context.Context, org string, measures []string, w study.Window) (first study.Load, err error) {
	for _, code := range measures {
		d, _, err := l.house.Indicators.One(ctx, org, code)
		if err != nil {
			return first, err
		}
		if !d.Own() {
			if first, err = l.published(ctx, first, func(i published.Import) bool { return holds(i, code, w) }); err != nil {
				return first, err
			}
			continue
		}
		list, err := l.house.Indicators.History(ctx, org, code)
		if err != nil {
			return first, err
		}
		in := map[string]bool{}
		for _, f := range list {
			if t := studyTime(d.Every, f.Period); t >= w.From && t <= w.To {
				in[f.Import] = true
			}
		}
		imports, err := l.house.Indicators.Imports(ctx, org, code)
		if err != nil {
			return first, err
		}
		for _, i := range imports {
			if in[i.ID] {
				if first, err = earlier(first, i.ID, i.Imported); err != nil {
					return first, err
				}
			}
		}
	}
	return first, nil
}

// publishedAs says in which kind of file measures come, by how their codes begin.
var publishedAs = map[string]published.Format{
	"nhs-absence": "absence", "nhs-mortality": "shmi", "nhs-leavers": "leavers", "nhs-within-four-hours": "attendance",
	"nhs-friends-": "friends", "nhs-pulse-": "pulse", "nhs-rating-": "ratings", "nss-": published.FormatSurveyOrganisations,
}

// holds reports whether a published file has figures of a measure. Of surveys by year the
// window decides; of the others each file counts, for it holds many times.
func holds(i published.Import, measure string, w study.Window) bool {
	for beginning, format := range publishedAs {
		if !strings.HasPrefix(measure, beginning) {
			continue
		}
		if format != published.FormatSurveyOrganisations {
			return i.Format == format
		}
		return (i.Format == format || i.Format == published.FormatCarried) && (i.Source.Year == 0 || i.Source.Year >= w.From && i.Source.Year <= w.To)
	}
	return false
}

// Covers implements study.Library.
func (l library) Covers(ctx context.Context, org, measure string) (int, error) {
	d, _, err := l.house.Indicators.One(ctx, org, measure)
	return d.Covers, err
}

// LoadedFile implements study.Library.
func (l library) LoadedFile(ctx context.Context, org, sha256 string) (first study.Load, err error) {
	all, err := l.house.Indicators.List(ctx, org)
	if err != nil {
		return first, err
	}
	for _, d := range all {
		if !d.Own() {
			continue
		}
		imports, err := l.house.Indicators.Imports(ctx, org, d.Code)
		if err != nil {
			return first, err
		}
		for _, i := range imports {
			if i.SHA256 == sha256 {
				if first, err = earlier(first, i.ID, i.Imported); err != nil {
					return first, err
				}
			}
		}
	}
	return l.published(ctx, first, func(i published.Import) bool { return i.Source.SHA256 == sha256 })
}

func (l library) published(ctx context.Context, first study.Load, which func(published.Import) bool) (study.Load, error) {
	list, err := l.house.Published.Imports(ctx)
	if err != nil {
		return first, err
	}
	for _, i := range list {
		if which(i) {
			if first, err = earlier(first, i.ID, i.Imported); err != nil {
				return first, err
			}
		}
	}
	return first, nil
}

// earlier is the earlier of two loads: ids rise with time.
func earlier(a study.Load, id, at string) (study.Load, error) {
	if a.ID != "" && a.ID < id {
		return a, nil
	}
	moment, err := time.Parse(world.TimeFormat, at)
	return study.Load{ID: id, Day: law.Today(moment)}, err
}
