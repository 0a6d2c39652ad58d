// Package friends collects the friends-and-family test: one question that every
// patient may be asked, "Overall, how was your experience of our service?", with the
// reason in their own words.
//
// Answers come in at points: a ward, a clinic, a team. Nothing is asked about the
// patient and nothing about the visit is kept: an answer has its point, its month, its
// rating and the way it came. Each month is closed and sealed: the record holds the
// figures and a hash of every answer, so that a later change is found. A correction is
// a new revision with its reason; the one before stays.
//
// Two forms of the figures go out. The national layout ([Sheet]) is for submission and
// hides nothing: the national body hides small numbers when it publishes. What we
// publish ourselves ([Public]) has the rules of package disclose, because the national
// rule (one to four answers become a star, and the next smallest too) gives the hidden
// ward back to whoever subtracts.
//
// What patients write is kept apart, is read by nobody but the gate until names are
// taken out of it, and is shown only where the patient said it may be.
package friends
