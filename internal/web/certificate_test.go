package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// Certificates are issued to all who lack one, printed by the secretary and by
// their own holder alone, and cancelled one at a time.
func TestCertificates_IssueShowCancel(t *testing.T) {
	s := newShared(t)
	huw := s.as(s.Secretary)
	person, amara := s.admit("Amara", "Okafor")
	other, dev := s.admit("Dev", "Malhotra")
	s.issue(huw, "Amara", amara, "2")
	s.issue(huw, "Dev", dev, "1")
	list := huw.get("/shares/certificates").want(http.StatusOK).says("No certificate has been issued. 2 holdings lack one.", "Issue 2 certificates", "Amara Okafor")
	huw.post("/shares/certificates", "seen", "7").want(http.StatusUnprocessableEntity).says("The list has changed since you opened it.")
	done := huw.post("/shares/certificates", hidden(t, list)...).leads("/shares/certificates?first=1&last=2")
	huw.get(done).want(http.StatusOK).says("Certificates 1 to 2 are issued. This is entry", "2 certificates are good.")
	huw.post("/shares/certificates", hidden(t, list)...).leads("/shares/certificates") // nobody lacks one

	l, err := s.House.Shares.Ledger(s.ctx, "severn")
	if err != nil {
		t.Fatal(err)
	}
	mine := l.Certificates(amara)[0]
	paper := huw.get("/shares/certificates/" + mine.ID).want(http.StatusOK)
	paper.says("This is to certify that Amara Okafor is the registered holder of 2 Member shares", "£1 each, fully paid", "A community benefit society, registered number 7912", "No. 1", "19 November 2026", "Share ledger Entry 1", "Cancel this certificate")
	own := s.as(person).get("/membership/certificates/"+mine.ID).want(http.StatusOK).says("Amara Okafor", "2 Member shares").lacks("Cancel this certificate")
	if words := between(own.Body, `cw-certificate__words">`, "</p>"); strings.Count(words, "<span>") != 4 || words != between(paper.Body, `cw-certificate__words">`, "</p>") {
		t.Errorf("the words are %q: want four, the same on both pages", words)
	}
	s.as(other).get("/membership/certificates/" + mine.ID).want(http.StatusNotFound).lacks("Amara")
	s.as(s.Secretary).get("/membership/certificates/" + mine.ID).want(http.StatusNotFound)
	s.as("").get("/membership/certificates/" + mine.ID).leads("/sign-in")
	s.as(person).get("/shares/certificates/" + mine.ID).want(http.StatusForbidden)
	huw.get("/shares/certificates/none").want(http.StatusNotFound).says("There is no certificate at this address.")

	at := "/shares/certificates/" + mine.ID
	huw.get(at+"/cancel").want(http.StatusOK).says("Cancel certificate 1?", "The shares stay")
	huw.get(huw.post(at+"/cancel").leads(at)).want(http.StatusOK).says("The certificate is cancelled.", "Cancelled from 19 November 2026. It is no longer good.")
	huw.post(at + "/cancel").leads(at) // the second press
	huw.search("/shares/certificates", "okafor").want(http.StatusOK).says("1 certificate is good. 1 was cancelled. 1 holding lacks one.", "cancelled from 19 November")
	if s.holds(amara, s.class) != 2 {
		t.Error("the shares went with the certificate")
	}
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}
