package published

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Format is one of the kinds of file that can be read.
type Format string

const (
	FormatSurveyOrganisations Format = "survey-organisations" // NHS Staff Survey, a row an organisation
	FormatSurveyNational      Format = "survey-national"      // NHS Staff Survey, England and parts of its staff
	FormatAbsence             Format = "absence"              // NHS sickness absence, a row an organisation and month
	FormatPulse               Format = "pulse"                // National Quarterly Pulse Survey
	FormatSHMI                Format = "shmi"                 // hospital mortality
	FormatFriends             Format = "friends"              // patients' friends-and-family test
	FormatLeavers             Format = "leavers"              // leavers, joiners and staff
	FormatRatings             Format = "ratings"              // the regulator's ratings
	FormatAttendance          Format = "attendance"           // accident and emergency
	FormatDirectory           Format = "directory"            // directory of trusts with their mergers
	FormatCarried             Format = "carried"              // the table that this program carries; see Carried
)

// String names the kind of file in plain words.
func (f Format) String() string {
	switch f {
	case FormatSurveyOrganisations:
		return "NHS Staff Survey, organisations"
	case FormatSurveyNational:
		return "NHS Staff Survey, England"
	case FormatAbsence:
		return "NHS sickness absence by month"
	case FormatPulse:
		return "National Quarterly Pulse Survey"
	case FormatSHMI:
		return "hospital mortality (SHMI)"
	case FormatFriends:
		return "friends-and-family test"
	case FormatLeavers:
		return "leavers and joiners"
	case FormatRatings:
		return "ratings of the Care Quality Commission"
	case FormatAttendance:
		return "accident and emergency attendances"
	case FormatDirectory:
		return "directory of trusts"
	case FormatCarried:
		return "figures carried with this program"
	}
	return string(f)
}

// Detect finds out from its content, never from its name, what kind of file f
// is. The error for any other file wraps ErrUnknown and says what was found.
func Detect(f File) (Format, error) {
	format, _, _, err := detect(f)
	return format, err
}

// Formats are the kinds of file that are imported, in the order in which they are best
// imported: names and mergers first.
func Formats() []Format {
	return []Format{
		FormatDirectory, FormatSurveyOrganisations, FormatSurveyNational, FormatAbsence, FormatPulse, FormatSHMI, FormatFriends, FormatLeavers, FormatRatings,
		FormatAttendance,
	}
}

// detect finds the layout too, where the file has one, and in which sheet of a workbook.
func detect(f File) (Format, *rowLayout, string, error) {
	if f.Size > MaxFile {
		return "", nil, "", fmt.Errorf("file %s has %d MB and at most %d MB are read", f.Name, f.Size>>20, MaxFile>>20)
	}
	head := make([]byte, 128)
	n, err := f.Content.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", nil, "", fmt.Errorf("file %s: %w", f.Name, err)
	}
	unknown := func(what string) (Format, *rowLayout, string, error) {
		return "", nil, "", fmt.Errorf("file %s is %w: %s", f.Name, ErrUnknown, what)
	}
	switch head := string(head[:n]); {
	case n == 0:
		return unknown("it is empty")
	case strings.HasPrefix(head, "PK\x03\x04") && strings.Contains(head, "opendocument"):
		return unknown("it is an OpenDocument file; save it as .xlsx, or its sheet as CSV")
	case strings.HasPrefix(head, "PK\x03\x04"):
		return detectWorkbook(f)
	case strings.HasPrefix(head, "\xd0\xcf\x11\xe0"):
		return unknown("it is a workbook in the old .xls form; save it as .xlsx")
	case strings.ContainsRune(head, 0):
		return unknown("it is no text and no workbook")
	}
	return detectCSV(f)
}

