// Package belenios is the protocol of Belenios, version 1: elections whose result
// anybody can check and in which nobody, the server included, can read a vote. It is
// written from the Belenios specification 2.0; "§4.12 p. 16" points into that. What the
// specification leaves open follows what belenios-tool 2.0 writes; docs/design/ballots.md
// lists those places, the bytes of every object, and what cannot be checked.
//
// The package takes values and gives values. It reads no clock and no file, and takes
// randomness as an io.Reader. Objects are immutable and may be shared by goroutines.
//
// # An election
//
// Trustees make keys ([GeneratePrivateKey], or the key ceremony around [Member]) and the
// election is under the product y of their public keys ([Trustees.PublicKey], §3.1.1
// p. 4). The registrar makes a secret s for each voter ([DeriveCredential],
// [NewCredential]) and publishes the list of g^s ([Credentials], §4.8 p. 13).
//
// A vote m is encrypted as (α, β) = (g^r, y^r g^m) for a random r (§4.11.1 p. 15). A
// [Ballot] holds such pairs, proofs that each m is 0 or 1 and that their sum is as the
// question asks, and a signature with s (§4.14 p. 19). The product of pairs encrypts the
// sum of votes, so the counts can be decrypted and no vote is ([NewEncryptedTally], §4.16
// p. 20). Answers that are not sums, such as rankings, are encrypted as (g^r, y^r ξ), ξ
// being the answer as an element (§4.11.2 p. 16). They are put in an order that says
// nothing, shuffled and encrypted anew by one trustee after another ([Shuffle], §6), and
// then each is decrypted.
//
// A trustee with the key x gives α^x for each pair, with a proof that the exponent is x
// ([PartialDecryption], §4.18 p. 22). Then β divided by the product of these is g^m, or ξ
// ([NewResult], §4.19 p. 22).
//
// # Proofs
//
// All proofs are of one kind. The prover commits to A = g^w for a random w, the challenge
// c is a hash of A and of what is to be proved, and the response is w - xc. Challenge and
// response are published; the verifier computes A = g^response X^c, for which the hash
// must be c. So a proof is that the prover knows x = log_g X. With a second base, it is
// that log_g X = log_h Y, which is that (α, β/g^m) encrypts 0. With several statements of
// which one holds, it is a proof of each with the challenges summing to the hash
// (disjunction.go). Since commitments are not published, every one must be computed to be
// hashed: proofs cannot be verified together. The proof of a shuffle publishes its
// commitments, and its equations are verified together (shuffle_proof.go).
//
// # Checking
//
// Parse functions accept one form of each object, the one that Bytes gives; only the
// election may be formatted freely, and it is kept as it came, since everything hashes
// it. They check the form and that elements are elements; membership in the subgroup of
// prime order is checked by Verify methods and, alone, by CheckMembership. An object
// should be trusted only after its Verify:
//
//	Election      CheckMembership, Trustees.CheckElection
//	Trustees      Verify
//	Credentials   CheckMembership, Check
//	Ballot        Verifier.Ballot
//	tally         made again from the ballots, and compared
//	Shuffle       Verify
//	decryptions   VerifyDecryptions; without [PartialDecryption.Bound] that proves less
//	Result        made again from the decryptions, and compared
//
// # Secrets
//
// Powers with secret exponents take constant time, and so does the choice between the
// true and the simulated alternatives of a proof. Writing a secret as text and drawing a
// permutation do not: they happen on the voter's or the trustee's own machine.
package belenios
