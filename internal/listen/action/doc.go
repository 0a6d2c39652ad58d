// Package action keeps what is done about the findings of a survey: "you said, we
// did". A finding of a release becomes an action with an owner, a place, a day and
// a measure; its steps are added one after the other and nothing of it can be
// deleted. Where it stands, and whether it is overdue, follows from the steps and
// the day; nothing stores it.
//
// # What members say of it
//
// Each member may say once, and change, whether an action helped. The row carries a
// keyed mark of the person and not their id, and the change has no actor's name in
// the record. This is less than the survey promises: whoever holds the key and the
// database can work out who said what, and the page says so. Counts are shown from
// [LeastWords] on, to the nearest five.
//
// # Measuring
//
// The next wave measures an action: [Compare] sets the figure of the release that
// the finding came from beside that of a later one, each with its interval, or says
// that it is not shown. It never says that the action was the cause.
package action
