package friends

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Largest file and number of rows that [Service.Import] takes.
const (
	MaxFile = 20 << 20
	maxRows = 200_000
	mostBad = 50
)

// Columns of the two files that [Service.Import] reads, in any order.
var (
	AnswerColumns = []string{"point", "month", "way", "answer", "language", "comment", "publish"}
	PastColumns   = []string{"month", "questions", "setting", "site", "ward", "first", "second", "third", "fourth", "fifth", "dont_know", "eligible"}
)

// Rejected is one thing that is wrong in a file.
type Rejected struct {
	Row   int // 1 is the heading
	Field string
	Says  string // what is wrong, and what to do
}

// Imported is what a file held.
type Imported struct {
	Past bool // months that were counted before, and not answers
	Rows int  // that were, or would be, imported
	// Lines are what it adds, by month and place.
	Lines []ImportLine
	// Before says that the file was imported already; then it changes nothing.
	Before bool
	// Wrong has at most fifty things; nothing was imported where it has any.
	Wrong []Rejected
}

// ImportLine is what a file adds to a month of a place.
type ImportLine struct {
	Month             Month
	Place             string
	Answers, Comments int
}

// DryRun says what [Service.Import] would do with a file, and changes nothing.
func (s *Service) DryRun(ctx context.Context, org string, file io.Reader) (Imported, error) {
	_, out, err := s.fileOf(ctx, org, file)
	return out, err
}

// Import reads answers that another firm collected ([AnswerColumns]) or months that were
// counted before ([PastColumns]). One wrong row keeps the whole file out, and so does a
// file that was imported already.
func (s *Service) Import(ctx context.Context, actor, org string, file io.Reader) (Imported, error) {
	f, out, err := s.fileOf(ctx, org, file)
	switch {
	case err != nil || len(out.Wrong) > 0:
		return out, err
	case out.Before:
		return Imported{}, errImported
	case f.past != nil:
		err = s.importPast(ctx, actor, org, f)
	default:
		err = s.importAnswers(ctx, actor, org, f)
	}
	if err != nil {
		return Imported{}, err
	}
	return out, nil
}

// importFile is a file that was read: answers, or months that were counted before.
type importFile struct {
	hash    string
	answers []arrived
	past    []Past
}

func (s *Service) fileOf(ctx context.Context, org string, file io.Reader) (f importFile, out Imported, err error) {
	raw, err := io.ReadAll(io.LimitReader(file, MaxFile+1))
	if err != nil {
		return f, out, fmt.Errorf("read the file: %w", err)
	}
	if len(raw) > MaxFile {
		return f, out, fault.Fieldf("file", "the file is larger than %d MB: import it in parts", MaxFile>>20)
	}
	t, wrong := readTable(raw)
	if len(wrong) > 0 {
		return f, Imported{Wrong: wrong}, nil
	}
	f.hash, out.Past = t.hash, t.past
	if t.past {
		f.past = pastRows(t, MonthOf(s.today()))
		for _, p := range f.past {
			out.Lines = append(out.Lines, ImportLine{Month: p.Month, Place: p.Place(), Answers: p.Counts.All()})
		}
	} else if f.answers, out.Lines, err = s.answerRows(ctx, org, t); err != nil {
		return f, out, err
	}
	if len(t.wrong) > 0 {
		return f, Imported{Past: t.past, Wrong: t.wrong}, nil
	}
	out.Rows = len(t.rows)
	err = s.read(ctx, func(tx *db.Tx) error {
		if t.past {
			out.Before, err = allThere(ctx, tx, org, f.past)
			return err
		}
		out.Before, err = has(ctx, tx, f.answers[0].id)
		return err
	})
	return f, out, err
}

// table is a file by rows and columns.
type table struct {
	past  bool
	hash  string // of what the file says: saved again by a spreadsheet it is the same
	at    map[string]int
	rows  [][]string
	wrong []Rejected
}

