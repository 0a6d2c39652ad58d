package stafflist

import (
	"fmt"
	"strings"
	"time"

	"commonweal/law"
)

// openEnded is the year the Electronic Staff Record writes for "no end".
const openEnded = 4712

// dateForm turns a form such as "dd/MM/yyyy" or "yyyyMMdd" into a layout of
// package time. It knows d, dd, M, MM, MMM, MMMM, yy and yyyy.
func dateForm(form string) (string, error) {
	var b strings.Builder
	seen := map[byte]bool{}
	divided := strings.ContainsAny(form, "/-. ")
	for i := 0; i < len(form); {
		c, n := form[i], 1
		for i+n < len(form) && form[i+n] == c {
			n++
		}
		part, known := "", true
		switch {
		case c == 'd' && n <= 2:
			part = pick(divided || n == 1, "2", "02")
		case c == 'M' && n <= 2:
			part = pick(divided || n == 1, "1", "01")
		case c == 'M' && n == 3:
			part = "Jan"
		case c == 'M' && n == 4:
			part = "January"
		case c == 'y' && n == 2:
			part = "06"
		case c == 'y' && n == 4:
			part = "2006"
		case strings.IndexByte("/-. ", c) >= 0:
			b.WriteString(form[i : i+n])
			i += n
			continue
		default:
			known = false
		}
		if !known || seen[c] {
			return "", fmt.Errorf("date form %q is not made of d, M and y", clip(form))
		}
		seen[c] = true
		b.WriteString(part)
		i += n
	}
	if !seen['d'] || !seen['M'] || !seen['y'] {
		return "", fmt.Errorf("date form %q lacks a day, a month or a year", clip(form))
	}
	return b.String(), nil
}

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// dateReader reads the dates of one list. Lists repeat few dates, so it keeps them.
type dateReader struct {
	layouts []string
	seen    map[string]law.Date
}

// keptDates bounds the memory a hostile list can make the reader use.
const keptDates = 20_000

func newDateReader(forms []string) (*dateReader, error) {
	d := &dateReader{seen: map[string]law.Date{}}
	for _, form := range forms {
		layout, err := dateForm(form)
		if err != nil {
			return nil, err
		}
		d.layouts = append(d.layouts, layout)
	}
	return d, nil
}

// read returns the day s names. A workbook's date cells arrive as 2006-01-02,
// which is therefore always read. The year 4712 means no date.
func (d *dateReader) read(s string) (law.Date, bool) {
	if day, ok := d.seen[s]; ok {
		return day, true
	}
	day, ok := d.parse(withoutMidnight(s))
	if ok && len(d.seen) < keptDates {
		d.seen[strings.Clone(s)] = day
	}
	return day, ok
}

func (d *dateReader) parse(s string) (law.Date, bool) {
	for _, layout := range append([]string{time.DateOnly}, d.layouts...) {
		t, err := time.Parse(layout, s)
		if err != nil || t.Year() < 1 {
			continue
		}
		if t.Year() == openEnded {
			return law.Date{}, true
		}
		return law.NewDate(t.Date()), true
	}
	return law.Date{}, false
}

// withoutMidnight drops the time that reports print after a date.
func withoutMidnight(s string) string {
	for _, midnight := range []string{" 00:00:00.000", " 00:00:00", "T00:00:00Z", "T00:00:00", " 00:00", " 0:00"} {
		if rest, ok := strings.CutSuffix(s, midnight); ok {
			return rest
		}
	}
	return s
}

// spoken returns the day as people say it in the middle of a sentence.
func spoken(d law.Date) string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.Civil()
	return fmt.Sprintf("%d %s %d", day, month, year)
}
