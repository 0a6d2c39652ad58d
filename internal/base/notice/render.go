package notice

import (
	"embed"
	"html/template"
	"strings"
	text "text/template"
)

//go:embed templates
var templates embed.FS

var (
	textLayout = text.Must(text.New("").Funcs(text.FuncMap{"wrap": wrap}).ParseFS(templates, "templates/*.txt"))
	htmlLayout = template.Must(template.New("").ParseFS(templates, "templates/*.html"))
)

// page is what the layouts are filled with. One message has one item; the
// digest has several.
type page struct {
	Organisation string
	Subject      string
	Opening      string // above the items of a digest
	Items        []item
	Reason       string // of a digest: its own
	Law          bool   // the law asks for it
	Stop         string // address that stops this kind
	StopTitle    string // what it stops
}

type item struct {
	Heading  string // in a digest
	Body     []string
	Facts    []Fact
	Action   string
	Address  string // full address of the action
	Reason   string // in a digest
	Emphasis string // a code to type, four words to compare
}

func (o *Office) itemOf(m Message) item {
	it := item{Body: m.Body, Facts: m.Facts, Action: m.Action.Text}
	if m.Action.Path != "" {
		it.Address = o.base + m.Action.Path
	}
	return it
}

// pageOf is the page of one message.
func (o *Office) pageOf(m Message, organisation, stop string) page {
	p := page{Organisation: organisation, Subject: m.Subject, Items: []item{o.itemOf(m)}, Reason: m.Reason, Law: m.Statutory, Stop: stop}
	if stop != "" {
		p.StopTitle = "messages of this kind (" + o.kinds[m.Kind].Title + ")"
	}
	return p
}

// render lays a page out both ways.
func (p page) render() (plain, html string, err error) {
	if plain, err = p.text(); err != nil {
		return "", "", err
	}
	html, err = p.html()
	return plain, html, err
}

func (p page) text() (string, error) {
	var t strings.Builder
	err := textLayout.ExecuteTemplate(&t, "mail.txt", p)
	return strings.TrimSpace(t.String()) + "\n", err
}

func (p page) html() (string, error) {
	var h strings.Builder
	err := htmlLayout.ExecuteTemplate(&h, "mail.html", p)
	return h.String(), err
}

const column = 72

// wrap breaks text into lines of at most 72 characters between words. A word
// that is longer, an address for one, stays whole.
func wrap(s string) string {
	var out strings.Builder
	for para := range strings.SplitSeq(s, "\n") {
		width := 0
		for word := range strings.FieldsSeq(para) {
			n := len([]rune(word))
			switch {
			case width == 0:
			case width+1+n > column:
				out.WriteByte('\n')
				width = 0
			default:
				out.WriteByte(' ')
				width++
			}
			out.WriteString(word)
			width += n
		}
		out.WriteByte('\n')
	}
	return strings.TrimRight(out.String(), "\n")
}
