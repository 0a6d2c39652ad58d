package staff_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/internal/own/stafflist/invent"
	"commonweal/internal/schema"
	"commonweal/internal/schema/schematest"
)

// victimEnv makes the test binary import one list and end: the process that is killed.
const victimEnv = "COMMONWEAL_TEST_IMPORT_VICTIM"

func TestMain(m *testing.M) {
	if source := os.Getenv(victimEnv); source != "" {
		if err := victim(source, os.Args[1], os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// victim says when it begins to import, so that it is killed while it does.
func victim(source, employer, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	j, err := openReal(source)
	if err != nil {
		return err
	}
	fmt.Println("begin")
	_, err = staff.New(j, staff.Options{}).Import(ctx, secretary, crashList(employer, text), staff.Confirmed)
	if err != nil {
		return err
	}
	fmt.Println("done")
	return j.DB().Close()
}

// openReal opens the database as the program does, with real chance: two processes
// must not make the same ids.
func openReal(source string) (*journal.Journal, error) {
	keys, err := journal.NewKeys(make([]byte, 32))
	if err != nil {
		return nil, err
	}
	return schema.Open(ctx, source, world.New(func() time.Time { return schematest.Start }, rand.Reader), keys)
}

func crashList(employer string, text []byte) staff.List {
	return staff.List{Org: wye, Employer: employer, File: bytes.NewReader(text), Size: int64(len(text)), Name: "staff.csv", Profile: "esr"}
}

// Killed at any moment of an import, the database opens, its record and tables
// agree, all of the import is there or nothing, and the same import again
// completes.
func TestImport_KilledAtAnyMoment(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		killed(t, filepath.Join(t.TempDir(), "crash.db"), 50)
	})
	t.Run("postgres", func(t *testing.T) {
		killed(t, dbtest.PostgresURL(t), 10)
	})
}

func killed(t *testing.T, source string, times int) {
	if testing.Short() {
		times = min(times, 5)
	}
	const people = 300
	day := date(t, "2026-11-19")
	var text bytes.Buffer
	rows := invent.Generate(11, people, day)
	must(t, invent.WriteCSV(&text, rows, invent.ESR()))
	path := filepath.Join(t.TempDir(), "staff.csv")
	must(t, os.WriteFile(path, text.Bytes(), 0o600))

	// How long an import takes that nobody stops.
	took := strike(t, source, "employer-whole", path, time.Hour)
	r := mathrand.New(mathrand.NewPCG(1, 2))
	moments := make([]time.Duration, times)
	for i := range moments { // at random, but everywhere
		moments[i] = time.Duration((float64(i) + r.Float64()) / float64(times) * 1.1 * float64(took))
	}
	r.Shuffle(times, func(i, j int) { moments[i], moments[j] = moments[j], moments[i] })

	nothing, all := 0, 0
	employer := "employer-0"
	for i, moment := range moments {
		strike(t, source, employer, path, moment)
		there := inspect(t, source, employer, rows)
		if there {
			all++
			employer = fmt.Sprintf("employer-%d", i+1)
		} else {
			nothing++
		}
	}
	t.Logf("an import took %s; of %d killed, %d had done nothing and %d everything", took, times, nothing, all)
	if nothing == 0 {
		t.Error("no import was stopped before its end: the test shows nothing")
	}
	strike(t, source, employer, path, time.Hour)
	if !inspect(t, source, employer, rows) {
		t.Error("the import that was killed does not complete")
	}
}

// strike starts an import in a process of its own and kills it after the wait,
// unless it has ended. It returns how long the import went on.
func strike(t *testing.T, source, employer, path string, wait time.Duration) time.Duration {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], employer, path)
	cmd.Env = append(os.Environ(), victimEnv+"="+source)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); line != "begin\n" {
		t.Fatalf("the import did not begin: %q, %v: %s", line, err, &complaint)
	}
	began := time.Now()
	ended := make(chan string, 1)
	go func() { // ends with the process
		rest, _ := io.ReadAll(lines)
		ended <- string(rest)
	}()
	select {
	case rest := <-ended:
		if rest != "done\n" {
			t.Fatalf("the import failed: %s", &complaint)
		}
	case <-time.After(wait):
		must(t, cmd.Process.Kill())
		<-ended
	}
	took := time.Since(began)
	_ = cmd.Wait() // killed is what it shall be
	return took
}

// inspect opens the database after a crash, checks it, and reports whether the
// employer's list is there. Half of it is a failure.
func inspect(t *testing.T, source, employer string, rows []stafflist.Row) bool {
	t.Helper()
	j, err := openReal(source)
	must(t, err)
	defer func() { must(t, j.DB().Close()) }()
	schematest.Verify(t, j)
	s := staff.New(j, staff.Options{})
	imports, err := s.Imports(ctx, wye, employer, 10)
	must(t, err)
	var got []string
	must(t, s.EachOn(ctx, staff.Filter{Org: wye, Employer: employer, Day: date(t, "2026-11-19")}, func(e staff.Entry) error {
		got = append(got, line(e.EmployeeNumber, e.Main.StaffGroup, e.Main.Role, e.Main.Site, e.Main.FTE))
		return nil
	}))
	if len(imports) == 0 && len(got) == 0 {
		return false
	}
	slices.Sort(got)
	if len(imports) != 1 || !slices.Equal(got, employedIn(rows, date(t, "2026-11-19"))) {
		t.Fatalf("half an import is there: %d receipts, %d people", len(imports), len(got))
	}
	return true
}
