package stafflist

import "strings"

// holdsNINumber reports whether s has a National Insurance number anywhere in it:
// two letters, six digits and a letter from A to D, divided or not. The letters
// that are never issued count too, since examples and mistakes use them.
func holdsNINumber(s string) bool {
	_, _, found := findNINumber(s)
	return found
}

// withoutNINumbers returns s with every National Insurance number taken out.
func withoutNINumbers(s string) (string, bool) {
	removed := false
	for {
		from, to, found := findNINumber(s)
		if !found {
			return s, removed
		}
		removed = true
		s = strings.TrimSpace(s[:from] + " " + s[to:])
	}
}

func findNINumber(s string) (from, to int, found bool) {
	if len(s) < 9 {
		return 0, 0, false
	}
	for i := 0; i+9 <= len(s); i++ {
		if !isLetter(s[i]) || !isLetter(s[i+1]) || i > 0 && isAlnum(s[i-1]) {
			continue
		}
		if end, ok := niTail(s, i+2); ok {
			return i, end, true
		}
	}
	return 0, 0, false
}

// niTail reads six digits and the last letter from j, past single dividers.
func niTail(s string, j int) (end int, ok bool) {
	for n := 0; n < 7; n++ {
		if j < len(s) && strings.IndexByte(" -.", s[j]) >= 0 && n%2 == 0 {
			j++
		}
		if j >= len(s) {
			return 0, false
		}
		c := s[j]
		if n < 6 && (c < '0' || c > '9') {
			return 0, false
		}
		if c |= 0x20; n == 6 && (c < 'a' || c > 'd') {
			return 0, false
		}
		j++
	}
	return j, j == len(s) || !isAlnum(s[j])
}

func isLetter(c byte) bool { c |= 0x20; return c >= 'a' && c <= 'z' }

func isAlnum(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' }
