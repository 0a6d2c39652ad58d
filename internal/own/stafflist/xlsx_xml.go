package stafflist

import (
	"encoding/xml"
	"errors"
	"io"
)

// xmlPart walks one part of a workbook token by token. Raw tokens are used:
// names are compared without their name space, and no stack is kept, so that
// depth costs nothing.
type xmlPart struct {
	decoder *xml.Decoder
	meter   *meter
}

func newXMLPart(m *meter) *xmlPart {
	d := xml.NewDecoder(m)
	d.Strict = true
	// Whatever a part declares, the bytes are read as UTF-8: spreadsheets write
	// nothing else, and an unknown encoding would be an error.
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	return &xmlPart{decoder: d, meter: m}
}

// token returns the next token, io.EOF at the end, or an [Unreadable].
func (x *xmlPart) token() (xml.Token, error) {
	t, err := x.decoder.RawToken()
	x.meter.sinceToken = 0
	switch {
	case err == nil:
		return t, nil
	case errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
		return nil, io.EOF
	}
	if u, ok := errors.AsType[*Unreadable](err); ok {
		return nil, u
	}
	return nil, damaged("part "+x.meter.name, err)
}

// start returns the next start tag.
func (x *xmlPart) start() (xml.StartElement, error) {
	for {
		t, err := x.token()
		if err != nil {
			return xml.StartElement{}, err
		}
		if s, ok := t.(xml.StartElement); ok {
			return s, nil
		}
	}
}

// close lets go of the part. What is left unread does not matter.
func (x *xmlPart) close() { _ = x.meter.in.Close() }

// attribute returns the attribute by its name without name space.
func attribute(s xml.StartElement, name string) string {
	for _, a := range s.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
