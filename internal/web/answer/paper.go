package answer

import (
	"fmt"
	"slices"
	"strings"

	"commonweal/internal/listen/answers"
	"commonweal/law"
	"commonweal/survey/instrument"
)

// paper is a survey as it is put before somebody.
type paper struct {
	Wave          string // its id, which is in its passes
	Code          string // in the address
	Title         string // in English
	Instrument    instrument.Instrument
	Languages     []string // that all of it is worded in, English first
	Units         []place
	Groups        []choice
	Comments      bool
	Minimum       int      // fewest answers of a group that is shown
	Opens, Closes law.Date // the first and the last day
	terms         answers.Terms
}

// paperOf reads the terms of a wave.
func paperOf(t answers.Terms) (paper, error) {
	in, err := t.Asked()
	if err != nil {
		return paper{}, fmt.Errorf("wave %s: the instrument in its terms: %w", t.Wave, err)
	}
	p := paper{
		Wave: t.Wave, Code: t.Code, Title: t.Title, Instrument: in, Units: placesOf(t.Units), Comments: t.Comments,
		Minimum: t.Minimum, Opens: t.Opens, Closes: t.Closes, terms: t,
	}
	for _, g := range t.Groups {
		p.Groups = append(p.Groups, choice{g.Code, g.Name})
	}
	for _, language := range languages {
		if language == "en" || slices.Contains(t.Languages, language) && speaks(in, language) {
			p.Languages = append(p.Languages, language)
		}
	}
	return p, nil
}

// placesOf are the teams by what they are part of. A team is whatever has no parts.
func placesOf(units []answers.Unit) []place {
	var out []place
	within := map[string]int{}
	for _, u := range units {
		if slices.ContainsFunc(units, func(other answers.Unit) bool { return other.PartOf == u.Code }) {
			continue
		}
		at, ok := within[u.PartOf]
		if !ok {
			at = len(out)
			within[u.PartOf] = at
			out = append(out, place{Name: pathOf(units, u.PartOf)})
		}
		out[at].Teams = append(out[at].Teams, choice{u.Code, u.Name})
	}
	return out
}

// pathOf names a unit with what it is part of.
func pathOf(units []answers.Unit, code string) string {
	var names []string
	for range len(units) { // a tree is no deeper than this
		i := slices.IndexFunc(units, func(u answers.Unit) bool { return u.Code == code })
		if code == "" || i < 0 {
			break
		}
		names = append([]string{units[i].Name}, names...)
		code = units[i].PartOf
	}
	return strings.Join(names, ", ")
}

// title is the survey's name in a language.
func (p paper) title(language string) string {
	if language == "en" {
		return p.Title
	}
	return p.Instrument.Title.In(language)
}

// choice is one line of a list.
type choice struct{ Code, Name string }

// place is a part of the organisation with the teams in it.
type place struct {
	Name  string // "" for teams that are part of nothing but the whole
	Teams []choice
}

// The pages besides the groups of questions.
const (
	aboutStep   = "-about"
	commentStep = "-comment"
	reviewStep  = "-review"
)

// steps are the pages in order: a group of questions each, where one works, a comment,
// and the last look. A group nobody of these answers is asked is not among them.
func (p paper) steps(g given) []string {
	var out []string
	for _, group := range p.groups() {
		if len(p.asked(group, g)) > 0 {
			out = append(out, group)
		}
	}
	if len(p.Units) > 0 || len(p.Groups) > 0 {
		out = append(out, aboutStep)
	}
	if p.Comments {
		out = append(out, commentStep)
	}
	return append(out, reviewStep)
}

// groups are the ids of the groups of questions in the order in which they are put;
// "" for questions that are in none.
func (p paper) groups() []string {
	var out []string
	for _, q := range p.Instrument.Questions {
		if !slices.Contains(out, q.Group) {
			out = append(out, q.Group)
		}
	}
	return out
}

// asked are the questions of a group. A question with a condition is left out where an
// earlier page has the answer that it turns on, and that answer is another.
func (p paper) asked(group string, g given) []instrument.Question {
	var out []instrument.Question
	for _, q := range p.Instrument.Questions {
		if q.Group != group {
			continue
		}
		if q.Ask != nil {
			on, ok := p.Instrument.Question(q.Ask.Question)
			if ok && on.Group != group && !slices.Contains(q.Ask.Is, g.Answers[on.ID]) {
				continue
			}
		}
		out = append(out, q)
	}
	return out
}

// put reports whether a question is put to whoever gave these answers.
func (p paper) put(q instrument.Question, g given) bool {
	return q.Ask == nil || slices.Contains(q.Ask.Is, g.Answers[q.Ask.Question])
}

// stem is what a group of questions asks, in a language.
func (p paper) stem(group, language string) string {
	for _, g := range p.Instrument.Groups {
		if g.ID == group {
			return g.Stem.In(language)
		}
	}
	return ""
}

func (p paper) hasUnit(code string) bool {
	return slices.ContainsFunc(p.Units, func(in place) bool { return named(in.Teams, code) != "" })
}

func (p paper) unitName(code string) string {
	for _, in := range p.Units {
		if name := named(in.Teams, code); name != "" {
			return name
		}
	}
	return ""
}

func named(list []choice, code string) string {
	for _, c := range list {
		if c.Code == code {
			return c.Name
		}
	}
	return ""
}

// speaks reports whether the whole survey can be put in a language.
func speaks(in instrument.Instrument, language string) bool {
	if language == "en" {
		return true
	}
	texts := []instrument.Text{in.Title}
	for _, g := range in.Groups {
		texts = append(texts, g.Stem)
	}
	for _, s := range in.Scales {
		for _, o := range s.Options {
			texts = append(texts, o.Label)
		}
	}
	for _, q := range in.Questions {
		texts = append(texts, q.Text)
	}
	return !slices.ContainsFunc(texts, func(t instrument.Text) bool { return t[language] == "" })
}
