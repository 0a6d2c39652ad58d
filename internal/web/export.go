package web

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// plainNumber is a cell that may begin with a sign and yet be no formula.
var plainNumber = regexp.MustCompile(`^[+-]?[0-9]+([.,][0-9]+)?$`)

// harmless makes a cell safe to open in a spreadsheet, which would run what
// begins like a formula: an apostrophe says that it is text.
func harmless(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) || plainNumber.MatchString(cell) {
		return cell
	}
	return "'" + cell
}

// sheet is a list on its way out as CSV.
type sheet struct {
	body bytes.Buffer
	w    *csv.Writer
}

// newSheet begins a CSV file. The byte order mark makes spreadsheets read it as
// the UTF-8 that it is, or names would be spoilt.
func newSheet(head ...string) *sheet {
	s := &sheet{}
	s.body.WriteString("\ufeff")
	s.w = csv.NewWriter(&s.body)
	s.w.UseCRLF = true
	s.add(head...)
	return s
}

func (s *sheet) add(cells ...string) {
	safe := make([]string, len(cells))
	for i, cell := range cells {
		safe[i] = harmless(cell)
	}
	_ = s.w.Write(safe) // to memory; Error below would tell
}

// sendCSV answers with the sheet as a file to keep. Nothing is sent before all
// of it is there.
func (v *visit) sendCSV(name string, s *sheet) error {
	s.w.Flush()
	if err := s.w.Error(); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
	h.Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	v.w.WriteHeader(http.StatusOK)
	_, _ = v.w.Write(s.body.Bytes()) // the reader has gone away if this fails
	return nil
}

// sendJSON answers with the same list for a program.
func (v *visit) sendJSON(name string, body any) error {
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.json"`)
	v.writeJSON(http.StatusOK, body)
	return nil
}
