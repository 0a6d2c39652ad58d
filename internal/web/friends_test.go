package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"commonweal/internal/base/policy"
	"commonweal/internal/listen/friends"
)

var nonceField = regexp.MustCompile(`name="nonce" value="([0-9a-f]{32})"`)

// caring is a site with two points where patients are asked.
func newCaring(t *testing.T) (*site, *browser) {
	t.Helper()
	s := newSite(t)
	lead := s.as(s.officer(policy.EngagementLead))
	for _, code := range []string{"eye-clinic", "weir-clinic"} {
		lead.post("/surveys/friends/points/new", "name", strings.ReplaceAll(code, "-", " "), "code", code, "setting", "outpatient", "site_code", "rx101", "site_name", "Ferry Lane",
			"modes", "electronic_discharge", "modes", "online", "modes", "paper_discharge", "languages", "en", "languages", "cy",
			"opened-day", "1", "opened-month", "10", "opened-year", "2026").leads("/surveys/friends/points")
	}
	return s, lead
}

// A patient answers without signing in, without a cookie and without a script; a form sent
// twice counts once, and a kiosk returns to its question by itself.
func TestFriends_Kiosk(t *testing.T) {
	s, lead := newCaring(t)
	anybody := s.as("")
	at := "/friends/eye-clinic?by=kiosk"
	asked := anybody.get(at).want(http.StatusOK).says("Overall, how was your experience of our service?", "Very good", "Don’t know", "We do not ask who you are")
	if asked.Header.Get("Set-Cookie") != "" || strings.Contains(asked.Body, "<script") || strings.Contains(asked.Body, "Sign in") {
		t.Error("the page sets a cookie, needs a script or asks to sign in")
	}
	nonce := nonceField.FindStringSubmatch(asked.Body)[1]
	anybody.post(at, "nonce", nonce, "text", "Kind staff").want(http.StatusUnprocessableEntity).says("Choose one of the six answers.", "Kind staff")
	for range 2 {
		thanks := anybody.post(at, "nonce", nonce, "rating", "2", "text", "Ada Asked was kind", "publish", "yes").leads("/friends/eye-clinic/thanks")
		page := anybody.get(thanks).want(http.StatusOK).says("Thank you", "Your answer is counted.")
		if got := page.Header.Get("Refresh"); got != "12; url=/friends/eye-clinic?by=kiosk" {
			t.Errorf("the kiosk goes to %q", got)
		}
	}
	if got := anybody.get("/friends/eye-clinic/thanks").Header.Get("Refresh"); got != "" {
		t.Errorf("somebody’s own telephone goes to %q", got)
	}
	anybody.get("/friends/eye-clinic?in=cy").says("Da iawn", "Gwael iawn").lacks("Very good")
	anybody.get("/friends/nowhere").want(http.StatusNotFound)
	r, err := s.House.Friends.Figures(s.ctx, "severn", friends.Month{Year: 2026, Month: 11})
	s.ok(err)
	if r.All() != (friends.Counts{0, 1}) || r.Figures[0].Modes[1] != 1 {
		t.Errorf("%+v", r)
	}
	lead.get("/surveys/friends/gate").want(http.StatusOK).says("1 comment waits.", "Ada Asked was kind", "The patient said that it may be published.")
	s.as(s.person("Nell", "Outside")).get("/surveys/friends/gate").want(http.StatusForbidden)
}

// Cards are keyed, a month is closed, everybody sees what may be shown, and those who
// submit it have it whole.
func TestFriends_Month(t *testing.T) {
	s, lead := newCaring(t)
	stack := func(code string, counts ...int) {
		pairs := []string{"month", "2026-10", "mode", "paper_discharge"}
		for i, n := range counts {
			pairs = append(pairs, fmt.Sprintf("n%d", i+1), fmt.Sprint(n))
		}
		lead.post("/surveys/friends/points/"+code+"/cards", pairs...).leads("/surveys/friends/points/" + code)
	}
	lead.post("/surveys/friends/points/eye-clinic/cards", "month", "2026-10", "mode", "paper_discharge", "n1", "many").want(http.StatusUnprocessableEntity).says("Type a number of cards.")
	stack("eye-clinic", 60, 20, 4, 10, 4, 2)
	stack("weir-clinic", 2, 0, 0, 1, 0, 0)
	nell := s.as(s.person("Nell", "Outside"))
	nell.get("/surveys/friends/months/2026-10").want(http.StatusOK).says("Not closed yet").lacks("To submit")
	nell.get("/surveys/friends/months/2026-10/close").want(http.StatusForbidden)
	nell.get("/surveys/friends/months/2026-10/submit/outpatient").want(http.StatusForbidden)
	lead.get("/surveys/friends/months/2026-10").says("To submit", "to be submitted by Thursday 12 November", "Close the month")
	lead.get("/surveys/friends/months/2026-10/close").says("103 answers are counted.")
	lead.get(lead.post("/surveys/friends/months/2026-10/close").leads("/surveys/friends/months/2026-10")).says("sealed in the record", "The month is closed")
	lead.post("/surveys/friends/months/2026-10/close", "reason", "x").want(http.StatusUnprocessableEntity).says("Nothing came in")
	nell.get("/surveys/friends/months/2026-10").says("By place", "All of us", "Not shown")
	nell.get("/surveys/friends").says("In October 2026, 79% of the patients", "What staff say", "No survey of staff")
	csv := lead.get("/surveys/friends/months/2026-10/submit/outpatient").want(http.StatusOK)
	if !strings.Contains(csv.Body, "103,,,80,15,62,20,4,11,4,2") {
		t.Error(csv.Body)
	}
	book := lead.get("/surveys/friends/months/2026-10/submit/outpatient?as=xlsx").want(http.StatusOK)
	if !bytes.HasPrefix([]byte(book.Body), []byte("PK")) {
		t.Error("the workbook is no workbook")
	}
	lead.get("/surveys/friends/months/yesterday").want(http.StatusNotFound)
}

