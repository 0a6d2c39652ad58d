package published_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/prove/published"
	"commonweal/internal/schema/schematest"
)

const mutual = "severn"

func store(b *schematest.Base) *published.Store { return published.New(b.Journal) }

func carried(t *testing.T, s *published.Store) published.Outcome {
	t.Helper()
	out, err := s.ImportCarried(t.Context(), "system", mutual)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// absenceFile is a small absence file: for each organisation so many hundredths
// of its days lost in each of the months.
func absenceFile(name string, months []string, rates map[string]float64, more ...string) published.File {
	var b strings.Builder
	b.WriteString("DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,ORG_TYPE,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT\n")
	for _, m := range months {
		for _, ods := range []string{"NQL", "RY1", "RY2"} {
			if r, ok := rates[ods]; ok {
				fmt.Fprintf(&b, "%s,Y1,North,Q1,Q One,%s,%s CIC,Community Provider Trust,%g,1000,%.2f\n", m, ods, ods, 10*r, r)
			}
		}
	}
	for _, row := range more {
		b.WriteString(row + "\n")
	}
	return published.File{Name: name, Content: strings.NewReader(b.String()), Size: int64(b.Len())}
}

var year = []string{
	"30/04/2024", "31/05/2024", "30/06/2024", "31/07/2024", "31/08/2024", "30/09/2024",
	"31/10/2024", "30/11/2024", "31/12/2024", "31/01/2025", "28/02/2025", "31/03/2025",
}

func importFile(t *testing.T, s *published.Store, f published.File) published.Outcome {
	t.Helper()
	out, err := s.Import(t.Context(), "system", mutual, f, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The carried figures go through the same path as a file: one entry, and what
// was published comes back to the digit, hidden figures as hidden.
func TestStore_KeepsWhatWasCarried(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := store(b)
		out := carried(t, s)
		if out.Unchanged || out.Import.Entry != 0 || out.Import.Organisations != 264 || out.Import.Kept != out.Import.Values+out.Import.Hidden {
			t.Fatalf("first import: %+v", out.Import)
		}
		e, _ := published.ScoreOf("E")
		figures, err := s.Figures(t.Context(), e)
		if err != nil {
			t.Fatal(err)
		}
		f := figures[0]
		navigo, ok := f.Of("NQL")
		if !ok || navigo.Value != 7.91 || navigo.Base != 517 || navigo.Organisation.ShortName() != "NAViGO" {
			t.Errorf("NAViGO is %+v", navigo)
		}
		if england := f.England(); england == nil || england.Value != 6.85 || england.Base != 745006 {
			t.Errorf("England is %+v", england)
		}
		if f.Period != "2024" || len(f.Figures) != 264 {
			t.Errorf("%d figures of %s", len(f.Figures), f.Period)
		}
		if len(f.Source) != 1 || !strings.Contains(f.Source[0].Licence, "Open Government Licence v3.0") {
			t.Errorf("sources %+v", f.Source)
		}
		if got := published.Mutuals(published.Strips(f.Figures)); len(got) != 7 {
			t.Errorf("%d mutuals", len(got))
		}
		absence, err := s.AbsenceOverYear(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if absence.Period != "2024-04/2025-03" || absence.England() == nil || absence.England().Value != 5.15 {
			t.Errorf("absence of %s, England %+v", absence.Period, absence.England())
		}
	})
}

// The same bytes twice are one import: no second entry, nothing written.
func TestStore_ImportAgainChangesNothing(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := store(b)
		first := carried(t, s)
		again := carried(t, s)
		if !again.Unchanged || again.Import.ID != first.Import.ID {
			t.Errorf("second time: %+v", again)
		}
		file := func() published.File { return absenceFile("a.csv", year[:2], map[string]float64{"NQL": 4}) }
		importFile(t, s, file())
		if out := importFile(t, s, file()); !out.Unchanged {
			t.Errorf("the same absence file was imported again: %+v", out.Import)
		}
		list, err := s.Imports(t.Context())
		if err != nil || len(list) != 2 {
			t.Errorf("%d imports, %v", len(list), err)
		}
	})
}

