package belenios

import (
	"fmt"
	"math/big"
	"regexp"
	"testing"

	"commonweal/belenios/group"
)

// A number in quotation marks, which may be escaped: an element or a scalar.
var leaf = regexp.MustCompile(`\\?"([0-9a-f]+)\\?"`)

// mutant is a text in which one value was replaced with another that is as good.
type mutant struct {
	name, text string
}

// mutants replaces each number in turn: a challenge or response with the next scalar, an
// element with its product with the generator, so that only an equation can tell.
func mutants(t testing.TB, g group.Group, text string) []mutant {
	t.Helper()
	return mutantsOf(t, g, text, func(at int) bool {
		l := label(text[:at])
		return l == "challenge" || l == "response"
	})
}

// mutantsOf is told which positions hold scalars.
func mutantsOf(t testing.TB, g group.Group, text string, scalar func(at int) bool) []mutant {
	t.Helper()
	var all []mutant
	for _, at := range leaf.FindAllStringSubmatchIndex(text, -1) {
		from, to := at[2], at[3]
		other := otherElement
		if scalar(at[0]) {
			other = otherScalar
		}
		changed, ok := other(g, text[from:to])
		if !ok {
			t.Fatalf("%.30q at byte %d is not what was expected", text[from:to], from)
		}
		all = append(all, mutant{fmt.Sprintf("value at byte %d, %s", from, label(text[:at[0]])), text[:from] + changed + text[to:]})
	}
	return all
}

var lastLabel = regexp.MustCompile(`"([a-z_]+)\\?":[^":]*$`)

func label(before string) string {
	if m := lastLabel.FindStringSubmatch(before); m != nil {
		return m[1]
	}
	return "in a list"
}

func otherElement(g group.Group, text string) (string, bool) {
	e, err := g.Parse(text)
	if err != nil {
		return "", false
	}
	return g.Mul(e, g.Generator()).String(), true
}

func otherScalar(g group.Group, text string) (string, bool) {
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return "", false
	}
	n.Add(n, big.NewInt(1)).Mod(n, g.Order())
	return n.String(), true
}
