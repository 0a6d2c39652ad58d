package web_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"commonweal/belenios/group"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/own/member"
)

// rolled is an election with candidates, whose roll is made: Ann and Ben stand, and
// Cia, Dot and Eve vote.
func rolled(t testing.TB) (*wall, poll.Contest) {
	w := newWall(t, "Ann", "Ben", "Cia", "Dot", "Eve")
	w.call()
	contest := w.poll().Contests[0].ID
	for name, backers := range map[string][]string{"Ann": {"Cia", "Dot"}, "Ben": {"Eve", "Ann"}} {
		id := w.stands(name)
		for _, b := range backers {
			w.ask(id, name, b)
			w.ok(w.House.Polls.AnswerBacking(w.ctx, w.people[b], "severn", contest, id, w.people[b], poll.Yes))
		}
	}
	w.after(timetable.NominationsClose, 1)
	for _, n := range w.poll().Contests[0].Nominations {
		w.ok(w.House.Polls.DecideNomination(w.ctx, w.officer, "severn", contest, n.ID, poll.Yes, ""))
	}
	w.after(timetable.Roll, 1)
	w.ok(w.House.Polls.MakeRoll(w.ctx, w.officer, "severn", w.id))
	return w, w.poll().Contests[0]
}

// A voter sees the line of the roll, keeps its proof, and the proof holds.
func TestVotes_Entry(t *testing.T) {
	w, c := rolled(t)
	ann := w.as(w.people["Ann"])
	ann.get("/votes/chair/all").want(200).says("You are on the roll, as voter", "say so here until", "Make your voting key")
	ann.get("/votes/chair/all/entry").want(200).says("Your line is under the seal of the roll", c.Roll.Seal)
	var r poll.Receipt
	if err := json.Unmarshal([]byte(ann.get("/votes/chair/all/entry.json").want(200).Body), &r); err != nil {
		t.Fatal(err)
	}
	w.ok(r.Check(c.Roll.Seal))
	other := r
	other.Number++
	if other.Check(c.Roll.Seal) == nil {
		t.Error("a receipt with another number passes")
	}
	outside := w.person("Nia", "Outside")
	w.as(outside).get("/votes/chair/all/entry").want(404).says("not on the roll")
	w.as("").get("/votes/chair/all/entry").leads("/sign-in?next=")
}

// Whoever is missing from the roll says so, and sees what was decided; a voter
// objects to another by name; after the last day both are too late.
func TestVotes_Claim(t *testing.T) {
	w, c := rolled(t)
	const claim, objection = "/votes/chair/all/claim", "/votes/chair/all/objection"
	nia := w.person("Nia", "Outside")
	w.as(nia).get("/votes/chair/all").want(200).says("You are not on the roll", "Say that you should be on the roll")
	w.as(nia).get(claim).want(200).says("Why should you be on it?")
	w.as(nia).post(claim, "ground", " ").want(422).says("Say why.")
	w.as(nia).post(claim, "ground", strings.Repeat("word ", 201)).want(422).says("201 words are too many", "word word")
	w.as(nia).get(w.as(nia).post(claim, "ground", "I joined in October.").leads(claim)).says("The returning officer has it", "I joined in October.", "has not decided yet")
	w.as(nia).post(claim, "ground", "I joined in October.").want(409).says("You have said this already")
	w.as(w.people["Ann"]).post(claim, "ground", "Me too.").want(409)
	w.as(w.people["Ann"]).get(claim).want(200).says("You are on the roll", "somebody else does not belong").lacks("Why should you be on it?")

	ann := w.as(w.people["Ann"])
	ann.get(objection).want(200).says("Who does not belong on the roll?")
	ann.post(objection, "step", "who", "who", "zz").want(422).says("at least three letters")
	ann.post(objection, "step", "who", "who", "Ciason").want(200).says("One person fits", "Why do they not belong on it?")
	ann.post(objection, "step", "why", "who", "Ciason", "ground", "She left.").want(422).says("Choose one of them", "She left.")
	ann.post(objection, "step", "why", "who", "Ciason", "person", w.people["Cia"]).want(422).says("Say why.")
	ann.get(ann.post(objection, "step", "why", "who", "Ciason", "person", w.people["Cia"], "ground", "She left.").leads(objection)).says("somebody does not belong on it", "She left.")

	for _, one := range w.poll().Contests[0].Claims {
		outcome := map[poll.ClaimKind]poll.Outcome{poll.Missing: poll.Upheld, poll.Objection: poll.Dismissed}[one.Kind]
		w.ok(w.House.Polls.DecideClaim(w.ctx, w.officer, "severn", c.ID, one.ID, outcome, "The register says so."))
	}
	w.as(nia).get(claim).says("It was upheld:", "The register says so.", "You are on the roll")
	ann.get(objection).says("It was dismissed:")
	w.as(w.people["Dot"]).get(objection).lacks("She left.", "register says so")

	w.after(timetable.ClaimsClose, 1)
	w.as(w.people["Dot"]).get(claim).want(200).says("The roll is settled")
	w.as(w.people["Dot"]).post(objection, "step", "who", "who", "Ciason").want(409).says("The roll is settled")
}

