package chart

import (
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"
)

// Frame is what every chart has around its picture.
type Frame struct {
	// ID begins the identifiers inside the figure. It must be its own on the
	// page: a lower-case letter, then letters, digits and hyphens.
	ID    string
	Title string // plain words
	Sub   string // unit, period, what ranges or limits mean
	Note  string // how likely ranges were made, what is left out; may be empty
	// Source names the publisher and the licence. A chart without one is refused.
	Source string
}

var frameID = regexp.MustCompile(`^[a-z][a-z0-9-]{0,40}$`)

func (f Frame) check() error {
	switch {
	case !frameID.MatchString(f.ID):
		return fmt.Errorf("chart %q: the id is not a lower-case letter followed by letters, digits and hyphens", f.ID)
	case f.Title == "":
		return fmt.Errorf("chart %s has no title", f.ID)
	case f.Source == "":
		return fmt.Errorf("chart %s has no source", f.ID)
	}
	return nil
}

// keyEntry explains one mark.
type keyEntry struct {
	mark string // an SVG element, ours
	text string
}

// table is the chart's numbers. The first cell of a row is its heading.
type table struct {
	caption string
	heads   []string
	rows    []tableRow
}

type tableRow struct {
	cells  []string
	strong bool
}

// figure puts the parts together.
func (f Frame) figure(keys []keyEntry, narrow, wide string, t table) template.HTML {
	var b strings.Builder
	fmt.Fprintf(&b, `<figure class="cw-chart"><figcaption>%s`, esc(f.Title))
	if f.Sub != "" {
		fmt.Fprintf(&b, `<span class="cw-sub">%s</span>`, esc(f.Sub))
	}
	b.WriteString("</figcaption>\n")
	if len(keys) > 0 {
		b.WriteString(`<ul class="cw-key">`)
		for _, k := range keys {
			fmt.Fprintf(&b, "<li>%s%s</li>", k.mark, esc(k.text))
		}
		b.WriteString("</ul>\n")
	}
	b.WriteString(narrow + "\n" + wide + "\n")
	t.write(&b)
	b.WriteString(`<p class="cw-src">`)
	if f.Note != "" {
		b.WriteString(esc(f.Note) + " ")
	}
	b.WriteString(esc(f.Source) + "</p></figure>")
	// Every text above has been escaped and the rest is ours.
	return template.HTML(b.String()) //nolint:gosec // see the line above
}

func (t table) write(b *strings.Builder) {
	b.WriteString(`<details class="nhsuk-details"><summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">See these figures as a table</span></summary><div class="nhsuk-details__text">`)
	fmt.Fprintf(b, `<div class="cw-scroll" tabindex="0" role="region" aria-label="%s"><table class="nhsuk-table"><caption class="nhsuk-u-visually-hidden">%s</caption><thead><tr>`, esc(t.caption), esc(t.caption))
	for i, h := range t.heads {
		if i == 0 {
			fmt.Fprintf(b, `<th scope="col">%s</th>`, esc(h))
		} else {
			fmt.Fprintf(b, `<th scope="col" class="r">%s</th>`, esc(h))
		}
	}
	b.WriteString("</tr></thead><tbody>\n")
	for _, r := range t.rows {
		head := esc(r.cells[0])
		if r.strong {
			head = "<b>" + head + "</b>"
		}
		fmt.Fprintf(b, `<tr><th scope="row">%s</th>`, head)
		for _, c := range r.cells[1:] {
			fmt.Fprintf(b, `<td class="r">%s</td>`, esc(c))
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody></table></div></div></details>\n")
}

func esc(s string) string { return html.EscapeString(s) }
