package paper

import "commonweal/internal/base/journal"

// Tables are the governed tables of the room.
var Tables = []journal.Table{
	journal.Govern("paper_batch", "contest_id", "channel", "code", "papers int", "weight int", "salt", "made", "made_by", "settled", "settled_by", "sha256"),
	journal.Govern("paper_keyed", "batch_id", "paper int", "teller", "ballot"),
	journal.Govern("paper_ruling", "batch_id", "paper int", "ruling", "ballot", "ruled_by", "reason"),
	journal.Govern("reconciliation", "contest_id", "channel", "issued int", "returned int", "spoilt int", "disqualified int", "not_returned int", "day", "signed_by"),
}
