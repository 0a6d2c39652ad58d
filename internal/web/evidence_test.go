package web_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"commonweal/internal/base/policy"
	"commonweal/internal/prove/published"
)

// evidence is a site with the figures that the program carries.
func evidence(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	if err := s.House.CarryFigures(s.ctx); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *site) importFigures(name string, content []byte) published.Outcome {
	s.t.Helper()
	out, err := s.House.Published.Import(s.ctx, s.Secretary, "severn", published.File{Name: name, Content: bytes.NewReader(content), Size: int64(len(content))}, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

// surveyWorkbook is a survey of engagement laid out as the published one is.
func surveyWorkbook(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	all := append([][]any{
		{"NHS Staff Survey 2024 - WEIGHTED Results", nil, nil, nil, nil, nil, "Staff Engagement - Staff engagement"},
		{"THEMES"},
		{},
		{},
		{"ODS code", "Organisation name", "Benchmarking group", "Region", "ICS", "Weighting", "Staff Engagement - score", "Base (number of responses)"},
	}, rows...)
	for n, row := range all {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", n+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func surveyRow(ods, group string, score, base any) []any {
	return []any{ods, "Organisation " + ods, group, "London", "-", "Occupation Group", score, base}
}

// A year of absence for NAViGO and two trusts of the survey.
func absenceYear() []byte {
	var b strings.Builder
	b.WriteString("DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,ORG_TYPE,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT\n")
	for n, day := range []string{
		"30/04/2024", "31/05/2024", "30/06/2024", "31/07/2024", "31/08/2024", "30/09/2024",
		"31/10/2024", "30/11/2024", "31/12/2024", "31/01/2025", "28/02/2025", "31/03/2025",
	} {
		for i, ods := range []string{"NQL", "RY4", "RY5"} {
			fmt.Fprintf(&b, "%s,Y,North,Q,Q,%s,%s,Trust,%d,1000,%.2f\n", day, ods, ods, 40+n+10*i, float64(40+n+10*i)/10)
		}
	}
	return []byte(b.String())
}

// The benchmark page says what the figures say, with the seven mutuals by name,
// how sure we are, and where the figures come from.
func TestEvidence_Mutuals(t *testing.T) {
	s := evidence(t)
	s.as("").get("/evidence/mutuals").want(http.StatusOK).says(
		"Seven mutuals among NHS organisations",
		"Mutuals are at both ends. Two score higher than any community trust; one scores below England as a whole. Their middle is no higher than that of community trusts.",
		"7.07 median of the seven mutuals", "7.23 median of 14 community trusts", "6.84 median of 122 acute trusts", "6.85 England",
		"NAViGO 7.91 7.75 8.07 517",
		"Counted Yes.", "Compared Not shown. Seven is few.", "Tested Not yet.",
		"Likely range: 95%, worked out from the number of answers and a spread of 1.8 between people",
		"Contains public sector information licensed under the Open Government Licence v3.0. Source: NHS England",
	)
}

// Each measure that the form offers has its page; any other is not there.
func TestEvidence_EveryMeasureOffered(t *testing.T) {
	s := evidence(t)
	for _, code := range published.CarriedScores() {
		m, _ := published.ScoreOf(code)
		s.as("").get("/evidence/mutuals?measure="+code).want(http.StatusOK).
			says(m.Label+" by organisation", "Counted", "Compared", "Tested", "Open Government Licence")
	}
	s.as("").get("/evidence/mutuals?measure=Q99").want(http.StatusNotFound)
}

// An organisation stands beside its group and England, its place only with a
// range, on the carried figures alone.
func TestEvidence_Organisation(t *testing.T) {
	s := evidence(t)
	s.as("").get("/evidence/organisations/RY4").want(http.StatusOK).says(
		"Hertfordshire Community NHS Trust",
		"Hertfordshire Community scores 7.31, likely between 7.22 and 7.40. That is about the same as the middle of 14 community trusts (7.23) and above England as a whole (6.85).",
		"Its place is likely between 1st and 9th of 14.",
		"Flexible working 6.98", "4th to 8th of 14",
		"Hertfordshire Community lost 4.14% of its working days to sickness.",
		"The months are not here", "Open Government Licence",
	)
	s.as("").get("/evidence/organisations/NQL").want(http.StatusOK).
		says("It is the only one of its group in the survey").lacks("Place in its group")
	s.as("").get("/evidence/organisations/ry4").leads("/evidence/organisations/RY4")
	s.as("").get("/evidence/organisations/XXX").want(http.StatusNotFound).says("Nothing is published here about an organisation")
	s.as("").get("/evidence/organisations/%3Cscript%3E").want(http.StatusNotFound).lacks("<script>")
}

// Absence is joined by ODS code and drawn by month once the months are there.
func TestEvidence_AbsenceByMonth(t *testing.T) {
	s := evidence(t)
	s.importFigures("absence.csv", absenceYear())
	s.as("").get("/evidence/organisations/RY4").want(http.StatusOK).says(
		"Sickness absence by month", "Apr 24 5.0% 5.5% 5.0%", "Mar 25 6.1% 6.6% 6.1%",
		"lost 5.55% of its working days to sickness", "the middle of 2 community trusts (6.05%)", "England as a whole (5.55%)",
	).lacks("The months are not here")
	s.as("").get("/evidence/organisations/RYX").want(http.StatusOK).says("No sickness absence is published under the code RYX.")
	s.as("").get("/evidence/absence").want(http.StatusOK).says("One mutual among NHS organisations", "NAViGO", "Commissioning bodies and organisations with fewer than twelve months are left out")
}

// A figure that the publisher hid has one wording, and nothing on the page or
// in the files tells more.
func TestEvidence_HiddenStaysHidden(t *testing.T) {
	s := newSite(t)
	s.importFigures("survey.xlsx", surveyWorkbook(t,
		surveyRow("RAA", "Community Trusts", "-", 7), surveyRow("RBB", "Community Trusts", 7.2, 500), surveyRow("RCC", "Community Trusts", 7.1, 500)))
	a := s.as("").get("/evidence/organisations/RAA").want(http.StatusOK)
	a.says("This group’s results are not shown", "Staff engagement Not shown, to protect the people in it not shown not shown")
	a.lacks("of 3")
	file := s.as("").get("/evidence/organisations/RAA.json").want(http.StatusOK)
	if !strings.Contains(file.Body, `"value": null`) || strings.Contains(file.Body, "likely_low") || strings.Contains(file.Body, `"base":`) {
		t.Errorf("the file is %s", file.Body)
	}
}

// The list is found by name and group, in pages that lead on.
func TestEvidence_Organisations(t *testing.T) {
	s := evidence(t)
	nobody := s.as("")
	nobody.get("/evidence/organisations").want(http.StatusOK).says("Figures are published about 263 organisations", "Mutuals, community", "Page 1 of 6", "Next page")
	nobody.get("/evidence/organisations?page=6").want(http.StatusOK).says("Commissioning support units", "Page 6 of 6").lacks("Next page")
	for _, page := range []string{"0", "-3", "99", "x"} {
		nobody.get("/evidence/organisations?page=" + page).want(http.StatusOK).says("of 6")
	}
	nobody.get("/evidence/organisations?q=navigo").want(http.StatusOK).says("1 organisation was found", "NAViGO Health and Social Care CIC, NQL")
	nobody.get("/evidence/organisations?q=%22%3E%3Cscript%3E").want(http.StatusOK).says("Nothing was found").lacks("<script>")
	nobody.get("/evidence/organisations?group=Community+Trusts").want(http.StatusOK).says("14 organisations were found").lacks("Page 1")
}

// Files hold every organisation, all digits, the licence, and no formula.
func TestEvidence_Files(t *testing.T) {
	s := newSite(t)
	s.importFigures("survey.xlsx", surveyWorkbook(t,
		[]any{"RAA", `=HYPERLINK("http://x")`, "Community Trusts", "London", "-", "Occupation Group", 7.0711903134080307, 414},
		surveyRow("RBB", "Community Trusts", 7.2, 500)))
	for path, rows := range map[string]int{
		"/evidence/mutuals.csv?measure=E": 2, "/evidence/organisations.csv": 2, "/evidence/organisations/RAA.csv": 1, "/evidence/absence.csv": 0,
	} {
		a := s.as("").get(path).want(http.StatusOK)
		lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.Body, "\ufeff"))).ReadAll()
		if err != nil || len(lines) != rows+1 {
			t.Errorf("%s: %d lines, %v", path, len(lines), err)
			continue
		}
		for _, line := range lines[1:] {
			if !strings.Contains(line[len(line)-1], "Open Government Licence") {
				t.Errorf("%s: the row %q has no licence", path, line)
			}
			for _, cell := range line {
				if strings.HasPrefix(cell, "=") {
					t.Errorf("%s: the cell %q would run in a spreadsheet", path, cell)
				}
			}
		}
		if !strings.Contains(a.Header.Get("Content-Disposition"), ".csv") {
			t.Errorf("%s is not offered as a file: %v", path, a.Header)
		}
	}
	var file struct {
		Source  string
		Figures []struct {
			ODS   string
			Value json.Number
			Base  int
		}
	}
	a := s.as("").get("/evidence/mutuals.json?measure=E").want(http.StatusOK)
	if err := json.Unmarshal([]byte(a.Body), &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Figures) != 2 || file.Figures[0].Value != "7.071190313408031" || file.Figures[0].Base != 414 || !strings.Contains(file.Source, "Licence v3.0") {
		t.Errorf("the file is %+v", file)
	}
}

