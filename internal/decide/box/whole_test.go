package box_test

import (
	"bytes"
	"crypto/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/box"
	"commonweal/internal/schema/schematest"
)

// A staff ballot from the setup to the result; each step is refused before its turn
// and when it does not hold.
func TestWhole_Homomorphic(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, plan{group: "BELENIOS-2048", questions: yesNo, voters: 7, revote: archive.LastCounts})
		_, err := m.svc.Head(ctx, org, council)
		m.refused(err, fault.NotFound, "no ballot box")
		m.open()
		for v := 1; v <= 6; v++ {
			m.cast(v, 0, v%2, 1-v%2)
		}
		m.cast(2, 1, 0, 0) // again, blank
		m.refused(m.svc.Close(ctx, "returning", org, council), fault.Conflict, "not closed yet")
		m.closing()
		m.refused(m.svc.AddDecryption(ctx, "k1", org, council, 1, []byte("{}")), fault.Conflict, "may not come here")
		m.ok(m.svc.Close(ctx, "returning", org, council))
		m.refused(m.svc.Close(ctx, "returning", org, council), fault.Conflict, "may not come here")
		_, state, _ := m.file(archive.Unfinished)
		_, err = m.svc.Result(ctx, "returning", org, council)
		m.refused(err, fault.Conflict, "may not come here")
		for i, k := range m.keys {
			d, err := belenios.NewPartialDecryption(rand.Reader, m.election, state.Tally(), k)
			m.ok(err)
			// Not before everything else is settled: parts are public.
			m.polls.waits = fault.Errorf(fault.Conflict, "papers are not reckoned up")
			m.refused(m.svc.AddDecryption(ctx, "k", org, council, i+1, d.Bytes()), fault.Conflict, "papers are not reckoned up")
			m.polls.waits = nil
			m.refused(m.svc.AddDecryption(ctx, "k", org, council, 2-i, d.Bytes()), fault.Conflict, "")
			m.ok(m.svc.AddDecryption(ctx, "k", org, council, i+1, d.Bytes()))
			if i == 0 {
				_, err = m.svc.Result(ctx, "returning", org, council)
				m.refused(err, fault.Conflict, "does not hold")
			}
		}
		result, err := m.svc.Result(ctx, "returning", org, council)
		m.ok(err)
		if want := []int64{1, 3, 2}; !slices.Equal(result[0].Counts, want) {
			t.Errorf("counted %v, want %v", result[0].Counts, want)
		}
		text, _, report := m.file(archive.Verified)
		if report.Ballots.Cast != 7 || report.Ballots.Counted != 6 {
			t.Errorf("%+v", report.Ballots)
		}
		m.toolAccepts(text)
		m.noteHolds()
	})
}

// The same with rankings, which are shuffled before they are opened.
func TestWhole_Ranked(t *testing.T) {
	b := schematest.SQLite(t)
	m := newScene(t, b, plan{group: "RFC-3526-2048", questions: rankIt, voters: 4, revote: archive.FirstCounts})
	m.open()
	for v := 1; v <= 3; v++ {
		m.cast(v, 1, 2, 3)
	}
	m.closing()
	m.ok(m.svc.Close(ctx, "returning", org, council))
	m.refused(m.svc.EndShuffles(ctx, "returning", org, council), fault.Conflict, "before any shuffle")
	for owner := 1; owner <= 2; owner++ {
		_, state, _ := m.file(archive.Unfinished)
		s, err := belenios.NewShuffle(rand.Reader, m.election, state.Tally().NonHomomorphic())
		m.ok(err)
		m.ok(m.svc.AddShuffle(ctx, "k", org, council, owner, s.Bytes()))
		m.refused(m.svc.AddShuffle(ctx, "k", org, council, 3-owner, s.Bytes()), fault.Conflict, "")
	}
	m.ok(m.svc.EndShuffles(ctx, "returning", org, council))
	_, state, _ := m.file(archive.Unfinished)
	for i, k := range m.keys {
		d, err := belenios.NewPartialDecryption(rand.Reader, m.election, state.Tally(), k)
		m.ok(err)
		m.ok(m.svc.AddDecryption(ctx, "k", org, council, i+1, d.Bytes()))
	}
	result, err := m.svc.Result(ctx, "returning", org, council)
	m.ok(err)
	if len(result[0].Rankings) != 3 || !slices.Equal(result[0].Rankings[0], []int{1, 2, 3}) {
		t.Errorf("%v", result[0].Rankings)
	}
	text, _, _ := m.file(archive.Verified)
	m.toolAccepts(text)
	schematest.Verify(t, b.Journal)
}

// toolAccepts gives the archive to the program of those who wrote the protocol.
func (m *scene) toolAccepts(text []byte) {
	m.t.Helper()
	if _, err := exec.LookPath("belenios-tool"); err != nil {
		if os.Getenv("CI") == "true" {
			m.t.Fatal("belenios-tool is missing; scripts/install-test-tools installs it")
		}
		m.t.Log("belenios-tool is not installed; scripts/install-test-tools installs it")
		return
	}
	dir := m.t.TempDir()
	m.ok(os.WriteFile(filepath.Join(dir, uuid+".bel"), text, 0o600))
	cmd := exec.Command("belenios-tool", "election", "verify")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "all checks passed") {
		m.t.Errorf("belenios-tool refuses the archive: %v\n%s", err, out)
	}
}

// noteHolds checks the signature of the head.
func (m *scene) noteHolds() {
	m.t.Helper()
	h, err := m.svc.Head(ctx, org, council)
	m.ok(err)
	text, err := m.svc.VerifierKey(org, uuid)
	m.ok(err)
	key, err := note.NewVerifier(text)
	m.ok(err)
	height, root, err := journal.OpenCheckpoint(h.Note, box.Board(org, uuid), key)
	if err != nil || height != int64(h.Height) || !bytes.Equal(root[:], h.Hash[:]) {
		m.t.Errorf("height %d, hash %x, %v; the head is %s", height, root[:], err, h.Head)
	}
}
