package code

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"
)

//go:embed letters.html
var lettersHTML string

var letters = template.Must(template.New("letters").Parse(lettersHTML))

// Post is one letter: a code, and the name of whom it is for, where that is known.
type Post struct {
	Code
	Name, Email string
}

// Heading says whose letter it is.
func (p Post) Heading() string {
	if p.Voter == 0 {
		return "Spare " + strings.TrimPrefix(p.For(), "spare-")
	}
	return "Voter " + p.For()
}

// Posts are the letters of codes, with the names that t has.
func (t ToDo) Posts(list []Code) []Post {
	known := map[int]Voter{}
	for _, v := range t.Voters {
		known[v.Number] = v
	}
	out := make([]Post, len(list))
	for i, c := range list {
		out[i] = Post{Code: c}
		if c.Voter > 0 {
			out[i].Name, out[i].Email = known[c.Voter].Name, known[c.Voter].Email
		}
	}
	return out
}

// Letters is a page to print: each letter on a sheet of its own.
func (t ToDo) Letters(list []Code) ([]byte, error) {
	var out bytes.Buffer
	err := letters.Execute(&out, map[string]any{"Letter": t.Letter, "Posts": t.Posts(list)})
	return out.Bytes(), err
}

// Mail is the same letter as text.
func (t ToDo) Mail(p Post) (subject, text string) {
	var out strings.Builder
	line := func(parts ...string) { out.WriteString(strings.Join(parts, "") + "\n") }
	line(t.Letter.Title)
	line(p.Heading(), ". Your code to vote with is:\n")
	line("    ", p.Text, "\n")
	for _, s := range t.Letter.How {
		line("- ", s)
	}
	line()
	for _, s := range t.Letter.Care {
		line(s)
	}
	line()
	line(t.Letter.Signed)
	line(t.Letter.Organisation)
	line("Mark of this code: ", p.Mark())
	return "Your code to vote with: " + t.Letter.Title, out.String()
}
