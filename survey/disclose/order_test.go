package disclose

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// The same answers give the same bytes of release and certificate, in whatever
// order people are counted in and however many processors there are: two who
// release the same survey can compare fingerprints.
func TestProtect_SameBytes(t *testing.T) {
	h := house{directorates: 2, teams: 4, groups: 3, people: [2]int{8, 50}, respond: 0.7, questions: 4, scores: 2, skip: 0.1}
	seeds := uint64(3)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		people, eligible := h.staff(rand.New(rand.NewPCG(seed, 21)))
		public := Knowledge{Eligible: listed("w", eligible)}
		var first []byte
		for _, processors := range []int{1, 2, 7} {
			before := runtime.GOMAXPROCS(processors)
			r, cert, err := Protect(cubeOf(t, h.shape("w"), people), nil, public, DefaultRules())
			runtime.GOMAXPROCS(before)
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(Bundle{Release: r, Public: public, Certificate: cert})
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = text
			}
			if !bytes.Equal(first, text) {
				t.Errorf("seed %d, %d processors: the release or its certificate has other bytes", seed, processors)
			}
			people = slices.Clone(people)
			rand.New(rand.NewPCG(seed, uint64(processors))).Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
		}
	}
}
