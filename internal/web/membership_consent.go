package web

import (
	"slices"
	"strings"
)

// wording is a version of what private persons agree to when they join. A
// version that somebody agreed to is never changed: a new one is added, and the
// newest is offered. {org} is the organisation.
type wording struct {
	Version string
	Text    []string
}

var consentWordings = []wording{
	{"2026-1", []string{
		"I ask to be a member of {org}.",
		"I agree that it keeps my name, how to reach me, and the first half of my postcode, to keep the register of members that the law asks for, to tell me of meetings and votes, and to place me in a constituency where there are any.",
		"I know that others may see my entry as far as the law of the register lets them.",
		"I may take this back at any time, as easily as I give it. My membership then ends, and what the law does not want kept is erased within a month.",
	}},
}

// wordingNow is the version that people are asked to agree to.
func wordingNow() wording { return consentWordings[len(consentWordings)-1] }

func wordingOf(version string) (wording, bool) {
	i := slices.IndexFunc(consentWordings, func(w wording) bool { return w.Version == version })
	if i < 0 {
		return wording{}, false
	}
	return consentWordings[i], true
}

// For is the wording with the organisation's name in it.
func (w wording) For(org string) []string {
	out := make([]string, len(w.Text))
	for i, line := range w.Text {
		out[i] = strings.ReplaceAll(line, "{org}", org)
	}
	return out
}
