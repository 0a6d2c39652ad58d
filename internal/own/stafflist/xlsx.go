package stafflist

import (
	"archive/zip"
	"fmt"
	"io"
	"path"
	"strings"
)

// A workbook is read here with the standard library and not with a spreadsheet
// library, for two reasons. A library unpacks large sheets into temporary files,
// which would put NI numbers on the disk in clear; and it holds a sheet whole,
// which for 100,000 staff is more memory than the program may use. Only four
// parts are read: the workbook, its styles (to know dates), its shared texts and
// one sheet, which is streamed.

// maxParts bounds the directory of a hostile archive.
const maxParts = 5_000

// workbook is an open archive.
type workbook struct {
	parts    map[string]*zip.File
	limits   Limits
	unpacked int64
	date1904 bool
	styles   []cellStyle
	texts    sharedTexts
	source   Source
	sheet    *sheetReader
}

func openWorkbook(file sizedFile, sheet string, limits Limits) (*workbook, error) {
	archive, err := zip.NewReader(file, file.size)
	if err != nil {
		return nil, damaged("open archive", err)
	}
	if len(archive.File) > maxParts {
		return nil, damaged(fmt.Sprintf("archive has %d parts", len(archive.File)), nil)
	}
	w := &workbook{parts: map[string]*zip.File{}, limits: limits, source: Source{Kind: "workbook"}}
	for _, part := range archive.File {
		w.parts[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(part.Name, `\`, "/"), "/"))] = part
	}
	target, err := w.findSheet(sheet)
	if err != nil {
		return nil, err
	}
	if err := w.readStyles(); err != nil {
		return nil, err
	}
	if err := w.readTexts(); err != nil {
		return nil, err
	}
	w.sheet, err = w.openSheet(target)
	if err != nil {
		return nil, err
	}
	return w, nil
}

func (w *workbook) next() (line, error) { return w.sheet.next() }

// open returns the part by name as XML, nil if the archive has none.
func (w *workbook) open(name string) (*xmlPart, error) {
	part, ok := w.parts[strings.ToLower(name)]
	if !ok {
		return nil, nil
	}
	body, err := part.Open()
	if err != nil {
		return nil, damaged("open "+clip(name), err)
	}
	return newXMLPart(&meter{in: body, book: w, packed: int64(part.CompressedSize64), name: clip(name)}), nil
}

// meter counts what a part unpacks to and stops a bomb. The sizes an archive
// declares are not believed.
type meter struct {
	in       io.ReadCloser
	book     *workbook
	packed   int64
	unpacked int64
	name     string
	// sinceToken is what was read since the last piece of XML was complete.
	sinceToken int64
}

// ratioFloor is how much a part may unpack to before its ratio is looked at: small
// parts of one repeated word are honest.
const ratioFloor = 4 << 20

// maxToken bounds one piece of XML, so that a text without an end cannot grow.
const maxToken = 1 << 20

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.in.Read(p)
	m.unpacked += int64(n)
	m.sinceToken += int64(n)
	m.book.unpacked += int64(n)
	switch {
	case m.book.unpacked > m.book.limits.Unpacked:
		return 0, unreadable("The workbook unpacks to more than "+megabytes(m.book.limits.Unpacked)+". Leave out columns and sheets we do not use.",
			"workbook unpacks beyond %d bytes", m.book.limits.Unpacked)
	case m.unpacked > ratioFloor && m.unpacked > m.book.limits.Ratio*m.packed:
		return 0, unreadable("The workbook unpacks to far more than its size, which a staff list does not. Save it again from the spreadsheet, or as CSV.",
			"part %s unpacks to more than %d times its size", m.name, m.book.limits.Ratio)
	case m.sinceToken > maxToken:
		return 0, damaged("part "+m.name+" has a piece of XML without an end", nil)
	}
	return n, err
}

// relations reads a .rels part into target by id, relative to the folder.
func (w *workbook) relations(name, folder string) (map[string]string, error) {
	out := map[string]string{}
	x, err := w.open(name)
	if err != nil || x == nil {
		return out, err
	}
	defer x.close()
	for {
		start, err := x.start()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if start.Name.Local != "Relationship" {
			continue
		}
		target := attribute(start, "Target")
		if rest, absolute := strings.CutPrefix(target, "/"); absolute {
			target = rest
		} else {
			target = path.Join(folder, target)
		}
		if out[attribute(start, "Id")] = target; len(out) > maxParts {
			return nil, damaged("too many relations", nil)
		}
	}
}

// findSheet returns the part that holds the named sheet, or the first that is shown.
func (w *workbook) findSheet(wanted string) (string, error) {
	targets, err := w.relations("xl/_rels/workbook.xml.rels", "xl")
	if err != nil {
		return "", err
	}
	x, err := w.open("xl/workbook.xml")
	if err != nil {
		return "", err
	}
	if x == nil {
		return "", unreadable("This is a zip file but not an Excel workbook. Send the list as .xlsx or CSV.", "archive has no xl/workbook.xml")
	}
	defer x.close()
	found := ""
	for {
		start, err := x.start()
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", err
		}
		switch start.Name.Local {
		case "workbookPr":
			w.date1904 = isTrue(attribute(start, "date1904"))
			w.source.from1904 = w.date1904
		case "sheet":
			if state := attribute(start, "state"); state == "hidden" || state == "veryHidden" {
				continue
			}
			name := attribute(start, "name")
			if len(w.source.Sheets) < 256 {
				w.source.Sheets = append(w.source.Sheets, clip(name))
			}
			if found == "" && (wanted == "" || strings.EqualFold(name, wanted)) {
				found, w.source.Sheet = targets[attribute(start, "id")], clip(name)
			}
		}
	}
	if found == "" && wanted != "" {
		return "", unreadable("The workbook has no sheet "+quoted(wanted)+". It has "+list(w.source.Sheets)+".", "no sheet %q", clip(wanted))
	}
	if found == "" {
		return "", damaged("workbook has no sheet", nil)
	}
	return found, nil
}

func damaged(detail string, err error) error {
	return &Unreadable{
		Plain:  "The workbook is damaged and cannot be read. Save it again from the spreadsheet, or as CSV.",
		Detail: detail, Err: err,
	}
}

func isTrue(s string) bool { return s == "1" || strings.EqualFold(s, "true") }
