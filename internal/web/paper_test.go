package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/demo/voting"
	"commonweal/law"
)

// paperSite is a site with a vote that is open, on the web, on paper and by telephone.
type paperSite struct {
	*site
	poll     *voting.Poll
	officers voting.Officials
	third    string // a teller too
	at       string // where its papers are
}

func newPaperSite(t testing.TB, kind poll.Kind) *paperSite {
	t.Helper()
	s := newSite(t)
	officials, members, err := voting.Gather(s.ctx, s.House, "severn", s.Secretary, 12, s.day("2026-11-01"))
	s.ok(err)
	p := &paperSite{site: s, officers: officials, third: s.officer(policy.Teller)}
	officials.Tellers = append(officials.Tellers, p.third)
	rules, err := poll.DefaultRules(s.House.Law, poll.Ask{Kind: kind, Form: law.BenefitSociety}, law.Today(s.Clock.Now()))
	s.ok(err)
	rules.Channels = []poll.Channel{poll.Web, poll.Paper, poll.Telephone}
	plan := voting.Plan{
		Org: "severn", Officials: officials, Seed: "test",
		Poll:  poll.Poll{Code: "shifts", Title: "Twelve-hour shifts", Kind: kind, Rules: rules, Closes: timetable.CloseOn(s.day("2027-02-12"))},
		Votes: func(poll.Contest, poll.Entry) []int { return nil },
	}
	contest := poll.Contest{Code: "all", Title: "All staff", Class: voting.Class}
	if kind == poll.Proposal {
		contest.Question = "Should we keep twelve-hour shifts?"
	} else {
		contest.Seats, contest.Constituency = 1, voting.Constituency
		for i, name := range []string{"Alys Adams", "Bedwyr Bevan", "Carys Cole"} {
			plan.Candidates = append(plan.Candidates, voting.Candidate{Contest: "all", Person: members[i], Name: name, Statement: "I nurse at night.", Backers: members[3+2*i : 5+2*i]})
		}
	}
	plan.Poll.Contests = []poll.Contest{contest}
	p.poll = voting.New(s.House, s.Clock, plan)
	s.ok(p.poll.Until(s.ctx, "vote"))
	p.at = "/votes/shifts/all/paper"
	return p
}

func (s *site) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (p *paperSite) close() {
	p.t.Helper()
	now, err := p.poll.Now(p.ctx)
	p.ok(err)
	p.Clock.Set(now.Closes)
}

func (p *paperSite) teller(n int) *browser { return p.as(p.officers.Tellers[n]) }
func (p *paperSite) officer() *browser     { return p.as(p.officers.ReturningOfficer) }