// What was imported, and what of it did not fit, is for those who may import.
func TestEvidence_Imports(t *testing.T) {
	s := evidence(t)
	out := s.importFigures("survey.xlsx", surveyWorkbook(t,
		surveyRow("RAA", "Community Trusts", "=1+1", 400), surveyRow("RBB", "Community Trusts", 7.2, 500)))
	here := "/evidence/imports/" + out.Import.ID
	s.refused("/evidence/imports", "/evidence/imports.csv", here, here+".csv", here+".json")
	for _, who := range []string{s.Secretary, s.officer(policy.EngagementLead)} {
		b := s.as(who)
		b.get("/evidence").want(http.StatusOK).says("Imported files")
		b.get("/evidence/imports").want(http.StatusOK).says("survey.xlsx", "in force", "nss2024.csv", "in part replaced", "1 part of them did not fit and was left out.")
		b.get(here).want(http.StatusOK).says("1 figure was stored.", "Sheet Sheet1, row 6", "is not a number.", "It is left out.")
		b.get(here + ".csv").want(http.StatusOK).says("Sheet1,6")
		b.get("/evidence/imports.csv").want(http.StatusOK).says("survey.xlsx")
		b.get("/evidence/imports/none").want(http.StatusNotFound)
	}
	s.as("").get("/evidence").want(http.StatusOK).lacks("Imported files")
}

