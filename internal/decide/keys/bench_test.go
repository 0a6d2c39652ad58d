package keys_test

import (
	"testing"

	"commonweal/internal/schema/schematest"
)

// What a page that shows a finished key costs: the whole ceremony is verified again.
func BenchmarkInput_Made(b *testing.B) {
	for _, name := range []string{"BELENIOS-2048", "RFC-3526-2048", "Ed25519"} {
		b.Run(name+"/3 of 5", func(b *testing.B) {
			m := newScene(b, schematest.SQLite(b), name, 3, 5)
			id := m.whole(true)
			for b.Loop() {
				m.input(id, "key1")
			}
		})
	}
}
