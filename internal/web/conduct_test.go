package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/law"
)

// mutual is a staff of eight in two constituencies, with everybody who holds votes.
type electing struct {
	*site
	staff                           map[string]string // person by given name
	Officer, Registrar, Teller, Rep string
	Keys                            []string
}

func newElecting(t testing.TB) *electing {
	t.Helper()
	s := newSite(t)
	s.rules()
	var lines []string
	for i, given := range []string{"Amara", "Bryn", "Cadi", "Dai", "Eira", "Ffion", "Gwen", "Hari"} {
		group := "Nursing and Midwifery Registered"
		if i >= 5 {
			group = "Administrative and Clerical"
		}
		lines = append(lines, fmt.Sprintf("20%02d,%s,Pugh,%s@severn.example,%s,Role,Alder House,Permanent,1.0,04/03/2019", i, given, strings.ToLower(given), group))
	}
	e := &electing{site: s, staff: s.employs(lines...)}
	for _, person := range e.staff {
		s.admit(person, "staff", "2025-01-10", "founding member")
	}
	e.Officer, e.Registrar, e.Teller, e.Rep = s.officer(policy.ReturningOfficer), s.officer(policy.Registrar), s.officer(policy.Teller), s.officer(policy.StaffSide)
	for _, name := range []string{"One", "Two", "Three"} {
		id := s.person("Key", name)
		if _, err := s.House.Identity.Appoint(s.ctx, s.Secretary, identity.Appointment{Org: "severn", Person: id, Role: policy.Trustee}); err != nil {
			t.Fatal(err)
		}
		e.Keys = append(e.Keys, id)
	}
	return e
}

// at puts the clock to ten in the morning of a day.
func (e *electing) at(iso string) {
	e.t.Helper()
	year, month, day := e.day(iso).Civil()
	e.Clock.Set(time.Date(year, month, day, 10, 0, 0, 0, law.London()))
}

const council = "/votes/conduct/council-2027"

// councilForm is a whole draft of an election that closes on Friday 5 March 2027.
var councilForm = []string{
	"kind", "constituency", "title", "Staff council 2027", "code", "council-2027", "about", "Three people who speak for all of us.",
	"closes-day", "5", "closes-month", "3", "closes-year", "2027", "seats-nursing", "2", "seats-others", "1", "role", "council_member",
	"from-day", "1", "from-month", "4", "from-year", "2027", "to-day", "1", "to-month", "4", "to-year", "2030",
}

// with is a form with some answers changed; an empty one is left out.
func with(form []string, pairs ...string) []string {
	out := append([]string(nil), form...)
	for i := 0; i+1 < len(pairs); i += 2 {
		found := false
		for j := 0; j+1 < len(out); j += 2 {
			if out[j] == pairs[i] {
				out[j+1], found = pairs[i+1], true
			}
		}
		if !found {
			out = append(out, pairs[i], pairs[i+1])
		}
	}
	return out
}

func (e *electing) poll(code string) poll.Poll {
	e.t.Helper()
	p, err := e.House.Polls.PollByCode(e.ctx, "severn", code)
	if err != nil {
		e.t.Fatal(err)
	}
	return p
}

// officials names everybody whom the council election needs.
func (e *electing) officials(at string) {
	e.t.Helper()
	huw := e.as(e.Secretary)
	for person, office := range map[string]string{e.Officer: "returning-officer", e.Registrar: "registrar", e.Teller: "teller"} {
		huw.post(at+"/officials/new", "office", office, "person", person).leads(at + "/officials?done=named")
	}
	huw.post(at+"/officials/new", "office", "keyholder", "person", e.Keys[0], "side", "none").leads(at + "/officials?done=named")
	huw.post(at+"/officials/new", "office", "keyholder", "person", e.Keys[1], "side", "outside").leads(at + "/officials?done=named")
	e.as(e.Rep).post(at+"/officials/new", "office", "keyholder", "person", e.Keys[2]).leads(at + "/officials?done=named")
}

