package keys

import "commonweal/internal/base/journal"

// Tables are the governed tables of the room.
var Tables = []journal.Table{
	journal.Govern("key_setup", "poll_id", "group_name", "trustees int", "threshold int", "rehearsal int", "begun", "done", "trustees_sha256", "given_up", "reason"),
	journal.Govern("key_holder", "setup_id", "keyholder", "number int"),
	journal.Govern("key_message", "setup_id", "keyholder", "number int", "step", "body", "entered"),
	journal.Govern("key_destroyed", "setup_id", "keyholder", "day", "said_by", "witness", "statement"),
}
