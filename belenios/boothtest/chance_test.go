package boothtest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"testing"

	"commonweal/belenios/group"
)

// chance is the booth's stream, written again: SHA-256("chance|<seed>|<i>") for i = 0, 1, …
type chance struct {
	seed   []byte
	blocks int
	left   []byte
}

func (c *chance) Read(p []byte) (int, error) {
	for len(c.left) < len(p) {
		block := sha256.Sum256(fmt.Appendf(nil, "chance|%x|%d", c.seed, c.blocks))
		c.left = append(c.left, block[:]...)
		c.blocks++
	}
	n := copy(p, c.left)
	c.left = c.left[n:]
	return n, nil
}

func seed(i int) []byte {
	s := sha256.Sum256(fmt.Appendf(nil, "a seed for tests, number %d", i))
	return s[:]
}

// Scalars come from the stream as Go's RandomScalar would take them.
func TestChance_Scalars(t *testing.T) {
	b := open(t)
	for i, name := range group.Names() {
		g, _ := group.ByName(name)
		stream := &chance{seed: seed(i)}
		var bounds, want []string
		for range 40 {
			s, err := g.RandomScalar(stream)
			if err != nil {
				t.Fatal(err)
			}
			bounds, want = append(bounds, g.Order().String()), append(want, s.String())
		}
		got := must[[]string](t, b, map[string]any{"do": "draw", "seed": hex.EncodeToString(seed(i)), "bounds": bounds})
		for j := range want {
			same(t, fmt.Sprintf("%s, number %d", name, j), want[j], got[j])
		}
	}
}

// Numbers are below their bound and each comes up about as often as another: of 6,000 throws of a die, each face is within
// five standard deviations of 1,000. The seed is fixed, so the test does not fail by chance.
func TestChance_Fair(t *testing.T) {
	b := open(t)
	const throws, faces = 6000, 6
	bounds := make([]string, throws)
	for i := range bounds {
		bounds[i] = "6"
	}
	counts := make([]int, faces)
	for _, text := range must[[]string](t, b, map[string]any{"do": "draw", "seed": hex.EncodeToString(seed(9)), "bounds": bounds}) {
		n, ok := new(big.Int).SetString(text, 10)
		if !ok || n.Cmp(big.NewInt(faces)) >= 0 {
			t.Fatalf("%s is not below %d", text, faces)
		}
		counts[n.Int64()]++
	}
	for face, n := range counts {
		if n < 855 || n > 1145 {
			t.Errorf("face %d came up %d times of %d", face, n, throws)
		}
	}
}

// A seed of another length is refused: a short one could be guessed.
func TestChance_ShortSeed(t *testing.T) {
	b := open(t)
	if _, err := ask[[]string](t, b, map[string]any{"do": "draw", "seed": "00ff", "bounds": []string{"6"}}); err == nil {
		t.Error("a seed of two bytes is accepted")
	}
}
