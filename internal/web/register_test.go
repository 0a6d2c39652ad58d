package web_test

import (
	"net/http"
	"strings"
	"testing"

	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
)

// The secretary reads the register of any day, searches it and pages through it;
// nobody else sees the page.
func TestRegister(t *testing.T) {
	w := newTown(t)
	w.admit(w.Cato, "staff", "2026-06-01", "applied on paper")
	b := w.as(w.Secretary)
	b.get("/register").want(http.StatusOK).says("2 people are members today.", "Amara Okafor", "Cato Lund", "Community nursing", "1 June", "All of Staff 2", "Everybody else 1").
		contains("/register/members/" + w.memberID(w.Amara))
	b.get("/register?on=2025-06-30").says("1 person was a member on 30 June 2025.", "Amara Okafor").lacks("Cato Lund")
	b.get("/register?on-day=30&on-month=6&on-year=2025").says("1 person was a member on 30 June 2025.")
	b.search("/register", "lund").says("1 entry is found.", "Cato Lund").lacks("Amara")
	b.search("/register", "OKÁ").says("Amara Okafor")
	b.get("/register?constituency=nursing").says("Amara").lacks("Cato")
	b.search("/register", "zz").says("Nobody is found")
	b.get("/register?on=2020-01-01").says("Nobody was a member on 1 January 2020.", "The register is empty on this day")
	b.get("/register?on-day=31&on-month=2&on-year=2026").want(http.StatusUnprocessableEntity).says("31 February 2026 is not a date.").contains(`value="31"`)
	b.get("/register?on=soon").want(http.StatusUnprocessableEntity).says("The day in the address is not a date.")
	b.get("/register?page=9").says("There are no more")
	w.refused("/register", "/register/new", "/register/print", "/register/members/"+w.memberID(w.Amara))
	w.as(w.Amara).get("/register").want(http.StatusForbidden)
}

// A former member stays in the register and is found when asked for.
func TestRegister_Former(t *testing.T) {
	w := newTown(t)
	if _, err := w.House.Members.Withdraw(w.ctx, w.Amara, "severn", w.Amara, w.day("2026-11-01")); err != nil {
		t.Fatal(err)
	}
	b := w.as(w.Secretary)
	b.get("/register").says("Nobody is a member today. The register also has 1 entry of memberships that ended.", "Nobody is found")
	b.get("/register?show=former").says("Amara Okafor", "Ended", "1 November")
	b.get("/register?show=all&on=2026-10-31").says("1 person was a member on 31 October.")
}

// A copy of the register is a file, and the record keeps that it was taken; a view
// has no more than its audience may see.
func TestRegister_Copies(t *testing.T) {
	w := newTown(t)
	w.share(w.Amara)
	b := w.as(w.Secretary)
	take := func(pairs ...string) answer { return b.post("/register/copies", pairs...) }
	b.get("/register").says("Take a copy", "The record keeps that a copy was taken").contains(`action="/register/copies"`, `method="post"`)
	csv := take("on", "2026-11-19", "as", "csv").want(http.StatusOK)
	if got := csv.Header.Get("Content-Disposition"); got != `attachment; filename="register-severn-2026-11-19-full.csv"` {
		t.Errorf("the file is sent as %s", got)
	}
	csv.contains("Amara Okafor", "Shares")
	take("on", "2026-11-19", "as", "json").want(http.StatusOK).contains(`"view": "full"`, `"name": "Amara Okafor"`)
	entries, err := w.House.Journal.Entries(w.ctx, "severn", 0, 1)
	if err != nil || entries[0].Kind != "register.copied" || entries[0].Actor != w.Secretary {
		t.Errorf("the record says %v, %v; want that the secretary took a copy", entries, err)
	}
	// A society's members may look but have no right to a copy: 2014 Act, s.103.
	take("on", "2026-11-19", "as", "csv", "view", "member").want(http.StatusForbidden).says("there is no right to a copy")
	take("on", "2026-11-19", "as", "csv", "view", "nonsense").want(http.StatusUnprocessableEntity)
	take("on", "x", "as", "csv").want(http.StatusUnprocessableEntity)
	take("on", "2026-11-19", "as", "pdf").want(http.StatusUnprocessableEntity)
	b.get("/register/print?on=2026-11-19").want(http.StatusOK).says("Register of members on 19 November 2026", "Okafor", "Shares", "Co-operative and Community Benefit Societies Act 2014")
	b.get("/register/print?view=member").says("As members may see it", "Okafor").lacks("Amount paid")
}

