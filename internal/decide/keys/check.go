package keys

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"commonweal/belenios"
	"commonweal/internal/base/fault"
)

// Challenge is what a keyholder opens to see that their saved seed works: an election of
// its own in which one vote of 1 was cast, and its tally
//
//	α = g^r    β = y^r g    r = HashScalar("commonweal/check|" + fingerprint of the election)
//
// Everybody can compute r. So the keyholder's factor α^x is X^r, X being their public
// key: anybody could have computed it, and giving it gives nothing away. What nobody
// else can make is the proof, which is of knowledge of x and says nothing more of it.
// It is of the election with that fingerprint, so it is of no use in another.
//
// A keyholder's program computes α and β itself and refuses any other, whoever gave the
// election: a server that put a voter's ciphertext there would have it opened. It also
// refuses an election whose field "commonweal" is not {"check": SETUP}.
type Challenge struct {
	Election *belenios.Election
	Tally    *belenios.EncryptedTally
}

// challenge makes that of a finished key.
func (s Setup) challenge(t *belenios.Trustees) (Challenge, error) {
	g, err := s.group()
	if err != nil {
		return Challenge{}, err
	}
	own, err := s.checks()
	if err != nil {
		return Challenge{}, err
	}
	e, err := belenios.NewElection(belenios.ElectionParams{
		UUID: checkUUID(s.ID), Name: "Check of a key", Description: "Nobody votes in this. A keyholder opens it to see that their part of the key works.",
		Group: g, PublicKey: t.PublicKey(),
		Questions: []belenios.Question{{Title: "Does the key open this?", Answers: []string{"It does"}, Min: 0, Max: 1}},
		Extra:     []belenios.Field{{Name: ownField, Raw: own}},
	})
	if err != nil {
		return Challenge{}, fmt.Errorf("check of setup %s: %w", s.ID, err)
	}
	return s.ReadChallenge(e)
}

// ownField is the field of an election that is ours.
const ownField = "commonweal"

// checks is what it says in the election of a check.
func (s Setup) checks() ([]byte, error) {
	return json.Marshal(struct {
		Check string `json:"check"`
	}{s.ID})
}

// ReadChallenge makes the ciphertext of a challenge for an election that somebody else
// gave, as a keyholder's program does. It refuses an election that is not the check of
// the setup.
func (s Setup) ReadChallenge(e *belenios.Election) (Challenge, error) {
	own, err := s.checks()
	if err != nil {
		return Challenge{}, err
	}
	if says, _ := e.Extra(ownField); !bytes.Equal(says, own) {
		return Challenge{}, fault.Errorf(fault.Invalid, "the election %s is not the check of setup %s", e.UUID(), s.ID)
	}
	if err := e.CheckMembership(); err != nil {
		return Challenge{}, fault.Wrap(fault.Invalid, err, "the election %s is not the check of setup %s", e.UUID(), s.ID)
	}
	g, y := e.Group(), e.PublicKey()
	r := g.HashScalar([]byte("commonweal/check|" + e.Fingerprint()))
	text := fmt.Sprintf(`[[{"alpha":"%s","beta":"%s"}]]`, g.ExpG(r), g.Mul(g.Exp(y, r), g.Generator()))
	tally, err := belenios.ParseEncryptedTally(e, []byte(text))
	return Challenge{e, tally}, err
}

// checkUUID is base 58, in which there is no 0.
func checkUUID(setup string) string {
	return strings.ReplaceAll(belenios.HashOf([]byte("commonweal/check|" + setup)).String()[:32], "0", "g")
}

// verifyCheck checks what a keyholder made of the challenge. Once enough have, it is
// opened.
func (c ceremony) verifyCheck(m Message) error {
	t, _, err := c.made()
	if err != nil {
		return err
	}
	is, err := c.challenge(t)
	if err != nil {
		return err
	}
	if _, err := c.opening(is, t, m); err != nil {
		return c.refuse(Check, m.Number, err)
	}
	all := c.with(m)
	var parts []belenios.OwnedDecryption
	for _, one := range all.kept {
		if one.Step != Check {
			continue
		}
		d, err := belenios.ParsePartialDecryption(is.Election, []byte(one.Body))
		if err != nil {
			return err
		}
		parts = append(parts, belenios.OwnedDecryption{Owner: one.Number, Decryption: d})
	}
	if len(parts) < c.Threshold {
		return nil
	}
	return opens(is, t, parts)
}

// opening verifies one keyholder's part.
func (c ceremony) opening(is Challenge, t *belenios.Trustees, m Message) (*belenios.PartialDecryption, error) {
	d, err := belenios.ParsePartialDecryption(is.Election, []byte(m.Body))
	if err != nil {
		return nil, err
	}
	key, ok := t.Key(m.Number)
	switch {
	case !ok:
		return nil, fmt.Errorf("the key has no part %d", m.Number)
	case !d.Bound():
		return nil, fmt.Errorf("partial decryption: it has no binding proof")
	}
	return d, d.Verify(is.Election, is.Tally, key)
}

// opens checks that the parts together open the challenge.
func opens(is Challenge, t *belenios.Trustees, parts []belenios.OwnedDecryption) error {
	r, err := belenios.NewResult(is.Election, t, is.Tally, parts, 1)
	if err != nil {
		return err
	}
	if n := r.Counts(0); len(n) != 1 || n[0] != 1 {
		return fault.Errorf(fault.Internal, "a check of a key opened to %v, not to 1", n)
	}
	return nil
}
