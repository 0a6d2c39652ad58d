package published

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
)

// Rows of the file Monthly-AE for March 2026 of NHS England (Open Government Licence v3.0),
// as they stand in it: regions with a space behind them, an organisation with its sites,
// sites of one that is not in the file, a practice, a trust with none but admissions.
const monthlyAE = `Period,Org Code,Parent Org,Org name,A&E attendances Type 1,A&E attendances Type 2,A&E attendances Other A&E Department,A&E attendances Booked Appointments Type 1,A&E attendances Booked Appointments Type 2,A&E attendances Booked Appointments Other Department,Attendances over 4hrs Type 1,Attendances over 4hrs Type 2,Attendances over 4hrs Other Department,Attendances over 4hrs Booked Appointments Type 1,Attendances over 4hrs Booked Appointments Type 2,Attendances over 4hrs Booked Appointments Other Department,Patients who have waited 4-12 hs from DTA to admission,Patients who have waited 12+ hrs from DTA to admission,Emergency admissions via A&E - Type 1,Emergency admissions via A&E - Type 2,Emergency admissions via A&E - Other A&E department,Other emergency admissions
MSitAE-MARCH-2026,C82009,NHS ENGLAND MIDLANDS ,MARKET HARBOROUGH MED.CTR,0,0,243,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0
MSitAE-MARCH-2026,NDJ,NHS ENGLAND SOUTH EAST ,FIRST COMMUNITY HEALTH AND CARE CIC,0,0,2366,0,0,0,0,0,25,0,0,0,0,0,0,0,0,0
MSitAE-MARCH-2026,NTV0B,NHS ENGLAND SOUTH EAST ,ASHFORD WALK-IN-CENTRE,0,0,2545,0,0,0,0,0,46,0,0,0,0,0,0,0,0,0
MSitAE-MARCH-2026,NNJ14,NHS ENGLAND MIDLANDS ,OADBY,0,0,540,0,0,2575,0,0,2,0,0,28,0,0,0,0,0,0
MSitAE-MARCH-2026,NNJ,NHS ENGLAND MIDLANDS ,DHU HEALTH CARE C.I.C,0,0,1999,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0
MSitAE-MARCH-2026,RCX,NHS ENGLAND EAST OF ENGLAND ,"THE QUEEN ELIZABETH HOSPITAL, KING'S LYNN, NHS FOUNDATION TRUST",7041,0,2045,0,0,0,2973,0,0,0,0,0,166,108,1921,0,0,398
MSitAE-MARCH-2026,RDY,NHS ENGLAND SOUTH WEST ,DORSET HEALTHCARE UNIVERSITY NHS FOUNDATION TRUST,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1
MSitAE-MARCH-2026,RGT,NHS ENGLAND EAST OF ENGLAND ,CAMBRIDGE UNIVERSITY HOSPITALS NHS FOUNDATION TRUST,11693,0,5652,345,0,277,4906,0,111,98,0,8,558,404,2987,0,36,452
`

// What is published for Cambridge in the tables of that month is 12,038 and 5,929, of whom
// 5,004 and 119 stayed over four hours: booked appointments count.
func TestRead_FoundAttendance(t *testing.T) {
	sink, report := read(t, fileOf("Monthly-AE-March-2026.csv", []byte(monthlyAE)))
	for measure, want := range map[string]float64{
		"ae.attendances.1": 12038, "ae.over4.1": 5004, "ae.attendances.other": 5929, "ae.over4.other": 119, "ae.admissions.1": 2987, "ae.attendances.2": 0,
	} {
		if v := sink.values[key{"RGT", measure, "2026-03"}]; v.Value != want {
			t.Errorf("%s: %g, want %g", measure, v.Value, want)
		}
	}
	if report.Rejected != 1 || sink.rejections[0].Reason != "NNJ14 is a site of NNJ, and the file is of organisations." {
		t.Errorf("rejections %v", sink.rejections)
	}
	if o := sink.organisations["NDJ"]; o.Region != "NHS ENGLAND SOUTH EAST" {
		t.Errorf("region %q", o.Region)
	}
}

