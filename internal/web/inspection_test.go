package web_test

import (
	"net/http"
	"strings"
	"testing"

	"commonweal/law"
)

// becomes makes the mutual another legal form.
func (s *site) becomes(form law.FormID) {
	s.t.Helper()
	o, err := s.House.Identity.Organisation(s.ctx, "severn")
	if err != nil {
		s.t.Fatal(err)
	}
	o.LegalForm = string(form)
	if err := s.House.Identity.ChangeOrganisation(s.ctx, s.Secretary, o); err != nil {
		s.t.Fatal(err)
	}
}

// A society's register is not open to everybody, and the page says so, with who may
// see it: Co-operative and Community Benefit Societies Act 2014, s.103.
func TestInspection_SocietyRefusesThePublic(t *testing.T) {
	s := newSite(t)
	b := s.as("")
	b.get("/inspection").want(http.StatusOK).says("Who is asking?", "I have an interest in the funds, and am no member", "None of these")
	b.get("/inspection?as=anyone").want(http.StatusOK).says("We cannot show you the register", "is not open to everybody", "its members")
	b.post("/inspection", "as", "anyone", "name", "Petra Vance", "email", "petra@example.org").leads("/inspection?as=anyone")
	b.post("/inspection/send", "as", "anyone", "name", "Petra Vance", "email", "petra@example.org").leads("/inspection?as=anyone")
	b.get("/inspection?as=king").want(http.StatusUnprocessableEntity).says("Choose one.")
	list, err := s.House.Register.Requests(s.ctx, "severn")
	if err != nil || len(list) != 0 {
		t.Errorf("got %d requests and %v; nothing of a refused request is kept", len(list), err)
	}
}

// A person with an interest in the funds gives a name and how to be reached; the
// secretary shows them the register or refuses.
func TestInspection_Society(t *testing.T) {
	w := newTown(t)
	b := w.as("")
	b.get("/inspection?as=interested").says("Your name", "Your e-mail address").lacks("What do you want the information for?")
	b.post("/inspection", "as", "interested", "name", "Petra Vance").want(http.StatusUnprocessableEntity).says("Enter an e-mail address or a postal address").contains(`value="Petra Vance"`)
	b.post("/inspection", "as", "interested", "name", "Petra Vance", "email", "petra").want(http.StatusUnprocessableEntity).says("not an e-mail address")
	filled := b.post("/inspection", "as", "interested", "name", "Petra Vance", "email", "petra@example.org")
	review := b.getAfter(filled, filled.leads("/inspection/review")).says("Check before you send it", "Petra Vance", "The law sets no day to answer by.")
	receipt := b.post("/inspection/send", review.fields()...).leads("/inspection/requests/")
	b.get(receipt).want(http.StatusOK).says("We have your request", "no. 1", "19 November 2026").lacks("Petra")
	b.get("/inspection/review").leads("/inspection")
	at := strings.Replace(receipt, "/inspection/requests/", "/inspections/", 1)
	sec := w.as(w.Secretary)
	sec.get("/membership").says("One request waits. None is overdue.")
	sec.get("/inspections").says("One request waits. None is overdue.", "1, Petra Vance")
	sec.get(at).says("Petra Vance", "a person with an interest in the funds", "Received on 19 November 2026.").lacks("Ask the court")
	sec.get(at + "/refuse").says("The one who asks has no interest in the funds.")
	sec.post(at + "/refuse").want(http.StatusUnprocessableEntity)
	sec.get(at + "/court").want(http.StatusOK)
	sec.post(at + "/court").want(http.StatusConflict)
	form := sec.get(at+"/answer").says("How was it answered?", "The register of which day?")
	sec.post(at+"/answer", form.fields("view", "interested")...).want(http.StatusUnprocessableEntity).says("Choose how it was answered.")
	sec.post(at+"/answer", form.fields("view", "interested", "means", "copied")...).want(http.StatusUnprocessableEntity).says("not to a copy")
	next := sec.post(at+"/answer", form.fields("view", "interested", "means", "shown")...).leads(at + "?entry=")
	sec.get(next).says("It is recorded that they may look", "Shown on 19 November 2026.", "1 entry").lacks("Refuse it")
	sec.get(at + "/refuse").want(http.StatusConflict)
	sec.get(at + "/copy.csv").want(http.StatusOK).contains("Amara Okafor")
	b.get(receipt).says("Your request is closed", "Shown on 19 November 2026.")
	w.refused("/inspections", at, at+"/answer", at+"/copy.csv")
	w.as(w.Amara).post(at+"/answer", "means", "shown").want(http.StatusForbidden)
}

// A company's register opens to anyone with a purpose, within five working days:
// Companies Act 2006, ss.116 and 117.
func TestInspection_Company(t *testing.T) {
	w := newTown(t)
	w.becomes(law.CICGuarantee)
	b := w.as("")
	b.get("/inspection").says("Who is asking?")
	b.get("/inspection?as=anyone").says("What do you want the information for?", "Will anybody else get the information?", "A copy of it")
	half := []string{"as", "anyone", "name", "Petra Vance", "address", "3 Lantern Row", "email", "petra@example.org", "wants", "copy"}
	b.post("/inspection", half...).want(http.StatusUnprocessableEntity).says("Say what you want the information for")
	b.post("/inspection", append(half, "purpose", "To write to members", "shared", "yes")...).want(http.StatusUnprocessableEntity).says("Say who else will get the information").contains("To write to members")
	filled := b.post("/inspection", append(half, "purpose", "To write to members", "shared", "no")...)
	review := b.getAfter(filled, filled.leads("/inspection/review")).says("To write to members", "We have five working days to answer.")
	receipt := b.post("/inspection/send", review.fields()...).leads("/inspection/requests/")
	b.get(receipt).says("We answer by Thursday 26 November 2026", "5 working days left")
	at := strings.Replace(receipt, "/inspection/requests/", "/inspections/", 1)
	w.Clock.Set(siteStart.AddDate(0, 0, 12))
	sec := w.as(w.Secretary)
	sec.get("/inspections").says("One request waits, and one is overdue.", "Overdue: it was due on 26 November 2026")
	sec.get(at + "/court").says("Ask the court")
	form := sec.get(at + "/answer")
	sec.get(sec.post(at+"/answer", form.fields("view", "anyone", "means", "copied")...).leads(at+"?entry=")).says("It is recorded that they get a copy", "Fetch the file")
	sec.get(at + "/copy.csv").want(http.StatusOK).contains("Amara Okafor")
}
