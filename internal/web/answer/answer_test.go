package answer

import (
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"commonweal/survey/token"
)

// with is a form with some fields set: names and values in turn.
func with(form url.Values, pairs ...string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

// toReview goes through all pages with one answer on each and stops at the last look.
func (d *door) toReview() reply {
	d.t.Helper()
	r := d.post(with(d.get("/answers/autumn-2026").form(), "go", "next")).is(200, "Your answers")
	r = d.post(with(r.form(), "q.stake_mine", "4", "go", "next")).is(200, "Your answers")
	r = d.post(with(r.form(), "q.voice_harm", "2", "go", "next")).is(200, "Your answers")
	r = d.post(with(r.form(), "go", "next")).is(200, "Where you work")
	r = d.post(with(r.form(), "unit", "ross", "group", "nursing", "go", "next")).is(200, "Anything to add?")
	return d.post(with(r.form(), "comment", "Parking at Ross\r\nis \"full\" <b>", "go", "next")).is(200, "Look at your answers")
}

// A member without scripts goes through all pages, brings a pass as text, and has a
// receipt that says nothing of the answers. What is in the box is what was chosen.
func TestAnswer_ThroughAllPages(t *testing.T) {
	d := newDoor(t)
	d.get("/answers/autumn-2026").is(200, "Autumn pulse").has("12 questions, about 3 minutes", "until the end of Friday 27 November", "10 or more", "Four questions: Thinking of speaking up", "/surveys/autumn-2026/token")
	review := d.toReview().has("I feel that this organisation is partly mine.", "Agree", "Not answered", "Ross nurses", "Nursing and midwifery", `Parking at Ross`, `"full" <b>`, "cannot be changed")
	pass := d.pass("autumn")
	sent := d.post(with(review.form(), "pass", "Your one-time pass:\n"+pass+"\n", "go", "send")).is(200, "Your answers are in")
	read, err := token.Parse(pass)
	if err != nil {
		t.Fatal(err)
	}
	sent.has(read.SpentHash(), "/surveys/autumn-2026/check").hasNot("partly mine", "Agree", "Ross", "Nursing", "Parking", pass)

	d.Clock.Set(day(t, "2026-11-28").Start().AddDate(0, 0, 1))
	if err := d.Box.CloseWave(d.ctx, "autumn"); err != nil {
		t.Fatal(err)
	}
	rows, err := d.Box.Answers(d.ctx, "autumn")
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	if rows[0].Unit != "ross" || rows[0].Group != "nursing" || rows[0].Answers[0] != 4 || rows[0].Answers[7] != 2 || rows[0].Answers[1] != 0 {
		t.Errorf("the box has %+v", rows[0])
	}
	comments, err := d.Box.Comments(d.ctx, "autumn")
	if err != nil || len(comments) != 1 || comments[0].Text != "Parking at Ross\nis \"full\" <b>" {
		t.Errorf("comments %+v: %v", comments, err)
	}
}

// A slip answers without a script and without a pass; its number may be typed loosely.
func TestAnswer_WithASerial(t *testing.T) {
	d := newDoor(t)
	serials, err := d.Box.MakeSerials(d.ctx, "autumn", 1)
	if err != nil {
		t.Fatal(err)
	}
	form := d.toReview().form()
	d.post(with(form, "serial", strings.ToLower(strings.ReplaceAll(serials[0], "-", " ")), "go", "send")).is(200, "Your answers are in")
}

// Each thing that can be wrong with what was sent is refused with its reason, keeps what
// was answered, and has no effect on what others sent.
func TestAnswer_Refused(t *testing.T) {
	d := newDoor(t)
	other, err := token.New(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	forged := func() string {
		blinded, state, err := other.Public().Blind(rand.Reader, "autumn")
		if err != nil {
			t.Fatal(err)
		}
		signature, err := other.Sign(blinded)
		if err != nil {
			t.Fatal(err)
		}
		pass, err := state.Finish(signature)
		if err != nil {
			t.Fatal(err)
		}
		return pass.String()
	}
	used := d.pass("autumn")
	form := d.toReview().form()
	d.post(with(form, "pass", used, "go", "send")).is(200, "Your answers are in")
	d.post(with(form, "pass", used, "go", "send")).is(200, "Your answers are in") // the same again: whoever did not hear

	for _, c := range []struct {
		name, pass, serial, why string
	}{
		{"a double spend with other answers", used, "", "This pass has been used"},
		{"no pass and no serial", "", "", "Your pass is missing"},
		{"a pass and a serial", d.pass("autumn"), "7QF4-2KX9", "Give one of the two"},
		{"a forged pass", forged(), "", "does not carry our stamp"},
		{"a pass of another wave", d.pass("spring"), "", "does not carry our stamp"},
		{"half a pass", used[:300], "", "does not carry our stamp"},
		{"no pass at all", "open sesame", "", "does not carry our stamp"},
		{"a serial that nobody printed", "", "7QF4-2KX9-ABCD", "We know no slip with this number"},
	} {
		r := d.post(with(d.toReview().form(), "q.stake_mine", "1", "pass", c.pass, "serial", c.serial, "go", "send"))
		if r.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s: status %d", c.name, r.Status)
		}
		r.has("There is a problem", c.why)
		if kept := r.form(); kept.Get("q.stake_mine") != "1" || kept.Get("unit") != "ross" || kept.Get("comment") == "" || kept.Get("pass") != strings.ReplaceAll(c.pass, " ", "") {
			t.Errorf("%s: what was answered is not kept: %v", c.name, kept)
		}
	}
	if st, err := d.Box.Status(d.ctx, "autumn"); err != nil || st.Counted != 0 {
		t.Errorf("status %+v: %v", st, err)
	}
	d.Clock.Set(day(t, "2026-11-29").Start())
	d.get("/answers/autumn-2026").is(http.StatusConflict, "This survey is closed")
	d.post(with(form, "pass", d.pass("autumn"), "go", "send")).is(http.StatusConflict, "This survey is closed").has("was not kept", "Friday 27 November")
	if err := d.Box.CloseWave(d.ctx, "autumn"); err != nil {
		t.Fatal(err)
	}
	if rows, err := d.Box.Answers(d.ctx, "autumn"); err != nil || len(rows) != 1 || rows[0].Answers[0] != 4 {
		t.Errorf("the box has %+v: %v", rows, err)
	}
}

// What cannot be read whole is not read at all.
func TestAnswer_TornAndLarge(t *testing.T) {
	d := newDoor(t)
	form := with(d.toReview().form(), "pass", d.pass("autumn"), "go", "send")

	large := with(d.toReview().form(), "pass", d.pass("autumn"), "go", "send", "comment", strings.Repeat("a", 10<<20))
	d.post(large).is(http.StatusRequestEntityTooLarge, "That is more than we can take").has("at most 2,000 characters")

	cut := form.Encode()
	r := httptest.NewRequest(http.MethodPost, "/answers/autumn-2026", strings.NewReader(cut[:len(cut)-12]))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	d.do(r).is(http.StatusBadRequest, "Your answers did not arrive whole").has("your pass is not used up")

	long := d.post(with(d.toReview().form(), "comment", strings.Repeat("a", 2001), "pass", d.pass("autumn"), "go", "send"))
	long.is(http.StatusUnprocessableEntity, "Anything to add?").has("yours has 2001")
	if len(long.form().Get("comment")) != 2001 {
		t.Error("a comment that is too long is not kept to be shortened")
	}
	d.post(form).is(200, "Your answers are in")
}

// Pages can be gone through in any order, cleared and looked at in the other language,
// and nothing that was answered is lost on the way.
func TestAnswer_BackClearAndLanguage(t *testing.T) {
	d := newDoor(t)
	review := d.toReview()
	back := d.post(with(review.form(), "go", "to:voice")).is(200, "Your answers")
	if back.form().Get("q.voice_harm") != "2" || back.form().Get("q.stake_mine") != "4" {
		t.Errorf("on the way back: %v", back.form())
	}
	cleared := d.post(with(back.form(), "go", "clear")).is(200, "Your answers")
	if cleared.form().Get("q.voice_harm") != "" || cleared.form().Get("q.stake_mine") != "4" {
		t.Errorf("cleared: %v", cleared.form())
	}
	welsh := d.post(with(cleared.form(), "q.voice_say", "5", "go", "in:cy")).is(200, "Eich atebion").has(`<html lang="cy"`, "Cytuno'n gryf", "Neidio i’r prif gynnwys")
	if welsh.form().Get("q.voice_say") != "5" || welsh.form().Get("lang") != "cy" {
		t.Errorf("in Welsh: %v", welsh.form())
	}
	d.post(with(welsh.form(), "go", "back")).is(200, "Eich atebion")
	d.get("/answers/autumn-2026?lang=cy").is(200, "Diwylliant cydfuddiannol: cyfran, llais a dylanwad").has("12 cwestiwn", "dydd Gwener 27 Tachwedd")
}

// What no option has is said at the question, and the rest is kept.
func TestAnswer_WhatCannotBe(t *testing.T) {
	d := newDoor(t)
	first := d.post(with(d.get("/answers/autumn-2026").form(), "go", "next"))
	d.post(with(first.form(), "q.stake_mine", "9", "q.stake_share", "3", "go", "next")).is(http.StatusUnprocessableEntity, "Your answers").
		has(`href="#q.stake_mine"`, "none of the answers", "Error: Your answers, page 1 of 6")
	where := d.post(with(first.form(), "go", "to:-about"))
	d.post(with(where.form(), "unit", "nowhere", "go", "next")).is(http.StatusUnprocessableEntity, "Where you work").has("This team is not in the list")
	d.post(with(d.post(with(first.form(), "go", "to:-review")).form(), "pass", d.pass("autumn"), "go", "send")).has("You have answered nothing yet")
	d.get("/answers/spring-2026").is(http.StatusNotFound, "There is no such survey")
	d.get("/answers/").is(http.StatusNotFound, "There is no such survey")
	d.do(httptest.NewRequest(http.MethodPut, "/answers/autumn-2026", nil)).is(http.StatusMethodNotAllowed, "This page cannot be asked for like that")
}
