package score_test

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"commonweal/internal/prove/published"
	"commonweal/survey/instrument"
	"commonweal/survey/score"
)

// publishedFile finds one of the published files, which the repository does
// not carry: in COMMONWEAL_PUBLISHED, or in ../shared/data beside the repository.
func publishedFile(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("COMMONWEAL_PUBLISHED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the published file %s is not here: %v", name, err)
	}
	return path
}

// margins keeps the published figures by organisation: shares of options by
// question and label, and scores.
type margins struct {
	measures map[string]published.Measure
	shares   map[string]map[[2]string]float64 // organisation; question, option
	scores   map[string]map[string]float64    // organisation; score
}

func (m *margins) Source(published.Source) error             { return nil }
func (m *margins) Organisation(published.Organisation) error { return nil }
func (m *margins) Reject(published.Rejection) error          { return nil }

func (m *margins) Measure(me published.Measure) error { m.measures[me.ID] = me; return nil }

func (m *margins) Value(v published.Value) error {
	if m.shares[v.ODS] == nil {
		m.shares[v.ODS], m.scores[v.ODS] = map[[2]string]float64{}, map[string]float64{}
	}
	if v.Suppressed {
		return nil
	}
	switch me := m.measures[v.Measure]; me.Kind {
	case published.KindPercent:
		m.shares[v.ODS][[2]string{me.Code, me.Option}] = v.Value
	case published.KindScore:
		m.scores[v.ODS][me.Code] = v.Value
	}
	return nil
}

// item is the mean of one question in an organisation, from the shares of its
// options. Where the question was not put to everybody, those who score
// otherwise are mixed in by their share of the question before.
func (m *margins) item(t *testing.T, s *score.Scorer, ods string, q instrument.Question) (float64, bool) {
	t.Helper()
	in := s.Instrument()
	at := slices.IndexFunc(in.Questions, func(o instrument.Question) bool { return o.ID == q.ID })
	share := func(of instrument.Question, code int) (float64, bool) {
		scale, _ := in.Scale(of.Scale)
		o, _ := scale.Option(code)
		v, ok := m.shares[ods][[2]string{"Q" + of.Numbers[2024], o.Label.In("en")}]
		return v, ok
	}
	answers := make([]uint8, len(in.Questions))
	filter, filterAt := instrument.Question{}, 0
	if q.Ask != nil {
		filterAt = slices.IndexFunc(in.Questions, func(o instrument.Question) bool { return o.ID == q.Ask.Question })
		filter = in.Questions[filterAt]
		answers[filterAt] = uint8(q.Ask.Is[0])
	}
	sum, weight := 0.0, 0.0
	scale, _ := in.Scale(q.Scale)
	for _, o := range scale.Options {
		v, ok := share(q, o.Code)
		if !ok {
			return 0, false
		}
		answers[at] = uint8(o.Code)
		items, err := s.Items(answers)
		if err != nil {
			t.Fatal(err)
		}
		if items[at].Known {
			sum, weight = sum+v*items[at].Points, weight+v
		}
	}
	if weight == 0 {
		return 0, false
	}
	mean := sum / weight
	if q.Ask == nil {
		return mean, true
	}
	put, ok := share(filter, q.Ask.Is[0])
	if !ok {
		return 0, false
	}
	sum, weight = mean*put, put
	for _, o := range q.Ask.Otherwise {
		v, ok := share(filter, o.Code)
		if !ok {
			return 0, false
		}
		answers[at], answers[filterAt] = 0, uint8(o.Code)
		items, err := s.Items(answers)
		if err != nil {
			t.Fatal(err)
		}
		sum, weight = sum+v*items[at].Points, weight+v
	}
	return sum / weight, true
}

// Every organisation's published sub-scores are the means of its items as
// scored here, but for what people left out, which margins do not show (NHS
// England, NHS Staff Survey 2024, detailed results by organisation). The
// climate score cannot be checked so: two of its questions are put to few.
func TestPublished_Survey2024(t *testing.T) {
	m := &margins{map[string]published.Measure{}, map[string]map[[2]string]float64{}, map[string]map[string]float64{}}
	if _, err := published.ReadPath(t.Context(), publishedFile(t, "NSS24-detailed-organisational-results.xlsx"), m); err != nil {
		t.Fatal(err)
	}
	s := scorer(t, instrument.PeoplePromise)
	for _, sc := range s.Instrument().Scores {
		within := 0.042
		switch {
		case sc.ID == "PP4_1":
			continue
		case sc.ID == "PP5_2":
			within = 0.055
		case sc.ID == "E":
			within = 0.011
		case len(sc.Scores) > 0:
			within = 0.055
		}
		t.Run(sc.ID, func(t *testing.T) {
			var off []float64
			for ods, scores := range m.scores {
				want, ok := scores[sc.ID]
				if !ok {
					t.Errorf("%s: no published score", ods)
					continue
				}
				var parts []score.Value
				for _, id := range sc.Questions {
					q, _ := s.Instrument().Question(id)
					v, ok := m.item(t, s, ods, q)
					parts = append(parts, score.Value{Points: v, Known: ok})
				}
				for _, id := range sc.Scores {
					v, ok := scores[id]
					parts = append(parts, score.Value{Points: v, Known: ok})
				}
				got := score.Combine(len(parts), parts...)
				if !got.Known {
					t.Errorf("%s: a part is missing", ods)
					continue
				}
				off = append(off, math.Abs(got.Points-want))
			}
			if len(off) != 263 {
				t.Fatalf("%d organisations compared, want 263", len(off))
			}
			slices.Sort(off)
			t.Logf("median off %.4f, most %.4f", off[len(off)/2], off[len(off)-1])
			if most := off[len(off)-1]; most > within {
				t.Errorf("off by %.4f, more than %.3f", most, within)
			}
		})
	}
}

// The pulse's engagement is the mean of its three sub-scores, in every row
// that has scores, to the last digits of a float (NHS England, National
// Quarterly Pulse Survey, results by organisation 2021-22 and 2022-23). One
// organisation had no responses; its printed engagement of 0 is no score.
func TestPublished_Pulse(t *testing.T) {
	f, err := os.Open(publishedFile(t, "NQPS-org-scores-202122Q4-202223Q1.csv"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	in := scorer(t, instrument.Pulse).Instrument()
	engagement, _ := in.Score("E")
	columns := map[string]string{"E": "engagement", "E_1": "motivation", "E_2": "involvement", "E_3": "advocacy"}
	figure := func(row []string, id string) score.Value {
		text := row[slices.Index(rows[0], columns[id])]
		if text == "" || text == "-" {
			return score.Value{}
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		return score.Of(v)
	}
	responses := slices.Index(rows[0], "responses")
	scored, nobody, most := 0, 0, 0.0
	for _, row := range rows[1:] {
		if row[responses] == "0" {
			nobody++
			continue
		}
		want := figure(row, "E")
		if !want.Known {
			continue
		}
		var parts []score.Value
		for _, id := range engagement.Scores {
			parts = append(parts, figure(row, id))
		}
		got := score.Combine(engagement.Least, parts...)
		if !got.Known {
			t.Errorf("%s: engagement is published, a sub-score is not", row[5])
			continue
		}
		scored++
		most = max(most, math.Abs(got.Points-want.Points))
	}
	t.Logf("%d rows with scores, off by %.2g at most", scored, most)
	if scored != 377 || nobody != 1 || most > 1e-12 {
		t.Errorf("%d rows with scores and %d without responses, off by %g at most", scored, nobody, most)
	}
}