// A member of a society may look at the register, but not at what others hold:
// Co-operative and Community Benefit Societies Act 2014, s.103.
func TestRegisterInspect_HidesOthersShares(t *testing.T) {
	w := newTown(t)
	w.share(w.Amara)
	w.admit(w.Cato, "staff", "2026-06-01", "applied on paper")
	w.as(w.Cato).get("/register/inspect").want(http.StatusOK).says("2 people are members today.", "Amara Okafor", "Why you may see this",
		"but not what shares, loans or deposits other members hold").lacks("£1", "Amount paid")
	w.as(w.Cato).search("/register/inspect", "oka").says("1 entry is found.", "Amara").lacks("Cato Lund, ")
	w.as(w.Bela).get("/register/inspect").want(http.StatusForbidden)
	w.as("").get("/register/inspect").leads("/sign-in")
}

// One entry says what somebody is on any day, with all facts and who decided.
func TestMemberEntry(t *testing.T) {
	w := newTown(t)
	w.share(w.Amara)
	b := w.as(w.Secretary)
	path := "/register/members/" + w.memberID(w.Amara)
	b.get(path).want(http.StatusOK).says("Amara Okafor", "Member no. 1", "Is a member today, since 10 January 2025, in Community nursing.", "Admitted to Staff",
		"by Huw Prosser", "Reason given: founding member", "District Nurse", "Permanent", "Member share", "Remove from membership", "Record a death", "Strike out").lacks("Admit ")
	b.get(path+"?on=2024-12-31").says("as it was on 31 December 2024", "Was not a member on 31 December 2024.").lacks("Remove from membership")
	b.get("/register/people/" + w.Amara).leads(path)
	b.get("/register/members/nobody").want(http.StatusNotFound)
	officer := w.officer(policy.ReturningOfficer)
	w.as(officer).get(path).want(http.StatusOK).says("Amara Okafor").lacks("Remove from membership", "Strike out", "Member share", `href="/register"`)
	w.as(w.Cato).get(path).want(http.StatusForbidden)
}

// through fills in an act, reviews and records it, and returns the page that it
// leads to.
func (b *browser) through(path string, pairs ...string) answer {
	b.t.Helper()
	filled := b.post(path, pairs...)
	review := b.getAfter(filled, filled.leads(path+"?review=1")).want(http.StatusOK).says("Check before it is recorded")
	form := append([]string{"reviewed", "yes"}, pairs...)
	for _, input := range strings.Split(review.Body, `<input type="hidden" name="`)[1:] {
		name, rest, _ := strings.Cut(input, `" value="`)
		value, _, _ := strings.Cut(rest, `"`)
		if name != "reviewed" {
			form = append(form, name, value)
		}
	}
	next := b.post(path, form...).leads("/register/")
	for range 2 {
		if a := b.get(next); a.Status == http.StatusSeeOther {
			next = a.Location
		}
	}
	return b.get(next).want(http.StatusOK)
}

