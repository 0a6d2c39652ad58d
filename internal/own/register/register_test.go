package register_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/own/member"
	"commonweal/internal/own/register"
	"commonweal/law"
)

// The columns are those of the Act, and each says which provision asks for it:
// Co-operative and Community Benefit Societies Act 2014, s.30(2).
func TestColumns_Society_s30_2(t *testing.T) {
	r := make3(t, law.BenefitSociety, "2026-11-21")
	want := []string{"name", "postal-address", "electronic-address", "electronic-address-purposes", "shares", "amount-paid", "other-property", "date-entered", "date-ceased"}
	if got := r.Fields(); !slices.Equal(got, want) {
		t.Errorf("columns %v, want %v", got, want)
	}
	for _, c := range r.Columns {
		if !strings.Contains(c.Law.Citation, "s.30(2)") || c.Heading == "" {
			t.Errorf("column %s: heading %q, citation %q", c.Field, c.Heading, c.Law.Citation)
		}
	}
}

// A company's register held the member's address until 18 November 2025 and a
// service address since: Companies Act 2006, ss.113 and 113A.
func TestColumns_Company_s113(t *testing.T) {
	has := func(on string, f law.FieldName) bool {
		return slices.Contains(make3(t, law.CICShares, on).Fields(), string(f))
	}
	if !has("2025-11-17", law.FieldPostalAddress) || has("2025-11-17", law.FieldServiceAddress) {
		t.Error("on 17 November 2025 the register holds the address and no service address")
	}
	if has("2025-11-18", law.FieldPostalAddress) || !has("2025-11-18", law.FieldServiceAddress) {
		t.Error("on 18 November 2025 the register holds a service address and no longer the other")
	}
}

// The register of a day: who had entered by then, who had ceased by then, what
// they held then. Someone who came back has two entries, and the shares stand
// with the later one.
func TestRegister_OnADay(t *testing.T) {
	for _, tc := range []struct{ why, on, want string }{
		{
			"nobody had left yet", "2024-06-30",
			"1|Amara Pryce|1 Weir Lane, Lydney|8|11.50|2024-04-01|\n" +
				"2|Bryn Ånestad|2 Weir Lane, Lydney|1|1.00|2024-05-01|\n" +
				"3|Cadi Moss|3 Weir Lane|1|1.00|2024-06-01|",
		},
		{
			"the first day: one member, one share", "2024-04-01",
			"1|Amara Pryce|1 Weir Lane, Lydney|1|1.00|2024-04-01|",
		},
		{
			"the day before somebody ceases they are a member", "2026-03-30",
			"1|Amara Pryce|1 Weir Lane, Lydney|8|11.50|2024-04-01|\n" +
				"2|Bryn Ånestad|2 Weir Lane, Lydney|1|1.00|2024-05-01|\n" +
				"3|Cadi Moss|3 Weir Lane|0|0.00|2024-06-01|2025-01-31\n" +
				"3|Cadi Moss|3 Weir Lane|1|1.00|2026-01-01|",
		},
		{
			"left, and the share is cancelled; an end to come is not in the register yet", "2026-11-21",
			"1|Amara Pryce|1 Weir Lane, Lydney|8|11.50|2024-04-01|\n" +
				"2|Bryn Ånestad|2 Weir Lane, Lydney|0|0.00|2024-05-01|2026-03-31\n" +
				"3|Cadi Moss|3 Weir Lane|0|0.00|2024-06-01|2025-01-31\n" +
				"3|Cadi Moss|3 Weir Lane|1|1.00|2026-01-01|",
		},
	} {
		t.Run(tc.why, func(t *testing.T) {
			r := make3(t, law.BenefitSociety, tc.on)
			var got []string
			for _, e := range r.Entries {
				cells := []string{}
				for _, f := range []law.FieldName{law.FieldMemberName, law.FieldPostalAddress, law.FieldShares, law.FieldAmountPaid, law.FieldEntered, law.FieldCeased} {
					cells = append(cells, e.Cell(f))
				}
				got = append(got, string(rune('0'+e.Number))+"|"+strings.Join(cells, "|"))
			}
			if s := strings.Join(got, "\n"); s != tc.want {
				t.Errorf("got\n%s\nwant\n%s", s, tc.want)
			}
		})
	}
}

