package web

import "commonweal/law"

// What shares give back: the money, and those that go because a membership ended.

type dueJSON struct {
	Entry     uuid     `json:"entry" doc:"The id of the entry of the ledger."`
	Number    int      `json:"number" doc:"Of that entry."`
	Member    uuid     `json:"member"`
	Name      string   `json:"name,omitempty" doc:"Left out where the details are erased."`
	MemberNo  int      `json:"member_number,omitempty" doc:"In the register."`
	Pence     int64    `json:"pence"`
	Effective law.Date `json:"effective" doc:"The day the entry counts from."`
}

func (v *visit) apiToPay(p pageParams) (list[dueJSON], error) {
	all, err := v.house.Shares.ToPay(v.ctx, v.org.ID)
	if err != nil {
		return list[dueJSON]{}, err
	}
	who, err := v.holders()
	if err != nil {
		return list[dueJSON]{}, err
	}
	var out []dueJSON
	for _, d := range all {
		out = append(out, dueJSON{uuid(d.Entry.ID), d.Entry.Number, uuid(d.Member), who[d.Member].Name, who[d.Member].Number, d.Pence, d.Entry.Effective})
	}
	return pageOf(p, "to-pay", out, func(d dueJSON) string { return inOrder(int64(d.Number)) })
}

type payJSON struct {
	Entries   []uuid   `json:"entries" min:"1" max:"5000" doc:"Whose money was paid: all are recorded, or none."`
	PaidOn    law.Date `json:"paid_on,omitzero" doc:"Today or before; today where it is left out."`
	Reference string   `json:"reference,omitempty" max:"100" doc:"Your own, such as a payroll run. It names nobody."`
}

type paidJSON struct {
	Paid int `json:"paid" doc:"How many payments were recorded."`
}

func (v *visit) apiPay(_ none, b payJSON) (paidJSON, error) {
	entries := make([]string, len(b.Entries))
	for i, e := range b.Entries {
		entries[i] = string(e)
	}
	return paidJSON{len(entries)}, v.house.Shares.PayAll(v.ctx, v.actor.Person, v.org.ID, entries, v.orToday(b.PaidOn), b.Reference)
}

type unpaidJSON struct {
	Entry uuid `json:"entry" doc:"The id of the entry whose money was not paid after all, or came back."`
}

func (v *visit) apiTakeBackPayment(_ none, b unpaidJSON) (unpaidJSON, error) {
	return b, v.house.Shares.TakeBackPayment(v.ctx, v.actor.Person, v.org.ID, string(b.Entry))
}
