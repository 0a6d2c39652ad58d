// Package pack makes the board's pages out of measures: one page a measure, with one
// sentence in plain words made of its figures, and the table of all measures by how they
// vary and whether they meet their targets.
//
// The pages are values. The same figures give the same page, in whatever order they come.
//
// Its wording is fixed. What a chart cannot show is said in the same breath as what it
// shows; a signal is a change and never the work of anybody; and no sentence that this
// package makes holds a word of [Forbidden].
package pack
