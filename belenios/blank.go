package belenios

import (
	"crypto/subtle"
	"io"
)

// Where a question admits blank votes, choice 0 encrypts m₀, 1 for a blank vote, and mΣ
// is the sum of the others. Two proofs tie them together; §4.13 p. 17-19:
//
//	blank proof      m₀ = 0 or mΣ = 0
//	overall proof    m₀ = 1 or mΣ in [min..max]

func (a *HomomorphicAnswer) proveBlank(random io.Reader, e *Election, q *Question, s string, parts []encrypted) error {
	g := e.Group()
	first, rest := parts[0], sum(g, parts[1:])
	blank := first.value
	var err error
	a.Blank, err = proveOneOf(random, e, commitmentHash(g, "bproof0|"+s), []opening{
		first.alternative(g, 0, 1-blank),
		rest.alternative(g, 0, blank),
	})
	if err != nil {
		return err
	}
	claims := []opening{first.alternative(g, 1, blank)}
	for m := q.Min; m <= q.Max; m++ {
		// With min = 0 a blank vote meets two alternatives; only the first is proved.
		real := subtle.ConstantTimeEq(int32(rest.value), int32(m)) & (1 - blank)
		claims = append(claims, rest.alternative(g, m, real))
	}
	a.Overall, err = proveOneOf(random, e, commitmentHash(g, "bproof1|"+s), claims)
	return err
}

func (a *HomomorphicAnswer) requestBlank(b *batch, at place, q *Question, s string) {
	g := b.verifier.election.Group()
	first, rest := a.Choices[0], product(g, a.Choices[1:])
	b.oneOf(at.of("blank proof"), commitmentHash(g, "bproof0|"+s), []statement{{first, 0}, {rest, 0}}, a.Blank)
	claims := append([]statement{{first, 1}}, rest.interval(q.Min, q.Max)...)
	b.oneOf(at.of("overall proof"), commitmentHash(g, "bproof1|"+s), claims, a.Overall)
}
