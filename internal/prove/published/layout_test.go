package published

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fixture is a small file in a published layout, with invented figures.
func fixture(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

var fixtures = []string{"pulse", "shmi", "friends", "leavers", "ratings", "attendance", "attendance_long"}

// Each layout is known by its headings, everything in the small file fits, and its
// figures arrive as they stand.
func TestRead_Layouts(t *testing.T) {
	for _, c := range []struct {
		file           string
		format         Format
		passed, values int
		some           map[key]float64
	}{
		{"pulse", FormatPulse, 0, 17, map[key]float64{
			{"RZA", "nqps.engagement", "2023-04/2023-06"}: 6.9, {"RZA", "nqps.headcount", "2023-04/2023-06"}: 2000, {"RZA", "nqps.motivation", "2023-07/2023-09"}: 6.9,
		}},
		{"shmi", FormatSHMI, 0, 21, map[key]float64{
			{"RZB", "shmi", "2012-01/2012-12"}: 1.28, {"RZB", "shmi.spells", "2012-01/2012-12"}: 40000, {"RZA", "shmi", "2012-04/2013-03"}: 0.95,
		}},
		{"friends", FormatFriends, 1, 18, map[key]float64{
			{"RZA", "fft.community.1", "2025-08"}: 80, {"RZA", "fft.community.all", "2026-02"}: 100, {"RZB", "fft.inpatient.all", "2025-08"}: 4,
		}},
		{"leavers", FormatLeavers, 1, 8, map[key]float64{
			{"RZA", "leavers.heads", "2024-07"}: 20, {"RZA", "leavers.fte", "2024-07"}: 17.5, {"RZA", "staff.end.heads", "2024-07"}: 2005,
		}},
		{"ratings", FormatRatings, 3, 2, map[key]float64{{"RZA", "cqc.overall", "2023-04"}: 3, {"RZA", "cqc.safe", "2023-04"}: 2}},
		{"attendance", FormatAttendance, 1, 18, map[key]float64{{"RZB", "ae.attendances.1", "2024-04"}: 10000, {"RZA", "ae.over4.other", "2024-04"}: 20}},
		{"attendance_long", FormatAttendance, 0, 9, map[key]float64{{"RZB", "ae.over4.1", "2017-03"}: 2800, {"RZB", "ae.admissions.2", "2017-03"}: 0}},
	} {
		t.Run(c.file, func(t *testing.T) {
			sink, report := read(t, fileOf("x.dat", []byte(fixture(t, c.file))))
			sink.inOrder(t)
			if report.Format != c.format || report.Rejected != 0 || report.Passed != c.passed || report.Values != c.values {
				t.Errorf("report %+v, %v", report, sink.rejections)
			}
			if report.Source.Licence == "" || report.Source.Name == "" || report.Source.Year < 2012 {
				t.Errorf("source %+v", report.Source)
			}
			for k, want := range c.some {
				if v, ok := sink.values[k]; !ok || v.Value != want || v.Suppressed {
					t.Errorf("%v: %+v, want %g", k, v, want)
				}
			}
		})
	}
}

// What a publisher hides stays hidden, and what it gives no figure for is none.
func TestRead_LayoutsHidden(t *testing.T) {
	sink, report := read(t, fileOf("x.csv", []byte(fixture(t, "friends"))))
	if v := sink.values[key{"RZB", "fft.inpatient.1", "2025-08"}]; !v.Suppressed || report.Suppressed != 6 {
		t.Errorf("%+v, %d hidden", v, report.Suppressed)
	}
	sink, _ = read(t, fileOf("x.csv", []byte(fixture(t, "pulse"))))
	if v, ok := sink.values[key{"RZB", "nqps.advocacy", "2023-04/2023-06"}]; ok {
		t.Errorf("no advocacy is published, and there is %+v", v)
	}
	if v := sink.values[key{"RZB", "nqps.engagement", "2023-04/2023-06"}]; v.Base != 300 {
		t.Errorf("%+v stands on 300 answers", v)
	}
}

// Every fault of a row is reported with its row, its heading and the reason, and costs
// that row alone. What is known: RZC went into RZA on 1 June 2023.
func TestRead_LayoutsRefuse(t *testing.T) {
	known := Known{History: NewHistory([]Succession{{From: "RZC", To: "RZA", On: "2023-06-01"}}), Month: "2026-11"}
	for _, c := range []struct{ name, file, old, new, field, reason string }{
		// A code that had gone into another.
		{"pulse, a merged code", "pulse", "202324Q2,Y58,SOUTH WEST,QUY,North,RZA", "202324Q2,Y58,SOUTH WEST,QUY,North,RZC", "org_code", "RZC went into RZA on 2023-06-01, before July 2023 to September 2023."},
		{"leavers, a merged code", "leavers", "RZA,\"Alder, Trust of\",Community,Community,All staff groups,Joiners", "RZC,\"Alder, Trust of\",Community,Community,All staff groups,Joiners", "ORG_CODE", "RZC went into RZA on 2023-06-01, before July 2024."},
		{"friends, a merged code", "friends", "BOARD,RZB", "BOARD,RZC", "Org code", "RZC went into RZA on 2023-06-01, before August 2025."},
		{"attendance, a merged code", "attendance", "RZB,NHS", "RZC,NHS", "Org Code", "RZC went into RZA on 2023-06-01, before April 2024."},
		// No period at all.
		{"pulse, a blank quarter", "pulse", "202324Q2,", ",", "quarter", "The period is blank: a figure without one is of no time."},
		{"mortality, a blank day", "shmi", "2013-10-01,", ",", "DATE", "The period is blank: a figure without one is of no time."},
		{"ratings, a blank day", "ratings", "Good,26/04/2023,Provider,N,https://example.org/RZA", "Good,,Provider,N,https://example.org/RZA", "Publication Date", "The period is blank: a figure without one is of no time."},
		{"attendance, a blank month", "attendance_long", "2017-04-01", "", "period", "The period is blank: a figure without one is of no time."},
		// A site among organisations.
		{"mortality, a site", "shmi", "2013-10-01,RZA", "2013-10-01,RZA01", "PROVIDER", "RZA01 is a site of RZA, and the file is of organisations."},
		{"ratings, a site", "ratings", "RZB,Birch NHS Trust,NHS Healthcare Organisation,Acute hospital - NHS non-specialist,Birchly,BI1 1AA,South West,Overall,Overall,Not rated", "RZA01,Birch NHS Trust,NHS Healthcare Organisation,Acute hospital - NHS non-specialist,Birchly,BI1 1AA,South West,Overall,Overall,Good", "Provider ID", "RZA01 is a site of RZA, and the file is of organisations."},
		{"attendance, a site", "attendance", "RZB,NHS", "RZA02,NHS", "Org Code", "RZA02 is a site of RZA, and the file is of organisations."},
		{"friends, a site", "friends", "BOARD,RZB", "BOARD,RZA09", "Org code", "RZA09 is a site of RZA, and the file is of organisations."},
		// Days that are none, or of another kind.
		{"pulse, a year that does not follow", "pulse", "202324Q2,", "202326Q2,", "quarter", `"202326Q2" is not a quarter of a financial year, as in 202122Q4.`},
		{"mortality, a day and a month the wrong way round", "shmi", "2013-10-01", "2013-01-10", "DATE", `"2013-01-10" is not the first day of a quarter, as in 2013-07-01.`},
		{"friends, a month of no year", "friends", "2025_26,FEBRUARY", "2025_27,FEBRUARY", "Periodname", `"FEBRUARY" is not a month with its year, as in August 2025, or AUGUST beside 2025_26.`},
		{"leavers, two years at once", "leavers", "202406 to 202407,Y58,South West,QUY,North,RZA,\"Alder, Trust of\",Community,Community,All staff groups,Joiners", "202206 to 202407,Y58,South West,QUY,North,RZA,\"Alder, Trust of\",Community,Community,All staff groups,Joiners", "PERIOD", `"202206 to 202407" is not from the end of one month to that of another, as in 202406 to 202407.`},
		{"ratings, the American way", "ratings", "Good,26/04/2023,Provider,N,https://example.org/RZA", "Good,04/26/2023,Provider,N,https://example.org/RZA", "Publication Date", `"04/26/2023" is not a day, as in 26/04/2023.`},
		{"attendance, a month that is to come", "attendance", "MSitAE-APRIL-2024,RZB", "MSitAE-APRIL-2034,RZB", "Period", `"MSitAE-APRIL-2034" is not over yet.`},
		{"attendance, a day inside the month", "attendance_long", "2017-04-01", "2017-01-04", "period", `"2017-01-04" is not the first day of a month, as in 2017-03-01.`},
		{"attendance, a century out", "attendance_long", "2017-04-01", "1917-04-01", "period", `"1917-04-01" lies before the year 2000.`},
		// Figures that cannot be.
		{"pulse, nobody answered", "pulse", "Community Trusts,380,2010,7.0,7.2,6.9,6.9", "Community Trusts,0,2010,0.0,-,-,-", "engagement", "RZA: nobody answered, so that there is no score."},
		{"pulse, a score of nought", "pulse", "380,2010,7.0", "380,2010,0", "engagement", "RZA: a score of 0 would need every answer to be the worst; a figure was lost here."},
		{"pulse, a score beyond the scale", "pulse", "380,2010,7.0", "380,2010,70", "engagement", `RZA: "70" is not a number from 0 to 10.`},
		{"mortality, a ratio of something else", "shmi", "1000.0000,0.95,", "1000.0000,0.59,", "VALUE", "RZA: the ratio is 0.59, but observed and expected make 0.9500."},
		{"mortality, no observed deaths given", "shmi", "21000,950,", "21000,,", "OBSERVED", `RZA: "" is not a whole number.`},
		{"friends, a sum that does not add up", "friends", "85,10,2,1,1,1,100", "85,10,2,1,1,1,120", "Total Responses", "RZA: the six answers add up to 100, not to 120."},
		{"friends, no setting", "friends", "\"ALDER, TRUST OF\",community,85", "\"ALDER, TRUST OF\",,85", "Setting", "The row does not say in which setting patients were asked."},
		{"leavers, another count", "leavers", ",Joiners,", ",Movers,", "TYPE", `"Movers" is none of the four counts: leavers, joiners, and the staff at the start and at the end.`},
		{"leavers, part of a person", "leavers", "Joiners,25,", "Joiners,25.5,", "HC", `RZA: "25.5" is not a whole number.`},
		{"ratings, a fifth rating", "ratings", "Requires improvement", "Splendid", "Latest Rating", `RZA: "Splendid" is not one of the four ratings.`},
		{"attendance, more waited than came", "attendance", "3000,5,15", "30000,5,15", "Attendances over 4hrs Type 1", "RZB: more people waited over four hours than came."},
		{"attendance, a code that is none", "attendance", "RZB,NHS", "R.B,NHS", "Org Code", `"R.B" is not an ODS code.`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := fixture(t, c.file)
			at := strings.LastIndex(text, c.old)
			if at < 0 {
				t.Fatalf("%q is not in the file", c.old)
			}
			text = text[:at] + c.new + text[at+len(c.old):]
			sink := newMemory()
			if _, err := ReadKnowing(context.Background(), fileOf("x.csv", []byte(text)), known, sink); err != nil {
				t.Fatal(err)
			}
			if len(sink.rejections) != 1 {
				t.Fatalf("rejections %v, want one", sink.rejections)
			}
			if r := sink.rejections[0]; r.Field != c.field || r.Reason != c.reason || r.Row < 2 || !strings.HasPrefix(r.Remedy, "The whole row is left out.") {
				t.Errorf("rejection %+v", r)
			}
		})
	}
}

