package friends

import "commonweal/internal/base/journal"

// Tables are the governed tables of the room.
var Tables = []journal.Table{
	journal.Govern("friends_point", "code", "name", "setting", "site_code", "site_name", "ward", "first_speciality", "second_speciality",
		"modes", "languages", "opened", "closed"),
	journal.Govern("friends_month", "month", "n int", "closed", "closed_by", "reason", "answers int", "figures", "sha256", "shown", "certificate", "seal"),
	journal.Govern("friends_gate", "comment_id", "point_id", "month", "rating int", "publish int", "shown int", "words", "reason", "day", "decided_by",
		"taken_back", "taken_back_by", "taken_back_reason"),
	journal.Govern("friends_cards", "point_id", "month", "mode", "very_good int", "good int", "neither int", "poor int", "very_poor int", "dont_know int",
		"keyed", "keyed_by", "struck", "struck_by", "strike_reason"),
	journal.Govern("friends_eligible", "point_id", "month", "patients int", "day", "said_by"),
	journal.Govern("friends_past", "month", "questions", "setting", "site", "ward", "first int", "second int", "third int", "fourth int", "fifth int",
		"dont_know int", "eligible int", "day", "imported_by"),
}

// Seal holds the answers of closed months, and the hashes of what patients wrote.
var Seal = journal.Seal{
	Parent: "friends_month", Column: "seal",
	Sets: []journal.SealedSet{
		{Table: "friends_answer", By: "month_id", Columns: []string{"id", "point_id", "rating", "mode", "language"}, Order: []string{"id"}},
		{Table: "friends_said", By: "month_id", Columns: []string{"id", "point_id", "rating", "publish", "sha256"}, Order: []string{"id"}},
	},
}
