package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"commonweal/internal/listen/wave"
	"commonweal/internal/web"
	"commonweal/survey/token"
)

// draws fetches somebody's pass as the script of the page does it.
func (l *listening) draws(person string, blinded []byte) answer {
	l.t.Helper()
	req := httptest.NewRequest(http.MethodPost, "/surveys/"+surveyCode+"/token", strings.NewReader(url.Values{"blinded": {hex.EncodeToString(blinded)}}.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	return l.as(person).do(req)
}

// Somebody who is asked sees it at home and among the surveys, fetches the pass, answers
// with it while signed out, and sees that it is counted; nothing says that they did.
func TestSurvey_FromHomeToCounted(t *testing.T) {
	l := newListening(t)
	ada := l.People[0]
	l.as(ada).get("/home").want(http.StatusOK).says("Answer: Autumn pulse", "12 questions. Fetch your one-time pass", "Friday 27 November")
	l.as(ada).get("/surveys").want(http.StatusOK).says("One survey waits for you.", "Autumn pulse")
	l.as(ada).get("/surveys/"+surveyCode).want(http.StatusOK).says("It is open until the end of Friday 27 November.", "You are asked because you were employed on Wednesday 18 November 2026",
		"Get your one-time pass", "I feel that this organisation is partly mine.", "groups in which 10 or more answered", "27 people", "English and Welsh")
	page := l.as(ada).get("/surveys/"+surveyCode+"/token").want(http.StatusOK).says("Your one-time pass", "Ask the engagement lead or the secretary for a paper slip")
	for _, attribute := range []string{`data-key-hash="` + l.Wave.KeyHash + `"`, `data-notice-hash="` + l.Wave.NoticeHash + `"`, `data-wave="` + l.Wave.ID + `"`, `data-answers="/answers/` + surveyCode + `"`} {
		if !strings.Contains(page.Body, attribute) {
			t.Errorf("the page for the script lacks %s", attribute)
		}
	}
	blinded, state := l.blind()
	first := l.draws(ada, blinded).want(http.StatusOK)
	if again := l.draws(ada, blinded).want(http.StatusOK); again.Body != first.Body {
		t.Error("asked again, the register gives another signature")
	}
	var signed struct{ Signature string }
	l.ok(json.Unmarshal([]byte(first.Body), &signed))
	signature, err := hex.DecodeString(signed.Signature)
	l.ok(err)
	pass, err := state.Finish(signature)
	l.ok(err)

	l.as(ada).get("/home").want(http.StatusOK).lacks("Answer: Autumn pulse")
	l.as(ada).get("/surveys").says("You have your pass", "Whether you have answered is known to nobody")
	l.as(ada).get("/surveys/"+surveyCode+"/receipt").want(http.StatusOK).says("You have a pass Yes; not which", "Whether you have answered.")
	l.as("").get("/answers/"+surveyCode).want(http.StatusOK).says("Autumn pulse", "12 questions, about 3 minutes")
	l.take(pass.String(), l.teamOf(0), "", 4)
	l.as(ada).get("/surveys/"+surveyCode+"/receipt").says("You have a pass Yes; not which", "Whether you have answered.")

	l.everybodyBut(1, 20)
	l.over()
	l.signed()
	l.as("").get("/surveys/"+surveyCode+"/check").want(http.StatusOK).says("27 are asked", "21 have a pass or a slip", "21 passes are used and counted",
		"No more passes were used than were given", "List 1 21 passes", "The last passes are counted")
	l.as("").get("/surveys/" + surveyCode + "/files/counted-1.txt").want(http.StatusOK).contains(pass.SpentHash())
	l.as("").get("/surveys/" + surveyCode + "/files/counted-2.txt").want(http.StatusNotFound)
	bundle, err := wave.ReadBundle(strings.NewReader(l.as("").get("/surveys/" + surveyCode + "/files/survey.json").want(http.StatusOK).Body))
	l.ok(err)
	report, err := wave.Verify(bundle, "", pass.String())
	l.ok(err)
	if len(report.Findings) > 0 {
		t.Errorf("the file of the survey does not verify: %+v", report)
	}
	l.as(ada).get("/surveys").says("Closed, and nothing is out yet")
	l.as(ada).get("/surveys/" + surveyCode + "/token").want(http.StatusOK).says("The survey is closed")
	l.as("").get("/answers/" + surveyCode).want(http.StatusConflict).says("This survey is closed")
}

// everybodyBut draws and answers for so many of those who are asked, from one on.
func (l *listening) everybodyBut(first, n int) {
	l.t.Helper()
	for i, person := range l.People[first : first+n] {
		l.take(l.pass(person), l.teamOf(first+i), "", uint8(1+i%5)) //nolint:gosec // 1 to 5
	}
}

// What anybody can check is what was fixed: the notice has the hash that the pages name,
// and in it is the key whose hash the passes are signed under.
func TestSurvey_Notice(t *testing.T) {
	l := newListening(t)
	got := l.as("").get("/surveys/" + surveyCode + "/files/notice.json").want(http.StatusOK)
	sum := sha256.Sum256([]byte(got.Body))
	if hex.EncodeToString(sum[:]) != l.Wave.NoticeHash {
		t.Error("the notice has another hash than the record")
	}
	var notice struct {
		Key     []byte
		KeyHash string `json:"key_sha256"`
		Wave    string
	}
	l.ok(json.Unmarshal([]byte(got.Body), &notice))
	if _, err := token.ParsePublic(notice.Key, notice.KeyHash); err != nil || notice.KeyHash != l.Wave.KeyHash || notice.Wave != l.Wave.ID {
		t.Errorf("the key of the notice: %v", err)
	}
	l.as("").get("/surveys/"+surveyCode+"/check").says(l.Wave.NoticeHash, l.Wave.KeyHash, "No list is out yet")
}

// A second pass, a pass for somebody who is not asked, one that is no blinded message:
// each is refused in words, and nothing is drawn.
func TestSurvey_TokenRefused(t *testing.T) {
	l := newListening(t)
	ada, bea := l.People[0], l.People[1]
	blinded, _ := l.blind()
	l.draws(ada, blinded).want(http.StatusOK)
	other, _ := l.blind()
	l.draws(ada, other).want(http.StatusConflict).contains("You have fetched your pass already")
	l.draws(l.Nobody, other).want(http.StatusForbidden).contains("the staff list of that day does not have you")
	l.draws(bea, other[:100]).want(http.StatusUnprocessableEntity).contains("not a blinded pass")
	l.draws(bea, make([]byte, len(other))).want(http.StatusUnprocessableEntity).contains("not a blinded pass")
	l.draws("", other).want(http.StatusUnauthorized)
	l.as(bea).post("/surveys/"+surveyCode+"/token").want(http.StatusConflict).says("Your browser runs no scripts", "paper slip")
	l.as(l.Nobody).get("/surveys/"+surveyCode+"/token").want(http.StatusOK).says("You are not asked in this survey", "the staff list of that day does not have you")
	l.as(l.Nobody).get("/surveys").says("One survey is open, and you are not among those who are asked.")
	l.as(bea).get("/surveys/" + surveyCode + "/receipt").says("You have a pass No")
	l.as(ada).get("/surveys/" + surveyCode + "/token").says("Use that browser, or the file that you saved there")
}

// Whoever was given a slip fetches no pass besides.
func TestSurvey_Slip(t *testing.T) {
	l := newListening(t)
	var serials []string
	l.ok(l.House.MakeSlips(l.ctx, l.Lead, "severn", l.Wave.ID, 5, func(made []string) error { serials = made; return nil }))
	ada := l.People[0]
	l.ok(l.House.Waves.GiveSlip(l.ctx, l.Lead, "severn", l.Wave.ID, ada))
	l.as(ada).get("/home").lacks("Answer: Autumn pulse")
	l.as(ada).get("/surveys/"+surveyCode+"/token").want(http.StatusOK).says("You were given a paper slip", "the number on the slip")
	l.as(ada).get("/surveys/" + surveyCode + "/receipt").says("Yes, a paper slip; not which")
	blinded, _ := l.blind()
	l.draws(ada, blinded).want(http.StatusConflict).contains("You were given a paper slip")
	form := url.Values{"step": {"-review"}, "go": {"send"}, "whole": {"1"}, "q.stake_mine": {"4"}, "serial": {serials[0]}}
	req := httptest.NewRequest(http.MethodPost, "/answers/"+surveyCode, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	l.as("").do(req).want(http.StatusOK).says("Your answers are in")
}

// Once the survey is settled its check page sets answers by slips beside slips given, and
// says where more came than were given; of slips that nobody was given it is silent.
func TestSurvey_SlipsOnTheCheckPage(t *testing.T) {
	for _, c := range []struct {
		name        string
		give, used  int
		unused      int // passes that were fetched and not used: they leave room for slips
		says, lacks []string
	}{
		{"none was given, so there is nothing to say", 0, 0, 0, []string{"No more passes were used than were given"}, []string{"paper slips"}},
		{"one of two came back", 2, 1, 0, []string{"1 of 2", "paper slips given out brought an answer", "No more passes were used than were given"}, nil},
		{"two came and one was given: a finding", 1, 2, 1, []string{"Two answers came on paper slips, and one slip was given out by the record.", "ask who gave them out", "2 of 1"}, []string{"No more passes were used"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newListening(t)
			var serials []string
			l.ok(l.House.MakeSlips(l.ctx, l.Lead, "severn", l.Wave.ID, 5, func(made []string) error { serials = made; return nil }))
			for _, person := range l.People[:c.give] {
				l.ok(l.House.Waves.GiveSlip(l.ctx, l.Lead, "severn", l.Wave.ID, person))
			}
			for _, person := range l.People[c.give : c.give+c.unused] {
				l.pass(person)
			}
			for _, serial := range serials[:c.used] {
				form := url.Values{"step": {"-review"}, "go": {"send"}, "whole": {"1"}, "q.stake_mine": {"4"}, "serial": {serial}}
				req := httptest.NewRequest(http.MethodPost, "/answers/"+surveyCode, strings.NewReader(form.Encode()))
				req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				l.as("").do(req).want(http.StatusOK).says("Your answers are in")
			}
			check := "/surveys/" + surveyCode + "/check"
			l.as("").get(check).lacks("brought an answer")
			l.over()
			l.as("").get(check).want(http.StatusOK).says(c.says...).lacks(c.lacks...)
		})
	}
}

// Before it opens and after it is abandoned there is no pass; a draft is nobody's.
func TestSurvey_Stages(t *testing.T) {
	l := newListeningDraft(t)
	ada := l.People[0]
	l.as(ada).get("/surveys").want(http.StatusOK).says("No surveys yet")
	for _, page := range []string{"", "/token", "/receipt", "/check", "/files/notice.json"} {
		l.as(ada).get("/surveys/" + surveyCode + page).want(http.StatusNotFound)
	}
	l.Clock.Set(l.day("2026-11-18").Start().Add(9 * 60 * 60 * 1e9))
	l.ok(l.House.CallWave(l.ctx, l.Lead, "severn", l.Wave.ID))
	l.as(ada).get("/surveys").says("No survey is open now.", "It opens on Thursday 19 November.")
	l.as(ada).get("/surveys/" + surveyCode + "/token").want(http.StatusOK).says("It is too early")
	l.as("").get("/answers/" + surveyCode).want(http.StatusNotFound)
	l.ok(l.House.Waves.Abandon(l.ctx, l.Lead, "severn", l.Wave.ID, "Question 4 was worded wrongly."))
	l.as(ada).get("/surveys").says("It was abandoned on 18 November", "Question 4 was worded wrongly.")
	l.as(ada).get("/surveys/" + surveyCode + "/token").says("The survey was abandoned")
}

// The public is sent to sign in, but for what anybody may check.
func TestSurvey_Public(t *testing.T) {
	l := newListening(t)
	for _, page := range []string{"/surveys", "/surveys/" + surveyCode, "/surveys/" + surveyCode + "/token", "/surveys/" + surveyCode + "/receipt"} {
		l.as("").get(page).leads("/sign-in")
	}
	l.as("").get("/surveys/" + surveyCode + "/check").want(http.StatusOK)
	l.as("").get("/surveys/no-such-survey/check").want(http.StatusNotFound)
}

// What a program reads is what the pages show.
func TestSurvey_API(t *testing.T) {
	l := newListening(t)
	l.everybody(12)
	l.over()
	p := l.program(l.People[0], "read:surveys")
	var all struct {
		Items []struct {
			Code, Stage string
			Eligible    int
		}
	}
	p.get("/api/v1/surveys").want(http.StatusOK).into(&all)
	if len(all.Items) != 1 || all.Items[0].Code != surveyCode || all.Items[0].Stage != "closed" || all.Items[0].Eligible != 27 {
		t.Errorf("the list: %+v", all)
	}
	var one struct {
		Key     string `json:"key_sha256"`
		Minimum int
		Parts   []struct{ Questions []string }
	}
	p.get("/api/v1/surveys/" + surveyCode).want(http.StatusOK).into(&one)
	if one.Key != l.Wave.KeyHash || one.Minimum != 10 || len(one.Parts) != 3 || one.Parts[0].Questions[0] != "I feel that this organisation is partly mine." {
		t.Errorf("the survey: %+v", one)
	}
	var check struct {
		Issued, Spent int
		Settled       bool
	}
	p.get("/api/v1/surveys/" + surveyCode + "/check").want(http.StatusOK).into(&check)
	if check.Issued != 12 || check.Spent != 12 || !check.Settled {
		t.Errorf("the check: %+v", check)
	}
	p.get("/api/v1/surveys/" + surveyCode + "/counted/1").want(http.StatusOK)
	p.get("/api/v1/surveys/" + surveyCode + "/counted/2").want(http.StatusNotFound)
	l.as(l.People[0]).get("/surveys.csv").want(http.StatusOK).contains(surveyCode, "Autumn pulse")
}

// A server that logs every request has no line about a page of answers or what it loads.
func TestSurvey_AnswersAreInNoLog(t *testing.T) {
	l := newListening(t)
	var log strings.Builder
	pages, err := web.New(l.House, web.Options{PublicOrg: "severn", Log: slog.New(slog.NewTextHandler(&log, nil))})
	l.ok(err)
	for _, path := range []string{"/answers/" + surveyCode, "/answers/" + surveyCode + "?lang=cy", "/answers/none", "/answers/look/severn/brand.css"} {
		pages.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
	}
	script := regexp.MustCompile(`/static/answer\.[0-9a-f]+\.js`).FindString(l.as("").get("/answers/" + surveyCode).Body)
	if script == "" {
		t.Fatal("the page has no script")
	}
	pages.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, script, nil))
	if log.String() != "" {
		t.Errorf("the log says %s", log.String())
	}
	pages.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/help", nil))
	if !strings.Contains(log.String(), "/help") {
		t.Error("the log is not on")
	}
}