// A later file replaces the same months and leaves the others in force; once
// every month is replaced, the older import says by what.
func TestStore_LaterFileReplacesItsPeriods(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := store(b)
		old := importFile(t, s, absenceFile("old.csv", year[:3], map[string]float64{"NQL": 4, "RY1": 6}))
		part := importFile(t, s, absenceFile("part.csv", year[:1], map[string]float64{"NQL": 5}))
		if len(part.Replaced) != 1 || part.Replaced[0].ReplacedBy != "" || part.Replaced[0].Kept != 12 {
			t.Fatalf("replaced in part: %+v", part.Replaced)
		}
		r, err := s.AbsenceMonths(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		days, _ := r.Of("NQL")
		if rate, _ := days[0].Rate(); rate != 5 {
			t.Errorf("April is %g, the later word is 5", rate)
		}
		if rate, _ := days[1].Rate(); rate != 4 {
			t.Errorf("May is %g, which nothing replaced", rate)
		}
		// The old file is not whole any more, so importing it again means it.
		back := importFile(t, s, absenceFile("old.csv", year[:3], map[string]float64{"NQL": 4, "RY1": 6}))
		if back.Unchanged || len(back.Replaced) != 2 {
			t.Errorf("importing the older file again: %+v", back)
		}
		gone, _, err := s.ImportByID(t.Context(), old.Import.ID)
		if err != nil || gone.ReplacedBy != back.Import.ID || gone.Kept != 0 {
			t.Errorf("the old import is %+v, %v", gone, err)
		}
	})
}

// Twelve months of absence take the place of the carried year's rate and leave
// the carried scores; the carried table never comes back over them.
func TestStore_FullFilesReplaceCarriedFigures(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := store(b)
		carried(t, s)
		eleven := importFile(t, s, absenceFile("eleven.csv", year[:11], map[string]float64{"NQL": 4}))
		if len(eleven.Replaced) != 0 {
			t.Errorf("eleven months replaced a year: %+v", eleven.Replaced)
		}
		all := importFile(t, s, absenceFile("all.csv", year, map[string]float64{"NQL": 4, "RY1": 6}))
		if len(all.Replaced) != 2 {
			t.Fatalf("replaced %+v", all.Replaced)
		}
		got, err := s.AbsenceOverYear(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		own, _ := got.Of("NQL")
		if own.Value != 4 || own.Base != 12 || own.Organisation.Group != "Social Enterprises - Mental Health" {
			t.Errorf("the year of NQL is %+v", own)
		}
		if e := got.England(); e == nil || e.Value != 5 {
			t.Errorf("England is %+v, the sum of both is 5", e)
		}
		if again := carried(t, s); !again.Unchanged {
			t.Error("the carried figures were imported over the full ones")
		}
		e, _ := published.ScoreOf("E")
		scores, err := s.Figures(t.Context(), e)
		if err != nil || len(scores[0].Figures) != 264 {
			t.Errorf("%d carried scores are left, %v", len(scores[0].Figures), err)
		}
	})
}

// A machine that had the full file first takes from the carried table only what
// that file does not say.
func TestStore_CarriedFiguresFillOnlyGaps(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := store(b)
		importFile(t, s, absenceFile("all.csv", year, map[string]float64{"NQL": 4}))
		out := carried(t, s)
		m, err := s.Figures(t.Context(), published.AbsenceYear)
		if err != nil {
			t.Fatal(err)
		}
		if out.Unchanged || m[0].Period != "" {
			t.Errorf("imported %+v; the carried year of absence is of %q", out.Import, m[0].Period)
		}
	})
}

// What does not fit is kept with where and why, also after the file was replaced.
func TestStore_KeepsRejections(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := store(b)
		bad := "30/04/2024,Y1,North,Q1,Q One,RY2,RY2 Trust,Trust,many,1000,1"
		out := importFile(t, s, absenceFile("bad.csv", year[:1], map[string]float64{"NQL": 4}, bad))
		importFile(t, s, absenceFile("good.csv", year[:1], map[string]float64{"NQL": 4, "RY2": 3}))
		i, rejections, err := s.ImportByID(t.Context(), out.Import.ID)
		if err != nil {
			t.Fatal(err)
		}
		if i.InForce() || i.Rejected != 1 || len(rejections) != 1 || rejections[0].Row != 3 || rejections[0].Field != "FTE_DAYS_LOST" {
			t.Errorf("import %+v, rejections %+v", i, rejections)
		}
	})
}

// A file of which nothing fits is refused and leaves no trace.
func TestStore_RefusesFileOfWhichNothingFits(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := store(b)
		_, err := s.Import(t.Context(), "system", mutual, absenceFile("none.csv", nil, nil, "x,y,,,,,,,,,"), nil)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "none.csv") {
			t.Errorf("error %v", err)
		}
		if list, _ := s.Imports(t.Context()); len(list) != 0 {
			t.Errorf("imports %+v", list)
		}
	})
}

