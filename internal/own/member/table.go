package member

import "commonweal/internal/base/journal"

// Tables are the governed tables of the room.
var Tables = []journal.Table{
	journal.Govern("member_class", "code", "name", "kind", "eligibility", "admission", "leave_rule", "grace_days int", "votes int",
		"position int", "eligibility_ref", "leave_ref", "starts", "closed int"),
	journal.Govern("constituency", "class", "code", "name", "rule", "ref", "position int", "starts"),
	journal.Govern("member", "person_id", "number int"),
	journal.Govern("member_fact", "member_id", "kind", "class", "effective", "entered", "decided_by", "reason", "data"),
	journal.Govern("member_erasure", "member_id", "due", "basis", "done"),
}
