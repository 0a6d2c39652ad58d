// Package comment prepares what people wrote freely in a survey for others to
// read: it takes names and places out, says what the comments are about, and
// finds the words in which one group differs from the rest. It runs on the
// machine it is on and asks nobody.
//
// # Scrubbing
//
// A [Scrubber] knows the names on the staff list and the places of the
// organisation, and rules for what looks like a name, a ward, a telephone
// number. What it is sure of it replaces, as with [name]; what it only doubts
// it leaves and marks. It is never complete: who is meant may be plain from
// the story, a nickname or a way of writing, and the rules know English only,
// so that in Welsh little but the lists works. So nothing that it returns may be
// shown before a person has read it: the spans are there for that person.
//
// # Themes
//
// Themes are ten of our own along the lines of the NHS People Promise, and a
// tone. A linear model over words weighted by how telling they are (tf-idf),
// one for each theme, is trained from labelled comments in about a tenth of
// a second; the comments that are shipped with the program were all invented by
// its authors, none was written by staff. What that is worth on real comments
// nobody has measured. A mutual may label comments of its own and train on
// them as well.
//
// The package is pure: values in, results out. Training has no randomness; the
// same comments in the same order give the same model.
package comment
