package published

import (
	"context"
	"slices"
	"strconv"
	"strings"
)

// rowLayout describes one published CSV file, each row of which speaks of one organisation
// in one period. What all such files share (codes, mergers, sites, duplicates, wrong
// days) is looked after by [line]; a layout says only where things stand.
type rowLayout struct {
	format  Format
	source  Source   // name, publisher and licence
	columns []wanted // "code" and "period" among them
	// passed reports whether a further heading is known, and its column not read.
	passed func(heading string) bool
	// period reads when a row is about; wrong completes the sentence "this cell ...".
	period func(l *line) (p Period, wrong string)
	// figures lists the figures of a row. None at all means that the row is not of one
	// organisation as a whole, and is passed over.
	figures func(l *line) ([]figureCell, *refusal)
	// check holds the figures of a row against each other; it may be nil.
	check func(l *line, values map[string]float64) *refusal
	// base is the measure's id whose value is the base of the others; "" for none.
	base string
	// snapshot: a file lists the newest figure of each organisation and withdraws
	// none. Other files speak of a whole period: what they leave out they take back.
	snapshot bool
}

// wanted is a heading that is read, under a name of ours.
type wanted struct {
	key      string
	heads    []string // as publishers write it, in small letters
	optional bool
}

// figureCell is a cell that holds a figure.
type figureCell struct {
	key     string
	measure Measure
	may     bool // a row without it is a row all the same
	what    string
	read    func(cell string) (float64, bool) // nil: a number
}

// refusal says why a row does not fit.
type refusal struct{ key, reason, remedy string }

// layouts are all of them. Several may be of one format.
func layouts() []*rowLayout {
	return []*rowLayout{&absenceLayout, &pulseLayout, &shmiLayout, &friendsLayout, &leaversLayout, &ratingsLayout, &attendanceLayout, &attendanceLongLayout}
}

// snapshotFormat reports whether files of a format withdraw nothing.
func snapshotFormat(f Format) bool {
	return slices.ContainsFunc(layouts(), func(l *rowLayout) bool { return l.format == f && l.snapshot })
}

// layoutOf finds the layout that headings have.
func layoutOf(at map[string]int) *rowLayout {
	for _, l := range layouts() {
		if len(l.missing(at)) == 0 {
			return l
		}
	}
	return nil
}

// missing lists the headings that are not there.
func (l *rowLayout) missing(at map[string]int) (gone []string) {
	for _, c := range l.columns {
		if !c.optional && !slices.ContainsFunc(c.heads, func(h string) bool { _, ok := at[h]; return ok }) {
			gone = append(gone, c.heads[0])
		}
	}
	return gone
}

func (l *rowLayout) requires(key string) bool {
	return slices.ContainsFunc(l.columns, func(c wanted) bool { return c.key == key && !c.optional })
}

// read reads a file of the layout, twice: first for the codes in it, to tell sites from
// their organisations.
func (l *rowLayout) read(ctx context.Context, f File, from Source, known Known, t *tally) error {
	codes, err := l.codes(ctx, f, known.Codes)
	if err != nil {
		return err
	}
	known.Codes = codes
	tab, err := openTable(f, l.columns, l.passed, t)
	if err != nil {
		return err
	}
	from.Name, from.Publisher, from.Licence = l.source.Name, l.source.Publisher, l.source.Licence
	one := &line{
		table: tab, layout: l, out: t, from: from, known: known,
		organisations: map[string]Organisation{}, measures: map[string]bool{}, rows: map[string]int{},
	}
	return tab.each(ctx, t, one.read)
}

func (l *rowLayout) codes(ctx context.Context, f File, known map[string]bool) (map[string]bool, error) {
	silent := newTally(nothing{})
	tab, err := openTable(f, l.columns, func(string) bool { return true }, silent)
	if err != nil {
		return nil, err
	}
	codes := make(map[string]bool, len(known))
	for code := range known {
		codes[code] = true
	}
	// A code of three letters is an organisation's, never a site's.
	err = tab.each(ctx, silent, func() error {
		if code := tab.cell("code"); len(code) == 3 && ValidODS(code) {
			codes[code] = true
		}
		return nil
	})
	return codes, err
}

// nothing is a Sink that keeps nothing.
type nothing struct{}

func (nothing) Source(Source) error             { return nil }
func (nothing) Organisation(Organisation) error { return nil }
func (nothing) Measure(Measure) error           { return nil }
func (nothing) Value(Value) error               { return nil }
func (nothing) Reject(Rejection) error          { return nil }

// total reports whether a cell heads a line of totals.
func total(cells ...string) bool {
	return slices.ContainsFunc(cells, func(c string) bool {
		return slices.Contains([]string{"total", "england", "grand total"}, strings.ToLower(c))
	})
}

// among tells whether a word is one of some.
func among(words ...string) func(string) bool {
	return func(s string) bool { return slices.Contains(words, s) }
}

// always gives every row the same figures.
func always(list ...figureCell) func(*line) ([]figureCell, *refusal) {
	return func(*line) ([]figureCell, *refusal) { return list, nil }
}

// heads is a column that has to be there.
func heads(key string, as ...string) wanted { return wanted{key: key, heads: as} }

// perhaps is a column that may be there.
func perhaps(key string, as ...string) wanted { return wanted{key: key, heads: as, optional: true} }

// yearOf is the year in which a period begins.
func yearOf(p Period) int {
	year, err := strconv.Atoi(string(p.First()[:4]))
	if err != nil {
		return 0 // periods are made by this package, and begin with a year
	}
	return year
}
