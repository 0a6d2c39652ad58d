package web_test

import (
	"net/http"
	"testing"

	claims "commonweal/internal/prove/claim"
)

// Every claim has a page with its three grades, for anybody; what nobody claims is not
// found.
func TestClaims(t *testing.T) {
	s := evidence(t)
	list := s.as("").get("/evidence/claims").want(http.StatusOK)
	for _, c := range claims.All() {
		list.says(c.Words, c.Sentence)
		s.as("").get("/evidence/claims/"+c.ID).want(http.StatusOK).says(
			c.Words, c.Sentence, "Counted "+string(c.Counted.Verdict)+".", "Compared "+string(c.Compared.Verdict)+".", "Tested "+string(c.Tested.Verdict)+".",
			"What bears on it", c.Said[0].Who, "See more",
		)
	}
	s.as("").get("/evidence/claims/tea").want(http.StatusNotFound)
	s.as("").get("/evidence").want(http.StatusOK).says("What is claimed, and what is shown")
}

// The specification table is on the page, in words and figures, with the published one
// marked, and comes as a file.
func TestClaims_Specifications(t *testing.T) {
	s := evidence(t)
	s.as("").get("/evidence/claims/mortality").want(http.StatusOK).says(
		"Nine ways of asking the same data", "(as published)", "−0.044", "−0.014",
		"Contains public sector information licensed under the Open Government Licence v3.0",
	)
	s.as("").get("/evidence/claims/mortality").says("Croydon (RJ6)", "+0.0036")
	s.as("").get("/evidence/claims/absence").says("All together", "−0.30", "−0.19", "208")
	s.as("").get("/evidence/claims/experience").says("NAViGO", "80.1", "First Community", "90.6", "6 community mutuals lie 1.6 points below the 14 community trusts, likely between")
	s.as("").get("/evidence/claims/mutuals").says("−2.6", "−7.2 to 2.0", "13", "Each likely range reaches to both sides of nought.")
	s.as("").get("/evidence/claims/pathfinders").says("commonweal power FOLDER/NSS-2012-2019-trusts-engagement-SHMI-merged.csv", "What this cannot show: whether the published files are right.")
	s.as("").get("/evidence/specifications.csv").want(http.StatusOK).says("Last year's SHMI, weighted", "-0.0440,0.0208,0.035")
	s.as("").get("/evidence/specifications.json").want(http.StatusOK).says(`"as_published": true`)
	s.as("").get("/evidence/claims.csv").want(http.StatusOK).says("mortality")
	s.as("").get("/evidence/claims.json").want(http.StatusOK).says(`"verdict"`)
}
