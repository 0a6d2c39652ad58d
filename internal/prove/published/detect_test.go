package published

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
)

// What a file is follows from its content; its name says nothing.
func TestDetect(t *testing.T) {
	directory := strings.Join(directoryHeads, ",") + "\n"
	absence := absenceTop
	for _, c := range []struct {
		name    string
		content []byte
		want    Format
		unknown string // part of the error, where it is none of ours
	}{
		{"absence", []byte(absence), FormatAbsence, ""},
		{"absence with a byte order mark", []byte("\xef\xbb\xbf" + absence), FormatAbsence, ""},
		{"directory", []byte(directory), FormatDirectory, ""},
		{"empty", nil, "", "it is empty"},
		{"another CSV file", []byte("Employee Number,Last Name\n1,Smith\n"), "", `its first heading is "Employee Number"`},
		{"an old workbook", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "", "save it as .xlsx"},
		{"a picture", []byte("\x89PNG\r\n\x1a\n\x00\x00"), "", "not a published file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Detect(fileOf("anything.dat", c.content))
			if got != c.want {
				t.Errorf("format %q, want %q (%v)", got, c.want, err)
			}
			if c.unknown != "" && (!errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), c.unknown)) {
				t.Errorf("error %v, want %q", err, c.unknown)
			}
		})
	}
}

// A workbook of something else is named as such.
func TestDetect_OtherWorkbook(t *testing.T) {
	_, err := Detect(workbookOf(t, sheetOf{"Staff", [][]any{{"Employee Number", "Last Name"}, {"1", "Smith"}}}))
	if !errors.Is(err, ErrUnknown) {
		t.Errorf("error %v", err)
	}
}

// A small archive that unpacks to a huge one is refused before it is unpacked.
func TestDetect_ZipBomb(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(make([]byte, 8<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = Detect(fileOf("bomb.xlsx", b.Bytes()))
	if err == nil || !strings.Contains(err.Error(), "more than 200 times its size") {
		t.Errorf("error %v", err)
	}
}

// A file over the limit is refused by its size alone.
func TestDetect_TooLarge(t *testing.T) {
	f := fileOf("large.csv", []byte("x"))
	f.Size = MaxFile + 1
	if _, err := Detect(f); err == nil || !strings.Contains(err.Error(), "at most 64 MB") {
		t.Errorf("error %v", err)
	}
}

// A damaged workbook gives an error, whatever the workbook library does.
func TestDetect_Damaged(t *testing.T) {
	whole := workbookOf(t, themes(row("RAA", 7, 400, 6, 400)))
	content := make([]byte, whole.Size)
	if _, err := whole.Content.ReadAt(content, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := Detect(fileOf("cut.xlsx", content[:len(content)/2])); err == nil {
		t.Error("half a workbook was read")
	}
}
