package chart

import (
	"fmt"
	"html/template"
	"math"
	"strings"
)

// Since shows a difference at each time, counted from a start: points before it and from it
// on, told apart by shape, each with its interval, and how many units stand behind each.
type Since struct {
	Frame
	Value   string // what the figures are: "Difference"
	Every   string // what a time is: "month"; "time" unless said
	Sites   string // what stands behind a point: "Sites"
	Counted bool   // how many do is known
	Thin    string // what little there is behind a point that is drawn hollow
	Points  []SincePoint

	Decimals int
}

// SincePoint is the difference so many times after the start.
type SincePoint struct {
	Times            int // below nought before the start
	Value, Low, High float64
	Ranged           bool // the interval is known
	Sites, Starts    int  // that stand behind it
	Thin             bool // it rests on too little
	Fixed            bool // nought by design: what the others are set against
}

// HTML draws the chart.
func (s Since) HTML() (template.HTML, error) {
	if err := s.check(); err != nil {
		return "", err
	}
	desc := s.describe()
	narrow, wide := s.draw(newCanvas(false)), s.draw(newCanvas(true))
	return s.figure(s.keys(), narrow.svg(s.ID+"-narrow", s.Title, desc), wide.svg(s.ID+"-wide", s.Title, desc), s.table()), nil
}

func (s Since) check() error {
	if err := s.Frame.check(); err != nil {
		return err
	}
	shown := 0
	for i, p := range s.Points {
		if i > 0 && p.Times <= s.Points[i-1].Times {
			return fmt.Errorf("chart %s: time %d comes after %d", s.ID, p.Times, s.Points[i-1].Times)
		}
		if p.Fixed {
			continue
		}
		shown++
		for _, v := range p.figures() {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("chart %s: a figure at time %d is no number", s.ID, p.Times)
			}
		}
		if p.Ranged && (p.Low > p.Value || p.High < p.Value) {
			return fmt.Errorf("chart %s: the interval at time %d from %g to %g leaves out its figure %g", s.ID, p.Times, p.Low, p.High, p.Value)
		}
		if p.Thin && s.Thin == "" {
			return fmt.Errorf("chart %s has no words for a point that rests on too little", s.ID)
		}
	}
	if shown == 0 {
		return fmt.Errorf("chart %s has nothing to show", s.ID)
	}
	return nil
}

// figures are those that the picture has of a point.
func (p SincePoint) figures() []float64 {
	if p.Ranged {
		return []float64{p.Value, p.Low, p.High}
	}
	return []float64{p.Value}
}

func (s Since) write(v float64) string { return grouped(written(v, s.Decimals, 0, "")) }

func (s Since) every() string {
	if s.Every == "" {
		return "time"
	}
	return s.Every
}

// when says a time in words: "3 months before", "Month of the start", "1 month after".
func (s Since) when(times int) string {
	size, side := times, "after"
	switch {
	case times == 0:
		return strings.ToUpper(s.every()[:1]) + s.every()[1:] + " of the start"
	case times < 0:
		size, side = -times, "before"
	}
	if size == 1 {
		return fmt.Sprintf("1 %s %s", s.every(), side)
	}
	return fmt.Sprintf("%d %ss %s", size, s.every(), side)
}

// describe says how the points lie on either side of the start, and who stands behind them.
func (s Since) describe() string {
	var sides [2]struct {
		n, off          int
		least, most     string
		lowest, highest float64
	}
	fewest, most := math.MaxInt, 0
	for _, p := range s.Points {
		if p.Fixed {
			continue
		}
		at := &sides[0]
		if p.Times >= 0 {
			at = &sides[1]
		}
		if at.n == 0 || p.Value < at.lowest {
			at.lowest, at.least = p.Value, s.write(p.Value)
		}
		if at.n == 0 || p.Value > at.highest {
			at.highest, at.most = p.Value, s.write(p.Value)
		}
		at.n++
		if p.Ranged && (p.Low > 0 || p.High < 0) {
			at.off++
		}
		fewest, most = min(fewest, p.Sites), max(most, p.Sites)
	}
	var parts []string
	for i, name := range []string{"Before the start", "From the start on"} {
		at := sides[i]
		switch at.n {
		case 0:
			parts = append(parts, name+": no point.")
		case 1:
			parts = append(parts, fmt.Sprintf("%s: 1 point, %s; %d with a range that leaves out nought.", name, at.least, at.off))
		default:
			parts = append(parts, fmt.Sprintf("%s: %d points from %s to %s; %d with a range that leaves out nought.", name, at.n, at.least, at.most, at.off))
		}
	}
	if s.Counted {
		parts = append(parts, fmt.Sprintf("%s behind a point: from %d to %d.", s.Sites, fewest, most))
	}
	return strings.Join(parts, " ")
}

func (s Since) keys() []keyEntry {
	var before, after, thin, fixed bool
	for _, p := range s.Points {
		before, after = before || p.Times < 0 && !p.Fixed, after || p.Times >= 0
		thin, fixed = thin || p.Thin, fixed || p.Fixed
	}
	var keys []keyEntry
	mark := func(show bool, wide int, inner, text string) {
		if show {
			keys = append(keys, keyEntry{fmt.Sprintf(`<svg width="%d" height="20" aria-hidden="true" focusable="false">%s</svg>`, wide, inner), text})
		}
	}
	mark(before, 30, sinceMark(SincePoint{Times: -1}, 15, 10, 5.4), "Before the start")
	mark(after, 30, sinceMark(SincePoint{}, 15, 10, 5.4), "From the start on")
	mark(thin, 30, sinceMark(SincePoint{Times: -1, Thin: true}, 8, 10, 5.4)+sinceMark(SincePoint{Thin: true}, 22, 10, 5.4), "Hollow, little behind it: "+s.Thin)
	mark(fixed, 30, sinceMark(SincePoint{Fixed: true}, 15, 10, 5.4), "What the others are set against")
	mark(true, 30, fmt.Sprintf(`<path d="M15 2v16M10 2h10M10 18h10" fill="none" stroke="%s" stroke-width="2"/>`, quiet), "Likely range (95%) of that point alone")
	mark(true, 30, fmt.Sprintf(`<path d="M1 10h28" stroke="%s" stroke-width="1.6"/>`, ink), "Nought: no more and no less than the comparison")
	return keys
}

// table has a row a point with all that the picture shows of it.
func (s Since) table() table {
	t := table{caption: s.Title, heads: []string{"Time", s.Value, "Likely from", "to"}}
	if s.Counted {
		t.heads = append(t.heads, s.Sites, "Different starts")
	}
	t.heads = append(t.heads, "What it is")
	for _, p := range s.Points {
		cells := []string{s.when(p.Times), s.write(p.Value), "not known", "not known"}
		what, behind := "from the start on", []string{fmt.Sprint(p.Sites), fmt.Sprint(p.Starts)}
		switch {
		case p.Fixed:
			cells, what, behind = []string{s.when(p.Times), "0", "", ""}, "set against, nought by design", []string{"", ""}
		case p.Times < 0:
			what = "before the start"
		}
		if p.Ranged {
			cells[2], cells[3] = s.write(p.Low), s.write(p.High)
		}
		if p.Thin {
			what += "; little behind it"
		}
		if s.Counted {
			cells = append(cells, behind...)
		}
		t.rows = append(t.rows, tableRow{cells: append(cells, what)})
	}
	return t
}
