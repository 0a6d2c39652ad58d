// Package voting holds whole polls with invented people, from the draft to the day
// the key is destroyed: it plays the secretary, the returning officer, the registrar,
// the keyholders and the voters, each through the same services as in real use. It is
// for the demonstration and for tests. One program knows every secret of such a poll,
// so nobody's real vote is ever held with it.
//
// Secrets follow from the plan's seed and whose they are, so that the demonstration
// can hand a visitor the key of the person whom they play.
package voting
