package published

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

func row(ods string, cells ...any) []any {
	return append([]any{ods, "Trust " + ods, "Community Trusts", "London", "-", "Occupation Group"}, cells...)
}

// The layout as published: a notes sheet without figures, a sheet of scores, a
// sheet of options; every figure arrives with its base and at full precision.
func TestRead_SurveyOrganisations(t *testing.T) {
	sink, report := read(t, workbookOf(t, notes(),
		themes(row("RAA", 7.0711903134080307, 414, 6.5, 410), row("NAX", 6.5, 1933, "-", "-")),
		question(row("RAA", 25.5, 74.5, 400), row("NAX", "-", "-", 61)),
	))
	sink.inOrder(t)
	if len(sink.rejections) > 0 {
		t.Errorf("a clean workbook was rejected: %v", sink.rejections)
	}
	if report.Format != FormatSurveyOrganisations || report.Values != 5 || report.Suppressed != 3 || report.Organisations != 2 || report.Rows != 4 {
		t.Errorf("report %+v", report)
	}
	if s := sink.sources[0]; s.Year != 2024 || len(s.SHA256) != 64 || !strings.Contains(s.Licence, "Open Government Licence v3.0. Source: NHS England (NHS Staff Survey 2024).") {
		t.Errorf("source %+v", s)
	}
	for k, want := range map[key]Value{
		{"RAA", "nss.E", "2024"}:          {ODS: "RAA", Measure: "nss.E", Period: "2024", Value: 7.0711903134080307, Base: 414},
		{"NAX", "nss.E_1", "2024"}:        {ODS: "NAX", Measure: "nss.E_1", Period: "2024", Suppressed: true},
		{"RAA", "nss2024.Q18.no", "2024"}: {ODS: "RAA", Measure: "nss2024.Q18.no", Period: "2024", Value: 74.5, Base: 400},
		// A hidden share keeps the base that the publisher shows beside it.
		{"NAX", "nss2024.Q18.yes", "2024"}: {ODS: "NAX", Measure: "nss2024.Q18.yes", Period: "2024", Base: 61, Suppressed: true},
	} {
		if got := sink.values[k]; got != want {
			t.Errorf("%v is %+v, want %+v", k, got, want)
		}
	}
	if o := sink.organisations["RAA"]; o.Region != "London" || o.ICS != "" || o.Group != "Community Trusts" {
		t.Errorf("organisation %+v", o)
	}
	if m := sink.measures["nss2024.Q18.yes"]; m.Label != "Saw an error or near miss" || m.Option != "Yes" || m.Kind != KindPercent {
		t.Errorf("measure %+v", m)
	}
}