// fingerprint is a hash of the cells by the names of their columns. Line ends, quotation
// marks and the order of columns do not change it.
func (t *table) fingerprint(columns []string) string {
	h := sha256.New()
	for i, row := range t.rows {
		for _, column := range columns {
			_, _ = fmt.Fprintf(h, "%d %q\n", i, t.get(row, column)) // a hash takes everything
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (t *table) get(row []string, column string) string { return strings.TrimSpace(row[t.at[column]]) }

func (t *table) bad(row int, field, format string, args ...any) {
	if len(t.wrong) < mostBad {
		t.wrong = append(t.wrong, Rejected{row + 2, field, fmt.Sprintf(format, args...)})
	}
}

func readTable(raw []byte) (*table, []Rejected) {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if !utf8.Valid(raw) {
		return nil, []Rejected{{1, "", "The file is not text in UTF-8. Save it as CSV UTF-8."}}
	}
	rows, err := readRows(raw)
	if errors.Is(err, errManyRows) {
		return nil, []Rejected{{1, "", fmt.Sprintf("The file has more than %d rows. Import it in parts.", maxRows)}}
	}
	if bad := new(csv.ParseError); errors.As(err, &bad) {
		return nil, []Rejected{{bad.Line, "", "The row cannot be read: a quotation mark is open or stands in the middle. Save the file as CSV again."}}
	}
	if err != nil || len(rows) == 0 {
		return nil, []Rejected{{1, "", "The file is empty. Its first row has the names of the columns."}}
	}
	t := &table{at: map[string]int{}, rows: rows[1:]}
	for i, name := range rows[0] {
		rows[0][i] = strings.ToLower(strings.TrimSpace(name))
	}
	t.past = slices.Contains(rows[0], "questions")
	want := AnswerColumns
	if t.past {
		want = PastColumns
	}
	for i, name := range rows[0] {
		switch _, twice := t.at[name]; {
		case twice:
			t.bad(-1, name, "The column is there twice. Take one out.")
		case !slices.Contains(want, name):
			t.bad(-1, name, "There is no such column here. The columns are %s.", strings.Join(want, ", "))
		}
		t.at[name] = i
	}
	for _, name := range want {
		if _, ok := t.at[name]; !ok {
			t.bad(-1, name, "The column is missing. Add it; its cells may be empty where nothing is known.")
		}
	}
	if len(t.rows) == 0 {
		t.bad(-1, "", "The file has no rows below the names of the columns.")
	}
	for i, row := range t.rows {
		if len(row) != len(rows[0]) {
			t.bad(i, "", "The row has %d cells and the heading %d.", len(row), len(rows[0]))
		}
	}
	if len(t.wrong) == 0 {
		t.hash = t.fingerprint(want)
	}
	return t, t.wrong
}

var errManyRows = errors.New("too many rows")

// readRows stops where the file has more rows or cells than are imported: a file of
// commas would take fifty times its size in memory.
func readRows(raw []byte) (rows [][]string, err error) {
	r := csv.NewReader(bytes.NewReader(raw))
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	for cells := 0; ; {
		row, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case err != nil:
			return nil, err
		}
		if cells += len(row); len(rows) > maxRows || cells > maxRows*len(PastColumns) {
			return nil, errManyRows
		}
		rows = append(rows, slices.Clone(row))
	}
}

// answerRows reads the rows of a file of answers, and what they add by month and place.
func (s *Service) answerRows(ctx context.Context, org string, t *table) ([]arrived, []ImportLine, error) {
	all, err := s.Points(ctx, org)
	if err != nil {
		return nil, nil, err
	}
	codes := map[string]Point{}
	for _, p := range all {
		codes[p.Code] = p
	}
	list := make([]arrived, len(t.rows))
	var lines []ImportLine
	at := map[ImportLine]int{}
	for i, row := range t.rows {
		list[i] = s.answerOf(t, i, row, codes)
		key := ImportLine{Month: list[i].month, Place: codes[t.get(row, "point")].Name}
		n, ok := at[key]
		if !ok {
			n = len(lines)
			at[key], lines = n, append(lines, key)
		}
		lines[n].Answers++
		if list[i].Text != "" {
			lines[n].Comments++
		}
	}
	slices.SortFunc(lines, func(a, b ImportLine) int {
		return cmp.Or(cmp.Compare(a.Month.String(), b.Month.String()), cmp.Compare(a.Place, b.Place))
	})
	return list, lines, nil
}

func (s *Service) importAnswers(ctx context.Context, actor, org string, f importFile) error {
	list := slices.Clone(f.answers)
	_, err := s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: "friends.answers_imported", Actor: actor}, func(tx *journal.Tx) error {
		tx.Detail("file", f.hash)
		tx.Detail("answers", len(list))
		// Of a month that is closed meanwhile the database would not find them twice.
		if before, err := has(ctx, tx.Tx, f.answers[0].id); err != nil || before {
			return cmp.Or(err, errImported)
		}
		slices.SortFunc(list, func(a, b arrived) int { return strings.Compare(a.id, b.id) })
		for _, a := range list {
			if err := a.write(ctx, tx.Tx, org); err != nil {
				return err
			}
		}
		return nil
	})
	if db.IsDuplicate(err) {
		err = errImported
	}
	return err
}

