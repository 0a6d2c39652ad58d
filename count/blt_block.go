package count

import (
	"bytes"
	"fmt"
	"strings"
)

// block is what one block of lines held. A fault's line counts from nought.
type block struct {
	prefs  []uint16
	start  []uint32
	papers []uint32
	blank  int64
	total  int64
	end    int // where the papers end in the block, or -1
	fault  *SyntaxError
}

// parser turns lines of papers into blocks. Each worker has its own.
type parser struct {
	n     int
	names nicknames
	seen  []uint32 // candidate -> the last ranking that named it
	mark  uint32
}

func newParser(n int, names nicknames) *parser {
	return &parser{n: n, names: names, seen: make([]uint32, n+1)}
}

// block reads whole lines up to the line that ends the papers. Plain lines of
// numbers are read here; anything else in a line sends it to the slower reader.
//
// Its result goes into a block used before, if there is one.
func (p *parser) block(text []byte, used *block) *block {
	out := used
	if out == nil {
		out = &block{prefs: make([]uint16, 0, len(text)*2/5), start: make([]uint32, 0, len(text)/16), papers: make([]uint32, 0, len(text)/16)}
	}
	*out = block{prefs: out.prefs[:0], start: out.start[:0], papers: out.papers[:0], end: -1}
	for i, line := 0, 0; i < len(text); line++ {
		from := i
		next, ok := p.plain(out, text, i)
		if ok {
			i = next
			continue
		}
		next = from + bytes.IndexByte(text[from:], '\n') + 1
		ended, fault := p.line(out, text[from:next-1])
		if fault != nil {
			fault.Line = line
			out.fault = fault
			return out
		}
		i = next
		if ended != papersGoOn {
			out.end = next
			if ended == endBeforeLine {
				out.end = from
			}
			return out
		}
	}
	return out
}

// plain reads a line of the usual kind: how many papers, candidates in order,
// nought. It reports false, with nothing taken, for every other line.
func (p *parser) plain(out *block, text []byte, i int) (next int, ok bool) {
	count := uint64(0)
	digits := 0
	for ; text[i]-'0' <= 9; i++ {
		count = count*10 + uint64(text[i]-'0')
		if digits++; digits > 10 {
			return 0, false
		}
	}
	if digits == 0 || count == 0 || count > MaxPapers || text[i] != ' ' {
		return 0, false
	}
	p.mark++
	if p.mark == 0 { // after four thousand million rankings
		clear(p.seen)
		p.mark = 1
	}
	at := len(out.prefs)
	prefs, seen, mark := out.prefs, p.seen, p.mark
	i++
	for {
		c := uint(text[i] - '0')
		if c > 9 {
			break
		}
		// Nearly all numbers have one digit or two. Which of the two cannot be
		// foreseen, so it is reckoned and not branched upon: two is 1 if the next
		// byte is a digit. A block ends with a newline, so there is a next byte.
		d := text[i+1] - '0'
		two := uint((uint16(d) - 10) >> 15)
		c += two * (9*c + uint(d))
		i += 1 + int(two)
		if text[i] == ' ' {
			i++
		} else {
			for d := uint(text[i] - '0'); d <= 9; d = uint(text[i] - '0') {
				if c = c*10 + d; c > MaxCandidates {
					return 0, false
				}
				i++
			}
			if text[i] == ' ' {
				i++
			}
		}
		if c == 0 {
			break
		}
		if c >= uint(len(seen)) || seen[c] == mark {
			return 0, false
		}
		seen[c] = mark
		prefs = append(prefs, uint16(c))
	}
	if text[i] == '\r' {
		i++
	}
	if text[i] != '\n' {
		return 0, false
	}
	out.prefs = prefs
	out.close(at, uint32(count))
	return i + 1, true
}

// close ends a ranking, as [Ballots.close] does.
func (out *block) close(at int, papers uint32) {
	out.total += int64(papers)
	for len(out.prefs) > at && out.prefs[len(out.prefs)-1] == gap {
		out.prefs = out.prefs[:len(out.prefs)-1]
	}
	if len(out.prefs) == at {
		out.blank += int64(papers)
		return
	}
	out.prefs = append(out.prefs, end)
	out.start = append(out.start, uint32(at))
	out.papers = append(out.papers, papers)
}

