package comment

import (
	"os"
	"reflect"
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
	var s tally
	heldOut(t, all, s.add)
	s.log(t, "five folds")
	if s.micro() < 0.71 {
		t.Errorf("micro-F1 %.3f", s.micro())
	}
}

func f1(right, wrong, missed int) float64 {
	if right == 0 {
		return 0
	}
	return float64(2*right) / float64(2*right+wrong+missed)
}

// On comments that nothing was chosen on, plain ones and roundabout ones. The
// figures are what they are; the bounds are there to see them fall.
func TestModel_MicroF1OnFreshInventedComments(t *testing.T) {
	all, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	m, err := Train(all)
	if err != nil {
		t.Fatal(err)
	}
	for name, least := range map[string]float64{"fresh": 0.65, "roundabout": 0} {
		b, err := os.ReadFile("testdata/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		comments, err := ReadLabelled(string(b))
		if err != nil {
			t.Fatal(err)
		}
		var s tally
		for _, l := range comments {
			if slices.ContainsFunc(all, func(k Labelled) bool { return k.Text == l.Text }) {
				t.Errorf("%s: learnt from: %s", name, l.Text)
			}
			s.add(l, m.Read(l.Text))
		}
		s.log(t, name)
		if s.micro() < least {
			t.Errorf("%s: micro-F1 %.3f", name, s.micro())
		}
	}
}

// tally counts themes that were found, wrongly found and missed.
type tally struct {
	right, wrong, missed map[Theme]int
	n, tone, first, some int
}

func (s *tally) add(l Labelled, r Reading) {
	if s.right == nil {
		s.right, s.wrong, s.missed = map[Theme]int{}, map[Theme]int{}, map[Theme]int{}
	}
	s.n++
	if r.Tone == l.Tone {
		s.tone++
	}
	if len(l.Themes) > 0 {
		s.some++
		if len(r.Themes) > 0 && slices.Contains(l.Themes, r.Themes[0].Theme) {
			s.first++
		}
	}
	for _, a := range r.Themes {
		if slices.Contains(l.Themes, a.Theme) {
			s.right[a.Theme]++
		} else {
			s.wrong[a.Theme]++
		}
	}
	for _, theme := range l.Themes {
		if !slices.ContainsFunc(r.Themes, func(a Assigned) bool { return a.Theme == theme }) {
			s.missed[theme]++
		}
	}
}

func (s *tally) micro() float64 {
	var tp, fp, fn int
	for _, theme := range Themes() {
		tp, fp, fn = tp+s.right[theme], fp+s.wrong[theme], fn+s.missed[theme]
	}
	return f1(tp, fp, fn)
}

func (s *tally) log(t *testing.T, what string) {
	t.Helper()
	for _, theme := range Themes() {
		t.Logf("%-12s F1 %.2f  (%d right, %d wrong, %d missed)", theme, f1(s.right[theme], s.wrong[theme], s.missed[theme]), s.right[theme], s.wrong[theme], s.missed[theme])
	}
	t.Logf("%s: micro-F1 %.3f on %d invented comments; first theme right in %.1f%% of those with one, tone in %.1f%%",
		what, s.micro(), s.n, 100*float64(s.first)/float64(s.some), 100*float64(s.tone)/float64(s.n))
}

// The same comments give the same readings, whenever they are trained on, and
// each theme says by which words.
func TestModel_IsTheSameEachTime(t *testing.T) {
	all, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	one, err := Train(all)
	if err != nil {
		t.Fatal(err)
	}
	two, err := Train(all)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		a, b := one.Read(l.Text), two.Read(l.Text)
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("%s: %+v and %+v", l.Text, a, b)
		}
		for i, theme := range a.Themes {
			if len(theme.Because) == 0 || (i > 0 && theme.Margin > a.Themes[i-1].Margin) {
				t.Fatalf("%s: %+v", l.Text, a)
			}
		}
	}
}

// A mutual's own words count once it has labelled some comments.
func TestTrain_LearnsFromMore(t *testing.T) {
	all, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		all = append(all,
			Labelled{Text: "the gwasanaeth bleep is lost", Themes: []Theme{Equipment}, Tone: Bad},
			Labelled{Text: "gwasanaeth again", Themes: []Theme{Equipment}, Tone: Bad})
	}
	m, err := Train(all)
	if err != nil {
		t.Fatal(err)
	}
	if r := m.Read("gwasanaeth"); len(r.Themes) != 1 || r.Themes[0].Theme != Equipment {
		t.Errorf("%+v", r)
	}
}

// Words that nobody taught it give nothing, and so does what was taken out.
func TestModel_OfNothing(t *testing.T) {
	all, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	m, err := Train(all)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "xyzzy", "[name] [place]", "…", "\xff"} {
		if r := m.Read(text); len(r.Themes) != 0 || r.Tone != "" {
			t.Errorf("%q: %+v", text, r)
		}
	}
	if _, err := Train(all[:1]); err == nil {
		t.Error("trained on one comment")
	}
}

// People write about several things in one comment: of three invented comments
// in a row the themes are found as well as of one.
func TestModel_ReadsLongComments(t *testing.T) {
	all, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	var s tally
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
		for i := range rest {
			// Neighbours in the file are often of one theme, so they are taken
			// from three places of it.
			var long Labelled
			for k := range 3 {
				one := rest[(i+k*len(rest)/3)%len(rest)]
				long.Text += one.Text + " "
				for _, theme := range one.Themes {
					if !slices.Contains(long.Themes, theme) {
						long.Themes = append(long.Themes, theme)
					}
				}
			}
			s.add(long, m.Read(long.Text))
		}
	}
	t.Logf("three in a row: micro-F1 %.3f on %d", s.micro(), s.n)
	if s.micro() < 0.7 {
		t.Errorf("micro-F1 %.3f", s.micro())
	}
}
