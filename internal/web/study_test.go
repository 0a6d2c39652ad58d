package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"commonweal/internal/prove/study"
)

// inquiry is a small study of invented wards.
func inquiry() study.Spec {
	return study.Spec{
		V: study.Version, Code: "rota", Title: "Own rotas and absence", Question: "Does absence move where wards set their own rotas?",
		Data: study.Source{Source: "Invented", Seen: "Nobody."}, Unit: "ward", Time: "month",
		Outcomes:  []study.Outcome{{Name: "absence", Column: "absence", Better: study.Down, Unit: "points", Covers: 1}},
		Treatment: &study.Treatment{Name: "the rota", Units: []string{"w0", "w1", "w2"}, From: 202507},
		Window:    study.Window{From: 202501, To: 202512}, Pool: study.Pool{Rule: "Every ward."},
		Primary:    study.Specification{Name: "change scores", Method: study.Chance},
		Also:       []study.Specification{{Name: "plain", Method: study.FixedEffects}},
		Correction: study.Holm, Alpha: "0.05", Power: study.Plan{Sites: 3, Smallest: "0.5"}, Stopping: "Once.", Seed: 4,
		Stated:     study.Stated{Anticipation: "None.", Spillover: "None.", Mergers: "None.", Missing: "None.", OtherPolicies: "None.", Measurement: "By month."},
		MindChange: "An interval about nought.",
	}
}

// A study is public from the day of its registration; its figures from that of its
// publication, with the bundle, which checks out.
func TestStudies_FromRegistrationToBundle(t *testing.T) {
	s := newSite(t)
	s.as("").get("/evidence/studies").want(http.StatusOK).says("No study is registered")
	if _, err := s.House.Studies.Register(s.ctx, s.Secretary, "severn", inquiry()); err != nil {
		t.Fatal(err)
	}
	s.as("").get("/evidence/studies").want(http.StatusOK).says("Own rotas and absence", "no data looked at yet")
	s.as("").get("/evidence/studies/rota").want(http.StatusOK).says("Nothing is published of it yet", "of the record", "An interval about nought.")
	s.as("").get("/evidence/studies/rota/bundle.zip").want(http.StatusNotFound)
	s.as("").get("/evidence/studies/rota/spec.json").want(http.StatusOK).says(`"code":"rota"`)
	s.as("").get("/evidence/studies/tea").want(http.StatusNotFound)
	var data strings.Builder
	data.WriteString("ward,month,absence\n")
	for w := range 12 {
		for m := 1; m <= 12; m++ {
			fmt.Fprintf(&data, "w%d,2025-%02d,%d.%d\n", w, m, 4+w%3, (w*w*7+m*m*5+w*m)%10)
		}
	}
	if _, err := s.House.Studies.Lock(s.ctx, s.Secretary, "severn", "rota", strings.NewReader(data.String())); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.House.Studies.Run(s.ctx, s.Secretary, "severn", "rota"); err != nil {
		t.Fatal(err)
	}
	s.as("").get("/evidence/studies/rota").want(http.StatusOK).says("Nothing is published of it yet").lacks("Every specification")
	if _, err := s.House.Studies.Publish(s.ctx, s.Secretary, "severn", "rota"); err != nil {
		t.Fatal(err)
	}
	s.as("").get("/evidence/studies/rota").want(http.StatusOK).says("The study did not show that absence goes with the rota", "change scores (primary)", "plain", "Sheet of assumptions", "Spillover")
	raw := s.as("").get("/evidence/studies/rota/bundle.zip").want(http.StatusOK).Body
	b, err := study.ReadBundle(bytes.NewReader([]byte(raw)))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := study.Verify(b, ""); err != nil || !r.OK() || !r.Registered {
		t.Errorf("%+v, %v", r, err)
	}
}

// Ten sites cannot test mortality and can test absence, and the page says so.
func TestPower_SaysWhatTenSitesCanShow(t *testing.T) {
	s := newSite(t)
	s.as("").get("/evidence/power").want(http.StatusOK).says("Ten sites cannot test mortality", "0.051", "0.23", "Ten sites can test sickness absence")
}