// What a line means for the papers after it.
type ending int

const (
	papersGoOn    ending = iota
	endBeforeLine        // the papers ended before this line
	endWithLine          // this line ended them
)

// line reads one line of any kind, without its newline.
func (p *parser) line(out *block, line []byte) (ending, *SyntaxError) {
	text := strings.TrimSpace(string(line))
	if text == "" || text[0] == '#' {
		return papersGoOn, nil
	}
	if text[0] == '"' {
		return endBeforeLine, nil
	}
	text, _, _ = strings.Cut(text, "#")
	fields := strings.Fields(text)
	count, problem := wholeNumber(fields[0], MaxPapers)
	if problem != "" {
		return papersGoOn, paperFault(fields[0], problem)
	}
	if count == 0 {
		if len(fields) > 1 {
			return papersGoOn, &SyntaxError{Problem: "the line stands for no papers but ranks candidates", Remedy: "write how many papers it stands for, or 0 alone to end the papers"}
		}
		return endWithLine, nil
	}
	p.mark++
	if p.mark == 0 {
		clear(p.seen)
		p.mark = 1
	}
	at := len(out.prefs)
	for i, field := range fields[1:] {
		if field == "0" {
			if i+2 < len(fields) {
				return papersGoOn, &SyntaxError{Problem: fmt.Sprintf("after the closing 0 there is %q", shorten(fields[i+2])), Remedy: "put every paper on a line of its own"}
			}
			break
		}
		if field == "-" {
			out.prefs = append(out.prefs, gap)
			continue
		}
		var rank Rank
		for _, word := range strings.Split(field, "=") {
			c, fault := p.candidate(word)
			if fault != nil {
				return papersGoOn, fault
			}
			rank = append(rank, c)
		}
		out.prefs = appendRank(out.prefs, rank)
	}
	out.close(at, uint32(count))
	return papersGoOn, nil
}

// candidate is the number that a word of a ranking stands for.
func (p *parser) candidate(word string) (int, *SyntaxError) {
	c, ok := p.names[word]
	if !ok {
		number, problem := wholeNumber(word, MaxPapers)
		switch {
		case problem != "" && len(p.names) > 0:
			return 0, &SyntaxError{Problem: fmt.Sprintf("%q is neither a number nor one of the short names", shorten(word)), Remedy: "the short names are in the line [nick ...]"}
		case problem != "":
			return 0, &SyntaxError{Problem: fmt.Sprintf("%q %s", shorten(word), problem), Remedy: "a line is how many papers, candidates by number in order of preference, and 0"}
		case number < 1 || number > p.n:
			return 0, &SyntaxError{Problem: fmt.Sprintf("there is no candidate %s", shorten(word)), Remedy: fmt.Sprintf("the first line says that there are %d", p.n)}
		}
		c = number
	}
	if p.seen[c] == p.mark {
		return 0, &SyntaxError{Problem: fmt.Sprintf("candidate %d stands twice in one ranking", c), Remedy: "write the ranking up to the place where it is still clear"}
	}
	p.seen[c] = p.mark
	return c, nil
}

func paperFault(word, problem string) *SyntaxError {
	remedy := "a line of papers begins with how many papers it stands for; the names after the papers stand in double quotes"
	if strings.HasPrefix(word, "(") {
		remedy = "take the numbers of papers in brackets out"
	}
	if strings.HasPrefix(word, "-") || strings.HasPrefix(word, "[") {
		remedy = "withdrawn candidates and options stand before the first paper"
	}
	return &SyntaxError{Problem: fmt.Sprintf("%q %s", shorten(word), problem), Remedy: remedy}
}

// wholeNumber reads digits only: no sign, no decimals, at most the limit.
func wholeNumber(word string, limit int) (int, string) {
	n := 0
	for _, r := range word {
		if r < '0' || r > '9' {
			return 0, "is not a whole number"
		}
		if n = n*10 + int(r-'0'); n > limit {
			return 0, fmt.Sprintf("is more than %d", limit)
		}
	}
	if word == "" {
		return 0, "is not a whole number"
	}
	return n, ""
}

// shorten keeps a word of the file short enough for a message.
func shorten(word string) string {
	if r := []rune(word); len(r) > 24 {
		return string(r[:24]) + "..."
	}
	return word
}