// A row that says the same again is refused, and the row of the first is named. Where two
// contradict each other neither is kept, whichever comes first.
func TestRead_LayoutsTwice(t *testing.T) {
	for _, file := range fixtures {
		t.Run(file, func(t *testing.T) {
			text := fixture(t, file)
			whole, _ := read(t, fileOf("x.csv", []byte(text)))
			first := strings.Split(text, "\n")[1]
			sink, _ := read(t, fileOf("x.csv", []byte(text+first+"\n")))
			if len(sink.rejections) != 1 || !strings.HasSuffix(sink.rejections[0].Reason, " stands already in row 2.") || !maps.Equal(sink.values, whole.values) {
				t.Errorf("said again: %v", sink.rejections)
			}
			other := changed[file]
			if !strings.Contains(first, other.old) {
				t.Fatalf("%q is not in %s", other.old, first)
			}
			contrary := strings.Replace(first, other.old, other.new, 1)
			for _, text := range []string{text + contrary + "\n", strings.Replace(text, first, contrary+"\n"+first, 1), text + contrary + "\n" + first + "\n"} {
				sink, _ := read(t, fileOf("x.csv", []byte(text)))
				if n := len(sink.rejections); n != strings.Count(text, first)+1 {
					t.Errorf("%d rejections: %v", n, sink.rejections)
				}
				for _, r := range sink.rejections {
					if !strings.Contains(r.Reason, " too, with other figures.") {
						t.Error(r)
					}
				}
				for k := range sink.values {
					if sink.values[k] != whole.values[k] {
						t.Errorf("%v: %v", k, sink.values[k])
					}
				}
				if len(sink.values) >= len(whole.values) {
					t.Errorf("%d of %d values", len(sink.values), len(whole.values))
				}
			}
		})
	}
}

