// Package panel estimates what goes with what, and what followed from what, in units
// observed through time: trusts by year, wards by month.
//
// # What it has
//
//   - [Fit]: least squares with up to two absorbed effects; iid, robust and clustered
//     standard errors. A treatment that begins at different times in different units is
//     refused ([StaggeredError]): plain fixed effects then compare with units already
//     treated, and can give an answer of the wrong size and sign.
//   - [Mundlak] and [Growth]: within and between units side by side, and growth from a
//     starting point, by restricted maximum likelihood.
//   - [CallawaySantAnna], [SunAbraham], [Bacon]: staggered starts, done right, and what
//     plain fixed effects would have mixed.
//   - [DriftBefore]: how much of a drift that was there before a start an event study
//     bears after it.
//   - [SyntheticControl], [SyntheticDiD]: few treated units against a weighted mix.
//   - [Interrupted], [Segmented]: one series with a break.
//   - [Randomise]: what chance assignment of the treated units would have given.
//   - [Detectable]: the smallest effect that so many units can show, before anything
//     starts.
//
// # Numbers
//
// Every estimator is tested against the printed output of the R package that is its
// reference, or of the paper. Rows are put in one order before anything is added up, and
// work is divided by column and not by row: rows in another order, and any number of
// processors, give the same bytes.
//
// The package is pure. It never says cause: a caller words what an estimate means.
package panel
