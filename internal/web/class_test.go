package web_test

import (
	"net/http"
	"strings"
	"testing"

	"commonweal/internal/base/policy"
)

// The rule-book is read in words, and as it is written.
func TestClasses(t *testing.T) {
	w := newTown(t)
	w.as(w.Amara).get("/classes").want(http.StatusOK).says("There are two classes of members today: Staff, and Patients and carers.",
		"Rule 6 lets in those of whom one of these is so:", "the contract is permanent", "28 days after employment ends (rule 14)", "Community nursing The staff group is Nursing and midwifery. (rule 9)",
		`category == "permanent" || category == "bank" && service_months >= 12`, "Not by itself").lacks("Write a new version")
	w.as(w.Secretary).get("/classes").says("Write a new version", "Change its constituencies", "Write a new class")
	w.as(w.Amara).get("/classes?on=2020-01-01").says("There is no class of members on 1 January 2020.")
	w.as(w.Amara).get("/classes/new").want(http.StatusForbidden)
	w.as(w.officer(policy.Director)).post("/classes/staff/edit").want(http.StatusForbidden)
	w.as("").get("/classes").leads("/sign-in")
}

// fields are the fields that a form came with, as pairs, with some replaced.
func (a answer) fields(with ...string) []string {
	a.t.Helper()
	replaced := map[string]bool{}
	for i := 0; i < len(with); i += 2 {
		replaced[with[i]] = true
	}
	out := with
	_, body, _ := strings.Cut(a.Body, "<main")
	for _, input := range strings.Split(body, "<input ")[1:] {
		tag, _, _ := strings.Cut(input, ">")
		name, value := attribute(tag, "name"), attribute(tag, "value")
		choice := strings.Contains(tag, `type="radio"`) || strings.Contains(tag, `type="checkbox"`)
		if name == "" || replaced[name] || choice && !strings.Contains(tag, " checked") {
			continue
		}
		out = append(out, name, value)
	}
	for _, area := range strings.Split(body, "<textarea ")[1:] {
		tag, rest, _ := strings.Cut(area, ">")
		value, _, _ := strings.Cut(rest, "</textarea>")
		if name := attribute(tag, "name"); name != "" && !replaced[name] {
			out = append(out, name, plain(value))
		}
	}
	return out
}

func attribute(tag, name string) string {
	_, rest, found := strings.Cut(" "+tag, " "+name+`="`)
	if !found {
		return ""
	}
	value, _, _ := strings.Cut(rest, `"`)
	return plain(value)
}

func plain(value string) string { return htmlText.Replace(value) }

var htmlText = strings.NewReplacer("&#34;", `"`, "&amp;", "&", "&#39;", "'", "&lt;", "<", "&gt;", ">", "&#43;", "+")

// A new version of a class is previewed before it is saved; a rule that cannot be
// used is said in words at its field, and what was typed is kept.
func TestClass_NewVersion(t *testing.T) {
	w := newTown(t)
	b := w.as(w.Secretary)
	form := b.get("/classes/staff/edit").want(http.StatusOK).says("Write a new version of Staff").contains(`value="rule 6"`)
	for _, c := range []struct{ name, rule, says string }{
		{"an unknown name", `colour == "red"`, "A rule cannot turn on “colour”. Use one of staff_group"},
		{"one equals sign", `category = "permanent"`, "The rule cannot be read at “= \"permanent\"”"},
		{"an end too early", `category ==`, "The rule cannot be read: it stops too early"},
		{"a number against a text", `category == 3`, "The rule compares things of different kinds"},
		{"no yes or no", `service_months + 1`, "It has to be a yes or a no about one person"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b.post("/classes/staff/edit", form.fields("eligibility", c.rule)...).want(http.StatusUnprocessableEntity).says(c.says)
		})
	}
	b.post("/classes/staff/edit", form.fields("votes", "many")...).want(http.StatusUnprocessableEntity).says(`"many" is not a number of votes.`)
	b.post("/classes/staff/edit", form.fields("name", "")...).want(http.StatusUnprocessableEntity).says("Give the class a name.")
	b.post("/classes/staff/edit", form.fields("starts-year", "26")...).want(http.StatusUnprocessableEntity).says("needs four figures")
	filled := b.post("/classes/staff/edit", form.fields("eligibility", `category == "permanent" || category == "bank"`)...)
	review := b.getAfter(filled, filled.leads("/classes/staff/edit?review=1")).says("What it would do", "it would fit 4 people", "The contract is permanent or bank.", "Nothing has changed yet.")
	b.get(b.post("/classes/staff/edit", review.fields()...).leads("/classes?entry=")).says("The class is saved. It is entry", "not begun yet")
	b.get("/classes?on=2026-11-20").says("The contract is permanent or bank.")
	b.post("/classes/staff/edit", form.fields("starts-day", "1", "starts-month", "5", "starts-year", "2026", "reviewed", "yes")...).want(http.StatusUnprocessableEntity).says("are frozen")
	b.get("/classes/nobody/edit").want(http.StatusNotFound)
}

