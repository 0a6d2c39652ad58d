package notice

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"commonweal/internal/base/fault"
)

// Folder writes each mail as one .eml file, named by its id: for a machine
// whose mail another program collects, for the demonstration and for tests.
// Trying again writes the same file.
type Folder struct{ path, from string }

func openFolder(rest string) (*Folder, error) {
	path, query, _ := strings.Cut(rest, "?")
	values, err := options(query, "from")
	if err != nil {
		return nil, err
	}
	if path == "" {
		return nil, fault.Errorf(fault.Invalid, "the mail setting dir: names no folder")
	}
	f := &Folder{path: path, from: "notices@localhost"}
	if from := values.Get("from"); from != "" {
		if f.from, err = ParseAddress(from); err != nil {
			return nil, fault.Errorf(fault.Invalid, "the mail setting has from=%q: %s", from, fault.Message(err))
		}
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the mail folder %s cannot be made", path)
	}
	return f, nil
}

// From is the address that mail is sent from.
func (f *Folder) From() string { return f.from }

// Deliver writes the file beside its place and then moves it there, so that
// whoever reads the folder never sees half a mail.
func (f *Folder) Deliver(_ context.Context, m Mail) error {
	if m.ID == "" || strings.ContainsAny(m.ID, "/\\.") {
		return &DeliveryError{Code: "folder", Permanent: true}
	}
	tmp, err := os.CreateTemp(f.path, ".new-*")
	if err != nil {
		return &DeliveryError{Code: "folder"}
	}
	err = m.write(tmp, f.from)
	if err == nil {
		err = tmp.Sync()
	}
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), filepath.Join(f.path, m.ID+".eml"))
	}
	if err == nil {
		err = syncFolder(f.path)
	}
	if err == nil {
		return nil
	}
	_ = os.Remove(tmp.Name())
	var own *os.PathError
	if errors.As(err, &own) {
		return &DeliveryError{Code: "folder"}
	}
	return err
}

// syncFolder makes the new name durable, before the outbox forgets the text.
func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
