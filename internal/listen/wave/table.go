package wave

import "commonweal/internal/base/journal"

// Tables are the governed tables of the room.
var Tables = []journal.Table{
	journal.Govern("wave", "code", "title", "kind", "about", "instrument", "instrument_hash", "census", "opens", "closes", "paper_until", "whom", "minimum int",
		"comments int", "comment_minimum int", "languages", "paper int", "weighting", "remind_on", "keep_months int", "rules", "units", "staff_groups",
		"eligible int", "unplaced int", "census_hash", "public_key", "key_hash", "notice", "notice_hash", "called", "called_by", "published", "settled",
		"answers int", "ended", "abandoned", "abandoned_by", "reason", "source"),
	journal.Govern("wave_stratum", "wave_id", "unit", "staff_group", "eligible int"),
	journal.Govern("wave_person", "wave_id", "person_id", "unit", "staff_group"),
	journal.Govern("token_issued", "wave_id", "person_id", "way", "day"),
	journal.Govern("serial_stack", "wave_id", "number int", "slips int", "seal", "made", "made_by"),
	journal.Govern("spent_batch", "wave_id", "number int", "spent int", "hashes", "sha256", "day"),
	journal.Govern("wave_reminder", "wave_id", "number int", "day", "sent int", "sent_by"),
	journal.Govern("wave_release", "wave_id", "number int", "day", "released_by", "body", "certificate", "tested_with", "sha256"),
}
