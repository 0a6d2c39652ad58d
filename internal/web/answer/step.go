package answer

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/listen/answers"
	"commonweal/internal/web/page"
	"commonweal/survey/instrument"
)

// stepView is one page of the form.
type stepView struct {
	words
	Survey  survey
	Step    string
	Hidden  []field
	Place   int // of the page, from 1
	First   bool
	Others  []tongue
	Rows    []row
	Where   *where
	Comment *comment
	Review  *review
	Check   string // the page that says how it is checked
}

// row is one question with its answers.
type row struct {
	Name, Text, Note, Error string
	Options                 []option
}

// option is one answer that can be chosen.
type option struct {
	ID, Value, Label string
	Chosen           bool
}

// where are the two lists of where somebody works.
type where struct {
	Units                 []place
	Groups                []choice
	Unit, Group           string
	UnitError, GroupError string
}

type comment struct {
	Text, Error string
	Most        string
}

// mostComment is how long a comment may be, as people write it.
func mostComment() string {
	text, err := page.Number(answers.MaxComment)
	if err != nil {
		return strconv.Itoa(answers.MaxComment)
	}
	return text
}

// answer takes a page of the form and answers with the next.
func (v *visit) answer() error {
	p, ok, err := v.open()
	if !ok {
		return err
	}
	if v.torn || v.full {
		return v.unread(p)
	}
	g, bad := p.read(v.form)
	step := v.form.Get(stepField)
	steps := p.steps(g)
	way, to, _ := strings.Cut(v.form.Get(goField), ":")
	switch way {
	case "send":
		return v.send(p, g, bad)
	case "clear":
		return v.show(p, p.clear(g, step), step, nil)
	case "in":
		if slices.Contains(p.Languages, to) {
			v.Language = to
		}
		return v.show(p, g, step, nil)
	case "back":
		at := slices.Index(steps, step)
		if at <= 0 {
			return v.show(p, g, steps[0], nil)
		}
		return v.show(p, g, steps[at-1], nil)
	case "to":
		if slices.Contains(steps, to) {
			return v.show(p, g, to, nil)
		}
		return v.show(p, g, steps[0], nil)
	}
	if here := onStep(bad, step); len(here) > 0 {
		return v.show(p, g, step, here)
	}
	at := slices.Index(steps, step) // before the first, where the page is not one of these
	return v.show(p, g, steps[min(at+1, len(steps)-1)], nil)
}

func onStep(bad []wrong, step string) []wrong {
	var out []wrong
	for _, b := range bad {
		if b.step == step {
			out = append(out, b)
		}
	}
	return out
}

// show answers with one page of the form.
func (v *visit) show(p paper, g given, step string, bad []wrong) error {
	steps := p.steps(g)
	at := slices.Index(steps, step)
	if at < 0 {
		step, at = steps[0], 0
	}
	s := stepView{
		words: v.words, Survey: v.surveyOf(p), Step: step, Hidden: p.hidden(g, step), Place: at + 1, First: at == 0,
		Others: v.others(p, false), Check: v.o.Register + "/surveys/" + p.Code + "/check",
	}
	status := http.StatusOK
	f := v.frame()
	progress := v.Say("step.progress", at+1, len(steps))
	f.Kicker = s.Survey.Title + ". " + progress
	switch step {
	case aboutStep:
		f.Heading, f.Sentence = v.Say("where.heading"), v.Say("where.sentence", p.Minimum)
		s.Where = &where{Units: p.Units, Groups: p.Groups, Unit: g.Unit, Group: g.Group, UnitError: v.at(bad, unitField), GroupError: v.at(bad, groupField)}
	case commentStep:
		f.Heading, f.Sentence = v.Say("comment.heading"), v.Say("comment.sentence")
		s.Comment = &comment{Text: g.Comment, Error: v.at(bad, commentField), Most: mostComment()}
	case reviewStep:
		f.Heading, f.Sentence = v.Say("review.heading"), v.Say("review.sentence")
		s.Review = v.review(p, g, bad)
	default:
		f.Heading, f.Sentence = v.Say("step.heading"), p.stem(step, v.Language)
		s.Rows = v.rows(p, g, step, bad)
	}
	f.Title = f.Heading + ", " + lowered(progress)
	for _, b := range bad {
		status = http.StatusUnprocessableEntity
		f.Errors = append(f.Errors, page.Error{Field: b.field, Message: v.Say(b.key, b.args...)})
	}
	f.Modules = v.modules()
	f.Data = s
	return v.renderer.Render(v.w, status, "step", f)
}

// lowered begins a text with a small letter, to go on in a sentence.
func lowered(s string) string { return strings.ToLower(s[:1]) + s[1:] }

func (v *visit) at(bad []wrong, field string) string {
	for _, b := range bad {
		if b.field == field {
			return v.Say(b.key, b.args...)
		}
	}
	return ""
}

func (v *visit) rows(p paper, g given, step string, bad []wrong) []row {
	var out []row
	for _, q := range p.asked(step, g) {
		name := questionField + q.ID
		r := row{Name: name, Text: q.Text.In(v.Language), Error: v.at(bad, name)}
		if q.Ask != nil {
			if on, ok := p.Instrument.Question(q.Ask.Question); ok && on.Group == step {
				r.Note = v.Say("step.only", strings.Join(v.labels(p, on, q.Ask.Is), v.Say("step.or")), on.Text.In(v.Language))
			}
		}
		scale, _ := p.Instrument.Scale(q.Scale)
		for i, o := range scale.Options {
			id := name // the first has the id that a message leads to
			if i > 0 {
				id += "-" + strconv.Itoa(o.Code)
			}
			r.Options = append(r.Options, option{ID: id, Value: strconv.Itoa(o.Code), Label: o.Label.In(v.Language), Chosen: g.Answers[q.ID] == o.Code})
		}
		out = append(out, r)
	}
	return out
}

// labels are the words of some options of a question.
func (v *visit) labels(p paper, q instrument.Question, codes []int) []string {
	scale, _ := p.Instrument.Scale(q.Scale)
	var out []string
	for _, code := range codes {
		if o, ok := scale.Option(code); ok {
			out = append(out, o.Label.In(v.Language))
		}
	}
	return out
}