// The last row is a total, whose word stands in this column or that one, even under the
// name of the month; it is no organisation, and passed over. So are a row of headings in
// the middle of a file and a note at its end. Empty columns at the right are nothing.
func TestRead_FoundTotals(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(monthlyAE), "\n")
	zeros := strings.Repeat(",1", 18)
	for _, last := range []string{
		"TOTAL,TOTAL,TOTAL,TOTAL" + zeros, "Total,ALL,," + zeros, "MSitAE-MARCH-2026,TOTAL,,England" + zeros, ",,,TOTAL" + zeros, "MSitAE-MARCH-2026,-,TOTAL,-" + zeros,
		lines[0], "Source: NHS England" + strings.Repeat(",", 21), "Source: NHS England",
	} {
		whole := lines[0] + ",,,\n" + lines[8] + ",,,\n" + last + "\n"
		sink, report := read(t, fileOf("x.csv", []byte(whole)))
		if report.Passed != 1 || report.Rejected != 0 || report.Organisations != 1 {
			t.Errorf("%s: %+v, %v", last, report, sink.rejections)
		}
	}
	// Half a row is no note.
	sink, report := read(t, fileOf("x.csv", []byte(lines[0]+"\n"+lines[8]+"\nMSitAE-MARCH-2026,RCX\n")))
	if report.Rejected != 1 || sink.rejections[0].Row != 3 || sink.rejections[0].Reason != "The row has 2 cells and the headings are 22." {
		t.Errorf("%+v, %v", report, sink.rejections)
	}
}

// Files written on Windows have the apostrophe of a name as a byte of their own.
func TestRead_FoundWindowsText(t *testing.T) {
	lines := strings.Split(monthlyAE, "\n")
	sink, report := read(t, fileOf("x.csv", []byte(lines[0]+"\n"+strings.ReplaceAll(lines[6], "'", "\x92"))))
	if o := sink.organisations["RCX"]; report.Rejected != 0 || o.Name != "THE QUEEN ELIZABETH HOSPITAL, KING’S LYNN, NHS FOUNDATION TRUST" {
		t.Errorf("%q, %v", o.Name, sink.rejections)
	}
}

// friendsWorkbook is laid out as NHS England publishes the test: the month and the setting
// in a title, headings in two lines, England first, and sheets of smaller things behind.
func friendsWorkbook(t testing.TB, title string) File {
	heads := []any{
		"ICB Code", "Trust Code", "Trust Name", "Total\nResponses", "Total Eligible", "Percentage Positive", "Percentage Negative",
		"Very Good", "Good", "Neither Good nor Poor", "Poor", "Very Poor", "Don’t Know", "Mode SMS", "Mode Electronic Discharge",
	}
	top := [][]any{{"Inpatient Friends and Family Test"}, {}, {nil, nil, nil, nil, nil, nil, nil, "Breakdown of Responses", nil, nil, nil, nil, nil, "Mode of Collection"}}
	england := []any{nil, nil, "England (including Independent Sector Providers)", 140, 900, 0.9, 0.02, 100, 26, 6, 3, 2, 3, 90, 50}
	selection := []any{nil, nil, "Selection (excluding suppressed data)", 140, 900}
	trusts := append(slices.Clone(top), heads, england, selection,
		[]any{"QUY", "RZA", "ALDER, TRUST OF", 100, 400, 0.92, 0.02, 80, 12, 4, 1, 1, 2, 60, 40},
		[]any{"IS1", "NZB", "BIRCH CIC", 4, 40, "*", "*", "*", "*", "*", "*", "*", "*", "*", "*"},
		[]any{"*Suppressed where there were fewer than five answers"})
	sites := append(slices.Clone(top), append([]any{"Site Code", "Site Name"}, heads...), append([]any{"RZA01", "Alder"}, trusts[6]...))
	return workbookOf(t, sheetOf{"Notes", [][]any{{}, {title}}}, sheetOf{"ICB", [][]any{{"ICB Code", "ICB Name"}, {"QUY", "North"}}}, sheetOf{"Sites", sites}, sheetOf{"Trusts", trusts})
}

