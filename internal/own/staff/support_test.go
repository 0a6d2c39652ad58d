package staff_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/internal/own/stafflist/invent"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

var ctx = context.Background()

const (
	wye       = "wye" // the mutual
	council   = "council"
	secretary = "person-secretary"
)

func date(t testing.TB, s string) law.Date {
	t.Helper()
	d, err := law.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// listOf is a CSV in the words of a local report.
func listOf(t testing.TB, asAt string, lines ...string) staff.List {
	t.Helper()
	text := "Employee Number,First Name,Last Name,Email Address,Staff Group,Role,Site,FTE,Start Date,Leaving Date,NI Number\n" + strings.Join(lines, "\n") + "\n"
	return bytesList(t, asAt, []byte(text))
}

func bytesList(t testing.TB, asAt string, text []byte) staff.List {
	t.Helper()
	return staff.List{
		Org: wye, Employer: wye, AsAt: date(t, asAt), File: bytes.NewReader(text), Size: int64(len(text)), Name: `C:\lists\staff.csv`, Profile: "local",
	}
}

// invented is a list of rows in the layout of the Electronic Staff Record.
func invented(t testing.TB, asAt law.Date, rows []stafflist.Row) staff.List {
	t.Helper()
	var text bytes.Buffer
	must(t, invent.WriteCSV(&text, rows, invent.ESR()))
	l := bytesList(t, asAt.String(), text.Bytes())
	l.Profile = "esr"
	return l
}

func open(b *schematest.Base) *staff.Service { return staff.New(b.Journal, staff.Options{}) }

// each runs fn on both engines.
func each(t *testing.T, fn func(t *testing.T, s *staff.Service, b *schematest.Base)) {
	t.Helper()
	schematest.Each(t, func(t *testing.T, b *schematest.Base) { fn(t, open(b), b) })
}

// load imports a list and expects an entry in the record.
func load(t testing.TB, s *staff.Service, l staff.List) staff.Outcome {
	t.Helper()
	out, err := s.Import(ctx, secretary, l, staff.Confirmed)
	must(t, err)
	if !out.Changed() {
		t.Fatalf("the list of %s changed nothing", l.AsAt)
	}
	return out
}
