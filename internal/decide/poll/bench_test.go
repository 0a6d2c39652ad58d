package poll_test

import (
	"fmt"
	"testing"

	"commonweal/internal/decide/poll"
	"commonweal/internal/schema/schematest"
)

// The roll of a mutual of 20,000, made and sealed, and one voter's receipt from it.
func BenchmarkRoll(b *testing.B) {
	m := newMutual(b, schematest.SQLite(b))
	for i := range 20_000 {
		m.reg[fmt.Sprintf("p%05d", i)] = m.reg["amara"]
	}
	m.on("2026-03-02")
	var polls []string
	for i := range 2 {
		id := m.council(func(p *poll.Poll) { p.Code = fmt.Sprintf("council-%d", i); p.Contests = p.Contests[:1] })
		m.officials(id)
		m.ok(m.svc.Call(ctx, "sec", org, id))
		polls = append(polls, id)
	}
	m.on("2026-03-26")
	made := 0
	b.Run("make", func(b *testing.B) {
		for range b.N {
			if made == len(polls) {
				b.Skip("each poll has one roll: run with -benchtime 1x")
			}
			m.ok(m.svc.MakeRoll(ctx, "ret", org, polls[made]))
			made++
		}
	})
	c := m.contest(polls[0], "nursing")
	b.Run("receipt", func(b *testing.B) {
		for range b.N {
			if _, err := m.svc.OwnEntry(ctx, org, c.ID, "amara"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
