// Package published reads the figures that NHS England publishes about every
// organisation (the Staff Survey, sickness absence) together with a directory
// of organisations, and compares one organisation, or the staff-led mutuals
// among them, with the rest.
//
// # What it promises
//
//   - A published figure is kept as it was published. Nothing is rounded,
//     averaged or filled in on the way in; rounding happens where a figure is
//     shown, and a figure of our own making (a median, a year's rate, a likely
//     range) has a name that says so.
//   - A suppressed cell stays suppressed. It arrives as a [Value] with
//     Suppressed set, so that "hidden" and "not published" never look alike.
//   - A cell or row that does not fit is handed over as a [Rejection] with its
//     sheet, row and reason. The rest goes in.
//   - Files are read in a stream into a [Sink]. Memory depends on the number of
//     organisations and on the limits beside [File], not on the file.
//
// # Names of measures
//
// A score keeps its name from year to year ("nss.E" is staff engagement)
// because the publisher keeps its meaning. A question's number does not: Q4a
// of one year is Q3c of another. So the name of a question's measure carries
// the year of the survey ("nss2024.Q2a.often"), and joining years is left to
// whoever knows which questions are the same.
package published
