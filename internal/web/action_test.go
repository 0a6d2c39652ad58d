package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"commonweal/internal/base/policy"
	"commonweal/internal/listen/action"
	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/survey/instrument"
)

// acting is a mutual with the results of a survey, a lead, a director, an owner and
// somebody without an office.
type acting struct {
	*site
	Lead, Director, Owner, Nobody string
}

func newActing(t testing.TB) *acting {
	t.Helper()
	s := newSite(t)
	a := &acting{site: s, Lead: s.officer(policy.EngagementLead), Director: s.officer(policy.Director)}
	a.Owner, a.Nobody = s.person("Owen", "Vale"), s.person("Nell", "Outside")
	a.bring("ns-2025", "Staff survey 2025", "2025-10-01", "2025-11-01", 2)
	return a
}

// bring brings in and releases a survey of 80, in two teams of one directorate, and a
// third team too small to show. Higher lifts the answers.
func (a *acting) bring(code, title, opens, closes string, higher int) {
	a.t.Helper()
	in, err := instrument.Load("nhs-engagement")
	a.ok(err)
	b := wave.BroughtIn{
		Plan: wave.Plan{
			Code: code, Title: title, Kind: wave.Annual, Instrument: in, Census: a.day(opens), Opens: a.day(opens), Closes: a.day(closes),
			Whom: wave.AllStaff, Minimum: 10, Comments: true, CommentMinimum: 20, Languages: []string{"en"},
		},
		Source: "Another firm",
		Units: []wave.Unit{
			{Code: "surgery", Name: "Surgery", Level: wave.Directorate},
			{Code: "theatres", Name: "Theatres", PartOf: "surgery", Level: wave.Team},
			{Code: "wards", Name: "Wards", PartOf: "surgery", Level: wave.Team},
			{Code: "night", Name: "Night team", PartOf: "surgery", Level: wave.Team},
		},
	}
	var sheets []answers.Sheet
	for i := range 84 {
		unit := []string{"theatres", "wards"}[i%2]
		if i >= 80 {
			unit = "night"
		}
		sheet := answers.Sheet{Unit: unit, Answers: make(answers.Codes, len(in.Questions))}
		for q := range sheet.Answers {
			code := 1 + (i/2+q+higher)%5
			if higher > 2 {
				code = min(5, code+2)
			}
			sheet.Answers[q] = uint8(code) //nolint:gosec // 1 to 5
		}
		sheets = append(sheets, sheet)
	}
	id, err := a.House.ImportWave(a.ctx, a.Lead, "severn", b, sheets)
	a.ok(err)
	_, err = a.House.ReleaseWave(a.ctx, a.Lead, "severn", id)
	a.ok(err)
}

// agreed is an action that the room agreed, as a page shows it.
func (a *acting) agreed(title, due string) action.Action {
	a.t.Helper()
	made, err := a.House.Actions.Agree(a.ctx, a.Lead, "severn", action.Draft{
		Finding: action.Finding{Wave: "ns-2025", WaveName: "Staff survey 2025", About: action.Score, ID: "E", Label: "Staff engagement", Says: "5.0, likely between 4.6 and 5.4"},
		Place:   action.Place{Directorate: "surgery", DirectorateName: "Surgery", Unit: "theatres", UnitName: "Theatres"},
		Title:   title, Doing: "A floating nurse covers breaks.", Owner: a.Owner, Due: a.day(due),
	})
	a.ok(err)
	return made
}

