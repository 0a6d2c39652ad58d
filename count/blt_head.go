package count

import (
	"bytes"
	"fmt"
	"strings"
)

// nicknames are the short names that a file may use instead of numbers.
type nicknames map[string]int

// readHead reads the numbers of candidates and seats and the options, up to the
// first paper.
func readHead(in *source) (*Ballots, nicknames, error) {
	var b *Ballots
	names := nicknames{}
	for first := true; ; first = false {
		lines, number, err := in.next()
		if err != nil {
			return nil, nil, err
		}
		if len(lines) == 0 {
			if b == nil {
				return nil, nil, &SyntaxError{number, "the file is empty", "its first line holds the number of candidates and the number of seats"}
			}
			return b, names, nil
		}
		if first {
			lines = bytes.TrimPrefix(lines, []byte("\xef\xbb\xbf"))
		}
		for at := 0; at < len(lines); number++ {
			next := at + bytes.IndexByte(lines[at:], '\n') + 1
			text := strings.TrimSpace(string(lines[at : next-1]))
			switch {
			case text == "" || text[0] == '#':
			case b == nil:
				if b, err = firstLine(text, number); err != nil {
					return nil, nil, err
				}
			case text[0] == '-':
				if err := b.withdrawnLine(text, number); err != nil {
					return nil, nil, err
				}
			case text[0] == '[':
				if err := b.option(text, number, names); err != nil {
					return nil, nil, err
				}
			default:
				in.back(lines[at:], number)
				return b, names, nil
			}
			at = next
		}
	}
}

func firstLine(text string, line int) (*Ballots, error) {
	text, _, _ = strings.Cut(text, "#")
	fields := strings.Fields(text)
	const remedy = "the first line holds the number of candidates and the number of seats, for instance 11 6"
	if len(fields) != 2 {
		return nil, &SyntaxError{line, fmt.Sprintf("the first line has %d words", len(fields)), remedy}
	}
	n, problem := wholeNumber(fields[0], MaxCandidates)
	if problem != "" || n == 0 {
		return nil, &SyntaxError{line, fmt.Sprintf("the number of candidates is %q", shorten(fields[0])), remedy}
	}
	seats, problem := wholeNumber(fields[1], MaxCandidates)
	if problem != "" || seats == 0 {
		return nil, &SyntaxError{line, fmt.Sprintf("the number of seats is %q", shorten(fields[1])), remedy}
	}
	return &Ballots{Seats: seats, Candidates: make([]Candidate, n)}, nil
}

// withdrawnLine reads -3 or -3 -7.
func (b *Ballots) withdrawnLine(text string, line int) error {
	text, _, _ = strings.Cut(text, "#")
	for _, field := range strings.Fields(text) {
		c, problem := wholeNumber(strings.TrimPrefix(field, "-"), len(b.Candidates))
		if problem != "" || c == 0 || field[0] != '-' {
			return &SyntaxError{line, fmt.Sprintf("%q is no withdrawn candidate", shorten(field)), fmt.Sprintf("write a minus sign and a number from 1 to %d", len(b.Candidates))}
		}
		b.Candidates[c-1].Withdrawn = true
	}
	return nil
}

// option reads [nick ...], [withdrawn ...] or [tie ...].
func (b *Ballots) option(text string, line int, names nicknames) error {
	inside, rest, closed := strings.Cut(text[1:], "]")
	if rest = strings.TrimSpace(rest); !closed || rest != "" && rest[0] != '#' {
		return &SyntaxError{line, "an option is not closed where its line ends", "write it in one pair of square brackets on a line of its own"}
	}
	fields := strings.Fields(inside)
	if len(fields) == 0 {
		return &SyntaxError{line, "an option is empty", "take the line out"}
	}
	name, words := fields[0], fields[1:]
	switch name {
	case "nick":
		return b.nicknames(words, line, names)
	case "withdrawn", "tie":
		var list []int
		seen := map[int]bool{}
		for _, word := range words {
			c, ok := names[word]
			if !ok {
				number, problem := wholeNumber(word, len(b.Candidates))
				if problem != "" || number == 0 {
					return &SyntaxError{line, fmt.Sprintf("[%s] names %q", name, shorten(word)), "write candidates by number, or put [nick ...] before it"}
				}
				c = number
			}
			if seen[c] {
				return &SyntaxError{line, fmt.Sprintf("[%s] names candidate %d twice", name, c), "name each once"}
			}
			seen[c] = true
			list = append(list, c)
		}
		if name == "tie" {
			if len(list) != len(b.Candidates) {
				return &SyntaxError{line, fmt.Sprintf("[tie] names %d of %d candidates", len(list), len(b.Candidates)), "name every candidate once"}
			}
			b.Order = list
			return nil
		}
		for _, c := range list {
			b.Candidates[c-1].Withdrawn = true
		}
		return nil
	}
	return &SyntaxError{line, fmt.Sprintf("there is no option [%s]", shorten(name)), "the options are [nick], [withdrawn] and [tie]"}
}

func (b *Ballots) nicknames(words []string, line int, names nicknames) error {
	if len(words) != len(b.Candidates) {
		return &SyntaxError{line, fmt.Sprintf("[nick] has %d short names for %d candidates", len(words), len(b.Candidates)), "give every candidate one"}
	}
	for i, word := range words {
		if _, problem := wholeNumber(word, MaxPapers); problem == "" || strings.ContainsAny(word, `="#[]-`) {
			return &SyntaxError{line, fmt.Sprintf("the short name %q could be taken for something else", shorten(word)), "begin it with a letter and leave = - # and quotes out"}
		}
		if _, twice := names[word]; twice {
			return &SyntaxError{line, fmt.Sprintf("the short name %q stands for two candidates", shorten(word)), "give every candidate one of its own"}
		}
		names[word] = i + 1
	}
	return nil
}