// One organisation answers for a machine's published figures: a second one is
// told whose record they are in.
func TestStore_HasOneKeeper(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := store(b)
		carried(t, s)
		_, err := s.Import(t.Context(), "system", "other", absenceFile("a.csv", year[:1], map[string]float64{"NQL": 4}), nil)
		if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), mutual) {
			t.Errorf("error %v", err)
		}
		if keeper, err := s.Keeper(t.Context()); keeper != mutual || err != nil {
			t.Errorf("keeper %q, %v", keeper, err)
		}
	})
}

// A figure changed by hand is found, in every sealed table.
func TestStore_FsckFindsEveryHandEdit(t *testing.T) {
	edits := map[string]string{
		"a figure":         `UPDATE published_value SET figure = '9.99' WHERE ods = 'NQL' AND measure = 'absence.rate'`,
		"a hidden figure":  `UPDATE published_value SET figure = NULL WHERE ods = 'NQL' AND measure = 'absence.rate'`,
		"a missing figure": `DELETE FROM published_value WHERE ods = 'NQL' AND measure = 'absence.rate'`,
		"a name":           `UPDATE published_org SET name = 'Other' WHERE ods = 'NQL'`,
		"a measure":        `UPDATE published_measure SET direction = 'higher' WHERE measure = 'absence.rate'`,
		"a rejection":      `UPDATE published_rejection SET reason = 'Fine.'`,
		"an orphan":        `INSERT INTO published_value (import_id, measure, period, ods, figure, base) VALUES ('x', 'nss.E', '2024', 'NQL', '10', 9)`,
		"a count":          `UPDATE published_import SET rejected_n = 0`,
	}
	for name, edit := range edits {
		t.Run(name, func(t *testing.T) {
			b := schematest.SQLite(t)
			importFile(t, store(b), absenceFile("bad.csv", year[:2], map[string]float64{"NQL": 4}, "x,y,,,,,,,,,"))
			schematest.Verify(t, b.Journal)
			err := b.Journal.DB().Write(t.Context(), func(tx *db.Tx) error {
				n, err := tx.Exec(t.Context(), edit)
				if err == nil && n == 0 {
					err = fmt.Errorf("the edit changed nothing")
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			reports, err := b.Journal.Fsck(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			found := 0
			for _, r := range reports {
				found += len(r.Findings)
			}
			if found == 0 {
				t.Error("fsck found nothing")
			}
		})
	}
}

// The list is searched by name, code and former code, and grouped.
func TestStore_FindsOrganisations(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := store(b)
		carried(t, s)
		directory := "ods_code,name,alt_names,type,region,ics,predecessor_codes,merger_date\n" +
			"NQL,NAViGO,Navigo Grimsby,,,,ZZ9,2020-04-01\nXX1,A trust without figures,,,,,,\n"
		importFile(t, s, published.File{Name: "d.csv", Content: strings.NewReader(directory), Size: int64(len(directory))})
		for _, c := range []struct {
			why  string
			q    published.Search
			want int
		}{
			{"all that took part, none that is in the directory alone", published.Search{}, 263},
			{"by part of a name, whatever its case", published.Search{Text: "navigo"}, 1},
			{"by code", published.Search{Text: "nql"}, 1},
			{"by a name that only the directory knows", published.Search{Text: "grimsby"}, 1},
			{"by the code of one merged into it", published.Search{Text: "zz9"}, 1},
			{"every word has to be found", published.Search{Text: "navigo leeds"}, 0},
			{"by group", published.Search{Group: "Community Trusts"}, 14},
		} {
			got, err := s.Organisations(t.Context(), c.q)
			if err != nil || len(got) != c.want {
				t.Errorf("%s: %d organisations, want %d (%v)", c.why, len(got), c.want, err)
			}
		}
		all, _ := s.Organisations(t.Context(), published.Search{})
		if all[0].Group != "Social Enterprises - Community" || all[262].Group != "CSUs" {
			t.Errorf("the list begins with %s and ends with %s", all[0].Group, all[262].Group)
		}
		merged, err := s.OrganisationByODS(t.Context(), "zz9")
		if err != nil || merged.ODS != "NQL" || merged.ShortName() != "NAViGO" {
			t.Errorf("by the former code: %+v, %v", merged, err)
		}
		if _, err := s.OrganisationByODS(t.Context(), "XX1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("an organisation without figures: %v", err)
		}
	})
}

// What one process keeps in memory is overtaken by what another imports.
func TestStore_SeesWhatAnotherProcessImports(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		server, command := store(b), store(b)
		carried(t, command)
		before, err := server.AbsenceOverYear(t.Context())
		if err != nil || before.England() == nil || before.England().Value != 5.15 {
			t.Fatalf("before: %+v, %v", before.England(), err)
		}
		importFile(t, command, absenceFile("all.csv", year, map[string]float64{"NQL": 4}))
		after, err := server.AbsenceOverYear(t.Context())
		if err != nil || after.England() == nil || after.England().Value != 4 {
			t.Errorf("after: %+v, %v", after.England(), err)
		}
	})
}

