package archive

// For the tests outside the package.
var (
	Create   = create
	OpenFile = open
)

// Addition is an event for [AppendTo].
func Addition(t EventType, data ...[]byte) addition { return addition{kind: t, data: data} }

// AppendTo adds events to a file.
func AppendTo(f *File, list ...addition) error {
	_, err := f.append(list...)
	return err
}
