package door

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"commonweal/survey/instrument"
)

// SPSS cuts longer labels off, so they are cut here, where it shows.
const (
	mostVariableLabel = 255 // bytes
	mostValueLabel    = 120
)

// WriteSPSS writes the labels of a file of answers as SPSS syntax, to be run
// once the file is open: GET DATA, then INSERT or INCLUDE. PSPP takes it too.
// A variable is labelled by the wording, or by the short label where there is
// none. Codes that count as no answer are left as answers: only the instrument
// says in which score they count.
func WriteSPSS(w io.Writer, in instrument.Instrument) error {
	if err := in.Check(); err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	pr := func(format string, args ...any) { _, _ = fmt.Fprintf(b, format, args...) } // Flush tells of an error
	pr("* Encoding: UTF-8.\n* %s, version %d: %s.\n", in.ID, in.Version, comment(in.Title.In("en")))
	pr("* Source: %s.\n\nVARIABLE LABELS", comment(in.Source))
	for _, q := range in.Questions {
		label := q.Text.In("en")
		if label == "" {
			label = q.Label.In("en")
		}
		pr("\n  /%s %s", q.ID, quoted(label, mostVariableLabel))
	}
	pr(".\n\nVALUE LABELS")
	for _, s := range in.Scales {
		var names []string
		for _, q := range in.Questions {
			if q.Scale == s.ID {
				names = append(names, q.ID)
			}
		}
		if len(names) == 0 {
			continue
		}
		pr("\n  /%s", strings.Join(names, "\n   "))
		for _, o := range s.Options {
			pr("\n    %d %s", o.Code, quoted(o.Label.In("en"), mostValueLabel))
		}
	}
	pr(".\n\nVARIABLE LEVEL")
	for _, q := range in.Questions {
		s, _ := in.Scale(q.Scale)
		level := "NOMINAL"
		if s.Kind == instrument.Rating || s.Kind == instrument.Extent || s.Kind == instrument.Count {
			level = "ORDINAL"
		}
		pr("\n  /%s (%s)", q.ID, level)
	}
	pr(".\n")
	return b.Flush()
}

// quoted is a text as SPSS takes it, in lines short enough for it.
func quoted(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	const dots = "…"
	if len(text) > most {
		text = cut(text, most-len(dots)) + dots
	}
	const line = 80
	var parts []string
	for len(text) > line {
		head := cut(text, line)
		parts = append(parts, head)
		text = text[len(head):]
	}
	parts = append(parts, text)
	for i, p := range parts {
		parts[i] = "'" + strings.ReplaceAll(p, "'", "''") + "'"
	}
	return strings.Join(parts, " +\n     ")
}

// cut is the longest beginning of whole characters within so many bytes.
func cut(text string, most int) string {
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

// comment is a text that cannot end a comment, which a full stop at the end of
// a line does.
func comment(text string) string {
	return strings.TrimRight(strings.Join(strings.Fields(text), " "), ". ")
}
