package panel

import "fmt"

// periods counts times one after another: months written 202404 by the month, all others
// as they are. They are months where every one looks like a month.
func periods(times []int) []int {
	out := make([]int, len(times))
	for i, t := range times {
		year, month := t/100, t%100
		if year < 1000 || year > 9999 || month < 1 || month > 12 {
			return times
		}
		out[i] = year*12 + month - 1
	}
	return out
}

// Gapless refuses times, in order, that do not follow each other evenly: the trend of one
// series, and what its neighbours say of each other, are counted by the place.
func Gapless(times []int) error {
	count := periods(times)
	if len(count) < 2 {
		return nil
	}
	step := count[1] - count[0]
	for i := 1; i < len(count); i++ {
		step = min(step, count[i]-count[i-1])
	}
	for i := 1; i < len(count); i++ {
		if gap := count[i] - count[i-1]; gap != step {
			return fmt.Errorf("nothing stands between %d and %d, where other values follow each other in steps of %d: give every time a value, or begin after the gap", times[i-1], times[i], step)
		}
	}
	return nil
}
