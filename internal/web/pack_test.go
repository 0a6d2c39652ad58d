package web_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"commonweal/internal/base/policy"
	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/pack"
)

// monthsOf are figures of three years: settled, but for what happens at the end.
func monthsOf(at func(month int) float64) string {
	var b strings.Builder
	b.WriteString("month,value\n")
	for i := range 36 {
		fmt.Fprintf(&b, "%d-%02d,%.2f\n", 2023+i/12, i%12+1, at(i))
	}
	return b.String()
}

func wobble(i int) float64 { return []float64{0, 0.3, -0.2, 0.1, -0.3, 0.2, -0.1}[i*5%7] }

// The pack shows a change that is real, is calm about one month that chance made high, and
// draws no chart of a window that moves; as a page, as one page that stands alone, as CSV
// and as a workbook, and everywhere the same.
func TestPack_ThreeStories(t *testing.T) {
	s := newSite(t)
	s.measured("absence", monthsOf(func(i int) float64 {
		if i >= 26 {
			return 4.2 + wobble(i)
		}
		return 5.5 + wobble(i)
	}), "month", "value", "")
	s.measured("falls", monthsOf(func(i int) float64 {
		if i == 18 {
			return 8
		}
		return 5 + wobble(i)
	}), "month", "value", "")
	rolling := defineRolling(s)
	for _, m := range []pack.Measure{{Indicator: "absence", Target: "5"}, {Indicator: "falls", Target: "6"}, {Indicator: rolling}} {
		if _, err := s.House.Packs.Put(s.ctx, s.Secretary, "severn", m); err != nil {
			t.Fatal(err)
		}
	}
	b := s.as(s.Secretary)
	front := b.get("/evidence/pack").want(http.StatusOK).says("Of three measures, one shows a change for the better; one is not charted.", "Words used here", "How the measures vary")
	if empty := strings.Count(front.Body, `class="cw-nothing"`); empty != 5*4-3 {
		t.Errorf("%d cells of the matrix are left out on a phone, of 20 in which 3 hold a measure", empty)
	}
	b.get("/evidence/pack/absence").want(http.StatusOK).says("(better)", "A change for the better", "it is too early to judge the target", "What can we say about cause?", "Counted", "Compared", "Tested", "Words used here", "We do not yet know why")
	b.get("/evidence/pack/falls").want(http.StatusOK).says("one month stood out, July 2024, and nothing has since", "Usual variation", "There is nothing to explain.").lacks("We do not yet know why")
	b.get("/evidence/pack/turnover").want(http.StatusOK).says("No chart is drawn", "no control chart is drawn", "ninety-eight").lacks(`class="cw-svg`)
	alone := b.get("/evidence/pack.html").want(http.StatusOK).says("(better)", "one month stood out", "no control chart is drawn", "Counted: Yes.",
		"Better none none none Absence", "Not judged none none none Turnover", "Words used here", "Nearly all figures lie between them")
	// Printed, a measure has a sheet: its table stands at the end of the whole, once.
	alone.says("Every figure", "Absence, month by month")
	if strings.Contains(alone.Body, "<details") || strings.Count(alone.Body, `id="control-absence-table"`) != 1 || strings.Index(alone.Body, `id="control-absence-table"`) < strings.LastIndex(alone.Body, `role="img"`) {
		t.Error("a table stands between the charts of the page that stands alone")
	}
	b.get("/evidence/pack/absence").says("See these figures as a table", "Every figure")
	alone.lacks("<script", "<link", `src="`, "url(")
	if strings.Count(alone.Body, `role="img"`) < 4 || !strings.Contains(alone.Body, "@media print") {
		t.Error("the page that stands alone has no charts, or cannot be printed")
	}
	csv := b.get("/evidence/pack.csv").want(http.StatusOK)
	if rows := strings.Count(csv.Body, "\n"); rows != 1+3*36 {
		t.Errorf("the CSV has %d rows", rows)
	}
	book, err := excelize.OpenReader(bytes.NewReader([]byte(b.get("/evidence/pack.xlsx").want(http.StatusOK).Body)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	if sheets := book.GetSheetList(); len(sheets) != 6 {
		t.Errorf("sheets: %v", sheets)
	}
	if said, err := book.GetCellValue("Pack", "A2"); err != nil || !strings.HasPrefix(said, "Of three measures") {
		t.Errorf("%q, %v", said, err)
	}
	s.as("").get("/evidence/pack").leads("/sign-in")
}

// defineRolling makes a measure of a moving year.
func defineRolling(s *site) string {
	s.t.Helper()
	d := measureDefinition(s, "turnover")
	d.Covers = 12
	s.loaded(d, monthsOf(func(i int) float64 { return 11 + wobble(i) }), "month", "value", "")
	return d.Code
}

// What is typed wrongly stands at its field, and what was typed is kept.
func TestPack_WrongInput(t *testing.T) {
	s := newSite(t)
	s.measured("absence", monthsOf(func(i int) float64 { return 5 + wobble(i) }), "month", "value", "")
	b := s.as(s.Secretary)
	b.get("/evidence/pack").want(http.StatusOK).says("No measure has been chosen yet")
	b.post("/evidence/pack/edit", "indicator", "", "target", "").want(http.StatusUnprocessableEntity).says("Choose a measure.")
	wrong := b.post("/evidence/pack/edit", "indicator", "absence", "target", "few").want(http.StatusUnprocessableEntity).says(`"few" is not a number`)
	if !strings.Contains(wrong.Body, `value="few"`) {
		t.Error("what was typed is not kept")
	}
	b.post("/evidence/pack/edit", "indicator", "absence", "peers", "friends").want(http.StatusUnprocessableEntity).says(`"friends"`)
	b.post("/evidence/pack/edit", "indicator", "absence", "target", "5").leads("/evidence/pack?done=put")
	b.post("/evidence/pack/absence/edit", "target", "5", "position", "2").want(http.StatusUnprocessableEntity).says("This is not a place in the pack.")
	b.post("/evidence/pack/absence/edit", "target", "5", "position", "1", "rebase-day", "1", "rebase-month", "4", "rebase-year", "2024").want(http.StatusUnprocessableEntity).says("why the limits begin anew")
	anew := []string{"target", "5", "position", "1", "rebase-day", "1", "rebase-month", "4", "rebase-year", "2024", "why", "A ward closed."}
	b.post("/evidence/pack/absence/edit", anew...).want(http.StatusUnprocessableEntity).says("why the measure is shown in another way", "A ward closed.")
	b.post("/evidence/pack/absence/edit", "target", "5", "position", "1", "rebase-day", "31", "rebase-month", "2", "rebase-year", "2024", "why", "x", "reason", "y").want(http.StatusUnprocessableEntity)
	for day, says := range map[string]string{"15": "the first day of a month: 1 April 2024, or 1 May 2024", "0": "is not a day"} {
		b.post("/evidence/pack/absence/edit", "target", "5", "position", "1", "rebase-day", day, "rebase-month", "4", "rebase-year", "2024", "why", "A ward closed.", "reason", "y").want(http.StatusUnprocessableEntity).says(says, "A ward closed.")
	}
	b.post("/evidence/pack/absence/edit", "target", "5", "position", "1", "rebase-day", "1", "rebase-month", "4", "rebase-year", "1999", "why", "x", "reason", "y").want(http.StatusUnprocessableEntity).says("There are no figures of 1 April 1999; they are from")
	b.post("/evidence/pack/absence/edit", "target", "5", "position", "1").leads("/evidence/pack?done=same")
	b.get("/evidence/pack?done=same").want(http.StatusOK).says("Nothing was changed")
	b.get("/evidence/pack/absence").want(http.StatusOK).lacks("What was changed")
	b.post("/evidence/pack/absence/leave", "reason", "").want(http.StatusUnprocessableEntity)
	b.post("/evidence/pack/absence/leave", "reason", "The board looks at it elsewhere.").leads("/evidence/pack?done=left")
	b.get("/evidence/pack").want(http.StatusOK).says("What left the pack", "The board looks at it elsewhere.")
	b.get("/evidence/pack/absence").want(http.StatusNotFound)
	s.refused("/evidence/pack/edit")
}

// Whoever flatters the figures leaves a trace that every member sees on the measure's page,
// in the page that stands alone, and for programs: a definition that is turned round, a
// figure that is loaded anew, another target, other peers, limits that begin anew, a
// measure that leaves and comes back.
func TestPack_EveryChangeIsSeen(t *testing.T) {
	s := newSite(t)
	s.measured("absence", monthsOf(func(i int) float64 { return 5 + wobble(i) }), "month", "value", "")
	b := s.as(s.Secretary)
	b.post("/evidence/pack/edit", "indicator", "absence", "target", "5").leads("/evidence/pack?done=put")
	b.get("/evidence/pack").want(http.StatusOK).lacks("Changed once", "What left the pack")

	const here = "/evidence/indicators/absence"
	better := []byte("month,value\n2025-12,3.50\n")
	loading := []string{"period", "month", "value", "value", "numerator", "", "denominator", ""}
	b.upload(here+"/import", "again.csv", better, loading...).want(http.StatusUnprocessableEntity).says("One figure says something else than before; the first is of December 2025, which was 5 and would be 3.5: say why")
	b.upload(here+"/import", "again.csv", better, append(loading, "reason", "Two wards sent theirs late.")...).want(http.StatusSeeOther)
	b.get(here).want(http.StatusOK).says("Figures that were revised", "December 2025 all of us 5.00 3.50 Two wards sent theirs late.", "again.csv")

	definition := []string{"name", "Absence", "about", "How much.", "kind", "value", "unit", "%", "decimals", "1", "every", "month", "covers", "1", "source", "Payroll", "starts-day", "1", "starts-month", "1", "starts-year", "2023"}
	b.post(here+"/revise", append(definition, "direction", "up", "reason", "")...).want(http.StatusUnprocessableEntity)
	b.post(here+"/revise", append(definition, "direction", "up", "reason", "Presence is good.")...).leads(here)
	b.get(here).want(http.StatusOK).says("Better is: “higher”, before “lower”.", "Presence is good.")

	b.post("/evidence/pack/absence/edit", "target", "6", "peers", "parts", "position", "1", "rebase-day", "1", "rebase-month", "4", "rebase-year", "2024", "why", "A ward closed.", "reason", "We set our sights on parts.").leads("/evidence/pack?done=put")
	traces := []string{
		"The measure was defined anew. Better was lower, and is now higher.", "Presence is good.",
		"One figure was revised. December 2025 said 5.00% and now says 3.50%.", "Two wards sent theirs late.",
		"Its target was 5%, and is now 6%. It was set beside nobody, and is now set beside parts of our own. The limits begin anew in April 2024.", "We set our sights on parts.",
	}
	director := s.officer(policy.Director)
	member := s.as(director)
	member.get("/evidence/pack").want(http.StatusOK).says("Changed 3 times, last on")
	member.get("/evidence/pack/absence").want(http.StatusOK).says(append(traces, "What was changed", "The limits begin anew on 1 April 2024: A ward closed.")...)
	member.get("/evidence/pack.html").want(http.StatusOK).says(append(traces, "What was changed")...)

	b.post("/evidence/pack/absence/leave", "reason", "It looked bad.").leads("/evidence/pack?done=left")
	member.get("/evidence/pack").want(http.StatusOK).says("What left the pack", "Absence", "It looked bad.")
	s.Clock.Set(s.Clock.Now().AddDate(0, 0, 3))
	b = s.as(s.Secretary)
	b.post("/evidence/pack/edit", "indicator", "absence", "target", "6").leads("/evidence/pack?done=put")
	member = s.as(director)
	member.get("/evidence/pack").want(http.StatusOK).says("What left the pack", "It looked bad.")
	member.get("/evidence/pack/absence").want(http.StatusOK).says(append(traces, "It left the pack. It looked bad.", "It came back into the pack. It was set beside parts of our own, and is now set beside nobody.")...)
	member.get("/evidence/pack.html").want(http.StatusOK).says("Measures that left the pack", "It looked bad.")
	book, err := excelize.OpenReader(bytes.NewReader([]byte(member.get("/evidence/pack.xlsx").want(http.StatusOK).Body)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	if rows, err := book.GetRows("Changed"); err != nil || len(rows) != 3+6 {
		t.Errorf("what was changed, in the workbook: %q, %v", rows, err)
	}
}

// What members do is offered for the pack beside what is loaded, each with its definition.
func TestPack_OffersWhatMembersDo(t *testing.T) {
	s := newSite(t)
	b := s.as(s.Secretary)
	b.get("/evidence/pack/edit").want(http.StatusOK).says("Turnout in votes (The record of our votes)", "Proposals answered (The record of our votes)",
		"Actions done by their day (Our list of actions after surveys)", "Concerns closed by their day (Our list of actions after surveys)")
	for code, says := range map[string]string{
		"activity-turnout": "Each contest has a figure of its own", "activity-proposals-answered": "One that was abandoned counts as not answered.",
		"activity-concerns-closed": "What somebody told a guardian in confidence is not counted here.", "activity-actions-done": "done by the day first agreed",
	} {
		b.get("/evidence/indicators/"+code).want(http.StatusOK).says(says, "There are no figures yet.")
		b.post("/evidence/pack/edit", "indicator", code, "peers", "parts").leads("/evidence/pack?done=put")
		b.get("/evidence/pack/"+code).want(http.StatusOK).says("there are no figures yet", "No chart is drawn")
	}
}

// The page of a measure shows its parts beside the whole: teams, or the contests of a vote.
func TestIndicators_ShowParts(t *testing.T) {
	s := newSite(t)
	s.measured("absence", "month,value,ward\n2026-01,4.5,Wards\n2026-02,4.7,Wards\n2026-02,3.1,Therapies\n", "month", "value", "ward")
	s.as(s.Secretary).get("/evidence/indicators/absence").want(http.StatusOK).says("Parts of our own, the newest first", "Therapies February 2026 3.1", "Wards February 2026 4.7", "Wards January 2026 4.5").
		lacks("more figure")
}

// Whoever looks at a file first learns what would come of it, and nothing is kept; the same
// file kept twice is said to be the same.
func TestIndicators_LookFirst(t *testing.T) {
	s := newSite(t)
	s.measured("absence", "month,value\n2026-01,4.5\n", "month", "value", "")
	b := s.as(s.Secretary)
	const at = "/evidence/indicators/absence"
	load := func(file string, fields ...string) answer {
		return b.upload(at+"/import", "more.csv", []byte("month,value\n"+file), append([]string{"period", "month", "value", "value"}, fields...)...)
	}
	load("2026-01,4.6\n2026-02,x\n2026-03,4.4\n", "do", "look").want(http.StatusOK).
		says("2 figures would be kept. 1 row does not fit and would be left out. 1 figure says something else than before: say why when you keep them. Nothing was kept.", "What does not fit")
	b.get(at).want(http.StatusOK).says("January 2026 4.5").lacks("March 2026")
	load("2026-03,4.4\n", "do", "keep").leads(at + "/imports/")
	load("2026-03,4.4\n", "do", "look").want(http.StatusOK).says("This very file is loaded already: nothing would change. Nothing was kept.")
	b.get(at).want(http.StatusOK).says("March 2026 4.4", "Put it into the board pack")
	b.get(load("2026-03,4.4\n", "do", "keep").leads(at + "/imports/")).want(http.StatusOK).says("Nothing was kept twice.")
}

// Whoever defines a measure and forgets half of it is told of all of it at once; a revision
// that changes nothing is none.
func TestIndicators_WrongDefinition(t *testing.T) {
	s := newSite(t)
	b := s.as(s.Secretary)
	b.post("/evidence/indicators/new", "kind", "rate", "every", "month", "covers", "1", "decimals", "1").want(http.StatusUnprocessableEntity).
		says("Give the measure a code.", "Give the measure a name.", "Say in plain words what it tells.", "Say what is counted.", "Say out of what.", "Say in every how many", "Say which way is better.", "Say where the figures come from.", "The day is missing.")
	part := []string{
		"code", "missed", "name", "Missed visits", "about", "How many were missed.", "kind", "proportion", "numerator", "visits missed", "denominator", "visits booked", "decimals", "1",
		"direction", "down", "every", "month", "covers", "1", "starts-day", "1", "starts-month", "4", "starts-year", "2024", "source", "Diary",
	}
	b.post("/evidence/indicators/new", part...).leads("/evidence/indicators/missed?done=defined")
	b.get("/evidence/indicators/missed/revise").want(http.StatusOK).says("Revise: Missed visits")
	b.post("/evidence/indicators/missed/revise", append(part, "unit", "%", "reason", "It was asked.")...).want(http.StatusUnprocessableEntity).says("Nothing in the definition of measure missed is changed")
}

// Figures of a time that is not over, or of a year mistyped, are refused by row.
func TestIndicators_RefuseTheFuture(t *testing.T) {
	s := newSite(t)
	s.measured("absence", "month,value\n2026-01,4.5\n", "month", "value", "")
	s.as(s.Secretary).upload("/evidence/indicators/absence/import", "later.csv", []byte("month,value\n2062-02,4.5\n"), "period", "month", "value", "value").
		want(http.StatusUnprocessableEntity).says("Nothing in the file fits: row 2", "is not over yet: its last day is 28 February 2062")
}

// asked is a room that gives a measure of surveys, two of which fell into one year.
type asked struct {
	d indicator.Definition
	f indicator.Figure
}

func (a asked) Measures(context.Context, string) ([]indicator.Definition, error) {
	return []indicator.Definition{a.d}, nil
}

func (a asked) Figures(context.Context, string, string) ([]indicator.Figure, error) {
	return []indicator.Figure{a.f}, nil
}

// Two surveys of one kind in one period are two chances to look better: the page of the
// measure, its page in the pack and the page that stands alone say what the earlier said.
func TestPack_TwoSurveysInOnePeriod(t *testing.T) {
	s := newSite(t)
	d := measureDefinition(s, "survey-engagement")
	d.Every, d.N = indicator.Year, 1
	const says = "There was more than one survey in this time. This is Autumn survey. Before it: Spring survey said 6.9."
	s.House.Indicators = indicator.New(s.House.Journal, s.House.Published, asked{d, indicator.Figure{Period: s.day("2025-01-01"), Value: 7.1, Note: says}})
	b := s.as(s.Secretary)
	b.post("/evidence/pack/edit", "indicator", d.Code).leads("/evidence/pack?done=put")
	for _, at := range []string{"/evidence/indicators/survey-engagement", "/evidence/pack/survey-engagement", "/evidence/pack.html"} {
		b.get(at).want(http.StatusOK).says(says)
	}
}
