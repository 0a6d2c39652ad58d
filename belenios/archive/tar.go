package archive

import (
	"bytes"
	"fmt"
)

// blockSize is the unit of a tar file: headers are one block, bodies are padded
// to whole blocks.
const blockSize = 512

// The fields of an old-style header that are not zero: where each begins.
const (
	atName     = 0
	atMode     = 100
	atUID      = 108
	atGID      = 116
	atSize     = 124
	atTime     = 136
	atChecksum = 148
	atType     = 156
)

// maxSize is the largest body that eleven octal digits can tell.
const maxSize = 1<<33 - 1

// block makes the header of a record. A record has exactly one header: there is
// no magic, no owner's name and no choice in it, so that two archives with the
// same records are the same to the byte.
func block(name string, size, timestamp int64) [blockSize]byte {
	var b [blockSize]byte
	copy(b[atName:atMode], name)
	copy(b[atMode:], "0000644")
	copy(b[atUID:], "0000000")
	copy(b[atGID:], "0000000")
	copy(b[atSize:], fmt.Sprintf("%011o", size))
	copy(b[atTime:], fmt.Sprintf("%011o", timestamp))
	copy(b[atChecksum:], "        ")
	b[atType] = '0'
	sum := 0
	for _, c := range b {
		sum += int(c)
	}
	copy(b[atChecksum:], fmt.Sprintf("%06o\x00 ", sum))
	return b
}

// parseBlock reads a header: it must be the one that [block] makes.
func parseBlock(b *[blockSize]byte) (name string, size, timestamp int64, err error) {
	end := bytes.IndexByte(b[atName:atMode], 0)
	if end < 1 {
		return "", 0, 0, fmt.Errorf("the tar header has no name")
	}
	name = string(b[:end])
	size, err = octal(b[atSize:atTime])
	if err != nil {
		return "", 0, 0, fmt.Errorf("record %q: the size in its tar header: %w", name, err)
	}
	timestamp, err = octal(b[atTime:atChecksum])
	if err != nil {
		return "", 0, 0, fmt.Errorf("record %q: the time in its tar header: %w", name, err)
	}
	if *b != block(name, size, timestamp) {
		return "", 0, 0, fmt.Errorf("record %q: its tar header is not in the one form that it may have", name)
	}
	return name, size, timestamp, nil
}

// octal reads eleven octal digits and a zero byte.
func octal(field []byte) (int64, error) {
	var n int64
	for i, c := range field {
		switch {
		case i == len(field)-1 && c == 0:
		case i < len(field)-1 && c >= '0' && c <= '7':
			n = n<<3 | int64(c-'0')
		default:
			return 0, fmt.Errorf("%q is not eleven octal digits", field)
		}
	}
	return n, nil
}

// padding is how many zero bytes follow a body of the given size.
func padding(size int64) int64 { return -size & (blockSize - 1) }
