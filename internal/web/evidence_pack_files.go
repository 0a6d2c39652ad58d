package web

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"

	"commonweal/internal/prove/pack"
	"commonweal/internal/web/page"
)

// pointLine is one point of a measure's chart.
type pointLine struct {
	Measure   string   `json:"measure"`
	Period    string   `json:"period"`
	Value     *float64 `json:"value"` // null: a gap
	Mean      *float64 `json:"mean"`
	Lower     *float64 `json:"lower"`
	Upper     *float64 `json:"upper"`
	Rule      string   `json:"rule"`
	Type      string   `json:"type"`
	Target    string   `json:"target,omitempty"`
	Numerator *float64 `json:"numerator,omitempty"`
	Of        *float64 `json:"denominator,omitempty"`
}

func (l pointLine) cells() []string {
	return []string{l.Measure, l.Period, digits(l.Value, -1), digits(l.Mean, -1), digits(l.Lower, -1), digits(l.Upper, -1), l.Rule, l.Type, l.Target, digits(l.Numerator, -1), digits(l.Of, -1)}
}

var pointHeads = []string{"Measure", "Period", "Value", "Mean", "Lower limit", "Upper limit", "Rule", "Type", "Target", "Numerator", "Denominator"}

// packPoints are the points of a page as lines of a file.
func packPoints(p pack.Page) []pointLine {
	var out []pointLine
	for _, r := range p.Rows() {
		l := pointLine{Measure: p.Measure.Indicator, Period: r.Period.String(), Value: r.Value, Mean: r.Mean, Lower: r.Lower, Upper: r.Upper, Rule: r.Rule, Type: r.Type, Target: p.Measure.Target}
		l.Numerator, l.Of = r.Numerator, r.Denominator
		out = append(out, l)
	}
	return out
}

func (v *visit) sendMeasure(p pack.Page) error {
	return sendLines(v, pointHeads, func(yield func(pointLine)) (string, error) {
		for _, l := range packPoints(p) {
			yield(l)
		}
		return p.Measure.Indicator + "-" + v.org.ID, nil
	})
}

// packTable is every point of every measure as CSV.
func (s *Server) packTable(v *visit) error {
	_, pages, err := v.house.PackPages(v.ctx, v.org)
	if err != nil {
		return err
	}
	out := newSheet(pointHeads...)
	for _, p := range pages {
		for _, l := range packPoints(p) {
			out.add(l.cells()...)
		}
	}
	return v.sendCSV("board-pack-"+v.org.ID+"-"+v.today().String(), out)
}

