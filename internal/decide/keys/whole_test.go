package keys_test

import (
	"crypto/rand"
	"fmt"
	"slices"
	"testing"

	"commonweal/belenios"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/keys"
	"commonweal/internal/schema/schematest"
)

// A whole key in each group, two of three and three of five: the poll is told once, with
// the last message; the trustees verify; each has the number in which they were named;
// and any keyholders who suffice, and no fewer, open what was encrypted for it.
func TestWhole(t *testing.T) {
	for _, one := range []struct {
		group              string
		threshold, holders int
	}{
		{"BELENIOS-2048", 2, 3}, {"RFC-3526-2048", 3, 5}, {"Ed25519", 3, 5},
	} {
		t.Run(fmt.Sprintf("%s/%d of %d", one.group, one.threshold, one.holders), func(t *testing.T) {
			each := schematest.Each
			if one.group != "Ed25519" { // the arithmetic is slow and knows no database
				each = func(t *testing.T, fn func(*testing.T, *schematest.Base)) {
					b := schematest.SQLite(t)
					fn(t, b)
					schematest.Verify(t, b.Journal)
				}
			}
			each(t, func(t *testing.T, b *schematest.Base) {
				m := newScene(t, b, one.group, one.threshold, one.holders)
				id := m.begin(false)
				m.until(id, keys.Voutput)
				if len(m.polls.told) != 0 {
					t.Fatalf("told %q before there is a key", m.polls.told)
				}
				m.until(id, keys.Check)
				if !slices.Equal(m.polls.told, []string{"made " + one.group}) {
					t.Fatalf("the poll was told %q", m.polls.told)
				}
				s := m.setup(id)
				if s.State() != keys.Made || len(s.Words()) != 16 || s.Hash == "" {
					t.Fatalf("the setup is %+v", s)
				}
				m.opensWith(one.threshold)
				m.audit()
			})
		})
	}
}

// opensWith encrypts one vote for the key and has so many keyholders open it.
func (m *scene) opensWith(threshold int) {
	m.t.Helper()
	trustees, err := m.svc.Trustees(ctx, org, council)
	m.ok(err)
	m.ok(trustees.Verify())
	e, err := belenios.NewElection(belenios.ElectionParams{
		UUID: "Harb2NrSt1ffC9unc1L3", Name: "Council", Group: m.group, PublicKey: trustees.PublicKey(),
		Questions: []belenios.Question{{Title: "Agreed?", Answers: []string{"Yes", "No"}, Max: 1}},
	})
	m.ok(err)
	m.ok(trustees.CheckElection(e))
	x, err := m.group.RandomScalar(rand.Reader)
	m.ok(err)
	voter, err := belenios.NewCredential(m.group, x)
	m.ok(err)
	list, err := belenios.NewCredentials(m.group, []belenios.PublicCredential{{Key: voter.Public(), Weight: 1}})
	m.ok(err)
	ballot, err := belenios.NewBallot(rand.Reader, e, voter, [][]int{{0, 1}})
	m.ok(err)
	tally, _, err := belenios.NewEncryptedTally(e, list, []*belenios.Ballot{ballot})
	m.ok(err)
	var parts []belenios.OwnedDecryption
	for i, person := range m.holders()[:threshold] {
		n, err := m.svc.Number(ctx, org, council, person)
		m.ok(err)
		if want := len(m.holders()) - i; n != want {
			m.t.Errorf("%s is number %d, named as number %d", person, n, want)
		}
		part, err := m.svc.Part(ctx, org, council, person)
		m.ok(err)
		if part.Number != n || part.Trustees != string(trustees.Bytes()) || !slices.Equal(part.Words, keys.Words(trustees.Bytes())) {
			m.t.Errorf("the part of %s is not of the key", person)
		}
		key, err := m.device(part.Setup, person).PrivateKey(part.Sealed)
		m.ok(err)
		d, err := belenios.NewPartialDecryption(rand.Reader, e, tally, key)
		m.ok(err)
		parts = append(parts, belenios.OwnedDecryption{Owner: n, Decryption: d})
	}
	m.ok(belenios.VerifyDecryptions(e, trustees, tally, parts))
	r, err := belenios.NewResult(e, trustees, tally, parts, 1)
	m.ok(err)
	if !slices.Equal(r.Counts(0), []int64{0, 1}) {
		m.t.Errorf("opened to %v", r.Counts(0))
	}
	if _, err := belenios.NewResult(e, trustees, tally, parts[1:], 1); err == nil {
		m.t.Error("one fewer than the threshold opened it")
	}
}

// A rehearsal is the same and tells the poll nothing; in it enough keyholders open
// something, each from their seed alone. It is not the key of the poll, which can be made
// after it, with other seeds.
func TestRehearsal(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, "Ed25519", 2, 3)
		try := m.whole(true)
		_, err := m.svc.Trustees(ctx, org, council)
		m.refused(err, fault.Conflict, "not made yet")
		m.sends(try, "key3")
		if m.setup(try).Opens() {
			t.Error("one of two opens")
		}
		m.sends(try, "key1")
		if s := m.setup(try); !s.Opens() || len(s.Waiting()) != 1 {
			t.Errorf("two of three have opened it: %+v", s)
		}
		if len(m.polls.told) != 0 {
			t.Errorf("the poll was told %q", m.polls.told)
		}
		m.refused(m.svc.GiveUp(ctx, officer, org, try, "Why not."), fault.Conflict, "rehearsal")
		real := m.whole(false)
		m.sends(real, "key2")
		if now, err := m.svc.Current(ctx, org, council); err != nil || now.ID != real {
			t.Errorf("current is %s, %v", now.ID, err)
		}
		m.audit()
	})
}

// What everybody may read: which setup a poll is at, and every message in it.
func TestReads(t *testing.T) {
	m := newScene(t, schematest.SQLite(t), "Ed25519", 2, 3)
	_, err := m.svc.Current(ctx, org, council)
	m.refused(err, fault.NotFound, "not begun")
	id := m.begin(false)
	m.sends(id, "key2")
	if s := m.current(); s.ID != id || s.Due("key2") != keys.NoStep || s.Due("key1") != keys.Cert || s.Due("stranger") != keys.NoStep {
		t.Errorf("the setup is %+v", s)
	}
	m.ok(m.svc.GiveUp(ctx, officer, org, id, "Gone."))
	if s := m.current(); s.ID != id || s.State() != keys.GivenUp {
		t.Errorf("the setup is %+v", s)
	}
	list, err := m.svc.Messages(ctx, org, id)
	m.ok(err)
	if len(list) != 1 || list[0].Number != 2 || list[0].Person != "key2" || list[0].Step != keys.Cert || list[0].Body != m.input(id, "key2").Sent[keys.Cert] {
		t.Errorf("the messages are %+v", list)
	}
	_, err = m.svc.Messages(ctx, org, "x")
	m.refused(err, fault.NotFound, "no setup")
	_, err = m.svc.Messages(ctx, "other", id)
	m.refused(err, fault.NotFound, "no setup")
	_, err = m.svc.Part(ctx, org, council, "key1")
	m.refused(err, fault.Conflict, "not made yet")
}

// A seed of the rehearsal opens nothing of the key.
func TestRehearsal_SeedIsOfNoUse(t *testing.T) {
	m := newScene(t, schematest.SQLite(t), "Ed25519", 2, 3)
	try, real := m.whole(true), m.whole(false)
	if _, err := m.device(try, "key1").PrivateKey(m.input(real, "key1").Key.Sealed); err == nil {
		t.Error("the seed of the rehearsal opened a part of the key")
	}
}