// A vote is prepared, changed and called; after that it does not change.
func TestConduct_PrepareAndCall(t *testing.T) {
	e := newElecting(t)
	huw := e.as(e.Secretary)
	huw.get("/votes/conduct").want(http.StatusOK).says("No vote is prepared or under way.", "Prepare a vote")
	huw.get("/votes/conduct/new").want(http.StatusOK).says("What sort of vote is it?", "Each constituency elects its own people")
	huw.get("/votes/conduct/new?kind=raffle").want(http.StatusUnprocessableEntity).says("Choose what sort of vote it is.")
	huw.get("/votes/conduct/new?kind=resolution").want(http.StatusOK).says("Which resolution is it?")
	huw.get("/votes/conduct/new?kind=constituency").want(http.StatusOK).says("Community nursing: seats", "at the earliest if it is called today")

	huw.post("/votes/conduct/new", "kind", "constituency").want(http.StatusUnprocessableEntity).
		says("Say what it is called.", "Choose a short name.", "The last day is missing. Add it.", "Say for at least one constituency how many seats it has.", "Choose the office")
	huw.post("/votes/conduct/new", with(councilForm, "code", "new")...).want(http.StatusUnprocessableEntity).says("has another meaning in addresses", "Three people who speak")
	huw.post("/votes/conduct/new", with(councilForm, "code", "Council 2027")...).want(http.StatusUnprocessableEntity).says("is not small letters, digits and hyphens")
	huw.post("/votes/conduct/new", with(councilForm, "seats-nursing", "two")...).want(http.StatusUnprocessableEntity).says("Seats are a number from 1 to 60.")
	huw.post("/votes/conduct/new", with(councilForm, "closes-day", "6")...).want(http.StatusUnprocessableEntity).says("no working day")
	huw.post("/votes/conduct/new", with(councilForm, "to-year", "2026")...).want(http.StatusUnprocessableEntity).says("The term ends before it begins.")
	huw.get(huw.post("/votes/conduct/new", councilForm...).leads(council)).want(http.StatusOK).
		says("The draft is kept.", "No returning officer is named.", "2 seats, voted on by Staff, Community nursing.", "NHS Model Election Rules 2014", "Three keyholders hold it.", "Friday 5 March 2027, 5pm")
	huw.post("/votes/conduct/new", councilForm...).want(http.StatusUnprocessableEntity).says("There is a poll with the code")

	// A draft is nobody else's to see.
	e.as(e.staff["Amara"]).get(council).want(http.StatusNotFound)
	e.as(e.staff["Amara"]).get("/votes/conduct").want(http.StatusOK).lacks("Staff council 2027")

	huw.get(council+"/edit").want(http.StatusOK).says("Change the draft", "Staff council 2027")
	huw.post(council+"/edit", with(councilForm[2:], "title", "The staff council")...).leads(council + "?done=changed")
	huw.get(council + "/rules/edit").want(http.StatusOK).says("How many members have to back a candidate?")
	rules := []string{
		"counting", "nhs-2014", "backers", "1", "words", "200", "photographs", "yes", "order", "drawn", "revote", "last-counts", "channels", "paper", "keyholders", "3",
		"turnout", "5, 0", "cell", "10", "rankings", "scrutineers", "petition", "21", "vacancies", "next-highest", "months", "6",
	}
	huw.post(council+"/rules/edit", with(rules, "backers", "many", "keyholders", "4", "turnout", "x")...).want(http.StatusUnprocessableEntity).
		says("Write a whole number.", "Choose one.", "is not a number from 0 to 60", "many")
	huw.post(council+"/rules/edit", with(rules, "cell", "3")...).want(http.StatusUnprocessableEntity).says("Turnout of fewer than 10 is never shown")
	huw.post(council+"/rules/edit", with(rules, "vacancies", "countback")...).want(http.StatusUnprocessableEntity).says("no vacancy is filled by countback")
	huw.get(huw.post(council+"/rules/edit", rules...).leads(council+"?done=rules")).want(http.StatusOK).says("The rules are kept.", "The last vote counts.", "1 member who backs them.", "The staff council")
	huw.get(council+"/rules").want(http.StatusOK).says("What they rest on", "has not been compared with its source yet")

	huw.get(council + "/call").want(http.StatusConflict).says("No returning officer is named.")
	e.officials(council)
	huw.get(council+"/call").want(http.StatusOK).says("Check before you call the vote", "Nobody changes them after this", "Olwen returning-officer")
	huw.get(huw.post(council+"/call").leads(council+"?done=called")).want(http.StatusOK).says("The vote is called.", "What is next")
	huw.post(council + "/call").want(http.StatusConflict).says("The vote was called on")
	huw.get(council + "/edit").want(http.StatusConflict).says("This cannot be changed any more")
	huw.post(council+"/rules/edit", rules...).want(http.StatusConflict)
	e.as(e.staff["Amara"]).get(council).want(http.StatusOK).says("The staff council", "Timetable", "Notice of poll").lacks("Move the close")
	if p := e.poll("council-2027"); p.Rules.Backers != 1 || p.Called.IsZero() || len(p.Contests) != 2 {
		t.Errorf("the poll is %+v", p)
	}
}

