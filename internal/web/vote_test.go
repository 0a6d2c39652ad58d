package web_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/own/member"
)

// wall is a mutual that elects somebody: a post for which the class "voters" votes.
// Nominations are open.
type wall struct {
	*site
	officer string // returning officer
	people  map[string]string
	id      string // of the poll
	class   string // of those who vote
}

// newWall makes the mutual with members of the names given.
func newWall(t testing.TB, names ...string) *wall {
	s := newSite(t)
	w := &wall{site: s, officer: s.officer(policy.ReturningOfficer), people: map[string]string{}, class: "voters"}
	class := member.Class{Code: "voters", Name: "Voters", Kind: member.Partner, Admission: member.OnApplication, Leaving: member.Keeps, Votes: 1, Starts: s.day("2024-04-01")}
	if _, err := s.House.Members.SaveClass(s.ctx, s.Secretary, "severn", class); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		w.people[name] = s.person(name, name+"son")
		a := member.Application{Person: w.people[name], Class: "voters", Effective: s.day("2026-11-10")}
		if _, err := s.House.Members.Apply(s.ctx, w.people[name], "severn", a); err != nil {
			t.Fatal(err)
		}
		d := member.Decision{Person: w.people[name], Class: "voters", Effective: s.day("2026-11-12")}
		if _, err := s.House.Members.Admit(s.ctx, s.Secretary, "severn", d); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// draft prepares the election, and calls it.
func (w *wall) draft() poll.Poll {
	w.t.Helper()
	rules, err := poll.DefaultRules(w.House.Law, poll.Ask{Kind: poll.Post}, w.day("2026-11-19"))
	w.ok(err)
	closes, err := w.House.Polls.EarliestClose(poll.Post)
	w.ok(err)
	w.id, err = w.House.Polls.Prepare(w.ctx, w.Secretary, "severn", poll.Poll{
		Code: "chair", Title: "Chair of the council", Kind: poll.Post, About: "The chair leads the meetings.", Rules: rules, Closes: timetable.CloseOn(closes),
		Contests: []poll.Contest{{Code: "all", Title: "Everybody", Class: w.class, Seats: 1}},
	})
	w.ok(err)
	_, err = w.House.Polls.Name(w.ctx, w.Secretary, "severn", w.id, poll.Official{Person: w.officer, Office: poll.ReturningOfficer})
	w.ok(err)
	return w.poll()
}

func (w *wall) call() {
	w.t.Helper()
	w.draft()
	w.ok(w.House.Polls.Call(w.ctx, w.Secretary, "severn", w.id))
}

func (w *wall) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *wall) poll() poll.Poll {
	w.t.Helper()
	p, err := w.House.Polls.Poll(w.ctx, "severn", w.id)
	w.ok(err)
	return p
}

// after puts the clock to so many days after a step of the timetable, at ten.
func (w *wall) after(step timetable.Step, days int) {
	w.t.Helper()
	at := timetable.OpenOn(w.poll().Timetable.Day(step).AddDays(days))
	w.Clock.Set(at.Add(3600e9))
}

// stands enters a nomination that is complete but for its backers.
func (w *wall) stands(name string) string {
	w.t.Helper()
	id, err := w.House.Polls.Stand(w.ctx, w.people[name], "severn", poll.Nomination{
		Contest: w.poll().Contests[0].ID, Person: w.people[name], BallotName: name + " " + name + "son", Statement: "I listen.", Interests: "None.",
	})
	w.ok(err)
	return id
}

