package register

import "commonweal/internal/base/journal"

// Tables are the governed tables of the room.
var Tables = []journal.Table{
	journal.Govern("inspection_request", "number int", "audience", "person_id", "requester", "organisation", "address", "email",
		"purpose", "shared", "others", "wants", "legal_form", "received", "due", "due_known int", "erased"),
	journal.Govern("inspection_step", "request_id", "n int", "kind", "day", "ground", "note", "taken_by",
		"view", "register_day", "fields", "entries int", "sha256"),
	journal.Govern("register_withholding", "member_id", "starts", "ends"),
}
