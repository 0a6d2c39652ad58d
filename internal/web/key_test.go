package web_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/group"
	"commonweal/internal/decide/keys"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/demo/voting"
	"commonweal/law"
)

// keyScene is a mutual with a poll and its three keyholders.
type keyScene struct {
	*site
	officials voting.Officials
	members   []string
	poll      *voting.Poll
	seeds     []string // of keyholders who use the command-line program
}

// newKeyScene prepares a staff ballot, or where ranked is given an election of one of
// three people.
func newKeyScene(t testing.TB, ranked bool) *keyScene {
	t.Helper()
	s := newSite(t)
	k := &keyScene{site: s}
	var err error
	k.officials, k.members, err = voting.Gather(s.ctx, s.House, "severn", s.Secretary, 6, s.day("2026-11-01"))
	k.ok(err)
	ask := poll.Ask{Kind: poll.Proposal, Form: law.BenefitSociety}
	plan := voting.Plan{
		Org: "severn", Officials: k.officials, Seed: "test",
		Poll: poll.Poll{
			Code: "shifts", Title: "Twelve-hour shifts", Kind: poll.Proposal, Closes: timetable.CloseOn(s.day("2027-03-01")),
			Contests: []poll.Contest{{Code: "all", Title: "All staff", Class: voting.Class, Question: "Should we keep twelve-hour shifts?"}},
		},
		Votes: func(_ poll.Contest, v poll.Entry) []int { return [][]int{{0, 1, 0}, {0, 0, 1}}[v.Number%2] },
	}
	if ranked {
		ask.Kind = poll.Constituency
		plan.Poll = poll.Poll{
			Code: "council", Title: "Staff council", Kind: poll.Constituency, Closes: timetable.CloseOn(s.day("2027-03-01")),
			Contests: []poll.Contest{{Code: "all", Title: "Council", Class: voting.Class, Constituency: voting.Constituency, Seats: 1}},
		}
		for i, name := range []string{"Alys", "Bedwyr"} {
			plan.Candidates = append(plan.Candidates, voting.Candidate{Contest: "all", Person: k.members[i], Name: name, Statement: "I would like to.", Backers: k.members[2+2*i : 4+2*i]})
		}
		plan.Votes = func(poll.Contest, poll.Entry) []int { return []int{1, 2} }
	}
	rules, err := poll.DefaultRules(s.House.Law, ask, s.day("2026-11-19"))
	k.ok(err)
	plan.Poll.Rules = rules
	k.poll = voting.New(s.House, s.Clock, plan)
	return k
}