// Each dirty row or cell is reported with its sheet, row and field, and what
// stands beside it goes in.
func TestRead_SurveyDirtyRows(t *testing.T) {
	for _, c := range []struct {
		name, why string
		rows      [][]any
		field     string
		reason    string
		values    int // figures stored all the same, of four in two clean rows
	}{
		{
			"bad code", "a name in the column of codes would become an organisation",
			[][]any{row("Trust A", 7, 400, 6, 400), row("RBB", 7, 400, 6, 400)},
			"ODS code", `"Trust A" is not an ODS code.`, 2,
		},
		{
			"England as a trust", "no row of organisations may pass for the country",
			[][]any{row("ENG", 7, 400, 6, 400), row("RBB", 7, 400, 6, 400)},
			"ODS code", `"ENG" is not an ODS code.`, 2,
		},
		{
			"duplicate", "two figures for one organisation cannot both be right",
			[][]any{row("RAA", 7, 400, 6, 400), row("RAA", 8, 400, 6, 400)},
			"", "RAA stands already in row 6.", 2,
		},
		{
			"text in a number cell", "only this cell is lost",
			[][]any{row("RAA", "n/a", 400, 6, 400), row("RBB", 7, 400, 6, 400)},
			"E, Staff Engagement - score", `RAA: "n/a" is not a number.`, 3,
		},
		{
			"hexadecimal", "Go's own parser would take it",
			[][]any{row("RAA", "0x1p1", 400, 6, 400), row("RBB", 7, 400, 6, 400)},
			"E, Staff Engagement - score", `RAA: "0x1p1" is not a number.`, 3,
		},
		{
			"missing base", "a figure without a base cannot be given a range",
			[][]any{row("RAA", 7, nil, 6, 400), row("RBB", 7, 400, 6, 400)},
			"E, Staff Engagement - score", "RAA: there is a figure but no number of answers.", 3,
		},
		{
			"base not whole", "half an answer is a slip",
			[][]any{row("RAA", 7, 400.5, 6, 400), row("RBB", 7, 400, 6, 400)},
			"E, base", `RAA: "400.5" is not a number of answers.`, 3,
		},
		{
			"out of scale", "a percentage in the place of a score",
			[][]any{row("RAA", 71, 400, 6, 400), row("RBB", 7, 400, 6, 400)},
			"E, Staff Engagement - score", `RAA: "71" is not between 0 and 10.`, 3,
		},
		{
			"empty cell", "empty is not hidden and not nought",
			[][]any{row("RAA", 7, 400, nil, 400), row("RBB", 7, 400, 6, 400)},
			"E_1, E_1 - score", "RAA: the cell is empty.", 3,
		},
		{
			"no name", "a code alone cannot be shown to people",
			[][]any{{"RAA", nil, "Community Trusts", "-", "-", "-", 7, 400, 6, 400}, row("RBB", 7, 400, 6, 400)},
			"Organisation name", "RAA has no name.", 2,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			sink, report := read(t, workbookOf(t, themes(c.rows...)))
			if len(sink.rejections) != 1 {
				t.Fatalf("%s: rejections %v, want one", c.why, sink.rejections)
			}
			r := sink.rejections[0]
			if r.Sheet != "THEMES" || (r.Row != 6 && r.Row != 7) || r.Field != c.field || r.Reason != c.reason || r.Remedy == "" {
				t.Errorf("%s: rejection %+v", c.why, r)
			}
			if report.Values != c.values {
				t.Errorf("%s: %d values went in, want %d", c.why, report.Values, c.values)
			}
		})
	}
}

// A blank row between rows is no fault.
func TestRead_SurveyBlankRow(t *testing.T) {
	_, report := read(t, workbookOf(t, themes(row("RAA", 7, 400, 6, 400), []any{}, []any{" "}, row("RBB", 7, 400, 6, 400))))
	if report.Rejected != 0 || report.Blank != 2 || report.Rows != 2 || report.Values != 4 {
		t.Errorf("report %+v", report)
	}
}

// An unexpected heading costs its own column or question, never its neighbours.
func TestRead_SurveyUnexpectedHeadings(t *testing.T) {
	lead := func(more ...any) []any { return append(append([]any{}, organisationHeads...), more...) }
	over := func(more ...any) []any { return append([]any{title, nil, nil, nil, nil, nil}, more...) }
	for _, c := range []struct {
		name      string
		questions []any
		heads     []any
		cells     []any
		reason    string
		values    int
	}{
		{
			"a column that is no option", over("Q18 - Errors?"), lead("% Yes", "Comment", "Base (number of responses)"),
			[]any{50, "x", 100},
			"This heading is neither an option, a score nor a base.", 1,
		},
		{
			"a question without a base", over("Q18 - Errors?", nil, "Q21 - Respect?"), lead("% Yes", "% No", "% Yes", "Base (number of responses)"),
			[]any{50, 50, 40, 100},
			"This question has no column for its base.", 1,
		},
		{
			"an unknown question", over("Z9 - Other?", nil, "Q21 - Respect?"), lead("% Yes", "Base (number of responses)", "% Yes", "Base (number of responses)"),
			[]any{50, 100, 40, 100},
			"This is not a question or score of the survey.", 1,
		},
		{
			"a question twice", over("Q21 - Respect?", nil, "Q21 - Respect?"), lead("% Yes", "Base (number of responses)", "% Yes", "Base (number of responses)"),
			[]any{50, 100, 40, 100},
			"This question stands twice.", 1,
		},
		{
			"an option twice", over("Q21 - Respect?"), lead("% Yes", "% Yes", "Base (number of responses)"),
			[]any{50, 40, 100},
			"This option stands twice.", 1,
		},
		{
			"a score that does not exist", over("PP9 - Joy", nil, "Q21 - Respect?"), lead("PP9 - score", "Base (number of responses)", "% Yes", "Base (number of responses)"),
			[]any{5, 100, 40, 100},
			"This is not a question or score of the survey.", 1,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			sink, report := read(t, workbookOf(t, sheetOf{"S", [][]any{c.questions, {}, c.heads, row("RAA", c.cells...)}}))
			if len(sink.rejections) != 1 || sink.rejections[0].Reason != c.reason || sink.rejections[0].Row != 3 {
				t.Errorf("rejections %v", sink.rejections)
			}
			if report.Values != c.values {
				t.Errorf("%d values, want %d", report.Values, c.values)
			}
		})
	}
}

