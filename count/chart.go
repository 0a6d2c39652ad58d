package count

import (
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
)

// Colours of the chart and their contrast on white. Elected and excluded differ by
// a mark as well.
const (
	chartInk     = "#212b32" // 14.4
	chartQuiet   = "#4c6272" // 6.4
	chartBar     = "#a9bac4" // not relied on
	chartElected = "#8c2a56" // 8.1
)

// Sizes of the chart in pixels.
const (
	chartNames  = 208 // the column of names
	chartStage  = 112 // a column for each stage
	chartRow    = 34
	chartHead   = 56
	chartMargin = 8
	chartKey    = 36
)

// WriteSVG draws the stage chart: a row a candidate, a column a stage, a bar as
// long as the votes, and a line at the quota. It stands alone, holds no script and
// no style element, and says in its title and description what it shows. Equal
// results give equal bytes.
func (r *Result) WriteSVG(w io.Writer) error {
	var out strings.Builder
	width := chartNames + chartStage*len(r.Stages) + chartMargin
	height := chartHead + chartRow*len(r.Candidates) + chartKey
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="count-title count-desc" viewBox="0 0 %d %d" width="%d" height="%d" font-family="Arial, sans-serif" font-size="14" fill="%s">`+"\n",
		width, height, width, height, chartInk)
	title := r.Title
	if title == "" {
		title = "Election"
	}
	fmt.Fprintf(&out, "<title id=\"count-title\">%s: votes at each stage of the count</title>\n", html.EscapeString(title))
	fmt.Fprintf(&out, "<desc id=\"count-desc\">%s</desc>\n", html.EscapeString(r.describe()))
	fmt.Fprintf(&out, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", width, height)
	full := r.longestBar()
	for i := range r.Stages {
		r.drawStage(&out, i, full)
	}
	for c := range r.Candidates {
		fmt.Fprintf(&out, `<text x="%d" y="%d">%s</text>`+"\n", chartMargin, chartHead+chartRow*c+22, html.EscapeString(shortName(r.numbered(c+1))))
	}
	fmt.Fprintf(&out, `<text x="%d" y="%d" font-size="12" fill="%s">%s</text>`+"\n", chartMargin, height-chartMargin-4, chartQuiet, r.chartKey())
	out.WriteString("</svg>\n")
	_, err := io.WriteString(w, out.String())
	return err
}

// describe is the chart in a few sentences.
func (r *Result) describe() string {
	text := fmt.Sprintf("%s, %s. ", many(int64(len(r.Candidates)), "candidate"), many(int64(len(r.Stages)), "stage"))
	if r.Rule.Method != Highest && len(r.Stages) > 0 {
		text += fmt.Sprintf("The quota at the end is %s votes. ", grouped(r.Quota))
	}
	return text + "Elected, in this order: " + r.names(r.Elected) + "."
}

// chartKey explains the marks.
func (r *Result) chartKey() string {
	if r.Rule.Method == Highest {
		return "\u2605 elected"
	}
	return "\u2605 elected   \u00d7 excluded   dashed line: the quota"
}

// longestBar is the number of units that fills a column.
func (r *Result) longestBar() int64 {
	full := int64(1)
	for _, s := range r.Stages {
		for _, a := range s.Totals {
			full = max(full, a.Units)
		}
	}
	return full
}

func (r *Result) drawStage(out *strings.Builder, i int, full int64) {
	s := r.Stages[i]
	left := chartNames + chartStage*i
	head, what, _ := strings.Cut(r.short(i), " ")
	fmt.Fprintf(out, `<text x="%d" y="20" font-weight="600">%s</text><text x="%d" y="40" fill="%s" font-size="12">%s</text>`+"\n",
		left, head, left, chartQuiet, html.EscapeString(what))
	for c, total := range s.Totals {
		if r.silent(i, c) {
			continue
		}
		top := chartHead + chartRow*c
		mark, colour := "", chartBar
		switch {
		case r.electedBy(i, c+1):
			mark, colour = " \u2605", chartElected
		case slices.Contains(s.Excluded, c+1):
			mark = " \u00d7"
		}
		fmt.Fprintf(out, `<rect x="%d" y="%d" width="%d" height="8" fill="%s"/>`, left, top+22, barLength(total.Units, full), colour)
		fmt.Fprintf(out, `<text x="%d" y="%d" font-size="12">%s%s</text>`+"\n", left, top+17, grouped(roundedDown(total)), mark)
	}
	if r.Rule.Method == Highest {
		return
	}
	x := left + barLength(s.Quota.Units, full)
	fmt.Fprintf(out, `<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="%s" stroke-dasharray="3 3"/>`+"\n", x, chartHead, x, chartHead+chartRow*len(r.Candidates), chartQuiet)
}

func (r *Result) electedBy(i, number int) bool {
	for _, s := range r.Stages[:i+1] {
		if slices.Contains(s.Elected, number) {
			return true
		}
	}
	return false
}

// barLength is the length of a bar in pixels, in whole ones.
func barLength(units, full int64) int {
	return int(muldiv(min(max(0, units), full), chartStage-16, full))
}

// roundedDown keeps two decimals: more would not fit a column.
func roundedDown(a Amount) Amount {
	for a.Decimals > 2 {
		a.Units /= 10
		a.Decimals--
	}
	return a
}

func shortName(name string) string {
	if letters := []rune(name); len(letters) > 28 {
		return string(letters[:27]) + "\u2026"
	}
	return name
}
