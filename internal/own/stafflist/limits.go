package stafflist

import "fmt"

// Limits bound what a file may make the reader do. A zero field takes the default.
type Limits struct {
	Bytes    int64 // of the file as given; 64 MiB
	Rows     int   // below the headings; 250,000
	Columns  int   // 400
	Cell     int   // bytes in one cell; 32,768, which is what a spreadsheet allows
	Unpacked int64 // of all parts of a workbook that are read; 1 GiB
	Ratio    int64 // unpacked to packed size of one part of a workbook; 100
}

func (l Limits) withDefaults() Limits {
	if l.Bytes == 0 {
		l.Bytes = 64 << 20
	}
	if l.Rows == 0 {
		l.Rows = 250_000
	}
	if l.Columns == 0 {
		l.Columns = 400
	}
	if l.Cell == 0 {
		l.Cell = 32_768
	}
	if l.Unpacked == 0 {
		l.Unpacked = 1 << 30
	}
	if l.Ratio == 0 {
		l.Ratio = 100
	}
	return l
}

// Unreadable is why a file as a whole cannot be read. Plain is for the page: what
// is wrong and what to do. Neither text holds a value from a sensitive column.
type Unreadable struct {
	Plain  string
	Detail string
	Err    error
}

func (u *Unreadable) Error() string {
	if u.Err != nil {
		return "staff list: " + u.Detail + ": " + u.Err.Error()
	}
	return "staff list: " + u.Detail
}

func (u *Unreadable) Unwrap() error { return u.Err }

// unreadable makes the error from the text for the page and a detail.
func unreadable(plain, detail string, args ...any) *Unreadable {
	return &Unreadable{Plain: plain, Detail: fmt.Sprintf(detail, args...)}
}

// megabytes writes a size for people.
func megabytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%s kB", grouped(int((n+1023)>>10)))
	}
	return fmt.Sprintf("%s MB", grouped(int((n+1<<19)>>20)))
}
