package web

import (
	"errors"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type lawPage struct {
	Rule   *law.Rule
	Facts  page.Defs
	Source page.Link
	Check  string // how far our wording may be relied on
	Fields []page.Component
	Day    page.DateField
	Answer *lawAnswer
	Action string
}

// lawAnswer is what a rule says of the facts that were put to it.
type lawAnswer struct {
	Title   string
	Reasons []string
	Missing []string
}

// lawShow is one rule as it stood on a day, with a form that puts facts to it.
// Nothing that is put is kept.
func (s *Server) lawShow(v *visit) error {
	day, field, ok := v.dayAsked("On which day?")
	status := http.StatusOK
	if !ok {
		status = http.StatusUnprocessableEntity
	}
	rule, err := v.house.Law.Rule(v.r.PathValue("id"), day)
	var not *law.NotInForceError
	switch {
	case errors.As(err, &not):
		return fault.Errorf(fault.NotFound, "this rule has no effect on %s", v.day(day))
	case err != nil:
		return fault.Wrap(fault.NotFound, err, "there is no rule %q", clip(v.r.PathValue("id"), 80))
	}
	q := v.r.URL.Query()
	p := lawPage{Rule: rule, Day: field, Action: "/law/" + rule.ID, Facts: v.lawFacts(rule), Source: page.Link{Text: "Read the source", Href: webAddress(rule.URL)}}
	p.Check = "Our wording has not been compared with the source yet. Read the source before you rely on it."
	if !rule.Checked.IsZero() {
		p.Check = "We compared our wording with the source on " + dayInFull(rule.Checked.Day()) + "."
	}
	facts, fields, problems := readFacts(rule, q)
	p.Fields = fields
	f := v.frame()
	f.Back = page.Link{Text: "The law we work by", Href: "/law"}
	f.Kicker = rule.Jurisdiction
	f.Heading = rule.Title
	f.Sentence = rule.Text
	f.Errors = append(problems, page.Problems(field)...)
	if len(f.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	} else if q.Has("asked") {
		result, err := rule.Evaluate(facts, day)
		if err != nil {
			return err
		}
		p.Answer = lawAnswerOf(result)
	}
	f.Data = p
	return v.show(status, "law_show", f)
}

// webAddress lets only addresses of the web be links.
func webAddress(address string) string {
	if strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://") {
		return address
	}
	return ""
}

func (v *visit) lawFacts(r *law.Rule) page.Defs {
	out := page.Defs{{Term: "Has applied since", Fact: dayInFull(r.From)}}
	if !r.To.IsZero() {
		out = append(out, page.Def{Term: "Applies until", Fact: dayInFull(r.To.AddDays(-1))})
	}
	for _, n := range r.Params {
		out = append(out, page.Def{Term: page.Begin(strings.ReplaceAll(n.Name, "_", " ")), Fact: n.Value.Words()})
	}
	return out
}

func lawAnswerOf(r law.Result) *lawAnswer {
	a := &lawAnswer{Reasons: r.Reasons}
	switch r.Verdict {
	case law.Holds:
		a.Title = "Yes, this is met"
	case law.Fails:
		a.Title = "No, this is not met"
	default:
		a.Title = "We cannot tell yet"
	}
	for _, f := range r.Missing {
		a.Missing = append(a.Missing, f.Question)
	}
	return a
}

// readFacts makes a field for each fact that a rule needs, and reads those that
// were filled in. A field that is left empty is not known.
func readFacts(r *law.Rule, q url.Values) (law.Facts, []page.Component, []page.Error) {
	facts := law.Facts{}
	var fields []page.Component
	var problems []page.Error
	for _, f := range r.Facts {
		name := "fact-" + f.Name
		typed := strings.TrimSpace(q.Get(name))
		var field page.Field
		switch {
		case f.Type == law.TypeBool:
			field = page.Radios{Name: name, Legend: f.Question, Inline: true, Value: typed, Options: []page.Option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}, {Value: "unknown", Label: "Not known"}}}
			if typed == "yes" || typed == "no" {
				facts[f.Name] = law.Bool(typed == "yes")
			}
		case f.Type == law.TypeDate:
			d := page.DateField{Name: name, Legend: f.Question}
			d.Fill(q)
			if day, ok := readDay(&d, "day", false); ok && !day.IsZero() {
				facts[f.Name] = law.Day(day)
			}
			field = d
		case len(f.Choices) > 0:
			s := page.Select{Name: name, Label: f.Question, Value: typed, Options: []page.Option{{Label: "Not known"}}}
			for _, choice := range f.Choices {
				s.Options = append(s.Options, page.Option{Value: choice, Label: choice})
				if choice == typed {
					facts[f.Name] = law.Text(choice)
				}
			}
			field = s
		default:
			t := page.Text{Name: name, Label: f.Question, Hint: factHint(f.Type), Value: typed, Width: 10}
			if f.Type == law.TypeText {
				t.Width = 20
			}
			if typed != "" {
				value, ok := factValue(f, typed)
				if ok {
					facts[f.Name] = value
				} else {
					t.Error = "“" + clip(typed, 40) + "” is not " + factKind(f.Type) + "."
				}
			}
			field = t
		}
		fields = append(fields, field)
		problems = append(problems, page.Problems(field)...)
	}
	return facts, fields, problems
}

func factHint(t law.FactType) string {
	switch t {
	case law.TypeMoney:
		return "In pounds, such as 1,200.50"
	case law.TypePercent:
		return "Per cent, from 0 to 100"
	}
	return ""
}

func factKind(t law.FactType) string {
	switch t {
	case law.TypeInt:
		return "a whole number of nought or more"
	case law.TypeMoney:
		return "an amount in pounds"
	case law.TypePercent:
		return "a number from 0 to 100"
	}
	return "a number"
}

// factValue reads what was typed for a fact.
func factValue(f law.Fact, typed string) (law.Value, bool) {
	const most = 1e12
	if f.Type == law.TypeText {
		return law.Text(typed), true
	}
	plain := strings.NewReplacer(",", "", "£", "", "%", "", "\u2212", "-").Replace(typed)
	x, err := strconv.ParseFloat(plain, 64)
	if err != nil || math.IsNaN(x) || math.Abs(x) > most || x < 0 && !f.Signed {
		return law.Value{}, false
	}
	switch f.Type {
	case law.TypeInt:
		return law.Int(int64(x)), x == math.Trunc(x)
	case law.TypeMoney:
		pence := math.Round(x * 100)
		return law.Pence(int64(pence)), math.Abs(pence-x*100) < 1e-6*math.Max(1, math.Abs(pence))
	case law.TypePercent:
		return law.Percent(x), x <= 100
	}
	return law.Decimal(x), true
}