// A measure is found by its id: a score in our words, whatever is imported;
// anything else only once a file has brought it.
func TestStore_MeasureOf(t *testing.T) {
	b := schematest.SQLite(t)
	s := store(b)
	for _, id := range []string{"nss.E", "absence.rate", "absence.year"} {
		if m, err := s.MeasureOf(t.Context(), id); err != nil || m.ID != id || m.Label == "" {
			t.Errorf("measure %s is %+v, %v", id, m, err)
		}
	}
	for _, id := range []string{"nss.X", "nss2024.Q2a.often", ""} {
		if _, err := s.MeasureOf(t.Context(), id); !fault.Is(err, fault.NotFound) {
			t.Errorf("measure %q: %v", id, err)
		}
	}
}

// What was published and later revised is kept in both forms: the later one is in force,
// the earlier one can be read, and both are sealed.
func TestStore_KeepsWhatWasSaidBefore(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := store(b)
		first := importFile(t, s, absenceFile("first.csv", year[:1], map[string]float64{"NQL": 4, "RY1": 6}))
		second := importFile(t, s, absenceFile("second.csv", year[:1], map[string]float64{"NQL": 5, "RY1": 6}))
		// Days lost and the rate of one organisation; the other says the same again.
		if second.Revised != 2 {
			t.Errorf("%d figures say something else, want 2", second.Revised)
		}
		before, err := s.Earlier(t.Context(), published.AbsenceRate.ID, "NQL")
		if err != nil || len(before) != 1 || before[0].Value.Value != 4 || before[0].Import != first.Import.ID || before[0].ReplacedBy != second.Import.ID {
			t.Fatalf("before: %+v, %v", before, err)
		}
		if now, err := s.Series(t.Context(), published.AbsenceRate.ID); err != nil || len(now) != 2 || now[0].Value != 5 {
			t.Errorf("in force: %+v, %v", now, err)
		}
		if n, err := s.Revised(t.Context(), second.Import.ID); err != nil || n != 2 {
			t.Errorf("%d revised, %v", n, err)
		}
		third := importFile(t, s, absenceFile("third.csv", year[:1], map[string]float64{"NQL": 5.5}))
		if all, err := s.Earlier(t.Context(), published.AbsenceRate.ID, "NQL"); err != nil || len(all) != 2 || all[1].Value.Value != 5 || all[1].ReplacedBy != third.Import.ID {
			t.Errorf("the history is %+v, %v", all, err)
		}
		// What a reader of the organisation's page sees: each earlier word beside today's.
		revised, err := s.Revisions(t.Context(), "NQL", published.AbsenceRate.ID)
		if err != nil || len(revised) != 2 || revised[0].Was.Value != 4 || revised[0].Now.Value != 5.5 || revised[0].By != "second.csv" || revised[1].Was.Value != 5 || revised[1].By != "third.csv" {
			t.Errorf("the revisions are %+v, %v", revised, err)
		}
		// The third file leaves an organisation out of a month that it speaks of.
		if gone, err := s.Revisions(t.Context(), "RY1", published.AbsenceRate.ID); err != nil || len(gone) == 0 || !gone[len(gone)-1].Gone {
			t.Errorf("what is no longer published: %+v, %v", gone, err)
		}
	})
}

// A directory of ratings lists the newest of each organisation: what a later one leaves
// out was not withdrawn, and the earlier rating stays beside the new.
func TestStore_SnapshotsWithdrawNothing(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := store(b)
		const top = "Provider ID,Provider Name,Service / Population Group,Domain,Latest Rating,Publication Date\n"
		file := func(name, rows string) published.File {
			text := top + rows
			return published.File{Name: name, Content: strings.NewReader(text), Size: int64(len(text))}
		}
		importFile(t, s, file("a.csv", "RZA,Alder,Overall,Overall,Good,26/04/2023\nRZB,Birch,Overall,Overall,Inadequate,01/04/2023\n"))
		out := importFile(t, s, file("b.csv", "RZA,Alder,Overall,Overall,Outstanding,10/05/2025\nRZB,Birch,Overall,Overall,Requires improvement,01/04/2023\n"))
		got, err := s.Series(t.Context(), published.Ratings["overall"].ID)
		if err != nil || len(got) != 3 || got[0].Value != 3 || got[1].Value != 4 || got[2].Value != 2 {
			t.Errorf("in force %+v, %v", got, err)
		}
		if out.Revised != 1 {
			t.Errorf("%d revised: one rating of a day was corrected", out.Revised)
		}
	})
}
