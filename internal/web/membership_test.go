package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"commonweal/internal/own/member"
	"commonweal/internal/own/share"
	"commonweal/internal/own/staff"
)

// employs puts people on the staff list: a name, what contract, since when.
func (s *site) employs(lines ...string) map[string]string {
	s.t.Helper()
	text := "Employee Number,First Name,Last Name,Email Address,Staff Group,Role,Location,Assignment Category,FTE,Latest Start Date\n" + strings.Join(lines, "\n") + "\n"
	_, err := s.House.Staff.Import(s.ctx, s.Secretary, staff.List{
		Org: "severn", Employer: "severn", AsAt: s.day("2026-11-01"), File: strings.NewReader(text), Size: int64(len(text)), Name: "staff.csv", Profile: "local",
	}, staff.Confirmed)
	if err != nil {
		s.t.Fatal(err)
	}
	ids := map[string]string{}
	err = s.House.Staff.EachOn(s.ctx, staff.Filter{Org: "severn", Day: s.day("2026-11-19")}, func(e staff.Entry) error {
		ids[e.Given] = e.PersonID
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return ids
}

// rules writes a small rule-book: staff by rule 6, patients by asking.
func (s *site) rules() {
	s.t.Helper()
	for _, c := range []member.Class{
		{
			Code: "staff", Name: "Staff", Kind: member.Staff, Admission: member.OnApplication, Eligibility: `category == "permanent" || category == "bank" && service_months >= 12`,
			EligibilityRef: "rule 6", Leaving: member.EmploymentEnds, GraceDays: 28, LeavingRef: "rule 14", Votes: 1, Position: 1, Starts: s.day("2024-04-01"),
		},
		{
			Code: "patients", Name: "Patients and carers", Kind: member.Patient, Admission: member.OnApplication,
			EligibilityRef: "rule 7", Leaving: member.Keeps, Position: 2, Starts: s.day("2024-04-01"),
		},
	} {
		if _, err := s.House.Members.SaveClass(s.ctx, s.Secretary, "severn", c); err != nil {
			s.t.Fatal(err)
		}
	}
	_, err := s.House.Members.SaveConstituencies(s.ctx, s.Secretary, "severn", "staff", s.day("2024-04-01"), []member.Constituency{
		{Code: "nursing", Name: "Community nursing", Rule: `staff_group == "Nursing and midwifery"`, Ref: "rule 9", Position: 1},
		{Code: "others", Name: "Everybody else", Rule: `staff_group != "Nursing and midwifery"`, Ref: "rule 9", Position: 2},
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// town is a small mutual with people in every state of membership.
type town struct {
	*site
	Amara, Bela, Cato, Dora, Edie string // a member; on the bank too short; eligible; applied; outside the staff
}

func newTown(t testing.TB) *town {
	s := newSite(t)
	s.rules()
	ids := s.employs(
		"1001,Amara,Okafor,amara@severn.example,Nursing and Midwifery Registered,District Nurse,Alder House,Permanent,1.0,04/03/2019",
		"1002,Bela,Kovacs,bela@severn.example,Nursing and Midwifery Registered,Nurse,Alder House,Bank,0.2,01/08/2026",
		"1003,Cato,Lund,cato@severn.example,Administrative and Clerical,Clerk,Ferry Lane,Permanent,1.0,01/02/2020",
		"1004,Dora,Maddox,dora@severn.example,Administrative and Clerical,Clerk,Ferry Lane,Permanent,1.0,01/02/2021",
	)
	w := &town{site: s, Amara: ids["Amara"], Bela: ids["Bela"], Cato: ids["Cato"], Dora: ids["Dora"], Edie: s.person("Edie", "Nash")}
	w.admit(w.Amara, "staff", "2025-01-10", "founding member")
	if _, err := s.House.Members.Apply(s.ctx, w.Dora, "severn", member.Application{Person: w.Dora, Class: "staff", Effective: s.day("2026-11-12")}); err != nil {
		t.Fatal(err)
	}
	return w
}

func (s *site) admit(person, class, on, reason string) {
	s.t.Helper()
	if _, err := s.House.Members.Admit(s.ctx, s.Secretary, "severn", member.Decision{Person: person, Class: class, Effective: s.day(on), Reason: reason}); err != nil {
		s.t.Fatal(err)
	}
}

// share gives a member one £1 share that goes when membership ends.
func (w *town) share(person string) {
	w.t.Helper()
	class, err := w.House.Shares.MakeClass(w.ctx, w.Secretary, "severn", share.Class{
		Code: "member", Name: "Member share", NominalPence: 100, CancelsOnLeaving: true, Starts: w.day("2024-04-01"),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	_, err = w.House.Shares.Record(w.ctx, w.Secretary, "severn", share.Entry{
		Kind: share.Issue, Class: class, To: w.memberID(person), Quantity: 1, PaidPence: 100, Effective: w.day("2025-01-10"),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.House.Shares.Certify(w.ctx, w.Secretary, "severn", w.memberID(person), class); err != nil {
		w.t.Fatal(err)
	}
}

func (s *site) memberID(person string) string {
	s.t.Helper()
	f, err := s.House.Members.File(s.ctx, "severn", person)
	if err != nil {
		s.t.Fatal(err)
	}
	return f.MemberID
}

// Every state of membership says first what it is, then why.
func TestMembership_States(t *testing.T) {
	w := newTown(t)
	w.share(w.Amara)
	w.as(w.Amara).get("/membership").want(http.StatusOK).says(
		"You have been a member since 10 January 2025 and vote in Community nursing.",
		"Admitted on 10 January 2025 to the class Staff (reason given: founding member).",
		"staff group is Nursing and midwifery", "Member number 1", "Member share 1, £1", "Issued, Member share", "Certificate no. 1",
		"You have one vote", "A share of the class Member share pays no dividend, is not paid back while you are a member, cannot be passed on and is cancelled when membership ends.", "Co-operative and Community Benefit Societies Act 2014", "Admitted to Staff", "by Huw Prosser",
		"Withdraw from membership").lacks("Apply for membership", "<no value>")
	w.as(w.Bela).get("/membership").want(http.StatusOK).says(
		"You are not a member. You may become one.", "Rule 6 does not fit: contract is bank, employment so far is 3 months.",
		"One of these is so: the contract is permanent; or the contract is bank and they have worked here for at least 12 months.",
		"have it put right on the staff list", "Apply for membership")
	w.as(w.Cato).get("/membership").says("You are not a member. You may become one.", "Apply for membership").lacks("You cannot join Staff")
	w.as(w.Dora).get("/membership").says("You applied on 12 November to join Staff. It is not decided yet.", "Rule 6 fits: contract is permanent",
		"What happens next", "Take your application back").lacks("Apply for membership")
	w.as(w.Edie).get("/membership").says("Rule 6 is for people who work here, and the staff list of today does not have them.")
	w.as(w.Secretary).get("/membership").says("The registers you keep", "Staff list")
	w.as("").get("/membership").leads("/sign-in?next=")
}

// A membership that a rule ends is foreseen on the page, and said when it is over.
func TestMembership_Ends(t *testing.T) {
	w := newTown(t)
	text := "Employee Number,First Name,Last Name,Email Address,Staff Group,Role,Location,Assignment Category,FTE,Latest Start Date,Termination Date\n" +
		"1001,Amara,Okafor,amara@severn.example,Nursing and Midwifery Registered,District Nurse,Alder House,Permanent,1.0,04/03/2019,30/11/2026\n"
	_, err := w.House.Staff.Import(w.ctx, w.Secretary, staff.List{
		Org: "severn", Employer: "severn", AsAt: w.day("2026-11-18"), File: strings.NewReader(text), Size: int64(len(text)), Name: "staff.csv", Profile: "local",
	}, staff.Confirmed)
	if err != nil {
		t.Fatal(err)
	}
	w.as(w.Amara).get("/membership").says("Your membership ends on 28 December", "under rule 14: 28 days after employment ended on 30 November 2026", "Why it ends")
	w.Clock.Set(siteStart.AddDate(0, 2, 0))
	w.as(w.Amara).get("/membership").says("Your membership ended on 28 December 2026.", "Membership ended")
}

// Where a fact is missing the page names it and lets the person apply all the same.
func TestMembership_CannotTell(t *testing.T) {
	s := newSite(t)
	s.rules()
	ids := s.employs("1001,Amara,Okafor,amara@severn.example,Nursing and Midwifery Registered,Nurse,Alder House,,1.0,04/03/2019")
	s.as(ids["Amara"]).get("/membership").want(http.StatusOK).says("We cannot tell yet whether you may join Staff",
		"Which kind of contract is it?", "You may apply all the same.", "Apply for membership")
}

// Somebody on the staff applies in one step and gets a receipt that names the
// entry of the record; once is enough.
func TestApply_Staff(t *testing.T) {
	w := newTown(t)
	b := w.as(w.Cato)
	b.get("/membership/apply").says("What do you want to be a member as?", "Staff", "Rule 6 fits: contract is permanent", "Patients and carers")
	b.post("/membership/apply").want(http.StatusUnprocessableEntity).says("Choose one.")
	review := b.post("/membership/apply", "class", "staff").leads("/membership/apply/review?class=staff")
	b.get(review).want(http.StatusOK).says("Check before you send it", "Cato Lund", "Rule 6 fits", "The secretary admits you or refuses with a reason.")
	receipt := b.post("/membership/apply/send", "class", "staff").leads("/membership/receipt/")
	b.get(receipt).want(http.StatusOK).says("You have applied", "Entry in the record", "Applied on 19 November 2026")
	b.get("/membership/apply").want(http.StatusConflict).says("You have applied already")
	b.post("/membership/apply/send", "class", "staff").want(http.StatusConflict)
	w.as(w.Bela).get(receipt).want(http.StatusNotFound)
	w.as(w.Amara).get("/membership/receipt/0").want(http.StatusNotFound)
}

// A rule that does not fit is no choice: the class is not offered, and asking for
// it by hand leads to what may be applied for.
func TestApply_NotEligible(t *testing.T) {
	w := newTown(t)
	w.as(w.Bela).post("/membership/apply/send", "class", "staff").leads("/membership/apply")
	if got := w.memberID(w.Bela); got != "" {
		t.Errorf("something was recorded about somebody who may not apply: member %s", got)
	}
}

// A private person agrees to a version of the wording, and gives no more than half
// a postcode; what was typed is kept when something is missing.
func TestApply_Patient(t *testing.T) {
	w := newTown(t)
	b := w.as(w.Edie)
	b.get("/membership/apply").want(http.StatusOK).says("What you agree to", "I ask to be a member of Severn & Wye Community Health.", "Version 2026-1")
	b.post("/membership/apply", "class", "patients", "step", "consent", "area", "NP16").want(http.StatusUnprocessableEntity).says("Tick the box if you agree").contains(`value="NP16"`)
	b.post("/membership/apply", "class", "patients", "step", "consent", "consent", "2026-1", "area", "NP16 5XX").want(http.StatusUnprocessableEntity).
		says("leave out the second half").contains(`value="NP16 5XX"`, "checked")
	b.get("/membership/apply/review?class=patients").leads("/membership/apply?class=patients")
	answer := b.post("/membership/apply", "class", "patients", "step", "consent", "consent", "2026-1", "area", "np16")
	answer.leads("/membership/apply/review?class=patients")
	b.getAfter(answer, "/membership/apply/review?class=patients").want(http.StatusOK).says("Lives in NP16", "The wording of version 2026-1", "I may take this back at any time")
	b.post("/membership/apply/send", "class", "patients", "consent", "2025-9", "area", "NP16").want(http.StatusUnprocessableEntity).says("The wording has changed")
	b.get(b.post("/membership/apply/send", "class", "patients", "consent", "2026-1", "area", "NP16").leads("/membership/receipt/")).says("You have applied")
	b.get("/membership").says("Agreed to the wording 2026-1", "Lives in NP16", "by you")
}

// Before withdrawing the page says what follows, the share with it; afterwards
// membership is over.
func TestWithdraw(t *testing.T) {
	w := newTown(t)
	w.share(w.Amara)
	b := w.as(w.Amara)
	b.get("/membership/withdraw").want(http.StatusOK).says("What follows", "1 share of the class Member share is cancelled, and you get £1 back",
		"You lose your vote in Community nursing", "Your employment does not change.")
	b.get(b.post("/membership/withdraw").leads("/membership/receipt/")).says("You have withdrawn", "by withdrawal")
	b.get("/membership").says("Your membership ended on 19 November.", "Withdrew")
	b.post("/membership/withdraw").want(http.StatusForbidden)
	w.as(w.Dora).post("/membership/withdraw").want(http.StatusForbidden)
}

// An applicant takes the application back; a member cannot leave by that door.
func TestApplication_TakenBack(t *testing.T) {
	w := newTown(t)
	b := w.as(w.Dora)
	b.get("/membership/apply/withdraw").says("You applied on 12 November to join Staff.")
	b.get(b.post("/membership/apply/withdraw").leads("/membership/receipt/")).says("The application was withdrawn on 19 November 2026.")
	w.as(w.Amara).post("/membership/apply/withdraw").want(http.StatusConflict)
	w.as(w.Amara).get("/membership/apply/withdraw").want(http.StatusConflict)
}

// Consent is taken back as easily as it was given, and the details go on the list
// to erase: UK GDPR, article 7(3).
func TestWithdraw_Consent(t *testing.T) {
	w := newTown(t)
	_, err := w.House.Members.Apply(w.ctx, w.Edie, "severn", member.Application{Person: w.Edie, Class: "patients", Effective: w.day("2026-11-01"), Consent: "2026-1", Area: "NP16"})
	if err != nil {
		t.Fatal(err)
	}
	w.admit(w.Edie, "patients", "2026-11-02", "")
	b := w.as(w.Edie)
	b.get("/membership").says("You have been a member since 2 November.", "Members of the class Patients and carers have no vote.")
	b.get("/membership/withdraw").says("What should become of your details?", "is erased by 19 December")
	b.post("/membership/withdraw").want(http.StatusUnprocessableEntity).says("Choose what should become of your details.")
	b.get(b.post("/membership/withdraw", "consent", "withdraw").leads("/membership/receipt/")).says("Your consent is taken back")
	list, err := w.House.Members.Erasures(w.ctx, "severn")
	if err != nil || len(list) != 1 {
		t.Errorf("got %d things to erase and %v, want one", len(list), err)
	}
}

// Staff of a foundation trust are members without asking, may say no, and may come
// back: National Health Service Act 2006, Schedule 7, paragraph 6.
func TestOptOut(t *testing.T) {
	s := newSite(t)
	_, err := s.House.Members.SaveClass(s.ctx, s.Secretary, "severn", member.Class{
		Code: "staff", Name: "Staff", Kind: member.Staff, Eligibility: `category == "permanent"`, EligibilityRef: "rule 3", Admission: member.Automatic,
		Leaving: member.EmploymentEnds, Votes: 1, Position: 1, Starts: s.day("2024-04-01"),
	})
	if err != nil {
		t.Fatal(err)
	}
	ids := s.employs("1001,Amara,Okafor,amara@severn.example,Nursing and Midwifery Registered,Nurse,Alder House,Permanent,1.0,04/03/2025")
	b := s.as(ids["Amara"])
	b.get("/membership").says("You have been a member since 4 March 2025.", "without having to apply, under rule 3: contract is permanent", "Opt out of membership")
	b.get("/membership/withdraw").leads("/membership/opt-out")
	b.get("/membership/opt-out").says("Rule 3 makes you a member without asking.")
	b.get(b.post("/membership/opt-out", "class", "staff").leads("/membership/receipt/")).says("You have opted out")
	b.get("/membership").says("Become a member of the class Staff again")
	b.get("/membership/opt-in?class=staff").says("You take back that you opted out of the class Staff.")
	b.get(b.post("/membership/opt-in", "class", "staff").leads("/membership/receipt/")).says("You have opted in")
	b.get("/membership").says("Opt out of membership")
}

// Who may see what follows from the law of the form: of a society, no member sees
// another's shares (Co-operative and Community Benefit Societies Act 2014, s.103).
func TestSees(t *testing.T) {
	w := newTown(t)
	w.as(w.Amara).get("/membership/who-sees").want(http.StatusOK).says("How many shares the member holds yes no no", "The member's name yes yes yes",
		"A member may see the register at all reasonable hours").lacks("Anyone")
	w.as("").get("/membership/who-sees").leads("/sign-in")
}

// contains fails the test unless the page's source holds each text.
func (a answer) contains(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.Body, text) {
			a.t.Errorf("the page's source does not hold %q:\n%s", text, a.main())
		}
	}
	return a
}

// getAfter gets a page with what an answer has lent to the browser.
func (b *browser) getAfter(a answer, path string) answer {
	b.t.Helper()
	req := httptest.NewRequest(http.MethodGet, path, nil)
	for _, c := range (&http.Response{Header: a.Header}).Cookies() {
		req.AddCookie(c)
	}
	return b.do(req)
}
