package comment

import (
	"errors"
	"maps"
	"slices"
	"strings"
)

// Model says what comments are about. It may be used from several goroutines
// at once.
type Model struct {
	words  vocabulary
	themes map[Theme]linear
	tones  map[Tone]linear
}

// Assigned is one theme of a comment and why.
type Assigned struct {
	Theme  Theme
	Margin float64 // how far on the theme's side; the larger the surer
	// Because are the words that weighed most for it.
	Because []string
}

// Reading is what the model makes of a comment: its themes, the surest first,
// none where nothing speaks for any, and its tone.
type Reading struct {
	Themes []Assigned
	Tone   Tone
}

// Train makes a model from labelled comments. Their order is a part of the
// input: the same order gives the same model, to the last digit.
func Train(comments []Labelled) (*Model, error) {
	if len(comments) < 2 {
		return nil, errors.New("training: fewer than two labelled comments")
	}
	counts := make([]map[string]float64, len(comments))
	for i, c := range comments {
		counts[i] = features(c.Text)
	}
	m := &Model{words: learn(counts, 1), themes: map[Theme]linear{}, tones: map[Tone]linear{}}
	docs := make([][]at, len(comments))
	for i, c := range counts {
		docs[i] = m.words.vector(c)
	}
	plane := func(label func(Labelled) bool) linear {
		has := make([]bool, len(comments))
		for i, c := range comments {
			has[i] = label(c)
		}
		return separate(docs, has, len(m.words.names))
	}
	for _, t := range Themes() {
		m.themes[t] = plane(func(c Labelled) bool { return slices.Contains(c.Themes, t) })
	}
	for _, t := range Tones() {
		m.tones[t] = plane(func(c Labelled) bool { return c.Tone == t })
	}
	return m, nil
}

// A theme is given from this margin on, the first one already from a smaller.
// Both were chosen on the shipped comments: the first for the best balance of
// wrong and missed, and then a little higher, because a wrong theme misleads
// and a missing one is only read unsorted.
const (
	marginAny   = 0.2
	marginFirst = 0.0
	mostReasons = 4
)

// Read says what a comment is about. It is read sentence by sentence, because
// people write about several things in turn; a theme has the margin and the
// words of the sentence that speaks for it most. The tone is that of all.
func (m *Model) Read(text string) Reading {
	surest := map[Theme]Assigned{}
	tones := map[Tone]float64{}
	read := false
	for _, sentence := range sentences(text) {
		x := m.words.vector(features(sentence))
		if len(x) == 0 {
			continue
		}
		read = true
		for _, a := range m.themesOf(sentence, x) {
			if was, ok := surest[a.Theme]; !ok || a.Margin > was.Margin {
				surest[a.Theme] = a
			}
		}
		for _, t := range Tones() {
			tones[t] += m.tones[t].margin(x)
		}
	}
	var r Reading
	if !read {
		return r
	}
	for _, t := range Themes() {
		if a, ok := surest[t]; ok {
			r.Themes = append(r.Themes, a)
		}
	}
	slices.SortStableFunc(r.Themes, func(a, b Assigned) int { return descending(a.Margin, b.Margin) })
	r.Tone = Tones()[0]
	for _, t := range Tones() {
		if tones[t] > tones[r.Tone] {
			r.Tone = t
		}
	}
	return r
}

// themesOf gives the themes of one sentence.
func (m *Model) themesOf(sentence string, x []at) []Assigned {
	var all []Assigned
	for _, t := range Themes() {
		all = append(all, Assigned{Theme: t, Margin: m.themes[t].margin(x)})
	}
	slices.SortStableFunc(all, func(a, b Assigned) int { return descending(a.Margin, b.Margin) })
	var kept []Assigned
	for i, a := range all {
		if a.Margin >= marginAny || (i == 0 && a.Margin >= marginFirst) {
			a.Because = m.because(m.themes[a.Theme], sentence, x)
			kept = append(kept, a)
		}
	}
	return kept
}

// sentences cuts a text where sentences and items of a list end.
func sentences(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".!?;\n\r•", r) })
}

// because lists the words of the text that weighed most for a plane.
func (m *Model) because(l linear, text string, x []at) []string {
	share := map[int]float64{}
	for _, a := range x {
		share[a.feature] = l.weights[a.feature] * a.weight
	}
	weight := map[string]float64{}
	for _, s := range signs(text) {
		if i, ok := m.words.index[s.feature]; ok {
			for _, w := range s.words {
				weight[w] += share[i] / float64(len(s.words))
			}
		}
	}
	names := slices.Sorted(maps.Keys(weight))
	slices.SortStableFunc(names, func(a, b string) int { return descending(weight[a], weight[b]) })
	n := 0
	for n < len(names) && n < mostReasons && weight[names[n]] > 0 {
		n++
	}
	return names[:n]
}

func descending(a, b float64) int {
	switch {
	case a > b:
		return -1
	case a < b:
		return 1
	}
	return 0
}
