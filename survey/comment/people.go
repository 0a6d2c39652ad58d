package comment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// listed finds phrases of a list, whatever their case and accents. A phrase of
// one everyday word counts only with a capital, and is doubtful where a
// sentence begins with it.
func (s *Scrubber) listed(list phrases, ws []word, kind Kind) []Span {
	var spans []Span
	for i := 0; i < len(ws); i++ {
		run := list.longest(ws[i:])
		n := len(run)
		if n == 0 {
			continue
		}
		last := ws[i+n-1]
		span := Span{Start: ws[i].start, End: last.bare, Kind: kind, Rule: ByList}
		if run[n-1] == last.folded {
			span.End = last.end // the 's is the place's own
		}
		if n == 1 && s.everyday[plain(ws[i].folded)] {
			if !ws[i].upper {
				continue
			}
			span.Doubtful = ws[i].first
		}
		spans = append(spans, span)
		i += n - 1
	}
	return spans
}

// people finds names: of the list, after a title, after words that introduce a
// name, as initials, and by a capital letter that English does not ask for.
func (s *Scrubber) people(text string, ws []word) []Span {
	var spans []Span
	shouted := shouts(text)
	for i, w := range ws {
		if w.held {
			continue
		}
		if n := s.titled(text, ws[i:]); n > 0 {
			spans = append(spans, Span{Start: w.start, End: ws[i+n].bare, Kind: Name, Rule: ByTitle})
			continue
		}
		if n := s.introduced(text, ws[i:]); n > 0 && !shouted {
			spans = append(spans, Span{Start: ws[i+1].start, End: ws[i+n].bare, Kind: Name, Rule: ByIntro})
		}
		if s.initial(text, ws[i:]) && !shouted {
			spans = append(spans, Span{Start: w.start, End: ws[i+1].bare, Kind: Name, Rule: ByForm})
		}
		if span, ok := s.known(w, shouted); ok {
			// ED is a department more often than an Edward.
			if w.bare-w.start == 2 && acronym(text[w.start:w.bare]) {
				span.Doubtful = true
			}
			spans = append(spans, span)
			continue
		}
		if w.upper && !w.first && !shouted && s.strange(w) && !acronym(text[w.start:w.end]) {
			spans = append(spans, Span{Start: w.start, End: w.bare, Kind: Name, Rule: ByCase, Doubtful: true})
		}
	}
	return spans
}

// known says whether a word is a name of the list, or joined of such.
func (s *Scrubber) known(w word, shouted bool) (Span, bool) {
	span := Span{Start: w.start, End: w.bare, Kind: Name, Rule: ByList}
	name := plain(w.folded)
	listed := s.names[name]
	for _, part := range strings.Split(name, "-") {
		listed = listed || (s.names[part] && !s.everyday[part])
	}
	switch {
	case !listed:
		return span, false
	case !s.everyday[name] && (utf8.RuneCountInString(name) > 2 || w.upper):
		return span, true
	case w.upper:
		span.Doubtful = w.first || shouted
		return span, true
	}
	return span, false
}

// titled is how many words after a title are a name, none if it is no title.
// Written short it needs no capital after it: dr patel.
func (s *Scrubber) titled(text string, ws []word) int {
	short, title := titles[ws[0].folded]
	if !title {
		return 0
	}
	n := 0
	for n < 3 && n+1 < len(ws) {
		next := ws[n+1]
		if next.held || !near(text[ws[n].end:next.start]) || !unicode.IsLetter(firstRune(next.folded)) {
			break
		}
		if s.everyday[plain(next.folded)] && !(next.upper && short && n == 0) {
			break
		}
		if !next.upper && !(short && n == 0) && !particles[next.folded] {
			break
		}
		n++
		if next.bare != next.end {
			break
		}
	}
	return n
}

