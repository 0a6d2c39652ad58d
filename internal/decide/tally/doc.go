// Package tally makes the result of a contest of what was voted: the opened archive,
// the settled papers, the rules and the candidates. It is a function of these alone,
// so that anybody who has them comes to the same result, to the byte of its
// transcript.
//
// It counts with package count and adds nothing to it. What it decides is how the two
// heaps of votes become one, and where a lot comes from: the head of the archive when
// voting closed, with the hash of each batch of papers. It was fixed before a single
// vote was opened, and nobody chose it.
package tally
