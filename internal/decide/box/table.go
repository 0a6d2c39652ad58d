package box

import "commonweal/internal/base/journal"

// Tables are the governed tables of the room.
var Tables = []journal.Table{
	journal.Govern("credential", "contest_id", "entry_id", "public", "weight int", "how", "made", "handed", "voided", "void_reason", "replaces"),
	journal.Govern("pollbook", "contest_id", "channel", "at_hour", "ballot int", "state", "reason"),
	journal.Govern("box_file", "contest_id", "n int", "name", "body"),
	journal.Govern("box_head", "contest_id", "height int", "head", "stage", "records int", "size int", "note", "at_hour"),
}