func (k *keyScene) ok(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

func (k *keyScene) keyholder(n int) *browser { return k.as(k.officials.Keyholders[n-1]) }

// input is what the browser's program of a keyholder is given.
func (k *keyScene) input(n int, at string) (in keys.Input) {
	k.t.Helper()
	k.ok(json.Unmarshal([]byte(k.keyholder(n).get(at+"/mine/input.json").want(http.StatusOK).Body), &in))
	return in
}

// message makes a keyholder's next message, as either program does.
func (k *keyScene) message(n int, at string) (step, body string) {
	k.t.Helper()
	in := k.input(n, at)
	g, ok := group.ByName(in.Group)
	if !ok {
		k.t.Fatal(in.Group)
	}
	for len(k.seeds) < 3 {
		seed, err := belenios.GenerateSeed(rand.Reader)
		k.ok(err)
		k.seeds = append(k.seeds, seed)
	}
	m, err := belenios.NewMember(g, k.seeds[n-1])
	k.ok(err)
	var certs []*belenios.Cert
	for _, text := range in.Certs {
		c, err := belenios.ParseCert(g, []byte(text))
		k.ok(err)
		certs = append(certs, c)
	}
	var made interface{ Bytes() []byte }
	switch in.Step {
	case keys.Cert:
		made, err = m.Cert(rand.Reader)
	case keys.Polynomial:
		made, err = m.Polynomial(rand.Reader, certs, in.Threshold)
	case keys.Voutput:
		v, parseErr := belenios.ParseVinput(g, []byte(in.Vinput))
		k.ok(parseErr)
		made, err = m.Voutput(rand.Reader, certs, v)
	case keys.Check:
		made, err = k.decryption(k.seeds[n-1], in.Key.Election, in.Key.Tally, in.Key.Sealed)
	default:
		k.t.Fatalf("nothing is due of keyholder %d: %q", n, in.Step)
	}
	k.ok(err)
	return string(in.Step), string(made.Bytes())
}

func (k *keyScene) decryption(seed, election, tally, sealed string) (*belenios.PartialDecryption, error) {
	k.t.Helper()
	e, err := belenios.ParseElection([]byte(election))
	k.ok(err)
	m, err := belenios.NewMember(e.Group(), seed)
	k.ok(err)
	key, err := m.PrivateKey(sealed)
	k.ok(err)
	t, err := belenios.ParseEncryptedTally(e, []byte(tally))
	k.ok(err)
	return belenios.NewPartialDecryption(rand.Reader, e, t, key)
}

// send uploads a keyholder's next message.
func (k *keyScene) send(n int, at string) {
	k.t.Helper()
	step, body := k.message(n, at)
	k.keyholder(n).upload(at+"/messages", "a.txt", []byte(body+"\n"), "step", step).leads(at + "?done=" + step)
}

// begin has the returning officer begin the key, and gives its address.
func (k *keyScene) begin(kind string) string {
	k.t.Helper()
	officer := k.as(k.officials.ReturningOfficer)
	officer.get("/keys").want(http.StatusOK).says("Begin the key of Twelve-hour shifts")
	officer.get("/keys/begin?poll=shifts").want(http.StatusOK).says("Begin the key", "Needed to open votes", "Two of three")
	to := officer.post("/keys/begin?poll=shifts", "kind", kind).leads("/keys/")
	at, _, _ := strings.Cut(to, "?")
	return at
}

// Three keyholders make a key step by step on its page; each sees what is theirs and
// who is still needed, and everybody else how far it is.
func TestKey_Ceremony(t *testing.T) {
	k := newKeyScene(t, false)
	k.ok(k.poll.Until(k.ctx, "roll"))
	at := k.begin("key")
	k.keyholder(1).get("/keys").want(http.StatusOK).says("One thing waits for you", "Step 1 of 3: make your secret", "Twelve-hour shifts")
	page := k.keyholder(1).get(at).want(http.StatusOK).says("Step 1 of 3: make your secret", "Still needed for this step, besides you",
		"With the command-line program", "keygen --threshold cert")
	for _, part := range []string{`data-keyholder="step"`, `data-input="` + at + `/mine/input.json"`, `id="send"`, `data-file="secret-shifts-keyholder-1.key"`} {
		if !strings.Contains(page.Body, part) {
			t.Errorf("the page lacks %s, which the browser's program needs", part)
		}
	}
	k.keyholder(1).get(at + "/files/draft.json").want(http.StatusOK).says(`"group":"BELENIOS-2048"`)
	k.keyholder(1).get(at + "/files/certs.txt").want(http.StatusNotFound)
	for i, step := range []string{"cert", "polynomial", "voutput"} {
		for n := 1; n <= 3; n++ {
			k.send(n, at)
			after := k.keyholder(n).get(at + "?done=" + step).want(http.StatusOK).says("Done")
			if n < 3 {
				after.says("Your part is done for now", "Still needed for this step")
			}
		}
		if i == 0 {
			k.keyholder(2).get(at).says("Step 2 of 3: send the others their numbers", "--need 2", "certs.txt")
			k.as("").get(at + "/files/certs.txt").leads("/sign-in")
			if lines := strings.Count(k.keyholder(2).get(at+"/files/certs.txt").want(http.StatusOK).Body, "\n"); lines != 3 {
				t.Errorf("certs.txt has %d lines", lines)
			}
		}
		if i == 1 {
			k.keyholder(2).get(at + "/mine/vinput.txt").want(http.StatusOK).says("coefexps")
		}
	}
	setup, err := k.House.Keys.Setup(k.ctx, "severn", strings.TrimPrefix(at, "/keys/"))
	k.ok(err)
	k.keyholder(1).get(at).says("The key is made. Try your part.", "The words of this key", strings.Join(setup.Words()[:4], " "))
	for n := 1; n <= 2; n++ {
		k.send(n, at)
	}
	k.keyholder(1).get(at).says("The key is made", "two of three keyholders together", "Your part, locked with your secret")
	k.keyholder(3).get("/keys").says("Try your part")
	k.as(k.officials.ReturningOfficer).get(at).says("The key is made", "Give this key up").lacks(`id="send"`)
	k.as(k.officials.ReturningOfficer).get("/keys").says("Made").lacks("Begin the key of")
	whole := k.keyholder(1).get(at + "/files/trustees.json").want(http.StatusOK).Body
	if belenios.HashOf([]byte(whole)).String() != setup.Hash {
		t.Error("the file of the finished key has not the hash that is shown")
	}
	k.keyholder(1).get("/keys.json").want(http.StatusOK).says(`"state": "made"`)
}

// A rehearsal is the same and says on every page that it is one; its key is not that of
// the poll, and the real one can be begun after it.
func TestKey_Rehearsal(t *testing.T) {
	k := newKeyScene(t, false)
	k.ok(k.poll.Until(k.ctx, "roll"))
	at := k.begin("rehearsal")
	for range 3 {
		for n := 1; n <= 3; n++ {
			k.keyholder(n).get(at).want(http.StatusOK).says("This is a rehearsal")
			k.send(n, at)
		}
	}
	k.keyholder(1).get(at).says("This is a rehearsal", "The key is made")
	k.keyholder(1).get(at + "/destroyed").leads(at)
	p, err := k.poll.Now(k.ctx)
	k.ok(err)
	if !p.KeyMade.IsZero() {
		t.Error("the rehearsal made the key of the poll")
	}
	k.begin("key")
}

// What is wrong is refused with the reason, and nothing is kept of it.
func TestKey_Wrong(t *testing.T) {
	k := newKeyScene(t, false)
	k.ok(k.poll.Until(k.ctx, "roll"))
	officer := k.as(k.officials.ReturningOfficer)
	officer.post("/keys/begin?poll=shifts").want(http.StatusUnprocessableEntity).says("Choose the rehearsal or the key.")
	officer.get("/keys/begin?poll=nothing").want(http.StatusNotFound)
	at := k.begin("key")
	officer.post("/keys/begin?poll=shifts", "kind", "key").want(http.StatusUnprocessableEntity).says("is under way")

	k.keyholder(1).upload(at+"/messages", "", nil, "step", "cert").want(http.StatusUnprocessableEntity).says("Step 1 of 3", "Nothing was kept")
	k.keyholder(1).upload(at+"/messages", "a.txt", []byte("{}"), "step", "cert").want(http.StatusUnprocessableEntity).says("does not verify", "Nothing was kept")
	k.keyholder(1).upload(at+"/messages", "a.txt", bytes.Repeat([]byte("x"), 2<<20), "step", "cert").want(http.StatusUnprocessableEntity).says("larger than what is asked for here")
	k.keyholder(1).upload(at+"/messages", "a.txt", []byte("{}"), "step", "dance").want(http.StatusUnprocessableEntity)
	k.keyholder(1).upload(at+"/messages", "a.txt", []byte("{}"), "step", "voutput").want(http.StatusUnprocessableEntity).says("waits for")
	step, body := k.message(1, at)
	k.keyholder(1).upload(at+"/messages", "a.cert", []byte(body), "step", step).leads(at)
	k.keyholder(1).upload(at+"/messages", "a.cert", []byte(body), "step", step).leads(at) // the line was lost and it is sent again
	k.keyholder(2).upload(at+"/messages", "a.cert", []byte(body), "step", step).want(http.StatusUnprocessableEntity).says("was used before")

	// A keyholder who finds that something is wrong stops it, with a reason.
	k.keyholder(2).get(at + "/stop").want(http.StatusOK).says("Stop making this key?")
	k.keyholder(2).post(at + "/stop").want(http.StatusUnprocessableEntity).says("Say why.")
	k.keyholder(2).post(at+"/stop", "reason", "The certificate of keyholder 1 is not hers.").leads(at + "?done=given-up")
	k.keyholder(1).get(at).says("This key was given up", "The certificate of keyholder 1 is not hers.").lacks(`id="send"`)
	officer.get(at).says("Begin again")
	k.keyholder(3).upload(at+"/messages", "a.cert", []byte(body), "step", step).want(http.StatusConflict)

	again := k.begin("key")
	officer.get(again+"/give-up").want(http.StatusOK).says("Give this key up?", "Still needed for this step")
	officer.post(again+"/give-up", "reason", "Keyholder 3 is on leave.").leads(again)
}

// Only keyholders of this key take part, only its returning officer begins it, and
// people outside see nothing of it.
func TestKey_NotTheirs(t *testing.T) {
	k := newKeyScene(t, false)
	k.ok(k.poll.Until(k.ctx, "roll"))
	at := k.begin("key")
	stranger := k.officer("trustee") // a keyholder, and of another vote
	_, body := k.message(1, at)
	k.as(stranger).get(at).want(http.StatusOK).says("The key is being made").lacks(`id="send"`, "data-keyholder")
	k.as(stranger).upload(at+"/messages", "a.cert", []byte(body), "step", "cert").want(http.StatusForbidden)
	k.as(stranger).get(at + "/mine/input.json").want(http.StatusForbidden)
	k.as(stranger).get(at + "/stop").want(http.StatusForbidden)
	k.as(stranger).get(at + "/destroyed").want(http.StatusForbidden)
	other := k.officer("returning_officer")
	k.as(other).get("/keys/begin?poll=shifts").want(http.StatusForbidden)
	k.as(other).post(at+"/give-up", "reason", "x").want(http.StatusForbidden)
	k.as(k.members[0]).get(at).want(http.StatusOK).says("The key is being made").lacks(`id="send"`)
	k.as(k.members[0]).upload(at+"/messages", "a.cert", []byte(body), "step", "cert").want(http.StatusForbidden)
	k.refused("/keys", at)
	k.keyholder(1).get("/keys/nothing").want(http.StatusNotFound)
}

// What the browser's program is given to open is opened by those who hold the key, in
// their own number; a file of somebody else or of another tally is refused.
func TestKey_OpenVotes(t *testing.T) {
	k := newKeyScene(t, false)
	k.ok(k.poll.Until(k.ctx, "vote"))
	at := "/votes/shifts/all/open"
	k.keyholder(1).get(at).want(http.StatusOK).says("These votes are not closed yet").lacks(`id="send"`)
	k.keyholder(1).get(at + "/tally.json").want(http.StatusNotFound)
	k.keyholder(1).upload(at, "d.txt", []byte("{}")).want(http.StatusConflict)
	k.ok(k.poll.Until(k.ctx, "close"))
	k.keyholder(2).get(at).want(http.StatusOK).says("These votes are not opened yet", "reckoned up first").lacks(`id="send"`)
	k.keyholder(2).get("/keys").lacks("Open your part of the votes")
	k.keyholder(2).get(at + "/tally.json").want(http.StatusNotFound)
	k.keyholder(2).upload(at, "d.txt", []byte("{}")).want(http.StatusUnprocessableEntity)
	k.ok(k.poll.Until(k.ctx, "reckon"))
	k.keyholder(2).get("/keys").says("Open your part of the votes")
	page := k.keyholder(2).get(at).want(http.StatusOK).says("Open your part of the votes", "two keyholders to open these 6 votes", "Nobody has opened their part yet",
		"What this page checks, and what not", "election decrypt --secret", "archive.bel")
	if !strings.Contains(page.Body, `data-keyholder="open"`) {
		t.Error("the page has no place for the browser's program")
	}
	d := k.opens(2, at)
	owned := func(owner int, of []byte) []byte {
		return append(append(append([]byte{}, d...), '\n'), belenios.Owned{Owner: owner, Payload: belenios.HashOf(of)}.Bytes()...)
	}
	k.keyholder(2).upload(at, "d.txt", owned(1, d)).want(http.StatusUnprocessableEntity).says("of keyholder 1, and you are keyholder 2", "Nothing was added")
	k.keyholder(2).upload(at, "d.txt", owned(2, []byte("x"))).want(http.StatusUnprocessableEntity).says("not whole")
	k.keyholder(2).upload(at, "d.txt", append(d, "\nhello"...)).want(http.StatusUnprocessableEntity).says("not a file that the program wrote")
	k.keyholder(1).upload(at, "d.txt", d).want(http.StatusUnprocessableEntity).says("Nothing was added") // another's work is not mine
	k.keyholder(2).upload(at, "d.txt", owned(2, d)).leads(at + "?done=opened")
	k.keyholder(2).get(at+"?done=opened").says("Your part is in the archive.", "Your part is opened", "One has opened their part").lacks(`id="send"`)
	k.keyholder(2).upload(at, "d.txt", d).want(http.StatusUnprocessableEntity).says("There is a problem", "Nothing was added")
	k.keyholder(3).upload(at, "d.txt", k.opens(3, at)).leads(at)
	k.keyholder(1).get("/keys").lacks("Open your part of the votes")
	k.keyholder(1).get(at).says("Enough keyholders have opened their parts")
	p, err := k.poll.Now(k.ctx)
	k.ok(err)
	k.ok(k.House.OpenVotes(k.ctx, k.officials.ReturningOfficer, "severn", p.Contests[0].ID))
	k.keyholder(1).get(at).says("These votes are opened")
	stranger := k.officer("trustee")
	k.as(stranger).get(at).want(http.StatusForbidden)
	k.as(k.officials.ReturningOfficer).get(at).want(http.StatusForbidden)
	k.as(stranger).get(at + "/part.json").want(http.StatusForbidden)
	k.keyholder(1).get("/votes/shifts/none/open").want(http.StatusNotFound)
	k.keyholder(1).get("/votes/none/all/open").want(http.StatusNotFound)
}

// opens makes a keyholder's part from what the page gives.
func (k *keyScene) opens(n int, at string) []byte {
	k.t.Helper()
	var part keys.Part
	k.ok(json.Unmarshal([]byte(k.keyholder(n).get(at+"/part.json").want(http.StatusOK).Body), &part))
	election, tally := k.keyholder(n).get(at+"/election.json").want(http.StatusOK).Body, k.keyholder(n).get(at+"/tally.json").want(http.StatusOK).Body
	seed, err := voting.KeyholderSeed("test", k.poll.Plan.Poll.Code, part.Number)
	k.ok(err)
	d, err := k.decryption(seed, election, tally, part.Sealed)
	k.ok(err)
	return d.Bytes()
}

// Rankings are mixed before they are opened.
func TestKey_Mix(t *testing.T) {
	k := newKeyScene(t, true)
	k.ok(k.poll.Until(k.ctx, "close"))
	at := "/votes/council/all/open"
	k.keyholder(1).get("/keys").says("Mix the rankings")
	k.keyholder(1).get(at).want(http.StatusOK).says("Mix the rankings", "Nobody has mixed them yet", "election shuffle --trustee 1").lacks("data-keyholder")
	k.keyholder(1).get(at + "/tally.json").want(http.StatusNotFound)
	p, err := k.poll.Now(k.ctx)
	k.ok(err)
	for n := 1; n <= 2; n++ {
		election, text, err := k.House.Boxes.Tally(k.ctx, "severn", p.Contests[0].ID)
		k.ok(err)
		e, err := belenios.ParseElection(election)
		k.ok(err)
		tally, err := belenios.ParseEncryptedTally(e, text)
		k.ok(err)
		mix, err := belenios.NewShuffle(rand.Reader, e, tally.NonHomomorphic())
		k.ok(err)
		k.keyholder(n).upload("/votes/council/all/mix", "m.txt", []byte("{}")).want(http.StatusUnprocessableEntity).says("Nothing was added")
		k.keyholder(n).upload("/votes/council/all/mix", "m.txt", mix.Bytes()).leads(at + "?done=mixed")
		k.keyholder(n).get(at+"?done=mixed").says("Your mix is in the archive.", "Your mix is done").lacks(`id="send"`)
	}
	k.ok(k.House.EndMixes(k.ctx, k.officials.ReturningOfficer, "severn", p.Contests[0].ID))
	k.keyholder(1).get(at).says("These votes are not opened yet", "reckoned up first")
	k.ok(k.poll.Reckon(k.ctx))
	k.keyholder(1).upload(at, "d.txt", k.opens(1, at)).leads(at)
}

// When the result is settled each keyholder says before whom they destroyed their part.
func TestKey_Destroyed(t *testing.T) {
	k := newKeyScene(t, false)
	k.ok(k.poll.Until(k.ctx, "declare"))
	list, err := k.House.Keys.List(k.ctx, "severn", k.poll.ID)
	k.ok(err)
	at := "/keys/" + list[0].ID
	k.keyholder(1).get(at + "/destroyed").leads(at)
	k.keyholder(1).post(at+"/destroyed", "witness", "Nerys", "statement", "Shredded.").want(http.StatusConflict).says("kept until its result can no longer be questioned")
	acts, err := k.poll.Acts()
	k.ok(err)
	k.Clock.Set(acts[len(acts)-1].At)
	k.keyholder(1).get("/keys").says("Destroy your part of the key")
	k.keyholder(1).get(at+"/destroyed").want(http.StatusOK).says("Destroy your part of the key", "Who saw it?")
	k.keyholder(1).post(at+"/destroyed/review", "witness", " ").want(http.StatusUnprocessableEntity).says("Give the name of who saw it.", "Say what you destroyed, and how.")
	k.keyholder(1).post(at+"/destroyed/review", "witness", "Nerys Bowen", "statement", "Shredded the paper.").want(http.StatusOK).says("Is this true?", "Nerys Bowen")
	k.keyholder(1).get(at).says("Say that you have destroyed your part")
	k.keyholder(1).post(at+"/destroyed", "witness", "Nerys Bowen", "statement", "Shredded the paper.").leads(at + "?done=destroyed")
	k.keyholder(1).get(at).says("You destroyed your part on", "Shredded the paper.").lacks("Say that you have destroyed")
	k.keyholder(1).post(at+"/destroyed", "witness", "Nerys Bowen", "statement", "Again.").leads(at)
	for n := 2; n <= 3; n++ {
		k.keyholder(n).post(at+"/destroyed", "witness", "Nerys Bowen", "statement", "Shredded the paper.").leads(at)
	}
	p, err := k.poll.Now(k.ctx)
	k.ok(err)
	if p.Ended.IsZero() {
		t.Error("all keyholders destroyed their parts and the poll has not ended")
	}
	k.keyholder(2).get("/keys").says("Destroyed")
}

// keys is what TestAPIEveryOperation asks about keys, in a mutual of its own.
func (c *caller) keys() {
	c.t.Helper()
	k := newKeyScene(c.t, false)
	k.ok(k.poll.Until(k.ctx, "roll"))
	program := func(person string) *caller {
		one := k.caller(person)
		one.called = c.called
		return one
	}
	officer := program(k.officials.ReturningOfficer)
	officer.posts("/api/v1/keys", http.StatusNotFound, `{"poll":"nothing","rehearsal":true}`)
	var begun struct {
		ID, Poll, State, Step string
		Waiting               []int
	}
	officer.posts("/api/v1/keys", http.StatusCreated, `{"poll":"shifts","rehearsal":true}`).into(&begun)
	if begun.Poll != "shifts" || begun.State != "under way" || begun.Step != "cert" || len(begun.Waiting) != 3 {
		c.t.Errorf("begun: %+v", begun)
	}
	officer.posts("/api/v1/keys", http.StatusConflict, `{"poll":"shifts","rehearsal":false}`)
	at := "/keys/" + begun.ID
	k.send(1, at)
	officer.reads("/api/v1/keys")
	var whole struct {
		Messages []struct {
			Keyholder  int
			Step, Body string
		}
	}
	program(k.officials.Keyholders[0]).reads("/api/v1" + at).into(&whole)
	if len(whole.Messages) != 1 || whole.Messages[0].Step != "cert" {
		c.t.Errorf("messages: %+v", whole.Messages)
	}
	program(k.officials.Keyholders[0]).posts("/api/v1"+at+"/give-up", http.StatusForbidden, `{"reason":"I would rather not."}`)
	officer.posts("/api/v1"+at+"/give-up", http.StatusUnprocessableEntity, `{"reason":" "}`)
	officer.posts("/api/v1"+at+"/give-up", http.StatusOK, `{"reason":"A keyholder is ill."}`)
	officer.posts("/api/v1"+at+"/give-up", http.StatusConflict, `{"reason":"Again."}`)
}
