package poll

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// sortNominations orders candidates by a name as a reader of English expects:
// accents and capitals do not count.
func sortNominations(list []Nomination, name func(Nomination) string) {
	slices.SortStableFunc(list, func(a, b Nomination) int {
		x, y := name(a), name(b)
		return cmp.Or(cmp.Compare(fold(x), fold(y)), cmp.Compare(x, y), cmp.Compare(a.ID, b.ID))
	})
}

// fold takes accents and capitals away.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}