func TestRead_FoundFriendsWorkbook(t *testing.T) {
	for _, title := range []string{
		"Inpatient Friends and Family Test (FFT) Data - Aug-25", "Inpatient Friends and Family Test (FFT) Data - August 2025", "Inpatient Friends and Family Test data: August 2025",
	} {
		sink, report := read(t, friendsWorkbook(t, title))
		sink.inOrder(t)
		if report.Format != FormatFriends || report.Rejected != 0 || report.Passed != 3 || report.Organisations != 2 || report.Values != 10 || report.Suppressed != 6 {
			t.Fatalf("%s: %+v, %v", title, report, sink.rejections)
		}
		if v := sink.values[key{"RZA", "fft.inpatient.1", "2025-08"}]; v.Value != 80 {
			t.Errorf("very good: %+v", v)
		}
		if v := sink.values[key{"NZB", "fft.inpatient.1", "2025-08"}]; !v.Suppressed {
			t.Errorf("four answers are shown: %+v", v)
		}
	}
	// A title that says nothing gives no month and no setting: each row says so.
	sink := newMemory()
	if _, err := Read(t.Context(), friendsWorkbook(t, "Maternity data"), sink); err != nil {
		t.Fatal(err)
	}
	if len(sink.rejections) != 2 || sink.rejections[0].Sheet != "Trusts" || sink.rejections[0].Row != 7 || sink.rejections[0].Reason != "The row does not say in which setting patients were asked." {
		t.Errorf("%v", sink.rejections)
	}
}

// The mortality indicator as it is published now has the twelve months in a title, and
// counts to the nearest five.
func TestRead_FoundMortalityWorkbook(t *testing.T) {
	heads := []any{"Provider code", "Provider name", "SHMI value", "SHMI banding", "Number of spells", "Observed deaths", "Expected deaths", "95% over-dispersed lower control limit"}
	file := func(value any, title string) File {
		return workbookOf(t, sheetOf{"Title page", [][]any{{"SHMI"}}}, sheetOf{"Data", [][]any{
			{title},
			{"Provisional"},
			{},
			heads,
			{nil, "England", 1, nil, 8_000_000, 270_000, 270_000, nil},
			{"RZA", "Alder, Trust of", value, 2, 62_150, 1915, 1950, 0.89},
			{"RZB", "Birch NHS Trust", 1.2101, "Higher than expected", 41_005, 1600, 1320, 0.88},
		}})
	}
	sink, report := read(t, file(0.9835, "Summary Hospital-level Mortality Indicator (SHMI) - Deaths associated with hospitalisation, England, July 2020 - June 2021"))
	if report.Format != FormatSHMI || report.Rejected != 0 || report.Passed != 1 || report.Values != 10 {
		t.Fatalf("%+v, %v", report, sink.rejections)
	}
	for k, want := range map[key]float64{{"RZA", "shmi", "2020-07/2021-06"}: 0.9835, {"RZB", "shmi.band", "2020-07/2021-06"}: 1, {"RZB", "shmi.expected", "2020-07/2021-06"}: 1320} {
		if v := sink.values[k]; v.Value != want {
			t.Errorf("%v: %+v", k, v)
		}
	}
	// A ratio further off than rounding can put it.
	sink, _ = read(t, file(0.9935, "July 2020 - June 2021"))
	if len(sink.rejections) != 1 || sink.rejections[0].Reason != "RZA: the ratio is 0.9935, but observed and expected make 0.9821." {
		t.Errorf("%v", sink.rejections)
	}
	// Nine months are not a year, and no title is no time.
	for _, title := range []string{"July 2020 - March 2021", "Deaths"} {
		sink = newMemory()
		if _, err := Read(t.Context(), file(0.9835, title), sink); err != nil {
			t.Fatal(err)
		}
		if len(sink.rejections) != 2 || sink.rejections[0].Reason != "Neither a column nor the title says which time the row is of." {
			t.Errorf("%s: %v", title, sink.rejections)
		}
	}
}

