// Package stafflist reads the list of staff an employer hands over and works out
// what it would change. It is pure: a file and what is known go in, rows, refusals
// and a plan come out. It stores nothing and knows no clock.
//
// # The way through
//
//	file ── Peek ──► headings ── Propose ──► Profile (saved as JSON)
//	file + Profile ── Read ──► List (rows, refused rows, what was dropped)
//	people known + List + date ── Compare ──► Plan ── Apply ──► people known
//
// # Invariants
//
//   - Minimised: a column is kept only when it is mapped to a [Field]. NI number,
//     birth date, ethnicity, disability, religion, sexual orientation, sex, pay and
//     bank details are dropped by heading and by content before a row exists, so no
//     value of theirs is in a [Row], a [Reject], an error or a temporary file.
//   - Accounted: every row of the file that is not blank is read or refused, and a
//     refused row leaves its person as before: never a leaver, never half changed.
//   - Idempotent: after [Apply], [Compare] with the same list and date gives an
//     empty plan.
//   - Never more than a fact of employment: a leaver here has left the list.
//     Whether a membership ends is for the rules of the mutual.
//
// A list speaks for one employer. Where several employers share a mutual, the
// people given to [Compare] are those of the employer whose list it is.
package stafflist
