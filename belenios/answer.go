package belenios

import (
	"io"

	"commonweal/belenios/group"
)

// Answer is what one ballot says to one question: [*HomomorphicAnswer] or [*RankedAnswer].
type Answer interface {
	// ciphertexts are the encrypted values, one for a ranked answer.
	ciphertexts() []Ciphertext
	append(b []byte) []byte
	// request asks the batch for membership and proofs of the i-th answer.
	request(b *batch, i int, q *Question, s0 string)
}

func (r *reader) answer(g group.Group, q *Question) Answer {
	if q.Kind == NonHomomorphic {
		return r.rankedAnswer(g)
	}
	return r.homomorphicAnswer(g, q)
}

func newAnswer(random io.Reader, e *Election, q *Question, s0 string, values []int) (Answer, error) {
	if q.Kind == NonHomomorphic {
		return newRankedAnswer(random, e, q, s0, values)
	}
	return newHomomorphicAnswer(random, e, q, s0, values)
}
