package register_test

import (
	"bytes"
	"strings"
	"testing"

	"commonweal/internal/own/member"
	"commonweal/internal/own/register"
	"commonweal/internal/own/share"
	"commonweal/law"
)

var library = func() *law.Library {
	l, err := law.Load()
	if err != nil {
		panic(err)
	}
	return l
}()

func day(s string) law.Date {
	d, err := law.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func formOf(t testing.TB, id law.FormID, on string) *law.Form {
	t.Helper()
	f, err := library.Form(id, day(on))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// three are a member, a former member, and one who left and came back.
func three() []member.Row {
	return []member.Row{
		{
			Number: 2, MemberID: "m2", Person: "p2", Name: "Bryn Ånestad", Family: "Ånestad", PostalAddress: "2 Weir Lane\nLydney\n", Email: "bryn@example.org",
			Entered: day("2024-05-01"), Ceased: day("2026-03-31"), ClassName: "Staff", ConstituencyName: "Support",
		},
		{
			Number: 1, MemberID: "m1", Person: "p1", Name: "Amara Pryce", Family: "Pryce", PostalAddress: "1 Weir Lane, Lydney", Email: "amara@example.org",
			Entered: day("2024-04-01"), ClassName: "Staff", ConstituencyName: "Nursing",
		},
		{
			Number: 3, MemberID: "m3", Person: "p3", Name: "Cadi Moss", Family: "Moss", PostalAddress: "3 Weir Lane", Email: "",
			Entered: day("2024-06-01"), Ceased: day("2025-01-31"), ClassName: "Staff", ConstituencyName: "Nursing",
		},
		{
			Number: 3, MemberID: "m3", Person: "p3", Name: "Cadi Moss", Family: "Moss", PostalAddress: "3 Weir Lane", Email: "",
			Entered: day("2026-01-01"), Ceased: day("2027-01-01"), ClassName: "Staff", ConstituencyName: "Nursing",
		},
	}
}

func ledger(t testing.TB) *share.Ledger {
	t.Helper()
	l, err := share.NewLedger(
		[]share.Class{
			{ID: "c1", Code: "member", Name: "Member shares", NominalPence: 100, Starts: day("2024-01-01")},
			{ID: "c2", Code: "community", Name: "Community shares", NominalPence: 150, Withdrawable: true, Starts: day("2024-01-01")},
		},
		[]share.Entry{
			{ID: "e1", Number: 1, Kind: share.Issue, Class: "c1", To: "m1", Quantity: 1, PaidPence: 100, Effective: day("2024-04-01"), Entered: "2024-04-01T09:00:00.000Z"},
			{ID: "e2", Number: 2, Kind: share.Issue, Class: "c1", To: "m2", Quantity: 1, PaidPence: 100, Effective: day("2024-05-01"), Entered: "2024-05-01T09:00:00.000Z"},
			{ID: "e3", Number: 3, Kind: share.Issue, Class: "c2", To: "m1", Quantity: 7, PaidPence: 1050, Effective: day("2024-06-01"), Entered: "2024-06-01T09:00:00.000Z"},
			{ID: "e4", Number: 4, Kind: share.Issue, Class: "c1", To: "m3", Quantity: 1, PaidPence: 100, Effective: day("2024-06-01"), Entered: "2024-06-01T09:00:00.000Z"},
			{ID: "e5", Number: 5, Kind: share.Cancel, Class: "c1", From: "m2", Quantity: 1, PaidPence: 100, Effective: day("2026-03-31"), Entered: "2026-04-01T09:00:00.000Z", Reason: "=left, said \"goodbye\""},
		}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func source(t testing.TB) register.Source {
	return register.Source{
		Organisation: register.Organisation{Code: "wye", Name: "Severn & Wye", RegisteredNo: "7912", Office: "Ferry Lane\nLydney"},
		Rows:         three(), Ledger: ledger(t),
	}
}

func make3(t testing.TB, form law.FormID, on string) register.Register {
	t.Helper()
	return register.New(formOf(t, form, on), day(on), source(t))
}

func csvOf(t testing.TB, r register.Register) string {
	t.Helper()
	var out bytes.Buffer
	if err := r.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func jsonOf(t testing.TB, r register.Register) string {
	t.Helper()
	var out bytes.Buffer
	if err := r.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func lines(s string) []string { return strings.Split(strings.TrimSuffix(s, "\r\n"), "\r\n") }
