// Package keys is where the keyholders of a poll make its key together, and where
// it is recorded that they destroyed it. The server is their post office: it
// passes public messages on and checks every one. It never sees a secret.
//
// A setup is one ceremony, from [Service.Begin] until its last message makes the key.
// Each keyholder sends three messages, as in commonweal/belenios: a cert, when all
// certs are there a polynomial, when all polynomials are there a voutput. Each is
// verified as far as anybody but the recipient of a sealed part can, and kept; none is
// ever replaced. Everything that a keyholder needs for the next message follows from
// those kept and the keyholder's seed ([Service.Input]), so one may go on from any
// device, and the finished key is made from them again whenever it is asked for.
//
// # What protects the key
//
// The messages do not say for which setup they are. What ties them to one is that the
// keys in the certs are new: a keyholder's program draws a seed for each setup, this
// package refuses a cert with a key that was seen before, and [Service.Audit] looks for
// one. A polynomial is signed with such a key and its parts are sealed to such keys, so
// in another setup it does not verify, whoever brings it.
//
// A server that changes a message is found by the keyholder whose it was: each program
// refuses to go on where the certs, the polynomials or the finished key have not what it
// sent. A server that shows different keyholders different keys is found by comparing
// [Setup.Words] by telephone or in a room, each from the screen of their own device. As
// many people compare as the key has parts, and each has checked that theirs is among
// them: else a server could be a keyholder itself. How many parts there are and how many
// open votes stands in what the words are of.
//
// Whoever sends the last polynomial can try many and so choose some bits of the public
// key. That is known of this ceremony (Gennaro, Jarecki, Krawczyk, Rabin, "Secure
// Distributed Key Generation for Discrete-Log Based Cryptosystems") and does not help to
// learn the secret: a key made to cancel out what the others sent would need shares for
// them that its maker cannot compute.
//
// That a keyholder sealed a wrong value to another only the other can tell: their
// program names the sender, they give the setup up with that reason, and it is begun
// again.
package keys
