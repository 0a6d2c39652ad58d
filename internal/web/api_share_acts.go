package web

import (
	"commonweal/internal/base/fault"
	"commonweal/internal/own/share"
	"commonweal/law"
)

type issueJSON struct {
	Class     uuid     `json:"class" doc:"The id of the class."`
	To        uuid     `json:"to" doc:"The id of the membership that gets them."`
	Quantity  int64    `json:"quantity" min:"1" max:"1000000000"`
	PaidPence int64    `json:"paid_pence" min:"0" max:"100000000000" doc:"What the member pays for all of them: their nominal value or more."`
	Effective law.Date `json:"effective,omitzero" doc:"The day it counts from; today where it is left out."`
	Reason    string   `json:"reason,omitempty" max:"1000"`
}

func (v *visit) apiIssue(_ none, b issueJSON) (shareEntryJSON, error) {
	return v.enter(share.Entry{Kind: share.Issue, Class: string(b.Class), To: string(b.To), Quantity: b.Quantity, PaidPence: b.PaidPence, Effective: b.Effective, Reason: b.Reason})
}

type transferJSON struct {
	Class     uuid     `json:"class"`
	From      uuid     `json:"from"`
	To        uuid     `json:"to"`
	Quantity  int64    `json:"quantity" min:"1" max:"1000000000"`
	Effective law.Date `json:"effective,omitzero"`
	Reason    string   `json:"reason,omitempty" max:"1000"`
}

func (v *visit) apiTransfer(_ none, b transferJSON) (shareEntryJSON, error) {
	return v.enter(share.Entry{Kind: share.Transfer, Class: string(b.Class), From: string(b.From), To: string(b.To), Quantity: b.Quantity, Effective: b.Effective, Reason: b.Reason})
}

type convertJSON struct {
	Class      uuid     `json:"class"`
	From       uuid     `json:"from"`
	Quantity   int64    `json:"quantity" min:"1" max:"1000000000"`
	ToClass    uuid     `json:"to_class"`
	ToQuantity int64    `json:"to_quantity" min:"1" max:"1000000000"`
	Effective  law.Date `json:"effective,omitzero"`
	Reason     string   `json:"reason,omitempty" max:"1000"`
}

func (v *visit) apiConvert(_ none, b convertJSON) (shareEntryJSON, error) {
	return v.enter(share.Entry{
		Kind: share.Convert, Class: string(b.Class), From: string(b.From), Quantity: b.Quantity, ToClass: string(b.ToClass), ToQuantity: b.ToQuantity,
		Effective: b.Effective, Reason: b.Reason,
	})
}

type giveBackJSON struct {
	Class     uuid     `json:"class"`
	From      uuid     `json:"from"`
	Quantity  int64    `json:"quantity" min:"1" max:"1000000000"`
	PaidPence int64    `json:"paid_pence" min:"0" max:"100000000000" doc:"What the member is given back for all of them."`
	Effective law.Date `json:"effective,omitzero"`
	Reason    string   `json:"reason" max:"1000" doc:"Why: that the member asked, or how the membership ended."`
}

func (v *visit) apiRedeem(_ none, b giveBackJSON) (shareEntryJSON, error) {
	return v.giveBack(share.Redeem, b)
}

func (v *visit) apiCancel(_ none, b giveBackJSON) (shareEntryJSON, error) {
	return v.giveBack(share.Cancel, b)
}

func (v *visit) giveBack(kind share.Kind, b giveBackJSON) (shareEntryJSON, error) {
	return v.enter(share.Entry{Kind: kind, Class: string(b.Class), From: string(b.From), Quantity: b.Quantity, PaidPence: b.PaidPence, Effective: b.Effective, Reason: b.Reason})
}

type reverseJSON struct {
	Entry     uuid     `json:"entry" doc:"The id of the entry to undo."`
	Effective law.Date `json:"effective,omitzero" doc:"The day it counts from; the day of the entry where it is left out."`
	Reason    string   `json:"reason" max:"1000" doc:"Why it was wrong."`
}

func (v *visit) apiReverse(_ none, b reverseJSON) (shareEntryJSON, error) {
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return shareEntryJSON{}, err
	}
	wrong, ok := ledger.Entry(string(b.Entry))
	if !ok {
		return shareEntryJSON{}, fault.Fieldf("entry", "there is no entry %s in the ledger", b.Entry)
	}
	e := share.Entry{Kind: share.Reverse, Reverses: string(b.Entry), Effective: b.Effective, Reason: b.Reason}
	if e.Effective.IsZero() {
		e.Effective = wrong.Effective
	}
	return v.enter(e)
}

// enter makes one entry in the ledger.
func (v *visit) enter(e share.Entry) (shareEntryJSON, error) {
	e.Effective = v.orToday(e.Effective)
	made, err := v.house.Shares.Record(v.ctx, v.actor.Person, v.org.ID, e)
	if err != nil {
		return shareEntryJSON{}, renamed(err, "paid", "paid_pence")
	}
	return shareEntryOf(made[0], ""), nil
}
