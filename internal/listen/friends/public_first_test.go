package friends

import (
	"strconv"
	"testing"

	"commonweal/survey/disclose"
)

// Where what is hidden of single places would take the whole with it, the whole is shown
// and the places are not.
func TestProtect_ShowsTheWholeFirst(t *testing.T) {
	r := Revision{Month: Month{2026, 10}}
	var all []Point
	for i, c := range []Counts{{12, 6, 2, 2, 1, 1}, {10, 0, 2, 2}, {14, 3, 0, 2, 1}} {
		id := strconv.Itoa(i)
		all = append(all, Point{ID: id, Code: "point-" + id, SiteCode: strconv.Itoa(i / 2)})
		r.Figures = append(r.Figures, Figure{Point: id, Counts: c})
	}
	deep, _, err := protectBy(everyPoint, r, all)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := deep.Question(Whole, disclose.Everybody, asked); ok {
		t.Fatal("the case tells nothing: the whole is shown beside every place")
	}
	if r.Shown, _, err = protect(r, nil, all); err != nil {
		t.Fatal(err)
	}
	public, err := r.Public()
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := public.Whole(); !ok || got.Positive != 78 {
		t.Errorf("the whole: %+v %v", got, ok)
	}
	for _, p := range all {
		if got, ok := public.Point(p); ok {
			t.Errorf("%s is shown: %+v", p.Code, got)
		}
	}
}
