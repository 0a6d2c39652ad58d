package group

import (
	"io"
	"math/big"
)

// Element is a member of the ambient set of one group: of Z_p^*, or of the curve.
// It is made by a [Group] only, is immutable, and may be used by several goroutines.
// An element that came from [Group.Parse] need not be in the group: ask [Group.Member].
//
// Elements of different groups must not be mixed; doing so panics.
type Element interface {
	// String is the canonical text, the one that is hashed and stored.
	String() string

	element()
}

// Term is Base raised to Exp. The exponent stands for the integer in [0, q), which
// matters only where the base is not in the subgroup of order q.
type Term struct {
	Base Element
	Exp  Scalar
}

// Group is a cyclic group of prime order q in which discrete logarithms are hard,
// with generator g. The set of groups is closed: see [ByName].
type Group interface {
	// Name is how elections and hashes name the group.
	Name() string
	// Order is q, in a fresh integer.
	Order() *big.Int
	Generator() Element
	Identity() Element

	// Parse reads the canonical text of an element of the ambient set and refuses
	// every other text. It does not decide membership: see Member.
	Parse(text string) (Element, error)
	// Member reports whether e is in the subgroup of order q.
	Member(e Element) bool
	Equal(a, b Element) bool
	// Compare orders elements by the number that their text spells: -1, 0 or 1.
	Compare(a, b Element) int

	Mul(a, b Element) Element
	Inv(a Element) Element

	// Exp is base to the power secret, in time that depends on neither.
	Exp(base Element, secret Scalar) Element
	// ExpG is the generator to the power secret, in time that does not depend on it.
	ExpG(secret Scalar) Element

	// Product is the product of the terms, in time that depends on the exponents.
	Product(terms ...Term) Element
	// Products is the product of each row, and whether each of members is a member.
	// What rows and membership tests have in common is computed once, so put what
	// concerns one base into one call. The time depends on the exponents.
	Products(rows [][]Term, members ...Element) (values []Element, member []bool)
	// Precompute returns e with a table that makes Product and Products fast for it
	// when the exponent has at most bits bits; longer ones are slower, not wrong.
	Precompute(e Element, bits int) Element

	// ParseScalar reads a canonical decimal in [0, q).
	ParseScalar(text string) (Scalar, error)
	// ScalarInt is n mod q; n may be negative.
	ScalarInt(n int64) Scalar
	// ReduceScalar is the big-endian number b mod q, in time that depends only on len(b).
	ReduceScalar(b []byte) Scalar
	// HashScalar is the SHA-256 of data as a big-endian number, mod q.
	HashScalar(data []byte) Scalar
	// RandomScalar is uniform in [0, q).
	RandomScalar(random io.Reader) (Scalar, error)

	// EncodeLimit is how many small integers one element can hold; 0 means none.
	EncodeLimit() int
	// Encode makes an element of values in [0, 255] that Decode reads back. The time
	// it takes depends on the values.
	Encode(values []int) (Element, error)
	// Decode reads n values. It reports exact false where the element holds
	// something more, which Encode of n values never makes.
	Decode(e Element, n int) (values []int, exact bool)
	// IndependentGenerator is the i-th generator whose logarithm nobody knows.
	IndependentGenerator(i int) (Element, error)
}

// ByName returns the group of that name: BELENIOS-2048, RFC-3526-2048 or Ed25519.
func ByName(name string) (Group, bool) {
	switch name {
	case belenios2048.name:
		return belenios2048, true
	case rfc3526.name:
		return rfc3526, true
	case ed25519Group.Name():
		return ed25519Group, true
	}
	return nil, false
}

// Names lists the groups.
func Names() []string {
	return []string{belenios2048.name, rfc3526.name, ed25519Group.Name()}
}
