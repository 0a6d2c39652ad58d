package stafflist_test

import (
	"testing"

	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

func date(t testing.TB, s string) law.Date {
	t.Helper()
	d, err := law.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// listOf is the list a file of the rows would give, every field in it.
func listOf(_ testing.TB, rows []stafflist.Row) stafflist.List {
	return stafflist.List{Rows: rows, Read: len(rows), Fields: stafflist.Fields()}
}
