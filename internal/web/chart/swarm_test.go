package chart

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Whatever the positions, dots do not overlap, lie as near the line as those
// before them allow, and lie the same way every time.
func TestSwarm(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 9))
	for round := range 30 {
		n := 1 + random.IntN(150)
		xs, radii := make([]float64, n), make([]float64, n)
		for i := range xs {
			xs[i], radii[i] = math.Round(random.NormFloat64()*300)/10, 3
			if i == n/2 {
				radii[i] = 6
			}
		}
		ys, reach := swarm(xs, radii)
		for i := range xs {
			if math.Abs(ys[i])+radii[i] > reach+1e-9 {
				t.Fatalf("round %d: dot %d reaches further than %g", round, i, reach)
			}
			for j := range i {
				if d := math.Hypot(xs[i]-xs[j], ys[i]-ys[j]); d < radii[i]+radii[j]+0.2 {
					t.Fatalf("round %d: dots %d and %d are %g apart", round, i, j, d)
				}
			}
		}
		again, _ := swarm(xs, radii)
		for i := range ys {
			if ys[i] != again[i] {
				t.Fatalf("round %d: dot %d lies elsewhere the second time", round, i)
			}
		}
	}
	if ys, _ := swarm([]float64{0, 10, 20}, []float64{3, 3, 3}); ys[0] != 0 || ys[1] != 0 || ys[2] != 0 {
		t.Errorf("dots with room left the line: %v", ys)
	}
}

func TestWritten(t *testing.T) {
	for _, c := range []struct {
		value             float64
		decimals, answers int
		unit, want        string
	}{
		{6.846, 2, 745006, "", "6.85"}, {7.918, 2, 65, "", "7.9"}, {5.15, 2, 0, "%", "5.15%"}, {-0.25, 1, 0, "", "\u22120.2"}, {-0.001, 2, 0, "", "0.00"}, {45.4, 0, 50, "%", "45%"},
	} {
		if got := written(c.value, c.decimals, c.answers, c.unit); got != c.want {
			t.Errorf("%g is written %q, want %q", c.value, got, c.want)
		}
	}
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 745006: "745,006", 1234567: "1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
}
