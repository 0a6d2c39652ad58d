// Package wave keeps the register side of surveys: what is asked, of whom, when, and
// who has fetched the one-time pass to answer. It never sees an answer.
//
// # What is stored and what follows
//
// Nothing stores "open". What is stored are dated facts: that a wave was called, that
// the answer side has its terms, that the last pass was counted, what was released.
// [Facts.At] works out from these and the time where a wave stands.
//
// # What is frozen
//
// With the call everything that bears on an answer is fixed and hashed in the notice:
// the instrument with its scoring, the census with units and staff groups, the days, the
// smallest group that is shown, and the public key of the wave. The notice is in the
// record, and answers are given under its hash.
//
// # One pass each, and nobody's answer
//
// Whoever was employed on the census day may draw one token. It is signed blind
// (survey/token): the register sees who draws and never which token it signed. What is
// drawn waits sealed and goes to the record once a day, in an order that says nothing.
// The hashes of spent tokens come back in shuffled batches of ten or more. So anybody
// can check that spent <= issued <= eligible, and nobody can say whose answer is whose.
//
// Package policy says who may ask for a thing at all; methods add what depends on the
// wave. Answers are kept elsewhere, by a package that this one does not know.
package wave
