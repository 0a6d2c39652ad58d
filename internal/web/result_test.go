package web_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"commonweal/internal/base/policy"
)

// answersFile is a file of answers to the nine engagement questions: two directorates,
// five teams of which two are small, two staff groups. Who is in Family leans by so much.
func answersFile(lean int, numbered bool) []byte {
	var b strings.Builder
	names := []string{"look_forward", "enthusiastic", "time_passes", "initiative", "suggestions", "improvements", "care_first", "recommend_work", "recommend_care"}
	if numbered {
		names = []string{"Q2a", "Q2b", "Q2c", "Q3c", "Q3d", "Q3f", "Q25a", "Q25c", "Q25d"}
	}
	b.WriteString(strings.Join(names, ",") + ",Directorate,Team,Staff group,Comment,Shoe size\n")
	n := 0
	for _, team := range []struct {
		above, name string
		people      int
		lean        int
	}{{"Community", "District nursing", 70, 0}, {"Community", "Family", 60, lean}, {"Community", "Night sitting", 6, 0}, {"Hospital", "Wards", 80, -1}, {"Hospital", "Pharmacy", 7, 0}} {
		for i := range team.people {
			group := "Nurses"
			if i%3 == 0 {
				group = "Others"
			}
			for q := range names {
				code := 3 + (i*7+q*5+n)%3 - (i+q)%2
				if (i+q)%2 == 0 {
					code += team.lean
				}
				fmt.Fprintf(&b, "%d,", min(max(code, 1), 5))
			}
			comment := ""
			if i%2 == 0 {
				comment = fmt.Sprintf("The rota of week %d comes too late, and nobody asks Gwenllian Prosser.", i)
			}
			fmt.Fprintf(&b, "%s,%s,%s,%q,%d\n", team.above, team.name, group, comment, 38+i%8)
			n++
		}
	}
	return []byte(b.String())
}

var bringFields = []string{
	"title", "Staff survey 2025", "code", "staff-2025", "kind", "annual", "instrument", "nhs-engagement", "source", "Ask & Count Ltd", "asked", "400",
	"opens-day", "6", "opens-month", "10", "opens-year", "2025", "closes-day", "28", "closes-month", "11", "closes-year", "2025",
}

// bring brings a survey in through the pages, and returns its address.
func (s *site) bring(lead string, file []byte, pairs ...string) string {
	s.t.Helper()
	b := s.as(lead)
	review := b.upload(plans+"/bring", "answers.csv", file, with(bringFields, pairs...)...).leads(plans + "/bring/")
	b.get(review).want(http.StatusOK).says("Dry run: nothing is kept yet", "All of them fit.")
	return strings.TrimSuffix(b.post(review).leads(plans+"/waves/"), "?done=brought")
}

// A survey of somebody else is brought in from a file: wrong rows are told, the columns
// are shown, and every page says who asked it.
func TestWave_BringIn(t *testing.T) {
	s := newSite(t)
	lead := s.officer(policy.EngagementLead)
	b := s.as(lead)
	b.get(plans + "/bring").want(http.StatusOK).says("A survey that somebody else asked")
	b.upload(plans+"/bring", "answers.csv", answersFile(1, false)).want(http.StatusUnprocessableEntity).says("Say who asked it.", "The first day is missing.", "Choose it again.")
	b.upload(plans+"/bring", "answers.csv", []byte("look_forward,team\n3,A\n"), bringFields...).want(http.StatusUnprocessableEntity).says("refused", "Nothing was kept.")
	broken := strings.Replace(string(answersFile(1, false)), "\n3,", "\n9,", 1)
	b.upload(plans+"/bring", "answers.csv", []byte(broken), bringFields...).want(http.StatusUnprocessableEntity).says("Row ", "look_forward")
	b.upload(plans+"/bring", "answers.csv", answersFile(1, false), with(bringFields, "asked", "20")...).want(http.StatusUnprocessableEntity).says("only 20 were asked")

	review := b.upload(plans+"/bring", "answers.csv", answersFile(1, true), bringFields...).leads(plans + "/bring/")
	b.get(review).want(http.StatusOK).says("223 answers", "Q25c", "Would recommend as a place to work", "Shoe size", "it is left out", "Night sitting", "one answer each cannot be shown")
	at := strings.TrimSuffix(b.post(review).leads(plans+"/waves/staff-2025"), "?done=brought")
	b.get(at).want(http.StatusOK).says("It was asked by Ask & Count Ltd.", "Release the results")
	b.get(review).want(http.StatusNotFound)
	s.as(s.person("Nia", "Member")).get("/surveys/staff-2025/results").want(http.StatusNotFound).says("Nothing is released")
}

