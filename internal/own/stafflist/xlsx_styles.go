package stafflist

import (
	"io"
	"strconv"
	"strings"
)

// cellStyle is what a number format says about the value under it.
type cellStyle struct {
	date  bool
	width int // of a format of noughts only, such as 00000000: digits to show
}

// maxStyles is what a spreadsheet allows.
const maxStyles = 65_490

// readStyles learns which styles show dates and which pad numbers with noughts.
func (w *workbook) readStyles() error {
	x, err := w.open("xl/styles.xml")
	if err != nil || x == nil {
		return err
	}
	defer x.close()
	formats := map[string]string{}
	inCellFormats := false
	for {
		t, err := x.start()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t.Name.Local {
		case "numFmt":
			if len(formats) < maxStyles {
				formats[attribute(t, "numFmtId")] = attribute(t, "formatCode")
			}
		case "cellXfs":
			inCellFormats = true
		case "cellStyles", "dxfs", "cellStyleXfs":
			inCellFormats = false
		case "xf":
			if inCellFormats && len(w.styles) < maxStyles {
				id := attribute(t, "numFmtId")
				w.styles = append(w.styles, styleOf(id, formats[id]))
			}
		}
	}
}

// styleOf judges a number format by its number when built in, else by its code.
func styleOf(id, code string) cellStyle {
	if code == "" {
		n, err := strconv.Atoi(id)
		if err != nil {
			return cellStyle{}
		}
		return cellStyle{date: n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58}
	}
	if strings.Trim(code, "0") == "" {
		return cellStyle{width: min(len(code), 20)}
	}
	return cellStyle{date: showsDate(code)}
}

// showsDate reports whether the format has a day or a year outside quoted text,
// escapes and brackets.
func showsDate(code string) bool {
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case c == ';':
			return false
		case c == 'd' || c == 'D' || c == 'y' || c == 'Y':
			return true
		}
	}
	return false
}

// sharedTexts is the table of texts that cells point into. Texts lie one after
// another in one string, which costs a third of what separate strings would.
type sharedTexts struct {
	text string
	ends []uint32
}

func (t sharedTexts) get(i int) (string, bool) {
	if i < 0 || i >= len(t.ends) {
		return "", false
	}
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.text[from:t.ends[i]], true
}

// maxTexts bounds the number of shared texts: 16 for each of the most rows.
const maxTexts = 4_000_000

// maxTextBytes bounds their length together.
const maxTextBytes = 256 << 20

// readTexts reads the shared texts. Phonetic guides are left out.
func (w *workbook) readTexts() error {
	x, err := w.open("xl/sharedStrings.xml")
	if err != nil || x == nil {
		return err
	}
	defer x.close()
	var text strings.Builder
	collect := textCollector{limit: w.limits.Cell}
	for {
		t, err := x.token()
		if err == io.EOF {
			w.texts.text = text.String()
			return nil
		}
		if err != nil {
			return err
		}
		ended, name := collect.take(t)
		if !ended || name != "si" {
			continue
		}
		if collect.tooLong {
			return unreadable("A cell of the workbook is longer than "+grouped(w.limits.Cell)+" letters. Leave out columns of long text.", "shared text exceeds %d bytes", w.limits.Cell)
		}
		text.Write(collect.text)
		collect.text = collect.text[:0]
		if len(w.texts.ends) >= maxTexts || text.Len() > maxTextBytes {
			return unreadable("The workbook holds too much text. Leave out columns and sheets we do not use.", "shared texts exceed %d or %d bytes", maxTexts, maxTextBytes)
		}
		w.texts.ends = append(w.texts.ends, uint32(text.Len()))
	}
}