var errImported = fault.Fieldf("file", "this file was imported already, so nothing was changed")

// answerOf reads one row. Its id follows from the file and the row, so that a file counts
// once.
func (s *Service) answerOf(t *table, i int, row []string, codes map[string]Point) arrived {
	a := arrived{}
	p, ok := codes[t.get(row, "point")]
	if !ok {
		t.bad(i, "point", "There is no point with the code %q. Add the point first, or mend the code.", t.get(row, "point"))
	}
	a.point = p.ID
	var err error
	if a.month, err = ParseMonth(t.get(row, "month")); err != nil {
		t.bad(i, "month", "%q is not a month. Write it as 2026-10.", t.get(row, "month"))
	} else if MonthOf(s.today()).Before(a.month) {
		t.bad(i, "month", "%s is yet to come.", a.month.Words())
	}
	if a.Mode = Mode(t.get(row, "way")); !a.Mode.Known() {
		t.bad(i, "way", "%q is no way in which answers come. Use one of %s.", a.Mode, joined(Modes()))
	}
	a.Rating = ratingOf(t.get(row, "answer"))
	if !a.Rating.Known() {
		t.bad(i, "answer", "%q is none of the six answers. Write Very good, Good, Neither good nor poor, Poor, Very poor or Don't know, or 1 to 6.", t.get(row, "answer"))
	}
	a.Language = t.get(row, "language")
	if a.Language == "" && len(p.Languages) > 0 {
		a.Language = p.Languages[0]
	}
	if _, known := AskIn(a.Language); !known && ok {
		t.bad(i, "language", "The question is not there in the language %q. Leave the cell empty if you do not know.", a.Language)
	}
	if a.Text = clean(t.get(row, "comment")); utf8.RuneCountInString(a.Text) > MaxText {
		t.bad(i, "comment", "The comment has more than %d letters.", MaxText)
	}
	switch strings.ToLower(t.get(row, "publish")) {
	case "yes":
		a.Publish = true
	case "", "no":
	default:
		t.bad(i, "publish", "%q is neither yes nor no.", t.get(row, "publish"))
	}
	a.Nonce = "import " + t.hash + " " + strconv.Itoa(i)
	a.id = idOf(a.Nonce)
	return a
}

func ratingOf(text string) Rating {
	text = strings.ReplaceAll(text, "\u2019", "'")
	for _, r := range Ratings() {
		if strings.EqualFold(text, r.Words()) || text == strconv.Itoa(int(r)) {
			return r
		}
	}
	return 0
}

func joined[T ~string](list []T) string {
	out := make([]string, len(list))
	for i, one := range list {
		out[i] = string(one)
	}
	return strings.Join(out, ", ")
}