// A member stands, one question a page; asks two others, who agree; changes a word,
// upon which they are asked again; and withdraws.
func TestVotes_Stand(t *testing.T) {
	w := newWall(t, "Ann", "Ben", "Cia", "Dot")
	w.as("").get("/votes").want(200).says("No votes yet")
	w.draft()
	w.as(w.people["Ann"]).get("/votes").says("No votes yet").lacks("Chair")
	w.as(w.people["Ann"]).get("/votes/chair").want(http.StatusNotFound) // a draft is nobody's yet
	w.ok(w.House.Polls.Call(w.ctx, w.Secretary, "severn", w.id))

	w.as("").get("/votes").want(200).says("Nominations are open", "Sign in to vote")
	w.as("").get("/votes/chair").want(200).says("Chair of the council", "Nominations are open until", "One person, named to members", "put candidates in order").lacks("Olwen")
	w.as("").get("/votes/chair/all").want(200).says("Sign in to see your part")
	w.as("").get("/votes/chair/all/stand").leads("/sign-in?next=")
	w.as(w.people["Ann"]).get("/votes/chair").says("Olwen", "You would be on the roll")

	k := &keeping{browser: w.as(w.people["Ann"])}
	k.get("/votes/chair/all").says("You would be on the roll", "Stand for election")
	k.get("/votes/chair/all/stand").want(200).says("250 words", "Two members who back you")
	const stand = "/votes/chair/all/stand"
	k.get(stand + "/review").leads(stand + "/name") // nothing is answered yet
	k.get(stand + "/name").want(200).says("Which name")
	k.sends(stand+"/name", "text", " ").want(422).says("between 1 and 80 letters")
	k.sends(stand+"/name", "text", "Ann Annson").leads(stand + "/statement")
	k.sends(stand+"/statement", "text", "").want(422).says("Write what you want to say")
	k.sends(stand+"/statement", "text", strings.Repeat("word ", 251)).want(422).says("251 words are too many: at most 250")
	k.sends(stand+"/statement", "text", "I listen.\n\nAnd I say <b>what</b> I heard.").want(422).says("plain text")
	k.sends(stand+"/statement", "text", "I listen.\n\nAnd I say what I heard.").leads(stand + "/interests")
	k.sends(stand+"/interests", "text", "").want(422).says("Choose one")
	k.sends(stand+"/interests", "has", "some", "text", "").want(422).says("Say which interests")
	k.sends(stand+"/interests", "has", "none").leads(stand + "/review")
	k.get(stand+"/review").want(200).says("Ann Annson", "And I say what I heard.", "None.")
	k.sends(stand + "/review").leads(stand + "?done=entered")
	k.get(stand+"?done=entered").want(200).says("Your nomination is entered.", "It still needs 2 backers who agreed", "Entry in the record")

	// Whoever did not ask sees nothing of it.
	w.as("").get("/votes/chair/all/candidates").want(200).says("It is not published yet who stands").lacks("Annson")
	w.as(w.people["Ben"]).get("/votes/chair/all").lacks("Annson")

	// Backers are found by name.
	k.get(stand + "/backers").want(200).says("You need two members who back you")
	k.sends(stand+"/backers", "who", "be").want(422).says("at least three letters")
	k.sends(stand+"/backers", "who", "nobody at all").want(422).says("Nobody is found")
	k.sends(stand+"/backers", "who", "Ann").want(422).says("Nobody is found") // herself
	found := k.sends(stand+"/backers", "who", "son").want(200).says("Three people fit", "Ben Benson", "Dot Dotson")
	if strings.Contains(found.Location, "son") {
		t.Error("a name is in an address")
	}
	k.sends(stand+"/backers", "who", "son", "chosen", "1").want(422).says("Choose one of them")
	for _, name := range []string{"Ben", "Cia"} {
		k.sends(stand+"/backers", "who", "son", "chosen", "1", "person", w.people[name]).leads(stand + "?done=asked")
	}
	k.sends(stand+"/backers", "person", w.people["Ben"]).want(409).says("You have asked this person already")
	k.sends(stand+"/backers", "person", w.people["Dot"]).want(409).says("as many as you need")

	// They see it at home, read it, and answer.
	nomination := w.poll().Contests[0].Nominations[0].ID
	back := "/votes/chair/all/back/" + nomination
	ben := w.as(w.people["Ben"])
	ben.get("/home").says("Ann Annson asks you to back them")
	ben.get(back).want(200).says("I listen.", "Do you back this candidate?")
	w.as(w.people["Dot"]).get(back).want(http.StatusNotFound).lacks("I listen.")
	ben.post(back).want(422).says("Choose one")
	ben.get(ben.post(back, "answer", "yes").leads(back + "?done=yes")).says("You agreed to back them")
	ben.get("/home").lacks("asks you to back them")
	w.as(w.people["Cia"]).post(back, "answer", "no").leads(back + "?done=no")
	k.get(stand).says("Ben Benson", "agreed on", "Cia Ciason", "declined on", "1 backer who agreed")
	k.sends(stand+"/backers", "person", w.people["Dot"]).leads(stand)

	// A change asks them again.
	k.sends(stand+"/statement", "text", "I listen more.").leads(stand + "/review")
	k.get(stand+"/review").says("I listen more.", "they are asked again", "Save the change")
	k.sends(stand + "/review").leads(stand + "?done=changed")
	k.get(stand).says("2 backers who agreed").lacks("agreed on 19")

	// And she withdraws.
	k.get(stand+"/withdraw").want(200).says("Withdraw your nomination?", "you may stand again")
	k.sends(stand + "/withdraw").leads("/votes/chair/all")
	k.get("/votes/chair/all").says("You withdrew on", "Stand for election")
	k.sends(stand + "/withdraw").want(409).says("You cannot withdraw now")
	k.get(stand).want(200).says("What you need") // she may stand again
}

