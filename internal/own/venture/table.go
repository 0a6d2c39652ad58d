package venture

import "commonweal/internal/base/journal"

// Tables are the governed tables of the room.
var Tables = []journal.Table{
	journal.Govern("venture_parent", "parent_org", "shareholding_bp int", "board_seats int", "starts", "ends"),
	journal.Govern("reserved_matter", "code", "title", "text", "consent_rule", "threshold int", "named", "starts", "ends"),
}
