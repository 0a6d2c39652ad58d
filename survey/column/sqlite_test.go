package column_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"commonweal/survey/column"

	_ "modernc.org/sqlite"
)

// SQLite gets the whole of a few organisations, and its time is multiplied by the
// respondents it did not get. Rows and cells are then fewer by the same, so that a
// statement that looks at each row once and gives each cell once would take as much
// longer; what does not fit the caches any more would take longer still.
const (
	share = 9
	peer  = "peer=sqlite_on_9_of_263_organisations_scaled"
)

// inSQLite is one row for each respondent of the first organisations, in the order
// that its statements ask for, and how many there are.
func inSQLite(tb testing.TB, respondents, organisations int) (*sql.DB, int) {
	db, err := sql.Open("sqlite", filepath.Join(tb.TempDir(), "answers.db"))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	var columns strings.Builder
	for q := range benchQuestions {
		fmt.Fprintf(&columns, "q%d INTEGER NOT NULL, ", q+1)
	}
	for _, statement := range []string{
		"PRAGMA cache_size = -200000",
		"CREATE TABLE answer (organisation INTEGER NOT NULL, occupation INTEGER NOT NULL, n INTEGER NOT NULL, " +
			columns.String() + "PRIMARY KEY (organisation, occupation, n)) WITHOUT ROWID",
	} {
		_, err = db.Exec(statement)
		if err != nil {
			tb.Fatal(err)
		}
	}
	tx, err := db.Begin()
	if err != nil {
		tb.Fatal(err)
	}
	insert, err := tx.Prepare("INSERT INTO answer VALUES (?, ?, ?" + strings.Repeat(", ?", benchQuestions) + ")")
	if err != nil {
		tb.Fatal(err)
	}
	n := 0
	values := make([]any, 3+benchQuestions)
	invent(respondents, func(answers []uint8, members []uint32) {
		if int(members[0]) >= organisations {
			return
		}
		n++
		values[0], values[1], values[2] = int64(members[0]), int64(members[1]), n
		for q, code := range answers {
			values[3+q] = int64(code)
		}
		_, err := insert.Exec(values...)
		if err != nil {
			tb.Fatal(err)
		}
	})
	err = tx.Commit()
	if err != nil {
		tb.Fatal(err)
	}
	return db, n
}

// statement counts every option of every question, in one pass over the rows. Of the
// ways there are it is the fastest: a GROUP BY for each question sorts a hundred
// times. Those who did not answer are what is left of the whole.
func statement(by []string) string {
	var text strings.Builder
	fmt.Fprintf(&text, "SELECT %s, count(*)", strings.Join(by, ", "))
	for q := range benchQuestions {
		for code := 1; code <= benchOptions; code++ {
			fmt.Fprintf(&text, ", sum(q%d = %d)", q+1, code)
		}
	}
	fmt.Fprintf(&text, " FROM answer GROUP BY %s", strings.Join(by, ", "))
	return text.String()
}

// ask calls f for every cell that has somebody.
func ask(tb testing.TB, db *sql.DB, by []string, f func(members []int, counts []int64)) {
	rows, err := db.Query(statement(by))
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	members := make([]int, len(by))
	counts := make([]int64, 1+benchQuestions*benchOptions)
	var into []any
	for i := range members {
		into = append(into, &members[i])
	}
	for i := range counts {
		into = append(into, &counts[i])
	}
	for rows.Next() {
		err = rows.Scan(into...)
		if err != nil {
			tb.Fatal(err)
		}
		f(members, counts)
	}
	if rows.Err() != nil {
		tb.Fatal(rows.Err())
	}
}

func benchSQLite(b *testing.B, by ...string) {
	db, n := inSQLite(b, benchRespondents, share)
	for b.Loop() {
		ask(b, db, by, func([]int, []int64) {})
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)*benchRespondents/float64(n), "ns/op")
}

// A program that we did not write counts the same, from the same answers.
func TestCount_EqualsSQLite(t *testing.T) {
	const respondents = 3000
	db, _ := inSQLite(t, respondents, benchOrganisations)
	table := inventedTable(t, respondents)
	for _, by := range [][]string{{"organisation"}, {"occupation"}, {"organisation", "occupation"}, {"occupation", "organisation"}} {
		var c column.Counts
		err := table.Count(&c, by...)
		if err != nil {
			t.Fatal(err)
		}
		seen := int64(0)
		ask(t, db, by, func(members []int, counts []int64) {
			seen += counts[0]
			cell := c.Cell(members...)
			for q := range benchQuestions {
				none := counts[0]
				got := c.Of(q, cell)
				for code := 1; code <= benchOptions; code++ {
					want := counts[1+q*benchOptions+code-1]
					none -= want
					if int64(got[code]) != want {
						t.Fatalf("by %v, %v, question %d, code %d: %d, not %d", by, members, q, code, got[code], want)
					}
				}
				if int64(got[0]) != none {
					t.Fatalf("by %v, %v, question %d: %d without an answer, not %d", by, members, q, got[0], none)
				}
			}
		})
		if seen != respondents {
			t.Fatalf("by %v: SQLite saw %d respondents", by, seen)
		}
	}
}
