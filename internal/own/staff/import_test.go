package staff_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/internal/schema/schematest"
)

// Lines of a list in the layout of listOf.
const (
	ada   = "20400001,Ada,Reed,ada.reed@example.org,Nursing and midwifery,Nurse,Ferry Lane,1.00,06/01/2020,,QQ 12 34 56 C"
	bryn  = "20400002,Bryn,Moss,bryn.moss@example.org,Estates and ancillary,Porter,Ferry Lane,0.60,01/09/2024,,QQ 12 34 57 C"
	carys = "20400003,Carys,Fell,carys.fell@example.org,Administrative and clerical,Clerk,Alder House,1.00,03/06/2013,,QQ 12 34 58 C"
	dilys = "20400004,Dilys,Penn,dilys.penn@example.org,Nursing and midwifery,Nurse,Alder House,0.80,02/11/2026,,QQ 12 34 59 C"
)

// replace alters one cell of a line.
func replace(line, was, becomes string) string {
	if !strings.Contains(line, was) {
		panic(line + " has no " + was)
	}
	return strings.Replace(line, was, becomes, 1)
}

// names is who was employed on a day, with site.
func names(t *testing.T, s *staff.Service, f staff.Filter) string {
	t.Helper()
	f.Org = wye
	var out []string
	must(t, s.EachOn(ctx, f, func(e staff.Entry) error {
		out = append(out, e.Given+" at "+e.Main.Site)
		return nil
	}))
	return strings.Join(out, ", ")
}

