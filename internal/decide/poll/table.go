package poll

import "commonweal/internal/base/journal"

// Tables are the governed tables of the room.
var Tables = []journal.Table{
	journal.Govern("poll", "code", "title", "kind", "about", "legal_form", "follows", "rules", "rules_hash", "closes", "called", "called_by",
		"revision int", "key_made", "key_group", "announced", "announced_by", "notice", "notice_hash", "ended", "abandoned", "abandoned_by", "reason"),
	journal.Govern("poll_step", "poll_id", "step", "day", "counted int", "changed_by", "reason"),
	journal.Govern("contest", "poll_id", "position int", "code", "title", "class", "constituency", "seats int", "question", "answers", "uuid",
		"role", "term_starts", "term_ends", "uncontested", "counted"),
	journal.Govern("nomination", "contest_id", "person_id", "ballot_name", "statement", "interests", "photo_sha256", "entered", "decided",
		"accepted int", "decided_by", "reason", "withdrawn", "position int", "erased"),
	journal.Govern("nomination_backer", "nomination_id", "person_id", "role", "asked", "agreed", "declined"),
	journal.Govern("photo", "sha256", "kind", "image bytes"),
	journal.Govern("roll", "contest_id", "day", "entries int", "struck int", "votes int", "first_seal", "seal", "made", "made_by"),
	journal.Govern("roll_entry", "roll_id", "contest_id", "number int", "person_id", "member_id", "weight int", "salt bytes", "commitment bytes",
		"added", "struck"),
	journal.Govern("roll_claim", "contest_id", "person_id", "kind", "about", "ground", "entered", "decided", "decided_by", "outcome", "reason", "new_seal"),
	journal.Govern("official", "poll_id", "person_id", "office", "side", "named", "named_by", "ended", "ended_by"),
	journal.Govern("declaration", "contest_id", "day", "result", "transcript_sha256", "archive_head", "declared_by", "petition_until"),
	journal.Govern("petition", "contest_id", "person_id", "ground", "entered", "decided", "decided_by", "outcome", "reason"),
	journal.Govern("vacancy", "contest_id", "nomination_id", "since", "reason", "way", "settled", "settled_by", "filled_by", "by_poll"),
}