// From the envelope to the signature, on the pages: a ranked election.
func TestPaper_Election(t *testing.T) {
	p := newPaperSite(t, poll.Constituency)
	one, officer := p.teller(0), p.officer()
	now, err := p.poll.Now(p.ctx)
	p.ok(err)
	var name []string // in the order of the ballot
	for _, n := range now.Contests[0].Standing() {
		name = append(name, n.BallotName)
	}

	one.get(p.at).want(http.StatusOK).says("No envelopes to be counted came so far", "Leave them shut", "after voting closes")
	one.post(p.at+"/find", "voter", "twelve").want(http.StatusUnprocessableEntity).says("Type the number of the voter")
	one.post(p.at+"/find", "voter", "99").want(http.StatusUnprocessableEntity).says("No voter on this roll has the number 99")
	for _, n := range []string{"3", "4", "5"} {
		at := one.post(p.at+"/find", "voter", n).leads(p.at + "/voters/" + n)
		one.get(at).want(http.StatusOK).says("No vote of this voter has come", "cannot vote on the web any more")
		one.get(one.post(at, "came", " 0").leads(p.at + "?done=received")).says("The envelope of voter " + n + " is entered")
	}
	one.get(p.at+"/voters/4").says("A vote of this voter has come already, on paper", "do not open it")
	one.post(p.at+"/voters/4", "came", " 0").want(http.StatusConflict).says("since the page was shown") // sent twice
	one.get(one.post(p.at+"/voters/4", "came", "paper 1").leads(p.at+"?done=disqualified")).says("never open it", "Disqualified, not opened 1")
	one.post(p.at+"/batches", "code", "A1", "papers", "3").want(http.StatusUnprocessableEntity).says("not closed yet")
	officer.get(p.at+"/reckoning").want(http.StatusOK).says("The reckoning is made after it", "Disqualified, not opened 1")
	officer.get(p.at+"/reckoning/received").want(http.StatusOK).says("disqualified, not opened: a vote was received from this voter before, by paper", "Take back 4")
	one.get(p.at + "/received").want(http.StatusOK).says("to be counted").lacks("Take back")

	// An envelope under a wrong number is taken back, and the voter is free.
	officer.post(p.at+"/voters/5/back", "reason", "").want(http.StatusUnprocessableEntity).says("Say why")
	officer.get(officer.post(p.at+"/voters/5/back", "reason", "5 was typed for 6").leads(p.at + "/reckoning?done=back")).says("The envelope of voter 5 is taken back")
	one.get(p.at + "/voters/5").says("No vote of this voter has come")

	// A vote by telephone is read back before it is kept.
	call := p.at + "/voters/7/call"
	one.get(call).want(http.StatusOK).says("you will know how they vote")
	one.post(call, "n1", "2", "n2", "2").want(http.StatusUnprocessableEntity).says("There must be one 1")
	one.post(call, "n1", "2", "n2", "1").want(http.StatusOK).says("Read the vote back", "1 "+name[1]+", 2 "+name[0])
	one.get(p.at + "/voters/7").says("No vote of this voter has come")
	one.get(one.post(call, "n1", "2", "n2", "1", "heard", "yes").leads(p.at + "?done=called")).says("cast by telephone")
	one.post(call, "n1", "1", "heard", "yes").want(http.StatusUnprocessableEntity).says("A vote was received from voter 7 already, by telephone")

	p.close()
	one, officer = p.teller(0), p.officer() // the sessions have ended
	two := p.teller(1)
	one.post(p.at+"/voters/8", "came", " 0").want(http.StatusUnprocessableEntity).says("Enter the envelope only if it arrived before")
	one.post(p.at+"/voters/8", "came", " 0", "late", "yes").leads(p.at + "?done=received")
	one.post(p.at+"/voters/4/spoilt", "reason", "there were two papers in it").leads(p.at + "?done=spoilt")

	// Voters 3 and 8 are left to count.
	one.get(p.at + "/batches").want(http.StatusOK).says("nothing ties a paper to a voter").lacks("How many votes has each")
	one.post(p.at+"/batches", "code", "A1", "papers", "3").want(http.StatusUnprocessableEntity).says("2 envelopes to be counted were received")
	batch := one.post(p.at+"/batches", "code", "a1", "papers", "2").leads(p.at + "/batches/A1")
	one.get(batch).says("The next paper for you is paper 1 of 2")
	one.get(batch+"/1").want(http.StatusOK).says("Batch A1, paper 1", "1. "+name[0], "Can a vote be read from it?")
	one.post(batch+"/1", "n1", "first").want(http.StatusUnprocessableEntity).says("\"first\" beside candidate 1 is not a number")
	one.post(batch + "/1").want(http.StatusUnprocessableEntity).says("No number is typed")
	one.get(one.post(batch+"/1", "n1", "1", "n3", "2").leads(batch+"/2?kept=1")).says("Paper 1 is kept", "Change paper 1")
	one.get(batch + "/1").says("Batch A1, paper 1")
	// 1, 2, 2: counts up to what stands twice.
	one.post(batch+"/2", "n1", "1", "n2", "2", "n3", "2").leads(batch)
	one.get(batch).says("You have keyed all that is for you", "Keyed once 2").lacks("Read differently")
	two.get(batch).says("Keyed by you 0").lacks("Read differently", name[0])
	two.post(batch+"/1", "n1", "1", "n3", "2").leads(batch + "/2")
	two.post(batch+"/2", "flaw", "unclear", "n1", "1").leads(batch)
	two.get(batch).says("Read differently", "1 "+name[0], "No vote can be read, because nobody can tell what the voter meant", "waits for the returning officer").lacks("Rule on paper")
	p.as(p.third).post(batch+"/2", "n1", "1").want(http.StatusUnprocessableEntity).says("nobody keys it a third time")

	ruling := p.at + "/rulings/A1/2"
	officer.get(p.at+"/reckoning").says("One paper waits for your ruling", "Rule on paper 2", "can be signed once every envelope")
	officer.get(ruling).want(http.StatusOK).says("Take the paper in your hand", "Something else")
	officer.get(p.at + "/rulings/A1/1").want(http.StatusNotFound)
	officer.post(ruling, "reason", "x").want(http.StatusUnprocessableEntity).says("Choose what the paper counts as")
	officer.post(ruling, "which", "0").want(http.StatusUnprocessableEntity).says("Say why")
	officer.post(ruling, "which", "other", "reason", "it is a 1").want(http.StatusUnprocessableEntity).says("No number is typed")
	officer.get(officer.post(ruling, "which", "other", "n2", "1", "reason", "the 1 is beside the second name").leads(p.at+"/reckoning?done=ruled")).
		says("1 "+name[1]+". The 1 is beside the second name", "settled on 12 February")

	// Whoever had the papers in hand may compare; the fingerprint is that of the text.
	lines := officer.get(batch + "/lines").want(http.StatusOK)
	if !strings.Contains(lines.Body, `2 {"rank":[2]}`) {
		t.Errorf("the lines are\n%s", lines.Body)
	}
	sum := sha256.Sum256([]byte(lines.Body))
	one.get(batch).says(hex.EncodeToString(sum[:]))

	// The reckoning is signed for each channel, if it adds up.
	sign := p.at + "/sign/paper"
	officer.get(sign).want(http.StatusOK).says("How many papers were given out?")
	officer.post(sign, "issued", "6", "handed_back", "0").want(http.StatusUnprocessableEntity).says("Say how many, in digits")
	officer.post(sign, "issued", "6", "handed_back", "0", "not_returned", "1").want(http.StatusUnprocessableEntity).
		says("6 issued is not the sum of 2 returned, 1 spoilt, 1 disqualified and 1 not returned, which is 5")
	figures := []string{"issued", "6", "handed_back", "1", "not_returned", "1"}
	officer.post(sign, figures...).want(http.StatusOK).says("Do you sign this?", "Spoilt 2")
	public := p.as("")
	public.get("/api/v1/votes/shifts/all/paper").want(http.StatusOK).says(`"signed": false`, `"batches": []`)
	officer.get(officer.post(sign, append(figures, "reviewed", "yes")...).leads(p.at+"/reckoning?done=signed")).says("The reckoning is signed", "Settle the votes by telephone")
	officer.get(sign).leads(p.at + "/reckoning")
	one.post(p.at+"/voters/9", "came", " 0", "late", "yes").want(http.StatusUnprocessableEntity).says("was signed on 12 February")
	officer.post(p.at + "/calls").leads(p.at + "/reckoning?done=calls")
	// One call: the officer knows who called, so its lines would tell how they voted.
	officer.get(p.at + "/batches/TEL1/lines").want(http.StatusForbidden).says("would tell how somebody voted").lacks("rank")
	two.get(p.at + "/batches/TEL1/lines").want(http.StatusForbidden).lacks("rank")
	officer.post(p.at+"/sign/telephone", "issued", "1", "handed_back", "0", "not_returned", "0", "reviewed", "yes").leads(p.at + "/reckoning")
	officer.get(p.at + "/reckoning").says("It is signed. The votes can be counted")
	one.get(p.at).says("Nothing is added or changed any more")
	public.get("/api/v1/votes/shifts/all/paper").says(`"signed": true`, `"issued": 6`, hex.EncodeToString(sum[:])).lacks("signed_by")
	officer.get(p.at + "/reckoning/received.csv").want(http.StatusOK).says("disqualified")
	officer.get(p.at + "/reckoning/received.json").want(http.StatusOK).says(`"voter": 7`)
	wrong, err := p.House.Papers.Audit(p.ctx, "severn", now.Contests[0].ID)
	p.ok(err)
	if len(wrong) > 0 {
		t.Errorf("the audit found %q", wrong)
	}
}