// A sheet of another year, one of the other workbook and one whose headings
// were changed are left out whole, each with its reason; the same question on a
// second sheet is read once. Notes and empty sheets are no fault.
func TestRead_SurveyOddSheets(t *testing.T) {
	old := question(row("RAA", 25, 75, 400))
	old.name, old.rows[0] = "OLD", append([]any{strings.Replace(title, "2024", "2023", 1)}, old.rows[0][1:]...)
	again := themes(row("RAA", 9, 400, 9, 400))
	again.name = "AGAIN"
	other := sheetOf{"OTHER", [][]any{{title, nil, nil, nil, "E_1 - Motivation"}, {"Base", "Breakdown", "Breakdown subgroup", "Weighting", "E_1 - score", "Base (number of responses)"}, {"National", nil, nil, "x", 6, 100}}}
	renamed := themes(row("RAA", 9, 400, 9, 400))
	renamed.name, renamed.rows[4] = "RENAMED", append([]any{"Code"}, renamed.rows[4][1:]...)
	sink, report := read(t, workbookOf(t, notes(), themes(row("RAA", 7, 400, 6, 400)), old, again, other, renamed, sheetOf{name: "EMPTY"}))
	var reasons []string
	for _, r := range sink.rejections {
		reasons = append(reasons, r.Sheet+": "+r.Reason)
	}
	want := []string{
		"OLD: The sheet is of 2023 and the workbook of 2024.",
		"AGAIN: This question stands also on sheet THEMES.", "AGAIN: This question stands also on sheet THEMES.",
		"OTHER: This sheet belongs to the other workbook of the survey.",
		"RENAMED: The sheet has no row with the headings of the survey.",
	}
	if !slices.Equal(reasons, want) {
		t.Errorf("rejections\n%s\nwant\n%s", strings.Join(reasons, "\n"), strings.Join(want, "\n"))
	}
	if report.Values != 2 {
		t.Errorf("%d values, want 2", report.Values)
	}
}

// An organisation cannot change its benchmarking group from sheet to sheet.
func TestRead_SurveyGroupChanges(t *testing.T) {
	moved := row("RAA", 25, 75, 400)
	moved[2] = "Ambulance Trusts"
	sink, report := read(t, workbookOf(t, themes(row("RAA", 7, 400, 6, 400)), question(moved)))
	if len(sink.rejections) != 1 || sink.rejections[0].Field != "Benchmarking group" || report.Values != 2 {
		t.Errorf("rejections %v, report %+v", sink.rejections, report)
	}
}

