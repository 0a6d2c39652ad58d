package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// search sends the form of a search, with what else it asks, and follows it to
// what was found. What was typed is in no address.
func (b *browser) search(path, words string, pairs ...string) answer {
	b.t.Helper()
	sent := b.post(path+"/find", append([]string{"q", words}, pairs...)...)
	to := sent.leads(path + "?")
	if strings.Contains(strings.ToLower(to), strings.ToLower(words)) || strings.Contains(to, url.QueryEscape(words)) {
		b.t.Errorf("%s has what was typed", to)
	}
	return b.getAfter(sent, to)
}

// What is no personal data stays in the address, so that a list can be kept and
// sent on: a class, a day.
func TestSearch_FiltersStayInTheAddress(t *testing.T) {
	w := newTown(t)
	huw := w.as(w.Secretary)
	if to := huw.post("/register/find", "q", " ", "class", "staff", "show", "", "on-day", "31", "on-month", "10", "on-year", "2026").leads("/register"); to != "/register?class=staff&on=2026-10-31" {
		t.Errorf("leads to %s", to)
	}
	if to := huw.post("/register/find", "q", "", "on-day", "19", "on-month", "11", "on-year", "2026").leads("/register"); to != "/register" {
		t.Errorf("nothing is asked, and it leads to %s", to)
	}
	wrong := huw.post("/register/find", "on-day", "31", "on-month", "2", "on-year", "2026").leads("/register?on-day=31")
	huw.get(wrong).want(http.StatusUnprocessableEntity).says("31 February 2026 is not a date.")
	huw.search("/register", "okafor", "class", "staff").says("1 entry is found.", "Amara Okafor").contains(`value="okafor"`)
}

// The words of a search are kept by the browser that sent it, for the person who
// did, as long as the search goes on. Without them nothing is shown as if it had
// been found.
func TestSearch_WordsAreTheReaders(t *testing.T) {
	w := newTown(t)
	huw := w.as(w.Secretary)
	sent := huw.post("/register/find", "q", "okafor")
	to := sent.leads("/register?find=")
	const lost = "We no longer have what you looked for. Type it again."
	huw.get(to).says(lost)
	found := huw.getAfter(sent, to).says("Amara Okafor").lacks(lost)
	if kept := (&http.Response{Header: found.Header}).Cookies(); len(kept) != 1 || kept[0].MaxAge != int((10*time.Minute).Seconds()) || !kept[0].HttpOnly {
		t.Errorf("the words are kept as %v", kept)
	}
	other := huw.post("/register/find", "q", "lund")
	huw.getAfter(other, to).says(lost) // another search followed, in another tab
	huw.getAfter(other, strings.Replace(to, "/register?", "/staff?", 1)).says(lost)
	req := httptest.NewRequest(http.MethodGet, strings.Replace(to, "/register?", "/staff.csv?", 1), nil)
	huw.do(req).want(http.StatusConflict)
	w.as(w.Amara).post("/register/find", "q", "lund").want(http.StatusForbidden)
}

// A list that was searched is leafed through without the words coming into an
// address.
func TestSearch_LeafsWithoutNames(t *testing.T) {
	s := newSite(t)
	huw := s.as(s.Secretary)
	loaded(huw, "staff.csv", staffFile(team(60)...))
	sent := huw.post("/staff/find", "q", "given")
	first := huw.getAfter(sent, sent.leads("/staff?find=")).says("60 people are found.", "1 to 25 of 60")
	next := regexp.MustCompile(`href="(/staff\?find=[0-9a-f-]+&amp;page=2)"`).FindStringSubmatch(first.Body)
	if next == nil {
		t.Fatalf("no way on:\n%s", first.main())
	}
	huw.getAfter(sent, strings.ReplaceAll(next[1], "&amp;", "&")).says("26 to 50 of 60")
	if strings.Contains(first.Body, "=given") {
		t.Error("an address has what was typed")
	}
}
