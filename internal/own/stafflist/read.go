package stafflist

import (
	"fmt"
	"io"
	"strings"
)

// Options say how to read a list.
type Options struct {
	// Profile says which heading means what. It is checked first.
	Profile Profile
	// Sheet names the sheet of a workbook; empty is the first that is shown.
	Sheet string
	// Groups are the staff groups that may appear; nil is [StaffGroups].
	Groups []Group
	Limits Limits
}

// List is what a file says.
type List struct {
	Rows    []Row
	Rejects []Reject // in the order of the file
	Notes   []Note
	// Dropped lists the columns that were not kept, those of sensitive data first.
	Dropped []Drop
	// Fields are those the file speaks about. [Compare] leaves others as they are.
	Fields []Field
	Source Source
	// Read counts the rows below the headings that are not blank.
	Read int
	// Cut says why the file may be cut short; empty if nothing suggests it.
	Cut string

	remedy string
}

// Refused counts the rows with at least one reject.
func (l List) Refused() int { return refusedRows(l.Rejects) }

// headingRows is how many rows may stand above the headings of a report.
const headingRows = 20

// sampleRows is how many rows are looked at before the first is let through, to
// find columns that are sensitive by content.
const sampleRows = 500

// Read reads a whole list of size bytes. The file is streamed: what is held is
// the rows it returns. It returns [*Unreadable] if the file as a whole cannot be
// used; faults of single rows are in [List.Rejects].
func Read(file io.ReaderAt, size int64, o Options) (List, error) {
	if err := o.Profile.Check(); err != nil {
		return List{}, err
	}
	limits := o.Limits.withDefaults()
	rows, source, err := openTable(sizedFile{file, size}, o.Sheet, o.Profile.Delimiter, limits)
	if err != nil {
		return List{}, err
	}
	headings, m, err := findHeadings(rows, o.Profile)
	if err != nil {
		return List{}, err
	}
	sample, kinds, ended, err := sampleOf(rows, m, len(headings), min(sampleRows, limits.Rows))
	if err != nil {
		return List{}, err
	}
	m = m.without(kinds, headings)
	if len(m.missing) > 0 {
		return List{}, missingColumns(m, o.Profile)
	}
	p, err := newParser(o, m, len(headings), source)
	if err != nil {
		return List{}, err
	}
	for _, l := range sample {
		p.line(l)
	}
	for !ended {
		l, err := rows.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return List{}, err
		}
		if p.list.Read >= limits.Rows {
			return List{}, unreadable("The list has more than "+grouped(limits.Rows)+" rows. Split it by employer.", "more than %d rows", limits.Rows)
		}
		p.line(l)
	}
	p.list.Cut = p.cutShort(rows)
	return p.list, nil
}

// findHeadings reads rows until one has every required heading.
func findHeadings(rows table, profile Profile) ([]string, mapping, error) {
	var best mapping
	seen := 0
	for seen < headingRows {
		l, err := rows.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, mapping{}, err
		}
		seen++
		m := resolve(profile, l.cells)
		if len(m.columns) > len(best.columns) || seen == 1 {
			best = m
		}
		if len(m.missing) > 0 {
			continue
		}
		if len(m.repeated) > 0 {
			return nil, mapping{}, unreadable("Two columns have the heading "+list(m.repeated[:1])+", so we cannot tell which to read. Rename or remove one.",
				"repeated heading %q", clip(m.repeated[0]))
		}
		headings := make([]string, len(l.cells))
		for i, cell := range l.cells {
			headings[i] = strings.Clone(cell)
		}
		return headings, m, nil
	}
	if seen == 0 {
		return nil, mapping{}, unreadable("The file has no rows. Export the list again.", "no rows")
	}
	return nil, mapping{}, missingColumns(best, profile)
}

func missingColumns(m mapping, profile Profile) error {
	for _, d := range m.dropped {
		if d.ByContent {
			return unreadable(fmt.Sprintf("We left out the column %s because of what it holds (%s), which we never read. Choose another column in its place.", quoted(d.Heading), d.Kind),
				"profile %q: column %q holds %s", profile.Name, d.Heading, d.Kind)
		}
	}
	labels := make([]string, len(m.missing))
	for i, f := range m.missing {
		labels[i] = strings.ToLower(f.Label())
	}
	return unreadable("The list has no column for "+and(labels)+" that the profile “"+shown(profile.Name)+"” knows. Choose the columns by hand.",
		"profile %q: no column for %s", profile.Name, and(labels))
}

// sampleOf reads the first rows, keeping a copy of mapped cells only, and judges
// what each mapped column holds.
func sampleOf(rows table, m mapping, width, most int) (sample []line, kinds map[int]string, ended bool, err error) {
	censuses := make([]census, len(m.columns))
	for len(sample) < most {
		l, err := rows.next()
		if err == io.EOF {
			ended = true
			break
		}
		if err != nil {
			return nil, nil, false, err
		}
		kept := line{number: l.number, fault: l.fault, cells: make([]string, len(l.cells)), beyond: l.reaches(width)}
		for i, c := range m.columns {
			if c.column < len(l.cells) {
				kept.cells[c.column] = strings.Clone(l.cells[c.column])
				censuses[i].count(l.cells[c.column])
			}
		}
		sample = append(sample, kept)
	}
	kinds = map[int]string{}
	for i, c := range m.columns {
		if kind := censuses[i].verdict(); kind != "" {
			kinds[c.column] = kind
		}
	}
	return sample, kinds, ended, nil
}

// Preview is what a file looks like before anyone has said what its columns mean.
type Preview struct {
	Headings []string
	Row      int // where they stand
	Source   Source
}

// Peek returns the headings of a file: of its first rows, the one that looks most
// like headings. No value below them is returned.
func Peek(file io.ReaderAt, size int64, o Options) (Preview, error) {
	rows, source, err := openTable(sizedFile{file, size}, o.Sheet, "", o.Limits.withDefaults())
	if err != nil {
		return Preview{}, err
	}
	best, most := Preview{Source: source}, -1
	for range headingRows {
		l, err := rows.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return Preview{}, err
		}
		score := 0
		for _, cell := range l.cells {
			if !looksLikeHeading(cell) {
				score = -1
				break
			}
			if tidy(cell) != "" {
				score++
			}
		}
		if score > most {
			best.Row, most = l.number, score
			best.Headings = best.Headings[:0]
			for _, cell := range l.cells {
				best.Headings = append(best.Headings, strings.Clone(shown(tidy(cell))))
			}
		}
		// A row of three headings or more with something below it is taken.
		if most >= 3 && score < 0 {
			break
		}
	}
	if most <= 0 {
		return Preview{}, unreadable("We cannot find the headings. The first row should name the columns, such as Employee Number and Surname.", "no row looks like headings")
	}
	return best, nil
}

// looksLikeHeading tells a heading from a value, so that a file without headings
// does not have a person shown as some.
func looksLikeHeading(cell string) bool {
	cell = tidy(cell)
	if cell == "" {
		return true
	}
	if len(cell) > 80 || strings.Contains(cell, "@") || holdsNINumber(cell) {
		return false
	}
	digits := 0
	for _, r := range cell {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return digits*2 < len(cell)
}
