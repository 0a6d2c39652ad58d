package web_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/group"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/code"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/demo/voting"
	"commonweal/law"
)

// codesScene is a staff ballot with its registrar.
type codesScene struct {
	*site
	officials voting.Officials
	poll      *voting.Poll
}

const codesAt = "/votes/shifts/all/credentials"

func newCodesScene(t testing.TB) *codesScene {
	t.Helper()
	s := newSite(t)
	k := &codesScene{site: s}
	var err error
	k.officials, _, err = voting.Gather(s.ctx, s.House, "severn", s.Secretary, 6, s.day("2026-11-01"))
	k.ok(err)
	rules, err := poll.DefaultRules(s.House.Law, poll.Ask{Kind: poll.Proposal, Form: law.BenefitSociety}, s.day("2026-11-19"))
	k.ok(err)
	k.poll = voting.New(s.House, s.Clock, voting.Plan{
		Org: "severn", Officials: k.officials, Seed: "test",
		Poll: poll.Poll{
			Code: "shifts", Title: "Twelve-hour shifts", Kind: poll.Proposal, Rules: rules, Closes: timetable.CloseOn(s.day("2027-03-01")),
			Contests: []poll.Contest{{Code: "all", Title: "All staff", Class: voting.Class, Question: "Should we keep twelve-hour shifts?"}},
		},
		Votes: func(_ poll.Contest, v poll.Entry) []int { return [][]int{{0, 1, 0}, {0, 0, 1}}[v.Number%2] },
	})
	return k
}