// detectWorkbook looks for the staff survey in every sheet before it looks for the other
// layouts, so that it makes no difference which sheet comes first.
func detectWorkbook(f File) (Format, *rowLayout, string, error) {
	book, err := openWorkbook(f)
	if err != nil {
		return "", nil, "", fmt.Errorf("file %s: %w", f.Name, err)
	}
	defer book.close()
	for _, sheet := range book.sheets() {
		rows, err := book.rows(sheet)
		if err != nil {
			return "", nil, "", fmt.Errorf("file %s: %w", f.Name, err)
		}
		format := surveyFormat(rows)
		if err := rows.close(); err != nil {
			return "", nil, "", fmt.Errorf("file %s: %w", f.Name, err)
		}
		if format != "" {
			return format, nil, "", nil
		}
	}
	why := "no sheet has the headings of a published table"
	for _, sheet := range book.sheets() {
		rows, err := book.rows(sheet)
		if err != nil {
			return "", nil, "", fmt.Errorf("file %s: %w", f.Name, err)
		}
		s, err := look(&sheetGrid{rows: rows})
		if err := errors.Join(err, rows.close()); err != nil {
			return "", nil, "", fmt.Errorf("file %s: %w", f.Name, err)
		}
		if s.layout != nil {
			return s.format, s.layout, sheet, nil
		}
		if s.format == FormatDirectory {
			s.why = "it is a directory of trusts; save it as CSV"
		}
		if s.why != "" {
			why = "in sheet " + sheet + ", " + s.why
		}
	}
	return "", nil, "", fmt.Errorf("file %s is %w: %s", f.Name, ErrUnknown, why)
}

// seen is what the first rows of a table show it to be.
type seen struct {
	format Format
	layout *rowLayout // nil for the directory
	why    string     // without a format: what it comes close to
	first  string     // the first cell with anything in it
}

// look looks for the headings of a layout, or of the directory, among the first rows.
func look(g grid) (s seen, err error) {
	p, err := headed(g, func(at map[string]int) bool {
		if len(missing(at, directoryHeads)) == 0 {
			s.format = FormatDirectory
			return true
		}
		if s.layout = layoutOf(at); s.layout != nil {
			s.format = s.layout.format
			return true
		}
		if s.why == "" {
			s.why = near(at)
		}
		return false
	})
	s.first = p.first
	return s, err
}

// surveyFormat looks for the heading row among the first rows of a sheet.
func surveyFormat(rows *sheetRows) Format {
	for range maxPreamble {
		cells, ok := rows.next()
		if !ok {
			return ""
		}
		if format := headingFormat(cells); format != "" {
			return format
		}
	}
	return ""
}

func detectCSV(f File) (Format, *rowLayout, string, error) {
	g, err := openGrid(File{Name: f.Name, Content: f.Content, Size: min(f.Size, 1<<20)}, "")
	if err != nil {
		return "", nil, "", fmt.Errorf("file %s: %w", f.Name, err)
	}
	s, err := look(g)
	switch {
	case err != nil:
		s.why = err.Error()
	case s.format != "":
		return s.format, s.layout, "", nil
	case s.why == "" && s.first == "":
		s.why = "none of its first lines is a line of headings"
	case s.why == "":
		s.why = "its first heading is " + quote(strings.ToValidUTF8(s.first, "?"))
	}
	return "", nil, "", fmt.Errorf("file %s is %w: %s", f.Name, ErrUnknown, s.why)
}

// skipMark passes over a byte order mark, which spreadsheets put before CSV.
func skipMark(r *bufio.Reader) io.Reader {
	if mark, err := r.Peek(3); err == nil && string(mark) == "\xef\xbb\xbf" {
		// Peek has shown that three bytes are there to discard.
		_, _ = r.Discard(3)
	}
	return r
}

// headingOf is a heading as headings are compared: in small letters, without line breaks
// inside it. The typographic apostrophe is taken for the plain one.
func headingOf(cell string) string {
	return strings.ToLower(strings.ReplaceAll(clean(cell), "\u2019", "'"))
}

// columnsOf says at which position each heading stands, without regard to case.
func columnsOf(heads []string) map[string]int {
	at := make(map[string]int, len(heads))
	for i, h := range heads {
		h = headingOf(h)
		if _, twice := at[h]; !twice {
			at[h] = i
		}
	}
	return at
}

func missing(at map[string]int, heads []string) []string {
	var gone []string
	for _, h := range heads {
		if _, ok := at[h]; !ok {
			gone = append(gone, h)
		}
	}
	return gone
}
