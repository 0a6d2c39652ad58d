package pack

import "commonweal/internal/base/journal"

// Tables are the governed tables of the room.
var Tables = []journal.Table{
	journal.Govern("pack", "code", "title", "day"),
	journal.Govern("pack_measure", "pack_id", "position int", "indicator", "target", "rebase", "why", "peers", "day", "ended", "end_reason"),
}