// The entry of a former member may be taken out ten years after membership ended:
// Companies Act 2006, s.121. Until the last day of it, it stays.
func TestRetention_Company_s121(t *testing.T) {
	form := formOf(t, law.CICShares, "2026-03-31")
	rows := []member.Row{{Number: 1, MemberID: "m", Person: "p", Name: "Old Member", Entered: day("2010-01-01"), Ceased: day("2016-03-31")}}
	for _, tc := range []struct {
		on   string
		kept int
	}{{"2016-03-31", 1}, {"2026-03-31", 1}, {"2026-04-01", 0}} {
		r := register.New(form, day(tc.on), register.Source{Rows: rows})
		if len(r.Entries) != tc.kept || r.Expired != 1-tc.kept {
			t.Errorf("on %s: %d entries and %d expired", tc.on, len(r.Entries), r.Expired)
		}
	}
}

// Whoever still holds shares does not leave the register, however long ago they
// left: a register without a holder would be wrong.
func TestRetention_HoldersStay(t *testing.T) {
	in := source(t)
	for i := range in.Rows {
		in.Rows[i].Entered, in.Rows[i].Ceased = day("2000-01-01").AddDays(i), day("2001-01-01")
	}
	in.Rows = in.Rows[1:2]
	r := register.New(formOf(t, law.CICShares, "2026-11-21"), day("2026-11-21"), in)
	if len(r.Entries) != 1 || r.Entries[0].Shares != 8 {
		t.Errorf("entries %+v", r.Entries)
	}
	if r.Astray != 1 {
		t.Errorf("one holding belongs to nobody in the register, and it says %d", r.Astray)
	}
	if !slices.ContainsFunc(r.Notes(), func(s string) bool { return strings.HasPrefix(s, "One holding of shares belongs") }) {
		t.Errorf("the notes do not say so: %q", r.Notes())
	}
}

// For a charitable incorporated organisation its own office may stand as the
// service address, so members' homes are not shown: SI 2012/3012, Sch.1 para.1.
func TestServiceAddress_CIO_Sch1_1(t *testing.T) {
	r := make3(t, law.CharityCIO, "2026-11-21")
	for _, e := range r.Entries {
		if e.ServiceAddress != "Ferry Lane, Lydney" || e.PostalAddress != "" {
			t.Errorf("service address %q, postal address %q", e.ServiceAddress, e.PostalAddress)
		}
	}
	c := make3(t, law.CICShares, "2026-11-21")
	if c.Entries[0].ServiceAddress != "1 Weir Lane, Lydney" {
		t.Errorf("a company's register shows %q", c.Entries[0].ServiceAddress)
	}
}

// The same members in another order give the same bytes.
func TestOutputs_AreDeterministic(t *testing.T) {
	form := formOf(t, law.BenefitSociety, "2026-11-21")
	a, b := source(t), source(t)
	slices.Reverse(b.Rows)
	one, two := register.New(form, day("2026-11-21"), a), register.New(form, day("2026-11-21"), b)
	if csvOf(t, one) != csvOf(t, two) || jsonOf(t, one) != jsonOf(t, two) {
		t.Error("the order of the input shows in the output")
	}
}

// Whatever opens the CSV gets the cells as they are, and no spreadsheet runs one as
// a formula.
func TestCSV_FormulasAreEscaped(t *testing.T) {
	in := source(t)
	evil := []string{`=HYPERLINK("http://x")`, "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "Plain, with \"quotes\"", "two\nlines", "\u200b=1"}
	in.Rows = nil
	for i, name := range evil {
		in.Rows = append(in.Rows, member.Row{Number: i + 1, MemberID: "x", Person: "x", Name: name, Entered: day("2024-01-01")})
	}
	text := csvOf(t, register.New(formOf(t, law.BenefitSociety, "2026-11-21"), day("2026-11-21"), in))
	if strings.Count(text, "\r\n") != len(evil)+1 || strings.Count(text, "\n") != len(evil)+1 {
		t.Errorf("a row is not a line:\n%q", text)
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`'=HYPERLINK("http://x")`, "'+1", "'-1", "'@SUM(A1)", "'=1", "' =1", "'＝1", "Plain, with \"quotes\"", "two lines", "'\u200b=1"}
	for i, w := range want {
		if rows[i+1][1] != w {
			t.Errorf("%q became %q, want %q", evil[i], rows[i+1][1], w)
		}
	}
}

