package comment

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Labelled is a comment of which a person has said what it is about.
type Labelled struct {
	Text   string
	Themes []Theme // none where it is about none of them
	Tone   Tone
}

//go:embed shipped/comments.txt
var shipped string

// Shipped gives the comments that come with the program. The authors made them
// up; none was written by staff.
func Shipped() ([]Labelled, error) { return ReadLabelled(shipped) }

// ReadLabelled reads comments of the form
//
//	theme,theme|tone|text
//
// one on a line, where - stands for no theme. Empty lines and lines that begin
// with # do not count. An error names the line and what is wrong with it.
func ReadLabelled(s string) ([]Labelled, error) {
	var list []Labelled
	if !utf8.ValidString(s) {
		return nil, fmt.Errorf("labelled comments: not text in UTF-8")
	}
	n := 0
	for line := range strings.Lines(s) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.SplitN(line, "|", 3)
		if len(parts) != 3 || strings.TrimSpace(parts[2]) == "" {
			return nil, fmt.Errorf("labelled comments: line %d is not theme|tone|text", n)
		}
		l := Labelled{Text: strings.TrimSpace(parts[2]), Tone: Tone(strings.TrimSpace(parts[1]))}
		if !slices.Contains(Tones(), l.Tone) {
			return nil, fmt.Errorf("labelled comments: line %d: tone %q", n, l.Tone)
		}
		for code := range strings.SplitSeq(parts[0], ",") {
			theme := Theme(strings.TrimSpace(code))
			switch {
			case theme == "-" && parts[0] == code:
				continue
			case !slices.Contains(Themes(), theme):
				return nil, fmt.Errorf("labelled comments: line %d: theme %q", n, theme)
			case slices.Contains(l.Themes, theme):
				return nil, fmt.Errorf("labelled comments: line %d: theme %q twice", n, theme)
			}
			l.Themes = append(l.Themes, theme)
		}
		list = append(list, l)
	}
	return list, nil
}
