package stafflist

import (
	"strings"
	"unicode/utf8"
)

// refuse adds a reason. The value is made fit to show.
func (p *parser) refuse(f Field, value, reason string) {
	p.rejects = append(p.rejects, Reject{Row: p.row.Number, Field: f, Value: strings.Clone(shown(value)), Reason: reason})
}

func (p *parser) note(f Field, text string) {
	p.list.Notes = append(p.list.Notes, Note{Row: p.row.Number, EmployeeNumber: shown(p.row.EmployeeNumber), Field: f, Text: text})
}

// raw returns the tidied cell of the field, without any NI number in it. The
// result does not hold on to the rest of the line.
func (p *parser) raw(f Field) string {
	column, ok := p.columns[f]
	if !ok || column >= len(p.cells) {
		return ""
	}
	value := tidy(p.cells[column])
	if value == "" {
		return ""
	}
	value = unwrapped(value)
	if clean, removed := withoutNINumbers(value); removed {
		p.note(f, f.Label()+" held an NI number. We took it out and did not keep it. "+strings.Replace(p.remedy, "Correct", "Delete", 1))
		value = clean
	}
	return strings.Clone(value)
}

// unwrapped takes off what reports put round a number to keep a spreadsheet from
// touching it: ="00418833" and '00418833.
func unwrapped(s string) string {
	if inner, ok := strings.CutPrefix(s, `="`); ok {
		if inner, ok = strings.CutSuffix(inner, `"`); ok && !strings.Contains(inner, `"`) {
			return inner
		}
	}
	if rest, ok := strings.CutPrefix(s, "'"); ok && rest != "" && onlyDigits(rest) {
		return rest
	}
	return s
}

// maxText is the longest name or title that is taken for one.
const maxText = 200

// text returns the cell of the field if it is fit to be kept, else refuses the row.
func (p *parser) text(f Field) string {
	value := p.raw(f)
	if value == "" {
		return ""
	}
	for _, r := range value {
		if r == utf8.RuneError {
			p.refuse(f, value, f.Label()+" "+quoted(value)+" has a damaged letter. Export the list again as UTF-8.")
			return value
		}
		if unprintable(r) {
			p.refuse(f, value, f.Label()+" "+quoted(value)+" holds a character that cannot be printed. "+strings.Replace(p.remedy, "Correct it", "Type it again", 1))
			return value
		}
	}
	if utf8.RuneCountInString(value) > maxText {
		p.refuse(f, value, f.Label()+" is longer than 200 letters. "+strings.Replace(p.remedy, "Correct", "Shorten", 1))
		return value
	}
	if sheetError(value) {
		p.refuse(f, value, f.Label()+" "+quoted(value)+" is an error of the spreadsheet. Mend the formula and save the list again.")
		return value
	}
	if strings.IndexByte("=+@", value[0]) >= 0 || value[0] == '-' && len(value) > 1 {
		p.note(f, f.Label()+" "+quoted(value)+" looks like a formula. We kept it as text.")
	}
	return value
}

// shared returns the text with one copy for all rows that say the same.
func (p *parser) shared(f Field) string {
	value := p.text(f)
	if one, ok := p.kept[value]; ok {
		return one
	}
	if len(p.kept) < keptDates {
		p.kept[value] = value
	}
	return value
}

func sheetError(s string) bool {
	switch s {
	case "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!":
		return true
	}
	return false
}