// Results: the thing first, from data; every team has a page; a team that is not shown
// has the same page as every other such team.
func TestResult_Pages(t *testing.T) {
	s := newSite(t)
	lead := s.officer(policy.EngagementLead)
	b := s.as(lead)
	before := s.bring(lead, answersFile(-1, true))
	now := s.bring(lead, answersFile(1, false), "code", "staff-2026", "title", "Staff survey 2026", "opens-year", "2026", "closes-day", "6", "closes-year", "2026")
	for _, at := range []string{before, now} {
		b.get(at+"/release").want(http.StatusOK).says("Check before you release the results", "What would be shown and what not", "nothing", "Night sitting")
		b.post(at + "/release").leads(at + "/release?done=released")
		b.get(at+"/release?done=released").want(http.StatusOK).says("The results are released", "SHA-256 of the release")
		b.post(at + "/release").want(http.StatusConflict)
	}
	nia := s.as(s.person("Nia", "Member"))
	const at = "/surveys/staff-2026/results"
	first := nia.get(at).want(http.StatusOK).says("We score", "out of 10 on staff engagement", "likely between", "since November 2025", "223 of 400 answered", "did not answer", "Ask & Count Ltd")
	if strings.Contains(first.Body, "NaN") {
		t.Error("a figure is no number")
	}
	nia.get(at+"/scores").want(http.StatusOK).says("All scores", "Motivation", "Involvement", "Advocacy")
	nia.get(at+"/teams").want(http.StatusOK).says("District nursing", "Drawn to the middle", "Not shown, to protect the people in it")
	shown := ""
	for _, team := range []string{"district-nursing", "family", "wards"} {
		if strings.Contains(nia.get(at+"/teams/"+team).want(http.StatusOK).Body, "It scores") {
			shown = team
		}
	}
	if shown == "" {
		t.Fatal("no team of sixty people or more is shown")
	}
	nia.get(at+"/teams/"+shown).want(http.StatusOK).says("Staff groups in it", "likely between")
	nia.get(at+"/groups").want(http.StatusOK).says("Nurses", "Others")
	nia.get(at+"/questions").want(http.StatusOK).says("I look forward to going to work.", "Never", "Always", "Good")
	nia.get(at + "/questions?unit=pharmacy").want(http.StatusOK).says("not shown, to protect the people in it")
	nia.get(at+"/beside").want(http.StatusOK).says("No published figures are here", "commonweal published import")
	nia.get(at+"/change").want(http.StatusOK).says("Staff survey 2025", "How to read it", "A change is not a cause.")
	nia.get(at+"/response").want(http.StatusOK).says("177 people of 400 did not answer.", "Manski")
	nia.get(at + "/drivers").want(http.StatusOK).says("What goes with the score")
	nia.get(at+"/tested").want(http.StatusOK).says("The attack found nobody.", "commonweal survey audit", "1 earlier release")
	nia.get(at + "/filter").want(http.StatusOK).says("Several teams together")
	nia.get(at + "/filter?unit=" + shown).want(http.StatusOK) // what it leaves of the rest decides whether it is answered
	nia.get(at + "/filter?unit=pharmacy&unit=night-sitting").want(http.StatusOK).says("not shown, to protect the people in it")
	nia.get(at + "/filter?unit=nowhere").want(http.StatusOK).says("Choose from the list.")
	nia.get(at + "/teams/nowhere").want(http.StatusNotFound)
	nia.get(at + "/scores?score=nowhere").want(http.StatusOK)
	nia.get(at + "/teams?score=nowhere").want(http.StatusNotFound)

	small, none := nia.get(at+"/teams/pharmacy").want(http.StatusOK), nia.get(at+"/teams/night-sitting").want(http.StatusOK)
	same := func(body, name, code string) string {
		return regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`).ReplaceAllString(strings.ReplaceAll(strings.ReplaceAll(body, name, "NAME"), code, "CODE"), "ID")
	}
	if same(small.Body, "Pharmacy", "pharmacy") != same(none.Body, "Night sitting", "night-sitting") {
		t.Error("the pages of two teams that are not shown differ by more than the name")
	}

	for _, file := range []string{"scores", "questions", "change", "response", "drivers", "beside"} {
		nia.get(at + "/" + file + ".csv").want(http.StatusOK)
		nia.get(at + "/" + file + ".json").want(http.StatusOK)
	}
	bundle := nia.get(at + "/bundle.json").want(http.StatusOK)
	if !strings.Contains(bundle.Body, `"certificate"`) || strings.Contains(bundle.Body, "rota") {
		t.Error("the bundle has no certificate, or more than a release")
	}
	s.as("").get(at).leads("/sign-in?next=")
}

// Comments are read by two people before anybody sees them; nobody but those two ever
// sees what was taken out.
func TestWave_CommentGate(t *testing.T) {
	s := newSite(t)
	lead, rep := s.officer(policy.EngagementLead), s.officer(policy.StaffSide)
	at := s.bring(lead, answersFile(1, true))
	one, two := s.as(lead), s.as(rep)
	one.post(at + "/release").leads(at + "/release")
	list := one.get(at + "/comments").want(http.StatusOK).says("comments wait for you. Two people read each.")
	id := regexp.MustCompile(`/comments/([0-9a-z-]{8,})"`).FindStringSubmatch(list.Body)
	if id == nil {
		t.Fatal("no comment leads anywhere")
	}
	page := at + "/comments/" + id[1]
	one.get(page).want(http.StatusOK).says("Gwenllian", "What the program found", "a name: perhaps")
	one.post(page, "verdict", "").want(http.StatusUnprocessableEntity).says("Choose whether it may be shown.")
	one.post(page, "verdict", "withhold").want(http.StatusUnprocessableEntity).says("Say why it is withheld.")
	words := "The rota comes too late, and nobody asks [name]."
	one.post(page, "verdict", "show", "text", words).leads(at + "/comments?done=kept")
	director := s.as(s.officer(policy.Director))
	director.get("/surveys/staff-2025/comments").want(http.StatusOK).says("No comment of this survey is shown.")
	two.get(page).want(http.StatusOK).says("What the other reader decided", words)
	two.post(page, "verdict", "show", "text", words).leads(at + "/comments?done=kept")
	director.get("/surveys/staff-2025/comments").want(http.StatusOK).says("1 comment is shown.", words, "What they are about").lacks("Gwenllian")
	director.get("/surveys/staff-2025/comments.csv").want(http.StatusOK).says("rota")
	director.get(page).want(http.StatusForbidden)
	s.as(s.person("Nia", "Member")).get("/surveys/staff-2025/comments").want(http.StatusForbidden)
	two.post(page, "verdict", "withhold", "reason", "It can be told who asked.").leads(at + "/comments?done=kept")
	director.get("/surveys/staff-2025/comments").want(http.StatusOK).says("No comment of this survey is shown.")
}
