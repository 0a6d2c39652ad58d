package stafflist

import (
	"bufio"
	"io"
	"slices"
	"strings"
)

// delimiters are the signs that may divide cells, the likeliest first.
const delimiters = ",;\t|"

// csvTable reads RFC 4180 text with the liberties that real lists take. It differs
// from encoding/csv where a hostile or broken list matters: a cell has a length
// limit, so that a quotation mark never closed cannot swallow the file; a
// misplaced mark spoils its own row only; rows are numbered as a spreadsheet
// shows them, blank ones and line breaks inside cells included.
type csvTable struct {
	in        *bufio.Reader
	delimiter byte
	limits    Limits
	row       int
	text      []byte
	ends      []int
	cells     []string
	// unended is set when the last row has no line end: a sign of a cut file.
	unended bool
}

func newCSV(in io.Reader, delimiter byte, limits Limits) *csvTable {
	return &csvTable{in: bufio.NewReaderSize(in, 1<<16), delimiter: delimiter, limits: limits}
}

// openCSV decodes the file and finds its delimiter unless one is given.
func openCSV(file sizedFile, delimiter string, limits Limits) (table, Source, error) {
	text, encoding, err := decode(file)
	if err != nil {
		return nil, Source{}, err
	}
	buffered := bufio.NewReaderSize(text, sniffed)
	head, err := buffered.Peek(sniffed)
	if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
		return nil, Source{}, &Unreadable{Plain: "The file could not be read to its end. Send it again.", Detail: "decode text", Err: err}
	}
	row := 0
	// Excel's own hint is a first line of its own.
	if rest, ok := strings.CutPrefix(strings.ToLower(string(head[:min(len(head), 7)])), "sep="); ok && rest != "" && strings.IndexByte(delimiters, rest[0]) >= 0 {
		if delimiter == "" {
			delimiter = rest[:1]
		}
		if _, err := buffered.ReadString('\n'); err != nil && err != io.EOF {
			return nil, Source{}, &Unreadable{Plain: "The file could not be read to its end. Send it again.", Detail: "decode text", Err: err}
		}
		row = 1
	}
	if delimiter == "" {
		delimiter = string(sniffDelimiter(head, limits))
	}
	t := newCSV(buffered, delimiter[0], limits)
	t.row = row
	return t, Source{Kind: "CSV", Encoding: encoding, Delimiter: delimiter}, nil
}

// sniffed is how much of the text is looked at to find the delimiter.
const sniffed = 1 << 16

// sniffDelimiter returns the sign that gives the most cells over the first rows,
// rows of the commonest width counting.
func sniffDelimiter(head []byte, limits Limits) byte {
	best, most := delimiters[0], 0
	for i := 0; i < len(delimiters); i++ {
		t := newCSV(strings.NewReader(string(head)), delimiters[i], limits)
		widths := map[int]int{}
		for range 20 {
			l, err := t.next()
			if err != nil {
				break
			}
			if len(l.cells) > 1 {
				widths[len(l.cells)]++
			}
		}
		score := 0
		for width, rows := range widths {
			score = max(score, width*rows)
		}
		if score > most {
			best, most = delimiters[i], score
		}
	}
	return best
}

func (t *csvTable) next() (line, error) {
	for {
		l, err := t.record()
		if err != nil {
			return line{}, err
		}
		if !l.blank() {
			return l, nil
		}
	}
}

// record reads one record, blank or not.
func (t *csvTable) record() (line, error) {
	t.text, t.ends = t.text[:0], t.ends[:0]
	if _, err := t.in.Peek(1); err != nil {
		return line{}, t.readError(err)
	}
	t.row++
	l := line{number: t.row}
	for {
		ended, spoiled, err := t.cell()
		if err != nil {
			return line{}, err
		}
		if spoiled {
			l.fault = "A quotation mark on this row is in the wrong place, so its cells cannot be told apart."
		}
		t.ends = append(t.ends, len(t.text))
		if len(t.ends) > t.limits.Columns {
			return line{}, tooManyColumns(t.row, t.limits.Columns)
		}
		if ended {
			break
		}
	}
	text, from := string(t.text), 0
	t.cells = slices.Grow(t.cells[:0], len(t.ends))
	for _, end := range t.ends {
		t.cells = append(t.cells, text[from:end])
		from = end
	}
	l.cells = t.cells
	return l, nil
}

// cell appends one cell to the text. It reports whether it was the row's last.
func (t *csvTable) cell() (ended, spoiled bool, err error) {
	start := len(t.text)
	c, err := t.in.ReadByte()
	if err == nil && c == '"' {
		if err := t.inQuotes(start); err != nil {
			return false, false, err
		}
		c, err = t.in.ReadByte()
		if err == nil && c != t.delimiter && c != '\n' && c != '\r' {
			spoiled = true
		}
	}
	for {
		switch {
		case err == io.EOF:
			t.unended = true
			return true, spoiled, nil
		case err != nil:
			return false, false, t.readError(err)
		case c == t.delimiter:
			return false, spoiled, nil
		case c == '\n':
			return true, spoiled, nil
		case c == '\r':
			t.skipLineFeed()
			return true, spoiled, nil
		}
		t.text = append(t.text, c)
		if len(t.text)-start > t.limits.Cell {
			return false, false, t.tooLong()
		}
		c, err = t.in.ReadByte()
	}
}

// inQuotes reads up to and over the mark that closes the cell.
func (t *csvTable) inQuotes(start int) error {
	for {
		c, err := t.in.ReadByte()
		if err == io.EOF {
			return unreadable("A quotation mark opens on row "+grouped(t.row)+" and is never closed, so the file may be cut short. Export the list again.",
				"row %d: quotation mark is never closed", t.row)
		}
		if err != nil {
			return t.readError(err)
		}
		if c == '"' {
			after, err := t.in.Peek(1)
			if err != nil || after[0] != '"' {
				return nil
			}
			if _, err := t.in.Discard(1); err != nil {
				return t.readError(err)
			}
		}
		t.text = append(t.text, c)
		if len(t.text)-start > t.limits.Cell {
			return t.tooLong()
		}
	}
}

// skipLineFeed takes the line feed of a pair; a lone carriage return ends a row too.
func (t *csvTable) skipLineFeed() {
	if after, err := t.in.Peek(1); err == nil && after[0] == '\n' {
		_, _ = t.in.Discard(1) // a byte just peeked at cannot fail to go
	}
}

func (t *csvTable) tooLong() error {
	return unreadable("A cell on row "+grouped(t.row)+" is longer than "+grouped(t.limits.Cell)+" letters. A quotation mark may be missing there. Mend the row, or export the list again.",
		"row %d: cell exceeds %d bytes", t.row, t.limits.Cell)
}

func (t *csvTable) readError(err error) error {
	if err == io.EOF {
		return err
	}
	return &Unreadable{Plain: "The file could not be read to its end. Send it again.", Detail: "read text", Err: err}
}

func tooManyColumns(row, limit int) error {
	return unreadable("Row "+grouped(row)+" has more than "+grouped(limit)+" columns. Leave out columns we do not use.",
		"row %d: more than %d columns", row, limit)
}
