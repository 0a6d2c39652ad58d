package answer

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"commonweal/internal/listen/answers"
	"commonweal/survey/instrument"
)

// given is what somebody has answered so far, as their browser sends it with each page.
type given struct {
	Answers map[string]int // option by question
	Unit    string         // "" for rather not say
	Group   string
	Comment string
	Pass    string // the one-time pass as text
	Serial  string // of a paper slip, as it was typed
	Whole   bool   // the form came to its end
}

// wrong is one thing to put right: on which page, at which field, and how it is said.
type wrong struct {
	step, field, key string
	args             []any
}

// The names of the fields. A question's is its id after a prefix, so that none can take
// the name of another field.
const (
	questionField = "q."
	unitField     = "unit"
	groupField    = "group"
	commentField  = "comment"
	passField     = "pass"
	serialField   = "serial"
	languageField = "lang"
	stepField     = "step"
	goField       = "go"
	wholeField    = "whole" // the last of every form
)

// read takes what a form says and finds what in it cannot be. What was typed is kept, so
// that it can be put right; an answer that no option has is left out.
func (p paper) read(form url.Values) (given, []wrong) {
	g := given{
		Answers: map[string]int{}, Unit: form.Get(unitField), Group: form.Get(groupField), Comment: tidy(form.Get(commentField)),
		Pass: passIn(form.Get(passField)), Serial: strings.TrimSpace(form.Get(serialField)), Whole: form.Get(wholeField) == "1",
	}
	var bad []wrong
	for _, q := range p.Instrument.Questions {
		sent := form.Get(questionField + q.ID)
		if sent == "" {
			continue
		}
		code, err := strconv.Atoi(sent)
		scale, _ := p.Instrument.Scale(q.Scale)
		if _, known := scale.Option(code); err != nil || !known {
			bad = append(bad, wrong{step: q.Group, field: questionField + q.ID, key: "wrong.option"})
			continue
		}
		g.Answers[q.ID] = code
	}
	if g.Unit != "" && !p.hasUnit(g.Unit) {
		g.Unit = ""
		bad = append(bad, wrong{step: aboutStep, field: unitField, key: "wrong.unit"})
	}
	if g.Group != "" && named(p.Groups, g.Group) == "" {
		g.Group = ""
		bad = append(bad, wrong{step: aboutStep, field: groupField, key: "wrong.group"})
	}
	if !p.Comments {
		g.Comment = ""
	}
	if n := utf8.RuneCountInString(g.Comment); n > answers.MaxComment {
		bad = append(bad, wrong{step: commentStep, field: commentField, key: "wrong.comment", args: []any{mostComment(), n}})
	}
	return g, bad
}

// tidy makes line ends one way and takes out what is no text.
func tidy(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, s))
}

// clear takes back what was answered on one page.
func (p paper) clear(g given, step string) given {
	switch step {
	case aboutStep:
		g.Unit, g.Group = "", ""
	case commentStep:
		g.Comment = ""
	default:
		for _, q := range p.Instrument.Questions {
			if q.Group == step {
				delete(g.Answers, q.ID)
			}
		}
	}
	return g
}

// sheet is what goes into the box. An answer to a question that is asked of others is
// left behind.
func (p paper) sheet(g given) (answers.Sheet, error) {
	codes := make(answers.Codes, len(p.Instrument.Questions))
	for i, q := range p.Instrument.Questions {
		codes[i] = uint8(g.Answers[q.ID]) //nolint:gosec // an option of the instrument, or nought
	}
	codes, err := answers.Routed(p.terms, codes)
	return answers.Sheet{Token: g.Pass, Serial: g.Serial, Answers: codes, Unit: g.Unit, Group: g.Group, Comment: g.Comment}, err
}

// empty reports whether nothing at all was answered.
func (g given) empty() bool { return len(g.Answers) == 0 && g.Comment == "" }

// hidden are the fields that carry what other pages asked.
func (p paper) hidden(g given, step string) []field {
	here := p.asked(step, g)
	var out []field
	for _, q := range p.Instrument.Questions {
		shown := slices.ContainsFunc(here, func(x instrument.Question) bool { return x.ID == q.ID })
		if code, ok := g.Answers[q.ID]; ok && !shown {
			out = append(out, field{questionField + q.ID, strconv.Itoa(code)})
		}
	}
	if step != aboutStep {
		out = append(out, field{unitField, g.Unit}, field{groupField, g.Group})
	}
	if step != commentStep && g.Comment != "" {
		out = append(out, field{commentField, g.Comment})
	}
	if step != reviewStep {
		out = append(out, field{passField, g.Pass}, field{serialField, g.Serial})
	}
	return slices.DeleteFunc(out, func(f field) bool { return f.Value == "" })
}

// field is a name and a value in a form.
type field struct{ Name, Value string }

// aPass is how a pass looks in the file in which it was saved, whatever stands round it.
var aPass = regexp.MustCompile(`cw1\.[a-z0-9-]{1,64}\.[A-Za-z0-9_-]+`)

// passIn is the pass in what was pasted. What holds none is kept as it is, for the answer
// side to refuse.
func passIn(text string) string {
	if found := aPass.FindString(text); found != "" {
		return found
	}
	return strings.Join(strings.Fields(text), "")
}
