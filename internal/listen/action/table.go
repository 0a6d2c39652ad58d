package action

import "commonweal/internal/base/journal"

// Tables are the governed tables of the room.
var Tables = []journal.Table{
	journal.Govern("action", "number int", "wave", "wave_name", "found_unit", "found_unit_name", "about", "about_id", "label", "says",
		"directorate", "directorate_name", "unit", "unit_name", "title", "doing", "owner", "due", "first_due", "agreed", "agreed_by"),
	journal.Govern("action_step", "action_id", "n int", "kind", "day", "taken_by", "note", "due", "owner"),
	journal.Govern("action_word", "action_id", "mark", "sealed", "erased"),
	journal.Govern("directorate_head", "directorate", "name", "person_id", "starts", "ends"),
}
