package box_test

import (
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/schema/schematest"
)

// A voter is told the tracker of their own ballot that counts, and nobody else's.
func TestOwnTracker(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: 3, revote: archive.LastCounts})
		m.open()
		m.cast(2, 0, 1, 0)
		m.cast(1, 0, 1, 0)
		last := m.cast(1, 0, 0, 1)
		for person, want := range map[string]string{"p1": last, "p3": ""} {
			got, err := m.svc.OwnTracker(ctx, org, council, person)
			m.ok(err)
			if got != want {
				t.Errorf("the tracker of %s is %q, want %q", person, got, want)
			}
		}
		e, err := m.svc.Enrolment(ctx, org, council)
		m.ok(err)
		if e.Open || e.Group != "Ed25519" || e.UUID == "" {
			t.Errorf("once the list is published nobody enrols: %+v", e)
		}
		election, _, _, err := m.svc.Setup(ctx, org, council)
		m.ok(err)
		whole, err := belenios.ParseElection(election)
		m.ok(err)
		if h, text, err := m.svc.Fingerprint(ctx, org, council); err != nil || text != whole.Fingerprint() || h != whole.Hash() {
			t.Errorf("the fingerprint is %s, want %s: %v", text, whole.Fingerprint(), err)
		}
	})
}
