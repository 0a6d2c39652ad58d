package web_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/policy"
)

// tell sends somebody a message as part of a change.
func (s *site) tell(m notice.Message) notice.Route {
	s.t.Helper()
	var route notice.Route
	_, err := s.House.Journal.Record(s.ctx, journal.Fact{Org: "severn", Kind: "member.admit", Actor: s.Secretary}, func(tx *journal.Tx) error {
		var err error
		route, err = s.House.Notices.Send(s.ctx, tx, m)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return route
}

func admitted(person string) notice.Message {
	return notice.Message{
		Kind: "member.admitted", To: notice.Person{ID: person}, About: person, Subject: "You are a member", Body: []string{"Welcome to the mutual."},
		Facts: []notice.Fact{{Label: "Since", Value: "19 November"}}, Action: notice.Link{Text: "See your membership", Path: "/membership"},
		Reason: "You get this because you became a member.", Statutory: true,
	}
}

// work does what is due, for as long as a message is tried again.
func (s *site) work(days int) {
	s.t.Helper()
	for range days * 4 {
		s.Clock.Advance(6 * time.Hour)
		if _, err := s.House.Jobs.RunDue(s.ctx); err != nil {
			s.t.Fatal(err)
		}
	}
}

// Everybody sees what was sent to them, and nothing of what was sent to others.
func TestNotices_OwnMessages(t *testing.T) {
	s := newSite(t)
	s.as("").get("/notices").leads("/sign-in")
	s.as("").get("/notices/preferences").leads("/sign-in")
	ann, bob := s.person("Ann", "Whitcombe"), s.person("Bob", "Hale")
	s.as(ann).get("/notices").want(http.StatusOK).says("Nothing was sent to you yet")
	s.tell(admitted(ann))
	s.as(ann).get("/notices").want(http.StatusOK).says("One message was sent to you.", "19 November", "That you have become a member", "by e-mail",
		"You get this because you became a member.").lacks("did not arrive")
	s.as(bob).get("/notices").says("Nothing was sent to you yet")
	s.as(s.Secretary).get("/notices").says("What we sent to others")
	s.as(ann).get("/notices?page=7").want(http.StatusOK).says("There are no more")
}

// What the law asks for cannot be turned off and says so; the rest can.
func TestNotices_Preferences(t *testing.T) {
	s := newSite(t)
	ann := s.as(s.person("Ann", "Whitcombe"))
	page := ann.get("/notices/preferences").want(http.StatusOK).says("Always sent", "They cannot be turned off.", "That a membership ends", "What is new, on Mondays")
	if strings.Contains(page.Body, `name="kind-member.ends"`) {
		t.Error("a kind that the law asks for is offered as a choice")
	}
	ann.post("/notices/preferences", "kind-notice.weekly", "now").want(http.StatusUnprocessableEntity).says("Choose one of these.")
	to := ann.post("/notices/preferences", "kind-notice.weekly", "never", "kind-member.ends", "never").leads("/notices/preferences?done=saved")
	if body := ann.get(to).says("Your choice is saved.").Body; !regexp.MustCompile(`value="never" checked`).MatchString(body) {
		t.Error("the choice is not kept")
	}
	ann.post("/notices/preferences", "kind-notice.weekly", "usual").leads("/notices/preferences")
}

// people is who people are, for an office of our own.
type people struct{}

func (people) People(ctx context.Context, tx *db.Tx, org string, ids []string) (map[string]notice.Person, error) {
	found, err := identity.PeopleByID(ctx, tx, org, ids)
	out := map[string]notice.Person{}
	for id, p := range found {
		out[id] = notice.Person{ID: id, Name: p.Name(), Email: p.Email}
	}
	return out, err
}

func (people) Sender(ctx context.Context, tx *db.Tx, org string) (notice.Sender, error) {
	o, err := identity.OrganisationByID(ctx, tx, org)
	return notice.Sender{Name: o.Name}, err
}

// stopPath is the path of a link that stops the weekly message, from a mail
// that was delivered. The kinds that the house sends today are all asked for by
// law, so the week's news comes from an office with one kind more, over the
// same record and keys.
func (s *site) stopPath(person string) string {
	s.t.Helper()
	keys, err := journal.LoadKeys(s.KeyFile, s.House.World)
	if err != nil {
		s.t.Fatal(err)
	}
	transport, err := notice.OpenTransport("dir:" + s.Mail)
	if err != nil {
		s.t.Fatal(err)
	}
	queue := jobs.New(s.House.Journal.DB(), s.House.World, jobs.Options{})
	office, err := notice.New(notice.Options{
		Journal: s.House.Journal, Keys: keys, Queue: queue, Directory: people{}, Transport: transport,
		BaseURL: "http://mutual.example", Kinds: []notice.Kind{{Name: "news.new", Title: "News"}},
	})
	if err != nil {
		s.t.Fatal(err)
	}
	m := admitted(person)
	m.Kind, m.Statutory = "news.new", false
	_, err = s.House.Journal.Record(s.ctx, journal.Fact{Org: "severn", Kind: "news.send", Actor: s.Secretary}, func(tx *journal.Tx) error {
		_, err := office.Send(s.ctx, tx, m)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	for range 8 {
		if _, err := queue.RunDue(s.ctx); err != nil {
			s.t.Fatal(err)
		}
		s.Clock.Advance(24 * time.Hour)
	}
	files, err := filepath.Glob(filepath.Join(s.Mail, "*.eml"))
	if err != nil {
		s.t.Fatal(err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			s.t.Fatal(err)
		}
		if found := regexp.MustCompile(`/mail/stop/[A-Za-z0-9_-]+`).FindString(strings.ReplaceAll(string(raw), "=\r\n", "")); found != "" {
			return found
		}
	}
	s.t.Fatal("no message has a link that stops it")
	return ""
}

// The link in a message stops its kind without signing in: looking does
// nothing, the button does it, and so does a mail program by itself (RFC 8058).
func TestNotices_StopLink(t *testing.T) {
	s := newSite(t)
	ann := s.person("Ann", "Whitcombe")
	path := s.stopPath(ann)
	public := s.as("")
	public.get(path).want(http.StatusOK).says("Stop these messages?", "What is new, on Mondays")
	if got := choiceOf(t, s, ann); got != notice.Usual {
		t.Errorf("looking stopped it: %q", got)
	}
	to := public.post(path).leads(path)
	public.get(to).want(http.StatusOK).says("These messages are stopped")
	if got := choiceOf(t, s, ann); got != notice.Never {
		t.Errorf("the button did not stop it: %q", got)
	}
	public.post(path, "List-Unsubscribe", "One-Click").want(http.StatusOK)
	public.get("/mail/stop/made-up").want(http.StatusNotFound)
	public.post("/mail/stop/made-up").want(http.StatusNotFound)
}

func choiceOf(t *testing.T, s *site, person string) notice.Choice {
	t.Helper()
	list, err := s.House.Notices.Preferences(s.ctx, "severn", person)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		if p.Kind.Name == "notice.weekly" {
			return p.Choice
		}
	}
	t.Fatal("there is no weekly message")
	return ""
}

// Letters go to those without e-mail: listed, printed, and recorded as posted.
func TestNotices_Letters(t *testing.T) {
	s := newSite(t)
	s.refused("/notices/delivery", "/notices/letters", "/notices/letters/x")
	s.as(s.officer(policy.Director)).post("/notices/letters/posted").want(http.StatusForbidden)
	huw := s.as(s.Secretary)
	huw.get("/notices/delivery").want(http.StatusOK).says("Everything arrived")
	paper, err := s.House.Identity.NewPerson(s.ctx, s.Secretary, "severn", identity.Person{Given: "Edith", Family: "Moon", PostalAddress: "2 Ferry Lane\nGloucester"})
	if err != nil {
		t.Fatal(err)
	}
	bare, err := s.House.Identity.NewPerson(s.ctx, s.Secretary, "severn", identity.Person{Given: "Noah", Family: "Field"})
	if err != nil {
		t.Fatal(err)
	}
	s.tell(admitted(paper.ID))
	s.tell(admitted(bare.ID))
	page := huw.get("/notices/delivery").want(http.StatusOK).says("Two letters wait for the post.", "Edith Moon: You are a member", "because they have no e-mail address", "We have no postal address.")
	ids := regexp.MustCompile(`name="letter" type="checkbox" value="([^"]+)"`).FindAllStringSubmatch(page.Body, -1)
	if len(ids) != 2 {
		t.Fatalf("got %d letters", len(ids))
	}
	huw.get("/notices/letters").want(http.StatusOK).says("2 Ferry Lane", "19 November 2026", "Welcome to the mutual.", "Since 19 November",
		"See your membership: http://mutual.example/membership")
	huw.get("/notices/letters/" + ids[0][1]).want(http.StatusOK).says("Edith Moon").lacks("Noah Field")
	huw.get("/notices/letters/made-up").want(http.StatusNotFound)

	today := []string{"posted-day", "19", "posted-month", "11", "posted-year", "2026"}
	huw.post("/notices/letters/posted", today...).want(http.StatusUnprocessableEntity).says("Choose the letters that were posted.")
	kept := huw.post("/notices/letters/posted", "letter", ids[0][1], "posted-day", "1", "posted-month", "12", "posted-year", "2026").
		want(http.StatusUnprocessableEntity).says("The day is yet to come.")
	if !strings.Contains(kept.Body, `value="`+ids[0][1]+`" checked`) {
		t.Error("what was ticked is lost")
	}
	huw.post("/notices/letters/posted", "letter", ids[0][1], "posted-day", "1", "posted-month", "11", "posted-year", "2026").
		want(http.StatusUnprocessableEntity).says("written after that day")
	huw.post("/notices/letters/posted", append(today, "letter", "made-up")...).want(http.StatusConflict).says("no longer waits for the post")
	to := huw.post("/notices/letters/posted", append(today, "letter", ids[0][1])...).leads("/notices/delivery?done=posted")
	huw.get(to).says("That the letters were posted is recorded.", "One letter waits for the post.").lacks("Edith Moon")
	s.as(paper.ID).get("/notices").says("by post on 19 November")
	s.as(bare.ID).get("/notices").says("by post, not yet sent")
}

// A message that was given up is listed with the reason in words; it can be
// sent again, and taken away unless the law asks for it.
func TestNotices_Failures(t *testing.T) {
	s := newSite(t)
	ann := s.person("Ann", "Whitcombe")
	if err := os.RemoveAll(s.Mail); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.Mail, []byte("in the way"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.tell(admitted(ann))
	s.work(20)
	huw := s.as(s.Secretary)
	page := huw.get("/notices/delivery").want(http.StatusOK).says("Ann Whitcombe: That you have become a member", "Mail is not set up rightly here.",
		"the e-mail did not arrive", "so it is among the letters too").lacks("Take it away")
	id := regexp.MustCompile(`/notices/delivery/([^/"]+)/resend`).FindStringSubmatch(page.Body)
	if id == nil {
		t.Fatal("nothing can be sent again")
	}
	huw.post("/notices/delivery/" + id[1] + "/dismiss").want(http.StatusConflict)
	if err := os.Remove(s.Mail); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(s.Mail, 0o700); err != nil {
		t.Fatal(err)
	}
	to := huw.post("/notices/delivery/" + id[1] + "/resend").leads("/notices/delivery?done=resent")
	huw.get(to).says("The message is sent again")
	huw.post("/notices/delivery/made-up/resend").want(http.StatusNotFound)
	huw.post("/notices/delivery/made-up/dismiss").want(http.StatusNotFound)
	s.as(s.officer(policy.Director)).post("/notices/delivery/" + id[1] + "/resend").want(http.StatusForbidden)
}
