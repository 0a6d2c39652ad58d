package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"commonweal/internal/base/db"
	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/world"
)

// now is the variable that says where a script's clock stands.
const now = "COMMONWEAL_TEST_NOW"

// The scripts in testdata run the program itself, a process a command, with a
// clock that stands where the script puts it. Three more commands play the parts of
// somebody with an editor: sql changes the database by hand, zipfile takes a file
// out of a bundle and zipset puts one in. The command measure defines one, as the pages do.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"commonweal": program,
		"measure":    func() { end(measureCommand(os.Args[1:])) },
		"sql":        func() { end(sqlCommand(os.Args[1:])) },
		"zipfile":    func() { end(zipFile(os.Args[1:])) },
		"zipset":     func() { end(zipSet(os.Args[1:])) },
	})
}

func TestScripts(t *testing.T) { scripts(t, "testdata") }

// The commands on databases do the same on PostgreSQL.
func TestScriptsOnPostgres(t *testing.T) {
	source := dbtest.PostgresURL(t)
	restored := dbtest.PostgresURL(t)
	testscript.Run(t, testscript.Params{
		Files: []string{"testdata/backup.txt"}, RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv(now, "2026-11-19T09:30:00Z")
			e.Setenv("DB", source)
			e.Setenv("DB2", restored)
			return nil
		},
	})
}

func scripts(t *testing.T, dir string) {
	testscript.Run(t, testscript.Params{
		Dir: dir, RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv(now, "2026-11-19T09:30:00Z")
			e.Setenv("DB", "c.db")
			e.Setenv("DB2", "again.db")
			return nil
		},
	})
}

func program() { os.Exit(Run(context.Background(), environment())) }

func environment() Environment {
	at, err := time.Parse(time.RFC3339, os.Getenv(now))
	if err != nil {
		end(err)
	}
	return Environment{
		Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv,
		World: world.New(func() time.Time { return at }, rand.Reader), Terminal: os.Getenv("TEST_TERMINAL") != "",
	}
}

func end(err error) {
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// sqlCommand is: sql DATABASE STATEMENT.
func sqlCommand(args []string) error {
	ctx := context.Background()
	d, err := db.Open(ctx, args[0])
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	return d.Write(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(ctx, args[1])
		if err == nil && n == 0 {
			return fmt.Errorf("%s changed nothing", args[1])
		}
		return err
	})
}

// zipFile is: zipfile BUNDLE NAME. It prints the file.
func zipFile(args []string) error {
	files, _, err := unzip(args[0])
	if err != nil {
		return err
	}
	text, ok := files[args[1]]
	if !ok {
		return fmt.Errorf("%s has no file %s", args[0], args[1])
	}
	_, err = os.Stdout.Write(text)
	return err
}

// zipSet is: zipset BUNDLE NAME OLD NEW. It replaces words in a file.
func zipSet(args []string) error {
	files, names, err := unzip(args[0])
	if err != nil {
		return err
	}
	text := bytes.ReplaceAll(files[args[1]], []byte(args[2]), []byte(args[3]))
	if bytes.Equal(text, files[args[1]]) {
		return fmt.Errorf("%s has no file %s with %q in it", args[0], args[1], args[2])
	}
	files[args[1]] = text
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			return err
		}
		if _, err := w.Write(files[name]); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(args[0], out.Bytes(), 0o600)
}

func unzip(path string) (map[string][]byte, []string, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = z.Close() }()
	files := map[string][]byte{}
	var names []string
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, nil, err
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return nil, nil, err
		}
		files[f.Name], names = text, append(names, f.Name)
	}
	return files, names, nil
}
