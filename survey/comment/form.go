package comment

import (
	"regexp"
	"strings"
)

// month in full or short. "May" and "march" alone are words.
const month = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`

// shapes are what is found by how it is written. The first group, if there is
// one, is the span.
var shapes = []struct {
	kind     Kind
	doubtful bool
	is       *regexp.Regexp
}{
	{Contact, false, regexp.MustCompile(`[\p{L}\p{N}._%+\-]+@[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)+`)},
	{Contact, false, regexp.MustCompile(`(?i)\b(?:https?://|www\.)[^\s\[\]]+`)},
	{Contact, false, regexp.MustCompile(`(?:^|[\s(])(@[\p{L}\p{N}_]{2,})`)},
	{Contact, false, regexp.MustCompile(`(?:\+|\b0)[0-9](?:[ ().\-]{0,2}[0-9]){8,12}\b`)},
	{Contact, false, regexp.MustCompile(`(?i)\b(?:ext(?:ension|n)?|bleep|pager|phone|mobile|tel)\b[.: ]{0,3}(?:no\.? ?|number )?[0-9]{3,6}\b`)},
	{Place, false, regexp.MustCompile(`(?i)\b[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2}\b`)},
	{Number, false, regexp.MustCompile(`(?i)\b[a-z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[a-d]\b`)},
	{Number, false, regexp.MustCompile(`(?i)\b[a-z]{1,5}[\-/]?[0-9]{4,}\b`)},
	{Number, false, regexp.MustCompile(`\b[0-9]{5,}\b`)},
	{Number, false, regexp.MustCompile(`\b[0-9]{3}[ \-][0-9]{3}[ \-][0-9]{4}\b`)},
	{Date, false, regexp.MustCompile(`\b[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-](?:[0-9]{4}|[0-9]{2})\b`)},
	{Date, false, regexp.MustCompile(`\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b`)},
	{Date, false, regexp.MustCompile(`(?i)\b[0-9]{1,2}(?:st|nd|rd|th)?(?: of)? ` + month + `\b(?:,? [0-9]{4}\b)?`)},
	{Date, false, regexp.MustCompile(`(?i)\b` + month + ` (?:the )?[0-9]{1,2}(?:st|nd|rd|th)?\b(?:,? [0-9]{4}\b)?`)},
	{Date, true, regexp.MustCompile(`(?i)\b(?:on|of) the ([0-9]{1,2}(?:st|nd|rd|th))\b`)},
	{Name, true, regexp.MustCompile(`\b(?:[A-Z]\. ?){2,}`)},
	{Only, true, regexp.MustCompile(`(?i)\b(?:i am|i'm|i’m|i was|being|as) the only\b[^.!?\n\[]{0,40}`)},
	{Only, true, regexp.MustCompile(`(?i)\b(?:aged? [1-9][0-9]|[1-9][0-9][ \-]years?[ \-]old)\b`)},
	{Only, true, regexp.MustCompile(`(?i)\b(?:i am|i'm|i’m) (?:pregnant|trans|gay|autistic|deaf|disabled|muslim|jewish|the (?:youngest|oldest|newest))\b`)},
}

// forms finds addresses, numbers, dates and what sets one person apart.
func forms(text string) []Span {
	var spans []Span
	for _, f := range shapes {
		for _, m := range f.is.FindAllStringSubmatchIndex(text, -1) {
			s := Span{Start: m[0], End: m[1], Kind: f.kind, Rule: ByForm, Doubtful: f.doubtful}
			if len(m) > 2 && m[2] >= 0 {
				s.Start, s.End = m[2], m[3]
			}
			s.End = s.Start + len(strings.TrimRight(text[s.Start:s.End], " ,.)"))
			if s.Start < s.End && !(f.kind == Number && money(text[:s.Start])) {
				spans = append(spans, s)
			}
		}
	}
	return spans
}

// money holds where the number that follows is a sum in pounds.
func money(before string) bool {
	before = strings.TrimRight(before, " ")
	return strings.HasSuffix(before, "£") || strings.HasSuffix(before, "€") || strings.HasSuffix(before, "$")
}
