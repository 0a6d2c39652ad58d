package box_test

import (
	"crypto/rand"
	"slices"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
	"commonweal/internal/schema/schematest"
)

// What keyholders are given to open is what the verified archive holds, at every step
// of a ranked contest, with the last mix in its place.
func TestOpening_IsThatOfTheArchive(t *testing.T) {
	b := schematest.SQLite(t)
	m := newScene(t, b, plan{group: "RFC-3526-2048", questions: rankIt, voters: 3, revote: archive.FirstCounts})
	_, err := m.svc.Opening(ctx, org, council)
	m.refused(err, fault.NotFound, "")
	m.open()
	m.cast(1, 1, 2, 3)
	m.cast(2, 3, 2, 1)
	_, err = m.svc.Opening(ctx, org, council)
	m.refused(err, fault.Conflict, "not closed yet")
	m.closing()
	m.ok(m.svc.Close(ctx, "returning", org, council))

	compare := func(mixed, opened []int, ready bool) {
		t.Helper()
		_, state, _ := m.file(archive.Unfinished)
		got, err := m.svc.Opening(ctx, org, council)
		m.ok(err)
		election, tally, err := m.svc.Tally(ctx, org, council)
		if err != nil || string(tally) != string(state.Tally().Bytes()) || string(election) != string(m.election.Bytes()) {
			t.Errorf("the tally is not that of the verified archive, %v", err)
		}
		if !slices.Equal(got.Mixed, mixed) || !slices.Equal(got.Opened, opened) || got.Ready() != ready || !got.Ranked || got.Ballots != 2 || got.Votes != 2 {
			t.Errorf("mixed %v, opened %v, ready %t, %d ballots of %d votes", got.Mixed, got.Opened, got.Ready(), got.Ballots, got.Votes)
		}
	}
	compare(nil, nil, false)
	var mixed []int
	for _, owner := range []int{2, 1} {
		_, state, _ := m.file(archive.Unfinished)
		s, err := belenios.NewShuffle(rand.Reader, m.election, state.Tally().NonHomomorphic())
		m.ok(err)
		m.ok(m.svc.AddShuffle(ctx, "k", org, council, owner, s.Bytes()))
		mixed = append(mixed, owner)
		compare(mixed, nil, false)
	}
	m.ok(m.svc.EndShuffles(ctx, "returning", org, council))
	compare(mixed, nil, true)
	for i, k := range m.keys {
		_, text, err := m.svc.Tally(ctx, org, council)
		m.ok(err)
		tally, err := belenios.ParseEncryptedTally(m.election, text)
		m.ok(err)
		d, err := belenios.NewPartialDecryption(rand.Reader, m.election, tally, k)
		m.ok(err)
		m.ok(m.svc.AddDecryption(ctx, "k", org, council, i+1, d.Bytes()))
	}
	compare(mixed, []int{1, 2}, true)
	_, err = m.svc.Result(ctx, "returning", org, council)
	m.ok(err)
	got, err := m.svc.Opening(ctx, org, council)
	m.ok(err)
	if !got.Finished || got.Ready() {
		t.Errorf("after the result: %+v", got)
	}
	schematest.Verify(t, b.Journal)
}
