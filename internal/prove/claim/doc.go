// Package claim holds what was claimed for staff-led mutuals: who said it and when, the
// studies that bear on it, and what they show, in a sentence.
//
// # How it speaks
//
// Each claim is held against three grades, always all three: counted (what happened),
// compared (beside others), tested (a study that was set up to tell). A claim that the
// evidence does not show is "not shown": that is never "refuted", and what goes together
// is never worded as cause. A test holds every sentence against a list of words.
//
// # Where the figures come from
//
// Every figure of our own has the command or function that made it, and is made again by
// the tests where the published data are at hand: a figure here that the data do not give
// fails them. What is quoted names its source, and says where only a quotation of it was
// seen.
package claim