// A new class is for one kind of people, under a short name of its own.
func TestClass_New(t *testing.T) {
	w := newTown(t)
	b := w.as(w.Secretary)
	form := b.get("/classes/new").want(http.StatusOK)
	b.post("/classes/new", form.fields("name", "Public")...).want(http.StatusUnprocessableEntity).says("Choose whom the class is for.")
	b.post("/classes/new", form.fields("name", "Public", "kind", "public", "code", "Über")...).want(http.StatusUnprocessableEntity).says("Use small letters, digits and hyphens")
	b.post("/classes/new", form.fields("name", "Public", "kind", "public", "code", "staff", "leave_rule", "keeps")...).want(http.StatusUnprocessableEntity).says("There is a class of this short name already")
	b.post("/classes/new", form.fields("name", "Public", "kind", "public", "code", "public", "leave_rule", "keeps", "eligibility", `site == "Alder House"`)...).
		want(http.StatusUnprocessableEntity).says("not known of public and patient members")
	filled := b.post("/classes/new", form.fields("name", "Public", "kind", "public", "code", "public", "leave_rule", "keeps", "eligibility", `area == "NP16"`)...)
	review := b.getAfter(filled, filled.leads("/classes/new?review=1")).says("They live in NP16.")
	b.get(b.post("/classes/new", review.fields()...).leads("/classes?entry=")).says("Public begins on 20 November.")
}

// A set of constituencies is previewed with sizes now and then, overlaps and those
// whom no rule fits, before it is saved.
func TestClass_Constituencies(t *testing.T) {
	w := newTown(t)
	b := w.as(w.Secretary)
	at := "/classes/staff/constituencies"
	form := b.get(at).want(http.StatusOK).says("Constituencies of Staff", "Another constituency, if there is to be one").contains("Community nursing")
	b.post(at, form.fields("rule-1", `staff_group = "x"`)...).want(http.StatusUnprocessableEntity).says("The rule cannot be read")
	b.post(at, form.fields("position-2", "1")...).want(http.StatusUnprocessableEntity).says("Another constituency has this place.")
	b.post(at, form.fields("name-3", "Bank", "rule-3", "")...).want(http.StatusUnprocessableEntity).says("Say who belongs to it.")
	filled := b.post(at, form.fields("name-3", "Alder House", "rule-3", `site == "Alder House"`, "position-3", "3", "code-3", "")...)
	review := b.getAfter(filled, filled.leads(at+"?review=1")).says("What they would do", "Community nursing 1 1", "Alder House new 0", "Rules that fit the same people", "Community nursing Alder House 1")
	b.get(b.post(at, review.fields()...).leads("/classes?entry=")).says("The constituencies are saved.")
	b.get("/classes?on=2026-11-20").says("Alder House The post is at Alder House.")
}
