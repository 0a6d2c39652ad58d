package law_test

import (
	"errors"
	"strings"
	"testing"

	"commonweal/law"
)

func TestDecodeFacts(t *testing.T) {
	facts, err := library(t).DecodeFacts([]byte(`{
		"members": 212,
		"holder_is_society": false,
		"meeting_on": "2026-11-27",
		"trust_profit_percent": 62.5,
		"distributable_profits_pence": -1500,
		"employee_members": null
	}`))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"members": "212", "holder_is_society": "no", "meeting_on": "Friday 27 November 2026",
		"trust_profit_percent": "62.5%", "distributable_profits_pence": "\u2212£15",
	}
	for name, words := range want {
		if got := facts[name].Words(); got != words {
			t.Errorf("%s reads %q, want %q", name, got, words)
		}
	}
	if len(facts) != len(want) {
		t.Errorf("there are %d facts, and null is not one", len(facts))
	}
}

// A file that cannot be used says which fact, what was written and what to write.
func TestDecodeFacts_Refuses(t *testing.T) {
	l := library(t)
	for _, c := range []struct{ name, in, says string }{
		{"a misspelt name", `{"membres": 3}`, `fact "membres" is not known: did you mean members`},
		{"text for a number", `{"members": "3"}`, `fact members: "3" is not a whole number: write a whole number`},
		{"part of a member", `{"members": 2.5}`, "fact members: 2.5 is not a whole number"},
		{"a number with an exponent", `{"members": 1e3}`, "is not a whole number"},
		{"members below nought", `{"members": -1}`, "is below nought"},
		{"pounds for pence", `{"bonus_paid_pence": 36.00}`, "is not an amount in whole pence: write whole pence"},
		{"a date the other way round", `{"meeting_on": "27/11/2026"}`, `fact meeting_on: "27/11/2026" is not a date: write a day in quotes`},
		{"a day that is none", `{"meeting_on": "2026-11-31"}`, "is not a date"},
		{"a word for yes", `{"holder_is_society": "yes"}`, "is not a yes or no: write true or false"},
		{"a list", `{"members": [1]}`, "fact members: [1] is not a whole number"},
		{"over a hundred percent", `{"trust_profit_percent": 120}`, "is not between 0 and 100"},
		{"a name twice", `{"members": 3, "members": 4}`, "fact members: the name is there twice"},
		{"a number too large", `{"members": 99999999999999999}`, "too large"},
		{"not an object", `[1]`, "not a JSON object"},
		{"not JSON", `members: 3`, "not JSON"},
		{"cut off", `{"members": 3`, "does not end"},
		{"something after", `{"members": 3} {}`, "something follows"},
		{"nothing", ``, "not JSON"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := l.DecodeFacts([]byte(c.in))
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: error is %v, want it to say %q", c.in, err, c.says)
			}
		})
	}
	var fault *law.FactError
	if _, err := l.DecodeFacts([]byte(`{"members": "3"}`)); !errors.As(err, &fault) || fault.Remedy == "" {
		t.Error("the error is not a FactError with a remedy")
	}
}

func FuzzDecodeFacts(f *testing.F) {
	l := library(f)
	f.Add([]byte(`{"members": 3, "meeting_on": "2026-11-27"}`))
	f.Add([]byte(`{"trust_profit_percent": 1e400}`))
	f.Add([]byte(`{`))
	f.Fuzz(func(t *testing.T, data []byte) {
		facts, err := l.DecodeFacts(data)
		if err != nil {
			return
		}
		for _, r := range l.Rules(law.NewDate(2026, 11, 21), law.Filter{}) {
			if _, err := r.Evaluate(facts, law.NewDate(2026, 11, 21)); err != nil {
				t.Fatalf("rule %s cannot use what was decoded: %v", r.ID, err)
			}
		}
	})
}
