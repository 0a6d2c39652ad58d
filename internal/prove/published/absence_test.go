package published

import (
	"context"
	"strings"
	"testing"
)

const absenceTop = "DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,ORG_TYPE,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT\n"

// The three published figures of a month arrive as they are; nothing is worked
// out from them on the way in.
func TestRead_Absence(t *testing.T) {
	sink, report := read(t, fileOf("a.csv", []byte(absenceTop+
		`30/04/2024,Y56,London,QRV,North West London,RAA,"Trust, A",Acute,50.5,1000,5.05`+"\n"+
		"\n"+
		`31/05/2024,Y56,London,QRV,North West London,RAA,"Trust, A",Acute,40,1000,4`+"\n"+
		`30/04/2024,QZZ,Special Health Authorities and other statutory bodies,QZZ,Special Health Authorities and other statutory bodies,0AR,Support Unit,Commissioning Support Unit,10,1000,1`+"\n")))
	sink.inOrder(t)
	if report.Rejected != 0 || report.Rows != 3 || report.Values != 9 || report.Organisations != 2 || report.Source.Year != 2024 {
		t.Errorf("report %+v, %v", report, sink.rejections)
	}
	if v := sink.values[key{"RAA", "absence.lost", "2024-04"}]; v.Value != 50.5 {
		t.Errorf("days lost %+v", v)
	}
	if v := sink.values[key{"RAA", "absence.rate", "2024-05"}]; v.Value != 4 {
		t.Errorf("rate %+v", v)
	}
	if o := sink.organisations["RAA"]; o.Name != "Trust, A" || o.Type != "Acute" || o.Group != "" || o.ICS != "North West London" {
		t.Errorf("organisation %+v", o)
	}
	if o := sink.organisations["0AR"]; o.Region != "" || o.ICS != "" {
		t.Errorf("a body in no region has region %q, system %q", o.Region, o.ICS)
	}
}

// Each dirty row is reported by its line and reason; the good row goes in.
func TestRead_AbsenceDirtyRows(t *testing.T) {
	good := "30/04/2024,Y56,London,QRV,NWL,RBB,Trust B,Acute,50,1000,5\n"
	for _, c := range []struct{ name, row, field, reason string }{
		{"a date the American way", "04/30/2024,Y56,London,QRV,NWL,RAA,A,Acute,50,1000,5\n", "DATE", `"04/30/2024" is not the last day of a month, as in 30/04/2024.`},
		{"a day inside the month", "05/04/2024,Y56,London,QRV,NWL,RAA,A,Acute,50,1000,5\n", "DATE", `"05/04/2024" is not the last day of a month, as in 30/04/2024.`},
		{"the day before a leap day", "28/02/2024,Y56,London,QRV,NWL,RAA,A,Acute,50,1000,5\n", "DATE", `"28/02/2024" is not the last day of a month, as in 30/04/2024.`},
		{"a bad code", "30/04/2024,Y56,London,QRV,NWL,raa,A,Acute,50,1000,5\n", "ORG_CODE", `"raa" is not an ODS code.`},
		{"text for days", "30/04/2024,Y56,London,QRV,NWL,RAA,A,Acute,*,1000,5\n", "FTE_DAYS_LOST", `RAA: "*" is not a number of days or a rate.`},
		{"a rate that does not follow", "30/04/2024,Y56,London,QRV,NWL,RAA,A,Acute,50,1000,6\n", "SICKNESS_ABSENCE_RATE_PERCENT", "RAA: the rate is 6, but days lost and available make 5.00."},
		{"nothing available", "30/04/2024,Y56,London,QRV,NWL,RAA,A,Acute,0,0,0\n", "FTE_DAYS_AVAILABLE", "RAA: no days were available, so there is no rate."},
		{"more lost than there was", "30/04/2024,Y56,London,QRV,NWL,RAA,A,Acute,1001,1000,100.1\n", "FTE_DAYS_LOST", "RAA: more days were lost than were available."},
		{"too few cells", "30/04/2024,Y56,London\n", "", "The row has 3 cells and the headings are 11."},
		{"a stray quotation mark", "30/04/2024,Y56,Lon\"don,QRV,NWL,RAA,A,Acute,50,1000,5\n", "", `The row is not written as CSV: bare " in non-quoted-field.`},
		{"a character that no text has", "30/04/2024,Y56,London,QRV,NWL,RAA,A\x00,Acute,50,1000,5\n", "", "The row holds a character that no text has."},
		{"bytes of no encoding", "30/04/2024,Y56,London,QRV,NWL,RAA,A\x81,Acute,50,1000,5\n", "", "The row holds a character that no text has."},
		{"no name", "30/04/2024,Y56,London,QRV,NWL,RAA,,Acute,50,1000,5\n", "ORG_NAME", "RAA has no name."},
	} {
		t.Run(c.name, func(t *testing.T) {
			sink, report := read(t, fileOf("a.csv", []byte(absenceTop+c.row+good)))
			if len(sink.rejections) != 1 {
				t.Fatalf("rejections %v, want one", sink.rejections)
			}
			if r := sink.rejections[0]; r.Row != 2 || r.Field != c.field || r.Reason != c.reason {
				t.Errorf("rejection %+v", r)
			}
			if report.Values != 3 {
				t.Errorf("%d values went in, want 3", report.Values)
			}
		})
	}
}