func (k *codesScene) ok(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

func (k *codesScene) registrar() *browser { return k.as(k.officials.Registrar) }

// until plays the poll up to an act.
func (k *codesScene) until(act string) poll.Contest {
	k.t.Helper()
	k.ok(k.poll.Until(k.ctx, act))
	now, err := k.poll.Now(k.ctx)
	k.ok(err)
	return now.Contests[0]
}

// enrols has a voter make a key of their own.
func (k *codesScene) enrols(c poll.Contest, number int) {
	k.t.Helper()
	list, err := k.House.Polls.Voters(k.ctx, "severn", c.ID)
	k.ok(err)
	g, _ := group.ByName("BELENIOS-2048")
	s, err := g.RandomScalar(rand.Reader)
	k.ok(err)
	key, err := belenios.NewCredential(g, s)
	k.ok(err)
	k.ok(k.House.Boxes.Enrol(k.ctx, "severn", c.ID, list[number-1].Person, key.Public().String()))
}

// made makes the codes that the registrar's page asks for.
func (k *codesScene) made() (code.ToDo, []code.Code, []byte) {
	k.t.Helper()
	work, err := code.ParseToDo([]byte(k.registrar().get(codesAt + "/to-make.json").want(http.StatusOK).Body))
	k.ok(err)
	list, err := work.Make(rand.Reader, nil)
	k.ok(err)
	public, err := code.Public(work.UUID, list).Text()
	k.ok(err)
	return work, list, public
}

// The registrar downloads who needs a code, by number, makes the codes away from the
// server, and sends the public parts; a member who made a key meanwhile keeps it.
func TestCredentials_MadeAwayFromTheServer(t *testing.T) {
	k := newCodesScene(t)
	k.until("call")
	olwen := k.registrar()
	olwen.get(codesAt).want(http.StatusOK).says("The roll is not made yet.").lacks("Send the public parts")
	olwen.get(codesAt + "/to-make.json").want(http.StatusConflict)
	olwen.get(codesAt + "/make").leads(codesAt)
	olwen.get(codesAt + "/list").want(http.StatusOK).says("The roll is not made yet.")
	olwen.get("/votes/shifts/none/credentials").want(http.StatusNotFound)

	c := k.until("roll")
	k.enrols(c, 2)
	olwen = k.registrar()
	olwen.get(codesAt).want(http.StatusOK).says("5 members need a code, of 6 on the roll.", "Members can make a key in their own browser until the end of", "0 not used, 5 to be made")
	olwen.get(codesAt+"/make").want(http.StatusOK).says("10 codes are to be made: 5 for members and 5 spares.", "scripts are switched off")
	file := olwen.get(codesAt+"/to-make.json").want(http.StatusOK).lacks("Invented 9", "Invented 14", "@example.org")
	if got := file.Header.Get("Content-Disposition"); got != `attachment; filename="to-make-shifts-all.json"` {
		t.Error(got)
	}
	named := olwen.get(codesAt + "/to-make-with-names.json").want(http.StatusOK)
	if !strings.Contains(named.Body, "Invented") || !strings.Contains(named.Body, "@example.org") {
		t.Error("the file with names has no names")
	}
	work, codes, public := k.made()
	if len(work.Voters) != 5 || len(codes) != 10 || work.Group != "BELENIOS-2048" || work.UUID != c.UUID {
		t.Fatalf("to make: %+v", work)
	}

	send := func(text []byte, pairs ...string) answer {
		return olwen.upload(codesAt, "shifts.codes.json", text, pairs...)
	}
	send(public).want(http.StatusUnprocessableEntity).says("Choose how members get their codes.")
	olwen.upload(codesAt, "", nil, "how", "printed").want(http.StatusUnprocessableEntity).says("Choose a file first.")
	secret := code.Secret(work, codes)
	send(secret, "how", "printed").want(http.StatusUnprocessableEntity).says("This is the file with the codes themselves").lacks(codes[0].Text)
	send([]byte(strings.Replace(string(public), c.UUID, "AnotherE1ection", 1)), "how", "printed").want(http.StatusUnprocessableEntity).says("made for another vote")
	send([]byte(strings.Replace(string(public), `"voter": 1,`, `"voter": 99,`, 1)), "how", "printed").want(http.StatusUnprocessableEntity).says("Nobody on this roll has the number 99.")
	send([]byte(strings.Replace(string(public), codes[0].Public, "12", 1)), "how", "printed").want(http.StatusUnprocessableEntity).says("Line 1: 12 is no public code of the group BELENIOS-2048")
	olwen.get(codesAt).says("5 members need a code")

	k.enrols(c, 3)
	next := send(public, "how", "printed").leads(codesAt + "?")
	olwen.get(next).want(http.StatusOK).says("The public parts are here and in the record.", "Voter 3 needs no code any more: destroy that letter.",
		"Everybody on the roll has something to vote with, and the spares are there.").lacks("Send the public parts", "Make the codes")
	olwen.get(send(public, "how", "printed").leads(codesAt)).says("These codes are here already. Nothing has changed.")

	csv := olwen.get(codesAt + "/list.csv").want(http.StatusOK)
	for _, want := range []string{"1,printed,1," + codes[0].Mark(), "3,enrolled,1,", ",spare,1," + codes[9].Mark()} {
		if !strings.Contains(csv.Body, "\n"+want) {
			t.Errorf("the list has no line %s:\n%s", want, csv.Body)
		}
	}
	olwen.get(codesAt+"/list").want(http.StatusOK).says("A printed code", "A key of their own", "Spare, not used", codes[0].Mark()).lacks("Invented 9", "Invented 14", codes[0].Text)
	olwen.get(codesAt + "/list?names=1").want(http.StatusOK).says("Invented")
	var lines []map[string]any
	k.ok(json.Unmarshal([]byte(olwen.get(codesAt+"/list.json").want(http.StatusOK).Body), &lines))
	if len(lines) != 11 {
		t.Errorf("the list has %d lines, want 6 voters and 5 spares", len(lines))
	}
}

// A spare too many of the server's own could vote, so more than twice those that are
// needed are refused; and so is a code for somebody who has one.
func TestCredentials_SparesAndTwice(t *testing.T) {
	k := newCodesScene(t)
	k.until("roll")
	olwen := k.registrar()
	work, _, public := k.made()
	work.Spares = []code.Spare{{Weight: 1, Count: 11}}
	many, err := work.Make(rand.Reader, nil)
	k.ok(err)
	text, err := code.Public(work.UUID, many).Text()
	k.ok(err)
	olwen.upload(codesAt, "a.codes.json", text, "how", "mailed").want(http.StatusUnprocessableEntity).says("brings 11 spares of weight 1 to the 0 that are there, and 6 voters may have 10 at most")
	work.Spares = []code.Spare{{Weight: 2, Count: 1}}
	other, err := work.Make(rand.Reader, nil)
	k.ok(err)
	text, err = code.Public(work.UUID, other).Text()
	k.ok(err)
	olwen.upload(codesAt, "a.codes.json", text, "how", "mailed").want(http.StatusUnprocessableEntity).says("a spare of 2 votes, and nobody on this roll has that many")
	olwen.upload(codesAt, "a.codes.json", public, "how", "mailed").leads(codesAt)
	work.Spares, work.Voters = nil, work.Voters[:1]
	again, err := work.Make(rand.Reader, nil)
	k.ok(err)
	text, err = code.Public(work.UUID, again).Text()
	k.ok(err)
	olwen.upload(codesAt, "a.codes.json", text, "how", "printed").want(http.StatusUnprocessableEntity).
		says("Voter 1 has a code already, with the mark " + markOf(t, olwen, 1))
}

// markOf is the mark of a voter's code in the registrar's list.
func markOf(t *testing.T, b *browser, voter int) string {
	t.Helper()
	for _, line := range strings.Split(b.get(codesAt+"/list.csv").want(http.StatusOK).Body, "\r\n") {
		fields := strings.Split(line, ",")
		if fields[0] == strconv.Itoa(voter) && fields[1] != "voided" {
			return fields[3]
		}
	}
	t.Fatalf("voter %d has no code", voter)
	return ""
}

// Whoever is struck off the roll after they made a key or had a code: the registrar is
// led to void it, or notice could not be given.
func TestCredentials_StruckOff(t *testing.T) {
	k := newCodesScene(t)
	c := k.until("roll")
	k.enrols(c, 2)
	list, err := k.House.Polls.Voters(k.ctx, "severn", c.ID)
	k.ok(err)
	claim, err := k.House.Polls.Claim(k.ctx, list[0].Person, "severn", poll.Claim{Contest: c.ID, Person: list[0].Person, Kind: poll.Objection, About: list[1].Person, Ground: "Left in January"})
	k.ok(err)
	_, _, public := k.made()
	k.ok(k.House.Polls.DecideClaim(k.ctx, k.officials.ReturningOfficer, "severn", c.ID, claim, poll.Upheld, "Left on 4 January"))
	olwen := k.registrar()
	page := olwen.get(codesAt).want(http.StatusOK).says("Struck off the roll", "1 code or key belongs to somebody who was struck off the roll.", "Made a key in their own browser 0 members")
	olwen.get(codesAt + "/list").says("Somebody who was struck off the roll: void it")
	_, rest, _ := strings.Cut(page.Body, codesAt+"/void?mark=")
	mark, _, _ := strings.Cut(rest, `"`)
	olwen.get(codesAt + "/void?mark=" + mark).want(http.StatusOK).says("Mark of the code")
	olwen.post(codesAt+"/void", "mark", mark, "reason", "Struck off the roll").want(http.StatusOK).says("Somebody who was struck off the roll")
	olwen.get(olwen.post(codesAt+"/void", "mark", mark, "reason", "Struck off the roll", "sure", "yes").leads(codesAt)).lacks("code or key belongs")
	olwen.post(codesAt+"/replace", "voter", "2", "reason", "lost").want(http.StatusUnprocessableEntity).says("Voter 2 was struck off the roll and cannot vote.")
	olwen.upload(codesAt, "a.codes.json", public, "how", "printed").leads(codesAt)
	missing, err := k.House.BoxMissing(k.ctx, "severn", k.poll.ID)
	k.ok(err)
	for _, m := range missing {
		if strings.Contains(m, "credential") || strings.Contains(m, "code") {
			t.Errorf("still missing: %s", m)
		}
	}
}

// A lost code is replaced by a spare before a vote was received and never after; what
// was lost is void, and the record has the reason.
func TestCredentials_Replaced(t *testing.T) {
	k := newCodesScene(t)
	c := k.until("vote") // those with even numbers have voted
	olwen := k.registrar()
	olwen.get(codesAt).want(http.StatusOK).says("Notice of poll is given, so the list of codes does not change.", "Replace a code or key that was lost").lacks("Send the public parts")
	olwen.get(codesAt + "/to-make.json").want(http.StatusConflict)
	lost := markOf(t, olwen, 1)

	olwen.get(codesAt+"/replace").want(http.StatusOK).says("Number of the voter", "Be sure who it is that asks.")
	wrong := func(says string, pairs ...string) {
		t.Helper()
		olwen.post(codesAt+"/replace", pairs...).want(http.StatusUnprocessableEntity).says(says)
	}
	wrong("Type the voter’s number, such as 12.", "voter", "x", "reason", "lost")
	wrong("Nobody on this roll has the number 7.", "voter", "7", "reason", "lost")
	wrong("Say why it is replaced.", "voter", "1")
	wrong("No code of this vote has the mark 0000-0000.", "voter", "1", "spare", "0000-0000", "reason", "lost")
	wrong("somebody has it. Take another letter.", "voter", "1", "spare", markOf(t, olwen, 3), "reason", "lost")
	wrong("A vote has been received from voter 2, by web. A code is replaced only before that.", "voter", "2", "reason", "lost", "sure", "yes")

	spare := ""
	for _, line := range strings.Split(olwen.get(codesAt+"/list.csv").Body, "\r\n") {
		if fields := strings.Split(line, ","); len(fields) > 3 && fields[1] == "spare" {
			spare = fields[3] // the last
		}
	}
	review := olwen.post(codesAt+"/replace", "voter", "1", "spare", strings.ToLower(strings.ReplaceAll(spare, "-", " ")), "reason", "The letter did not come")
	review.want(http.StatusOK).says("Check before you replace it", "what voter 1 had will never work again", lost, spare, "The letter did not come")
	if got := markOf(t, olwen, 1); got != lost {
		t.Errorf("looking at it has replaced %s by %s", lost, got)
	}
	receipt := olwen.post(codesAt+"/replace", "voter", "1", "spare", spare, "reason", "The letter did not come", "sure", "yes").leads(codesAt + "/replaced/" + spare)
	olwen.get(receipt).want(http.StatusOK).says("Give them the spare "+spare, "It is voter 1’s now")
	olwen.get(codesAt+"/list").says("A spare, in place of what was lost", "Void: The letter did not come")
	if got := markOf(t, olwen, 1); got != spare {
		t.Errorf("voter 1 has %s, want %s", got, spare)
	}
	wrong("The code with the mark "+lost+" is void.", "voter", "3", "spare", lost, "reason", "lost")
	olwen.get(codesAt + "/replaced/0000-0000").want(http.StatusNotFound)

	// The member votes with the spare, and with nothing else.
	olwen.post(codesAt+"/void", "mark", "", "reason", "x").want(http.StatusUnprocessableEntity).says("Type the mark of the code.")
	olwen.post(codesAt+"/void", "mark", lost, "reason", "x").want(http.StatusUnprocessableEntity).says("is void since")
	olwen.post(codesAt+"/void", "mark", spare).want(http.StatusUnprocessableEntity).says("Say why it is void.")
	olwen.post(codesAt+"/void", "mark", markOf(t, olwen, 4), "reason", "seen", "sure", "yes").want(http.StatusUnprocessableEntity).says("A vote has been received from voter 4, by web.")
	olwen.post(codesAt+"/void", "mark", spare, "reason", "It was found open").want(http.StatusOK).says("Check before you void it", "Voter 1 then has nothing to vote with, until you give them a spare.")
	olwen.get(olwen.post(codesAt+"/void", "mark", spare, "reason", "It was found open", "sure", "yes").leads(codesAt)).says("The code is void", "Have nothing to vote with yet", "1 member")
	olwen.post(codesAt+"/replace", "voter", "1", "reason", "found open", "sure", "yes").leads(codesAt + "/replaced/")
	found, err := k.House.AuditBox(k.ctx, "severn", c.ID)
	k.ok(err)
	if len(found) > 0 {
		t.Error(found)
	}
}

// Only the registrar who is named for the vote sees the codes; another registrar of the
// mutual, its secretary, its returning officer and the public do not.
func TestCredentials_WhoMay(t *testing.T) {
	k := newCodesScene(t)
	k.until("roll")
	for who, b := range map[string]*browser{
		"another registrar": k.as(k.officer(policy.Registrar)), "the secretary": k.as(k.Secretary), "the returning officer": k.as(k.officials.ReturningOfficer),
		"a keyholder": k.as(k.officials.Keyholders[0]),
	} {
		for _, path := range []string{"", "/make", "/to-make.json", "/to-make-with-names.json", "/list", "/list.csv", "/replace", "/void"} {
			if a := b.get(codesAt + path); a.Status != http.StatusForbidden {
				t.Errorf("%s gets %d from %s", who, a.Status, path)
			}
		}
		b.post(codesAt+"/replace", "voter", "1", "reason", "lost", "sure", "yes").want(http.StatusForbidden)
		b.post(codesAt+"/void", "mark", "0000-0000", "reason", "lost", "sure", "yes").want(http.StatusForbidden)
		b.upload(codesAt, "a.json", []byte("{}"), "how", "printed").want(http.StatusForbidden)
	}
}

// A program does what the pages do: what TestAPIEveryOperation asks about codes, in a
// mutual of its own.
func (c *caller) codes() {
	t := c.t
	t.Helper()
	k := newCodesScene(t)
	contest := k.until("roll")
	api := k.caller(k.officials.Registrar)
	api.called = c.called
	const at = "/api/v1/votes/shifts/all/codes"
	work, err := code.ParseToDo([]byte(api.reads(at + "/to-make?names=true").Body))
	k.ok(err)
	if len(work.Voters) != 6 || work.Voters[0].Name == "" || work.UUID != contest.UUID {
		t.Errorf("%+v", work)
	}
	codes, err := work.Make(rand.Reader, nil)
	k.ok(err)
	var lines []string
	for _, one := range codes {
		if one.Voter > 0 {
			lines = append(lines, fmt.Sprintf(`{"voter":%d,"public":%q}`, one.Voter, one.Public))
		} else {
			lines = append(lines, fmt.Sprintf(`{"weight":%d,"public":%q}`, one.Weight, one.Public))
		}
	}
	all := strings.Join(lines, ",")
	api.posts(at, http.StatusUnprocessableEntity, `{"how":"printed","codes":[%s,%s]}`, all, lines[0])
	api.posts(at, http.StatusUnprocessableEntity, `{"how":"spare","codes":[%s]}`, all)
	if r := api.posts(at, http.StatusOK, `{"how":"mailed","codes":[%s]}`, all); !strings.Contains(compact(t, r.Body), `"voters":6,"spares":5`) {
		t.Error(compact(t, r.Body))
	}
	if r := api.posts(at, http.StatusOK, `{"how":"mailed","codes":[%s]}`, all); !strings.Contains(compact(t, r.Body), `"again":true`) {
		t.Error(compact(t, r.Body))
	}
	r := api.posts(at+"/replace", http.StatusOK, `{"voter":1,"reason":"The letter did not come"}`)
	if !strings.Contains(compact(t, r.Body), `"state":"spare handed out"`) {
		t.Error(compact(t, r.Body))
	}
	api.posts(at+"/void", http.StatusOK, `{"mark":%q,"reason":"It was found open"}`, codes[1].Mark())
	api.posts(at+"/void", http.StatusUnprocessableEntity, `{"mark":"0000-0000","reason":"It was found open"}`)
	if r := api.reads(at); strings.Count(compact(t, r.Body), `"state":"voided"`) != 2 || !strings.Contains(compact(t, r.Body), `{"voter":2,"state":"wanting"`) {
		t.Error(compact(t, r.Body))
	}
	api.as(k.officials.ReturningOfficer).call(api.as(k.officials.ReturningOfficer).request(http.MethodGet, at, ""), http.StatusForbidden)
}

// compact is JSON without white space.
func compact(t testing.TB, body []byte) string {
	t.Helper()
	var out bytes.Buffer
	if err := json.Compact(&out, body); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
