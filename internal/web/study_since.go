package web

import (
	"fmt"
	"html/template"
	"strings"

	"commonweal/internal/prove/study"
	"commonweal/internal/web/chart"
	"commonweal/internal/web/page"
)

// studySince is what a run found at each time since the start, as a picture.
type studySince struct {
	Reads []string // what a reader must know first
	Chart template.HTML
}

// sinceMost is how many pictures a page has beside the first.
const sinceMost = 8

// sinces draws what a run found by time since the start: the primary specification on its
// own, where it has such points, and the others, of which more may be left out.
func (v *visit) sinces(one study.Study, out *study.Output) (first *studySince, others []studySince, left int, err error) {
	list, err := v.house.Studies.Since(v.ctx, one, out)
	if err != nil {
		return nil, nil, 0, err
	}
	for i, s := range list {
		if len(others) == sinceMost {
			return first, others, len(list) - i, nil
		}
		drawn, err := drawSince(one.Spec, s, i)
		if err != nil {
			return nil, nil, 0, err
		}
		if s.Primary {
			first = &drawn
		} else {
			others = append(others, drawn)
		}
	}
	return first, others, 0, nil
}

func drawSince(spec study.Spec, s study.Since, place int) (studySince, error) {
	out := studySince{Reads: s.Reads()}
	m := chart.Since{
		Frame: chart.Frame{
			ID: "since", Title: page.Begin(s.Outcome.Name) + " at each time since the start of " + spec.Treatment.Name,
			Sub: inUnit(s.Outcome.Unit) + "the difference from the comparison, asked as \u201c" + s.Specification + "\u201d", Note: s.Made(), Source: strings.TrimSuffix(spec.Data.Source, ".") + ".",
		},
		Value: "Difference", Every: s.Every, Sites: "Sites", Counted: s.Counted, Thin: "fewer than 5 sites", Decimals: s.Decimals,
	}
	if s.Starts > 1 {
		m.Thin = "one start, or fewer than 5 sites"
	}
	if place > 0 {
		m.ID = fmt.Sprintf("since-%d", place+1)
	}
	if !s.Primary { // its table needs a name of its own
		m.Note, m.Title = s.Brief(), m.Title+", asked as \u201c"+s.Specification+"\u201d"
		m.Sub = inUnit(s.Outcome.Unit) + "the difference from the comparison"
	}
	for _, p := range s.Points {
		m.Points = append(m.Points, chart.SincePoint{
			Times: p.Times, Value: float64(p.Value), Low: float64(p.Low), High: float64(p.High), Ranged: p.Low.Known() && p.High.Known(),
			Sites: p.Units, Starts: p.Starts, Thin: s.Thin(p), Fixed: p.Fixed,
		})
	}
	var err error
	out.Chart, err = m.HTML()
	return out, err
}
