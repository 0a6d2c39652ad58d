package portrait

import (
	"bytes"
	"encoding/binary"
)

// orientation reads which way is up from the EXIF part of a JPEG: 1 where nothing
// says so. Whatever it cannot follow it takes for upright.
func orientation(file []byte) int {
	exif := segment(file)
	if len(exif) < 8 {
		return 1
	}
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(exif, []byte("II*\x00")):
		order = binary.LittleEndian
	case bytes.HasPrefix(exif, []byte("MM\x00*")):
		order = binary.BigEndian
	default:
		return 1
	}
	at := int64(order.Uint32(exif[4:]))
	if at+2 > int64(len(exif)) {
		return 1
	}
	entries := int64(order.Uint16(exif[at:]))
	const entry, tag, short = 12, 0x0112, 3
	for i := range entries {
		from := at + 2 + i*entry
		if from+entry > int64(len(exif)) {
			return 1
		}
		e := exif[from:]
		if order.Uint16(e) != tag {
			continue
		}
		if n := int(order.Uint16(e[8:])); order.Uint16(e[2:]) == short && n >= 1 && n <= 8 {
			return n
		}
		return 1
	}
	return 1
}

// segment finds the EXIF part of a JPEG, without its name.
func segment(file []byte) []byte {
	const (
		app1  = 0xe1
		image = 0xda // the pixels begin: no EXIF comes after
	)
	name := []byte("Exif\x00\x00")
	for at := 2; at+4 <= len(file) && file[at] == 0xff; {
		kind, size := file[at+1], int(binary.BigEndian.Uint16(file[at+2:]))
		if kind == image || size < 2 || at+2+size > len(file) {
			return nil
		}
		body := file[at+4 : at+2+size]
		if kind == app1 && bytes.HasPrefix(body, name) {
			return body[len(name):]
		}
		at += 2 + size
	}
	return nil
}
