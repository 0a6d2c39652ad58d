package belenios

import (
	"fmt"

	"commonweal/belenios/group"
)

// Verifier checks the ballots of one election. It holds tables of powers of the
// generator and the public key, so it pays to keep it. It may be used by several
// goroutines.
type Verifier struct {
	election    *Election
	credentials *Credentials

	generator, inverse, key group.Element // with tables; inverse is 1/g
}

// NewVerifier checks that the list suits the election and makes the tables. Membership
// of the public key and of the credentials must have been checked with their
// CheckMembership.
func NewVerifier(e *Election, c *Credentials) (*Verifier, error) {
	if err := c.Check(e); err != nil {
		return nil, err
	}
	g := e.Group()
	bits := g.Order().BitLen()
	return &Verifier{
		election: e, credentials: c,
		generator: g.Precompute(g.Generator(), bits),
		// 1/g is raised to a challenge times at most the number of answers.
		inverse: g.Precompute(g.Inv(g.Generator()), min(bits, challengeBits+10)),
		key:     g.Precompute(e.PublicKey(), bits),
	}, nil
}

// challengeBits is the length of a challenge: a SHA-256, reduced.
const challengeBits = 256

// Ballot checks one ballot: that it is for this election, that its credential is in the
// list, membership of every element, every proof, the hash and the signature. It does
// not know what other ballots there are.
func (v *Verifier) Ballot(b *Ballot) error {
	if err := v.ballot(b); err != nil {
		return fmt.Errorf("ballot %s: %w", b.Tracker(), err)
	}
	return nil
}

func (v *Verifier) ballot(b *Ballot) error {
	e := v.election
	if b.uuid != e.UUID() {
		return fmt.Errorf("uuid is %s, the election's is %s", b.uuid, e.UUID())
	}
	if b.shape != e.Fingerprint() {
		return fmt.Errorf("read for the election with the fingerprint %s, not %s", b.shape, e.Fingerprint())
	}
	if b.election != e.Fingerprint() {
		return fmt.Errorf("made for the election with the fingerprint %s, not %s", b.election, e.Fingerprint())
	}
	if _, ok := v.credentials.Find(b.credential); !ok {
		return fmt.Errorf("credential %s is not in the list", excerpt(b.credential.String()))
	}
	if hash := b.hashed(); b.signature.Hash != hash {
		return fmt.Errorf("signature is of the hash %s, the ballot's is %s", b.signature.Hash, hash)
	}
	questions := e.Questions()
	work := &batch{verifier: v}
	s0 := b.prefix()
	for i, a := range b.answers {
		a.request(work, i, &questions[i], s0)
	}
	work.knows(place{what: "signature"}, b.credential, b.signature.Proof, signatureHash(b.group, b.signature.Hash))
	return work.run()
}

// Ballots checks many ballots on all processors. The error is that of the first ballot
// that fails.
func (v *Verifier) Ballots(ballots []*Ballot) error {
	return parallel(len(ballots), func(i int) error {
		if err := v.Ballot(ballots[i]); err != nil {
			return fmt.Errorf("%d of %d: %w", i+1, len(ballots), err)
		}
		return nil
	})
}