// The regulator's file has a sheet of locations, which come first and speak of places; a
// title above the headings; days that a workbook has as numbers; and a community interest
// company under the regulator's number, with its ODS code beside it.
func TestRead_FoundRatings(t *testing.T) {
	heads := []any{"Provider ID", "Provider ODS Code", "Provider Name", "Provider Type", "Provider Region", "Provider NHS Region", "Service / Population Group", "Domain", "Latest Rating", "Publication Date", "Report Type", "Inherited Rating (Y/N)", "URL"}
	row := func(id, ods, name, service, domain, rating string, day any) []any {
		return []any{id, ods, name, "NHS Healthcare Organisation", "South West", "South West", service, domain, rating, day, "Provider", "N", "https://example.org"}
	}
	locations := sheetOf{"Locations", [][]any{append([]any{"Location ID"}, heads...), append([]any{"RZA01"}, row("RZA", "RZA", "Alder", "Overall", "Overall", "Inadequate", "01/02/2024")...)}}
	providers := sheetOf{"Providers", [][]any{
		{"Care directory with ratings"},
		heads,
		row("RZA", "RZA", "Alder, Trust of", "Overall", "Overall", "Good", 45042),
		row("RZA", "RZA", "Alder, Trust of", "Urgent care", "Overall", "Inadequate", 45042),
		row("1-297628506", "NDJ", "First Community", "Overall", "Well-led", "Outstanding", "2023-04-26"),
		row("1-101", "VM4G9", "A care home", "Overall", "Overall", "Inadequate", "26/04/2023"),
		row("1-102", "-", "Another", "Overall", "Overall", "Good", "26/04/2023"),
		row("RZB", "RZB", "Birch", "Overall", "Overall", "No rating/under appeal/rating suspended", ""),
	}}
	sink, report := read(t, workbookOf(t, locations, providers))
	if report.Format != FormatRatings || report.Rejected != 0 || report.Passed != 4 || report.Values != 2 {
		t.Fatalf("%+v, %v", report, sink.rejections)
	}
	for k, want := range map[key]float64{{"RZA", "cqc.overall", "2023-04"}: 3, {"NDJ", "cqc.well-led", "2023-04"}: 4} {
		if v := sink.values[k]; v.Value != want {
			t.Errorf("%v: %+v", k, v)
		}
	}
	_, err := Detect(workbookOf(t, locations))
	if !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), "its heading location id says that its rows are of something smaller than an organisation") {
		t.Errorf("the sheet of locations: %v", err)
	}
}

// "All staff groups" stands once in each main group of staff: only all of all are all.
func TestRead_FoundLeaversByMainGroup(t *testing.T) {
	sink, report := read(t, fileOf("x.csv", []byte(`PERIOD,TYPE,ORG_CODE,ORG_NAME,MAIN_STAFF_GROUP,STAFF_GROUP,AGE_BAND,HC,FTE
202406 to 202407,Leavers,RZA,Alder,Support to clinical staff,All staff groups,All ages,7,5.5
202406 to 202407,Leavers,RZA,Alder,All staff groups,All staff groups,Under 25,3,2.5
202406 to 202407,Leavers,RZA,Alder,All staff groups,All staff groups,All ages,20,17.5
`)))
	if v := sink.values[key{"RZA", "leavers.heads", "2024-07"}]; v.Value != 20 || report.Passed != 2 || report.Rejected != 0 {
		t.Errorf("%+v of all staff, %+v, %v", v, report, sink.rejections)
	}
}

// Who gives a file that is nearly one of ours learns what it lacks.
func TestDetect_Near(t *testing.T) {
	for name, c := range map[string]struct {
		file File
		want string
	}{
		"turnover by region": {fileOf("x.csv", []byte("PERIOD,TYPE,NHSE_REGION_CODE,NHSE_REGION_NAME,MAIN_STAFF_GROUP,STAFF_GROUP,HC,FTE\n")), "it is like a file of leavers and joiners, but has no heading org_code, org_name"},
		"OpenDocument":       {fileOf("x.ods", []byte("PK\x03\x04\x14\x00\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00mimetypeapplication/vnd.oasis.opendocument.spreadsheet")), "save it as .xlsx, or its sheet as CSV"},
		"an archive":         {archiveOf(t), "it is an archive that is no workbook"},
		"text of nothing":    {fileOf("x.csv", []byte("\n\n\n")), "none of its first lines is a line of headings"},
	} {
		if _, err := Detect(c.file); !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// archiveOf is a zip file of something else.
func archiveOf(t *testing.T) File {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	if _, err := z.Create("letter.txt"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return fileOf("letters.xlsx", b.Bytes())
}