// packWorkbook is the pack as a workbook.
func (s *Server) packWorkbook(v *visit) error {
	list, pages, err := v.house.PackPages(v.ctx, v.org)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := pack.Workbook(&b, v.org.Name+": "+list.Title, pages, list.Left()); err != nil {
		return err
	}
	return v.sendDocument("board-pack-"+v.org.ID+"-"+v.today().String()+".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b.Bytes())
}

func (v *visit) sendDocument(name, media string, content []byte) error {
	h := v.w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("X-Content-Type-Options", "nosniff")
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(content) // the reader has gone away if this fails
	return nil
}

// paperMeasure is a measure on the page that stands alone.
type paperMeasure struct {
	Place int
	Words string // what its icons say, and when it was changed last
	Page  pack.Page
	View  measurePage
}

// paperRow is a row of the matrix: for each answer about targets the places of measures.
type paperRow struct {
	Variation string
	Cells     [][]paperPlace
}

type paperPlace struct {
	Place int
	Name  string
}

func paperMatrix(pages []pack.Page) []paperRow {
	m := pack.Sum(pages)
	var out []paperRow
	for i, name := range pack.Variations {
		row := paperRow{Variation: name}
		for j := range pack.Assurances {
			var cell []paperPlace
			for _, at := range m[i][j] {
				cell = append(cell, paperPlace{at + 1, pages[at].Definition.Name})
			}
			row.Cells = append(row.Cells, cell)
		}
		out = append(out, row)
	}
	return out
}

// paperLeft is a measure that left.
type paperLeft struct{ Name, When, Why string }

// packPaper is the whole pack as one page that needs nothing else: to print, send or keep.
func (s *Server) packPaper(v *visit) error {
	list, pages, err := v.house.PackPages(v.ctx, v.org)
	if err != nil {
		return err
	}
	d := struct {
		Title, Org, Day, Sentence, Chance string
		Measures                          []paperMeasure
		Left                              []paperLeft
		Matrix                            []paperRow
		Assurances                        []string
		Words                             page.Summary
		Style                             template.CSS
		Tabled                            bool
	}{Title: list.Title, Org: v.org.Name, Day: v.day(v.today()), Sentence: pack.Sentence(pages), Chance: pack.Chance(pages), Style: paperStyle, Matrix: paperMatrix(pages), Assurances: pack.Assurances, Words: evidenceWords[:chartWords]}
	for i, p := range pages {
		view, err := v.measureView(p, true)
		if err != nil {
			return err
		}
		d.Tabled = d.Tabled || len(view.Tables) > 0
		d.Measures = append(d.Measures, paperMeasure{i + 1, v.packWords(p), p, view})
	}
	for _, m := range list.Left() {
		d.Left = append(d.Left, paperLeft{v.measureName(m.Indicator), v.day(m.Day) + " to " + v.day(m.Ended), m.EndReason})
	}
	var b bytes.Buffer
	if err := packDocument.Execute(&b, d); err != nil {
		return fmt.Errorf("write the pack: %w", err)
	}
	return v.sendDocument("board-pack-"+v.org.ID+"-"+v.today().String()+".html", "text/html; charset=utf-8", b.Bytes())
}

// paperStyle shows one picture of each chart, on a narrow screen the narrow one, so that its
// text is never below 12 pixels. On paper a measure has a sheet: where there is
// a funnel both charts are drawn narrow, side by side; and the tables follow at the end, two columns on a
// sheet. A page of its own may have a style of its own.
const paperStyle = `body{font:17px/1.5 Arial,sans-serif;color:#212b32;max-width:52rem;margin:2rem auto;padding:0 1rem}
h1,.s{font-family:Georgia,serif;font-weight:400}h1{font-size:2.2rem}h2{margin-top:3rem;font-size:1.6rem}.s{font-size:1.25rem}
figure{margin:1.5rem 0}figcaption,caption{font-weight:700;text-align:left}caption{padding:.6rem 0 .3rem}.cw-sub{display:block;font-weight:400}svg{max-width:100%;height:auto}.cw-svg--narrow{display:none}
.cw-key{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:1rem}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ddd8cc;padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top}
.v{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:2rem}.v li{flex:1 1 18rem}.q,.cw-src{color:#4c6272}
dt{font-weight:700}section>table td{overflow-wrap:anywhere}
@media screen and (max-width:47.9rem){.cw-svg--wide{display:none}.cw-svg--narrow{display:block;width:100%}figure{margin:1.5rem -.75rem}.cw-scroll{overflow-x:auto}}
@page{margin:12mm 14mm}
@media print{body{margin:0;max-width:none;padding:0;font-size:10pt;line-height:1.35}h1{font-size:22pt}h2{font-size:15pt;margin:0 0 4pt}h3{font-size:11pt;margin:6pt 0 2pt}.s{font-size:11.5pt;margin:3pt 0}
p,ul,ol,dl,figure,.v,.cw-key{margin-top:4pt;margin-bottom:4pt}dd{margin-left:0}figure{margin-left:0;margin-right:0}.cw-key{gap:2pt 8pt;font-size:9pt}.cw-sub,.cw-src{font-size:9pt}.cw-src a,.o{display:none}.v{gap:12pt}
th,td{padding:1.5pt 6pt 1.5pt 0}section{break-before:page}.l{break-before:auto}h2,h3,caption,figcaption{break-after:avoid}figure,svg,tr,.v li,dt{break-inside:avoid}dt{break-after:avoid}
.w{display:grid;grid-template-columns:1fr 1fr;grid-auto-flow:row dense;column-gap:14pt}.w>*{grid-column:1/-1}.w>figure{grid-column:1}.w>.f{grid-column:2}.w .cw-svg--wide{display:none}.w .cw-svg--narrow{display:block;width:100%}
.t,.g{columns:2;column-gap:16pt}.t{font-size:8pt;line-height:1.2}.t td,.t th{padding:.5pt 4pt .5pt 0}.t td{white-space:nowrap}.t td:last-child{white-space:normal;width:30%}.t tbody th{width:4.3em}.t tbody tr:first-child,.t tbody tr:nth-child(2){break-before:avoid}.t caption{padding:7pt 0 2pt;font-size:9pt}.g{font-size:9.5pt}.g dl{margin:0}thead{display:table-header-group}}`

var packDocument = template.Must(template.New("paper").Parse(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{.Title}}, {{.Org}}</title><style>{{.Style}}</style></head>
<body><h1>{{.Title}}</h1><p>{{.Org}}, {{.Day}}</p><p class="s">{{.Sentence}}</p>{{with .Chance}}<p>{{.}}</p>{{end}}
{{if .Measures}}<div class="cw-scroll" tabindex="0" role="region" aria-label="How the measures vary"><table><caption>How the measures vary, and whether they meet their targets</caption><thead><tr><th scope="col">Variation</th>{{range .Assurances}}<th scope="col">{{.}}</th>{{end}}</tr></thead><tbody>
{{range .Matrix}}<tr><th scope="row">{{.Variation}}</th>{{range .Cells}}<td>{{range $i, $m := .}}{{if $i}}<br>{{end}}<a href="#m{{.Place}}">{{.Name}}</a>{{else}}none{{end}}</td>{{end}}</tr>
{{end}}</tbody></table></div>
<h2>The measures</h2><ol>{{range .Measures}}<li><a href="#m{{.Place}}">{{.Page.Definition.Name}}</a>: {{.Words}}</li>
{{end}}</ol>{{end}}
{{range .Measures}}<section id="m{{.Place}}"{{if .View.Funnel}} class="w"{{end}}><h2>{{.Place}}. {{.Page.Definition.Name}}</h2><p class="s">{{.Page.Sentence}}</p>
{{if .View.Refused}}<p>{{.Page.Refused}}</p>{{if .View.Tables}}<p class="o"><a href="#figures-{{.Page.Definition.Code}}-table">These figures as a table.</a></p>{{end}}{{else}}<ul class="v">{{range .View.Icons}}<li>{{.Icon}} <b>{{.Title}}.</b> {{.Why}}</li>{{end}}</ul>{{.View.Chart}}{{end}}
{{with .View.Rebase}}<p>{{.}}</p>{{end}}{{range .View.Notes}}<p>{{.}}</p>{{end}}{{range .View.Warnings}}<p>{{.}}</p>{{end}}
{{if .View.Beside}}<div class="f"><h3>Beside others</h3><p>{{.View.Beside}}</p>{{.View.Funnel}}</div>{{end}}
<h3>What can we say about cause?</h3><dl>{{range .Page.Grades}}<dt><b>{{.Name}}: {{.Verdict}}</b></dt><dd>{{.Reason}}</dd>{{end}}</dl>
{{with .View.Conclusion}}<p class="s">{{.}}</p>{{end}}
{{with .View.Changed}}<h3>What was changed</h3><table><caption>{{.Caption}}</caption><thead><tr>{{range .Columns}}<th scope="col">{{.Head}}</th>{{end}}</tr></thead><tbody>{{range .Rows}}<tr>{{range .}}<td>{{.Text}}</td>{{end}}</tr>{{end}}</tbody></table>{{end}}
<p class="q">{{.View.Source}}</p></section>
{{end}}{{if .Tabled}}<section id="figures"><h2>Every figure</h2><div class="t">{{range .Measures}}{{range .View.Tables}}{{.}}
{{end}}{{end}}</div></section>
{{end}}{{with .Left}}<section class="l"><h2>What left the pack</h2><table><caption>Measures that left the pack</caption><thead><tr><th scope="col">Measure</th><th scope="col">In the pack</th><th scope="col">Why it left</th></tr></thead><tbody>
{{range .}}<tr><th scope="row">{{.Name}}</th><td>{{.When}}</td><td>{{.Why}}</td></tr>
{{end}}</tbody></table></section>{{end}}
<section><h2>Words used here</h2><div class="g"><dl>{{range .Words}}<dt>{{.Term}}</dt><dd>{{.Fact}}</dd>
{{end}}</dl></div></section></body></html>
`))
