package cli

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/schema"
)

const (
	root   = "../.."
	manual = root + "/docs/manual/"
)

// also are commands that have no page of their own because they are another
// command under a second name.
var also = map[string]string{"record verify": "verify"}

func pageOf(name string) string {
	if same, ok := also[name]; ok {
		name = same
	}
	return strings.ReplaceAll(name, " ", "-") + ".md"
}

func document(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func flagsOf(c command) *flag.FlagSet {
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	c.prepare(flags)
	return flags
}

var tableRow = regexp.MustCompile("(?m)^\\| `--([a-z-]+)[^|]*\\|[^\\n]*$")

// Every command has a page in the manual. The page's synopsis is the program's
// own usage line, and its table of flags has the flags that the command takes,
// each with its default, and no other.
func TestManual_PageOfEveryCommand(t *testing.T) {
	index := document(t, manual+"index.md")
	for _, c := range commands() {
		t.Run(c.name, func(t *testing.T) {
			page := document(t, manual+pageOf(c.name))
			flags := flagsOf(c)
			var help bytes.Buffer
			usage(&help, c, flags)
			line, _, _ := strings.Cut(strings.TrimPrefix(help.String(), "Usage: "), "\n")
			if !strings.Contains(page, "\n    "+line+"\n") {
				t.Errorf("the page has no synopsis %q", line)
			}
			if !strings.Contains(index, "]("+pageOf(c.name)+")") {
				t.Error("the index does not lead to the page")
			}
			rows := map[string]string{}
			for _, m := range tableRow.FindAllStringSubmatch(page, -1) {
				rows[m[1]] = m[0]
				if flags.Lookup(m[1]) == nil {
					t.Errorf("the page has a flag --%s that the command does not take", m[1])
				}
			}
			flags.VisitAll(func(f *flag.Flag) {
				row, ok := rows[f.Name]
				switch {
				case !ok:
					t.Errorf("the page says nothing about --%s", f.Name)
				case f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" && !strings.Contains(row, f.DefValue):
					t.Errorf("the page does not say that --%s is %s unless given", f.Name, f.DefValue)
				}
			})
			for name, variable := range map[string]string{"database": "COMMONWEAL_DATABASE", "key": "COMMONWEAL_KEY"} {
				if f := flags.Lookup(name); f != nil && strings.Contains(f.Usage, variable) && !strings.Contains(rows[name], variable) {
					t.Errorf("the page does not say that %s stands for --%s", variable, name)
				}
			}
			if !strings.Contains(page, "## Exit code") {
				t.Error("the page does not say what the exit codes mean")
			}
		})
	}
}

// written are the documents that show how to run the program.
func written(t *testing.T) []string {
	t.Helper()
	out := []string{root + "/README.md"}
	err := filepath.WalkDir(root+"/docs", func(path string, _ fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".md") {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var (
	plainWord = regexp.MustCompile(`^[a-z]+$`)
	flagWord  = regexp.MustCompile(`(?:^|[\s"(])--([a-z][a-z-]*)`)
)

// A command that is shown in a document is one that the program has, with flags
// that it takes: whoever copies it is not told that it is wrong.
func TestManual_CommandsShownExist(t *testing.T) {
	list := commands()
	shown := 0
	for _, path := range written(t) {
		for n, line := range strings.Split(document(t, path), "\n") {
			_, call, ok := strings.Cut(line, "commonweal ")
			if !ok || !strings.HasPrefix(line, "    ") {
				continue
			}
			words := strings.Fields(call)
			for len(words) > 0 && words[0] == "commonweal" { // after the name of the user that runs it
				words = words[1:]
			}
			if len(words) == 0 || !plainWord.MatchString(words[0]) {
				continue
			}
			c, _, found := find(list, words)
			if !found {
				if words[0] != "help" {
					t.Errorf("%s:%d: there is no command %q", path, n+1, words[0])
				}
				continue
			}
			shown++
			flags := flagsOf(c)
			for _, m := range flagWord.FindAllStringSubmatch(call, -1) {
				if flags.Lookup(m[1]) == nil && m[1] != "help" {
					t.Errorf("%s:%d: %s takes no --%s", path, n+1, c.name, m[1])
				}
			}
		}
	}
	if shown < len(list) {
		t.Errorf("only %d commands are shown in all documents", shown)
	}
}

var (
	testName = regexp.MustCompile("`((?:Test|Fuzz|Benchmark)[A-Z][A-Za-z0-9_]*)`")
	testFunc = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)[A-Za-z0-9_]+)\(`)
	mdLink   = regexp.MustCompile(`\]\(([^)#\s]+\.(?:md|svg))[^)]*\)`)
)

// A test that a document gives as evidence is there.
func TestDocs_NameTestsThatExist(t *testing.T) {
	there := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{"node_modules", ".git", "var", "bin"}, d.Name()) {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, "_test.go") {
			for _, m := range testFunc.FindAllStringSubmatch(document(t, path), -1) {
				there[m[1]] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, path := range written(t) {
		for _, m := range testName.FindAllStringSubmatch(document(t, path), -1) {
			named++
			if !there[m[1]] {
				t.Errorf("%s names %s, and there is no such test", path, m[1])
			}
		}
	}
	if named < 50 {
		t.Errorf("only %d tests are named in the documents", named)
	}
}

// A link from one document to another leads somewhere.
func TestDocs_LinksLeadSomewhere(t *testing.T) {
	for _, path := range written(t) {
		for _, m := range mdLink.FindAllStringSubmatch(document(t, path), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), m[1])); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", path, m[1])
			}
		}
	}
}

var tableLine = regexp.MustCompile(`(?m)^ {4}([a-z_]+)\*  (.*)$`)

// The design notes have every governed table with its columns, and no other.
func TestDocs_TablesAreThoseDeclared(t *testing.T) {
	said := map[string]string{}
	inBrackets := regexp.MustCompile(`\s*\([^)]*\)`)
	notes := document(t, root+"/docs/design/ground.md") + document(t, root+"/docs/design/poll.md") + document(t, root+"/docs/design/listen.md") + document(t, root+"/docs/design/prove.md")
	for _, m := range tableLine.FindAllStringSubmatch(notes, -1) {
		columns := strings.Split(inBrackets.ReplaceAllString(m[2], ""), ", ")
		slices.Sort(columns)
		said[m[1]] = strings.Join(columns, ", ")
	}
	for _, table := range schema.Governed() {
		var columns []string
		for _, c := range table.Columns {
			columns = append(columns, c.Name)
		}
		slices.Sort(columns)
		if want := strings.Join(columns, ", "); said[table.Name] != want {
			t.Errorf("the note has %s with %q and it has %q", table.Name, said[table.Name], want)
		}
		delete(said, table.Name)
	}
	for name := range said {
		t.Errorf("the note has a governed table %s, and there is none", name)
	}
}
