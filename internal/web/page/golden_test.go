package page

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a page with the file that somebody has read. After a change that is meant: go test -update, and read
// the difference.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden.html")
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("the page differs from %s; see what changed with: go test -run %s -update && git diff", file, t.Name())
	}
}

// A page with nothing set: what the zero frame gives must be a whole page.
func TestLayout_Bare(t *testing.T) {
	r := renderer(t, fstest.MapFS{"p.html": source("<h1>Alone</h1>\n")})
	html, err := r.HTML("p", Frame{})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "bare", html)
}

// A page with everything set.
func TestLayout_Full(t *testing.T) {
	r := renderer(t, fstest.MapFS{
		"p.html":           source(`{{template "greeting" .Data}}{{define "aside"}}<h2>Aside</h2>{{end}}`),
		"parts/hello.html": source(`{{define "greeting"}}<p>Hello, {{.}}.</p>{{end}}`),
	})
	html, err := r.HTML("p", Frame{
		Org:      Brand{Name: "Severn & Wye", Colour: "#7a1f4b"},
		Nav:      []Nav{{Text: "Home", Href: "/home"}, {Text: "Membership", Href: "/membership", Current: true}},
		Account:  Account{Name: "Amara Okafor", Href: "/account", SignOut: "/sign-out"},
		Back:     Link{Text: "Register", Href: "/register"},
		Kicker:   "What it belongs to",
		Heading:  "A heading",
		Sentence: "The thing is said first.",
		Data:     "you",
		Errors:   []Error{{Field: "name", Message: "The name is empty. Write it."}, {Message: "The file holds no rows."}},
		Notice:   Notice{Text: "It is done.", Done: true, More: Link{Text: "See it", Href: "/it"}},
		Modules:  []string{"passkey.js"},
		Record:   Record{Entries: 48213, Signed: time.Date(2026, 11, 19, 6, 0, 0, 0, time.UTC), Words: "kestrel quarry linen dawn", Check: "/record"},
		Footer:   []Link{{Text: "Privacy", Href: "/privacy"}},
		Legal:    "Severn & Wye is a community benefit society, no. 7912.",
		Demo:     true,
		Switch:   Link{Text: "Be someone else", Href: "/demo"},
		Now:      thursday,
	})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "full", html)
}

// The front page: a block across the page brings the h1, and nobody is signed in.
func TestLayout_Hero(t *testing.T) {
	r := renderer(t, fstest.MapFS{"p.html": source(`{{define "hero"}}<div class="cw-hero"><h1>Ours</h1></div>{{end}}<p>Below.</p>`)})
	html, err := r.HTML("p", Frame{Title: "Ours", Account: Account{SignIn: "/sign-in"}, Record: Record{Entries: 1}, Now: thursday})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "hero", html)
}

