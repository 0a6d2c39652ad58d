package published

import (
	"context"
	"errors"
	"maps"
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
	columns []wanted // "code" among them
	// never are headings that files of another kind have besides all of these, in small letters.
	never []string
	// code reads whose a row is, where that is not the cell of the code; it may be nil.
	code func(l *line) string
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
	// parts: several files together speak of a period, each of some measures, and one
	// takes nothing back of the others.
	parts bool
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
	plus    string // a further cell that is added, where the file has it
	measure Measure
	may     bool // a row without it is a row all the same
	what    string
	read    func(cell string) (float64, bool) // nil: a number
}

// refusal says why a row does not fit.
type refusal struct{ key, reason, remedy string }

// layouts are all of them. Several may be of one format.
func layouts() []*rowLayout {
	return []*rowLayout{&absenceLayout, &pulseLayout, &shmiLayout, &shmiTrustLayout, &friendsLayout, &leaversLayout, &ratingsLayout, &attendanceLayout, &attendanceLongLayout}
}

// snapshotFormat reports whether files of a format withdraw nothing.
func snapshotFormat(f Format) bool {
	return slices.ContainsFunc(layouts(), func(l *rowLayout) bool { return l.format == f && l.snapshot })
}

// partFormat reports whether several files of a format share a period.
func partFormat(f Format) bool {
	return slices.ContainsFunc(layouts(), func(l *rowLayout) bool { return l.format == f && l.parts })
}

// layoutOf finds the layout that headings have.
func layoutOf(at map[string]int) *rowLayout {
	for _, l := range layouts() {
		if len(l.missing(at)) == 0 && l.foreign(at) == "" {
			return l
		}
	}
	return nil
}

// missing lists the headings that are not there.
func (l *rowLayout) missing(at map[string]int) []string { return lacking(l.columns, at) }

// lacking lists those of the headings that have to be there and are not.
func lacking(columns []wanted, at map[string]int) (gone []string) {
	for _, c := range columns {
		if !c.optional && !slices.ContainsFunc(c.heads, func(h string) bool { _, ok := at[h]; return ok }) {
			gone = append(gone, c.heads[0])
		}
	}
	return gone
}

// foreign is a heading by which a file shows that it is of another kind.
func (l *rowLayout) foreign(at map[string]int) string {
	for _, h := range l.never {
		if _, ok := at[h]; ok {
			return h
		}
	}
	return ""
}

// near says what keeps headings from being of the layout that they come closest to; "" if
// none is close.
func near(at map[string]int) string {
	var best *rowLayout
	most := 0.5
	for _, l := range layouts() {
		needs := 0
		for _, c := range l.columns {
			if !c.optional {
				needs++
			}
		}
		if share := 1 - float64(len(l.missing(at)))/float64(needs); share > most {
			best, most = l, share
		}
	}
	switch {
	case best == nil:
		return ""
	case len(best.missing(at)) > 0:
		return "it is like a file of " + best.format.String() + ", but has no heading " + strings.Join(best.missing(at), ", ")
	}
	return "it is like a file of " + best.format.String() + ", but its heading " + best.foreign(at) + " says that its rows are of something smaller than an organisation"
}

func (l *rowLayout) requires(key string) bool {
	return slices.ContainsFunc(l.columns, func(c wanted) bool { return c.key == key && !c.optional })
}

// read reads a file of the layout, three times: for the codes in it, to tell sites from
// their organisations; for what its rows say of each other, so that their order makes no
// difference; and for its figures.
func (l *rowLayout) read(ctx context.Context, f File, sheet string, from Source, known Known, t *tally) error {
	notes, err := notesOf(f, sheet)
	if err != nil {
		return err
	}
	from.Name, from.Publisher, from.Licence = l.source.Name, l.source.Publisher, l.source.Licence
	// A code of three letters is an organisation's, never a site's.
	codes := maps.Clone(known.Codes)
	if codes == nil {
		codes = map[string]bool{}
	}
	known.Codes = codes
	whole := overview{rows: map[string]standing{}, organisations: map[string]said{}}
	for _, pass := range []struct {
		out  *tally
		each func(one *line) error
	}{
		{newTally(nothing{}), func(one *line) error {
			if code := one.cell("code"); len(code) == 3 && ValidODS(code) {
				codes[code] = true
			}
			return nil
		}},
		{newTally(nothing{}), (*line).survey},
		{t, (*line).read},
	} {
		if err := l.pass(ctx, f, sheet, notes, line{layout: l, out: pass.out, from: from, known: known, whole: &whole}, pass.each); err != nil {
			return err
		}
	}
	return nil
}

func (l *rowLayout) pass(ctx context.Context, f File, sheet string, notes []string, one line, each func(*line) error) (err error) {
	one.table, err = openTable(f, sheet, l.columns, l.passed, one.out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, one.close()) }()
	one.titles = append(one.titles, notes...)
	one.measures, one.announced = map[string]bool{}, map[string]bool{}
	return one.table.each(ctx, one.out, func() error { return each(&one) })
}

// nothing is a Sink that keeps nothing.
type nothing struct{}

func (nothing) Source(Source) error             { return nil }
func (nothing) Organisation(Organisation) error { return nil }
func (nothing) Measure(Measure) error           { return nil }
func (nothing) Value(Value) error               { return nil }
func (nothing) Reject(Rejection) error          { return nil }

// total reports whether a cell heads a line of totals, as published tables have them at
// their top or at their end: TOTAL, England, England (excluding Independent Sector
// Providers), Selection (excluding suppressed data).
func total(cells ...string) bool {
	return slices.ContainsFunc(cells, func(c string) bool {
		c = strings.ToLower(c)
		return slices.Contains([]string{"total", "totals", "england", "eng", "grand total", "england total", "national"}, c) ||
			strings.HasPrefix(c, "england (") || strings.HasPrefix(c, "selection (")
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
