package belenios

import (
	"bytes"
	"fmt"
	"io"

	"commonweal/belenios/group"
)

// Ballot is an encrypted and signed vote; §4.15 p. 20. It keeps the bytes that it was
// read from.
type Ballot struct {
	uuid       string
	election   string // fingerprint
	credential group.Element
	answers    []Answer
	signature  Signature
	group      group.Group
	shape      string // fingerprint of the election that it was read for
	raw        []byte
}

const maxBallot = 8 << 20

// NewBallot encrypts values, a list for each question, proves that they are as the
// questions ask, and signs. A homomorphic question takes 0 or 1 for each answer, after
// a first number that is 1 for a blank vote where blank votes are admitted; a
// non-homomorphic one takes a number from 0 to 255 for each answer.
//
// The time it takes does not depend on homomorphic answers, unless they are refused.
func NewBallot(random io.Reader, e *Election, c *Credential, values [][]int) (*Ballot, error) {
	questions := e.Questions()
	if len(values) != len(questions) {
		return nil, fmt.Errorf("ballot: %d answers, not %d", len(values), len(questions))
	}
	if c.group.Name() != e.Group().Name() {
		return nil, fmt.Errorf("ballot: the credential is of the group %s, the election of %s", c.group.Name(), e.Group().Name())
	}
	b := &Ballot{uuid: e.UUID(), election: e.Fingerprint(), credential: c.public, group: e.Group(), shape: e.Fingerprint()}
	s0 := b.prefix()
	for i := range questions {
		a, err := newAnswer(random, e, &questions[i], s0, values[i])
		if err != nil {
			return nil, fmt.Errorf("ballot: answer %d: %w", i+1, err)
		}
		b.answers = append(b.answers, a)
	}
	w, err := b.group.RandomScalar(random)
	if err != nil {
		return nil, fmt.Errorf("ballot: %w", err)
	}
	hash := Fingerprint(append(b.unsigned(), '}'))
	b.signature = Signature{hash, schnorr(b.group, c.secret, w, signatureHash(b.group, hash))}
	b.raw = append(appendSignature(append(b.unsigned(), `,"signature":`...), b.signature), '}')
	return b, nil
}

// ParseBallot reads a ballot for the election: the answers must have the shape that the
// questions ask. Whether uuid, fingerprint, credential and proofs are right is for
// [Verifier.Ballot] to say.
func ParseBallot(e *Election, raw []byte) (*Ballot, error) {
	b := &Ballot{group: e.Group(), shape: e.Fingerprint(), raw: bytes.Clone(raw)}
	r := newReader("ballot", raw, maxBallot)
	r.lit(`{"election_uuid":`)
	b.uuid = r.plain("uuid", maxUUID, isBase58)
	r.lit(`,"election_hash":`)
	b.election = r.plain("hash of the election", fingerprintLen, isBase64)
	r.lit(`,"credential":`)
	b.credential = r.element(b.group)
	r.lit(`,"answers":[`)
	questions := e.Questions()
	for i := range questions {
		if i > 0 {
			r.lit(",")
		}
		b.answers = append(b.answers, r.answer(b.group, &questions[i]))
	}
	r.lit(`],"signature":`)
	b.signature = r.signature(b.group)
	r.lit(`}`)
	if err := r.end(); err != nil {
		return nil, err
	}
	return b, nil
}

// unsigned is the ballot up to its answers, without the closing brace.
func (b *Ballot) unsigned() []byte {
	out := []byte(`{"election_uuid":"` + b.uuid + `","election_hash":"` + b.election + `","credential":`)
	out = append(appendElement(out, b.credential), `,"answers":`...)
	return appendList(out, b.answers, func(out []byte, a Answer) []byte { return a.append(out) })
}

// prefix is S0, which ties every proof of the ballot to election and voter; §4.11 p. 15.
func (b *Ballot) prefix() string { return b.election + "|" + b.credential.String() }

// hashed is what the signature signs: the fingerprint of the ballot without its last
// field. The form is canonical, so it can be cut from the bytes.
func (b *Ballot) hashed() string {
	at := bytes.LastIndex(b.raw, []byte(`,"signature":{`))
	return Fingerprint(append(bytes.Clone(b.raw[:at]), '}'))
}

// Bytes is the text of the ballot. It must not be changed.
func (b *Ballot) Bytes() []byte { return b.raw }

// Hash is the hash by which the Ballot event refers to the ballot.
func (b *Ballot) Hash() Hash { return HashOf(b.raw) }

// Tracker is the fingerprint by which the voter finds the ballot; §4.15 p. 20.
func (b *Ballot) Tracker() string { return Fingerprint(b.raw) }

// Credential is the key that signed.
func (b *Ballot) Credential() group.Element { return b.credential }

// Answers are in the order of the questions. They must not be changed.
func (b *Ballot) Answers() []Answer { return b.answers }

// CheckMembership checks that every element of the ballot is a member of the group.
// [Verifier.Ballot] does so too, at less cost.
func (b *Ballot) CheckMembership() error {
	where := "ballot " + b.Tracker()
	if err := key(b.group, b.credential, "%s: credential", where); err != nil {
		return err
	}
	for i, a := range b.answers {
		for j, c := range a.ciphertexts() {
			if err := c.members(b.group, "%s: answer %d: choice %d", where, i+1, j+1); err != nil {
				return err
			}
		}
	}
	return nil
}