// The national workbook: England, and parts of its staff under codes that no
// organisation can have.
func TestRead_SurveyNational(t *testing.T) {
	sheet := sheetOf{"THEMES", [][]any{
		{title, nil, nil, nil, "Staff Engagement - Staff engagement"},
		{},
		{},
		{},
		{"Base", "Breakdown", "Breakdown subgroup", "Weighting", "Staff Engagement - score", "Base (number of responses)"},
		{"National", nil, nil, "Organisation Size and Occupation Group", 6.8461455725992479, 745006},
		{"National", "Age", "66+", "Organisation Size", 7.1, 13406},
		{"National", "Gender", "Prefer not to say", "Organisation Size", "-", "-"},
		{"National", "Age", nil, "Organisation Size", 7.1, 13406},
		{"Regional", "Age", "66+", "Organisation Size", 7.1, 13406},
	}}
	sink, report := read(t, workbookOf(t, sheet))
	sink.inOrder(t)
	if report.Format != FormatSurveyNational || report.Values != 2 || report.Suppressed != 1 || report.Rejected != 2 {
		t.Errorf("report %+v, %v", report, sink.rejections)
	}
	if v := sink.values[key{England, "nss.E", "2024"}]; v.Value != 6.8461455725992479 || v.Base != 745006 {
		t.Errorf("England %+v", v)
	}
	if o := sink.organisations["ENG/age/66-plus"]; o.Scope != ScopeBreakdown || o.Breakdown != "Age" || o.Part != "66+" {
		t.Errorf("breakdown %+v", o)
	}
}

// The sink's own error stops the import and comes back.
func TestRead_SinkErrorStops(t *testing.T) {
	full := errors.New("disk full")
	_, err := Read(context.Background(), workbookOf(t, themes(row("RAA", 7, 400, 6, 400))), failing{full})
	if !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
}

type failing struct{ err error }

func (f failing) Source(Source) error             { return nil }
func (f failing) Organisation(Organisation) error { return nil }
func (f failing) Measure(Measure) error           { return nil }
func (f failing) Value(Value) error               { return f.err }
func (f failing) Reject(Rejection) error          { return nil }

// A file in which nothing fits is a wrong file: reading stops with an error
// instead of handing over rejections without end.
func TestRead_TooManyRejections(t *testing.T) {
	if testing.Short() {
		t.Skip("a file of very many rows that are all wrong")
	}
	var rows [][]any
	for range MaxRejected + 1 {
		rows = append(rows, row("not a code", 7, 400, 6, 400))
	}
	sink := newMemory()
	_, err := Read(t.Context(), workbookOf(t, themes(rows...)), sink)
	if err == nil || !strings.Contains(err.Error(), "more than 10000 parts of the file do not fit") || len(sink.rejections) != MaxRejected {
		t.Errorf("error %v after %d rejections", err, len(sink.rejections))
	}
}

// A cancelled import stops.
func TestRead_Cancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, workbookOf(t, themes(row("RAA", 7, 400, 6, 400))), newMemory()); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// Whatever the headings, every column that is read lies inside the row, under
// its own question, and none is read twice.
func FuzzHeading(f *testing.F) {
	f.Add("t\t\t\t\t\t\tQ18 - Errors?\t\t\tE_1 - Motivation", "ODS code\tOrganisation name\tBenchmarking group\tRegion\tICS\tWeighting\t% Yes\t% No\tBase (number of responses)\tE_1 - score\tBase (number of responses)")
	f.Add("t\tQ1 - a\tQ1 - b", "ODS code\t% x\t%\tBase (number of responses)\tBase (number of responses)")
	f.Fuzz(func(t *testing.T, questions, heads string) {
		h := strings.Split(heads, "\t")
		l, _ := heading("S", 5, 2024, strings.Split(questions, "\t"), h, organisationLead)
		seen := map[int]bool{}
		for _, b := range l.blocks {
			for _, at := range append([]int{b.base}, columnsAt(b)...) {
				if at < 0 || at >= len(h) || seen[at] {
					t.Errorf("column %d of %d is read twice or does not exist", at, len(h))
				}
				seen[at] = true
			}
		}
	})
}

func columnsAt(b block) []int {
	var at []int
	for _, c := range b.columns {
		at = append(at, c.at)
	}
	return at
}

// Whatever the bytes of a workbook, reading ends with a report or an error.
func FuzzRead_Workbook(f *testing.F) {
	whole := workbookOf(f, themes(row("RAA", 7, 400, 6, 400)))
	content := make([]byte, whole.Size)
	if _, err := whole.Content.ReadAt(content, 0); err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Fuzz(func(t *testing.T, content []byte) {
		sink := newMemory()
		if _, err := Read(context.Background(), fileOf("f.xlsx", content), sink); err == nil {
			sink.inOrder(t)
		}
	})
}
