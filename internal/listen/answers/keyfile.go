package answers

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"commonweal/internal/base/fault"
)

const keySize = 32

// keyFile holds the keys that open what waits, beside the database and never in it or
// in a backup of it: that a key is destroyed must mean something.
//
// Whoever changes the file has the turn of the database (see [Service.turn]), so that
// two programs do not overwrite each other's keys.
type keyFile struct {
	path string

	mu   sync.Mutex
	held ring
}

// ring is the content of the file.
type ring struct {
	Box  string            `json:"box"`  // of the database it belongs to
	Keys map[string][]byte `json:"keys"` // "WAVE/GENERATION" and "WAVE/hold"
}

// heldKey is the name of the key that a wave has until its close: for serials.
func heldKey(wave string) string { return wave + "/hold" }

// mixKey is the name of the key of all that is sealed between two mixes.
func mixKey(wave string, generation int) string { return wave + "/" + strconv.Itoa(generation) }

// keyName is the name of the key of a generation; 0 is the one that is held.
func keyName(wave string, generation int) string {
	if generation == 0 {
		return heldKey(wave)
	}
	return mixKey(wave, generation)
}

// of takes the name of a key apart; the generation is 0 for the one that is held.
func of(name string) (wave string, generation int) {
	wave, rest, _ := strings.Cut(name, "/")
	generation, _ = strconv.Atoi(rest)
	return wave, generation
}

// get finds a key. Another program may have written it since the file was read.
func (k *keyFile) get(name string) ([]byte, bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if key, ok := k.held.Keys[name]; ok {
		return key, true, nil
	}
	if err := k.load(); err != nil {
		return nil, false, err
	}
	key, ok := k.held.Keys[name]
	return key, ok, nil
}

// all reads the file and returns the names of its keys.
func (k *keyFile) all() (map[string]bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.load(); err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for name := range k.held.Keys {
		names[name] = true
	}
	return names, nil
}

func (k *keyFile) load() error {
	const attempts = 3 // an old file may be overwritten while it is read
	for range attempts {
		text, err := os.ReadFile(k.path)
		if errors.Is(err, fs.ErrNotExist) {
			k.held = ring{}
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the key file of the answers: %w", err)
		}
		var r ring
		if json.Unmarshal(text, &r) == nil {
			k.held = r
			return nil
		}
	}
	return fault.Errorf(fault.Invalid, "the key file of the answers, %s, cannot be read", k.path)
}

// bind says which database the file belongs to, and refuses one of another.
func (k *keyFile) bind(box string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.load(); err != nil {
		return err
	}
	switch k.held.Box {
	case box:
		return nil
	case "":
		return k.write(ring{Box: box, Keys: map[string][]byte{}})
	}
	return fault.Errorf(fault.Conflict, "the key file %s belongs to another answers database", k.path)
}

// ensure makes the keys that are not there yet. When it returns nil they are durable.
func (k *keyFile) ensure(fill func([]byte), names ...string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.load(); err != nil {
		return err
	}
	next := ring{Box: k.held.Box, Keys: maps.Clone(k.held.Keys)}
	made := false
	for _, name := range names {
		if _, ok := next.Keys[name]; !ok {
			key := make([]byte, keySize)
			fill(key)
			next.Keys[name] = key
			made = true
		}
	}
	if !made {
		return nil
	}
	return k.write(next)
}

// destroy takes out the keys that are not wanted any more.
func (k *keyFile) destroy(wanted func(name string) bool) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.load(); err != nil {
		return err
	}
	next := ring{Box: k.held.Box, Keys: maps.Clone(k.held.Keys)}
	maps.DeleteFunc(next.Keys, func(name string, _ []byte) bool { return !wanted(name) })
	if len(next.Keys) == len(k.held.Keys) {
		return nil
	}
	return k.write(next)
}

// write puts a new file in the place of the old one, then writes noughts over what the
// old one held. A disk that moves its blocks about may keep them all the same; what
// protects then is that the file is in no backup.
func (k *keyFile) write(r ring) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := k.replace(append(text, '\n')); err != nil {
		return fmt.Errorf("write the key file of the answers: %w", err)
	}
	k.held = r
	return nil
}

func (k *keyFile) replace(text []byte) (err error) {
	dir := filepath.Dir(k.path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	old, err := os.OpenFile(k.path, os.O_WRONLY, 0)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if old != nil {
		defer func() { err = errors.Join(err, old.Close()) }()
	}
	f, err := os.OpenFile(k.path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(k.path+".new", k.path); err != nil {
		return err
	}
	if err := syncDir(dir); err != nil || old == nil {
		return err
	}
	return zero(old)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func zero(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if _, err := f.WriteAt(make([]byte, info.Size()), 0); err != nil {
		return err
	}
	return f.Sync()
}