// Before the roll is made nobody claims, and nobody makes a key.
func TestVotes_BeforeTheRoll(t *testing.T) {
	w := newWall(t, "Ann")
	w.call()
	ann := w.as(w.people["Ann"])
	ann.get("/votes/chair/all/claim").want(200).says("The roll is not made yet")
	ann.post("/votes/chair/all/claim", "ground", "x").want(409).says("The roll is not made yet")
	ann.get("/votes/chair/all/key").want(200).says("It is too early to make a key")
	ann.get("/votes/chair/all/entry").want(404)
	ann.get("/votes/chair/all/question").want(200).says("The result is not declared yet")
	ann.get("/home").lacks("Make your voting key")
}

// publicKey is the public part of a key in the group of a poll: a power of the
// generator, by multiplying.
func publicKey(t testing.TB, name string, secret int) string {
	t.Helper()
	g, ok := group.ByName(name)
	if !ok {
		t.Fatalf("there is no group %s", name)
	}
	e := g.Identity()
	for range secret {
		e = g.Mul(e, g.Generator())
	}
	return e.String()
}

// enrols sends the public part of a key as the script of the page does.
func (b *browser) enrols(path, public string) answer {
	b.t.Helper()
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(url.Values{"public": {public}}.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	return b.do(req)
}

// A voter's browser makes a key, and another in its place; nobody else's page shows
// it; once the list is closed a code comes from the registrar.
func TestVotes_Key(t *testing.T) {
	w, c := rolled(t)
	const key = "/votes/chair/all/key"
	ann := w.as(w.people["Ann"])
	ann.get("/home").says("Make your voting key: Chair of the council")
	name := w.House.PlannedGroup(w.poll())
	page := ann.get(key).want(200).says("a code to vote with comes from the registrar")
	for _, want := range []string{`data-uuid="` + c.UUID + `"`, `data-group="` + name + `"`, `data-held=""`, `data-open="1"`} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	ann.post(key).want(422)
	ann.enrols(key, "12345").want(422).says("not the public part of a key")
	first, second := publicKey(t, name, 7), publicKey(t, name, 8)
	ann.enrols(key, first).want(200).says(first)
	ann.enrols(key, second).want(200).says(second)
	held, err := w.House.Boxes.Held(w.ctx, "severn", c.ID, w.people["Ann"])
	w.ok(err)
	if held.Public != second || held.How != box.Enrolled {
		t.Errorf("the key held is %+v", held)
	}
	if !strings.Contains(ann.get(key).want(200).Body, `data-held="`+second+`"`) {
		t.Error("the page does not know the key")
	}
	ann.get("/home").lacks("Make your voting key")
	ann.get("/votes/chair/all").says("You made a voting key in a browser")
	w.as(w.people["Ben"]).get(key).want(200).lacks(second)

	// Somebody who is not on the roll, and the public.
	other := w.person("Olga", "Other")
	w.join(other, member.Class{Code: "friends", Name: "Friends", Kind: member.Partner})
	w.as(other).get(key).want(200).says("You are not on the roll")
	w.as(other).enrols(key, publicKey(t, name, 9)).want(403).says("You are not on the roll")
	w.as("").get(key).leads("/sign-in?next=")
	w.as("").get("/votes/chair/all/carry").want(200).says("Bring your voting key")

	w.after(timetable.CredentialsClose, 1)
	w.as(w.people["Ann"]).enrols(key, first).want(409).says("a code comes from the registrar")
	w.as(w.people["Ben"]).get(key).want(200).says("too late to make one in a browser")
	w.as(w.people["Ann"]).get(key).want(200).says("You made it in a browser")
}
