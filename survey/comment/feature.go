package comment

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// stem takes the commonest English endings off, so that trained, training and
// trains are one. It does not aim at the dictionary form: the same letters for
// the same word are enough.
func stem(w string) string {
	if utf8.RuneCountInString(w) < 5 {
		return strings.TrimSuffix(w, "'t")
	}
	for _, e := range endings {
		if rest, ok := strings.CutSuffix(w, e.from); ok && utf8.RuneCountInString(rest) >= e.least {
			w = rest + e.to
			break
		}
	}
	if n := len(w); n > 4 && w[n-1] == w[n-2] && w[n-1] >= 'a' && !strings.HasSuffix(w, "ss") {
		w = w[:n-1]
	}
	return strings.TrimSuffix(w, "e")
}

var endings = []struct {
	from, to string
	least    int
}{
	{"ations", "at", 3},
	{"ation", "at", 3},
	{"ements", "", 3},
	{"ement", "", 3},
	{"ments", "", 3},
	{"ment", "", 3},
	{"nesses", "", 3},
	{"ness", "", 3},
	{"ings", "", 3},
	{"ing", "", 3},
	{"edly", "", 3},
	{"ied", "y", 2},
	{"ies", "y", 2},
	{"ously", "ous", 2},
	{"fully", "", 3},
	{"ful", "", 3},
	{"ely", "", 3},
	{"ly", "", 4},
	{"ed", "", 3},
	{"ers", "er", 3},
	{"sses", "ss", 2},
	{"es", "e", 3},
	{"ss", "ss", 2},
	{"us", "us", 2},
	{"s", "", 3},
}

// sign is one thing that the model sees in a text, and the words it is seen in.
type sign struct {
	feature string
	words   []string
}

// signs are the stems of a text, pairs of stems that stand together, beginnings
// of long ones, which bridge misspellings and forms, and the cues. What stands
// for something taken out is not seen.
func signs(text string) []sign {
	var list []sign
	before, beforeStem := "", ""
	for _, w := range words(text) {
		if w.held {
			before, beforeStem = "", ""
			continue
		}
		form := plain(w.folded)
		s := stem(form)
		if beforeStem != "" && !(stop[beforeStem] && stop[s]) {
			list = append(list, sign{beforeStem + " " + s, []string{before, form}})
		}
		before, beforeStem = form, s
		for _, mark := range cues[s] {
			list = append(list, sign{mark, []string{form}})
		}
		if stop[s] {
			continue
		}
		list = append(list, sign{s, []string{form}})
		if utf8.RuneCountInString(s) > 5 {
			list = append(list, sign{string([]rune(s)[:5]) + "-", []string{form}})
		}
	}
	return list
}

// features counts the signs of a text.
func features(text string) map[string]float64 {
	counts := map[string]float64{}
	for _, s := range signs(text) {
		counts[s.feature]++
	}
	return counts
}

// stop are stems that stand everywhere; they count in pairs alone.
var stop = set(`a about all also am an and any ar at b been but by can could did do doe for from get go got had ha hav her her him hi i if in into
is it its just like mak man mani more most much my of on only or other our out over said see so som than that th their them then ther they thi thing
thos to too up us very wa way we were what when which who will with would you your don isn wasn ar`)

// vocabulary numbers the features of the comments that were trained on.
type vocabulary struct {
	index map[string]int
	names []string
	idf   []float64
}

// learn numbers features that at least so many comments have.
func learn(docs []map[string]float64, least int) vocabulary {
	seen := map[string]int{}
	for _, d := range docs {
		for f := range d {
			seen[f]++
		}
	}
	v := vocabulary{index: map[string]int{}}
	for _, f := range slices.Sorted(maps.Keys(seen)) {
		if seen[f] < least {
			continue
		}
		v.index[f] = len(v.names)
		v.names = append(v.names, f)
		v.idf = append(v.idf, 1+math.Log(float64(1+len(docs))/float64(1+seen[f])))
	}
	return v
}

func isCue(feature string) bool { return strings.HasPrefix(feature, "#") }

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// at is one feature of a comment and its weight.
type at struct {
	feature int
	weight  float64
}

// vector is a comment as the model sees it, of length one.
func (v vocabulary) vector(counts map[string]float64) []at {
	var list []at
	for f, n := range counts {
		if i, ok := v.index[f]; ok {
			weight := (1 + math.Log(n)) * v.idf[i]
			if isCue(f) {
				weight = cueWeight * n
			}
			list = append(list, at{i, weight})
		}
	}
	slices.SortFunc(list, func(a, b at) int { return a.feature - b.feature })
	length := 0.0
	for _, a := range list {
		length += float64(a.weight * a.weight)
	}
	for i := range list {
		list[i].weight /= math.Sqrt(length)
	}
	return list
}
