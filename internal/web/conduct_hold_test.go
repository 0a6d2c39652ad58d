package web_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/demo/voting"
	"commonweal/law"
)

// holding is a poll of the whole house at some stage, with who holds it.
type holding struct {
	*site
	*voting.Poll
	officials voting.Officials
	members   []string
}

// hold plans a poll of one contest that closes on Friday 5 March 2027.
func (s *site) hold(kind poll.Kind, ask poll.Ask, contest poll.Contest, votes func(poll.Contest, poll.Entry) []int) *holding {
	s.t.Helper()
	officials, members, err := voting.Gather(s.ctx, s.House, "severn", s.Secretary, 6, s.day("2026-11-01"))
	if err != nil {
		s.t.Fatal(err)
	}
	ask.Kind, ask.Form = kind, law.BenefitSociety
	rules, err := poll.DefaultRules(s.House.Law, ask, law.Today(s.Clock.Now()))
	if err != nil {
		s.t.Fatal(err)
	}
	if kind.Elects() {
		rules.Backers = 1
	}
	h := &holding{site: s, officials: officials, members: members}
	plan := voting.Plan{
		Org: "severn", Officials: officials, Seed: "conduct", Votes: votes,
		Poll: poll.Poll{Code: "spring", Title: "Spring vote", Kind: kind, Rules: rules, Closes: timetable.CloseOn(s.day("2027-03-05")), Contests: []poll.Contest{contest}},
	}
	if kind.Elects() {
		for i, name := range []string{"Alys", "Bedwyr", "Carys"} {
			plan.Candidates = append(plan.Candidates, voting.Candidate{Contest: contest.Code, Person: members[i], Name: name, Statement: "I listen.", Backers: members[3+i : 4+i]})
		}
	}
	h.Poll = voting.New(s.House, s.Clock, plan)
	return h
}

func (h *holding) until(act string) {
	h.t.Helper()
	if err := h.Until(h.ctx, act); err != nil {
		h.t.Fatal(err)
	}
}

func (h *holding) officer() *browser { return h.as(h.officials.ReturningOfficer) }

const spring = "/votes/conduct/spring"

