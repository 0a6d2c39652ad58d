package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
)

const plans = "/surveys/plan"

// A survey is drafted in steps, its teams come as a file that is read first, and it is
// called after a review. After that it does not change.
func TestWave_PlanAndCall(t *testing.T) {
	l := newListening(t) // with one survey that is open
	lead := l.as(l.Lead)
	lead.get(plans).want(http.StatusOK).says("Autumn pulse is open. It closes at the end of Friday 27 November.", "Plan a survey")
	lead.get(plans+"/new").want(http.StatusOK).says("What is asked", "Staff engagement: nine questions", "Mutual culture")
	lead.post(plans+"/new").want(http.StatusUnprocessableEntity).says("Say what it is called.", "Choose a short name.", "Choose what sort of survey it is.", "Choose which questions are asked.")
	lead.post(plans+"/new", "title", "Staff survey 2026", "code", surveyCode, "kind", "annual", "instrument", "nhs-engagement").want(http.StatusUnprocessableEntity).says("There is a survey with the code").lacks("net promoter")
	lead.post(plans+"/new", "title", "Staff survey 2026", "code", "staff-2026", "kind", "annual", "instrument", "nhs-engagement", "about", "We ask every year.").
		leads(plans + "/waves/staff-2026/whom?done=drafted")
	const at = plans + "/waves/staff-2026"
	lead.get(at+"/whom?done=drafted").want(http.StatusOK).says("Say now who is asked", "Census day")
	whom := []string{"whom", "staff", "census-day", "18", "census-month", "11", "census-year", "2026", "opens-day", "30", "opens-month", "11", "opens-year", "2026", "closes-day", "18", "closes-month", "12", "closes-year", "2026"}
	lead.post(at+"/whom", with(whom, "closes-day", "1", "closes-month", "11")...).want(http.StatusUnprocessableEntity).says("It would close before it opens.")
	lead.post(at+"/whom", with(whom, "remind1-day", "1", "remind1-month", "1", "remind1-year", "2027")...).want(http.StatusUnprocessableEntity).says("It is not open on this day.")
	lead.post(at+"/whom", with(whom, "remind1-day", "8", "remind1-month", "12", "remind1-year", "2026")...).leads(at + "?done=changed")
	lead.post(at+"/how", "paper", "yes", "minimum", "5", "weighting", "none", "comments", "no", "comment_minimum", "20").want(http.StatusUnprocessableEntity).says("10 is the fewest. Give 10 or more.")
	lead.post(at+"/how", "paper", "no", "minimum", "11", "weighting", "staff-group", "comments", "no", "comment_minimum", "20", "keep", "24").leads(at + "?done=changed")
	lead.get(at).want(http.StatusOK).says("11 answers", "Weighted so that the staff groups count", "24 months after the close", "27 people are asked", "Ferry Lane", "Look at all of it and call the survey")

	// Teams: wrong rows are told with row, field and what to do; then the dry run.
	lead.upload(at+"/teams", "", nil).want(http.StatusUnprocessableEntity).says("Choose a file first.")
	lead.upload(at+"/teams", "teams.csv", []byte("code,name,part_of,site\nnorth,North,,\nx,,nowhere,Alder House\n")).want(http.StatusUnprocessableEntity).says("refused", "Nothing was kept.")
	teams := "code,name,part_of,site,staff_group,job_role\nnorth,North,,,,\nalder,Alder team,north,Alder House,,\nferry,Ferry team,north,Ferry Lane,,\n"
	review := lead.upload(at+"/teams", "teams.csv", []byte(teams)).leads(at + "/teams/files/")
	lead.get(review).want(http.StatusOK).says("Dry run: nothing is kept yet", "Alder team", "Alder House", "any")
	l.as(l.Nobody).get(review).want(http.StatusForbidden)
	lead.get(at + "/teams").want(http.StatusOK).lacks("Alder team")
	lead.post(review).leads(at + "/teams?done=kept")
	lead.get(review).want(http.StatusNotFound).says("This file is not here any more")
	lead.get(at+"/teams").want(http.StatusOK).says("Alder team", "North")
	if file := lead.get(at + "/teams/rules.csv").want(http.StatusOK); !strings.Contains(file.Body, "Alder House") {
		t.Errorf("the rules as a file: %s", file.Body)
	}

	lead.get(at+"/call").want(http.StatusOK).says("Check before you call the survey", "Calling it cannot be taken back", "SHA-256 of the questions", "Alder team", "I look forward to going to work.")
	lead.post(at + "/call").leads(at + "?done=called")
	lead.get(at).want(http.StatusOK).says("It is called and fixed. It opens by itself on Monday 30 November.", "The hashes (SHA-256)", "Notice")
	lead.get(at+"/plan").want(http.StatusOK).says("What was called", "Alder team", "Weighted so that")
	lead.post(at + "/call").want(http.StatusConflict).says("This does not change any more")
	lead.post(at+"/how", "paper", "no").want(http.StatusConflict).says("The survey was called on")
	lead.post(at+"/abandon", "reason", "").want(http.StatusUnprocessableEntity).says("Say why.")
	lead.post(at+"/abandon", "reason", "The census day was wrong.").leads(plans + "?done=abandoned")
	l.as(l.Nobody).get(at).want(http.StatusOK).says("The census day was wrong.")
}