// changed makes another figure of the first row of each small file.
var changed = map[string]struct{ old, new string }{
	"pulse": {",6.9,7.1", ",6.8,7.1"}, "shmi": {",2", ",1"}, "friends": {"80,12", "79,13"}, "leavers": {",20,", ",21,"}, "ratings": {"Requires improvement", "Good"},
	"attendance": {"2000", "2001"}, "attendance_long": {"21000", "21001"},
}

// Rows in another order give the same figures, names, years and measures: of an
// organisation that changed its name within the file the newest name holds.
func TestRead_LayoutsAnyOrder(t *testing.T) {
	chance := rand.New(rand.NewPCG(4, 7))
	renamed := absenceTop + "30/04/2024,Y56,London,QRV,NWL,RAA,Old Name,Acute,50,1000,5\n31/05/2024,Y56,London,,,RAA,New Name,Acute,40,1000,4\n30/06/2024,Y57,South,QRV,NWL,RAA,New Name,,40,1000,4\n"
	texts := map[string]string{"absence": renamed}
	for _, name := range fixtures {
		texts[name] = fixture(t, name)
	}
	for name, text := range texts {
		whole, report := read(t, fileOf("x.csv", []byte(text)))
		lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
		for range 5 {
			chance.Shuffle(len(lines)-1, func(i, k int) { lines[i+1], lines[k+1] = lines[k+1], lines[i+1] })
			sink, again := read(t, fileOf("x.csv", []byte(strings.Join(lines, "\n"))))
			if fmt.Sprint(sink.values) != fmt.Sprint(whole.values) || fmt.Sprint(sink.organisations) != fmt.Sprint(whole.organisations) || fmt.Sprint(sink.measures) != fmt.Sprint(whole.measures) || again.Source.Year != report.Source.Year {
				t.Fatalf("%s: another order gives other figures: %v\n%v", name, sink.organisations, whole.organisations)
			}
		}
	}
	sink, _ := read(t, fileOf("x.csv", []byte(renamed)))
	if o := sink.organisations["RAA"]; o.Name != "New Name" || o.Region != "South" || o.ICS != "NWL" || o.Type != "Acute" {
		t.Errorf("%+v", o)
	}
}