// A finding becomes an action on three pages: which survey, which figure, what is done.
// What the survey said comes from its release and not from the form.
func TestActions_New(t *testing.T) {
	a := newActing(t)
	lead := a.as(a.Lead)
	lead.get("/surveys/actions").want(http.StatusOK).says("Nothing yet", "Make an action of a finding")
	lead.get("/surveys/actions/new").want(http.StatusOK).says("Which survey found it?", "Staff survey 2025")
	lead.get("/surveys/actions/new?wave=ns-2025").want(http.StatusOK).says("What did Staff survey 2025 find?", "Theatres (Surgery)", "Question: ")
	lead.get("/surveys/actions/new?wave=nothing").want(http.StatusNotFound)
	lead.get("/surveys/actions/new?wave=ns-2025&unit=night&measure=score:E").want(http.StatusUnprocessableEntity).
		says("This is not shown in the results, to protect the people in it")
	lead.get("/surveys/actions/new?wave=ns-2025&unit=night&measure=comments:").want(http.StatusUnprocessableEntity).says("Comments of this group are not shown")
	lead.get("/surveys/actions/new?wave=ns-2025&unit=all&measure=comments:").want(http.StatusOK).says("What did many write?")
	lead.get("/surveys/actions/new?wave=ns-2025&unit=nowhere&measure=score:E").want(http.StatusUnprocessableEntity).says("no team")
	lead.get("/surveys/actions/new?wave=ns-2025&unit=all&measure=score:E").want(http.StatusOK).
		says("What will be done about it?", "Staff survey 2025 found in all of us: staff engagement, ", "likely between")

	form := []string{
		"wave", "ns-2025", "unit", "all", "about", "score", "id", "E", "says", "10.0, the best there is", "title", "Cover breaks", "doing", "A nurse covers breaks.",
		"where", "theatres", "owner", "Owen", "due-day", "1", "due-month", "3", "due-year", "2027",
	}
	lead.post("/surveys/actions/new", form[:10:10]...).want(http.StatusUnprocessableEntity).
		says("Type the beginning of a name.", "The day is missing. Add it.", "Say what will be done.", "Say what it is called")
	late := append(append([]string{}, form...), "due-year", "2025")
	late[len(late)-3] = "2025"
	lead.post("/surveys/actions/new", late...).want(http.StatusUnprocessableEntity).says("is over", "A nurse covers breaks.")
	at := lead.post("/surveys/actions/new", form...).leads("/surveys/actions/no/1")
	lead.get(at).want(http.StatusOK).says("The action is agreed", "Cover breaks", "Owen Vale", "Theatres, Surgery", "1 March 2027", "All of us, staff engagement: ").lacks("the best there is")

	a.as(a.Nobody).get("/surveys/actions/new").want(http.StatusForbidden)
	a.as(a.Nobody).post("/surveys/actions/new", form...).want(http.StatusForbidden)
	a.as("").get("/surveys/actions").leads("/sign-in")
}

// The owner says what was done; others may not, and only those who follow actions up hand
// one over or reopen it.
func TestActions_Steps(t *testing.T) {
	a := newActing(t)
	made := a.agreed("Cover breaks", "2026-12-01")
	at, owner := made.Path(), a.as(a.Owner)
	owner.get(at).want(http.StatusOK).says("Say what was done", "It has begun", "Move its day").lacks("Hand it to another owner")
	a.as(a.Nobody).get(at).want(http.StatusOK).says("Cover breaks", "What happened").lacks("What you can do")
	a.as(a.Nobody).get(at + "/step/report").want(http.StatusForbidden)
	a.as(a.Nobody).post(at+"/step/done", "note", "x").want(http.StatusForbidden)
	owner.get(at + "/step/hand-over").want(http.StatusForbidden)
	owner.post(at+"/step/reopen", "note", "x").want(http.StatusForbidden)
	owner.get(at + "/step/delete").want(http.StatusNotFound)
	owner.get("/surveys/actions/no/99").want(http.StatusNotFound)
	owner.get("/surveys/actions/no/x").want(http.StatusNotFound)

	owner.get(owner.post(at+"/step/begin").leads(at)).says("Owen Vale said that it has begun.", "It is kept")
	owner.post(at + "/step/report").want(http.StatusUnprocessableEntity).says("Say what was done.")
	owner.get(owner.post(at+"/step/report", "note", "Two nurses are named.").leads(at)).says("Two nurses are named.")
	owner.post(at+"/step/move", "note", "They begin later.", "due-day", "31", "due-month", "2", "due-year", "2027").want(http.StatusUnprocessableEntity).says("They begin later.")
	owner.get(owner.post(at+"/step/move", "note", "They begin later.", "due-day", "1", "due-month", "2", "due-year", "2027").leads(at)).
		says("moved its day to 1 February 2027", "first agreed for 1 December, moved once")

	lead := a.as(a.Lead)
	lead.post(at+"/step/hand-over", "owner", "zz").want(http.StatusUnprocessableEntity).says("Nobody is found")
	lead.post(at+"/step/hand-over", "owner", "Olwen").want(http.StatusUnprocessableEntity).says("Which of them?")
	lead.get(lead.post(at+"/step/hand-over", "owner", "Nell").leads(at)).says("handed it to Nell Outside")
	owner.get(at + "/step/done").want(http.StatusForbidden)
	nell := a.as(a.Nobody)
	nell.get(nell.post(at+"/step/done", "note", "Breaks are covered.").leads(at)).says("Done on 19 November.", "Breaks are covered.").lacks("Reopen it")
	nell.post(at+"/step/report", "note", "x").want(http.StatusUnprocessableEntity).says("ended")
	director := a.as(a.Director)
	director.get(director.post(at+"/step/reopen", "note", "It stopped.", "due-day", "1", "due-month", "3", "due-year", "2027").leads(at)).says("Due on 1 March 2027.")
}

