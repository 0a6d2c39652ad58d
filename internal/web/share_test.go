package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"commonweal/internal/own/member"
	"commonweal/internal/own/share"
)

// shared is a site with a class of members and a class of shares: £1, cancelled
// on leaving, £5 at most.
type shared struct {
	*site
	class string
}

func newShared(t *testing.T) *shared {
	s := &shared{site: newSite(t)}
	s.staffClass()
	s.openClass()
	s.class = s.shareClass(share.Class{Code: "member", Name: "Member share", NominalPence: 100, CancelsOnLeaving: true, MaxHoldingPence: 500})
	return s
}

// openClass makes a class of members that anybody may be in, so that a test needs
// no staff list.
func (s *shared) openClass() {
	s.t.Helper()
	_, err := s.House.Members.SaveClass(s.ctx, s.Secretary, "severn", member.Class{
		Code: "friend", Name: "Friends", Kind: member.Partner, Admission: member.OnApplication, Leaving: member.Keeps, Votes: 1, Position: 2, Starts: s.day("2024-04-01"),
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *shared) shareClass(c share.Class) string {
	s.t.Helper()
	c.Starts = s.day("2024-04-01")
	id, err := s.House.Shares.MakeClass(s.ctx, s.Secretary, "severn", c)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// admit makes somebody a member and returns the person and the member.
func (s *shared) admit(given, family string) (person, memberID string) {
	s.t.Helper()
	person = s.person(given, family)
	_, err := s.House.Members.Admit(s.ctx, s.Secretary, "severn", member.Decision{Person: person, Class: "friend", Effective: s.day("2026-01-05"), Reason: "founder"})
	if err != nil {
		s.t.Fatal(err)
	}
	f, err := s.House.Members.File(s.ctx, "severn", person)
	if err != nil {
		s.t.Fatal(err)
	}
	return person, f.MemberID
}

// holds is what a member holds of a class today.
func (s *shared) holds(memberID, class string) int64 {
	s.t.Helper()
	l, err := s.House.Shares.Ledger(s.ctx, "severn")
	if err != nil {
		s.t.Fatal(err)
	}
	return l.Balance(memberID, class, s.day(s.Clock.Now().Format("2006-01-02")))
}

// follow posts a form, keeps the cookies that come back, and gets where it leads.
func (b *browser) follow(path string, pairs ...string) (at string, page answer) {
	b.t.Helper()
	a := b.post(path, pairs...)
	at = a.leads("/")
	return at, b.with(a).get(at)
}

// with is the browser with the cookies of an answer besides its own.
func (b *browser) with(a answer) *keeping {
	return &keeping{browser: b, cookies: (&http.Response{Header: a.Header}).Cookies()}
}

// keeping is a browser that sends more cookies than its session.
type keeping struct {
	*browser
	cookies []*http.Cookie
}

func (k *keeping) get(path string) answer {
	k.t.Helper()
	req, err := http.NewRequest(http.MethodGet, path, nil)
	if err != nil {
		k.t.Fatal(err)
	}
	for _, c := range k.cookies {
		req.AddCookie(c)
	}
	return k.do(req)
}

// hidden reads the hidden fields of a page's form.
func hidden(t testing.TB, page answer) []string {
	t.Helper()
	var out []string
	for _, part := range strings.Split(page.Body, `<input type="hidden" name="`)[1:] {
		name, rest, _ := strings.Cut(part, `" value="`)
		value, _, _ := strings.Cut(rest, `"`)
		out = append(out, name, value)
	}
	if len(out) == 0 {
		t.Fatalf("the page has no hidden fields:\n%s", page.main())
	}
	return out
}

var today = []string{"effective-day", "19", "effective-month", "11", "effective-year", "2026"}

// issue issues shares from the first question to the receipt.
func (s *shared) issue(b *browser, who, memberID, quantity string) (receipt string) {
	s.t.Helper()
	b.post("/shares/issue", "who", who).leads("/shares/issue/" + memberID)
	_, review := b.follow("/shares/issue/"+memberID, append([]string{"quantity", quantity, "reason", "paid by payroll"}, today...)...)
	review.want(http.StatusOK).says("Look at it once more", "cannot be changed or taken out")
	return b.post("/shares/issue/"+memberID+"/review", hidden(s.t, review)...).leads("/shares/entries/")
}

// The pages about shares are the secretary's.
func TestShares_AreForTheSecretary(t *testing.T) {
	s := newShared(t)
	s.refused("/shares", "/shares/holdings", "/shares/holdings.csv", "/shares/holdings.json", "/shares/ledger", "/shares/ledger.csv", "/shares/ledger.json",
		"/shares/entries/x", "/shares/entries/x/reverse", "/shares/reverse", "/shares/leaving", "/shares/payments", "/shares/classes/new", "/shares/classes/x",
		"/shares/classes/x/close", "/shares/issue", "/shares/issue/x", "/shares/issue/x/review", "/shares/transfer/x/y", "/shares/redeem", "/shares/cancel", "/shares/convert",
		"/shares/certificates", "/shares/certificates/x", "/shares/certificates/x/cancel", "/stakes", "/stakes/new", "/stakes/x", "/stakes/x/use", "/stakes/x/end")
	person, id := s.admit("Amara", "Okafor")
	amara := s.as(person)
	for _, path := range []string{"/shares/issue", "/shares/issue/" + id + "/review", "/shares/leaving", "/shares/payments", "/shares/classes", "/shares/certificates", "/stakes", "/stakes/new", "/stakes/x/use", "/stakes/x/end", "/shares/entries/x/unpay", "/shares/entries/x/reverse", "/shares/classes/x/close"} {
		amara.post(path).want(http.StatusForbidden)
	}
}

// A mutual without a class of shares is told what comes first.
func TestShares_BeforeThereAreAny(t *testing.T) {
	s := newSite(t)
	huw := s.as(s.Secretary)
	huw.get("/shares").want(http.StatusOK).says("Nobody holds a share.", "There is no class of shares yet", "Make a class of shares",
		"What the law says of shares in a community benefit society", "£100,000")
	huw.get("/shares/issue").want(http.StatusOK).says("This cannot be done here")
	huw.get("/shares/ledger").want(http.StatusOK).says("Nothing is in the ledger yet")
	huw.get("/shares/holdings").want(http.StatusOK).says("Nobody holds a share")
	huw.get("/shares/leaving").want(http.StatusOK).says("There is nothing to do")
	huw.get("/shares/payments").want(http.StatusOK).says("There is nothing to pay")
	huw.get("/shares/certificates").want(http.StatusOK).says("There are no certificates")
}

// Shares are issued in steps: who, how many, a look at it, the receipt. The second
// press of the button makes no second entry.
func TestShares_IssueFromQuestionToReceipt(t *testing.T) {
	s := newShared(t)
	huw := s.as(s.Secretary)
	person, id := s.admit("Amara", "Okafor")
	s.admit("Amara", "Osei")
	huw.get("/shares/issue").want(http.StatusOK).says("Who gets the shares?")
	huw.post("/shares/issue", "who", "").want(http.StatusUnprocessableEntity).says("Type a name or a number in the register.")
	huw.post("/shares/issue", "who", "Nobody").want(http.StatusUnprocessableEntity).says("Nobody is found for “Nobody”.")
	huw.post("/shares/issue", "who", "amara").want(http.StatusUnprocessableEntity).says("Two members fit “amara”. Which is it?", "Amara Okafor", "Amara Osei", "member since 5 January")
	huw.post("/shares/issue", "who", "amara", "chosen", "1").want(http.StatusUnprocessableEntity).says("Choose one of them, or search again.")
	huw.post("/shares/issue", "who", "amara", "member", id).leads("/shares/issue/" + id)
	huw.post("/shares/issue", "who", "1").leads("/shares/issue/" + id)

	at := "/shares/issue/" + id
	huw.get(at).want(http.StatusOK).says("Shares for Amara Okafor", "Member share, £1 each.")
	wrong := huw.post(at, append([]string{"quantity", "lots", "paid", "a pound", "reason", "kept as typed"}, "effective-day", "31", "effective-month", "2", "effective-year", "2026")...)
	wrong.want(http.StatusUnprocessableEntity).says("There are three problems", "Say how many as a whole number", "Write the amount in pounds", "31 February 2026 is not a date", "kept as typed")
	if !strings.Contains(wrong.Body, `value="lots"`) {
		t.Error("what was typed is gone")
	}
	huw.post(at, append([]string{"quantity", "6"}, today...)...).want(http.StatusUnprocessableEntity).says("would hold £6 of Member share on 19 November, and the most is £5")
	huw.post(at, append([]string{"quantity", "2", "paid", "1"}, today...)...).want(http.StatusUnprocessableEntity).says("cost at least £2")
	huw.post(at, "quantity", "2", "effective-day", "1", "effective-month", "3", "effective-year", "2025").want(http.StatusUnprocessableEntity).
		says("Shares go to members, and this person was none on 1 March 2025.")

	_, review := huw.follow(at, append([]string{"quantity", "2", "reason", "paid by payroll"}, today...)...)
	review.want(http.StatusOK).says("Amara Okafor, number 1", "2 Member shares", "Paid for them £2", "Amara Okafor then holds 2 Member shares.", "Issue 2 Member shares")
	send := hidden(t, review)
	receipt := huw.post(at+"/review", send...).leads("/shares/entries/")
	huw.get(receipt).want(http.StatusOK).says("The entry is made. It is entry 1 of the share ledger.", "2 Member shares issued", "To Amara Okafor. It counts from 19 November.", "Record Entry", "paid by payroll")
	again := huw.post(at+"/review", send...).leads("/shares/entries/")
	huw.get(again).want(http.StatusOK).says("This entry had been made already.")
	if n := s.holds(id, s.class); n != 2 {
		t.Errorf("Amara holds %d shares, want 2: the second press made another entry", n)
	}
	huw.get(at + "/review").leads(at) // nothing waits to be looked at any more
	huw.get("/shares").want(http.StatusOK).says("2 shares, worth £2, are held by 1 member.", "Issue 1 certificate", "2 Member shares issued")
	huw.get("/shares?on=2026-11-18").want(http.StatusOK).says("Nobody holds a share on 18 November.")
	huw.get("/shares?on=never").want(http.StatusUnprocessableEntity).says("The day in the address is not a date.")
	huw.get("/shares/ledger?member="+id).want(http.StatusOK).says("Amara Okafor", "Holds 2 Member shares, worth £2.")
	s.as(person).get(receipt).want(http.StatusForbidden)
}

// A wrong entry is undone by another, with a reason; both stay and are marked.
func TestShares_UndoAnEntry(t *testing.T) {
	s := newShared(t)
	huw := s.as(s.Secretary)
	_, id := s.admit("Amara", "Okafor")
	first := strings.TrimSuffix(s.issue(huw, "Amara Okafor", id, "3"), "?done=made")
	huw.post("/shares/reverse", "number", "x").want(http.StatusUnprocessableEntity).says("Type the number of an entry.")
	huw.post("/shares/reverse", "number", "9").want(http.StatusUnprocessableEntity).says("The ledger has no entry 9. Its last is entry 1.")
	at := huw.post("/shares/reverse", "number", "1").leads(first + "/reverse")
	huw.get(at).want(http.StatusOK).says("Undo entry 1?", "Both entries stay in the ledger for good.", "Amara Okafor holds 3 Member shares today, and would hold none.")
	huw.post(at, today...).want(http.StatusUnprocessableEntity).says("Say why.")
	huw.post(at, "reason", "two were typed as three", "effective-day", "1", "effective-month", "11", "effective-year", "2026").want(http.StatusUnprocessableEntity).
		says("Entry 1 counts from 19 November and cannot be reversed from 1 November.", "two were typed as three")
	undo := huw.post(at, append([]string{"reason", "two were typed as three"}, today...)...).leads("/shares/entries/")
	huw.get(undo).want(http.StatusOK).says("Entry 1 reversed", "two were typed as three")
	huw.get(first).want(http.StatusOK).says("It was undone by entry 2")
	huw.get("/shares/ledger").want(http.StatusOK).says("2 entries, newest first.", "One was undone by a later one.", "Undone by entry 2.")
	huw.post("/shares/reverse", "number", "1").want(http.StatusUnprocessableEntity).says("Entry 1 was undone already, by entry 2.")
	huw.post("/shares/reverse", "number", "2").want(http.StatusUnprocessableEntity).says("Entry 2 itself undoes another.")
	if n := s.holds(id, s.class); n != 0 {
		t.Errorf("Amara holds %d shares, want none", n)
	}
}

// What the terms of a class allow can be done, and nothing else: transfer,
// convert, redeem.
func TestShares_ActsFollowTheTerms(t *testing.T) {
	s := newShared(t)
	huw := s.as(s.Secretary)
	huw.get("/shares/transfer").want(http.StatusOK).says("Shares here cannot pass from one member to another")
	huw.get("/shares/redeem").want(http.StatusOK).says("The money for shares here cannot be taken out")
	huw.get("/shares/convert").want(http.StatusOK).says("There is one class of shares")

	loan := s.shareClass(share.Class{Code: "loan", Name: "Community share", NominalPence: 5_000, Withdrawable: true, Transferable: true, Dividend: true})
	penny := s.shareClass(share.Class{Code: "penny", Name: "Founders", NominalPence: 1_000})
	_, amara := s.admit("Amara", "Okafor")
	_, dev := s.admit("Dev", "Malhotra")
	_, err := s.House.Shares.Record(s.ctx, s.Secretary, "severn", share.Entry{Kind: share.Issue, Class: loan, To: amara, Quantity: 4, PaidPence: 20_000, Effective: s.day("2026-06-01")})
	if err != nil {
		t.Fatal(err)
	}
	huw.post("/shares/transfer", "who", "Dev").want(http.StatusUnprocessableEntity).says("Dev Malhotra is on the register, but not for this.")
	at := huw.post("/shares/transfer", "who", "Amara").leads("/shares/transfer/" + amara)
	huw.get(at).want(http.StatusOK).says("Who gets the shares of Amara Okafor?")
	at = huw.post(at, "who", "Malhotra").leads("/shares/transfer/" + amara + "/" + dev)
	huw.get(at).want(http.StatusOK).says("From Amara Okafor to Dev Malhotra", "Amara Okafor holds 4 Community shares.")
	huw.post(at, append([]string{"quantity", "5"}, today...)...).want(http.StatusUnprocessableEntity).says("The member holds 4 of Community share on 19 November, fewer than 5.")
	_, review := huw.follow(at, append([]string{"quantity", "1"}, today...)...)
	review.says("Amara Okafor then holds 3 Community shares.", "Dev Malhotra then holds 1 Community share.")
	huw.post(at+"/review", hidden(t, review)...).leads("/shares/entries/")

	at = "/shares/convert/" + amara
	huw.get(at).want(http.StatusOK).says("Into which class?", "Founders", "£10 each")
	_, review = huw.follow(at, append([]string{"quantity", "1", "to_class", penny}, today...)...)
	review.says("Turn into 5 shares of class Founders")
	huw.post(at+"/review", hidden(t, review)...).leads("/shares/entries/")
	if s.holds(amara, penny) != 5 || s.holds(amara, loan) != 2 || s.holds(dev, loan) != 1 {
		t.Error("the ledger does not hold what the pages said")
	}

	at = "/shares/redeem/" + amara
	huw.post(at, append([]string{"quantity", "2"}, today...)...).want(http.StatusUnprocessableEntity).says("Say why.")
	_, review = huw.follow(at, append([]string{"quantity", "2", "reason", "asked for it"}, today...)...)
	review.says("£100 goes on the list of what is to be paid back.")
	redeemed := hidden(t, review)
	entry := huw.post(at+"/review", redeemed...).leads("/shares/entries/")
	huw.get(huw.post(at+"/review", redeemed...).leads("/shares/entries/")).says("This entry had been made already.")
	huw.get(entry).want(http.StatusOK).says("has not been paid yet")

	paid := []string{"paid_on-day", "19", "paid_on-month", "11", "paid_on-year", "2026"}
	id := strings.TrimSuffix(strings.TrimPrefix(entry, "/shares/entries/"), "?done=made")
	huw.get("/shares/payments").want(http.StatusOK).says("£100 is owed to 1 person", "£100 to Amara Okafor")
	huw.post("/shares/payments", paid...).want(http.StatusUnprocessableEntity).says("Tick those that were paid.")
	huw.post("/shares/payments", "entry", id, "paid_on-day", "20", "paid_on-month", "11", "paid_on-year", "2026").want(http.StatusUnprocessableEntity).says("Choose today or a day before")
	huw.get(huw.post("/shares/payments", append([]string{"entry", id, "reference", "payroll 2026-11"}, paid...)...).leads("/shares/payments")).
		want(http.StatusOK).says("Marked as paid. This is entry", "Nothing is owed to anybody for shares.", "Paid back last")
	huw.get(entry).says("What this entry gives back has been paid.")
	huw.post("/shares/reverse", "number", "4").leads("/shares/entries/" + id + "/reverse")
	huw.post("/shares/entries/"+id+"/reverse", append([]string{"reason", "by mistake"}, today...)...).want(http.StatusUnprocessableEntity).says("take the payment back first")
	huw.get(huw.post("/shares/entries/" + id + "/unpay").leads("/shares/entries/" + id)).says("The payment is taken back.")
	huw.get("/shares/payments").says("£100 is owed to 1 person")
}

// Somebody who is still a member is not cancelled unseen.
func TestShares_CancelWarnsOfAMember(t *testing.T) {
	s := newShared(t)
	huw := s.as(s.Secretary)
	_, id := s.admit("Amara", "Okafor")
	s.issue(huw, "Amara", id, "2")
	huw.post("/shares/cancel", "who", "Amara").leads("/shares/cancel/" + id)
	_, review := huw.follow("/shares/cancel/"+id, append([]string{"quantity", "2", "reason", "by order of the board"}, today...)...)
	review.says("Amara Okafor then holds no Member shares.", "£2 goes on the list", "Amara Okafor is still a member on that day.")
}

// Shares that go with membership are cancelled together, once, in one change.
func TestShares_CancelOnLeaving(t *testing.T) {
	s := newShared(t)
	huw := s.as(s.Secretary)
	person, id := s.admit("Amara", "Okafor")
	s.issue(huw, "Amara", id, "2")
	if _, err := s.House.Members.Withdraw(s.ctx, person, "severn", person, s.day("2026-11-19")); err != nil {
		t.Fatal(err)
	}
	huw.get("/shares").says("Cancel 2 shares of somebody who left")
	list := huw.get("/shares/leaving").want(http.StatusOK).says("2 shares of somebody who is no longer a member are to be cancelled.", "Amara Okafor", "£2", "19 November", "Cancel 2 shares")
	huw.post("/shares/leaving", "seen", "0-0-0").want(http.StatusUnprocessableEntity).says("The list has changed since you opened it.")
	if s.holds(id, s.class) != 2 {
		t.Fatal("a list that was not seen was carried out")
	}
	done := huw.post("/shares/leaving", hidden(t, list)...).leads("/shares/leaving?first=2&last=2")
	huw.get(done).want(http.StatusOK).says("One entry was made.", "of the record", "2 Member shares cancelled", "No shares wait to be cancelled.")
	if s.holds(id, s.class) != 0 {
		t.Error("the shares are still there")
	}
	huw.get("/shares/payments").says("£2 to Amara Okafor")
}

// A class is judged against the legal form before it is looked at, and made once.
func TestShares_NewClass(t *testing.T) {
	s := newShared(t)
	huw := s.as(s.Secretary)
	starts := []string{"starts-day", "1", "starts-month", "12", "starts-year", "2026"}
	huw.get("/shares/classes/new").want(http.StatusOK).says("A new class of shares", "Its terms do not change once it is made.", "2014, s.24")
	huw.post("/shares/classes/new").want(http.StatusUnprocessableEntity).says("There are three problems", "Give the class a name", "Write what one share costs")
	huw.post("/shares/classes/new", append([]string{"name", "Big share", "nominal", "100", "terms", "withdrawable", "max_holding", "100,001"}, starts...)...).
		want(http.StatusUnprocessableEntity).says("Co-operative and Community Benefit Societies Act 2014, s.24", "£100,000")
	huw.post("/shares/classes/new", append([]string{"name", "Odd", "nominal", "1", "terms", "cancels", "terms", "transferable"}, starts...)...).
		want(http.StatusUnprocessableEntity).says("cannot be passed to somebody else as well")
	_, review := huw.follow("/shares/classes/new", append([]string{"name", "Community share", "nominal", "50", "terms", "withdrawable", "terms", "dividend", "max_holding", "20000"}, starts...)...)
	review.want(http.StatusOK).says("£50 each, fully paid.", "They may bear a dividend or interest.", "One member may hold at most £20,000 of them.", "Make the class")
	at := huw.post("/shares/classes", hidden(t, review)...).leads("/shares/classes/")
	huw.get(at).want(http.StatusOK).says("The class is made. This is entry", "It begins on 1 December.")
	if again := huw.post("/shares/classes", hidden(t, review)...).leads("/shares/classes/"); again+"?done=made" != at {
		t.Errorf("the second press led to %s, want %s", again, at)
	}
	at = "/shares/classes/" + s.class
	huw.get(at + "/close").want(http.StatusOK).says("Close the class Member share?")
	huw.post(at+"/close", "ends-day", "1", "ends-month", "11", "ends-year", "2026").want(http.StatusUnprocessableEntity).says("A class is closed from today or later, not from 1 November.")
	huw.get(huw.post(at+"/close", "ends-day", "1", "ends-month", "12", "ends-year", "2026").leads(at)).want(http.StatusOK).says("The class is closed.", "None are issued from 1 December on.")
}

// The exports hold what the pages show, with what a spreadsheet would run made
// harmless.
func TestShares_Exports(t *testing.T) {
	s := newShared(t)
	huw := s.as(s.Secretary)
	_, id := s.admit("=Amara", "Okafor")
	s.issue(huw, "Okafor", id, "2")
	for path, wants := range map[string][]string{
		"/shares/holdings.csv": {"2026-11-19,1,'=Amara Okafor,Member share,2,2.00"},
		"/shares/ledger.csv":   {"1,issue,Member share,,,1,'=Amara Okafor,2,,,2.00,2026-11-19,", "paid by payroll"},
	} {
		got := huw.get(path).want(http.StatusOK)
		if ct := got.Header.Get("Content-Type"); !strings.HasPrefix(ct, "text/csv") {
			t.Errorf("%s is %s", path, ct)
		}
		for _, want := range wants {
			if !strings.Contains(got.Body, want) {
				t.Errorf("%s lacks %q:\n%s", path, want, got.Body)
			}
		}
	}
	for _, path := range []string{"/shares/holdings.json", "/shares/ledger.json"} {
		var list []map[string]any
		if err := json.Unmarshal([]byte(huw.get(path).want(http.StatusOK).Body), &list); err != nil || len(list) != 1 {
			t.Errorf("%s: %d lines, %v", path, len(list), err)
		}
	}
	huw.get("/shares/holdings.csv?on=x").want(http.StatusUnprocessableEntity)
}
