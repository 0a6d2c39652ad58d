package web

import (
	"slices"
	"testing"
)

// A rule is said in the words of the people it is about, and shown as written
// where it has no such words.
func TestRuleInWords(t *testing.T) {
	for _, c := range []struct {
		name, rule string
		want       []string
	}{
		{
			"ways of one particular are put together", `category == "permanent" || category == "apprentice" || category == "bank" && service_months >= 12`,
			[]string{"the contract is permanent or apprentice", "the contract is bank and they have worked here for at least 12 months"},
		},
		{
			"a fixed term of some length", `category == "fixed_term" && contract_months > 11`,
			[]string{"the contract is fixed term and the contract is for more than 11 months"},
		},
		{"a list", `staff_group in ["Medical and dental", "Healthcare scientists"]`, []string{"the staff group is Medical and dental or Healthcare scientists"}},
		{"what somebody is not", `site != "Alder House" && !(category == "bank")`, []string{"the post is not at Alder House and it is not so that the contract is bank"}},
		{"where somebody lives", `area.startsWith("NP") && employed`, []string{"they live in something that begins with NP and they are employed here"}},
		{"a choice inside", `employed && (site == "A" || site == "B")`, []string{"they are employed here and either the post is at A or the post is at B"}},
		{"a sum has no words", `service_months + contract_months > 12`, nil},
		{"what cannot be read has no words", `category ==`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := ruleInWords(c.rule); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
