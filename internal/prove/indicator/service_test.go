package indicator_test

import (
	"context"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/published"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
	"commonweal/spc"
)

const org = "severn"

var ctx = context.Background()

func day(s string) law.Date {
	d, err := law.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func falls() indicator.Definition {
	return indicator.Definition{
		Code: "falls", Name: "Falls", About: "How often people fall on a ward.", Numerator: "falls", Denominator: "days that beds were used", Unit: "", Per: 1000,
		Decimals: 1, Direction: spc.Down, Kind: indicator.Rate, Source: "Incident reports", Every: indicator.Month, Starts: day("2024-04-01"),
	}
}

func refused(t *testing.T, err error, kind fault.Kind, says string) {
	t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(fault.Message(err), says) {
		t.Errorf("got %v; want %s ...%s...", err, kind, says)
	}
}

// A definition is revised with a number and a reason, and what it was stays.
func TestService_Define(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := indicator.New(b.Journal, published.New(b.Journal))
		d, err := s.Define(ctx, "sec", org, falls())
		if err != nil || d.N != 1 || d.Covers != 1 {
			t.Fatalf("%+v, %v", d, err)
		}
		_, err = s.Define(ctx, "sec", org, falls())
		refused(t, err, fault.Invalid, "say why it is revised")
		other := falls()
		other.Every, other.Reason = indicator.Year, "fewer figures"
		_, err = s.Define(ctx, "sec", org, other)
		refused(t, err, fault.Invalid, "give it a code of its own")
		for field, change := range map[string]func(*indicator.Definition){
			"code": func(d *indicator.Definition) { d.Code = "nhs-falls" }, "name": func(d *indicator.Definition) { d.Name = " " },
			"about": func(d *indicator.Definition) { d.About = "" }, "numerator": func(d *indicator.Definition) { d.Denominator = "" },
			"per": func(d *indicator.Definition) { d.Per = 0 }, "direction": func(d *indicator.Definition) { d.Direction = "sideways" },
			"covers": func(d *indicator.Definition) { d.Covers = 61 }, "source": func(d *indicator.Definition) { d.Source = "" },
			"starts": func(d *indicator.Definition) { d.Starts = law.Date{} }, "kind": func(d *indicator.Definition) { d.Kind = "guess" },
		} {
			wrong := falls()
			wrong.Code = "slips"
			change(&wrong)
			if _, err := s.Define(ctx, "sec", org, wrong); fault.FieldOf(err) != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		tenfold := falls()
		tenfold.Per, tenfold.Reason = 100, "They look fewer so."
		_, err = s.Define(ctx, "sec", org, tenfold)
		refused(t, err, fault.Invalid, "one in every 100 is another measure")
		years := falls()
		years.Code, years.Every = "falls-a-year", indicator.Year
		if _, err := s.Define(ctx, "sec", org, years); err != nil {
			t.Fatal(err)
		}
		years.Starts, years.Reason = day("2025-01-01"), "The bad winter falls into the year before."
		_, err = s.Define(ctx, "sec", org, years)
		refused(t, err, fault.Invalid, "begin in January is another measure")
		again := falls()
		again.Name, again.Reason = "Falls on wards", "Outpatients are left out."
		if _, err := s.Define(ctx, "sec", org, again); err != nil {
			t.Fatal(err)
		}
		now, all, err := s.One(ctx, org, "falls")
		if err != nil || now.N != 2 || now.Name != "Falls on wards" || len(all) != 2 || all[0].Name != "Falls" {
			t.Errorf("%+v, %+v, %v", now, all, err)
		}
		_, _, err = s.One(ctx, "elsewhere", "falls")
		refused(t, err, fault.NotFound, "there is no measure")
	})
}

