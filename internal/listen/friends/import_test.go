package friends_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/listen/friends"
	"commonweal/internal/schema/schematest"
)

type dbTx = db.Tx

const answersHead = "point,month,way,answer,language,comment,publish\n"

func TestService_Import(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		r := newRoom(t, b)
		file := "\ufeff" + answersHead + "wharf-ward,2026-10,online,Very good,en,\"Kind,\nand quick\",yes\nwharf-ward,2026-10,online,Don\u2019t know,,,\neye-clinic,2026-10,telephone,5,cy,Slow,no\n"
		dry, err := r.DryRun(ctx, org, strings.NewReader(file))
		if err != nil || dry.Rows != 3 || dry.Before || r.rows("friends_open") != 0 || len(dry.Lines) != 2 ||
			dry.Lines[1] != (friends.ImportLine{Month: month("2026-10"), Place: "Wharf ward", Answers: 2, Comments: 1}) {
			t.Fatalf("%+v %v", dry, err)
		}
		got, err := r.Import(ctx, "lead", org, strings.NewReader(file))
		if err != nil || got.Rows != 3 || got.Past || len(got.Wrong) != 0 {
			t.Fatalf("%+v, %v", got, err)
		}
		_, err = r.Import(ctx, "lead", org, strings.NewReader(file))
		refused(t, err, fault.Invalid, "imported already")
		if dry, err := r.DryRun(ctx, org, strings.NewReader(file)); err != nil || !dry.Before {
			t.Errorf("%+v %v", dry, err)
		}
		now, err := r.Figures(ctx, org, month("2026-10"))
		r.must(err)
		if now.All() != (friends.Counts{1, 0, 0, 0, 1, 1}) {
			t.Errorf("%+v", now.All())
		}
		if waiting, err := r.Waiting(ctx, org); err != nil || len(waiting) != 2 {
			t.Errorf("%+v %v", waiting, err)
		}
	})
}

// A file counts once: saved again by a spreadsheet, its columns in another order, and after
// its month was closed. Its comments are left out here: they alone would not collide.
func TestService_ImportOnce(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		r := newRoom(t, b)
		file := answersHead + "wharf-ward,2026-10,online,1,en,,\nwharf-ward,2026-10,online,1,en,,\n"
		again := "month,point,way,answer,language,comment,publish\r\n\"2026-10\",wharf-ward,online,1,en,,\r\n2026-10, wharf-ward,online,1,en,,\r\n"
		got, err := r.Import(ctx, "lead", org, strings.NewReader(file))
		if err != nil || got.Rows != 2 {
			t.Fatalf("%+v %v", got, err)
		}
		_, err = r.Import(ctx, "lead", org, strings.NewReader(again))
		refused(t, err, fault.Invalid, "imported already")
		r.on("2026-11-02")
		_, err = r.Close(ctx, "lead", org, month("2026-10"))
		r.must(err)
		got, err = r.Import(ctx, "lead", org, strings.NewReader(file))
		refused(t, err, fault.Invalid, "imported already")
		if got.Rows != 0 || r.rows("friends_open") != 0 || r.rows("friends_answer") != 2 {
			t.Errorf("%+v", got)
		}
	})
}

