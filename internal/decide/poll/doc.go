// Package poll keeps what members are called to: elections, staff ballots and
// resolutions, from the draft to the day the key is destroyed.
//
// # What is stored and what follows
//
// Nothing stores "open" or "closed". What is stored are dated facts: that a poll was
// called, who stands, what the roll is, that notice was given, what was declared.
// [Facts.Stage] works out from these and the time where a poll stands and what has
// to be done next, by whom and by when.
//
// # What is frozen
//
// The rules do not change once the poll is called. With the notice of poll the
// timetable, the candidates and the roll are frozen too: the notice names their
// hashes, its own hash is in the record, and each ballot refers to both. After that
// nobody is added to the roll, no day moves, and no candidate comes or goes.
//
// # The roll
//
// Those who may vote are the members at the end of the record date. Their voter
// numbers are drawn. The seal of a roll is the root of a Merkle tree over one salted
// line a voter, so that anybody can be shown that they are on it without the roll
// being published, and nobody can be added unseen.
//
// # Who does what
//
// Package policy says who may ask for a thing at all. This package adds what depends
// on the poll: that the returning officer is the one who was named for it, and that
// registrar, keyholders and returning officer are different people.
//
// Votes, keys and archives are for other rooms. They ask through the methods in
// box.go, and tell what happened in the change in which it did.
package poll