// Those who may not stand are told the rule, the fact and what to do.
func TestVotes_MayNotStand(t *testing.T) {
	w := newWall(t, "Ann", "Ben")
	w.call()
	const stand = "/votes/chair/all/stand"
	// Somebody who is no member at all is refused by policy, a member of another class by the register.
	w.as(w.person("Nia", "Outside")).get(stand).want(http.StatusForbidden)
	other := w.person("Olga", "Other")
	w.join(other, member.Class{Code: "friends", Name: "Friends", Kind: member.Partner})
	w.as(other).get(stand).want(200).says("You cannot stand in this vote", "Whoever is a member of the class Voters", "tell the secretary")
	w.as(other).get("/votes/chair").says("You are on no roll of this vote")
	w.as(other).post(stand+"/name", "text", "Olga").want(409).says("You cannot stand")
	// Whoever runs the vote does not stand in it.
	w.admits(w.officer)
	w.as(w.officer).get(stand).want(200).says("You were named returning officer of it")
	// Afterwards it is too late.
	w.after(timetable.NominationsClose, 1)
	w.as(w.people["Ann"]).get(stand).want(200).says("Nominations are closed")
	w.as(w.people["Ann"]).post(stand + "/review").want(409).says("Nominations are closed")
	w.as(w.people["Ann"]).get("/votes/chair/all").lacks("Stand for election")
	w.as(w.people["Ann"]).get("/votes/chair/none").want(http.StatusNotFound)
}

// admits makes somebody a member who votes.
func (w *wall) admits(person string) {
	w.t.Helper()
	_, err := w.House.Members.Apply(w.ctx, person, "severn", member.Application{Person: person, Class: "voters", Effective: w.day("2026-11-19")})
	w.ok(err)
	_, err = w.House.Members.Admit(w.ctx, w.Secretary, "severn", member.Decision{Person: person, Class: "voters", Effective: w.day("2026-11-19")})
	w.ok(err)
}

