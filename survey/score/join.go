package score

import (
	"cmp"
	"fmt"
	"slices"
)

// Point is the score of a group in one year.
type Point struct {
	Year int
	Result
}

// Join puts the points of one score into one line by year.
//
// It refuses points of two series: engagement up to 2017 was published as a
// mean from 1 to 5 and since 2018 as a score from 0 to 10 (NHS England, NHS
// Staff Survey results, 2017 and 2018), and moving one onto the other's scale
// gives only something near it. It refuses as well points of two scores, two
// points of one year and a point without people.
func Join(points ...Point) ([]Point, error) {
	line := slices.Clone(points)
	slices.SortStableFunc(line, func(a, b Point) int { return cmp.Compare(a.Year, b.Year) })
	for i, p := range line {
		if p.N == 0 {
			return nil, fmt.Errorf("score %s: nobody has one in %d", p.Score, p.Year)
		}
		if i == 0 {
			continue
		}
		before := line[i-1]
		switch {
		case p.Score != before.Score:
			return nil, fmt.Errorf("score %s of %d is not score %s of %d", p.Score, p.Year, before.Score, before.Year)
		case p.Series != before.Series:
			return nil, fmt.Errorf("score %s: %d is on the scale %s and %d on %s, which are two series", p.Score, before.Year, before.Series, p.Year, p.Series)
		case p.Year == before.Year:
			return nil, fmt.Errorf("score %s: two points for %d", p.Score, p.Year)
		}
	}
	return line, nil
}
