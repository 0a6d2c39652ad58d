// Package estimate says how far the figures of a survey can be trusted: means
// and percentages with intervals, weights, changes between waves, teams drawn
// together, what those who did not answer could change, and which questions go
// with engagement.
//
// # The model
//
// Everybody eligible was asked. Those who answered are treated as a simple
// random sample, without replacement, of everybody eligible, within the
// margins to which they are weighted. That is an assumption and never a fact:
// people choose whether to answer. So a mean should stand beside the rate of
// response and beside [Bounds], which assumes nothing.
//
// The variance is that of the linearised mean with the finite-population
// factor 1 - n/N. After weighting to register totals it is that of the
// residuals after the margins (Särndal, Swensson and Wretman 1992, chapters 5
// and 7). Figures equal those of R's package survey (svymean, postStratify,
// rake, trimWeights), of metafor (rma by REML, blup), of p.adjust, t.test and
// prop.test to 1e-8; scripts/fixtures/estimate.R made the fixtures.
//
// # What is refused
//
// Where an interval cannot be given the [Figure] carries a [Note] that can be
// printed. What cannot be meant is an error that names it: a group of the
// register from which nobody answered, margins that do not add up to one
// total, drivers worked out from averages of teams.
//
// # The same bytes
//
// Sums are exact and rounded once ([Sum]), so the order of rows changes
// nothing, not even the last digit. Randomness is handed in; rows are sorted
// before they are drawn from. The same input gives the same bytes on one kind
// of processor; another may differ in the last digits where it multiplies and
// adds in one step.
//
// The package is pure: values in, results out.
package estimate
