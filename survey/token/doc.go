// Package token makes and checks the one-time passes of a survey: whoever may
// answer gets one signature under the key of the wave, and nobody, not even
// whoever signed, can tell which pass came of which signature.
//
// # The protocol
//
// RSABSSA-SHA384-PSS-Randomized of RFC 9474. The member's device makes a random
// message bound to the wave, blinds it ([PublicKey.Blind]) and sends it, signed
// in, to the register. The register signs once for each member ([Key.Sign]).
// The device takes the blinding off ([Blinded.Finish]) and has a [Token], which
// anybody with the public key can check ([PublicKey.Verify]) and which nobody
// can make without the private key.
//
// # What is bound to what
//
// The signed message holds the wave, so that a token of one wave is no token of
// another even under the same key. A device asks for the key whose SHA-256 is in
// the notice of the wave ([ParsePublic]) and refuses any other: a key of one's
// own for each member would tell them apart.
//
// # Invariants
//
//   - One signature gives one token: the text form is canonical, a signature
//     has one message, and the spent hash covers both.
//   - Whatever is not a token is refused with one of the errors of this package
//     before any arithmetic is done on it, and no input makes it panic.
//
// # Timing
//
// Whoever may draw chooses the number that the register raises to its private
// exponent, and can measure how long that takes. So signing does not use the
// library below, whose arithmetic is that of math/big, but arithmetic of
// constant time, and it checks the result, so that a fault of the machine does
// not give the key away. The device's half and the check are the library's:
// they have no secret that somebody else could time.
//
// The package is pure: chance comes in as an io.Reader, and there is no clock.
package token
