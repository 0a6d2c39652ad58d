// Package funnel compares units on one measure and says which lie further out than
// chance, or chance and ordinary differences between units, would put them.
//
// # Methods
//
//   - [SHMI]: observed over expected deaths as NHS England bands them: log ratio, a tenth
//     trimmed from each end, additive overdispersion. Its limits are those printed in the
//     published files to their last digit.
//   - [Poisson]: the same ratio against exact limits of a Poisson count, without
//     allowance for ordinary differences between units.
//   - [Proportion]: cases of a denominator, arcsine of the square root, winsorised,
//     overdispersed; [Binomial]: exact limits (Spiegelhalter 2005).
//   - [CQC]: the ratio on the square-root scale, winsorised, limits squared back.
//   - [Ratio]: one count over another.
//
// The formulae are those of Spiegelhalter (Statistics in Medicine 2005; 24: 1185; J R
// Stat Soc A 2012; 175: 1) as FunnelPlotR 0.6.0 has them, whose outputs are test vectors,
// but for two: FunnelPlotR leaves the limits of the CQC method on the root scale, half as
// wide as they are, and gives ratios of counts limits with another variance than their
// scores. Under a world with nothing to find they flag 33 and 59 of 100 units at nominal
// 5 %. Every method here flags four to six (TestNothingToFind).
//
// # What a band means
//
// A unit outside the 95 % limits is worth a look. It is not shown to be worse: of units
// with nothing unusual some lie there too, and by [SHMI]'s way of trimming, which makes
// the spread look smaller than it is, more than one in twenty.
//
// The package is pure, and rows in another order give the same result.
package funnel
