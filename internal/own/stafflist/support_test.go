package stafflist_test

import (
	"bytes"
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

// readAll reads a file that must be readable.
func readAll(t testing.TB, file []byte, profile stafflist.Profile) stafflist.List {
	t.Helper()
	list, err := stafflist.Read(bytes.NewReader(file), int64(len(file)), stafflist.Options{Profile: profile})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// listOf is the list a file of the rows would give, every field in it.
func listOf(_ testing.TB, rows []stafflist.Row) stafflist.List {
	return stafflist.List{Rows: rows, Read: len(rows), Fields: stafflist.Fields()}
}
