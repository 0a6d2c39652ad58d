// Package instrument holds what a survey asks and how its answers count, as
// one value that can be read, checked, written and hashed.
//
// # Identity
//
// A question has two names. Its concept is what it is about and never
// changes: the same words have been question 21c, 23c and 25c of the national
// survey. Its ID is its name within one instrument, the heading of its column
// in a file of answers. Numbers are kept by year beside them and nothing is
// ever looked up by a number alone. Where the wording changed so far that
// answers before and after are not the same thing, [Question.Breaks] says so
// and [Question.Follows] refuses to compare.
//
// Numbers from 2021 to 2025 are known for every question of the thirty scores:
// those of 2024 from the published results, those of 2025 from a trust's list
// of its questions, and those of 2021 to 2023 from what came in between
// (questions on safety in 2022, on sexual behaviour and on food in 2023), which
// agrees with every number of those years that was found in print. A question
// whose number in a year is not known carries none.
//
// # Languages
//
// Whatever is shown to the person who answers is there in every language of
// the instrument or in none: there is no page in two languages.
//
// # Scoring is part of the instrument
//
// What an option is worth, which questions make a score and how many of them
// must be answered stand in the instrument, so that its hash fixes them before
// anybody answers. The package score only applies them.
//
// # Invariants
//
//   - [Read] returns an instrument that holds together, or says of each fault
//     which question and field it is in.
//   - [Instrument.Canonical] writes one text for one meaning, whatever the
//     white space and order of the file it came from. [Instrument.Hash] is the
//     SHA-256 of that text.
//   - A shipped instrument never changes. A change is a new version.
//
// The package is pure: it has no clock, no files beyond the instruments built
// into it, and no state that changes.
package instrument
