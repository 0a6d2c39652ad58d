package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/internal/base/words"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/demo/voting"
)

// ballot is a staff ballot that is really held, with a key, codes and votes: voter 1
// never votes, the others are for it but for voter 2.
type ballot struct {
	*site
	held   *voting.Poll
	voters map[int]string // person by number on the roll
}

func newBallot(t testing.TB, until string) *ballot {
	b := &ballot{site: newSite(t), voters: map[int]string{}}
	officials, _, err := voting.Gather(b.ctx, b.House, "severn", b.Secretary, 6, b.day("2026-11-18"))
	b.ok(err)
	rules, err := poll.DefaultRules(b.House.Law, poll.Ask{Kind: poll.Proposal}, b.day("2026-11-19"))
	b.ok(err)
	closes, err := b.House.Polls.EarliestClose(poll.Proposal)
	b.ok(err)
	b.held = voting.New(b.House, b.Clock, voting.Plan{
		Org: "severn", Seed: "test", Officials: officials, Poll: poll.Poll{
			Code: "shifts", Title: "Twelve-hour shifts", Kind: poll.Proposal, Rules: rules, Closes: timetable.CloseOn(closes.AddDays(7)),
			Contests: []poll.Contest{{Code: "all", Title: "All staff", Class: voting.Class, Question: "Should twelve-hour shifts end?"}},
		},
		Votes: func(_ poll.Contest, v poll.Entry) []int {
			switch v.Number {
			case 1:
				return nil
			case 2:
				return []int{0, 0, 1}
			}
			return []int{0, 1, 0}
		},
	})
	b.until(until)
	return b
}

func (b *ballot) ok(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *ballot) until(act string) {
	b.t.Helper()
	b.ok(b.held.Until(b.ctx, act))
	p, err := b.held.Now(b.ctx)
	b.ok(err)
	if p.Contests[0].Roll != nil && len(b.voters) == 0 {
		list, err := b.House.Polls.Voters(b.ctx, "severn", p.Contests[0].ID)
		b.ok(err)
		for _, e := range list {
			b.voters[e.Number] = e.Person
		}
	}
}

func (b *ballot) now() (poll.Poll, poll.Contest) {
	b.t.Helper()
	p, err := b.held.Now(b.ctx)
	b.ok(err)
	return p, p.Contests[0]
}

// A vote is open: the page leads to the booth with the election that it must open;
// whoever has voted sees that, how and in which hour, and the tracker.
func TestVotes_Open(t *testing.T) {
	b := newBallot(t, "notice")
	p, c := b.now()
	const vote = "/votes/shifts/all"
	election, _, _, err := b.House.Boxes.Setup(b.ctx, "severn", c.ID)
	b.ok(err)
	hash := sha256.Sum256(election)
	booth := `href="/booth/booth.html#` + c.UUID + "." + strings.ReplaceAll(belenios.Fingerprint(election), "+", "&#43;") + `"`
	first := b.as(b.voters[1])
	page := first.get(vote).want(200).says("You have not voted", "Have the code from the registrar at hand", strings.Join(strings.Fields(words.Text(hash[:]))[:2], " "), "Go to the booth", "On paper: ask", "by letter")
	if !strings.Contains(page.Body, booth) {
		t.Errorf("the page does not lead to %s", booth)
	}
	first.get("/home").says("Vote: Twelve-hour shifts")
	first.get("/votes").says("You may vote now", "One vote is open to you.")
	b.as("").get(vote).want(200).says("Sign in to vote").lacks("/booth/")
	outside := b.person("Nia", "Outside")
	b.as(outside).get(vote).want(200).says("You cannot vote in this. You are not on the roll.", "It is settled now").lacks("/booth/")
	b.as(outside).get("/votes").says("none of them is yours")
	first.get(vote+"/key").want(200).says("A code came to you from the registrar", "the registrar gives you a code in its place")

	sum := sha256.Sum256([]byte(b.as("").get("/votes/shifts/files/notice.json").want(200).Body))
	if hex.EncodeToString(sum[:]) != p.NoticeHash {
		t.Error("the notice is not the one whose hash is in the record")
	}
	b.as("").get("/votes/shifts").says("Check the notice of poll", p.NoticeHash, "The answer is advice")

	b.until("vote again")
	third := b.as(b.voters[3])
	tracker, err := b.House.Boxes.OwnTracker(b.ctx, "severn", c.ID, b.voters[3])
	b.ok(err)
	page = third.get(vote).want(200).says("You have voted on the web.", "We have your vote", "in the hour from", "Your tracker").lacks("Go to the booth")
	if tracker == "" || !strings.Contains(page.Body, "/board/"+c.UUID+"#"+strings.ReplaceAll(tracker, "+", "&#43;")) {
		t.Errorf("the page does not lead to the tracker %s", tracker)
	}
	third.get("/home").lacks("Vote: Twelve-hour shifts")
	third.get("/votes").says("You have voted on the web.")
	b.as(b.voters[4]).get(vote).lacks(tracker)

	_, err = b.House.Papers.Receive(b.ctx, p.Holders(poll.Teller)[0].Person, "severn", c.ID, 1, false)
	b.ok(err)
	b.as(b.voters[1]).get(vote).want(200).says("You have voted on paper.", "The envelope has arrived and is not opened yet").lacks("Go to the booth", "Your tracker")

	b.Clock.Set(p.Closes)
	b.as(b.voters[3]).get(vote).want(200).says("You have voted on the web.").lacks("Go to the booth")
	b.as(b.voters[3]).get(vote + "/key").says("Voting is over")
}

// The result is declared: everybody reads it, its voters question it until the day,
// and see what became of that.
func TestVotes_Result(t *testing.T) {
	b := newBallot(t, "notice")
	b.as("").get("/votes/shifts/all/result").want(404).says("not declared yet")
	b.until("declare")
	p, c := b.now()
	const result, question = "/votes/shifts/all/result", "/votes/shifts/all/question"
	b.as("").get(result).want(200).says("It is carried.", "Yes 4", "No 1", "votes were counted", "Voters and candidates can question").lacks("Question this result")
	b.as("").get("/votes").says("Ended", "It is carried.")
	b.as("").get("/votes/shifts/all").says("The result", "See the result")
	third := b.as(b.voters[3])
	third.get(result).says("Question this result")
	third.post(question, "ground", "").want(422).says("Say why.")
	third.get(third.post(question, "ground", "The paper came late.").leads(question)).says("in the record", "The paper came late.", "waits for a decision")
	b.as("").get(result).says("The result was questioned.").lacks("came late")
	outside := b.person("Nia", "Outside")
	b.as(outside).get(question).want(http.StatusForbidden)
	b.as(p.Holders(poll.Teller)[0].Person).post(question, "ground", "x").want(http.StatusForbidden)

	b.ok(b.House.Polls.DecideQuestion(b.ctx, b.Secretary, "severn", c.ID, c0(b).Petitions[0].ID, poll.Dismissed, "It came in time."))
	third.get(question).says("It was dismissed:", "It came in time.")
	b.as("").get(result).says("The question was dismissed.")
	b.Clock.Set(c.Declared.PetitionUntil.AddDays(1).Start().Add(36e12))
	b.as(b.voters[4]).get(question).want(200).says("It is too late to question this result")
	b.as(b.voters[4]).post(question, "ground", "x").want(409).says("too late")
	b.as(b.voters[4]).get(result).says("could be questioned until").lacks("Question this result")
}

func c0(b *ballot) poll.Contest {
	_, c := b.now()
	return c
}
