package house

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"commonweal/internal/listen/action"
	"commonweal/internal/listen/wave"
	"commonweal/internal/prove/indicator"
	"commonweal/law"
	"commonweal/spc"
)

// surveyed gives the scores of released surveys as measures: of an annual survey by year,
// of a pulse by quarter. What a release does not show is no figure here either.
type surveyed struct{ house *House }

func surveyCode(kind wave.Kind, score string) string {
	return "survey-" + string(kind) + "-" + strings.ToLower(strings.ReplaceAll(score, "_", "-"))
}

// Measures implements indicator.Source.
func (s surveyed) Measures(ctx context.Context, org string) ([]indicator.Definition, error) {
	all, err := s.house.Waves.List(ctx, org)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var out []indicator.Definition
	for _, w := range all {
		if len(w.Releases) == 0 {
			continue
		}
		for _, score := range w.Instrument.Scores {
			code := surveyCode(w.Kind, score.ID)
			if seen[code] {
				continue
			}
			seen[code] = true
			every := indicator.Year
			if w.Kind == wave.Pulse {
				every = indicator.Quarter
			}
			out = append(out, indicator.Definition{
				Code: code, N: 1, Name: score.Label.In("en") + ", our " + w.Kind.Words(), About: "The score of all who answered, as it was released. Small teams are not shown apart.",
				Decimals: 2, Direction: spc.Up, Kind: indicator.Value, Source: "Our own surveys, as released", Every: every, Covers: 1, Starts: law.NewDate(2000, time.January, 1),
			})
		}
	}
	return out, nil
}

// Figures implements indicator.Source. Of two surveys of one kind in one period the one
// that opened later stands, and its figure says what the other said.
func (s surveyed) Figures(ctx context.Context, org, code string) ([]indicator.Figure, error) {
	all, err := s.house.Waves.List(ctx, org)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b wave.Wave) int { return cmp.Or(a.Opens.Compare(b.Opens), cmp.Compare(a.Code, b.Code)) })
	var out []scored
	for _, w := range all {
		if len(w.Releases) == 0 {
			continue
		}
		for _, score := range w.Instrument.Scores {
			if surveyCode(w.Kind, score.ID) != code {
				continue
			}
			f, err := releases(s).figure(ctx, w, action.Finding{About: action.Score, ID: score.ID})
			if err != nil {
				return nil, err
			}
			if f.Shown {
				out = append(out, scored{survey: w.Title, period: surveyPeriod(w), value: f.Value, text: f.Text()})
			}
		}
	}
	return standing(out), nil
}

// scored is what one survey said.
type scored struct {
	survey string
	period law.Date
	value  float64
	text   string
}

// surveyPeriod is the first day of the period that a survey speaks of.
func surveyPeriod(w wave.Wave) law.Date {
	if w.Kind == wave.Annual {
		return yearOf(w.Opens)
	}
	return quarterOf(w.Opens)
}

// standing takes the last survey of each period, the surveys being in order. A figure that
// took the place of another says so: two in one period are two chances to look better.
func standing(list []scored) []indicator.Figure {
	by := map[law.Date]indicator.Figure{}
	earlier := map[law.Date][]string{}
	for _, s := range list {
		f := indicator.Figure{Period: s.period, Value: s.value}
		if said := earlier[s.period]; len(said) > 0 {
			f.Note = fmt.Sprintf("There was more than one survey in this time. This is %s. Before it: %s.", s.survey, strings.Join(said, "; "))
		}
		by[s.period] = f
		earlier[s.period] = append(earlier[s.period], s.survey+" said "+s.text)
	}
	return inOrder(by)
}
