package comment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// word is a word of a text where it stands, and as it is compared: without
// accents, marks that cannot be seen, and capitals.
type word struct {
	start, end int
	// bare is where the word ends without the 's of what belongs to it.
	bare   int
	folded string
	upper  bool // begins with a capital
	first  bool // begins a sentence
	held   bool // stands for something taken out, as [name]
}

// words cuts a text into words: letters and digits, with apostrophes and
// hyphens between them.
func words(text string) []word {
	var list []word
	first := true
	for i := 0; i < len(text); {
		if n := placeholderAt(text[i:]); n > 0 {
			list = append(list, word{start: i, end: i + n, bare: i + n, folded: text[i : i+n], first: first, held: true})
			first = false
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) {
			switch r {
			case '.', '!', '?', '\n', ':', ';', '•', '"', '“':
				first = true
			}
			i += size
			continue
		}
		start := i
		for i < len(text) {
			r, size = utf8.DecodeRuneInString(text[i:])
			if !inWord(r) && !(isJoint(r) && followed(text[i+size:])) {
				break
			}
			i += size
		}
		list = append(list, wordAt(text, start, i, first))
		first = false
	}
	return list
}

func wordAt(text string, start, end int, first bool) word {
	w := word{start: start, end: end, bare: end, folded: fold(text[start:end]), first: first}
	for _, r := range text[start:end] {
		if !unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.M, r) {
			w.upper = unicode.IsUpper(r) || unicode.IsTitle(r)
			break
		}
	}
	if strings.HasSuffix(w.folded, "'s") {
		if at := strings.LastIndexFunc(text[start:end], isJoint); at > 0 {
			w.bare = start + at
		}
	}
	return w
}

// placeholderAt is how many bytes of what stands for something taken out the
// text begins with. Other brackets are people's own.
func placeholderAt(text string) int {
	if !strings.HasPrefix(text, "[") {
		return 0
	}
	for _, k := range []Kind{Name, Place, Contact, Number, Date, Job, Only} {
		if p := k.placeholder(); strings.HasPrefix(text, p) {
			return len(p)
		}
	}
	return 0
}

// inWord holds for marks that cannot be seen as well, which would otherwise
// hide a name from the list.
func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || unicode.Is(unicode.Cf, r)
}

func isJoint(r rune) bool { return r == '\'' || r == '’' || r == '-' || r == '‐' || r == '‑' }

func followed(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest != "" && unicode.IsLetter(r)
}

// fold makes one of what reads alike: Zoë and zoe, O’Neill and o'neill.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.M, r), unicode.Is(unicode.Cf, r):
		case r == '’':
			b.WriteByte('\'')
		case r == '‐', r == '‑':
			b.WriteByte('-')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

func boundary(text string, at int) bool { return at == len(text) || utf8.RuneStart(text[at]) }

// phrases are runs of words, by their first.
type phrases map[string][][]string

func (p phrases) add(s string) {
	var run []string
	for _, w := range words(s) {
		run = append(run, w.folded)
	}
	if len(run) > 0 {
		p[plain(run[0])] = append(p[plain(run[0])], run)
	}
}

// longest is the longest phrase that the words begin with, if any; the last
// word may have an 's.
func (p phrases) longest(ws []word) []string {
	var most []string
	for _, run := range p[plain(ws[0].folded)] {
		if len(run) > len(most) && fits(run, ws) {
			most = run
		}
	}
	return most
}

func fits(run []string, ws []word) bool {
	if len(run) > len(ws) {
		return false
	}
	for k, w := range run {
		if ws[k].held || (ws[k].folded != w && plain(ws[k].folded) != w) {
			return false
		}
	}
	return true
}

// plain is a word without the 's of what belongs to it.
func plain(folded string) string { return strings.TrimSuffix(folded, "'s") }
