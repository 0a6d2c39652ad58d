package instrument_test

import (
	"testing"

	"commonweal/survey/instrument"
)

func load(t testing.TB, id string) instrument.Instrument {
	t.Helper()
	in, err := instrument.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// A wave's notice names the hash, so a shipped version may never change by a
// letter. Whoever means to change one gives it a new version, and adds to this.
func TestShipped_NeverChanges(t *testing.T) {
	want := map[string]string{
		"mutual-culture":          "7a3c141dbbe6c76a0f3c93d1852c2350eaaa91d18a067de9a9f0d11410442e03",
		"nhs-patient-fft-2013":    "ba3b688950d3a7f25fbf63c6aef2c5fa98c28cae3b8eed981c6e818a11da36f7",
		"nhs-patient-fft-2014":    "85be4aca331c055fb97cc4f4fe030bcbdcd92f7048fd2de597db19403efca9b2",
		"nhs-patient-fft-2020":    "ddb68aa77be32b3dcbcc3c24a36e6f325f8b41577905e802b13fbed1e2f8b7e2",
		"nhs-people-promise-2021": "b44162da9f5616eea7ddc99383a5a238e22595591b1a404a140105cf7953f058",
		"nhs-people-promise-2022": "cc90379726083de0525175e046f2ea5de7781ec526d547607f151c97609303a1",
		"nhs-people-promise-2023": "a66a6129b62a3139652f2d267936b5c1b338c3e944b2525ee0250c039c235e94",
		"nhs-people-promise-2024": "4d328c659d9d7dfdc3c25784eed5c191a81b174082bb9a889f4348fe25705274",
		"nhs-people-promise-2025": "67561879dab9fdf29b74ca678aa70f496b0ca5eea4cac1312ad2602079fa3588",
		"nhs-staff-fft":           "b384a3d9e7d952104ecdc631634dba8e0a97c3077410008dae9413f2d7253f85",
		"nhs-engagement":          "f2b25e282313d04ea10b389ce2ff605a4a32db9f74dd93da5d017a0333af69d4",
		"nhs-people-promise":      "6cfe77b19902e938814bbf04ae8f5dcc8148b705fe1c9fde7cff72a746e557c1",
		"nhs-pulse":               "9ab0fe481139f803e3a7896c28b6696767bd13a1069e588e26725af311a5e370",
	}
	list, err := instrument.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != len(want) {
		t.Errorf("%d instruments, want %d", len(list), len(want))
	}
	for _, in := range list {
		got, err := in.Hash()
		if err != nil {
			t.Fatal(err)
		}
		if got != want[in.ID] {
			t.Errorf("%s version %d has hash %s, want %s", in.ID, in.Version, got, want[in.ID])
		}
	}
}

// The numbers of the nine engagement questions moved, their wording did not
// (NHS England, NHS Staff Survey core questionnaires 2021 to 2025).
func TestEngagement_NumbersByYear(t *testing.T) {
	in := load(t, instrument.Engagement)
	if len(in.Questions) != 9 || len(in.Unworded()) != 0 {
		t.Errorf("%d questions, without wording %v", len(in.Questions), in.Unworded())
	}
	for _, c := range []struct {
		year   int
		number string
		id     string
	}{
		{2021, "2a", "look_forward"},
		{2025, "2c", "time_passes"},
		{2021, "3c", "initiative"},
		{2023, "3d", "suggestions"},
		{2025, "3f", "improvements"},
		{2021, "21a", "care_first"},
		{2022, "23a", "care_first"},
		{2023, "25a", "care_first"},
		{2021, "21c", "recommend_work"},
		{2022, "23c", "recommend_work"},
		{2024, "25c", "recommend_work"},
		{2021, "21d", "recommend_care"},
		{2022, "23d", "recommend_care"},
		{2025, "25d", "recommend_care"},
	} {
		if q, ok := in.Numbered(c.year, c.number); !ok || q.ID != c.id {
			t.Errorf("%s of %d is %q, want %s", c.number, c.year, q.ID, c.id)
		}
	}
	if q, ok := in.Numbered(2022, "25c"); ok {
		t.Errorf("25c of 2022 was another question, not %s", q.ID)
	}
}

// One concept means one thing wherever it stands: the same numbers, the same
// points. The pulse asks what the survey asks, word for word.
func TestShipped_ConceptsAgree(t *testing.T) {
	nine, pulse, whole := load(t, instrument.Engagement), load(t, instrument.Pulse), load(t, instrument.PeoplePromise)
	for i, q := range nine.Questions {
		p := pulse.Questions[i]
		if p.Concept != q.Concept || p.Text.In("en") != q.Text.In("en") || p.Group != q.Group || p.Scale != q.Scale {
			t.Errorf("the pulse asks %s otherwise than the survey", q.ID)
		}
		w, ok := whole.Concept(q.Concept)
		if !ok || w.Reverse != q.Reverse || w.Label.In("en") != q.Label.In("en") {
			t.Errorf("concept %s is another question in the whole structure", q.Concept)
		}
		for y, n := range q.Numbers {
			if w.Numbers[y] != n {
				t.Errorf("concept %s was %s in %d, and %s in the whole structure", q.Concept, n, y, w.Numbers[y])
			}
		}
	}
	for _, id := range []string{"frequency", "agreement"} {
		a, _ := nine.Scale(id)
		b, _ := whole.Scale(id)
		for i, o := range a.Options {
			if o.Code != b.Options[i].Code || *o.Points != *b.Options[i].Points {
				t.Errorf("scale %s differs at option %d", id, o.Code)
			}
		}
	}
}

// Thirty scores: seven elements, two themes and twenty-one sub-scores. Six
// tenths of the parts must be answered, rounded up, with two exceptions (NHS
// England, NHS Staff Survey 2024, detailed results by organisation).
func TestPeoplePromise_Structure(t *testing.T) {
	in := load(t, instrument.PeoplePromise)
	kinds := map[instrument.ScoreKind]int{}
	for _, s := range in.Scores {
		kinds[s.Kind]++
		parts := len(s.Parts())
		want := (3*parts + 4) / 5
		switch s.ID {
		case "PP4_1":
			want = 4 // two of its seven questions are put to few
		case "PP4":
			want = 3 // every one
		}
		if s.Least != want {
			t.Errorf("%s needs %d of %d, want %d", s.ID, s.Least, parts, want)
		}
	}
	if kinds[instrument.Element] != 7 || kinds[instrument.Theme] != 2 || kinds[instrument.SubScore] != 21 {
		t.Errorf("scores by kind: %v", kinds)
	}
	used := map[string]bool{}
	for _, s := range in.Scores {
		for _, id := range s.Questions {
			used[id] = true
		}
	}
	for _, q := range in.Questions {
		if !used[q.ID] && q.ID != "q23a" {
			t.Errorf("%s is in no score", q.ID)
		}
	}
	// Agreeing, or more often, or yes, is the worse answer in exactly these.
	reversed := "q5a q5c q11b q11c q11d q12a q12b q12c q12d q12e q12f q12g q16a q16b q26a q26b q26c "
	var got string
	for _, q := range in.Questions {
		if q.Reverse {
			got += q.ID + " "
		}
	}
	if got != reversed {
		t.Errorf("turned round: %s", got)
	}
}

// Whether answers of two years can be set side by side.
func TestQuestion_Follows(t *testing.T) {
	in := load(t, instrument.PeoplePromise)
	for _, c := range []struct {
		name, why string
		id        string
		from, to  int
		ok        bool
	}{
		{"moved in number", "21c of 2021 and 25c of 2025 are one question", "q25c", 2021, 2025, true},
		{"reworded", "the question on fair careers changed in 2025", "q15", 2024, 2025, false},
		{"the same year", "a year follows itself", "q15", 2025, 2025, true},
		{"moved twice", "19a of 2021 and 23a of 2023 are one question", "q23a", 2021, 2023, true},
		{"not one of the years", "no number, no comparison", "q3a", 2019, 2024, false},
		{"backwards", "the earlier year comes first", "q25c", 2025, 2021, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			q, _ := in.Question(c.id)
			if err := q.Follows(c.from, c.to); (err == nil) != c.ok {
				t.Errorf("%v: %s", err, c.why)
			}
		})
	}
}

// An instrument that is not there is an error that names it.
func TestLoad_Unknown(t *testing.T) {
	if _, err := instrument.Load("nhs-nothing"); err == nil {
		t.Error("loaded")
	}
}