// A question is keyed by its answers; blank is a vote.
func TestPaper_Question(t *testing.T) {
	p := newPaperSite(t, poll.Proposal)
	p.teller(0).post(p.at+"/voters/1", "came", " 0").leads(p.at)
	p.close()
	one, two := p.teller(0), p.teller(1)
	batch := one.post(p.at+"/batches", "code", "A1", "papers", "1").leads(p.at + "/batches/A1")
	one.get(batch+"/1").says("The cross on the paper", "a blank paper is a vote").lacks("nothing is marked on it")
	one.post(batch + "/1").want(http.StatusUnprocessableEntity).says("Choose an answer")
	one.post(batch+"/1", "answer", "blank").leads(batch)
	one.get(batch + "/1").says("Batch A1, paper 1")
	one.get(batch + "/size").want(http.StatusOK).says("0 takes the batch away")
	one.post(batch+"/size", "papers", "many").want(http.StatusUnprocessableEntity).says("in digits")
	one.post(batch+"/size", "papers", "0").want(http.StatusUnprocessableEntity).says("was keyed already")
	two.post(batch+"/1", "answer", "blank").leads(batch)
	two.get(batch).says("It is settled", "Both tellers read every paper the same")
	two.post(batch+"/1", "answer", "yes").want(http.StatusUnprocessableEntity).says("nothing in it changes")
	p.officer().get(p.at+"/ballot").want(http.StatusOK).says("Should we keep twelve-hour shifts?", "leave both empty", "official mark")
}

