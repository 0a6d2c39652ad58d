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
	// Apart has the table stand elsewhere on the page, as on paper, where it would part
	// what belongs on one sheet: the figure links to it, and Table is it.
	Apart bool
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
	if !f.Apart {
		t.fold(&b)
	}
	b.WriteString(`<p class="cw-src">`)
	if f.Apart {
		fmt.Fprintf(&b, `<a href="#%s-table">These figures as a table.</a> `, f.ID)
	}
	if f.Note != "" {
		b.WriteString(esc(f.Note) + " ")
	}
	b.WriteString(esc(f.Source) + "</p></figure>")
	// Every text above has been escaped and the rest is ours.
	return template.HTML(b.String()) //nolint:gosec // see the line above
}

// fold puts the table below the picture, closed.
func (t table) fold(b *strings.Builder) {
	b.WriteString(`<details class="nhsuk-details"><summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">See these figures as a table</span></summary><div class="nhsuk-details__text">`)
	t.write(b, "", `class="nhsuk-u-visually-hidden"`)
	b.WriteString("</div></details>\n")
}

// apart is the table by itself, under a heading that names its chart.
func (f Frame) apart(t table, heading string) template.HTML {
	t.caption = heading
	var b strings.Builder
	t.write(&b, fmt.Sprintf(` id="%s-table"`, f.ID), `class="nhsuk-table__caption"`)
	return template.HTML(b.String()) //nolint:gosec // as in figure
}

func (t table) write(b *strings.Builder, id, caption string) {
	fmt.Fprintf(b, `<div class="cw-scroll"%s tabindex="0" role="region" aria-label="%s"><table class="nhsuk-table"><caption %s>%s</caption><thead><tr>`, id, esc(t.caption), caption, esc(t.caption))
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
	b.WriteString("</tbody></table></div>")
}

func esc(s string) string { return html.EscapeString(s) }
