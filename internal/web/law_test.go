package web_test

import (
	"net/http"
	"testing"

	"commonweal/law"
)

// Anybody reads the rules of a day with their sources, those of the mutual's own
// legal form first.
func TestLaw(t *testing.T) {
	s := newSite(t)
	b := s.as("")
	b.get("/law").want(http.StatusOK).says("The law we work by", "rules, in our own words, each with where it comes from.", "Community benefit society", "Registered societies", "Co-operative and Community Benefit Societies Act 2014").
		contains("/law/control.members").lacks("Companies Act 2006, s.281")
	b.get("/law?form=all").says("Companies")
	b.get("/law?form=guild").want(http.StatusUnprocessableEntity).says("There was no such legal form on this day.")
	b.get("/law?on=1066-10-14").says("No rule is known for this day")
	b.get("/law?on=yesterday").want(http.StatusUnprocessableEntity)
	b.get("/law/nothing.such").want(http.StatusNotFound)
	b.get("/law/control.members?on=1066-10-14").want(http.StatusNotFound).says("This rule has no effect on 14 October 1066")
}

// A rule is asked with what is known: it holds, fails, or names what is missing.
func TestLaw_Asked(t *testing.T) {
	s := newSite(t)
	b := s.as("")
	path := "/law/control.members"
	b.get(path).want(http.StatusOK).says("Employees are most of the members", "How many members are there?", "Nothing that you put in is kept.").lacks("We cannot tell yet")
	for _, c := range []struct{ name, query, says string }{
		{"everything is known and it holds", "&fact-members=10&fact-employee_members=6&fact-votes_of_all_members=10&fact-employee_votes=6", "Yes, this is met"},
		{"one part alone fails it", "&fact-members=10&fact-employee_members=5", "No, this is not met"},
		{"too little is known", "&fact-members=10&fact-employee_members=6", "We cannot tell yet"},
		{"nothing is known", "", "How many of those votes do employees have?"},
		{"numbers as people write them", "&fact-members=1,000&fact-employee_members=600&fact-votes_of_all_members=1,000&fact-employee_votes=600", "Yes, this is met"},
	} {
		t.Run(c.name, func(t *testing.T) { b.get(path + "?asked=1" + c.query).want(http.StatusOK).says(c.says) })
	}
	b.get(path + "?asked=1&fact-members=many").want(http.StatusUnprocessableEntity).says("“many” is not a whole number of nought or more.").contains(`value="many"`)
	b.get(path + "?asked=1&fact-members=-1").want(http.StatusUnprocessableEntity)
	b.get(path + "?asked=1&fact-members=1.5").want(http.StatusUnprocessableEntity)
}

// Every rule in force has a page that can be asked with nothing known.
func TestLaw_EveryRuleHasItsPage(t *testing.T) {
	s := newSite(t)
	b := s.as("")
	for _, r := range s.House.Law.Rules(s.day("2026-11-19"), law.Filter{}) {
		b.get("/law/" + r.ID + "?asked=1").want(http.StatusOK).says(r.Title)
	}
}
