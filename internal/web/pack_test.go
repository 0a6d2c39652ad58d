package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

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
	b.get("/evidence/pack").want(http.StatusOK).says("Of three measures, one shows a change for the better; one is not charted.", "Words used here", "How the measures vary")
	b.get("/evidence/pack/absence").want(http.StatusOK).says("(better)", "A change for the better", "it is too early to judge the target", "What can we say about cause?", "Counted", "Compared", "Tested", "Words used here", "We do not yet know why")
	b.get("/evidence/pack/falls").want(http.StatusOK).says("one month stood out, July 2024, and nothing has since", "Usual variation", "There is nothing to explain.").lacks("We do not yet know why")
	b.get("/evidence/pack/turnover").want(http.StatusOK).says("No chart is drawn", "no control chart is drawn", "ninety-eight").lacks(`class="cw-svg`)
	alone := b.get("/evidence/pack.html").want(http.StatusOK).says("(better)", "one month stood out", "no control chart is drawn", "Counted: Yes.")
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
	if sheets := book.GetSheetList(); len(sheets) != 4 {
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
	b.post("/evidence/pack/edit", "indicator", "", "target", "").want(http.StatusUnprocessableEntity).says("measure is named")
	wrong := b.post("/evidence/pack/edit", "indicator", "absence", "target", "few").want(http.StatusUnprocessableEntity).says(`"few" is not a number`)
	if !strings.Contains(wrong.Body, `value="few"`) {
		t.Error("what was typed is not kept")
	}
	b.post("/evidence/pack/edit", "indicator", "absence", "peers", "friends").want(http.StatusUnprocessableEntity).says(`"friends"`)
	b.post("/evidence/pack/edit", "indicator", "absence", "target", "5").leads("/evidence/pack?done=put")
	b.post("/evidence/pack/absence/edit", "target", "5", "position", "2").want(http.StatusUnprocessableEntity).says("This is not a place in the pack.")
	b.post("/evidence/pack/absence/edit", "target", "5", "position", "1", "rebase-day", "1", "rebase-month", "4", "rebase-year", "2024").want(http.StatusUnprocessableEntity).says("why the limits begin anew")
	b.post("/evidence/pack/absence/leave", "reason", "").want(http.StatusUnprocessableEntity)
	b.post("/evidence/pack/absence/leave", "reason", "The board looks at it elsewhere.").leads("/evidence/pack?done=left")
	b.get("/evidence/pack").want(http.StatusOK).says("What left the pack", "The board looks at it elsewhere.")
	b.get("/evidence/pack/absence").want(http.StatusNotFound)
	s.refused("/evidence/pack/edit")
}
