package house

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/survey/disclose"
	"commonweal/survey/estimate"
	"commonweal/survey/instrument"
	"commonweal/survey/score"
)

// weighable is a survey with three staff groups of which the second answered least, one
// that is too small to show, and some who name no group.
func weighable(t *testing.T) (wave.Wave, []answers.Row, []wave.Stratum) {
	t.Helper()
	in, err := instrument.Load(instrument.Engagement)
	if err != nil {
		t.Fatal(err)
	}
	w := wave.Wave{Plan: wave.Plan{Code: "autumn", Instrument: in, Minimum: 10, CommentMinimum: 20, Weighting: wave.ByGroup}}
	w.Units = []wave.Unit{{Code: wave.Whole, Level: wave.Organisation}, {Code: "north", PartOf: wave.Whole, Level: wave.Team}, {Code: "south", PartOf: wave.Whole, Level: wave.Team}}
	var rows []answers.Row
	var strata []wave.Stratum
	for i, g := range []struct {
		code             string
		eligible, answer int
	}{{"nursing", 300, 110}, {"support", 400, 120}, {"therapies", 150, 105}, {"science", 6, 4}, {"", 0, 25}} {
		if g.code != "" {
			w.Groups = append(w.Groups, wave.Group{Code: g.code, Name: g.code, Eligible: g.eligible})
			strata = append(strata, wave.Stratum{Unit: "north", Group: g.code, Eligible: g.eligible / 2}, wave.Stratum{Unit: "south", Group: g.code, Eligible: g.eligible - g.eligible/2})
		}
		w.Eligible += g.eligible
		for n := range g.answer {
			row := answers.Row{Unit: []string{"north", "south"}[n%2], Group: g.code, Answers: make([]uint8, len(in.Questions))}
			for q := range row.Answers {
				row.Answers[q] = uint8(1 + min(4, (n*5+q*3+n/7)%5+i/2))
			}
			rows = append(rows, row)
		}
	}
	w.Answers = len(rows)
	return w, rows, strata
}

func released(t *testing.T, w wave.Wave, rows []answers.Row, strata []wave.Stratum) (disclose.Release, map[wave.Stratum]int) {
	t.Helper()
	cube, cells, err := cubeOf(w, rows, ceilings(w, strata, wave.Counts{}))
	if err != nil {
		t.Fatal(err)
	}
	rules := disclose.DefaultRules()
	r, _, err := disclose.Protect(cube, nil, disclose.Knowledge{Eligible: eligible(w, strata, cells)}, rules)
	if err != nil {
		t.Fatal(err)
	}
	return r, cells
}

