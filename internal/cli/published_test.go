package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/world"
)

// publishedRun runs commands on one database and gives their output and code.
func publishedRun(t *testing.T, dir string) func(args ...string) (out, errs string, code int) {
	t.Helper()
	w := world.Fixed(world.At(time.Date(2026, 11, 19, 9, 30, 0, 0, time.UTC)), 1)
	return func(args ...string) (string, string, int) {
		var out, errs bytes.Buffer
		code := Run(context.Background(), Environment{
			Args: args, In: strings.NewReader(""), Out: &out, Err: &errs, World: w,
			Getenv: func(name string) string {
				return map[string]string{"COMMONWEAL_DATABASE": filepath.Join(dir, "c.db"), "COMMONWEAL_KEY": filepath.Join(dir, "c.key")}[name]
			},
		})
		return out.String(), errs.String(), code
	}
}

const absenceHead = "DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,ORG_TYPE,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT\n"

// The command says for each file what was stored, hidden and rejected; a file
// that cannot be read makes the exit code 1 and does not stop the others.
func TestPublishedImport(t *testing.T) {
	dir := t.TempDir()
	run := publishedRun(t, dir)
	files := filepath.Join(dir, "files")
	if err := os.Mkdir(files, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"absence.csv": absenceHead + "30/04/2024,Y1,North,Q1,Q One,NQL,NAViGO,Trust,40,1000,4.00\n30/04/2024,Y1,North,Q1,Q One,RY1,A trust,Trust,many,1000,1\n",
		"notes.txt":   "Nothing to import.\n",
	} {
		if err := os.WriteFile(filepath.Join(files, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	broken := filepath.Join(dir, "broken")
	if err := os.Mkdir(broken, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(broken, "survey.xlsx"), []byte("PK\x03\x04 cut short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := run("organisation", "create", "severn", "--name", "Severn", "--secretary-email", "s@example.org",
		"--secretary-given", "Ann", "--secretary-family", "Example"); code != 0 {
		t.Fatal(errs)
	}
	for _, c := range []struct {
		why  string
		args []string
		code int
		out  string // regular expressions
		errs string
	}{
		{
			"a folder: what can be read goes in, the rest is named",
			[]string{"published", "import", files},
			0,
			`absence\.csv: NHS Sickness Absence Rates: 3 values, 0 hidden, 1 rejected; entry 1 of severn\n  rejected: row 3, FTE_DAYS_LOST: RY1: "many" is not a number`,
			`passed over: file notes\.txt is not a published file`,
		},
		{
			"the same file again",
			[]string{"published", "import", filepath.Join(files, "absence.csv")},
			0,
			`absence\.csv: imported already on 2026-11-19, nothing was changed`, `^$`,
		},
		{
			"a file named on purpose that cannot be read",
			[]string{"published", "import", filepath.Join(files, "notes.txt"), filepath.Join(files, "absence.csv")},
			1,
			`absence\.csv: imported already`, `file notes\.txt is not a published file`,
		},
		{"a file that is not there", []string{"published", "import", filepath.Join(files, "gone.xlsx")}, 1, `^$`, `gone\.xlsx cannot be read`},
		{"an organisation that is not there", []string{"published", "import", files, "--org", "other"}, 1, `^$`, `no organisation "other"`},
		{
			"a folder with a damaged workbook", []string{"published", "import", broken}, 1, `^$`, `passed over: file survey\.xlsx: `,
		},
		{"the list", []string{"published", "list"}, 0, `absence\.csv\t3 values\t0 hidden\t1 rejected\tin force\tsevern entry 1`, `^$`},
		{"what did not fit", []string{"published", "list", "--rejected"}, 0, `^absence\.csv: row 3, FTE_DAYS_LOST: `, `^$`},
		{"no file named", []string{"published", "import"}, 2, `^$`, `needs FILE`},
	} {
		t.Run(c.why, func(t *testing.T) {
			out, errs, code := run(c.args...)
			if code != c.code || !regexp.MustCompile(c.out).MatchString(out) || !regexp.MustCompile(c.errs).MatchString(errs) {
				t.Errorf("code %d\nout: %s\nerr: %s", code, out, errs)
			}
		})
	}
	if out, errs, code := run("fsck"); code != 0 {
		t.Errorf("fsck: %s%s", out, errs)
	}
}

// A folder with two files about one month leaves the later one in force, and the same
// folder again changes nothing: the earlier does not come back, nor does the later go in
// once more. Named by itself the earlier one does.
func TestPublishedImport_FolderAgain(t *testing.T) {
	dir := t.TempDir()
	run := publishedRun(t, dir)
	files := filepath.Join(dir, "files")
	if err := os.Mkdir(files, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, lost := range map[string]string{"a.csv": "40,1000,4", "b.csv": "50,1000,5"} {
		if err := os.WriteFile(filepath.Join(files, name), []byte(absenceHead+"30/04/2024,Y1,North,Q1,Q One,NQL,NAViGO,Trust,"+lost+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, errs, code := run("organisation", "create", "severn", "--name", "Severn", "--secretary-email", "s@example.org", "--secretary-given", "Ann", "--secretary-family", "Example"); code != 0 {
		t.Fatal(errs)
	}
	if out, errs, code := run("published", "import", files); code != 0 || !strings.Contains(out, "replaces a.csv") || !strings.Contains(out, "2 figures say something else") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	list, _, _ := run("published", "list")
	out, errs, code := run("published", "import", files)
	if code != 0 || !strings.Contains(out, "a.csv: imported on 2026-11-19 and replaced since, nothing was changed") || !strings.Contains(out, "b.csv: imported already on 2026-11-19, nothing was changed") {
		t.Errorf("%d %s%s", code, out, errs)
	}
	if again, _, _ := run("published", "list"); again != list {
		t.Errorf("the list was\n%sand is\n%s", list, again)
	}
	if out, errs, code := run("indicators", "import", "absence", filepath.Join(files, "a.csv")); code != 0 || !strings.Contains(out, "replaces b.csv") {
		t.Errorf("%d %s%s", code, out, errs)
	}
}
