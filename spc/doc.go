// Package spc draws the line between usual variation and a signal: control charts as
// the NHS programme Making Data Count uses them, and the charts beside them.
//
// # What it has
//
//   - [XmR]: single values through time, with limits from the moving range.
//   - [PPrime] and [UPrime]: proportions and rates of large denominators (Laney).
//   - [T] and [G]: time and opportunities between rare events.
//   - [Run]: the run chart about the median with Anhøj's two tests, and the rebasing
//     of a median by long runs.
//   - [Guard]: reasons why a chart would mislead: values that hang together, a season,
//     periods without a row. A chart of a rolling window is refused ([RollingError]).
//   - [FalseSignals]: how many signals a pack of charts shows by chance alone.
//
// # Where the rules come from
//
// XmR with the rule set [PTD] follows NHSRplotthedots 0.2.2 (NHS-R community; after the
// Making Data Count tool of NHS England) number for number: its outputs are the test
// vectors. It departs from it in four places, each on purpose: a constant series has
// limits at its mean and not none; ranges are not screened where that would leave nothing
// but noughts (see [Segment]); a day to rebase on that is not in the data is an error; a
// segment is short below [Enough] points, not at it. [WesternElectric] are the
// four tests of the Statistical Quality Control Handbook (1956).
//
// The package is pure: values in, results with reasons out. The same values in another
// order give the same chart.
package spc
