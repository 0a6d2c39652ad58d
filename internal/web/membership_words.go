package web

import (
	"strings"

	"commonweal/internal/web/page"
	"commonweal/law"
)

// cutLast cuts text at the last place where sep stands.
func cutLast(text, sep string) (before, after string, found bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(sep):], true
}

// whole is a day that is never broken over two lines.
func (v *visit) whole(d law.Date) string { return strings.ReplaceAll(v.day(d), " ", "\u00a0") }

// dayCell is a day in a table.
func (v *visit) dayCell(d law.Date) page.Cell { return page.Cell{Text: v.whole(d)} }

// sourceNote is where something comes from and how far our wording may be relied
// on, for small print.
func sourceNote(p law.Provenance) string {
	if p.Checked.IsZero() {
		return p.Citation + ". Our wording has not been compared with it yet."
	}
	return p.Citation + ". Our wording was compared with it on " + dayInFull(p.Checked.Day()) + "."
}
