package comment

import (
	"slices"
	"testing"
)

const folds = 5

// heldOut trains on four fifths of the comments and reads the rest, five times.
func heldOut(t *testing.T, all []Labelled, each func(l Labelled, r Reading)) {
	t.Helper()
	for fold := range folds {
		var learnt, rest []Labelled
		for i, l := range all {
			if i%folds == fold {
				rest = append(rest, l)
			} else {
				learnt = append(learnt, l)
			}
		}
		m, err := Train(learnt)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range rest {
			each(l, m.Read(l.Text))
		}
	}
}

// The model finds the themes of invented comments that it has not seen with a
// micro-F1 at or above what free-text models get on real ones. One hand wrote
// both, so real comments will do worse.
func TestModel_MicroF1OnHeldOutInventedComments(t *testing.T) {
	all, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	right, wrong, missed := map[Theme]int{}, map[Theme]int{}, map[Theme]int{}
	tone, n := 0, 0
	heldOut(t, all, func(l Labelled, r Reading) {
		n++
		if r.Tone == l.Tone {
			tone++
		}
		for _, a := range r.Themes {
			if slices.Contains(l.Themes, a.Theme) {
				right[a.Theme]++
			} else {
				wrong[a.Theme]++
			}
		}
		for _, theme := range l.Themes {
			if !slices.ContainsFunc(r.Themes, func(a Assigned) bool { return a.Theme == theme }) {
				missed[theme]++
			}
		}
	})
	var tp, fp, fn int
	for _, theme := range Themes() {
		tp, fp, fn = tp+right[theme], fp+wrong[theme], fn+missed[theme]
		t.Logf("%-12s F1 %.2f  (%d right, %d wrong, %d missed)", theme, f1(right[theme], wrong[theme], missed[theme]), right[theme], wrong[theme], missed[theme])
	}
	micro := f1(tp, fp, fn)
	t.Logf("themes: micro-F1 %.3f on %d invented comments, five folds; tone right in %.1f%%", micro, n, 100*float64(tone)/float64(n))
	if micro < 0.71 {
		t.Errorf("micro-F1 %.3f", micro)
	}
}

func f1(right, wrong, missed int) float64 {
	if right == 0 {
		return 0
	}
	return float64(2*right) / float64(2*right+wrong+missed)
}
