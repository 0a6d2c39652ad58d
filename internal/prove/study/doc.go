// Package study keeps questions that were written down before their data were looked at.
//
// A [Spec] says what is asked: outcome, window, pool and how it was chosen, method,
// subgroups, when to stop. Registered, its SHA-256 is in the record with the day. Then it
// is locked to data ([Data], whose SHA-256 comes later in the record), run ([Run]) and
// published, with every specification that was run. A [Bundle] holds all of it: whoever
// runs it again gets the same bytes.
//
// Spec, Data, Run and Bundle are pure: no clock, no database. Rows in another order and
// any number of processors change no byte of what comes out. All sentences that a study
// makes are in words.go: "did not show" is never "showed no effect", and what goes
// together is never worded as one thing bringing about the other.
package study
