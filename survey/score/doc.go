// Package score turns answers into the scores of the NHS Staff Survey: items
// from 0 to 10, sub-scores, elements of the People Promise and themes, for one
// person and for a group.
//
// # The rules
//
// Every rule stands in the instrument, where its hash fixes it; the package
// applies it:
//
//   - An answer on five points is worth 0, 2.5, 5, 7.5 or 10, turned round
//     where agreeing is the worse answer. Good is 10 and bad is 0 where the
//     answer is yes or no, any occurrence is 0 and none 10 where it counts
//     them. "Don't know" is 5 in the question on fair careers and nothing
//     elsewhere. Someone who had no appraisal has 0 for each of the three
//     questions about it; whoever cannot remember has none.
//   - A score is the mean of the parts that have a value, if there are at
//     least as many as the instrument asks; otherwise the person has none.
//   - The score of a group is the mean over the people who have one. Their
//     number stands beside it and differs from score to score.
//   - The friends-and-family tests are percentages: in the staff test and the
//     patient test since October 2014 of all answers, "don't know" among them;
//     in 2013 those extremely likely to recommend less those who are neither
//     likely nor unlikely or worse, without those who do not know.
//
// # How far they are known
//
// What makes up each score, higher as better and the parts of the scale are as
// NHS England publishes them (NHS Staff Survey 2024, detailed results by
// organisation). NHS England's technical guide is the authority for the least
// answered; ours follow from the published figures: two of three, two of three
// sub-scores for engagement and morale, and all for most elements are forced
// by them, six tenths of the items for longer sub-scores fits best. A lower
// minimum there would move a score by less than 0.01. The tests set what the
// rules give against every published organisation.
//
// That the net promoter score counts "neither likely nor unlikely" against a
// ward is as the guidance of 2013 is remembered; the published scores of that
// time were not at hand to prove it.
//
// Nothing here is weighted. The package is pure: values in, results out.
package score
