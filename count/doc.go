// Package count turns ballot papers into a result that anybody can work out again.
//
// # What it counts
//
// First past the post, as many marks as seats, approval, votes on a proposal, and
// the single transferable vote by four sets of rules. A [Rule] is a value: it names
// its sources and says of each whether its words were seen, states every choice that
// was made where the words leave one, and has a [Rule.Fingerprint] for the notice of
// election. [Count] takes the papers, a rule and [Options], and returns a [Result]:
//
//	b, err := count.ReadBLT(file)
//	rule, err := count.FindRule("nhs-2014")
//	result, err := count.Count(b, rule, count.Options{})
//	err = result.WriteText(os.Stdout)
//
// A proposal is decided by [Motion] and [Question]: what the votes for must be, of
// which base, with which turnout, in one vote or several.
//
// # For a lawyer
//
// Each rule has a file of its own - nhs.go, ers97.go, scottish.go, meek.go,
// highest.go - in which every step cites the clause that it carries out, in the order
// of the clauses. What the files share is in tally.go: sorting papers by the next
// available preference, and handing a parcel over at a value. tie.go looks back as
// the rules want, lot.go draws lots.
//
// # Invariants
//
//   - Exact: votes are whole numbers of the smallest unit of the rule. There is no
//     floating point, and nothing is rounded but where a clause says so.
//   - Complete: at every stage the votes of all candidates and the non-transferable
//     votes together are the valid papers.
//   - Alike: equal papers, rules and options give an equal transcript, byte for byte,
//     whatever the order of the papers or the number of processors.
//   - Nothing guessed: a tie that the rule leaves to a lot is a [TieError] unless a
//     way to draw it was given. Lots are listed in the result, and anyone can draw
//     them again; see [Seed].
//   - Pure: no clock, no chance, no files, no state that changes.
//
// # Vacancies and recounts
//
// [FillVacancy] counts back or takes the next highest, as the rule allows. A recount
// is a count; [Earlier] lets the lots of the first one stand.
//
// # What it is not
//
// It does not say who may vote or stand, or which papers are valid beyond what a
// ranking shows. It does not keep rankings secret: a full ranking can mark its voter,
// so publish stage totals and give rankings to those only whom the rules allow.
package count
