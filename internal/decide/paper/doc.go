// Package paper is the votes that come on paper or by telephone, up to the moment
// in which the count takes them.
//
// # On paper
//
// An envelope is received: its voter's number is marked in the pollbook, which locks
// the web at once ([Service.Receive]). If a vote had come from that voter before, the
// envelope is disqualified, listed and never opened. A paper counts as received when
// it is entered, so nobody has to argue about hours; what arrived before the close
// may be entered after it, until the returning officer signs, by a teller who states
// that it arrived in time.
//
// After the close envelopes are opened and papers parted from them, so that nothing
// ties a paper to a voter, here or on the table. They are put in batches and numbered
// within the batch. Two tellers key every paper ([Service.Key]). Neither sees what
// the other keyed before the whole batch is keyed twice, and nor does anybody else:
// no method tells, and in the tables and the record a reading is sealed with a key
// that is in neither. Whoever has the key file and the database together can open
// them. Where two readings differ the returning officer rules ([Service.Rule]); where
// they are equal nobody changes them any more. Then the batch is settled: the SHA-256
// of its lines ([Service.Lines]) is kept and public, and the lines can be had by those
// who may see single votes, to be compared with the papers.
//
// Where members have different numbers of votes, a batch holds papers of one weight
// (they are printed in different colours): parted from its envelope a paper cannot
// tell otherwise.
//
// # By telephone
//
// An operator, who is a teller, asks who is calling, has the vote said, reads it back
// and enters it when the caller says that it is right ([Service.TakeCall]). The voter
// is marked and the vote kept in one change. So:
//
//   - The operator learns how the caller votes. There is no telephone vote of which
//     that is not so, and whoever minds should vote otherwise; the page that explains
//     the ways of voting says it.
//   - The caller is the second reader. There is no second teller, and nothing to
//     rule on.
//   - The entry of the record in which a call was entered has both the voter's line
//     and the sealed vote. Whoever has the database and the key file could open it and
//     would know what the operator knows. In the batch, once it is settled, votes stand
//     in the order of their hashes, which tells nothing; whoever sees only the lines
//     learns no more than from papers.
//
// # The reckoning
//
// For each channel: issued = returned + spoilt + disqualified + not returned. What was
// received is known from the pollbook, what is in batches from here, the rest the
// returning officer counts. [Service.Sign] refuses figures that do not add up and
// batches that are not settled, and says why in words. Nothing is counted before
// every channel is signed ([Service.Ready], [Service.Ballots]).
//
// What a contest is, who holds an office in its poll and what the pollbook says is
// asked of [Polls] and [Pollbook]. Who may call a method at all is for package policy
// to say; that somebody is teller or returning officer of this poll is checked here.
package paper
