package web

import (
	"net/http"
	"net/url"

	"commonweal/internal/web/page"
	"commonweal/law"
)

type lawListPage struct {
	Groups []lawGroup
	Empty  *page.Panel
	Day    page.DateField
	Form   page.Select
	Own    *lawFormView
}

// lawGroup is the rules of one pack.
type lawGroup struct {
	Title string
	Rules []lawLine
}

type lawLine struct{ Title, Href, Text, Source string }

// lawFormView is what the law of a legal form says, in short.
type lawFormView struct{ Label, Text, Source string }

const everyForm = "all"

// lawList is the rules that have effect on a day, for one legal form or for all.
func (s *Server) lawList(v *visit) error {
	day, field, ok := v.dayAsked("As the law was on")
	status := http.StatusOK
	if !ok {
		status = http.StatusUnprocessableEntity
	}
	asked := v.r.URL.Query().Get("form")
	if asked == "" {
		asked = v.org.LegalForm
	}
	if asked == "" {
		asked = everyForm
	}
	p := lawListPage{Day: field, Form: page.Select{Name: "form", Label: "For which legal form?", Value: asked, Options: []page.Option{{Value: everyForm, Label: "All of them"}}}}
	known := asked == everyForm
	for _, form := range v.house.Law.Forms(day) {
		p.Form.Options = append(p.Form.Options, page.Option{Value: string(form.ID), Label: form.Label})
		if string(form.ID) == asked {
			known = true
			p.Own = &lawFormView{form.Label, form.Text, sourceNote(form.Provenance)}
		}
	}
	if !known {
		p.Form.Error = "There was no such legal form on this day. Choose another."
		asked, status = everyForm, http.StatusUnprocessableEntity
	}
	filter := law.Filter{}
	if asked != everyForm {
		filter.Form = law.FormID(asked)
	}
	rules := v.house.Law.Rules(day, filter)
	p.Groups = lawGroups(rules, day, v.today())
	if len(rules) == 0 {
		panel := page.Empty("No rule is known for this day", "Choose a later day, or another legal form.", page.Link{Text: "The rules of today", Href: "/law"})
		p.Empty = &panel
	}
	unchecked := 0
	for _, r := range rules {
		if r.Checked.IsZero() {
			unchecked++
		}
	}
	f := v.frame()
	f.Heading = "The law we work by"
	f.Sentence = page.Begin(count(len(rules), "rule", "rules")) + ", in our own words, each with where it comes from. " + uncheckedWords(unchecked, len(rules))
	f.Errors = page.Problems(p.Form, field)
	if len(rules) > 0 {
		query := url.Values{}
		if filter.Form != "" {
			query.Set("form", string(filter.Form))
		}
		if day != v.today() {
			query.Set("on", day.String())
		}
		f.Files = []page.Files{{What: "these rules", CSV: "/law.csv?" + query.Encode(), JSON: "/law.json?" + query.Encode()}}
	}
	f.Data = p
	return v.show(status, "law_list", f)
}

// uncheckedWords says how far our wording may be relied on.
func uncheckedWords(unchecked, all int) string {
	switch {
	case all == 0:
		return ""
	case unchecked == 0:
		return "All of them have been compared with their source."
	case unchecked == all:
		return "None of them has been compared with its source yet."
	}
	return page.Begin(said(page.Words(all-unchecked))) + " of them " + said(page.Plural(all-unchecked, "has", "have")) + " been compared with their source."
}

// lawGroups puts rules under the pack they are from, in the order they come.
func lawGroups(rules []*law.Rule, day, today law.Date) []lawGroup {
	var out []lawGroup
	at := map[string]int{}
	for _, r := range rules {
		title := lawTopic(r.ID)
		i, ok := at[title]
		if !ok {
			i = len(out)
			at[title] = i
			out = append(out, lawGroup{Title: title})
		}
		href := "/law/" + r.ID
		if day != today {
			href += "?" + url.Values{"on": {day.String()}}.Encode()
		}
		out[i].Rules = append(out[i].Rules, lawLine{r.Title, href, r.Text, sourceNote(r.Provenance)})
	}
	return out
}

// topics are the first parts of the ids of rules, in words.
var topics = map[string]string{
	"company": "Companies", "society": "Registered societies", "control": "Who controls a mutual", "contract": "Public contracts", "cic": "Community interest companies",
	"cio": "Charitable incorporated organisations", "eot": "Employee ownership trusts", "foundation-trust": "Foundation trusts", "joint-venture": "Joint ventures",
	"transfer": "Transfer of staff and services",
}

func lawTopic(id string) string {
	first := id
	for i, c := range id {
		if c == '.' {
			first = id[:i]
			break
		}
	}
	if words, ok := topics[first]; ok {
		return words
	}
	return page.Begin(first)
}
