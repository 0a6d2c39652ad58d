package register

import (
	"fmt"
	"io"
	"strconv"
)

// WriteLedger writes the entries of the share ledger that count by the end of the
// register's day as a table of data, in the order they were made. Members are
// named by their numbers. It is for those who keep the register: a view has no
// ledger, and writes the headings alone. Equal ledgers give equal bytes.
func (r Register) WriteLedger(w io.Writer) error {
	out := newSheet(w)
	out.row("Entry", "Kind", "Effective", "Entered", "Class", "Shares", "From member", "To member", "Into class", "Into shares", "Paid (£)", "Undoes entry", "Reason")
	if r.ledger == nil {
		return out.close()
	}
	l := r.ledger
	who := func(id string) string {
		if n := r.numbers[id]; n > 0 {
			return strconv.Itoa(n)
		}
		return id
	}
	class := func(id string) string {
		if c, ok := l.Class(id); ok {
			return c.Code
		}
		return id
	}
	for _, e := range l.Entries() {
		if e.Effective.After(r.Day) {
			continue
		}
		undoes := ""
		if original, ok := l.Entry(e.Reverses); ok {
			undoes = strconv.Itoa(original.Number)
		}
		out.row(strconv.Itoa(e.Number), string(e.Kind), e.Effective.String(), e.Entered, class(e.Class), count(e.Quantity), who(e.From), who(e.To),
			class(e.ToClass), count(e.ToQuantity), fmt.Sprintf("%d.%02d", e.PaidPence/100, e.PaidPence%100), undoes, e.Reason)
	}
	return out.close()
}

func count(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