// Who may not plan a survey is refused; a draft is nobody else's business.
func TestWave_OnlyForThoseWhoRunThem(t *testing.T) {
	l := newListeningDraft(t)
	at := plans + "/waves/" + surveyCode
	l.refused(plans+"/new", plans+"/bring", at+"/ask", at+"/call", at+"/teams", at+"/remind", at+"/response", at+"/release", at+"/slips", at+"/sheets")
	nobody := l.as(l.Nobody)
	nobody.get(at).want(http.StatusNotFound)
	nobody.get(plans).want(http.StatusOK).lacks("Autumn pulse")
	nobody.post(at + "/call").want(http.StatusForbidden)
	nobody.post(at+"/abandon", "reason", "no").want(http.StatusForbidden)
	l.as(l.Lead).get(plans).want(http.StatusOK).says("Autumn pulse")
}

// While a survey is open only the whole is counted, a reminder goes to those who have
// fetched nothing, and nobody is told who they are.
func TestWave_ResponseAndReminder(t *testing.T) {
	l := newListening(t)
	at := plans + "/waves/" + surveyCode
	lead := l.as(l.Lead)
	for _, person := range l.People[:12] {
		l.pass(person)
	}
	lead.get(at+"/response").want(http.StatusOK).says("Why there is no list by team", "of 27").lacks("Ferry Lane")
	file := lead.get(at + "/response.csv").want(http.StatusOK)
	if strings.Contains(file.Body, "Ferry") {
		t.Errorf("the file names a team while the survey is open: %s", file.Body)
	}
	lead.get(at+"/remind").want(http.StatusOK).says("15 people have not fetched a pass.", "nobody knows who answered").lacks("Asked20", "Ada20")
	lead.post(at + "/remind").leads(at + "?done=reminded")
	lead.get(at + "/remind").want(http.StatusOK).says("Reminder 1")
	lead.post(at + "/remind").want(http.StatusConflict)
}

// Slips are shown once; a slip is ticked for a person; two tellers enter the sheet, and a
// difference is looked at again.
func TestWave_Paper(t *testing.T) {
	l := newListening(t)
	at := plans + "/waves/" + surveyCode
	lead, huw := l.as(l.Lead), l.as(l.Secretary)
	lead.post(at+"/slips/make", "slips", "0").want(http.StatusUnprocessableEntity).says("1 is the fewest. Give 1 or more.")
	made := lead.post(at+"/slips/make", "slips", "12").want(http.StatusOK).says("Print these slips now", "They are shown once")
	serials := regexp.MustCompile(`cw-slip__number">([^<]+)<`).FindAllStringSubmatch(made.Body, -1)
	if len(serials) != 12 {
		t.Fatalf("%d slips are shown, want 12", len(serials))
	}
	huw.get(at+"/slips").want(http.StatusOK).says("12 slips were made, and 0 were given out.", "Stack 1").lacks(serials[0][1])
	huw.get(at + "/slips/make").want(http.StatusForbidden)

	huw.post(at+"/slips/find", "q", "A").want(http.StatusUnprocessableEntity).says("at least two letters")
	huw.post(at+"/slips/find", "q", "Asked03").want(http.StatusOK).says("Ada03 Asked03", "A slip was given")
	huw.post(at+"/slips/find", "q", "Outside").want(http.StatusOK).says("Nell Outside").lacks("slips/people")
	huw.post(at + "/slips/people/" + l.People[3]).leads(at + "/slips?done=given")
	huw.get(at+"/slips").want(http.StatusOK).says("12 slips were made, and 1 was given out.", "Ada03 Asked03")
	huw.post(at + "/slips/people/" + l.People[3]).want(http.StatusConflict).says("No slip for this person")
	huw.post(at + "/slips/people/" + l.Nobody).want(http.StatusConflict)

	one, two := l.as(l.officer(policy.Teller)), l.as(l.tellerToo())
	one.get(at + "/sheets").want(http.StatusOK).says("Enter a sheet")
	sheet := []string{"serial", serials[0][1], "unit", l.teamOf(0)}
	for i, q := range l.Wave.Instrument.Questions {
		sheet = append(sheet, "q-"+q.ID, string(rune('1'+i%5)))
	}
	first := "q-" + l.Wave.Instrument.Questions[0].ID
	one.post(at+"/sheets/enter", with(sheet, first, "9")...).want(http.StatusUnprocessableEntity).says("There is no answer “9”.")
	one.post(at+"/sheets/enter", with(sheet, "serial", "AAAA-AAAA")...).want(http.StatusUnprocessableEntity)
	one.post(at+"/sheets/enter", sheet...).leads(at + "/sheets/enter?done=waits")
	two.post(at+"/sheets/enter", with(sheet, first, "4")...).want(http.StatusConflict).says("The other teller read this sheet differently.", "Look again.")
	one.get(at+"/sheets").want(http.StatusOK).says("Read differently", "Question 1")
	two.post(at+"/sheets/enter", sheet...).leads(at + "/sheets/enter?done=taken")
	huw.post(at+"/sheets/enter", sheet...).want(http.StatusForbidden)
}

// What a program does is what the page does.
func TestWave_Programs(t *testing.T) {
	l := newListening(t)
	lead := l.as(l.Lead)
	lead.get(plans + ".csv").want(http.StatusOK).says(surveyCode)
	lead.get(plans + ".json").want(http.StatusOK).says(`"code": "` + surveyCode + `"`)
}

// tellerToo is a second teller.
func (l *listening) tellerToo() string {
	l.t.Helper()
	id := l.person("Second", "Teller")
	_, err := l.House.Identity.Appoint(l.ctx, l.Secretary, identity.Appointment{Org: "severn", Person: id, Role: policy.Teller})
	l.ok(err)
	return id
}
