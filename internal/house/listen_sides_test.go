package house

import (
	"encoding/json"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
)

// The register side knows people and never sees an answer; the answer side knows answers
// and nobody who gives them. So neither's code may reach the other's, nor may the answer
// side reach anything that knows people.
func TestSides_NeitherReachesTheOther(t *testing.T) {
	people := []string{
		"commonweal/internal/base/journal", "commonweal/internal/base/identity", "commonweal/internal/base/policy", "commonweal/internal/base/notice",
		"commonweal/internal/own/", "commonweal/internal/decide/", "commonweal/internal/listen/wave", "commonweal/internal/listen/action",
		"commonweal/internal/house", "commonweal/internal/schema",
	}
	for _, side := range []struct {
		pkg   string
		never []string
	}{
		{"commonweal/internal/listen/answers", people},
		{"commonweal/internal/web/answer", append(slices.Clone(people), "commonweal/internal/web")},
		{"commonweal/internal/listen/wave", []string{"commonweal/internal/listen/answers", "commonweal/internal/web"}},
	} {
		out, err := exec.Command("go", "list", "-json=Deps", side.pkg).Output()
		if err != nil {
			t.Fatalf("go list %s: %v", side.pkg, err)
		}
		var got struct{ Deps []string }
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatal(err)
		}
		if len(got.Deps) < 20 {
			t.Fatalf("%s has %d dependencies: the list is wrong", side.pkg, len(got.Deps))
		}
		for _, dep := range got.Deps {
			for _, never := range side.never {
				if dep == never || strings.HasSuffix(never, "/") && strings.HasPrefix(dep, never) {
					t.Errorf("%s reaches %s", side.pkg, dep)
				}
			}
		}
	}
}

// What the register tells the answer side has no place for a person, and what the answer
// side gives back has none for a time.
func TestSides_WhatPassesHasNoPlaceForAPerson(t *testing.T) {
	for _, what := range []any{answers.Terms{}, answers.Sheet{}, answers.Row{}, answers.Comment{}, answers.Status{}} {
		ty := reflect.TypeOf(what)
		for i := range ty.NumField() {
			f := ty.Field(i)
			name := strings.ToLower(f.Name)
			if strings.Contains(name, "person") || strings.Contains(name, "member") || strings.Contains(name, "email") || f.Type.String() == "time.Time" {
				t.Errorf("%s has a field %s of type %s", ty, f.Name, f.Type)
			}
		}
	}
	// The way back: the register takes hashes, and how many answers there are.
	for _, name := range []string{"SpentBatch", "Settle"} {
		m, ok := reflect.TypeOf(&wave.Service{}).MethodByName(name)
		if !ok {
			t.Fatalf("no method %s", name)
		}
		for i := range m.Type.NumIn() {
			if in := m.Type.In(i); strings.Contains(in.String(), "answers.") {
				t.Errorf("wave.%s takes %s", name, in)
			}
		}
	}
}
