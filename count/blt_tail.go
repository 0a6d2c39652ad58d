package count

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const extraTexts = 3 // a title, and two more that old files have: source and comment

// readTail reads the names and the title, to the end of the file.
func readTail(in *source, b *Ballots) error {
	var texts []string
	for {
		lines, number, err := in.next()
		if err != nil {
			return err
		}
		if len(lines) == 0 {
			return b.name(texts, number)
		}
		for at := 0; at < len(lines); number++ {
			next := at + bytes.IndexByte(lines[at:], '\n') + 1
			if texts, err = b.tailLine(texts, string(lines[at:next-1]), number); err != nil {
				return err
			}
			at = next
		}
	}
}

// tailLine reads the texts of one line.
func (b *Ballots) tailLine(texts []string, line string, number int) ([]string, error) {
	if !utf8.ValidString(line) {
		return nil, &SyntaxError{number, "the line is not UTF-8 text", "save the file as UTF-8"}
	}
	rest := strings.TrimSpace(line)
	for rest != "" && rest[0] != '#' {
		if rest[0] != '"' {
			if len(texts) == len(b.Candidates)+extraTexts {
				b.Remarks = append(b.Remarks, rest)
				return texts, nil
			}
			return nil, trailing(rest, number, len(texts), len(b.Candidates))
		}
		text, after, fault := quoted(rest)
		if fault != nil {
			fault.Line = number
			return nil, fault
		}
		if len(texts) == len(b.Candidates)+extraTexts {
			return nil, &SyntaxError{number, "there are more texts than names, a title and two remarks", fmt.Sprintf("the first line says that there are %d candidates", len(b.Candidates))}
		}
		texts = append(texts, text)
		rest = strings.TrimSpace(after)
	}
	return texts, nil
}

func trailing(rest string, line, texts, candidates int) error {
	word := shorten(strings.Fields(rest)[0])
	switch {
	case texts < candidates && rest[0] >= '0' && rest[0] <= '9':
		return &SyntaxError{line, fmt.Sprintf("after the papers there is %q", word), "a 0 alone ends the papers: take the earlier one out, or this line"}
	case texts < candidates:
		return &SyntaxError{line, fmt.Sprintf("%q is not a name in quotes", word), `put every name in double quotes, for instance "Ann Baker"`}
	}
	return &SyntaxError{line, fmt.Sprintf("after the names there is %q", word), "the file ends with the title in double quotes: take the rest out"}
}

// quoted reads a text in double quotes. Inside, \" and "" are a quote and \\ a
// backslash; any other backslash is itself.
func quoted(s string) (text, rest string, fault *SyntaxError) {
	var out strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			// A backslash before the last quote of a line closes nothing: the
			// name would not end.
			i++
			out.WriteByte(s[i])
		case s[i] == '"' && i+1 < len(s) && s[i+1] == '"':
			i++
			out.WriteByte('"')
		case s[i] == '"':
			return fit(out.String()), s[i+1:], nil
		default:
			out.WriteByte(s[i])
		}
	}
	return "", "", &SyntaxError{Problem: "a name is not closed where its line ends", Remedy: "close it with a double quote"}
}

// fit puts a mark in place of characters that a name cannot hold, which come of
// files saved in another encoding.
func fit(name string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\t' {
			return ' '
		}
		if unfit(r) {
			return unicode.ReplacementChar
		}
		return r
	}, name))
}

// unfit characters would let a name pretend to be something else on a screen.
func unfit(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// name gives the texts to the candidates and the title.
func (b *Ballots) name(texts []string, line int) error {
	n := len(b.Candidates)
	switch {
	case len(texts) == 0:
		return nil
	case len(texts) < n:
		return &SyntaxError{line, fmt.Sprintf("there are %d names for %d candidates", len(texts), n), "give every candidate a name, or none"}
	}
	for i := range b.Candidates {
		b.Candidates[i].Name = texts[i]
	}
	if len(texts) > n {
		b.Title = texts[n]
		b.Remarks = append(texts[n+1:len(texts):len(texts)], b.Remarks...)
	}
	return nil
}
