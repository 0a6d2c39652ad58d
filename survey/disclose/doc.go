// Package disclose publishes the results of a survey so that nobody is given
// away: not by a table, not by two tables set against each other, not by the
// tables of several waves together.
//
// # What is protected
//
// A table has a cell for each unit of a tree (organisation, directorate, team)
// and each staff group, and for the totals of both. Of a group of fewer than
// ten people nothing is shown, nor of a question that nearly everybody in the
// group answered alike ([Rules]). Those cells are hidden by rule. What is left
// would often give them back, by subtraction: so [Protect] hides more, the
// cheapest that will do, shows again what was not needed, and goes on until
// [Attack] finds nothing. Cheap is a cell of few people, and one of a staff group
// in a unit before one that has a page of its own: a whole unit, or a staff group
// of the whole organisation.
//
// Hidden cells carry nothing in a [Release]: whether a cell is empty, small,
// or hidden for another's sake, it is the same null.
//
// # What the attacker knows
//
// The attacker knows these rules and this code, every figure of every release
// so far, how each was rounded, the tree, how many people were eligible in each
// cell, and between two waves who left and who joined ([Knowledge]). The
// attacker knows that counts are whole and not negative, and tries each base
// that rounds to the one shown: whole percentages of fewer than a hundred
// people nearly always give the base and every count away, so a shown cell of
// that size is taken as known exactly.
//
// Bounds are first carried from cell to cell until nothing moves; then the
// largest and smallest value of every hidden quantity is found. A table of two
// dimensions of which one is a tree is a network, so for each option by itself
// the bounds of the linear programme are those of whole numbers too, and are
// found by largest flows: a hidden cell is open if and only if there is a way
// round through other cells that are (Cox, "Network models for complementary
// cell suppression", Journal of the American Statistical Association 90, 1995).
// Where options hang together in a part that is small enough, where a score is
// taken apart, where the same wave was released by two trees and where waves are
// joined by who moved, it is done by linear programming. Both are given up after
// so much work that only a table made to be hard needs it; the certificate says
// of how many quantities.
//
// # When a hidden quantity is found
//
// As in the audit of suppression patterns (Fischetti and Salazar-González,
// "Models and algorithms for the 2-dimensional cell suppression problem in
// statistical disclosure control", Mathematical Programming 84, 1999; sdcTable
// asks for an interval wider than nought, τ-ARGUS for a safety range), a
// quantity is protected if the attacker's interval for it is wide enough:
//
//   - respondents of a hidden cell: at least as wide as the step of a base, so
//     that nothing hidden is known as well as what is shown;
//   - respondents on either side of a question: wider than [Rules].Few, the
//     number of the rule against unanimity;
//   - respondents who gave one answer: not known exactly, unless nobody in a
//     group large enough to be shown gave it;
//   - the sum of scores, less what the organisation's mean would give: at
//     least twice one person's whole range.
//
// Where the published number of eligible people leaves less room from the
// start, what it leaves must stay open (of a score, half of it). The same holds
// for what a shown total leaves over when all shown parts are taken away, if
// fewer than the minimum answered there. A cell that is known to be one that
// might as well be shown has nothing to protect.
//
// # A colleague among them
//
// Who answered in a group knows one answer of it. Groups are shown from ten,
// so a colleague looks at nine others at least; the rule against unanimity
// wants four on either side, so that whoever is one of them still sees three
// others. Own knowledge narrows a count by one at most, so the widths above are
// by one wider than the rule's number, and by one person's range.
//
// # What it does not show
//
// That a question is hidden in a group that is shown is itself a hint: most
// were hidden because nearly everybody agreed or nearly nobody did. Answers to
// different questions are attacked together only where a score joins them, in
// one cell. Whoever knows more than [Knowledge] has, because people told them
// what they answered, is not held back by any table.
package disclose