// A staff ballot from the notice to the destroyed key, by the pages of those who
// hold it.
func TestConduct_HoldBallot(t *testing.T) {
	s := newSite(t)
	h := s.hold(poll.Proposal, poll.Ask{}, poll.Contest{Code: "all", Title: "All staff", Class: voting.Class, Question: "Should we keep twelve-hour shifts?", Answers: []string{"Yes", "No"}},
		func(_ poll.Contest, v poll.Entry) []int {
			switch {
			case v.Number == 6:
				return nil
			case v.Number == 5:
				return []int{0, 0, 1}
			}
			return []int{0, 1, 0}
		})
	h.until("key")
	officer := h.officer()
	officer.get(spring+"/key").want(http.StatusOK).says("It is made, and all keyholders have their parts.", "Needed to open votes")
	officer.get(spring+"/notice").want(http.StatusOK).says("missing", "has no credential")
	officer.post(spring + "/notice").want(http.StatusConflict).says("has no credential")
	h.until("codes")
	h.Clock.Set(timetable.OpenOn(s.day("2027-02-19")))
	officer = h.officer()
	officer.get(spring+"/notice").want(http.StatusOK).says("Everything is there.", "Should we keep twelve-hour shifts?", "Give notice of poll", "It cannot be taken back.")
	s.as(s.Secretary).get(spring + "/notice").want(http.StatusOK).lacks("It cannot be taken back.")
	officer.get(officer.post(spring+"/notice").leads(spring+"/notice?done=given")).want(http.StatusOK).says("Notice of poll is given", "In four words", "The public board")
	officer.post(spring + "/notice").leads(spring + "/notice")
	officer.get(spring + "/days/opens").want(http.StatusConflict).says("The timetable was frozen with it.")
	officer.get(spring + "/result/all").want(http.StatusOK).says("Voting ends Friday 5 March, 5pm.")

	if err := h.Vote(h.ctx, 1, 0); err == nil {
		t.Log("votes are taken before nine")
	}
	h.until("vote again")
	officer = h.officer()
	officer.get(spring).want(http.StatusOK).says("Members are voting.")
	book := spring + "/pollbook/all"
	officer.get(book).want(http.StatusOK).says("5 votes of 6 were received.", "on the web", "none received", "turnout on the board at fixed times alone")
	officer.get(book+"?show=not").want(http.StatusOK).says("none received", "Everybody on the roll").lacks("on the web")
	s.as(s.Secretary).get(book).want(http.StatusForbidden)
	s.as(h.officials.Registrar).get(book).want(http.StatusForbidden)
	officer.get(book + "/marks.csv").want(http.StatusOK).says("voted,web")

	// A paper of somebody who has voted is disqualified, and takes nothing away from the vote that counts.
	held, err := h.Now(h.ctx)
	s.ok(err)
	teller, all := h.officials.Tellers[0], held.Contests[0].ID
	m, err := s.House.Papers.Receive(h.ctx, teller, "severn", all, 1, false)
	s.ok(err)
	officer.get(book).want(http.StatusOK).says("5 votes of 6 were received.").lacks("disqualified")
	s.ok(s.House.Papers.TakeBack(h.ctx, h.officials.ReturningOfficer, "severn", all, m.Voter, "It was another's."))

	h.Clock.Set(h.Plan.Poll.Closes.Add(time.Second))
	officer = h.officer()
	result := spring + "/result/all"
	officer.get(result).want(http.StatusOK).says("The ballot box is being closed.", "Close the ballot box")
	officer.post(result + "/open").want(http.StatusConflict)
	s.as(s.Secretary).post(result + "/close").want(http.StatusForbidden)
	officer.get(officer.post(result+"/close").leads(result+"?done=closed")).want(http.StatusOK).says("Reckon up the votes on paper", "0 of the 2 that are needed")
	officer.get(result + "/declare").want(http.StatusConflict)
	if err := h.Reckon(h.ctx); err != nil {
		t.Fatal(err)
	}
	officer.get(result).want(http.StatusOK).says("Two more are needed.")
	officer.post(result + "/open").want(http.StatusConflict)
	h.decrypt(0, 1)
	officer.get(result).want(http.StatusOK).says("Open the votes", "It is not declared before you say so.")
	officer.get(officer.post(result+"/open").leads(result+"?done=opened")).want(http.StatusOK).says("The votes are counted.", "Look at the result and declare it")
	officer.get(result+"/declare").want(http.StatusOK).says("Check before you declare the result", "SHA-256 of the transcript", "On the web", "Ballots counted")
	officer.get(officer.post(result+"/declare").leads(result+"?done=declared")).want(http.StatusOK).says("The result is declared", "Can be questioned until")
	officer.post(result + "/declare").want(http.StatusConflict)
	h.petition(result)
	h.destroy()
}

func (h *holding) decrypt(numbers ...int) {
	h.t.Helper()
	p, err := h.Now(h.ctx)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, n := range numbers {
		if err := h.Decrypt(h.ctx, p.Contests[0], n+1); err != nil {
			h.t.Fatal(err)
		}
	}
}

// petition questions the result and has it upheld, after a look at it.
func (h *holding) petition(result string) {
	h.t.Helper()
	p, err := h.Now(h.ctx)
	if err != nil {
		h.t.Fatal(err)
	}
	id, err := h.House.Polls.Question(h.ctx, h.members[0], "severn", p.Contests[0].ID, "The question was not clear.")
	if err != nil {
		h.t.Fatal(err)
	}
	huw, at := h.as(h.Secretary), spring+"/petitions"
	huw.get(at).want(http.StatusOK).says("One question is not decided.", "The question was not clear.")
	h.officer().get(at).want(http.StatusOK)
	h.as(h.officials.Registrar).get(at).want(http.StatusForbidden)
	huw.get(at+"/"+id).want(http.StatusOK).says("questioned the result on", "What do you decide?")
	huw.post(at+"/"+id).want(http.StatusUnprocessableEntity).says("Choose one.", "Say why.")
	h.officer().post(at+"/"+id, "outcome", "dismissed", "reason", "x").want(http.StatusForbidden)
	huw.post(at+"/"+id, "outcome", "upheld", "reason", "The board found so.").want(http.StatusOK).says("Check before you record it", "The board found so.")
	huw.get(huw.post(at+"/"+id, "outcome", "upheld", "reason", "The board found so.", "reviewed", "yes").leads(at+"?done=decided")).want(http.StatusOK).says("All questions are decided.", "upheld")
	huw.post(at+"/"+id, "outcome", "dismissed", "reason", "Or not").want(http.StatusConflict)
	huw.get(at + ".csv").want(http.StatusOK).says("The board found so.")
	huw.get(at + "/nobody").want(http.StatusNotFound)
}

