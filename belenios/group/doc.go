// Package group is the arithmetic of the three groups that Belenios elections use. In
// each, q is a prime, g generates a subgroup of order q, and finding logarithms in that
// subgroup is believed to be infeasible.
//
//   - BELENIOS-2048: the integers modulo a prime p of 2048 bits under multiplication,
//     with a q of 256 bits. Belenios specification 2.0, section 5.1.
//   - RFC-3526-2048: the same with the p of RFC 3526, section 3, which is a safe prime:
//     q = (p-1)/2, and g = 2. Belenios specification, section 5.2. Its elements can hold
//     small integers ([Group.Encode]).
//   - Ed25519: the points of the curve of RFC 8032, section 5.1. Known to Belenios from
//     version 2.1 on.
//
// The tests prove the parameters, and derive the p of RFC 3526 from the digits of pi.
//
// # Elements and membership
//
// [Group.Parse] accepts one text for each element of the ambient set, all nonzero
// residues or all points of the curve, and refuses every other text. The ambient set is
// larger than the group: the order of Z_p^* is (p-1), that of the curve 8q. Proofs say
// nothing about elements outside the group. A ciphertext multiplied by an element of
// order 2 can pass its proof in one of two tries, and changes what is counted. So
// whoever takes an element from elsewhere must ask [Group.Member] before relying on
// anything about it; [Group.Products] answers that together with the powers that a
// proof needs of the same element, for less.
//
// In RFC-3526-2048 membership is decided by the Jacobi symbol (e/p). That is sound only
// because p = 2q+1 is a safe prime: the subgroup of order q is then that of the squares,
// and since p is prime the symbol is 1 for squares and -1 for all others. In the other
// two groups an element is raised to q, with formulas that are right for every element
// of the ambient set, and must give 1.
//
// It is never decided for several elements at once by a product of random powers of
// them. In BELENIOS-2048 (p-1)/q is 2*3 times a number of 1790 bits, so a part of order 2
// or 3 would pass in one of two or one of three tries; on the curve the same holds for
// the parts whose order divides 8.
//
// The neutral element is a member. Whether a key may be 1 is for the protocol to say.
//
// # Secrets
//
// [Group.Exp], [Group.Exps], [Group.ExpG], [Group.Mul] and the arithmetic of [Scalar] take time that
// does not depend on the numbers, and read memory at places that do not depend on them:
// they are for private keys, nonces, votes and permutations. Everything else is faster
// and for public numbers only: Product, Products, Precompute, Member, Inv, Compare,
// Encode, Decode, [Scalar.Inverse], and what turns numbers into text or back. Instead
// of Inv of something secret, use Exp with the negated exponent.
//
// # Speed
//
// Products of residues are written in assembly for amd64, in two ways that are chosen
// by what the machine has ([Kernel]), and in Go for all others; the tests hold each
// against the others and against math/big. Powers share squarings and tables: see
// [Group.Products] and [Group.Precompute].
package group