// Officials are named by those who may, to offices that do not clash.
func TestConduct_Officials(t *testing.T) {
	e := newElecting(t)
	huw, rep := e.as(e.Secretary), e.as(e.Rep)
	huw.post("/votes/conduct/new", councilForm...).leads(council)
	at := council + "/officials"
	huw.get(at).want(http.StatusOK).says("Nobody is named yet", "Name the returning officer.")
	huw.get(at+"/new").want(http.StatusOK).says("Name somebody to which office?", "Returning officer", "Observer")
	huw.get(at + "/new?office=chef").want(http.StatusUnprocessableEntity).says("Choose one of these offices.")
	huw.get(at+"/new?office=registrar").want(http.StatusOK).says("somebody has to be registrar of the organisation. One person is.", "Olwen registrar")
	huw.get(at + "/new?office=observer").want(http.StatusOK).says("Nobody holds the role that it needs")
	found := huw.post(at+"/find", "office", "keyholder", "q", "Key Two").leads(at + "/new?find=")
	if strings.Contains(found, "Two") || !strings.Contains(found, "office=keyholder") {
		t.Errorf("the search leads to %s", found)
	}
	huw.get(at + "/new?office=returning-officer&person=" + e.Officer).want(http.StatusOK).says("Check before you name Olwen returning-officer")
	huw.get(at + "/new?office=keyholder&person=" + e.Keys[0]).want(http.StatusOK).says("In whose trust do they stand?")
	huw.post(at+"/new", "office", "keyholder", "person", e.Keys[0]).want(http.StatusUnprocessableEntity).says("Choose one.")
	huw.post(at+"/new", "office", "teller", "person", e.staff["Amara"]).want(http.StatusConflict).says("Amara Pugh cannot be named", "Amara Pugh is not teller of the organisation")
	huw.post(at+"/new", "office", "chef", "person", e.Officer).want(http.StatusUnprocessableEntity)
	huw.post(at+"/new", "office", "teller", "person", e.Secretary).want(http.StatusForbidden)
	rep.get(at + "/new").want(http.StatusOK).says("Keyholder").lacks("Registrar hands")
	rep.post(at+"/new", "office", "registrar", "person", e.Registrar).want(http.StatusForbidden)
	e.as(e.Officer).get(at + "/new").want(http.StatusForbidden)
	e.officials(council)
	huw.post(at+"/new", "office", "returning-officer", "person", e.Officer).want(http.StatusConflict).says("already")
	huw.get(at).want(http.StatusOK).says("Keyholder, for the staff side", "Keyholder, from an outside body", "Olwen teller")

	// Whoever was keyholder cannot become registrar, also when that was given up.
	if _, err := e.House.Identity.Appoint(e.ctx, e.Secretary, identity.Appointment{Org: "severn", Person: e.Teller, Role: policy.Scrutineer}); err == nil {
		t.Fatal("a teller became scrutineer")
	}
	var id string
	for _, o := range e.poll("council-2027").Officials {
		if o.Person == e.Teller {
			id = o.ID
		}
	}
	huw.get(at+"/"+id+"/end").want(http.StatusOK).says("End the office of Olwen teller?", "What they did stays done")
	rep.post(at + "/" + id + "/end").want(http.StatusForbidden)
	huw.post(at + "/" + id + "/end").leads(at + "?done=ended")
	huw.get(at).want(http.StatusOK).says("Named before")
	huw.post(at + "/" + id + "/end").want(http.StatusConflict).says("It ended on")
	huw.get(at + "/nobody/end").want(http.StatusNotFound)
	huw.get(at + ".csv").want(http.StatusOK).says("Olwen returning-officer")
	huw.get("/votes/conduct.json").want(http.StatusOK).says("council-2027", "call")
}