// A file of separators alone is refused before it takes many times its size.
func TestService_ImportBounded(t *testing.T) {
	r := newRoom(t, schematest.SQLite(t))
	for name, file := range map[string]string{
		"many rows":  answersHead + strings.Repeat("x\n", 300_000),
		"many cells": answersHead + strings.Repeat(",", 4_000_000),
	} {
		got, err := r.Import(ctx, "lead", org, strings.NewReader(file))
		if err != nil || len(got.Wrong) != 1 || !strings.Contains(got.Wrong[0].Says, "more than 200000 rows") {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
	_, err := r.Import(ctx, "lead", org, strings.NewReader(strings.Repeat("x", friends.MaxFile+1)))
	refused(t, err, fault.Invalid, "larger than")
}

// One wrong row keeps the whole file out, and the list says which row and column, and
// what to do.
func TestService_ImportRefuses(t *testing.T) {
	r := newRoom(t, schematest.SQLite(t))
	past := strings.Join(friends.PastColumns, ",") + "\n"
	for _, c := range []struct {
		name, file string
		row        int
		field      string
	}{
		{"nothing", "", 1, ""},
		{"no rows", answersHead, 1, ""},
		{"not UTF-8", "point\xff\n", 1, ""},
		{"an open quotation mark", answersHead + "wharf-ward,2026-10,online,1,en,\"x,no\n", 2, ""},
		{"a column missing", "point,month,way,answer,language,comment\nwharf-ward,2026-10,online,1,en,\n", 1, "publish"},
		{"a column too many", "patient," + answersHead + "Megan,wharf-ward,2026-10,online,1,en,,\n", 1, "patient"},
		{"a column twice", "month," + answersHead + "2026-10,wharf-ward,2026-10,online,1,en,,\n", 1, "month"},
		{"a short row", answersHead + "wharf-ward,2026-10\n", 2, ""},
		{"a point that is not there", answersHead + "moon,2026-10,online,1,en,,\n", 2, "point"},
		{"a day for a month", answersHead + "wharf-ward,01/10/2026,online,1,en,,\n", 2, "month"},
		{"a month to come", answersHead + "wharf-ward,2026-11,online,1,en,,\n", 2, "month"},
		{"a way that is none", answersHead + "wharf-ward,2026-10,pigeon,1,en,,\n", 2, "way"},
		{"an answer that is none", answersHead + "wharf-ward,2026-10,online,1,en,,\nwharf-ward,2026-10,online,Extremely likely,en,,\n", 3, "answer"},
		{"a language without the question", answersHead + "wharf-ward,2026-10,online,1,xx,,\n", 2, "language"},
		{"neither yes nor no", answersHead + "wharf-ward,2026-10,online,1,en,,perhaps\n", 2, "publish"},
		{"a comment without end", answersHead + "wharf-ward,2026-10,online,1,en," + strings.Repeat("x", 2001) + ",\n", 2, "comment"},
		{"a star for a hidden number", past + "2019-10,2014,inpatient,A,B,*,2,0,1,0,0,\n", 2, "first"},
		{"a question set before its time", past + "2012-10,2014,inpatient,A,B,1,2,0,1,0,0,\n", 2, "questions"},
		{"a question set that is none", past + "2019-10,2015,inpatient,A,B,1,2,0,1,0,0,\n", 2, "questions"},
		{"more answers than patients", past + "2019-10,2014,inpatient,A,B,1,2,0,1,0,0,3\n", 2, "eligible"},
		{"the same month twice", past + "2019-10,2014,inpatient,A,B,1,2,0,1,0,0,\n2019-10,2014,inpatient,A,B,1,2,0,1,0,0,\n", 3, "month"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := r.Import(ctx, "lead", org, strings.NewReader(c.file))
			if err != nil || got.Rows != 0 || len(got.Wrong) == 0 {
				t.Fatalf("%+v, %v", got, err)
			}
			if w := got.Wrong[0]; w.Row != c.row || w.Field != c.field || !strings.HasSuffix(w.Says, ".") {
				t.Errorf("%+v", got.Wrong)
			}
		})
	}
	if r.rows("friends_open") != 0 || r.rows("friends_past") != 0 {
		t.Error("something was imported")
	}
}

// Three question sets, three series: each keeps the figure of its own time.
func TestPast_Score(t *testing.T) {
	for _, c := range []struct {
		name      string
		questions friends.Questions
		counts    friends.Counts
		want      int
	}{
		{"net promoter leaves out those who do not know", friends.Promoter, friends.Counts{6, 2, 1, 0, 1, 10}, 40},
		{"net promoter can be below nought", friends.Promoter, friends.Counts{0, 1, 1, 1, 1, 0}, -75},
		{"recommend is of all", friends.Recommend, friends.Counts{6, 2, 1, 0, 1, 10}, 40},
		{"experience is of all", friends.Experience, friends.Counts{6, 2, 1, 0, 1, 0}, 80},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := friends.Past{Questions: c.questions, Counts: c.counts}.Score()
			if !ok || got != c.want {
				t.Errorf("%d %v", got, ok)
			}
		})
	}
	if _, ok := (friends.Past{Questions: friends.Promoter, Counts: friends.Counts{0, 0, 0, 0, 0, 5}}).Score(); ok {
		t.Error("nobody who counts has a score")
	}
}