// A published file is looked at first, and nothing is kept; then it is kept. What does
// not fit is shown by row either way.
func TestEvidence_LoadByLayout(t *testing.T) {
	s := evidence(t)
	const at = "/evidence/imports/new"
	file := []byte("quarter,region,icb,org_code,org,care_setting,responses,headcount,engagement,advocacy,involvement,motivation\n" +
		"202324Q1,SOUTH WEST,North,RZA,ALDER,Community Trusts,400,2000,6.9,7.1,6.8,6.8\n" +
		",SOUTH WEST,North,RZB,BIRCH,Community Trusts,310,1000,6.5,6.5,6.4,6.6\n")
	s.refused(at)
	b := s.as(s.Secretary)
	b.get("/evidence/imports").want(http.StatusOK).says("Load a published file")
	b.get(at).want(http.StatusOK).says("What can be read", "Hospital mortality (SHMI)", "Look only")
	b.upload(at, "pulse.csv", file, "do", "look").want(http.StatusOK).says("6 figures of 1 organisation would be kept", "Nothing was kept.", "Row 3", "The period is blank")
	b.get("/evidence/imports").want(http.StatusOK).lacks("pulse.csv")
	b.upload(at, "pulse.csv", file, "do", "keep").want(http.StatusSeeOther)
	b.get("/evidence/imports").want(http.StatusOK).says("pulse.csv", "National Quarterly Pulse Survey")
	b.get("/evidence/indicators/nhs-pulse-engagement").want(http.StatusOK).says("National Quarterly Pulse Survey")
	b.upload(at, "notes.csv", []byte("a,b\n1,2\n"), "do", "keep").want(http.StatusUnprocessableEntity).says("not a published file that can be read here")
	b.upload(at, "pulse.csv", nil, "do", "keep").want(http.StatusUnprocessableEntity).says("The file is empty. Choose the one that was published.")
}

// Before anything is there the pages say so, and nothing breaks.
func TestEvidence_EmptyMachine(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/evidence", "/evidence/mutuals", "/evidence/absence", "/evidence/organisations"} {
		s.as("").get(path).want(http.StatusOK).says("No published figures are here yet")
	}
	s.as(s.Secretary).get("/evidence/imports").want(http.StatusOK).says("No published figures are here yet")
	for _, path := range []string{"/evidence/mutuals.csv", "/evidence/mutuals.json", "/evidence/absence.json", "/evidence/organisations.csv"} {
		s.as("").get(path).want(http.StatusOK)
	}
}
