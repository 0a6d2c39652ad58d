package box_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"slices"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/box"
	"commonweal/internal/schema/schematest"
)

// part is a part of the archive from a place on, checked for its length.
func (m *scene) part(part box.Part, from int64) ([]byte, box.Head) {
	m.t.Helper()
	h, err := m.svc.HeadOf(ctx, org, council, part)
	m.ok(err)
	var out bytes.Buffer
	m.ok(m.svc.ArchiveOf(ctx, org, council, h, from, &out))
	if int64(out.Len()) != h.Size-from {
		m.t.Errorf("%d bytes from %d on, and the head says %d", out.Len(), from, h.Size)
	}
	return out.Bytes(), h
}

func (m *scene) heads(part box.Part) []box.Head {
	m.t.Helper()
	list, err := m.svc.Heads(ctx, org, council, part)
	m.ok(err)
	return list
}

// The sealed part of a ranked archive is a valid archive that ends before the first
// decryption, so that nobody learns a ranking from it; the signed heads go on to the
// last decryption, and bind what is not shown.
func TestSealed_Ranked(t *testing.T) {
	b := schematest.SQLite(t)
	m := newScene(t, b, plan{group: "RFC-3526-2048", questions: rankIt, voters: 2, revote: archive.FirstCounts})
	m.open()
	m.cast(1, 1, 2, 3)
	m.cast(2, 3, 2, 1)
	all, voting := m.part(box.Whole, 0)
	if same, h := m.part(box.Sealed, 0); h.Head != voting.Head || !bytes.Equal(same, all) {
		t.Error("while votes come in the sealed part is not all there is")
	}
	m.closing()
	m.ok(m.svc.Close(ctx, "returning", org, council))
	_, state, _ := m.file(archive.Unfinished)
	s, err := belenios.NewShuffle(rand.Reader, m.election, state.Tally().NonHomomorphic())
	m.ok(err)
	m.ok(m.svc.AddShuffle(ctx, "k", org, council, 1, s.Bytes()))
	m.ok(m.svc.EndShuffles(ctx, "returning", org, council))
	_, mixed := m.part(box.Whole, 0)
	if _, h := m.part(box.Sealed, 0); h.Head != mixed.Head {
		t.Error("mixes are not in the sealed part")
	}
	_, state, _ = m.file(archive.Unfinished)
	for i, k := range m.keys {
		d, err := belenios.NewPartialDecryption(rand.Reader, m.election, state.Tally(), k)
		m.ok(err)
		m.ok(m.svc.AddDecryption(ctx, "k", org, council, i+1, d.Bytes()))
		if _, h := m.part(box.Sealed, 0); h.Head != mixed.Head {
			t.Errorf("decryption %d is in the sealed part", i+1)
		}
	}
	_, err = m.svc.Result(ctx, "returning", org, council)
	m.ok(err)

	text, h := m.part(box.Sealed, 0)
	whole, _, _ := m.file(archive.Verified)
	if h.Head != mixed.Head || !bytes.HasPrefix(whole, text) || len(whole) == len(text) {
		t.Errorf("the sealed part ends at %s, want %s", h.Head, mixed.Head)
	}
	report, err := archive.Verify(ctx, bytes.NewReader(text), int64(len(text)), archive.Options{Kept: []archive.Head{mixed.Head}})
	m.ok(err)
	if report.Verdict != archive.Unfinished || report.Stage != archive.Decrypting || len(report.Questions) > 0 {
		t.Errorf("%s", report.Text())
	}
	rest, _ := m.part(box.Sealed, voting.Size)
	if !bytes.Equal(append(append([]byte{}, all...), rest...), text) {
		t.Error("what comes after what a mirror has does not continue it")
	}
	done, err := m.svc.Done(ctx, org, council)
	m.ok(err)
	var steps []string
	for _, d := range done {
		steps = append(steps, fmt.Sprintf("%s %d", d.Type, d.Owner))
		if len(d.Hour) != 13 {
			t.Errorf("hour %q", d.Hour)
		}
	}
	if want := []string{"EncryptedTally 0", "Shuffle 1", "EndShuffles 0", "PartialDecryption 1", "PartialDecryption 2", "Result 0"}; !slices.Equal(steps, want) {
		t.Errorf("done: %q", steps)
	}
	shown, every := m.heads(box.Sealed), m.heads(box.Whole)
	if len(every) != len(shown)+1 || every[len(every)-1].Stage != "finished" {
		t.Errorf("%d of %d heads are shown", len(shown), len(every))
	}
	if last := shown[len(shown)-1]; last.Height != h.Height+2 || last.Note == "" {
		t.Errorf("the last head that is shown is %s, of the second decryption at %d", last.Head, h.Height+2)
	}
	m.refused(m.svc.ArchiveOf(ctx, org, council, h, h.Size+1, &bytes.Buffer{}), fault.Invalid, "is asked for from byte")
}

// Sums are public as a whole: of them the sealed part ends before the decryptions too,
// but nobody is kept from the rest. Before the box is set up there is nothing.
func TestSealed_Homomorphic(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: 3, revote: archive.LastCounts})
		_, err := m.svc.HeadOf(ctx, org, council, box.Sealed)
		m.refused(err, fault.NotFound, "no ballot box")
		_, err = m.svc.Heads(ctx, org, council, box.Whole)
		m.refused(err, fault.NotFound, "no ballot box")
		m.open()
		m.cast(1, 0, 1, 0)
		if n := len(m.heads(box.Whole)); n != 2 {
			t.Errorf("%d heads after the setup and a ballot", n)
		}
		m.closing()
		m.ok(m.svc.Close(ctx, "returning", org, council))
		_, state, _ := m.file(archive.Unfinished)
		_, closed := m.part(box.Whole, 0)
		d, err := belenios.NewPartialDecryption(rand.Reader, m.election, state.Tally(), m.keys[0])
		m.ok(err)
		m.ok(m.svc.AddDecryption(ctx, "k", org, council, 1, d.Bytes()))
		if _, h := m.part(box.Sealed, 0); h.Head != closed.Head {
			t.Errorf("sealed at %s, want %s", h.Head, closed.Head)
		}
	})
}