// The JSON form has the law of every column, and no field beyond the columns.
func TestJSON(t *testing.T) {
	var got struct {
		View    string `json:"view"`
		On      string `json:"on"`
		Members int    `json:"members"`
		Former  int    `json:"former_members"`
		Columns []struct{ Field, Citation, Checked string }
		Entries []map[string]any
		Notes   []string
	}
	r := make3(t, law.BenefitSociety, "2026-11-21")
	if err := json.Unmarshal([]byte(jsonOf(t, r)), &got); err != nil {
		t.Fatal(err)
	}
	if got.View != "full" || got.On != "2026-11-21" || got.Members != 2 || got.Former != 2 || len(got.Entries) != 4 {
		t.Errorf("%+v", got)
	}
	for _, c := range got.Columns {
		if c.Citation == "" || c.Checked == "" {
			t.Errorf("column %s has no law", c.Field)
		}
	}
	if len(got.Entries[0]) != len(got.Columns)+1 || got.Entries[0]["amount-paid"] != 1150.0 || got.Entries[0]["date-ceased"] != nil {
		t.Errorf("entry %v", got.Entries[0])
	}
	if !slices.ContainsFunc(got.Notes, func(s string) bool { return strings.HasPrefix(s, "Name, Postal address: As the record has it today.") }) {
		t.Errorf("the notes do not say that names are as of today: %q", got.Notes)
	}
}

// An empty register is a heading and nothing else, in both forms.
func TestOutputs_Empty(t *testing.T) {
	r := register.New(formOf(t, law.BenefitSociety, "2026-11-21"), day("2026-11-21"), register.Source{})
	if got := lines(csvOf(t, r)); len(got) != 1 || !strings.HasPrefix(got[0], "Number,Name,") {
		t.Errorf("%q", got)
	}
	if !json.Valid([]byte(jsonOf(t, r))) {
		t.Error("the JSON is not JSON")
	}
}

// The page is in order of surname, whatever its accents, under letters.
func TestPage(t *testing.T) {
	p := make3(t, law.BenefitSociety, "2026-11-21").Page()
	var got []string
	for _, s := range p.Sections {
		for _, l := range s.Lines {
			got = append(got, s.Letter+" "+l.Number+" "+l.Cells[0])
		}
	}
	want := []string{"A 2 Bryn Ånestad", "M 3 Cadi Moss", "M 3 Cadi Moss", "P 1 Amara Pryce"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if p.On != "21 November 2026" || !strings.HasPrefix(p.Lead, "2 members on 21 November 2026, and 2 former members.") {
		t.Errorf("on %q, lead %q", p.On, p.Lead)
	}
	if len(p.Law) != 1 || !strings.Contains(p.Law[0], "s.30(2)") {
		t.Errorf("law %q", p.Law)
	}
	if cell := p.Sections[2].Lines[0].Cells[5]; cell != "£11.50" {
		t.Errorf("amount paid reads %q", cell)
	}
}

func TestLedger(t *testing.T) {
	var out bytes.Buffer
	r := make3(t, law.BenefitSociety, "2026-11-21")
	if err := r.WriteLedger(&out); err != nil {
		t.Fatal(err)
	}
	rows := lines(out.String())
	if len(rows) != 6 || rows[3] != "3,issue,2024-06-01,2024-06-01T09:00:00.000Z,community,7,,1,,,10.50,," {
		t.Errorf("%q", rows)
	}
	if !strings.HasSuffix(rows[5], `,"'=left, said ""goodbye"""`) {
		t.Errorf("%q", rows[5])
	}
	out.Reset()
	if err := make3(t, law.BenefitSociety, "2024-04-30").WriteLedger(&out); err != nil {
		t.Fatal(err)
	}
	if n := len(lines(out.String())); n != 2 {
		t.Errorf("by 30 April 2024 there was one entry, and %d lines are there", n)
	}
	view, err := r.ViewOf(law.Member, "")
	if err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if err := view.WriteLedger(&out); err != nil || len(lines(out.String())) != 1 {
		t.Errorf("a view gives the ledger away: %q, %v", out.String(), err)
	}
}