// The poster has the question in each language and a code with its margin and its title.
func TestFriends_Poster(t *testing.T) {
	_, lead := newCaring(t)
	body := lead.get("/surveys/friends/points/eye-clinic/poster").want(http.StatusOK).says("Overall, how was", "Yn gyffredinol", "http://mutual.example/friends/eye-clinic").Body
	if !strings.Contains(body, `<title>Code that opens http://mutual.example/friends/eye-clinic</title>`) || !strings.Contains(body, "M4 4h1v1h-1z") || strings.Contains(body, "M3 ") {
		t.Error("the code has no title, or not its margin of four")
	}
	lead.get("/surveys/friends/points/nowhere/poster").want(http.StatusNotFound)
	lead.post("/surveys/friends/points/new", "name", "x").want(http.StatusUnprocessableEntity)
}

// Two readers withhold a comment, one alone keeps it back; how many there are everybody
// sees. A comment stands with its place and answer only where the figures of the place do.
func TestFriends_Comments(t *testing.T) {
	s, lead := newCaring(t)
	union, nell := s.as(s.officer(policy.StaffSide)), s.as(s.person("Nell", "Outside"))
	write := func(code, rating, text string) {
		asked := s.as("").get("/friends/" + code)
		s.as("").post("/friends/"+code, "nonce", nonceField.FindStringSubmatch(asked.Body)[1], "rating", rating, "text", text, "publish", "yes").leads("/friends/" + code)
	}
	next := func(who *browser, page string, pairs ...string) {
		t.Helper()
		id := commentField.FindStringSubmatch(who.get(page).want(http.StatusOK).Body)
		if id == nil {
			t.Fatal("no comment waits")
		}
		who.post(page, append(pairs, "comment", id[1])...).leads(page)
	}
	write("weir-clinic", "5", "Nobody came.")
	nell.get("/surveys/friends/comments").says("Patients wrote 1 comment. 0 are withheld", "0 kept back by one reader", "1 not read yet")
	next(lead, "/surveys/friends/gate", "show", "no", "reason", "It is not so.")
	nell.get("/surveys/friends/comments").says("1 kept back by one reader").lacks("Nobody came.", "It is not so.")
	lead.get("/surveys/friends/gate/again").says("Nothing waits for you", "You kept back 1 comment").lacks("Nobody came.")
	nell.get("/surveys/friends/gate/again").want(http.StatusForbidden)
	union.get("/surveys/friends/gate/again").says("Nobody came.", "It is not so.", "Why it is kept back")
	union.post("/surveys/friends/gate/again", "comment", "x").want(http.StatusNotFound)
	next(union, "/surveys/friends/gate/again", "show", "yes", "words", "Nobody came.")
	nell.get("/surveys/friends/comments").says("Nobody came.", "All of us", "Not shown").lacks("Very poor", "weir clinic", "Take it back")

	back := takeBackLink.FindString(lead.get("/surveys/friends/comments").says("Take it back").Body)
	nell.get(back).want(http.StatusForbidden)
	lead.get(back).want(http.StatusOK).says("Nobody came.", "Its words leave the record too.")
	lead.post(back).want(http.StatusUnprocessableEntity)
	lead.get(lead.post(back, "reason", "It tells who it is.").leads("/surveys/friends/comments")).says("It is shown no more.").lacks("Nobody came.")
	lead.get(back).want(http.StatusNotFound)
	next(union, "/surveys/friends/gate/again", "show", "no")
	nell.get("/surveys/friends/comments").says("1 is withheld, because two readers thought so")
}

var (
	commentField = regexp.MustCompile(`name="comment" value="([0-9a-f]{32})"`)
	takeBackLink = regexp.MustCompile(`/surveys/friends/comments/[0-9a-f-]+/take-back`)
)

