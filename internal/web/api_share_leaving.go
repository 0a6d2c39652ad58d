package web

import (
	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Shares that go because a membership has ended.

type toCancelJSON struct {
	Items []cancellationJSON `json:"items"`
	Seen  string             `json:"seen" doc:"Stands for this list: send it when you have it cancelled."`
}

type cancellationJSON struct {
	Member    uuid     `json:"member"`
	Name      string   `json:"name,omitempty" doc:"Left out where the details are erased."`
	MemberNo  int      `json:"member_number,omitempty" doc:"In the register."`
	Class     uuid     `json:"class"`
	ClassName string   `json:"class_name"`
	Quantity  int64    `json:"quantity"`
	PaidPence int64    `json:"paid_pence" doc:"What is to be given back."`
	Effective law.Date `json:"effective"`
	Reason    string   `json:"reason"`
}

// apiToCancel is the whole list: what is cancelled is cancelled together.
func (v *visit) apiToCancel(none) (toCancelJSON, error) {
	all, err := v.house.Shares.ToCancel(v.ctx, v.org.ID, v.today())
	if err != nil {
		return toCancelJSON{}, err
	}
	who, err := v.holders()
	out := toCancelJSON{Seen: seenOf(all)}
	for _, c := range all {
		out.Items = append(out.Items, cancellationJSON{uuid(c.Member), who[c.Member].Name, who[c.Member].Number, uuid(c.Class), c.ClassName, c.Quantity, c.PaidPence, c.Effective, c.Reason})
	}
	return out, err
}

type cancelLeaversJSON struct {
	Seen string `json:"seen" max:"100" doc:"From the list that you looked at. If it is not that list any more, nothing is cancelled."`
}

type cancelledJSON struct {
	Entries []shareEntryJSON `json:"entries" doc:"Those that were made."`
}

// apiCancelLeavers cancels all of them in one change, and ends the stakes that
// leavers hold.
func (v *visit) apiCancelLeavers(_ none, b cancelLeaversJSON) (cancelledJSON, error) {
	now, err := v.house.Shares.ToCancel(v.ctx, v.org.ID, v.today())
	if err != nil {
		return cancelledJSON{}, err
	}
	if b.Seen != seenOf(now) {
		return cancelledJSON{}, fault.Errorf(fault.Conflict, "the list of shares to be cancelled is no longer the one that you looked at: get it again")
	}
	made, err := v.house.Shares.CancelOnLeaving(v.ctx, v.actor.Person, v.org.ID)
	var out cancelledJSON
	for _, e := range made {
		out.Entries = append(out.Entries, shareEntryOf(e, ""))
	}
	return out, err
}
