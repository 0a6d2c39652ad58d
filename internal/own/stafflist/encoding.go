package stafflist

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// The names of encodings, as [Source] gives them.
const (
	encodingUTF8    = "UTF-8"
	encodingUTF16   = "UTF-16"
	encodingWindows = "Windows-1252"
)

// decode returns the text of the file as UTF-8 without a byte order mark. Bytes
// that are not UTF-8 mean Windows-1252, which is what a British Excel saves,
// unless most of the accents are sound UTF-8: then the file is damaged UTF-8 and
// each damage shows as U+FFFD in its row.
func decode(file sizedFile) (io.Reader, string, error) {
	head := make([]byte, min(file.size, 3))
	if _, err := file.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, "", &Unreadable{Plain: "The file could not be read to its end. Send it again.", Detail: "read first bytes", Err: err}
	}
	if bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
		decoder := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
		return transform.NewReader(file.section(), decoder), encodingUTF16, nil
	}
	sound, broken, nul, err := surveyUTF8(file.section())
	switch {
	case err != nil:
		return nil, "", &Unreadable{Plain: "The file could not be read to its end. Send it again.", Detail: "survey encoding", Err: err}
	case nul:
		return nil, "", unreadable("This is not a staff list we can read. Send a CSV file or an Excel workbook (.xlsx).", "text holds a NUL byte")
	}
	if bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}) {
		rest := io.NewSectionReader(file, 3, file.size-3)
		return transform.NewReader(rest, unicode.UTF8.NewDecoder()), encodingUTF8, nil
	}
	if broken == 0 {
		return file.section(), encodingUTF8, nil
	}
	if sound > broken {
		return transform.NewReader(file.section(), unicode.UTF8.NewDecoder()), encodingUTF8, nil
	}
	return transform.NewReader(file.section(), charmap.Windows1252.NewDecoder()), encodingWindows, nil
}

// surveyUTF8 counts letters beyond ASCII that are sound UTF-8 and bytes that are
// not, and looks for a NUL byte.
func surveyUTF8(r io.Reader) (sound, broken int, nul bool, err error) {
	buffered := bufio.NewReaderSize(r, 1<<16)
	for {
		chunk, err := buffered.Peek(1 << 12)
		if len(chunk) == 0 {
			if err == io.EOF || err == bufio.ErrBufferFull {
				err = nil
			}
			return sound, broken, nul, err
		}
		last := err != nil
		used := 0
		for used < len(chunk) {
			if c := chunk[used]; c < utf8.RuneSelf {
				nul = nul || c == 0
				used++
				continue
			}
			if !last && !utf8.FullRune(chunk[used:]) {
				break
			}
			letter, size := utf8.DecodeRune(chunk[used:])
			if letter == utf8.RuneError && size == 1 {
				broken++
			} else {
				sound++
			}
			used += size
		}
		if _, err := buffered.Discard(used); err != nil {
			return sound, broken, nul, err
		}
	}
}