// The newest word on a period counts; what was said before is its history; a file that
// says nothing new is no change.
func TestService_Import(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := indicator.New(b.Journal, published.New(b.Journal))
		if _, err := s.Define(ctx, "sec", org, falls()); err != nil {
			t.Fatal(err)
		}
		load := func(file string, why ...string) (indicator.Outcome, error) {
			return s.Import(ctx, "sec", org, indicator.Upload{
				Reason: strings.Join(why, ""), Indicator: "falls", FileName: "falls.csv", Content: []byte(file), Columns: indicator.Columns{Period: "month", Numerator: "falls", Denominator: "days"},
			})
		}
		out, err := load("month,falls,days\n2024-04,12,4000\n2024-05,9,4100\n2024-05,8,4100\n")
		if err != nil || out.Kept != 2 || out.Rejected != 1 || out.Revised != 0 {
			t.Fatalf("%+v, %v", out, err)
		}
		again, err := load("month,falls,days\n2024-04,12,4000\n2024-05,9,4100\n2024-05,8,4100\n")
		if err != nil || !again.Unchanged || again.ID != out.ID {
			t.Errorf("the same file again: %+v, %v", again, err)
		}
		_, err = load("month,falls,days\n2024-05,7,4100\n2024-06,11,4000\n")
		refused(t, err, fault.Invalid, "the first is of May 2024, which was 2.19512195121951")
		if fault.FieldOf(err) != "reason" {
			t.Errorf("the reason is asked for at its field, not at %q", fault.FieldOf(err))
		}
		_, err = load("month,falls,days\n2024-05,7,4100\n", strings.Repeat("x", 501))
		refused(t, err, fault.Invalid, "longer than 500")
		try := func(file, why string) (indicator.Outcome, error) {
			return s.Try(ctx, org, indicator.Upload{
				Reason: why, Indicator: "falls", FileName: "falls.csv", Content: []byte(file), Columns: indicator.Columns{Period: "month", Numerator: "falls", Denominator: "days"},
			})
		}
		look, err := try("month,falls,days\n2024-05,10,4100\n2024-06,11,4000\n", "")
		if err != nil || look.ID != "" || look.Unchanged || look.Kept != 2 || look.Revised != 1 || len(look.Corrections) != 1 {
			t.Fatalf("a look at a correction: %+v, %v", look, err)
		}
		if got, want := falls().CorrectionWords(look.Corrections[0]), "May 2024: 2.44, before 2.20"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		_, err = try("month,falls,days\n2024-05,7,4100\n", strings.Repeat("x", 501))
		refused(t, err, fault.Invalid, "longer than 500")
		if same, err := try("month,falls,days\n2024-04,12,4000\n2024-05,9,4100\n2024-05,8,4100\n", ""); err != nil || !same.Unchanged || same.Imported != out.Imported || same.Revised != 0 {
			t.Errorf("a look at the same file: %+v, %v", same, err)
		}
		later, err := load("month,falls,days\n2024-05,10,4100\n2024-06,11,4000\n", "A report came late.")
		if err != nil || later.Revised != 1 {
			t.Fatalf("%+v, %v", later, err)
		}
		if i, _, err := s.ImportByID(ctx, org, later.ID); err != nil || i.Revised != 1 || i.Reason != "A report came late." {
			t.Errorf("the reason is kept: %+v, %v", i, err)
		}
		if all, err := s.Imports(ctx, org, "falls"); err != nil || len(all) != 2 || all[0].Reason == "" || all[1].Reason != "" || all[1].Revised != 0 {
			t.Errorf("and stands beside its file: %+v, %v", all, err)
		}
		list, err := s.Figures(ctx, org, "falls")
		if err != nil || len(list) != 3 || list[0].Value != 3 || list[1].Numerator != 10 {
			t.Errorf("as it stands: %+v, %v", list, err)
		}
		if all, err := s.History(ctx, org, "falls"); err != nil || len(all) != 4 || all[1].Numerator != 9 || all[2].Numerator != 10 {
			t.Errorf("what was said before is kept: %+v, %v", all, err)
		} else if r := indicator.Revised(all); len(r) != 1 || r[0].Was.Numerator != 9 || r[0].Now.Numerator != 10 || r[0].Was.Period != day("2024-05-01") || r[0].By != later.ID {
			t.Errorf("only May was revised: %+v", r)
		}
		_, rejected, err := s.ImportByID(ctx, org, out.ID)
		if err != nil || len(rejected) != 1 || rejected[0].Row != 4 {
			t.Errorf("what did not fit: %+v, %v", rejected, err)
		}
		if _, _, err := s.ImportByID(ctx, "elsewhere", out.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("another organisation sees the import: %v", err)
		}
		_, err = load("month,falls,days\n")
		refused(t, err, fault.Invalid, "no rows")
		_, err = load("month,falls,days\n2062-04,1,2\n", "x")
		refused(t, err, fault.Invalid, "is not over yet")
		_, err = load("month,falls,days\nyesterday,1,2\n")
		refused(t, err, fault.Invalid, "nothing in the file fits")
		schematest.Tamper(t, b, indicator.Tables)
		for _, edit := range []string{
			`UPDATE indicator_value SET value = '99' WHERE period = '2024-04-01'`,
			`UPDATE indicator_rejection SET reason = 'it fitted'`,
		} {
			if err := b.Edit(edit); err != nil {
				t.Fatal(err)
			}
		}
		if b.Findings(t) == 0 {
			t.Error("figures were edited by hand, and fsck finds nothing")
		}
		for _, undo := range []string{
			`UPDATE indicator_value SET value = '3' WHERE period = '2024-04-01'`,
			`UPDATE indicator_rejection SET reason = 'the same period and unit stand already in row 3'`,
		} {
			if err := b.Edit(undo); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// The carried survey scores are measures without being copied.
func TestService_PublishedAsMeasures(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		p := published.New(b.Journal)
		s := indicator.New(b.Journal, p)
		if list, err := s.List(ctx, org); err != nil || len(list) != 0 {
			t.Errorf("before anything is published: %+v, %v", list, err)
		}
		if _, err := p.ImportCarried(ctx, "sec", org); err != nil {
			t.Fatal(err)
		}
		d, _, err := s.One(ctx, org, "nss-e")
		if err != nil || d.Own() || d.Source != "NHS Staff Survey" {
			t.Fatalf("%+v, %v", d, err)
		}
		list, err := s.Figures(ctx, org, "nss-e")
		if err != nil || len(indicator.Of(list, "NQL")) != 1 || len(list) < 200 {
			t.Errorf("%d figures, %v", len(list), err)
		}
		_, err = s.Import(ctx, "sec", org, indicator.Upload{Indicator: "nss-e", Content: []byte("a,b\n1,2\n")})
		refused(t, err, fault.Conflict, "read from elsewhere")
	})
}

// What a revision changes is said in words: the way that is better above all.
func TestChanges(t *testing.T) {
	now := falls()
	now.Direction, now.Denominator = spc.Up, "days that beds could have been used"
	got := indicator.Changes(falls(), now)
	if len(got) != 2 || got[0] != (indicator.Change{What: "Out of", Was: "days that beds were used", Now: "days that beds could have been used"}) ||
		got[1] != (indicator.Change{What: "Better is", Was: "lower", Now: "higher"}) {
		t.Errorf("%+v", got)
	}
	if same := indicator.Changes(falls(), falls()); len(same) != 0 {
		t.Errorf("%+v", same)
	}
}
