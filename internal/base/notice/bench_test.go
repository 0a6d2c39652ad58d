package notice_test

import (
	"fmt"
	"testing"

	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/schema/schematest"
)

// BenchmarkSendAll is what it costs to tell one person something, as one of many
// who are told in the same change.
func BenchmarkSendAll(b *testing.B) {
	const many = 500
	d := newDesk(b, schematest.SQLite(b), nil)
	var list []notice.Message
	for i := range many {
		id := fmt.Sprint("person-", i)
		d.book.people[id] = notice.Person{Name: "Zoë Blackthorn", Email: id + "@fen.example"}
		list = append(list, call(id))
	}
	b.ResetTimer()
	for range b.N {
		_, err := d.Journal.Record(ctx, journal.Fact{Org: org, Kind: "test.change", Actor: "setup"}, func(tx *journal.Tx) error {
			_, err := d.SendAll(ctx, tx, list)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*many), "µs/message")
}