// The work is for those who are named for this vote, whatever their role.
func TestPaper_Refused(t *testing.T) {
	p := newPaperSite(t, poll.Proposal)
	p.refused(p.at, p.at+"/reckoning", p.at+"/reckoning/received", p.at+"/received", p.at+"/voters/1", p.at+"/batches")
	stranger := p.as(p.namedElsewhere(policy.Teller))
	stranger.get(p.at).want(http.StatusForbidden).says("you are not a teller of this one")
	stranger.post(p.at + "/voters/1").want(http.StatusForbidden)
	stranger.get(p.at + "/batches/A1/lines").want(http.StatusForbidden)
	p.as(p.namedElsewhere(policy.ReturningOfficer)).get(p.at + "/reckoning").want(http.StatusForbidden).says("Only the returning officer of this vote")
	p.teller(0).get(p.at + "/reckoning").want(http.StatusForbidden)
	p.officer().get(p.at).want(http.StatusForbidden)
	p.teller(0).get("/votes/nothing/all/paper").want(http.StatusNotFound)
	p.teller(0).get(p.at + "/voters/99").want(http.StatusNotFound)
	p.teller(0).get(p.at + "/batches/Z9").want(http.StatusNotFound)
	p.officer().get(p.at + "/sign/web").want(http.StatusNotFound)
}

// namedElsewhere is somebody who holds a role and no office in the vote.
func (p *paperSite) namedElsewhere(role policy.Role) string {
	p.t.Helper()
	id := p.person("Mair", strings.ReplaceAll(string(role), "_", "-"))
	_, err := p.House.Identity.Appoint(p.ctx, p.Secretary, identity.Appointment{Org: "severn", Person: id, Role: role})
	p.ok(err)
	return id
}

// Whoever cannot use the web learns how to vote, what counts and who sees what.
func TestPaper_How(t *testing.T) {
	p := newPaperSite(t, poll.Proposal)
	p.as("").get("/votes/shifts/all/by-paper").want(http.StatusOK).says(
		"How to vote on paper or by telephone", "It has to arrive before Friday 12 February", "learns how you vote", "The first vote that comes from you counts", "Two people read each paper")
	p.close()
	p.as("").get("/votes/shifts/all/by-paper").says("Voting closed")
}
