package web

import "commonweal/internal/prove/study"

// The designs of a study, as the form has them.
const (
	designStart     = "start"     // something begins at some sites, at one time
	designStaggered = "staggered" // at different times
	designAmount    = "amount"    // sites differ in something
)

// methodChoice is one way of asking the data, as the form offers it. The first of a design
// is what we would choose.
type methodChoice struct {
	ID, Label, Hint string
	Spec            study.Specification
}

var methodChoices = map[string][]methodChoice{
	designStart: {
		{"ri", "Change before and after, with sites drawn again by lot", "The safest with few sites. Its range does not lean on how many there are.", study.Specification{Name: "change scores", Method: study.Chance}},
		{"sdid", "Against a mix of other sites that moved alike beforehand", "By name: synthetic difference-in-differences.", study.Specification{Name: "mixed comparison", Method: study.SyntheticDiD}},
		{"sc", "One site against a mix of others", "By name: synthetic control.", study.Specification{Name: "one site against a mix", Method: study.Synthetic}},
		{"its", "One site's own series, with a break at the start", "By name: interrupted time series. It takes figures by month.", study.Specification{Name: "its own series", Method: study.Interrupted}},
		{"fe", "All sites and times alike", "By name: fixed effects. With few sites it finds something too often.", study.Specification{Name: "all sites and times alike", Method: study.FixedEffects}},
	},
	designStaggered: {
		{"cs", "By when each site began", "By name: Callaway and Sant'Anna.", study.Specification{Name: "by when each began", Method: study.Staggered}},
		{"sunab", "The same in another way", "By name: Sun and Abraham.", study.Specification{Name: "the same another way", Method: study.SunAbraham}},
	},
	designAmount: {
		{"mundlak", "Within sites and between them, side by side", "By name: Mundlak.", study.Specification{Name: "within and between", Method: study.Mundlak}},
		{"fe", "Each site against itself at other times", "By name: fixed effects of site and time.", study.Specification{Name: "each against itself", Method: study.FixedEffects}},
		{"year", "Sites against each other at the same time", "It says which sites, and not what a change does.", study.Specification{Name: "against each other", Method: study.FixedEffects, Effects: []string{"time"}}},
	},
}

func methodOf(design, id string) (study.Specification, bool) {
	for _, c := range methodChoices[design] {
		if c.ID == id {
			return c.Spec, true
		}
	}
	return study.Specification{}, false
}

// methodWords names a method for readers of a study.
var methodWords = map[study.Method]string{
	study.FixedEffects: "fixed effects", study.Mundlak: "within and between units", study.Staggered: "Callaway and Sant'Anna", study.SunAbraham: "Sun and Abraham",
	study.Synthetic: "synthetic control", study.SyntheticDiD: "synthetic difference-in-differences", study.Interrupted: "interrupted time series",
	study.Chance: "change scores, with chance by drawing lots again",
}