// The same organisation and month twice: the second is refused and the row of
// the first is named.
func TestRead_AbsenceDuplicate(t *testing.T) {
	line := "30/04/2024,Y56,London,QRV,NWL,RBB,Trust B,Acute,50,1000,5\n"
	sink, _ := read(t, fileOf("a.csv", []byte(absenceTop+line+line)))
	if len(sink.rejections) != 1 || sink.rejections[0].Row != 3 || !strings.Contains(sink.rejections[0].Reason, "RBB in April 2024 stands already in row 2.") {
		t.Errorf("rejections %v", sink.rejections)
	}
}

// An extra heading is reported once and its column left out.
func TestRead_AbsenceExtraHeading(t *testing.T) {
	sink, report := read(t, fileOf("a.csv", []byte("NOTE,"+absenceTop+"x,30/04/2024,Y56,London,QRV,NWL,RBB,Trust B,Acute,50,1000,5\n")))
	if len(sink.rejections) != 1 || sink.rejections[0].Row != 1 || sink.rejections[0].Field != `"NOTE"` || report.Values != 3 {
		t.Errorf("rejections %v, report %+v", sink.rejections, report)
	}
}

// A year's rate is days over days, not the mean of rates: a short month with
// few days must not weigh as much as a long one.
func TestOverYear(t *testing.T) {
	got, ok := OverYear([]MonthAbsence{{"2024-05", 90, 1000}, {"2024-04", 1, 100}})
	if want := 100 * 91.0 / 1100.0; !ok || got.Rate != want || got.Months != 2 || got.Period != "2024-04/2024-05" {
		t.Errorf("got %+v, want a rate of %g", got, want)
	}
	if got.Period.String() != "April 2024 to May 2024" {
		t.Errorf("period %s", got.Period)
	}
	if _, ok := OverYear(nil); ok {
		t.Error("a rate was made of nothing")
	}
	if _, ok := OverYear([]MonthAbsence{{"2024-04", 0, 0}}); ok {
		t.Error("a rate was made of no days")
	}
}

// The directory gives names, mergers and, where it uses the survey's word for
// it, the group.
func TestRead_Directory(t *testing.T) {
	sink, report := read(t, fileOf("d.csv", []byte(strings.Join(directoryHeads, ",")+"\n"+
		"RAX,Kingston and Richmond,Kingston;KRFT,Community Trusts,London,South West London,RY9,2024-11-01\n"+
		"RBB,Online,,Online / Digital,National,,,\n"+
		"RBB,Online again,,Online / Digital,National,,,\n"+
		"RCC,Self,,Community Trusts,London,,RCC,2024-11-01\n"+
		"RDD,Late,,Community Trusts,London,,,31/02/2026\n")))
	if report.Organisations != 2 || report.Rejected != 3 {
		t.Errorf("report %+v, %v", report, sink.rejections)
	}
	o := sink.organisations["RAX"]
	if o.Group != "Community Trusts" || len(o.AltNames) != 2 || len(o.Predecessors) != 1 || o.Predecessors[0] != "RY9" || o.Merged != "2024-11-01" {
		t.Errorf("organisation %+v", o)
	}
	if o := sink.organisations["RBB"]; o.Group != "" || o.Type != "Online / Digital" || o.Name != "Online" {
		t.Errorf("organisation %+v", o)
	}
}

// Whatever the bytes, the readers end without a panic, count what they hand
// over, and never store a figure out of bounds.
func FuzzRead_CSV(f *testing.F) {
	f.Add([]byte(absenceTop + "30/04/2024,Y56,London,QRV,NWL,RBB,Trust B,Acute,50,1000,5\n"))
	f.Add([]byte("\xef\xbb\xbf" + absenceTop + "31/05/2024,a,b,c,d,RBB,\"x\ny\",Acute,5e1,1e3,5.0\n\n\"\n"))
	f.Add([]byte(strings.Join(directoryHeads, ",") + "\nRAX,Kingston,K;L,Community Trusts,London,SWL,RY9,2024-11-01\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		sink := newMemory()
		report, err := Read(context.Background(), fileOf("f.csv", content), sink)
		if err != nil {
			return
		}
		sink.inOrder(t)
		if report.Rejected != len(sink.rejections) || report.Values != len(sink.values) {
			t.Errorf("report %+v beside %d rejections and %d values", report, len(sink.rejections), len(sink.values))
		}
		for k, v := range sink.values {
			if !(v.Value >= 0 && v.Value <= 1e9) || !ValidODS(v.ODS) {
				t.Errorf("stored %v %+v", k, v)
			}
		}
	})
}