// A photograph is the business of those who have to do with the nomination, until
// it is published who stands; then anybody may see it, and keep it.
func TestVotes_Photo(t *testing.T) {
	w := newWall(t, "Ann", "Ben", "Cia")
	w.call()
	w.stands("Ann")
	ann := w.as(w.people["Ann"])
	const photo = "/votes/chair/all/stand/photo"
	ann.get(photo).want(200).says("A photograph of you")
	ann.upload(photo, "", nil).want(422).says("Choose a file first")
	ann.upload(photo, "ann.txt", []byte("no picture")).want(422).says("cannot be used")
	ann.upload(photo, "ann.png", portraitOf(t)).leads("/votes/chair/all/stand?done=photo")
	n := w.poll().Contests[0].Nominations[0]
	path := "/photos/" + n.Photo
	a := ann.get(path).want(200)
	if a.Header.Get("Content-Type") != "image/jpeg" || !strings.HasPrefix(a.Header.Get("Cache-Control"), "private") {
		t.Errorf("it comes as %s, %s", a.Header.Get("Content-Type"), a.Header.Get("Cache-Control"))
	}
	w.as(w.people["Ben"]).get(path).want(404)
	w.as("").get(path).want(404)
	w.as(w.officer).get(path).want(200)
	w.ask(n.ID, "Ann", "Ben")
	w.as(w.people["Ben"]).get(path).want(200)
	ann.post(photo + "/remove").leads("/votes/chair/all/stand?done=no-photo")
	ann.get(path).want(404)

	ann.upload(photo, "ann.png", portraitOf(t)).leads("/votes/chair/all/stand?done=photo")
	w.ask(n.ID, "Ann", "Cia")
	for _, name := range []string{"Ben", "Cia"} {
		w.ok(w.House.Polls.AnswerBacking(w.ctx, w.people[name], "severn", n.Contest, n.ID, w.people[name], poll.Yes))
	}
	w.after(timetable.NominationsClose, 1)
	w.ok(w.House.Polls.DecideNomination(w.ctx, w.officer, "severn", n.Contest, n.ID, poll.Yes, ""))
	w.as(w.people["Ann"]).upload(photo, "ann.png", portraitOf(t)).want(409).says("cannot be changed any more")
	a = w.as("").get(path).want(200)
	if !strings.Contains(a.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("it is kept by %s", a.Header.Get("Cache-Control"))
	}
	w.as("").get("/votes/chair/all/candidates").want(200).says("Ann Annson", "I listen.", "One person stands for one seat")
	w.as("").get("/votes/chair/all/candidates.csv").want(200).says("Ann Annson")
	w.as("").get("/votes/chair/all").says("Ann Annson").lacks("Benson")
	w.as("").get("/photos/" + strings.Repeat("0", 64)).want(404)
	w.as("").get("/photos/nothing").want(404)
}

func (w *wall) ask(nomination, by, whom string) {
	w.t.Helper()
	_, err := w.House.Polls.AskBacker(w.ctx, w.people[by], "severn", w.poll().Contests[0].ID, nomination, w.people[whom])
	w.ok(err)
}

func portraitOf(t testing.TB) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 60, 80))
	for i := range 60 * 80 {
		img.SetRGBA(i%60, i/60, color.RGBA{uint8(i), 90, 120, 255})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The files of a vote: dates for a calendar, the rules, and no notice before it is
// given.
func TestVotes_Files(t *testing.T) {
	w := newWall(t, "Ann")
	w.call()
	nobody := w.as("")
	nobody.get("/votes/chair/files/calendar.ics").want(200).says("BEGIN:VCALENDAR", "Chair of the council")
	p := w.poll()
	text, err := p.Rules.Text()
	w.ok(err)
	if got := nobody.get("/votes/chair/files/rules.json").want(200).Body; got != string(text) {
		t.Error("the rules are not those whose hash is in the record")
	}
	nobody.get("/votes/chair/files/notice.json").want(404)
	nobody.get("/votes/chair/all/result").want(404)
	nobody.get("/votes.csv").want(200).says("chair")
}

// sends posts a form with the cookies that it has, and keeps those that come back.
func (k *keeping) sends(path string, pairs ...string) answer {
	k.t.Helper()
	form := make([]string, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		form = append(form, pairs[i]+"="+url.QueryEscape(pairs[i+1]))
	}
	req, err := http.NewRequest(http.MethodPost, path, strings.NewReader(strings.Join(form, "&")))
	if err != nil {
		k.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range k.cookies {
		req.AddCookie(c)
	}
	a := k.do(req)
	for _, c := range (&http.Response{Header: a.Header}).Cookies() {
		k.cookies = append(removed(k.cookies, c.Name), c)
		if c.MaxAge < 0 {
			k.cookies = removed(k.cookies, c.Name)
		}
	}
	return a
}

func removed(cookies []*http.Cookie, name string) []*http.Cookie {
	return slices.DeleteFunc(cookies, func(c *http.Cookie) bool { return c.Name == name })
}

// hustings calls an election in a town, in which Amara stands with a photograph.
func (w *town) hustings() poll.Nomination {
	w.t.Helper()
	s := &wall{site: w.site, officer: w.officer(policy.ReturningOfficer), people: map[string]string{"Amara": w.Amara}, class: "staff"}
	s.call()
	id := s.stands("Amara")
	s.ok(s.House.Polls.SetPhoto(s.ctx, w.Amara, "severn", s.poll().Contests[0].ID, id, portraitOf(w.t)))
	return s.poll().Contests[0].Nominations[0]
}
