package share

import "commonweal/internal/base/journal"

// Tables are the governed tables of the room.
var Tables = []journal.Table{
	journal.Govern("share_class", "code", "name", "nominal_pence int", "dividend int", "withdrawable int", "transferable int",
		"cancels_on_leaving int", "max_holding_pence int", "starts", "ends"),
	journal.Govern("share_entry", "number int", "kind", "class_id", "from_member", "to_member", "quantity int", "to_class_id", "to_quantity int",
		"paid_pence int", "effective", "entered", "reverses", "reason"),
	journal.Govern("certificate", "number int", "member_id", "class_id", "quantity int", "issued", "entry_id", "record_entry int", "cancelled", "cancelled_by"),
	journal.Govern("share_payment", "entry_id", "paid_on", "pence int", "reference"),
	journal.Govern("stake", "member_id", "kind", "title", "basis", "granted", "ends", "ended_reason"),
	journal.Govern("stake_use", "stake_id", "used", "what"),
}