// The weighted score of the release, which is worked out from rounded figures, is the one
// that the answers themselves give by post-stratification (survey/estimate, which equals
// R's svymean), to one in the last decimal that is shown; and nobody stands for those of a group that
// is not shown.
func TestWeigh_IsPostStratification(t *testing.T) {
	w, rows, strata := weighable(t)
	r, _ := released(t, w, rows, strata)
	got, err := Weigh(w, r)
	if err != nil {
		t.Fatal(err)
	}
	if got.Why != "" || len(got.Groups) != 3 || !got.Finite {
		t.Fatalf("weighted %+v", got)
	}
	scorer, err := score.New(w.Instrument)
	if err != nil {
		t.Fatal(err)
	}
	sample := scorer.Sample()
	m := estimate.Margin{Name: "staff group", Totals: map[string]float64{}}
	for _, row := range rows {
		if err := sample.Add(row.Answers); err != nil {
			t.Fatal(err)
		}
		group := row.Group
		if group == "science" || group == "" {
			group = "as they are"
		}
		m.Of = append(m.Of, group)
	}
	for _, g := range w.Groups[:3] {
		m.Totals[g.Code] = float64(g.Eligible)
	}
	m.Totals["as they are"] = 850 * 29.0 / 335
	weighting, err := estimate.PostStratify(m)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range w.Instrument.Scores {
		want, err := estimate.Mean(estimate.Sample{Values: sample.Values(i), Weighting: weighting, Population: w.Eligible}, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		shown, ok := got.Score(s.ID)
		plain, okPlain := r.Score(wave.Whole, disclose.Everybody, s.ID)
		if !ok || !okPlain {
			t.Fatalf("score %s is not weighted", s.ID)
		}
		if math.Abs(shown.Mean-want.Value) > 0.0101 {
			t.Errorf("%s: weighted %.2f, from the answers %.4f", s.ID, shown.Mean, want.Value)
		}
		if plain.Mean == shown.Mean {
			t.Errorf("%s: weighting changed nothing, and groups answered differently", s.ID)
		}
		// The spread is the released one, half a point at least: the range may be too wide.
		if ratio := (shown.High - shown.Low) / (want.High - want.Low); ratio < 0.8 || ratio > 3 {
			t.Errorf("%s: range %.2f to %.2f, from the answers %.3f to %.3f", s.ID, shown.Low, shown.High, want.Low, want.High)
		}
	}
	for i, want := range []float64{300.0 / 850 * 335 / 110, 400.0 / 850 * 335 / 120, 150.0 / 850 * 335 / 105} {
		if math.Abs(got.Groups[i].Weight-want) > 0.005 {
			t.Errorf("%s counts %.2f; want %.4f", got.Groups[i].Code, got.Groups[i].Weight, want)
		}
	}
	if got.Rest != 1 || math.Abs(float64(got.EffectiveN)-weighting.EffectiveN()) > 1 || got.Largest != got.Groups[1].Weight {
		t.Errorf("rest %g, effective %d (of the answers %.1f), largest %g", got.Rest, got.EffectiveN, weighting.EffectiveN(), got.Largest)
	}
}

// A release says as much with weights as without: they follow from it and the staff list.
func TestWeigh_FollowsFromTheRelease(t *testing.T) {
	w, rows, strata := weighable(t)
	r, _ := released(t, w, rows, strata)
	text, err := r.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	again, err := disclose.ReadRelease(text)
	if err != nil {
		t.Fatal(err)
	}
	bare := wave.Wave{Plan: w.Plan, Units: w.Units, Groups: w.Groups, Eligible: w.Eligible} // of the notice: nothing that was answered
	one, err := Weigh(w, r)
	if err != nil {
		t.Fatal(err)
	}
	two, err := Weigh(bare, again)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(one.Scores, two.Scores) || !slices.Equal(one.Groups, two.Groups) {
		t.Errorf("from the file %+v, from the house %+v", two, one)
	}
}

// What cannot be weighted is not, with the reason.
func TestWeigh_SaysWhyNot(t *testing.T) {
	w, rows, strata := weighable(t)
	r, _ := released(t, w, rows, strata)
	for _, c := range []struct {
		name, want string
		change     func(w *wave.Wave)
	}{
		{"nobody knows how many were asked", NoList, func(w *wave.Wave) { w.Eligible = 0 }},
		{"more answered than were asked", NoList, func(w *wave.Wave) { w.Eligible = 300 }},
		{"one group alone", FewGroups, func(w *wave.Wave) { w.Groups = w.Groups[:1] }},
		{"the list has next to nobody in the groups", FewGroups, func(w *wave.Wave) {
			w.Groups = slices.Clone(w.Groups)
			for i := range w.Groups {
				w.Groups[i].Eligible = 9
			}
		}},
	} {
		other := w
		c.change(&other)
		if got, err := Weigh(other, r); err != nil || got.Why != c.want || len(got.Scores) > 0 {
			t.Errorf("%s: %+v (%v); want %q", c.name, got, err, c.want)
		}
	}
	w.Weighting = wave.Unweighted
	if got, err := Weigh(w, r); err != nil || got != nil {
		t.Errorf("weighted against the plan: %+v, %v", got, err)
	}
}

// Which numbers asked are told does not depend on who answered, nor on who named a group
// that nobody of the team has.
func TestEligible_DoesNotTellWhoAnswered(t *testing.T) {
	w, rows, strata := weighable(t)
	w.Units = append(w.Units, wave.Unit{Code: "kitchen", PartOf: wave.Whole, Level: wave.Team})
	strata = append(strata, wave.Stratum{Unit: "kitchen", Group: "support", Eligible: 3})
	told := func(extra ...answers.Row) []disclose.Eligible {
		all := append(slices.Clone(rows), extra...)
		cube, cells, err := cubeOf(w, all, ceilings(w, strata, wave.Counts{}))
		if err != nil {
			t.Fatal(err)
		}
		if cube.People() != len(all) {
			t.Errorf("%d of %d answers are counted", cube.People(), len(all))
		}
		return eligible(w, strata, cells)
	}
	person := func(unit, group string) answers.Row {
		return answers.Row{Unit: unit, Group: group, Answers: rows[0].Answers}
	}
	want := told()
	if !slices.ContainsFunc(want, func(e disclose.Eligible) bool { return e.Unit == "kitchen" && e.Group == "" && e.People == 3 }) {
		t.Errorf("the team of three is not told: %v", want)
	}
	for name, extra := range map[string][]answers.Row{
		"one of the three":                     {person("kitchen", "support")},
		"one of them leaves the group out":     {person("kitchen", "")},
		"one names a group nobody there has":   {person("kitchen", "nursing")},
		"five name the team of three":          {person("kitchen", "support"), person("kitchen", "support"), person("kitchen", "support"), person("kitchen", "support"), person("kitchen", "support")},
		"a scientist more than the list knows": {person("north", "science"), person("north", "science"), person("north", "science")},
	} {
		got := told(extra...)
		if name == "five name the team of three" {
			// They count where no team is named, which a release shows by having the place.
			want := slices.DeleteFunc(slices.Clone(want), func(e disclose.Eligible) bool { return e.Unit == wave.Whole })
			if !slices.Equal(got, want) {
				t.Errorf("%s: told %v; want %v", name, got, want)
			}
			continue
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: told %v; want %v", name, got, want)
		}
	}
}

// Whatever is hidden may be otherwise: with the answers of hidden cells exchanged within
// what the release shows, weights and weighted scores are the same to the last bit.
func TestWeigh_NothingHiddenGoesIn(t *testing.T) {
	w, rows, strata := weighable(t)
	r, _ := released(t, w, rows, strata)
	hidden := []int{}
	for i, row := range rows {
		if _, ok := r.At(row.Unit, row.Group); !ok && row.Group == "science" {
			hidden = append(hidden, i)
		}
	}
	other := slices.Clone(rows)
	changed := false
	for _, i := range hidden { // somebody of a hidden group changes places with one of their team who names none
		for j, row := range other {
			if row.Unit == rows[i].Unit && row.Group == "" && !slices.Equal(row.Answers, rows[i].Answers) {
				if _, ok := r.At(row.Unit, Unsaid); !ok {
					other[i].Answers, other[j].Answers = other[j].Answers, other[i].Answers
					changed = true
					break
				}
			}
		}
	}
	if !changed {
		t.Fatal("nobody of a hidden group could change places")
	}
	again, _ := released(t, w, other, strata)
	one, err := r.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	two, err := again.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	if string(one) != string(two) {
		t.Fatal("what is shown changed: the case tells nothing")
	}
	var bits [2][]byte
	for i, release := range []disclose.Release{r, again} {
		w.Answers = 1000 * i // nor how many answered, but as released
		x, err := Weigh(w, release)
		if err != nil {
			t.Fatal(err)
		}
		if bits[i], err = json.Marshal(x); err != nil {
			t.Fatal(err)
		}
	}
	if string(bits[0]) != string(bits[1]) {
		t.Errorf("weighted %s, and with other hidden answers %s", bits[0], bits[1])
	}
}

// What goes with a score is given out only where all that it is about is shown of everybody,
// and never of two surveys that differ by who moved.
func TestDrivers_OnlyOfWhatIsShown(t *testing.T) {
	w, rows, strata := weighable(t)
	r, _ := released(t, w, rows, strata)
	d := &DriverShares{Outcome: r.Scores[0].ID, Of: "question", Drivers: []DriverShare{{ID: r.Questions[0].ID}, {ID: r.Questions[1].ID}}}
	if d.safe(r, disclose.Knowledge{}) == nil {
		t.Error("all is shown, and nothing is given out")
	}
	if d.safe(r, disclose.Knowledge{Moves: []disclose.Move{{From: "summer", To: r.Wave, Left: 1}}}) != nil {
		t.Error("given out beside a survey that differs by one who left")
	}
	all := *r.Cells[0][0]
	all.Questions = slices.Clone(all.Questions)
	all.Questions[1] = nil
	r.Cells[0][0] = &all
	if d.safe(r, disclose.Knowledge{}) != nil {
		t.Error("a share of a question that is hidden of everybody is given out")
	}
}