// destroy ends it: two keyholders destroy their parts, the third cannot be reached.
func (h *holding) destroy() {
	h.t.Helper()
	h.Clock.Set(timetable.OpenOn(h.day("2027-04-20")))
	officer, at := h.officer(), spring+"/key"
	officer.get(at + "/absent").want(http.StatusOK).says("Which keyholder?")
	officer.post(at+"/absent").want(http.StatusUnprocessableEntity).says("Choose one.", "Name who can confirm it.", "Say what happened.")
	gone := []string{"who", h.officials.Keyholders[2], "witness", "The staff side", "statement", "Letters came back."}
	officer.post(at+"/absent", gone...).want(http.StatusUnprocessableEntity)
	for _, k := range h.officials.Keyholders[:2] {
		if err := h.House.Keys.Destroy(h.ctx, k, "severn", h.ID, "A colleague", "Shredded."); err != nil {
			h.t.Fatal(err)
		}
	}
	officer.get(at).want(http.StatusOK).says("Two keyholders have destroyed their part, and one not yet.", "Shredded.")
	h.as(h.Secretary).post(at+"/absent", gone...).want(http.StatusForbidden)
	officer.get(officer.post(at+"/absent", gone...).leads(at+"?done=absent")).want(http.StatusOK).says("All its parts are destroyed.", "Letters came back.")
	officer.get(spring).want(http.StatusOK).says("It is over, and its key is destroyed.")
}

// An election in which ballots are ranked: they are mixed before they are opened.
func TestConduct_HoldElection(t *testing.T) {
	if testing.Short() {
		t.Skip("mixing ranked ballots takes seconds")
	}
	s := newSite(t)
	h := s.hold(poll.Constituency, poll.Ask{}, poll.Contest{Code: "everybody", Title: "Everybody", Class: voting.Class, Constituency: voting.Constituency, Seats: 1},
		func(_ poll.Contest, v poll.Entry) []int { return []int{1, 2, 3} })
	h.until("close")
	officer := h.officer()
	result := spring + "/result/everybody"
	officer.get(result).want(http.StatusOK).says("The keyholders mix the ballots now: two at least.")
	officer.post(result + "/mixes").want(http.StatusConflict)
	h.until("open")
	officer = h.officer()
	officer.get(result+"/declare").want(http.StatusOK).says(" is elected.", "The transcript of the count", "Elected 1")
	officer.post(result + "/declare").leads(result)
	p, err := h.Now(h.ctx)
	if err != nil {
		t.Fatal(err)
	}
	at := spring + "/vacancies"
	huw := s.as(s.Secretary)
	day := law.Today(s.Clock.Now())
	y, m, d := day.Civil()
	huw.post(at+"/new", "who", p.Contests[0].Declared.Result.Elected[0], "since-day", itoa(d), "since-month", itoa(int(m)), "since-year", itoa(y), "reason", "Moved away").leads(at)
	if p, err = h.Now(h.ctx); err != nil {
		t.Fatal(err)
	}
	fill := at + "/" + p.Contests[0].Vacancies[0].ID
	page := officer.get(fill).want(http.StatusOK)
	page.says("The papers give it to", "takes it", "is not willing")
	first := given(page.Body, "next")
	officer.post(fill, "how", "take", "next", "somebody else").want(http.StatusUnprocessableEntity).says("The papers give the seat to somebody else than this page said.")
	page = officer.post(fill, "how", "pass", "next", first).want(http.StatusOK).says("Not willing", "takes it")
	next := given(page.Body, "next")
	if next == first || next == "" {
		t.Fatalf("the papers give the seat to %q, and then to %q", first, next)
	}
	officer.get(officer.post(fill, "how", "take", "next", next, "unwilling", first).leads(at + "?done=filled")).want(http.StatusOK).says("Every seat that fell empty is settled.")
	if p, err = h.Now(h.ctx); err != nil || p.Contests[0].Vacancies[0].FilledBy != next {
		t.Errorf("%v: the seat went to %q, not %q", err, p.Contests[0].Vacancies[0].FilledBy, next)
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

// given is the value of a hidden field.
func given(page, name string) string {
	_, rest, _ := strings.Cut(page, `name="`+name+`" value="`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}