// A heading that nobody knows is reported, and its column alone left out; those that the
// publisher has and we do not read are passed over in silence.
func TestRead_LayoutsHeadings(t *testing.T) {
	text := strings.Replace(fixture(t, "shmi"), "PO_LL", "Mood", 1)
	sink, report := read(t, fileOf("x.csv", []byte(text)))
	if len(sink.rejections) != 1 || sink.rejections[0].Field != `"Mood"` || report.Values != 21 {
		t.Errorf("%v, %+v", sink.rejections, report)
	}
	if _, err := Detect(fileOf("x.csv", []byte(strings.Replace(text, "OBSERVED", "SEEN", 1)))); err == nil {
		t.Error("a file without the observed deaths is one of mortality")
	}
}

// Mergers are followed through as many steps as there were, and not round in a ring; a
// code stands until the day.
func TestHistory(t *testing.T) {
	h := NewHistory([]Succession{
		{From: "RZA", To: "RZB", On: "2020-04-01"},
		{From: "RZB", To: "RZD", On: "2022-10-15"},
		{From: "RZE", To: "RZF"},
		{From: "RZG", To: "RZH"},
		{From: "RZH", To: "RZG"},
		{From: "RZB", To: "RZX", On: "2010-04-01"},
	})
	for code, want := range map[string]string{"RZA": "RZD", "RZB": "RZD", "RZD": "RZD", "RZE": "RZF", "RZG": "RZG", "RZZ": "RZZ"} {
		if got := h.Today(code); got != want {
			t.Errorf("%s stands for %s today, want %s", code, got, want)
		}
	}
	for _, c := range []struct {
		code string
		p    Period
		gone bool
	}{
		{"RZA", "2020-03", false},
		{"RZA", "2020-04", true},
		{"RZA", "2019-07/2020-06", false},
		{"RZA", "2020", false},
		{"RZA", "2021", true},
		{"RZB", "2022-10", false},
		{"RZB", "2022-11", true},
		{"RZE", "2025-01", false},
	} {
		if _, gone := h.Gone(c.code, c.p); gone != c.gone {
			t.Errorf("%s in %s: gone %v", c.code, c.p, gone)
		}
	}
}

