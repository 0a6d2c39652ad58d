package register_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/own/member"
	"commonweal/internal/own/staff"
	"commonweal/internal/schema"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

// employ loads a staff list whose people are members by rule.
func (m *mutual) employ() {
	m.t.Helper()
	_, err := m.members.SaveClass(ctx, "setup", org, member.Class{
		Code: "staff", Name: "Staff", Kind: member.Staff, Admission: member.Automatic, Leaving: member.EmploymentEnds, Votes: 1, Starts: day("2026-11-19"),
	})
	m.must(err)
	const text = "Employee Number,First Name,Last Name,Start Date,Leaving Date\n1,Elin,Sayce,01/04/2024,\n2,Jide,Balogun,02/04/2024,20/11/2026\n"
	_, err = staff.New(m.Journal, staff.Options{}).Import(ctx, m.secretary, staff.List{
		Org: org, Employer: org, AsAt: day("2026-11-01"), File: strings.NewReader(text), Size: int64(len(text)), Name: "list.csv",
	}, staff.Confirmed)
	m.must(err)
	_, err = m.members.Enrol(ctx, org, day("2026-11-19"))
	m.must(err)
}

func deriveFrom(t *testing.T, d *db.DB, on string) (out map[string][]byte) {
	t.Helper()
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		out, err = schema.Derive(ctx, tx, org, on)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The register and the share ledger in a bundle follow from its tables: made again
// in an empty database, of either engine's export, they are the same to the byte.
func TestDerive_SameFromABundle(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newMutual(t, b, law.CICShares)
		m.join(12)
		m.employ()
		for _, on := range []string{"2026-11-19", "2026-11-25"} {
			var out bytes.Buffer
			_, err := b.Journal.Export(ctx, &out, org, on, schema.Derive)
			m.must(err)
			bundle, err := journal.OpenBundle(bytes.NewReader(out.Bytes()), int64(out.Len()))
			m.must(err)
			if want := []string{"ledger-" + on + ".csv", "register-" + on + ".csv"}; !slices.Equal(bundle.Manifest.Derived, want) {
				t.Fatalf("derived %v", bundle.Manifest.Derived)
			}
			empty := schematest.SQLite(t)
			m.must(journal.Replay(ctx, empty.Journal.DB(), b.Journal.Tables(), bundle, org))
			for name, again := range deriveFrom(t, empty.Journal.DB(), on) {
				stored, err := bundle.File("derived/" + name)
				m.must(err)
				if !bytes.Equal(stored, again) {
					t.Errorf("%s:\n%s\nmade again:\n%s", name, stored, again)
				}
			}
			text, err := bundle.File("derived/register-" + on + ".csv")
			m.must(err)
			if n := len(lines(string(text))); n != 15 {
				t.Errorf("on %s the register has %d lines:\n%s", on, n, text)
			}
			if left := strings.Contains(string(text), "2026-11-20"); left != (on == "2026-11-25") {
				t.Errorf("on %s the leaver's day is there: %t\n%s", on, left, text)
			}
		}
	})
}

// What is not a mutual, or has no legal form, or one that did not exist on the day,
// has no register, and its bundle no such file.
func TestDerive_NoRegister(t *testing.T) {
	m := newMutual(t, schematest.SQLite(t), "")
	if files := deriveFrom(t, m.Journal.DB(), "2026-11-19"); len(files) != 0 {
		t.Errorf("no legal form: %v", files)
	}
	m = newMutual(t, schematest.SQLite(t), law.CICShares)
	if files := deriveFrom(t, m.Journal.DB(), "1990-01-01"); len(files) != 0 {
		t.Errorf("before there were such companies: %v", files)
	}
}