// introduced is how many words after an introduction are a name.
func (s *Scrubber) introduced(text string, ws []word) int {
	if !introductions[ws[0].folded] {
		return 0
	}
	n := 0
	for n < 2 && n+1 < len(ws) {
		next := ws[n+1]
		gap := text[ws[n].end:next.start]
		if next.held || !next.upper || !s.strange(next) || acronym(text[next.start:next.end]) {
			break
		}
		if !near(gap) && !(n == 0 && strings.TrimSpace(gap) == ",") {
			break
		}
		n++
		if next.bare != next.end {
			break
		}
	}
	return n
}

// initial holds for one capital before a name: J Smith, J. Smith.
func (s *Scrubber) initial(text string, ws []word) bool {
	if len(ws) < 2 || !ws[0].upper || utf8.RuneCountInString(ws[0].folded) != 1 {
		return false
	}
	gap := text[ws[0].end:ws[1].start]
	dotted := strings.HasPrefix(gap, ".")
	if (ws[0].folded == "i" || ws[0].folded == "a") && !dotted {
		return false
	}
	return ws[1].upper && !ws[1].held && near(gap) && s.strange(ws[1]) && !acronym(text[ws[1].start:ws[1].end])
}

// strange words have no meaning that we know of but a name.
func (s *Scrubber) strange(w word) bool {
	name := plain(w.folded)
	return utf8.RuneCountInString(name) > 1 && unicode.IsLetter(firstRune(name)) && !s.everyday[name] && !capitalised[name] && !isTitle(name)
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

// near holds for what may stand between the parts of a name.
func near(gap string) bool {
	rest := strings.TrimLeft(strings.TrimPrefix(gap, "."), " \t\u00a0")
	return rest == "" && len(gap) < 8
}

// acronym holds for NHS, HR, A&E, CCU2.
func acronym(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return strings.HasSuffix(s, "s") && letters > 1 && acronym(strings.TrimSuffix(s, "s"))
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters <= 5
}

// shouts holds for a text mostly in capitals, where they tell nothing.
func shouts(text string) bool {
	upper, lower := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper > 12 && upper > 2*lower
}

// rooms finds places by their form: ward 7, Room 2.14, Nightingale Ward.
func (s *Scrubber) rooms(text string, ws []word) []Span {
	var spans []Span
	for i, w := range ws {
		if w.held {
			continue
		}
		if numbered[w.folded] && i+1 < len(ws) && near(text[w.end:ws[i+1].start]) && label(text, ws[i+1]) {
			end := ws[i+1].bare
			for j := i + 2; j < len(ws) && text[ws[j-1].end:ws[j].start] == "." && unicode.IsDigit(firstRune(ws[j].folded)); j++ {
				end = ws[j].bare
			}
			spans = append(spans, Span{Start: w.start, End: end, Kind: Place, Rule: ByForm})
		}
		if !named[w.folded] || i == 0 {
			continue
		}
		from := i
		for from > 0 && i-from < 3 && near(text[ws[from-1].end:ws[from].start]) && s.ofPlace(ws[from-1], w.upper) {
			from--
		}
		if from < i {
			spans = append(spans, Span{Start: ws[from].start, End: w.bare, Kind: Place, Rule: ByForm})
		}
	}
	return spans
}

// ofPlace holds for a word that names the place after it.
func (s *Scrubber) ofPlace(w word, upper bool) bool {
	if w.held || !w.upper || s.everyday[w.folded] || capitalised[w.folded] {
		return false
	}
	return upper || !w.first
}

// label holds for what wards and rooms are numbered with.
func label(text string, w word) bool {
	if w.held {
		return false
	}
	runes := []rune(w.folded)
	if unicode.IsDigit(runes[0]) {
		return len(runes) <= 4
	}
	if len(runes) == 1 {
		return w.upper && (runes[0] != 'i' && runes[0] != 'a')
	}
	return len(runes) <= 3 && unicode.IsDigit(runes[len(runes)-1]) && acronym(strings.ToUpper(text[w.start:w.end]))
}
