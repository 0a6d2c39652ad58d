package web

import (
	"encoding/json"
	"errors"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type rulesParams struct {
	dayParams
	pageParams
	Form   law.FormID `query:"form" doc:"Only rules that apply to this legal form."`
	Prefix string     `query:"prefix" max:"100" doc:"Only rules whose id begins so: society."`
}

type ruleJSON struct {
	ID           string       `json:"id"`
	Title        string       `json:"title"`
	Text         string       `json:"text" doc:"The rule in our words, with its numbers."`
	Jurisdiction string       `json:"jurisdiction"`
	Forms        []law.FormID `json:"forms" doc:"The legal forms it applies to; empty means all."`
	Citation     string       `json:"citation"`
	URL          string       `json:"url,omitempty"`
	Checked      law.Date     `json:"checked,omitzero" doc:"The day it was last compared with its source. Left out where nobody has yet."`
	From         law.Date     `json:"from,omitzero" doc:"The first day of its effect."`
	To           law.Date     `json:"to,omitzero" doc:"The first day without it. Left out where no end is known."`
	Facts        []factJSON   `json:"facts" doc:"What it has to know."`
	Expression   string       `json:"expression" doc:"The test, in CEL."`
}

type factJSON struct {
	Name     string       `json:"name"`
	Type     law.FactType `json:"type"`
	Question string       `json:"question"`
	Choices  []string     `json:"choices,omitempty" doc:"The only texts allowed."`
}

func ruleOf(r *law.Rule) ruleJSON {
	return ruleJSON{
		ID: r.ID, Title: r.Title, Text: r.Text, Jurisdiction: r.Jurisdiction, Forms: r.Forms, Citation: r.Citation, URL: r.URL,
		Checked: r.Checked.Day(), From: r.From, To: r.To, Facts: factsOf(r.Facts), Expression: r.Expression,
	}
}

func factsOf(facts []law.Fact) []factJSON {
	out := make([]factJSON, len(facts))
	for i, f := range facts {
		out[i] = factJSON{f.Name, f.Type, f.Question, f.Choices}
	}
	return out
}

func (v *visit) apiRules(p rulesParams) (list[ruleJSON], error) {
	var out []ruleJSON
	for _, r := range v.house.Law.Rules(p.day(v), law.Filter{Form: p.Form, Prefix: p.Prefix}) {
		out = append(out, ruleOf(r))
	}
	return pageOf(p.pageParams, "rules", out, func(r ruleJSON) string { return r.ID })
}

type ruleParams struct {
	dayParams
	Rule string `path:"rule" max:"100" doc:"The id of the rule: society.members.minimum."`
}

func (v *visit) apiRule(p ruleParams) (ruleJSON, error) {
	r, err := v.ruleOn(p)
	if err != nil {
		return ruleJSON{}, err
	}
	return ruleOf(r), nil
}

func (v *visit) ruleOn(p ruleParams) (*law.Rule, error) {
	r, err := v.house.Law.Rule(p.Rule, p.day(v))
	if err != nil {
		return nil, fault.Wrap(fault.NotFound, err, "there is no rule %q with effect on %s", clip(p.Rule, 100), p.day(v))
	}
	return r, nil
}

type evaluateJSON struct {
	Facts map[string]json.RawMessage `json:"facts" doc:"What is known, by name. Days are texts, money is whole pence, a percentage is a number from 0 to 100; null is unknown."`
}

type resultJSON struct {
	Rule     string      `json:"rule"`
	On       law.Date    `json:"on"`
	Verdict  law.Verdict `json:"verdict"`
	Missing  []factJSON  `json:"missing" doc:"The facts that could still change the answer."`
	Reasons  []string    `json:"reasons" doc:"The outcome first, then what it rests on."`
	Citation string      `json:"citation"`
	Checked  law.Date    `json:"checked,omitzero" doc:"The day the rule was last compared with its source."`
}

func (v *visit) apiEvaluate(p ruleParams, b evaluateJSON) (resultJSON, error) {
	rule, err := v.ruleOn(p)
	if err != nil {
		return resultJSON{}, err
	}
	facts, err := v.factsFrom(b)
	if err != nil {
		return resultJSON{}, err
	}
	r, err := rule.Evaluate(facts, p.day(v))
	if err != nil {
		return resultJSON{}, wrongFact(err)
	}
	return resultOf(r), nil
}

func resultOf(r law.Result) resultJSON {
	return resultJSON{
		Rule: r.Rule.ID, On: r.On, Verdict: r.Verdict, Missing: factsOf(r.Missing), Reasons: r.Reasons, Citation: r.Rule.Citation, Checked: r.Rule.Checked.Day(),
	}
}

func (v *visit) factsFrom(b evaluateJSON) (law.Facts, error) {
	data, err := json.Marshal(b.Facts)
	if err != nil {
		return nil, err
	}
	facts, err := v.house.Law.DecodeFacts(data)
	return facts, wrongFact(err)
}

// wrongFact is a fact that cannot be used, as a refusal of what was sent.
func wrongFact(err error) error {
	var wrong *law.FactError
	if errors.As(err, &wrong) {
		return misread("facts."+clip(wrong.Fact, 40), clip(wrong.Remedy, 200), "%s", page.Begin(clip(wrong.Error(), 300))+".")
	}
	var unknown *law.NotFoundError
	if errors.As(err, &unknown) {
		remedy := "See the facts that the rule names."
		if len(unknown.Near) > 0 {
			remedy = "Did you mean " + strings.Join(unknown.Near, " or ") + "?"
		}
		return misread("facts."+clip(unknown.ID, 40), remedy, "No rule knows this fact.")
	}
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the facts cannot be read")
	}
	return nil
}