// Removing a member needs a reason, is reviewed first, and can be taken back by a
// decision of its own.
func TestMember_ExpelledAndReinstated(t *testing.T) {
	w := newTown(t)
	w.share(w.Amara)
	b := w.as(w.Secretary)
	at := "/register/people/" + w.Amara
	day := []string{"effective-day", "19", "effective-month", "11", "effective-year", "2026"}
	b.get(at+"/expel").want(http.StatusOK).says("Remove Amara Okafor from membership", "waits to be cancelled, and £1 to be given back").contains(`value="19"`)
	b.post(at+"/expel", day...).want(http.StatusUnprocessableEntity).says("Give a reason").contains(`value="2026"`)
	b.post(at+"/expel", "reason", "decision 7", "effective-day", "31", "effective-month", "2", "effective-year", "2026").want(http.StatusUnprocessableEntity).
		says("31 February 2026 is not a date.").contains("decision 7")
	b.get(at + "/expel?review=1").leads(at + "/expel")
	b.through(at+"/expel", append(day, "reason", "Decision 7 of the council")...).says("Removed from membership. It is entry", "Membership ended on 19 November.", "Decision 7 of the council", "Make a member again")
	w.as(w.Amara).get("/membership").says("by removal (reason given: Decision 7 of the council)")
	b.post(at+"/expel", append(day, "reason", "again", "reviewed", "yes")...).want(http.StatusConflict).says("is not possible")
	b.through(at+"/reinstate", append(day, "reason", "Decision 8", "class", "staff")...).says("A member again.", "Made a member again, in Staff")
}

// A fact recorded in error is struck out: it counts on no day, and stays to be seen.
func TestMember_FactStruckOut(t *testing.T) {
	w := newTown(t)
	b := w.as(w.Secretary)
	file, err := w.House.Members.File(w.ctx, "severn", w.Amara)
	if err != nil {
		t.Fatal(err)
	}
	at := "/register/people/" + w.Amara + "/void/" + file.Facts[0].ID
	b.get(at).says("Strike out a fact about Amara Okafor", "The fact: Admitted to Staff, 10 January 2025.", "What the person then is today: No application is recorded")
	b.through(at, "reason", "Wrong Amara").says("The fact is struck out.", "Struck out: Admitted to Staff", "Wrong Amara", "Is not a member today.")
	b.get("/register").says("Nobody is a member today.")
}

// A death is recorded for a day that has been.
func TestMember_Death(t *testing.T) {
	w := newTown(t)
	b := w.as(w.Secretary)
	at := "/register/people/" + w.Amara + "/die"
	b.post(at, "effective-day", "1", "effective-month", "1", "effective-year", "2027").want(http.StatusUnprocessableEntity).says("This day is yet to come.")
	b.through(at, "effective-day", "2", "effective-month", "11", "effective-year", "2026").says("Membership ended on 2 November.", "Died")
}

// An application on paper is entered for the person, who is found by name; of a
// patient the signed consent is there first.
func TestMember_OnPaper(t *testing.T) {
	w := newTown(t)
	b := w.as(w.Secretary)
	b.search("/register/new", "edi").says("Edie Nash").contains("/register/people/" + w.Edie)
	b.search("/register/new", "zz").says("Nobody of this name is known here")
	at := "/register/people/" + w.Edie + "/apply"
	day := []string{"effective-day", "18", "effective-month", "11", "effective-year", "2026"}
	b.post(at, day...).want(http.StatusUnprocessableEntity).says("Choose a class.")
	b.post(at, append(day, "class", "patients")...).want(http.StatusUnprocessableEntity).says("tick the box when the signed paper is there")
	b.post(at, append(day, "class", "patients", "consent", "2026-1", "area", "NP16 5XX")...).want(http.StatusUnprocessableEntity).says("leave out the second half")
	b.through(at, append(day, "class", "patients", "consent", "2026-1", "area", "np16")...).says("The application is entered.", "Applied on 18 November to join Patients and carers.", "by Huw Prosser")
	status, err := w.House.Members.Status(w.ctx, "severn", w.Edie, w.day("2026-11-19"))
	if err != nil || status.State != member.Applicant {
		t.Errorf("the person is %s, %v; want an applicant", status.State, err)
	}
}

// Whoever may not decide gets no act, by page or by post.
func TestMember_ActsAreTheSecretarys(t *testing.T) {
	w := newTown(t)
	director := w.officer(policy.Director)
	for _, name := range []string{"apply", "admit", "refuse", "reinstate", "expel", "die", "void/x"} {
		path := "/register/people/" + w.Amara + "/" + name
		for _, person := range []string{w.Amara, w.Dora, director} {
			w.as(person).get(path).want(http.StatusForbidden)
			w.as(person).post(path, "reason", "because").want(http.StatusForbidden)
		}
		w.as("").post(path).leads("/sign-in")
	}
}
