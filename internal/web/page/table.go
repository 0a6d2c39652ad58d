package page

// Table is a list of things with the same properties. On a phone each row becomes a block of its own ([Stacked]), or the
// table scrolls sideways ([Scrolled]), which is for tables of numbers alone.
type Table struct {
	ID      string // needed where a page has two scrolling tables
	Caption string
	Visible bool // show the caption; by default it is for screen readers, under a heading that says the same
	Shape   TableShape
	Columns []Column
	Rows    []Row
}

// TableShape is what becomes of a table on a phone.
type TableShape int

// The shapes of a table.
const (
	Stacked TableShape = iota
	Scrolled
)

// Column is the head of a column. The first column names the row.
type Column struct {
	Head   string
	Number bool // right-aligned, in figures of one width
	Wide   bool // a sentence, given the whole width on a phone
}

// Row has one cell a column.
type Row []Cell

// Cell is what stands in one place of a table.
type Cell struct {
	Text string
	Href string    // the text is a link
	Kind CellKind  // how it is to be read
	Show Component // instead of the text
}

// CellKind says how a cell is to be read.
type CellKind int

// The kinds of cell.
const (
	Plain   CellKind = iota
	Strong           // the one that matters in its row
	Was              // a value that is replaced
	Quiet            // "none", "not shown": words in place of a value
	Nothing          // quiet, and left out where the cells of a row stand one under the other
)

// Cells makes a row of plain text.
func Cells(texts ...string) Row {
	row := make(Row, len(texts))
	for i, text := range texts {
		row[i].Text = text
	}
	return row
}

func (Table) template() string { return "table" }

// Stacks is for the template.
func (t Table) Stacks() bool { return t.Shape == Stacked }

// CaptionID names the scrolling region.
func (t Table) CaptionID() string {
	if t.ID == "" {
		return "table-caption"
	}
	return t.ID + "-caption"
}

// Column returns the head over a cell, for the template.
func (t Table) Column(index int) Column {
	if index >= len(t.Columns) {
		return Column{}
	}
	return t.Columns[index]
}

// IsStrong, IsWas and IsQuiet are for the template.
func (c Cell) IsStrong() bool { return c.Kind == Strong }

// IsWas reports a value that is replaced.
func (c Cell) IsWas() bool { return c.Kind == Was }

// IsQuiet reports words in place of a value.
func (c Cell) IsQuiet() bool { return c.Kind == Quiet || c.Kind == Nothing }

// IsNothing reports a cell that a phone leaves out.
func (c Cell) IsNothing() bool { return c.Kind == Nothing }