// Whatever the bytes above and under the headings of a layout, the reader ends without a
// panic, counts what it hands over, and stores no figure out of bounds.
func FuzzRead_Layouts(f *testing.F) {
	headings := []string{"Provider code,Provider name,SHMI value,SHMI banding,Number of spells,Observed deaths,Expected deaths\n"}
	f.Add(0, "\"SHMI, England, July 2020 - June 2021\"\n\n", "RZA,Alder,0.9835,2,62150,1915,1950\n,England,1,,8,2,2\n")
	for i, name := range fixtures {
		head, rest, _ := strings.Cut(fixture(f, name), "\n")
		headings = append(headings, head+"\n")
		f.Add(i+1, "", rest)
		f.Add(i+1, "Inpatient Friends and Family Test (FFT) Data - Aug-25\n,,Group\n", strings.Repeat(",", strings.Count(head, ","))+"\n\"")
	}
	f.Fuzz(func(t *testing.T, which int, above, rows string) {
		sink := newMemory()
		report, err := Read(context.Background(), fileOf("f.csv", []byte(above+headings[uint(which)%uint(len(headings))]+rows)), sink)
		if err != nil {
			return
		}
		sink.inOrder(t)
		if report.Rejected != len(sink.rejections) || report.Values+report.Suppressed != len(sink.values) {
			t.Errorf("report %+v beside %d rejections and %d values", report, len(sink.rejections), len(sink.values))
		}
		for k, v := range sink.values {
			if !(v.Value >= 0 && v.Value <= largest) || !ValidODS(v.ODS) || v.Base < 0 {
				t.Errorf("stored %v %+v", k, v)
			}
		}
	})
}