func entriesOf(t *testing.T, b *schematest.Base) int64 {
	t.Helper()
	var n int64
	must(t, b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT COUNT(*) FROM journal_entry WHERE org_id = ?`, wye).Scan(&n)
	}))
	return n
}

// The staff list can be asked about any day, and an import is one entry that says
// what it did without naming anybody.
func TestImport_TheListOnAnyDay(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		first := load(t, s, listOf(t, "2026-10-01", ada, bryn, carys))
		second := load(t, s, listOf(t, "2026-11-19",
			replace(ada, "Ferry Lane", "Alder House"), replace(bryn, "2024,,", "2024,30/10/2026,"), carys, dilys))
		if i := second.Import; i.Joiners != 1 || i.Leavers != 1 || i.Changes != 1 || i.Unchanged != 1 || i.Rows != 4 {
			t.Errorf("receipt: %+v", i)
		}
		if first.Import.Entry != 0 || second.Import.Entry != 1 || entriesOf(t, b) != 2 {
			t.Errorf("entries %d and %d of %d", first.Import.Entry, second.Import.Entry, entriesOf(t, b))
		}
		for _, c := range []struct{ day, want string }{
			{"2012-01-01", ""},
			{"2015-01-01", "Carys at Alder House"},
			{"2026-10-30", "Carys at Alder House, Bryn at Ferry Lane, Ada at Ferry Lane"},
			{"2026-10-31", "Carys at Alder House, Ada at Ferry Lane"},
			{"2026-11-02", "Carys at Alder House, Dilys at Alder House, Ada at Ferry Lane"},
			{"2026-11-19", "Carys at Alder House, Dilys at Alder House, Ada at Alder House"},
		} {
			if got := names(t, s, staff.Filter{Day: date(t, c.day)}); got != c.want {
				t.Errorf("on %s: %s; want %s", c.day, got, c.want)
			}
		}
		if body := entryBody(t, b, 1); strings.Contains(body, "Bryn") || !strings.Contains(body, `"leavers":1`) || !strings.Contains(body, second.Import.SHA256) {
			t.Errorf("entry: %s", body)
		}
	})
}

func entryBody(t *testing.T, b *schematest.Base, seq int64) string {
	t.Helper()
	var body []byte
	must(t, b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		return tx.QueryRow(ctx, `SELECT body FROM journal_entry WHERE org_id = ? AND seq = ?`, wye, seq).Scan(&body)
	}))
	return string(body)
}

// The same file again, that day or later, changes nothing and makes no entry.
func TestImport_SameFileAgain(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		l := listOf(t, "2026-10-01", ada, bryn, "x,Nobody,,,,,,,,,")
		out := load(t, s, l)
		if out.Import.Rejected != 1 {
			t.Fatalf("rejected: %d", out.Import.Rejected)
		}
		for _, day := range []string{"2026-10-01", "2026-10-20"} {
			l.AsAt = date(t, day)
			out, err := s.Import(ctx, secretary, l, staff.Unconfirmed)
			if fault.Is(err, fault.Conflict) { // one row of three is refused
				out, err = s.Import(ctx, secretary, l, staff.Confirmed)
			}
			must(t, err)
			if out.Changed() || !strings.Contains(out.Sentence(), "already") {
				t.Errorf("as of %s: %s", day, out.Sentence())
			}
		}
		if n := entriesOf(t, b); n != 1 {
			t.Errorf("%d entries, want 1", n)
		}
		// Another file that says the same leaves a receipt: the list was as before.
		again := load(t, s, listOf(t, "2026-11-01", bryn, ada))
		if !again.Plan.Empty() || again.Import.Unchanged != 2 {
			t.Errorf("receipt: %+v", again.Import)
		}
	})
}

// A list older than the last one is refused with the reason, unless it was applied
// before, or tells only of people who had come and gone by the newer one.
func TestImport_OlderList(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		first := listOf(t, "2026-09-01", ada, bryn)
		load(t, s, first)
		load(t, s, listOf(t, "2026-11-01", replace(ada, "Ferry Lane", "Alder House"), bryn, dilys))
		before := entriesOf(t, b)

		out, err := s.Import(ctx, secretary, first, staff.Confirmed)
		must(t, err)
		if out.Changed() {
			t.Error("a list that had been applied was applied again")
		}
		for name, l := range map[string]staff.List{
			"takes a newer change back":   listOf(t, "2026-10-01", replace(ada, "Ferry Lane", "Quay Street"), bryn),
			"lacks somebody":              listOf(t, "2026-10-01", ada),
			"has somebody not in newer":   listOf(t, "2026-10-01", ada, bryn, carys),
			"has a joiner too early":      listOf(t, "2026-10-01", ada, bryn, replace(dilys, "02/11/2026", "02/09/2026")),
			"has a later joiner before":   listOf(t, "2026-10-01", ada, bryn, replace(dilys, "02/11/2026,", "02/09/2026,20/10/2026")),
			"has somebody who would stay": listOf(t, "2026-10-01", ada, bryn, replace(carys, "2013,,", "2013,02/11/2026,")),
		} {
			_, err := s.Import(ctx, secretary, l, staff.Confirmed)
			if !fault.Is(err, fault.Conflict) || !strings.Contains(fault.Message(err), "1 November 2026") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := entriesOf(t, b); n != before {
			t.Errorf("%d entries were made", n-before)
		}
		load(t, s, listOf(t, "2026-10-01", ada, bryn, replace(carys, "2013,,", "2013,20/10/2026,")))
		for day, want := range map[string]string{
			"2026-10-20": "Carys at Alder House, Bryn at Ferry Lane, Ada at Ferry Lane",
			"2026-10-21": "Bryn at Ferry Lane, Ada at Ferry Lane",
			"2026-11-02": "Bryn at Ferry Lane, Dilys at Alder House, Ada at Alder House",
		} {
			if got := names(t, s, staff.Filter{Day: date(t, day)}); got != want {
				t.Errorf("on %s: %s; want %s", day, got, want)
			}
		}
	})
}

// A list that is to come speaks of nothing yet.
func TestImport_FutureDate(t *testing.T) {
	b := schematest.SQLite(t)
	_, err := open(b).Import(ctx, secretary, listOf(t, "2026-11-20", ada), staff.Confirmed)
	if !fault.Is(err, fault.Invalid) || fault.FieldOf(err) != "as_at" {
		t.Errorf("got %v", err)
	}
}

// Too many leavers stop a list until somebody says yes; the record tells who did.
func TestImport_ThresholdsAskTwice(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		load(t, s, listOf(t, "2026-10-01", ada, bryn, carys))
		l := listOf(t, "2026-11-01", ada)
		_, err := s.Import(ctx, secretary, l, staff.Unconfirmed)
		var doubtful *staff.Doubtful
		if !fault.Is(err, fault.Conflict) || !errors.As(err, &doubtful) || doubtful.Doubts[0].Kind != stafflist.ManyLeavers {
			t.Fatalf("got %v", err)
		}
		if got := names(t, s, staff.Filter{}); got != "Carys at Alder House, Bryn at Ferry Lane, Ada at Ferry Lane" {
			t.Errorf("unconfirmed, it changed the list: %s", got)
		}
		out, err := s.Import(ctx, secretary, l, staff.Confirmed)
		must(t, err)
		if i := out.Import; i.ConfirmedBy != secretary || !slices.Equal(i.Doubts, []string{"many_leavers"}) {
			t.Errorf("receipt: %+v", i)
		}
		got, err := s.ImportByID(ctx, wye, out.Import.ID)
		must(t, err)
		if fmt.Sprint(got) != fmt.Sprint(out.Import) {
			t.Errorf("stored %+v, returned %+v", got, out.Import)
		}
		// Absent as of 1 November, they were employed until then.
		if got := names(t, s, staff.Filter{Day: date(t, "2026-11-01")}); !strings.Contains(got, "Bryn") {
			t.Errorf("on the day of the list: %s", got)
		}
		if got := names(t, s, staff.Filter{Day: date(t, "2026-11-02")}); got != "Ada at Ferry Lane" {
			t.Errorf("on the day after: %s", got)
		}
	})
}

// A refused row leaves its person as before and is shown for a week.
func TestImport_Rejects(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		load(t, s, listOf(t, "2026-10-01", ada, bryn))
		out := load(t, s, listOf(t, "2026-11-01", replace(ada, "06/01/2020", "31/02/2026"), replace(bryn, "Ferry Lane", "Alder House")))
		if i := out.Import; i.Rejected != 1 || i.Held != 1 || i.Leavers != 0 || i.Changes != 1 {
			t.Errorf("receipt: %+v", i)
		}
		rejects, err := s.Rejects(ctx, wye, out.Import.ID)
		must(t, err)
		if len(rejects) != 1 || rejects[0].Row != 2 || rejects[0].Field != stafflist.Start || !strings.Contains(rejects[0].Reason, "is not a date") {
			t.Errorf("rejects: %+v", rejects)
		}
		today := date(t, "2026-11-19")
		swept, err := s.Sweep(ctx, today.AddDays(7))
		must(t, err)
		if swept.Rejects != 0 {
			t.Error("a refused row went within the week")
		}
		swept, err = s.Sweep(ctx, today.AddDays(8))
		must(t, err)
		if swept.Rejects != 1 {
			t.Errorf("after a week: %+v", swept)
		}
	})
}

// What is dropped at the parser is in no table, upload and record included.
func TestImport_SensitiveColumnsAreNowhere(t *testing.T) {
	each(t, func(t *testing.T, s *staff.Service, b *schematest.Base) {
		l := listOf(t, "2026-11-01", ada, bryn)
		_, p, err := s.Preview(ctx, secretary, l)
		must(t, err)
		if len(p.Dropped) != 1 || p.Dropped[0].Kind != "NI number" {
			t.Errorf("dropped: %+v", p.Dropped)
		}
		out := load(t, s, l)
		if !slices.Equal(out.Import.Dropped, []string{"NI number"}) {
			t.Errorf("receipt: %+v", out.Import)
		}
		must(t, b.Journal.DB().Read(ctx, func(tx *db.Tx) error {
			for _, column := range []string{
				"staff.employee_no", "staff_version.given", "staff_version.other_posts", "staff_version.job_role", "staff_reject.value",
				"journal_row.value", "journal_entry.body",
			} {
				table, name, _ := strings.Cut(column, ".")
				err := tx.Each(ctx, func(rows *db.Rows) error {
					var v []byte
					if err := rows.Scan(&v); err != nil {
						return err
					}
					if strings.Contains(string(v), "QQ") {
						t.Errorf("%s holds %q", column, v)
					}
					return nil
				}, `SELECT `+name+` FROM `+table)
				if err != nil {
					return err
				}
			}
			return nil
		}))
		u, waiting, err := s.Preview(ctx, secretary, listOf(t, "2026-11-02", ada, bryn, carys))
		must(t, err)
		if text := fmt.Sprintf("%+v %+v", u, waiting); strings.Contains(text, "QQ") {
			t.Errorf("the upload holds a NI number: %s", text)
		}
	})
}

// A file that cannot be used says so in the words for people; one with unknown
// headings comes with a proposal.
func TestImport_Unreadable(t *testing.T) {
	b := schematest.SQLite(t)
	s := open(b)
	_, err := s.DryRun(ctx, bytesList(t, "2026-11-01", nil))
	if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.Message(err), "empty") {
		t.Errorf("an empty file: %v", err)
	}
	l := bytesList(t, "2026-11-01", []byte("Badge,Forenames,Surname,Began,Ward\n1,Ada,Reed,06/01/2020,3\n"))
	l.Profile = ""
	_, err = s.DryRun(ctx, l)
	var unmapped *staff.Unmapped
	if !errors.As(err, &unmapped) || len(unmapped.Headings) != 5 || len(unmapped.Choices) == 0 || fault.FieldOf(err) != "profile" {
		t.Errorf("unknown headings: %v", err)
	}
	l.Profile = "no such"
	if _, err = s.DryRun(ctx, l); !fault.Is(err, fault.NotFound) {
		t.Errorf("an unknown profile: %v", err)
	}
}