// Months that were counted before come back in the layout of their time, by the questions
// of their time; the same file again changes nothing, other figures of the month neither.
func TestService_ImportPast(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		r := newRoom(t, b)
		head := strings.Join(friends.PastColumns, ",") + "\n"
		file := head + "2014-09,2013,inpatient,Ferry Lane,=Wharf,6,2,1,0,1,10,80\n2014-10,2014,inpatient,Ferry Lane,Wharf,6,2,1,0,1,10,\n"
		got, err := r.Import(ctx, "lead", org, strings.NewReader(file))
		if err != nil || !got.Past || got.Rows != 2 || len(got.Lines) != 2 {
			t.Fatalf("%+v %v", got, err)
		}
		_, err = r.Import(ctx, "lead", org, strings.NewReader(file))
		refused(t, err, fault.Invalid, "imported already")
		_, err = r.Import(ctx, "lead", org, strings.NewReader(head+"2014-10,2014,inpatient,Ferry Lane,Wharf,7,2,1,0,1,10,\n"))
		refused(t, err, fault.Invalid, "is there already")
		past, err := r.PastMonths(ctx, org)
		r.must(err)
		var out bytes.Buffer
		r.must(friends.WriteCSV(&out, friends.PastLayout(friends.Provider{Code: "RX1", Name: "Severn & Wye"}, past, month("2014-09"))))
		if got := out.String(); !strings.Contains(got, "Net promoter score,Extremely likely,") ||
			!strings.Contains(got, "Questions of 2013,September 2014,RX1,Severn & Wye,Staying in hospital,Ferry Lane,'=Wharf,20,80,25,40,6,2,1,0,1,10") {
			t.Error(got)
		}
	})
}

func FuzzImport(f *testing.F) {
	f.Add(answersHead + "wharf-ward,2026-10,online,1,en,x,yes\n")
	f.Add(strings.Join(friends.PastColumns, ",") + "\n2019-10,2014,inpatient,A,B,1,2,0,1,0,0,9\n")
	r := newRoom(f, schematest.SQLite(f))
	f.Fuzz(func(t *testing.T, file string) {
		got, err := r.Import(ctx, "lead", org, strings.NewReader(file))
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Fatalf("%v", err)
		}
		if got.Rows > 0 && len(got.Wrong) > 0 {
			t.Errorf("%+v: some rows of a wrong file", got)
		}
	})
}

// The national layout: sums by ward, site and organisation, the ways on a sheet of their
// own, no response rate for ambulances, none where a ward does not know its patients.
func TestLayout(t *testing.T) {
	r := newRoom(t, schematest.SQLite(t))
	r.take(r.ward, friends.VeryGood, 8)
	r.take(r.ward, friends.DontKnow, 2)
	r.take(r.small, friends.Poor, 1)
	r.take(r.clinic, friends.Good, 3)
	r.must(r.Eligible(ctx, "lead", org, r.ward.ID, month("2026-10"), 40))
	r.on("2026-11-02")
	closed, err := r.Close(ctx, "lead", org, month("2026-10"))
	r.must(err)
	points, err := r.Points(ctx, org)
	r.must(err)
	provider := friends.Provider{Code: "RX1", Name: "Severn & Wye"}
	sheets := friends.Layout(provider, closed, points, friends.Inpatient)
	var out bytes.Buffer
	r.must(friends.WriteCSV(&out, sheets))
	lines := strings.Split(strings.TrimSuffix(out.String(), "\r\n"), "\r\n")
	if len(lines) != 6 { // heading, organisation, ways, one site, two wards
		t.Fatalf("%d lines:\n%s", len(lines), out.String())
	}
	if !strings.HasPrefix(lines[1], "Organisation,October 2026,RX1,Severn & Wye,11,,,73,9,8,0,0,1,0,2,") {
		t.Errorf("organisation: %s", lines[1])
	}
	if !strings.Contains(lines[2], "Collection modes,October 2026,RX1") || !strings.Contains(lines[2], ",0,11,0,0,0,0,0,0") {
		t.Errorf("ways: %s", lines[2])
	}
	if !strings.HasPrefix(lines[5], "Wards,October 2026,RX1,Severn & Wye,10,40,25,80,0,8,0,0,0,0,2,") || !strings.HasSuffix(lines[5], ",RX101,Ferry Lane,Wharf,,") {
		t.Errorf("ward: %s", lines[5])
	}
	out.Reset()
	r.must(friends.WriteXLSX(&out, sheets, []string{"Not for publication"}))
	book, err := excelize.OpenReader(&out)
	r.must(err)
	if got := strings.Join(book.GetSheetList(), ","); got != "Notes,Organisation,Collection modes,Sites,Wards" {
		t.Errorf("sheets %s", got)
	}
	if cell, err := book.GetCellValue("Wards", "G3"); err != nil || cell != "10" {
		t.Errorf("%q %v", cell, err)
	}
	for _, s := range friends.Layout(provider, closed, points, friends.Ambulance) {
		if strings.Contains(strings.Join(s.Head, ","), "rate") {
			t.Error("ambulance services have no response rate")
		}
	}
}
