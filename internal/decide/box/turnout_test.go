package box_test

import (
	"testing"
	"time"

	"commonweal/belenios/archive"
	"commonweal/internal/decide/box"
	"commonweal/internal/schema/schematest"
)

// What was said of an hour stays true: whoever votes later, or votes again, does not
// change it; paper counts as the web does.
func TestReceived(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: 4, revote: archive.LastCounts})
		m.open()
		first := m.polls.contest.Opens.Truncate(time.Hour)
		m.cast(1, 0, 1, 0)
		_, err := m.receive(2, box.Paper, false)
		m.ok(err)
		m.Clock.Set(first.Add(3 * time.Hour))
		m.cast(1, 0, 0, 1)
		m.cast(3, 0, 1, 0)
		for _, tc := range []struct {
			name string
			at   time.Time
			want int
		}{
			{"before anybody voted", first, 0},
			{"an hour later", first.Add(time.Hour), 2},
			{"the hour in which the third votes is not over", first.Add(3*time.Hour + 59*time.Minute), 2},
			{"after it", first.Add(4 * time.Hour), 3},
			{"all", time.Time{}, 3},
		} {
			got, err := m.svc.Received(ctx, org, council, tc.at)
			if err != nil || got != tc.want {
				t.Errorf("%s: %d, %v; want %d", tc.name, got, err, tc.want)
			}
		}
	})
}
