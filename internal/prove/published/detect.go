package published

import (
	"bufio"
	"encoding/csv"
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
	format, _, err := detect(f)
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

// detect finds the layout too, where the file has one.
func detect(f File) (Format, *rowLayout, error) {
	if f.Size > MaxFile {
		return "", nil, fmt.Errorf("file %s has %d MB and at most %d MB are read", f.Name, f.Size>>20, MaxFile>>20)
	}
	head := make([]byte, 4)
	n, err := f.Content.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", nil, fmt.Errorf("file %s: %w", f.Name, err)
	}
	switch head = head[:n]; {
	case n == 0:
		return "", nil, fmt.Errorf("file %s is %w: it is empty", f.Name, ErrUnknown)
	case string(head) == "PK\x03\x04":
		format, err := detectWorkbook(f)
		return format, nil, err
	case string(head) == "\xd0\xcf\x11\xe0":
		return "", nil, fmt.Errorf("file %s is %w: it is a workbook in the old .xls form; save it as .xlsx", f.Name, ErrUnknown)
	}
	return detectCSV(f)
}

func detectWorkbook(f File) (Format, error) {
	book, err := openWorkbook(f)
	if err != nil {
		return "", fmt.Errorf("file %s: %w", f.Name, err)
	}
	defer book.close()
	for _, sheet := range book.sheets() {
		rows, err := book.rows(sheet)
		if err != nil {
			return "", fmt.Errorf("file %s: %w", f.Name, err)
		}
		format := surveyFormat(rows)
		if err := rows.close(); err != nil {
			return "", fmt.Errorf("file %s: %w", f.Name, err)
		}
		if format != "" {
			return format, nil
		}
	}
	return "", fmt.Errorf("file %s is %w: no sheet has the headings of the NHS Staff Survey", f.Name, ErrUnknown)
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

func detectCSV(f File) (Format, *rowLayout, error) {
	lines := bufio.NewReader(io.LimitReader(f.reader(), 64<<10))
	r := csv.NewReader(skipMark(lines))
	heads, err := r.Read()
	if err != nil {
		return "", nil, fmt.Errorf("file %s is %w: its first line is not a line of headings", f.Name, ErrUnknown)
	}
	found := columnsOf(heads)
	if len(missing(found, directoryHeads)) == 0 {
		return FormatDirectory, nil, nil
	}
	if l := layoutOf(found); l != nil {
		return l.format, l, nil
	}
	return "", nil, fmt.Errorf("file %s is %w: its first heading is %s", f.Name, ErrUnknown, quote(heads[0]))
}

// skipMark passes over a byte order mark, which spreadsheets put before CSV.
func skipMark(r *bufio.Reader) io.Reader {
	if mark, err := r.Peek(3); err == nil && string(mark) == "\xef\xbb\xbf" {
		// Peek has shown that three bytes are there to discard.
		_, _ = r.Discard(3)
	}
	return r
}

// columnsOf says at which position each heading stands, without regard to case.
func columnsOf(heads []string) map[string]int {
	at := make(map[string]int, len(heads))
	for i, h := range heads {
		h = strings.ToLower(strings.TrimSpace(h))
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
