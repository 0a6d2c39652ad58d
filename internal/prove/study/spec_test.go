package study_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/prove/study"
)

// Every fault of a specification is named, not the first alone.
func TestSpec_CheckNamesEveryFault(t *testing.T) {
	for name, s := range map[string]study.Spec{"an exposure": engagement(), "a treatment": madeSpec()} {
		if faults := s.Check(); len(faults) > 0 {
			t.Errorf("%s: %v", name, faults)
		}
	}
	for _, c := range []struct {
		field  string
		change func(s *study.Spec)
		says   string
	}{
		{"v", func(s *study.Spec) { s.V = 2 }, "this program reads 1"},
		{"code", func(s *study.Spec) { s.Code = "New Study" }, "small letters"},
		{"question", func(s *study.Spec) { s.Question = " " }, "is missing"},
		{"data.seen", func(s *study.Spec) { s.Data.Seen = "" }, "is missing"},
		{"time", func(s *study.Spec) { s.Time = s.Unit }, "same heading"},
		{"outcomes", func(s *study.Spec) { s.Outcomes = nil }, "one to 20"},
		{"outcomes[0].covers", func(s *study.Spec) { s.Outcomes[0].Covers = 12 }, "overlap"},
		{"outcomes[1].column", func(s *study.Spec) { s.Outcomes[1].Column = s.Outcomes[0].Column }, "stands twice"},
		{"outcomes[0].better", func(s *study.Spec) { s.Outcomes[0].Better = "good" }, "neither up, down"},
		{"exposure", func(s *study.Spec) { s.Exposure = "x" }, "both given"},
		{"exposure", func(s *study.Spec) { s.Treatment = nil }, "is missing, and so is treatment"},
		{"treatment", func(s *study.Spec) { s.Treatment.Switch = "on" }, "one of starts"},
		{"treatment.from", func(s *study.Spec) { s.Treatment.From = 2005 }, "goes with named units"},
		{"treatment.units", func(s *study.Spec) {
			s.Treatment = &study.Treatment{Name: "it", Units: []string{"a"}, From: 2005}
			s.Pool.Units = []string{"b"}
		}, "not in the pool"},
		{"window", func(s *study.Spec) { s.Window.To = s.Window.From }, "fewer than two times"},
		{"primary.method", func(s *study.Spec) { s.Primary.Method = "ols" }, "none of fe"},
		{"primary.method", func(s *study.Spec) { s.Primary.Method = study.Mundlak }, "takes an exposure"},
		{"primary.draws", func(s *study.Spec) { s.Primary.Draws = 5000 }, "does not go with sunab"},
		{"also[1].name", func(s *study.Spec) { s.Also[1].Name = s.Also[0].Name }, "stands twice"},
		{"also[0].draws", func(s *study.Spec) { s.Also[0] = study.Specification{Name: "x", Method: study.Chance, Draws: 99} }, "4999"},
		{"correction", func(s *study.Spec) { s.Correction = "none" }, "neither holm nor bh"},
		{"alpha", func(s *study.Spec) { s.Alpha = "0.5" }, "up to 0.1"},
		{"alpha", func(s *study.Spec) { s.Alpha = "0.050" }, "decimal"},
		{"power.smallest", func(s *study.Spec) { s.Power.Smallest = "" }, "which size would matter"},
		{"power.sites", func(s *study.Spec) { s.Power.Sites = 0 }, "number of treated units"},
		{"power.history", func(s *study.Spec) { s.Power.History = &study.History{From: 3, Cut: 2, To: 1} }, "not in order"},
		{"stopping", func(s *study.Spec) { s.Stopping = "" }, "is missing"},
		{"seed", func(s *study.Spec) { s.Seed = 0 }, "whole number from 1"},
		{"stated.spillover", func(s *study.Spec) { s.Stated.Spillover = "" }, "is missing"},
		{"what_would_change_our_mind", func(s *study.Spec) { s.MindChange = "" }, "is missing"},
	} {
		s := madeSpec()
		c.change(&s)
		if !slices.ContainsFunc(s.Check(), func(f study.Fault) bool { return f.Field == c.field && strings.Contains(f.Says, c.says) }) {
			t.Errorf("%s: %v; want ...%s...", c.field, s.Check(), c.says)
		}
	}
	if faults := (study.Spec{}).Check(); len(faults) < 20 {
		t.Errorf("an empty specification has only %d faults", len(faults))
	}
}

// A specification has one form: names in another order and white space give the same
// hash, a field that is not known or stands twice is refused.
func TestReadSpec_Strict(t *testing.T) {
	canonical, err := madeSpec().Canonical()
	if err != nil {
		t.Fatal(err)
	}
	s, err := study.ReadSpec(bytes.NewReader(bytes.ReplaceAll(canonical, []byte(`,"`), []byte(",\n \""))))
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.Canonical()
	if err != nil || !bytes.Equal(again, canonical) {
		t.Errorf("%s\n%s\n%v", canonical, again, err)
	}
	for name, c := range map[string]struct{ text, says string }{
		"unknown": {`{"v":1,"p_hacking":true}`, "unknown field"},
		"twice":   {`{"v":1,"alpha":"0.05","alpha":"0.1"}`, `"alpha" stands twice`},
		"deeper":  {`{"window":{"from":1,"to":2,"from":3}}`, `"from" stands twice`},
		"more":    {`{"v":1} {}`, "something follows"},
		"none":    {``, "not JSON"},
		"deep":    {strings.Repeat("[", 100), "nested too deeply"},
		"decimal": {`{"seed":1.5}`, "cannot be read"},
	} {
		if _, err := study.ReadSpec(strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v; want ...%s...", name, err, c.says)
		}
	}
}
