// Package answers is the answer side of a survey: it takes each one-time pass once,
// with a sheet of answers, and cannot tell whose it was. It has a database and a key
// file of its own and knows no person, session, address or journal; the register
// side tells it the terms of a wave and, after the close, reads the answers.
//
// # Durable, and without an order
//
// A sheet is written before it is acknowledged, as one sealed row of the same size
// for everybody: a random id, a keyed mark so that the same pass is refused, and
// bytes that only the key file opens. Once a day, when at least [LeastMixed] wait, and
// at the close, the box mixes: in one transaction it opens all that wait, shuffles,
// and writes answers and spent passes under new random ids, in the order of these
// ids; then it destroys the key. What is left in pages, write-ahead logs and backups
// from the day are rows that nobody can open any more. Comments stay sealed until the
// close, and then have no tie to an answer but the smallest unit that has at least
// [LeastComments] answers.
//
// # What is kept
//
//	answer   random id, wave, codes, team and group as the member chose them
//	comment  random id, wave, unit if large enough, text
//	spent    wave, hash of a token
//
// and nothing else: no day, no language, no channel. What is kept while a wave is open
// (waiting, keying, serial) is sealed or a keyed hash. Nothing here is finer than a day.
//
// # After a crash
//
// Killed at any point, the box has every sheet that was acknowledged once, either
// waiting or mixed: a mix is one transaction, the new key is in the file before it and
// the old one leaves the file after it. The next start puts away what was left over.
//
// A backup without the key file gives back the mixed answers; what waited on the day
// of the backup cannot be opened and is counted as lost by [Service.Status], and those
// people may answer again, for their passes are not spent.
package answers
