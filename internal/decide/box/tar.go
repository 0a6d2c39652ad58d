package box

import (
	"fmt"
	"io"

	"commonweal/belenios/archive"
)

const (
	headerName = "BELENIOS" // of the first record
	block      = 512        // unit of a tar file
)

// padded is what a record of so many bytes takes in the file.
func padded(body int) int64 { return block + (int64(body)+block-1)/block*block }

// writeRecord writes a record in the one tar form that it may have (ballots.md §3):
// name, mode, size, time, checksum and type in an old-style header, all else zero.
func writeRecord(w io.Writer, h archive.Header, name, body string) error {
	out := make([]byte, padded(len(body)))
	copy(out, name)
	copy(out[100:], "0000644")
	copy(out[108:], "0000000")
	copy(out[116:], "0000000")
	copy(out[124:], fmt.Sprintf("%011o", len(body)))
	copy(out[136:], fmt.Sprintf("%011o", h.Timestamp))
	copy(out[148:], "        ")
	out[156] = '0'
	sum := 0
	for _, c := range out[:block] {
		sum += int(c)
	}
	copy(out[148:], fmt.Sprintf("%06o\x00 ", sum))
	copy(out[block:], body)
	_, err := w.Write(out)
	return err
}