// An answer that is larger than a form of ours is refused by its head, on the page that it
// was for, and nothing else is touched.
func TestFriends_KioskTooLarge(t *testing.T) {
	s, _ := newCaring(t)
	nonce := nonceField.FindStringSubmatch(s.as("").get("/friends/eye-clinic").Body)[1]
	s.as("").post("/friends/eye-clinic", "nonce", nonce, "rating", "1", "text", strings.Repeat("x", 10<<20)).want(http.StatusRequestEntityTooLarge).
		says("Use at most 2,000 letters.", "Overall, how was your experience")
	s.as("").post("/friends/eye-clinic", "nonce", nonce, "rating", "1").leads("/friends/eye-clinic/thanks")
	months, err := s.House.Friends.Months(s.ctx, "severn")
	s.ok(err)
	if len(months) != 1 || months[0].Answers != 1 {
		t.Errorf("%+v", months)
	}
}

// A file is read first and imported on a second page; what is wrong in it is said row by
// row, the same file again changes nothing, and months counted before come back as files.
func TestFriends_Import(t *testing.T) {
	s, lead := newCaring(t)
	const head = "point,month,way,answer,language,comment,publish\n"
	lead.upload("/surveys/friends/import", "a.csv", []byte(head+"moon,2026-10,online,Likely,en,,\n")).want(http.StatusUnprocessableEntity).
		says("Two things are wrong", "Row 2", "There is no point with the code", "Row 1 has the names of the columns")
	lead.upload("/surveys/friends/import", "a.csv", []byte(strings.Repeat("x", 10<<20))).want(http.StatusUnprocessableEntity)
	file := []byte(head + "eye-clinic,2026-10,online,Good,en,\"=cmd|x!A1 <b>\",yes\neye-clinic,2026-10,online,Good,en,,\n")
	at := lead.upload("/surveys/friends/import", "<b>.csv", file).leads("/surveys/friends/import/")
	lead.get(at).want(http.StatusOK).says("2 rows would be imported", "eye clinic", "October 2026")
	union := s.as(s.officer(policy.Secretary))
	union.get(at).want(http.StatusNotFound)
	union.post(at).want(http.StatusNotFound)
	s.as(s.person("Nell", "Outside")).get("/surveys/friends/import").want(http.StatusForbidden)
	lead.get(lead.post(at).leads("/surveys/friends/import")).says("The file is imported.")
	lead.get(lead.upload("/surveys/friends/import", "b.csv", file).leads("/surveys/friends/import")).says("imported already, so nothing was changed")
	lead.post(at).want(http.StatusNotFound)

	past := []byte(strings.Join(friends.PastColumns, ",") + "\n2019-10,2014,inpatient,Ferry Lane,=Wharf,6,2,0,0,1,0,20\n")
	at = lead.upload("/surveys/friends/import", "past.csv", past).leads("/surveys/friends/import/")
	lead.get(lead.post(at).leads("/surveys/friends/past")).says("October 2019", "89%", "Months counted before")
	csv := lead.get("/surveys/friends/past/2019-10").want(http.StatusOK)
	if !strings.Contains(csv.Body, "Extremely likely") || !strings.Contains(csv.Body, ",'=Wharf,9,20,45,89,6,2,0,0,1,0") {
		t.Error(csv.Body)
	}
	if list := lead.get("/surveys/friends/past.csv").want(http.StatusOK); !strings.Contains(list.Body, ",'=Wharf,") {
		t.Error(list.Body)
	}
	lead.get("/surveys/friends/past/2019-11").want(http.StatusNotFound)
}

// A stack that was keyed wrongly is struck with a reason, and how many patients could have
// answered is said on one page.
func TestFriends_StrikeAndEligible(t *testing.T) {
	s, lead := newCaring(t)
	month := "/surveys/friends/months/2026-10"
	lead.get(month + "/cards").want(http.StatusOK).says("No cards yet")
	lead.post("/surveys/friends/points/eye-clinic/cards", "month", "2026-10", "mode", "paper_discharge", "n1", "7").leads("/surveys/friends/points/eye-clinic")
	strike := strikeLink.FindString(lead.get(month+"/cards").want(http.StatusOK).says("One stack was keyed.", "eye clinic").Body)
	s.as(s.person("Nell", "Outside")).get(strike).want(http.StatusForbidden)
	lead.get(strike).want(http.StatusOK).says("Very good", "7")
	lead.post(strike).want(http.StatusUnprocessableEntity)
	lead.get(lead.post(strike, "reason", "They are of September.").leads(month+"/cards")).says("They are of September.", "The stack is struck.")
	lead.post(strike, "reason", "again").want(http.StatusConflict).says("It was struck")
	lead.get(month + "/cards/x/strike").want(http.StatusNotFound)

	lead.post(month+"/eligible", "n-eye-clinic", "many").want(http.StatusUnprocessableEntity).says("Type a number of patients.")
	lead.get(lead.post(month+"/eligible", "n-eye-clinic", "1,200", "n-weir-clinic", "").leads(month + "/eligible")).says("The numbers are kept.")
	points, err := s.House.Friends.EligibleIn(s.ctx, "severn", friends.Month{Year: 2026, Month: 10})
	s.ok(err)
	if len(points) != 1 {
		t.Errorf("%v", points)
	}
	lead.get("/surveys/friends/months/2027-10/eligible").want(http.StatusNotFound)
}

var strikeLink = regexp.MustCompile(`/surveys/friends/months/2026-10/cards/[0-9a-f-]+/strike`)
