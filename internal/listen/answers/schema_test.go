package answers_test

import (
	"bytes"
	"log"
	"log/slog"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/db"
	"commonweal/internal/listen/answers"
)

// columns are all that the answer side stores. A column more is a decision: whoever
// adds one adds it here and says what it could tie to a person.
var columns = map[string][]string{
	"keyring": {"id", "box", "turn"},
	"wave":    {"id", "organisation", "code", "terms", "generation", "mixed_on", "closed_on", "erased_on", "papers", "counted", "serials"},
	"waiting": {"id", "wave", "generation", "mark", "sealed"},
	"held":    {"id", "wave", "sealed", "generation"},
	"answer":  {"id", "wave", "codes", "unit", "staff_group"},
	"comment": {"id", "wave", "unit", "text"},
	"spent":   {"hash", "wave"},
	"serial":  {"mark", "wave"},
	"keying":  {"id", "wave", "mark", "keyer", "sealed", "generation"},
	"stack":   {"id", "wave", "sealed"},
	"reading": {"comment", "reader", "wave", "verdict", "text", "reason"}, // reader is a hash of who read it, not of who wrote it
}

// forbidden is what no column of the answer side may be called.
var forbidden = regexp.MustCompile(`person|member|staff_id|assignment|name|mail|phone|address|agent|browser|session|cookie|actor|user|token|created|updated|_at$|time|stamp|order|position|seq|place|number|lang|channel|birth|^ip`)

// No table of the answer side has a column for a person, a time finer than a day, an
// address, an agent, a session or an order.
func TestSchema_HasNothingThatTiesAnAnswerToAPerson(t *testing.T) {
	steps, err := answers.Migrations()
	if err != nil {
		t.Fatal(err)
	}
	table := regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\);`)
	added := regexp.MustCompile(`ALTER TABLE (\w+) ADD COLUMN (\w+)`)
	got := map[string][]string{}
	for _, step := range steps {
		for _, m := range table.FindAllStringSubmatch(step.SQL, -1) {
			for line := range strings.Lines(m[2]) {
				if f := strings.Fields(line); len(f) > 1 && f[0] != "UNIQUE" && f[0] != "PRIMARY" {
					got[m[1]] = append(got[m[1]], f[0])
				}
			}
		}
		for _, m := range added.FindAllStringSubmatch(step.SQL, -1) {
			got[m[1]] = append(got[m[1]], m[2])
		}
	}
	for name, list := range got {
		if !slices.Equal(list, columns[name]) {
			t.Errorf("table %s has the columns %v, not %v", name, list, columns[name])
		}
		for _, c := range list {
			if forbidden.MatchString(c) {
				t.Errorf("table %s has a column %s", name, c)
			}
		}
	}
	if len(got) != len(columns) {
		t.Errorf("%d tables, not %d", len(got), len(columns))
	}
}

// Whatever is in a column after a wave with everything in it is random, sealed, one of
// the codes and texts of the terms, a count, or a day.
func TestValues_NothingFinerThanADay(t *testing.T) {
	each(t, func(t *testing.T, m *scene) {
		list := m.serials(3)
		for i := range 25 {
			s := m.sheet(uint8(i%5+1), 2, 0, 1)
			s.Comment = "A comment."
			m.take(s)
		}
		_, err := m.svc.Key(ctx, wave, "first", answers.Sheet{Serial: list[0], Answers: answers.Codes{1, 2, 0, 1}})
		m.ok(err)
		m.ok(m.svc.MixAll(ctx))
		m.take(m.sheet(1, 2, 0, 1))
		clock := regexp.MustCompile(`\d{1,2}:\d{2}|\d{4}-\d{2}-\d{2}T|\b1[78]\d{8,11}\b`)
		uuid7 := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7`)
		for table, names := range columns {
			for _, column := range names {
				if column == "terms" || column == "sealed" || column == "wave" || table == "wave" && column == "id" {
					continue // published to everybody; sealed; the id of the wave
				}
				m.ok(m.db.Read(ctx, func(tx *db.Tx) error {
					return tx.Each(ctx, func(rows *db.Rows) error {
						var v any
						if err := rows.Scan(&v); err != nil {
							return err
						}
						text, ok := v.(string)
						if ok && (clock.MatchString(text) || uuid7.MatchString(text)) {
							t.Errorf("%s.%s holds %q", table, column, text)
						}
						return nil
					}, `SELECT `+column+` FROM `+table)
				}))
			}
		}
	})
}

// The answer side says nothing to any log, and its code cannot reach what knows people.
func TestPackage_LogsNothingAndKnowsNobody(t *testing.T) {
	var out bytes.Buffer
	log.SetOutput(&out)
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer func() { log.SetOutput(os.Stderr); slog.SetDefault(before) }()
	m := newScene(t, t.TempDir()+"/a.db")
	for range 12 {
		m.take(m.sheet(3, 2, 0, 1))
	}
	if _, err := m.svc.Take(ctx, wave, answers.Sheet{Token: "x"}); err == nil {
		t.Error("taken")
	}
	m.closing()
	if out.Len() > 0 {
		t.Errorf("logged: %s", &out)
	}

	text, err := exec.Command("go", "list", "-deps", "commonweal/internal/listen/answers").Output()
	if err != nil {
		t.Skipf("the go command is not here: %v", err)
	}
	may := []string{
		"commonweal/internal/base/db", "commonweal/internal/base/world", "commonweal/internal/base/fault", "commonweal/internal/listen/answers",
		"commonweal/law", "commonweal/survey/instrument", "commonweal/survey/token",
	}
	for path := range strings.FieldsSeq(string(text)) {
		if strings.HasPrefix(path, "commonweal/") && !slices.Contains(may, path) {
			t.Errorf("the answer side is built with %s", path)
		}
	}
	sources, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range sources {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		text, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, no := range []string{`"log"`, `"log/slog"`, `"net/http"`, `.ID()`, `.Stamp()`} {
			if bytes.Contains(text, []byte(no)) {
				t.Errorf("%s uses %s: a log, a request, an id or stamp that holds the time", f.Name(), no)
			}
		}
	}
}