// Days move with a reason and within their bounds; the close moves all of them; a
// vote is abandoned by its returning officer.
func TestConduct_TimetableAndAbandon(t *testing.T) {
	e := newElecting(t)
	huw, officer := e.as(e.Secretary), e.as(e.Officer)
	huw.post("/votes/conduct/new", councilForm...).leads(council)
	e.officials(council)
	huw.post(council + "/call").leads(council)
	huw.get(council + "/days/declaration").want(http.StatusForbidden)
	officer.get(council+"/days/declaration").want(http.StatusOK).says("Move the day: Result is declared", "How it was counted")
	officer.get(council + "/days/brunch").want(http.StatusNotFound)
	day := func(d, m, y string) []string { return []string{"day-day", d, "day-month", m, "day-year", y} }
	officer.post(council+"/days/declaration", day("9", "3", "2027")...).want(http.StatusUnprocessableEntity).says("Say why.")
	officer.post(council+"/days/declaration", append(day("7", "3", "2027"), "reason", "Room")...).want(http.StatusUnprocessableEntity).says("no working day", "Room")
	officer.post(council+"/days/declaration", append(day("9", "9", "2027"), "reason", "Room")...).want(http.StatusUnprocessableEntity)
	officer.get(officer.post(council+"/days/declaration", append(day("10", "3", "2027"), "reason", "The hall is free then.")...).leads(council+"?done=day")).
		want(http.StatusOK).says("The day is moved", "Wednesday 10 March 2027", "The hall is free then.")
	officer.get(council+"/close").want(http.StatusOK).says("Move the close", "Days that were moved by hand are as counted again.")
	officer.post(council+"/close", append(day("1", "12", "2026"), "reason", "Sooner")...).want(http.StatusUnprocessableEntity).says("has passed", "Sooner")
	officer.get(officer.post(council+"/close", append(day("12", "3", "2027"), "reason", "Half term")...).leads(council+"?done=moved")).says("Friday 12 March 2027, 5pm", "Half term")

	huw.get(council+"/abandon").want(http.StatusForbidden).says("Only the returning officer of this vote may do this", "Ask Olwen returning-officer")
	officer.get(council + "/abandon").want(http.StatusOK).says("This cannot be taken back.")
	officer.post(council + "/abandon").want(http.StatusUnprocessableEntity).says("Say why.")
	huw.post(council+"/abandon", "reason", "Enough").want(http.StatusForbidden)
	officer.get(officer.post(council+"/abandon", "reason", "Too few people know of it.").leads("/votes/conduct?done=abandoned")).want(http.StatusOK).says("Votes that are over", "abandoned")
	officer.get(council).want(http.StatusOK).says("Too few people know of it.")
	officer.get(council + "/abandon").want(http.StatusConflict)
	officer.get(council + "/close").want(http.StatusConflict)
	e.refused(council + "/edit")
}

// officerOf is the returning officer of a vote.
func (s *site) officerOf(code string) string {
	s.t.Helper()
	p, err := s.House.Polls.PollByCode(s.ctx, "severn", code)
	if err != nil {
		s.t.Fatal(err)
	}
	return p.Holders(poll.ReturningOfficer)[0].Person
}
