package disclose

import (
	"math/rand/v2"
	"testing"
	"time"
)

// A mutual of five directorates, forty teams and twelve staff groups: the
// release is safe, and most of what the rules themselves would show is shown.
func TestProtect_Mutual(t *testing.T) {
	if testing.Short() {
		t.Skip("smaller houses exercise the same code")
	}
	h := house{directorates: 5, teams: 8, groups: 12, people: [2]int{8, 60}, respond: 0.6, questions: 9, scores: 3, skip: 0.02}
	people, eligible := h.staff(rand.New(rand.NewPCG(1, 2)))
	c := cubeOf(t, h.shape("2024"), people)
	public := Knowledge{Eligible: listed("2024", eligible)}
	start := time.Now()
	r, cert, err := Protect(c, nil, public, DefaultRules())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d people in %v: %+v", c.People(), time.Since(start), cert)
	found, effort, err := Attack([]Release{r}, public)
	if err != nil || len(found) > 0 {
		t.Fatalf("found %d, %v", len(found), err)
	}
	if effort.Bounded > 0 || effort.Programmes == 0 || effort.Networks == 0 {
		t.Errorf("the attacker did not try everything: %+v", effort)
	}
	byRule, _ := c.draft(public, DefaultRules()).Tally()
	if 10*cert.Shown.Questions < 7*byRule.Questions || 10*cert.Shown.Scores < 9*byRule.Scores {
		t.Errorf("shown %+v of %+v that the rules would show", cert.Shown, byRule)
	}
}

// People may count themselves to another team than the register does. Then the
// register's numbers are false, and neither stop a release nor mislead the
// attacker.
func TestProtect_SelfReportedTeams(t *testing.T) {
	h := house{directorates: 2, teams: 3, groups: 0, people: [2]int{8, 40}, respond: 0.9, questions: 2, scores: 0}
	people, eligible := h.staff(rand.New(rand.NewPCG(6, 2)))
	public := Knowledge{Eligible: listed("w", eligible)}
	for i := range 12 {
		people[i].unit = "d1t2"
	}
	r, _, err := Protect(cubeOf(t, h.shape("w"), people), nil, public, DefaultRules())
	if err != nil {
		t.Fatal(err)
	}
	if found, _, err := Attack([]Release{r}, public); err != nil || len(found) > 0 {
		t.Errorf("found %v, %v", found, err)
	}
}

// Waves that nothing joins know nothing of each other: every release is tried with all
// before it, and the certificate names each.
func TestProtect_ManyWaves(t *testing.T) {
	var earlier []Release
	for i := range 4 {
		wave := string(rune('a' + i))
		b := protected(t, wave, uint64(5+i), earlier...)
		if len(b.Certificate.Earlier) != i {
			t.Errorf("wave %s: %d earlier releases in the certificate", wave, len(b.Certificate.Earlier))
		}
		earlier = append(earlier, b.Release)
	}
}