// Every component, once as it comes and once with all it can have.
func TestComponents(t *testing.T) {
	date := DateField{Name: "start", Legend: "Start date", Hint: "For example, 27 11 2026", Day: "31", Month: "2", Year: "2026"}
	date.Read("start date")
	options := []Option{{Value: "a", Label: "A & B"}, {Value: "c", Label: "C", Hint: "the third letter"}}
	link := Link{Text: "Change", Href: "/change?a=1&b=2", Hidden: "the name"}
	for name, components := range map[string][]Component{
		"text":       {Text{Name: "n", Label: "Name"}, Text{Name: "m", Label: "E-mail", Hint: "Yours", Value: `"a" <b>`, Error: "Add an @.", Heading: true, Type: "email", Width: 20, Mode: "email", Autocomplete: "email", Verbatim: true}},
		"textarea":   {TextArea{Name: "n", Label: "Why?"}, TextArea{Name: "m", Label: "Why?", Hint: "All read it.", Value: "</textarea><b>", Error: "Say why.", Rows: 3, Heading: true}},
		"upload":     {Upload{Name: "n", Label: "List"}, Upload{Name: "m", Label: "List", Hint: "CSV", Error: "Choose a file.", Accept: ".csv,.xlsx"}},
		"select":     {Select{Name: "n", Label: "Which?", Options: options}, Select{Name: "m", Label: "Which?", Hint: "One", Value: "c", Error: "Choose one.", Options: options}},
		"radios":     {Radios{Name: "n", Legend: "Which?", Options: options}, Radios{Name: "m", Legend: "Which?", Hint: "One", Value: "c", Error: "Choose one.", Heading: true, Inline: true, Options: options}},
		"checkboxes": {Checkboxes{Name: "n", Legend: "Which?", Options: options}, Checkboxes{Name: "m", Legend: "Which?", Hint: "Any", Values: []string{"a", "c"}, Error: "Choose one.", Options: options}},
		"date":       {DateField{Name: "end", Legend: "End date"}, date},
		"table": {
			Table{Caption: "People", Columns: []Column{{Head: "Name"}, {Head: "Site"}, {Head: "Shares", Number: true}, {Head: "Why", Wide: true}}, Rows: []Row{
				{{Text: "A & B", Href: "/a"}, {Text: "Was here", Kind: Was}, {Text: "1", Kind: Strong}, {Text: "none", Kind: Quiet}},
				{{Text: "C"}, {Show: State{Word: "Open"}}, {Text: "2"}, {Text: "Because."}},
			}},
			Table{ID: "t", Caption: "Votes", Visible: true, Shape: Scrolled, Columns: []Column{{Head: "Name"}, {Head: "1", Number: true}}, Rows: []Row{Cells("A", "12")}},
		},
		"lists": {
			Defs{{Term: "Share", Fact: "No. 1"}, {Term: "Entry", Fact: "12", Href: "/e"}},
			Summary{{Term: "Name", Fact: "A", Change: link}, {Term: "Roll", Fact: "742"}},
			Waits{{Title: "Vote", Href: "/v", Why: "Seven stand.", When: "Friday"}, {Title: "Read", Href: "/r", Why: "Nothing to do.", Verb: "opens"}},
			Links{{Text: "A", Href: "/a", After: ", or not", Note: "a note"}},
			News{{Parts: []NewsPart{{Lead: "You said", Text: "a."}, {Text: "b."}}, When: "9 November", More: link}},
			Timeline{{Title: "Begun", Detail: "then", Code: "8f21"}, {Title: "Now", Stage: StepNow}, {Title: "Later", Stage: StepToCome}},
		},
		"figures": {Figure{Value: "7.21", Label: "likely between 7.12 and 7.30"}, Figures{Small: true, Items: []Figure{{Value: "−0.4", Unit: "points", Label: "since 2024"}}}, Tally{Label: "Holds", Items: []Figure{{Value: "5", Label: "refused", Href: "#r"}, {Value: "6", Label: "as before"}}}},
		"panels": {
			Empty("None yet", "It would be here.", Link{Text: "Begin", Href: "/b"}), Refused("You cannot", "The rule.", "", Link{}), CannotTell("Whether", []string{"a", "b"}, Link{}), NotShown(Link{Text: "Instead", Href: "/i"}),
			OurFault("7F3K", "Nothing was lost.", Link{}),
			Notice{Text: "News"},
			Details{Summary: "More", Paragraphs: []string{"One."}, Show: Defs{{Term: "A", Fact: "B"}}},
			Verify{Intro: "Here.", Steps: []Command{{Title: "1. Take", Text: "curl -O x && y", Hash: "sha256 1", Output: "ok"}}, After: "All agree.", Limits: "who stood near.", Further: link},
			State{Word: "Done", Kind: StateDone},
			State{Word: "Late", Kind: StateLate},
			State{Word: "It is here", Kind: StateYours},
		},
		"actions": {Actions{Button: Button{Text: "Go"}, Links: []Link{{Text: "Not now", Href: "/"}}}, Button{Text: "Sign in", Href: "/s", Kind: Reverse}, Button{Text: "End it", Name: "do", Value: "end", Kind: Warning}, Pages{Prev: "?p=1", Next: "?p=3", Place: "Page 2 of 3"}, Pages{Place: "Page 1 of 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := renderer(t, fstest.MapFS{"p.html": source("{{range .Data}}{{show .}}\n{{end}}")})
			p := r.pages["p"]
			var out writer
			if err := p.ExecuteTemplate(&out, "main", Frame{Data: components}); err != nil {
				t.Fatal(err)
			}
			golden(t, "components/"+name, out)
		})
	}
}

type writer []byte

func (w *writer) Write(b []byte) (int, error) {
	*w = append(*w, b...)
	return len(b), nil
}

// Not shown has one wording for every reason: a difference would tell which reason it was.
func TestNotShown_OneWording(t *testing.T) {
	a, b := NotShown(Link{}), NotShown(Link{Text: "Instead", Href: "/i"})
	if a.Title != b.Title || len(a.Paragraphs) != 1 || a.Paragraphs[0] != b.Paragraphs[0] {
		t.Errorf("%+v and %+v", a, b)
	}
}
