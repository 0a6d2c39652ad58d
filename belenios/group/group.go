package group

import (
	"io"
	"math/big"

	"commonweal/belenios/group/internal/montgomery"
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
	// Generator is g.
	Generator() Element
	// Identity is the neutral element, 1.
	Identity() Element

	// Parse reads the canonical text of an element of the ambient set and refuses
	// every other text. It does not decide membership: see Member.
	Parse(text string) (Element, error)
	// Member reports whether e is in the subgroup of order q. Every element that came
	// from elsewhere must pass before anything is concluded from it.
	Member(e Element) bool
	// Equal reports whether a and b are the same element.
	Equal(a, b Element) bool
	// Compare orders elements by the number that their text spells: -1, 0 or 1.
	Compare(a, b Element) int

	// Mul is a*b, in time that does not depend on them.
	Mul(a, b Element) Element
	// Inv is 1/a. The time it takes depends on a.
	Inv(a Element) Element

	// Exp is base to the power secret, in time that depends on neither.
	Exp(base Element, secret Scalar) Element
	// Exps is Exp of each term, in up to a third less time than as many calls.
	Exps(secrets ...Term) []Element
	// ExpG is the generator to the power secret, in time that does not depend on it.
	ExpG(secret Scalar) Element

	// Product is the product of the terms. The time it takes depends on them.
	Product(terms ...Term) Element
	// Products is the product of each row, and whether each of members is a member.
	// The time it takes depends on all of them.
	//
	// What rows and members have in common is computed once, so put what concerns the
	// same elements into one call; elements are the same if they are one value, not
	// if they are equal. The generator has a table, and so has what Precompute
	// returned. A base without one costs a squaring for each bit of the longest
	// exponent, once, and a product for every five bits or so of each exponent; the
	// squarings of a row of many bases are shared if that is cheaper. Thus the power
	// of a product of a few bases that are in the call anyway costs less as a row of
	// powers of each than as a power of their product.
	Products(rows [][]Term, members ...Element) (values []Element, member []bool)
	// Precompute returns e with a table of its powers, which makes Product and Products
	// seven to ten times faster for exponents of at most bits bits; with longer ones
	// they are right but no faster. Making the table takes as long as 10 to 30 powers.
	Precompute(e Element, bits int) Element

	// ParseScalar reads a canonical decimal in [0, q).
	ParseScalar(text string) (Scalar, error)
	// ScalarInt is n mod q; n may be negative.
	ScalarInt(n int64) Scalar
	// ReduceScalar is the big-endian number b mod q, in time that depends on len(b).
	ReduceScalar(b []byte) Scalar
	// HashScalar is the SHA-256 of data as a big-endian number, mod q.
	HashScalar(data []byte) Scalar
	// RandomScalar is uniform in [0, q). It fails only where random does.
	RandomScalar(random io.Reader) (Scalar, error)

	// EncodeLimit is how many small integers one element can hold; 0 means none.
	EncodeLimit() int
	// Encode makes a member of values in [0, 255] that Decode reads back: section
	// 4.11.2. The time it takes depends on the values: it counts up until the number
	// is a member, which takes two tries on average.
	Encode(values []int) (Element, error)
	// Decode reads n values. It reports exact false where the element holds
	// something more, which Encode of n values never makes.
	Decode(e Element, n int) (values []int, exact bool)
	// IndependentGenerator is the i-th generator whose logarithm to any other nobody
	// knows: section 6, table 8. The shuffle's secondary generator is number -1.
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

// Kernel names how this machine multiplies residues, for reports: ifma, adx or portable.
func Kernel() string { return montgomery.Kernel() }
