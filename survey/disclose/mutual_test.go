package disclose

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestProtect_Mutual(t *testing.T) {
	h := house{directorates: 5, teams: 8, groups: 12, people: [2]int{8, 60}, respond: 0.6, questions: 90, scores: 30, skip: 0.02}
	random := rand.New(rand.NewPCG(1, 2))
	people, eligible := h.staff(random)
	c := cubeOf(t, h.shape("2024"), people)
	start := time.Now()
	r, cert, err := Protect(c, nil, Knowledge{Eligible: listed("2024", eligible)}, DefaultRules())
	t.Log(time.Since(start), err)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("people %d %+v", c.People(), cert)
	d := c.draft(Knowledge{}, DefaultRules())
	shown, hidden := d.Tally()
	t.Log(shown, hidden)
	_ = r
}
