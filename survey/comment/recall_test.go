package comment_test

import (
	"fmt"
	"strings"
	"testing"

	"commonweal/survey/comment"
)

// How many names are found in invented sentences: of people on the list nearly
// all, of people who are not on it only those that stand where a name gives
// itself away. The second figure is why a person reads every comment first.
func TestScrub_HowManyNamesItFinds(t *testing.T) {
	given := strings.Fields("Aoife Bartholomew Chidinma Dilys Ebony Farrukh Geraint Hyacinth Ifeoma Jaswinder Kwame Leticia Mbali Nuala Oluwaseun Philomena Quentin Rhiannon Sunniva Tobias")
	family := strings.Fields("Abernethy Blackwood Chowdhury Drzewiecki Eastwood Fitzgibbon Gunawardena Hetherington Igwe Jagielka Kaczmarek Llewellyn Mwangi Nakamura Oyelaran Pemberton Quigley Ravindran Sutcliffe Thwaites")
	sentences := []string{
		"%s should be ashamed", "I cannot work with %s any more", "the way %s talks to people is awful", "thanks to %s we coped",
		"my manager %s is brilliant", "ever since %s came it is worse", "%s's meetings go on for ever", "nobody dares to tell %s",
		"it was better under %s", "please move %s somewhere else",
	}
	list := comment.Known{}
	for i := range given {
		list.Names = append(list.Names, given[i]+" "+family[i])
	}
	recall := func(s *comment.Scrubber, write func(string) string) (taken, marked, all int) {
		for i := range given {
			for _, name := range []string{given[i], given[i] + " " + family[i]} {
				for _, sentence := range sentences {
					all++
					got := s.Scrub(fmt.Sprintf(sentence, write(name)))
					left := strings.ToLower(got.Text)
					if !strings.Contains(left, strings.ToLower(given[i])) && !strings.Contains(left, strings.ToLower(family[i])) {
						taken++
					} else if got.Doubts() > 0 {
						marked++
					}
				}
			}
		}
		return taken, marked, all
	}
	same := func(s string) string { return s }
	cases := []struct {
		name  string
		known comment.Known
		write func(string) string
		least float64
	}{
		{"on the list", list, same, 1},
		{"on the list, without capitals", list, strings.ToLower, 1},
		{"not on the list", comment.Known{}, same, 0.7},
		{"not on the list, without capitals", comment.Known{}, strings.ToLower, 0},
	}
	for _, c := range cases {
		taken, marked, all := recall(comment.NewScrubber(c.known), c.write)
		t.Logf("%s: %d of %d taken out, %d more marked", c.name, taken, all, marked)
		if float64(taken+marked) < c.least*float64(all) {
			t.Errorf("%s: %d of %d taken out and %d marked", c.name, taken, all, marked)
		}
	}
}