// Members say what they think, once each; nobody sees a count of few, and the words go to
// the owner and to those who follow up.
func TestActions_Say(t *testing.T) {
	a := newActing(t)
	at := a.agreed("Cover breaks", "2026-12-01").Path()
	nell := a.as(a.Nobody)
	nell.get(at+"/say").want(http.StatusOK).says("Say whether it helped", "The record keeps it sealed and without your name.")
	nell.post(at+"/say", "words", "Nobody came.").want(http.StatusUnprocessableEntity).says("Choose what you say of it.", "Nobody came.")
	nell.get(nell.post(at+"/say", "says", "did_not_happen", "words", "Nobody came.").leads(at)).
		says("What you say is kept.", "What members say in sum is shown once enough of them have answered.", "Change what you say").lacks("Nobody came.")
	nell.get(at + "/say").says("Nobody came.")
	a.as(a.Owner).get(at).says("What members wrote", "Nobody came.").lacks("Nell")
	a.as(a.Lead).get(at).says("Nobody came.").lacks("Nell")
	for i := range 9 {
		a.as(a.person("Mem", fmt.Sprintf("Ber%d", i))).post(at+"/say", "says", "helped").leads(at)
	}
	nell.get(at).says("About 10 members have answered, to the nearest five: about 10 say that it helped")
}

// The board sees who owns what, the oldest day first, and a home page what is overdue.
func TestActions_Board(t *testing.T) {
	a := newActing(t)
	a.agreed("Cover breaks", "2026-11-25")
	a.agreed("Mend the roof", "2026-11-20")
	done := a.agreed("Open a quiet room", "2026-12-20")
	_, err := a.House.Actions.Take(a.ctx, a.Owner, "severn", action.Take{Action: done.ID, Kind: action.Done, Note: "It is open."})
	a.ok(err)
	a.Clock.Advance(30 * 24 * 60 * 60 * 1e9)
	lead := a.as(a.Lead)
	lead.get("/surveys/actions/heads").want(http.StatusOK).says("Who answers for a directorate", "Surgery")
	lead.post("/surveys/actions/heads", "directorate", "surgery").want(http.StatusUnprocessableEntity).says("Type the beginning of a name.")
	lead.post("/surveys/actions/heads", "owner", "Nell").want(http.StatusUnprocessableEntity).says("Choose a directorate.")
	lead.get(lead.post("/surveys/actions/heads", "directorate", "surgery", "owner", "Nell").leads("/surveys/actions/heads")).says("Nell Outside", "It is recorded.")
	a.as(a.Nobody).get("/surveys/actions/heads").want(http.StatusForbidden)

	board := a.as(a.Nobody).get("/surveys/actions/board").want(http.StatusOK).says("Two actions are overdue and one is done.", "Nell Outside answers for it.", "Owen Vale", "Overdue")
	if roof, breaks := strings.Index(board.Body, "Mend the roof"), strings.Index(board.Body, "Cover breaks"); roof < 0 || roof > breaks {
		t.Error("the oldest day is not first")
	}
	a.as(a.Nobody).get("/surveys/actions").says("You said:", "We did: Open a quiet room. It is open.", "We are late: Mend the roof.")
	a.as(a.Owner).get("/surveys/actions/mine").says("Two actions are overdue", "Mend the roof")
	a.as(a.Nobody).get("/surveys/actions/mine").says("You own none")
	a.as(a.Owner).get("/home").says("Say what was done: Mend the roof", "was due Friday 20 November")
	lead.get("/home").says("Follow up 2 overdue actions")
	a.as(a.Nobody).get("/home").says("We did: Open a quiet room.").lacks("Follow up")
	csv := a.as(a.Nobody).get("/surveys/actions.csv").want(http.StatusOK)
	if !strings.Contains(csv.Body, "Mend the roof") || !strings.Contains(csv.Body, "Overdue") {
		t.Error(csv.Body)
	}
}

// The next survey measures it, and says nothing of the cause.
func TestActions_Measured(t *testing.T) {
	a := newActing(t)
	at := a.agreed("Cover breaks", "2026-12-01").Path()
	nell := a.as(a.Nobody)
	nell.get(at).says("No later survey has been released")
	a.Clock.Advance(400 * 24 * 60 * 60 * 1e9)
	a.bring("ns-2026", "Staff survey 2026", "2026-11-21", "2026-12-10", 3)
	nell = a.as(a.Nobody)
	nell.get(at).says("Staff survey 2026", "It rose by", "Whether this action was the reason, a survey cannot tell.", "before and after")
}
