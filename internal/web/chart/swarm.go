package chart

import (
	"math"
	"sort"
)

// swarm lays out dots along a strip so that none overlap: each is put as near
// to the middle line as those before it allow. xs are positions along the
// strip, radii the dots' own with their outline. It returns how far each dot
// stands off the middle line, and how far the whole reaches from it.
//
// The order is fixed (big dots first, then from left to right), so the same
// positions always give the same picture.
func swarm(xs, radii []float64) (ys []float64, reach float64) {
	const gap = 0.25 // more than the rounding of coordinates can take away
	order := make([]int, len(xs))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool {
		i, j := order[a], order[b]
		if radii[i] != radii[j] {
			return radii[i] > radii[j]
		}
		return xs[i] < xs[j]
	})
	ys = make([]float64, len(xs))
	var placed []int
	for _, i := range order {
		var near []int
		for _, j := range placed {
			if math.Abs(xs[i]-xs[j]) < radii[i]+radii[j]+gap {
				near = append(near, j)
			}
		}
		ys[i] = nearest(i, near, xs, ys, radii, gap)
		placed = append(placed, i)
		reach = math.Max(reach, math.Abs(ys[i])+radii[i])
	}
	return ys, reach
}

// nearest finds the free place closest to the middle line for dot i: on the
// line, or just touching one of its neighbours from above or below.
func nearest(i int, near []int, xs, ys, radii []float64, gap float64) float64 {
	candidates := []float64{0}
	for _, j := range near {
		d, dx := radii[i]+radii[j]+gap, xs[i]-xs[j]
		h := math.Sqrt(d*d - dx*dx)
		candidates = append(candidates, ys[j]-h, ys[j]+h)
	}
	sort.SliceStable(candidates, func(a, b int) bool { return math.Abs(candidates[a]) < math.Abs(candidates[b]) })
	for _, y := range candidates {
		free := true
		for _, j := range near {
			d, dx, dy := radii[i]+radii[j]+gap, xs[i]-xs[j], y-ys[j]
			if dx*dx+dy*dy < d*d-1e-9 {
				free = false
				break
			}
		}
		if free {
			return y
		}
	}
	// Touching the outermost neighbour from outside is always free.
	panic("chart: no free place for a dot")
}
