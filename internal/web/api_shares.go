package web

import (
	"commonweal/internal/own/share"
	"commonweal/law"
)

type shareClassJSON struct {
	ID               uuid     `json:"id"`
	Code             string   `json:"code"`
	Name             string   `json:"name"`
	NominalPence     int64    `json:"nominal_pence"`
	Dividend         bool     `json:"dividend" doc:"May bear a dividend or interest."`
	Withdrawable     bool     `json:"withdrawable" doc:"The mutual pays it back when the member asks."`
	Transferable     bool     `json:"transferable" doc:"From one member to another."`
	CancelsOnLeaving bool     `json:"cancels_on_leaving"`
	MaxHoldingPence  int64    `json:"max_holding_pence,omitempty"`
	Starts           law.Date `json:"starts"`
	Ends             law.Date `json:"ends,omitzero" doc:"The first day on which no more are issued."`
	Holders          int      `json:"holders" doc:"On the day asked about."`
	Quantity         int64    `json:"quantity" doc:"Of all holders on that day."`
}

type shareClassesParams struct {
	dayParams
	pageParams
}

func (v *visit) apiShareClasses(p shareClassesParams) (list[shareClassJSON], error) {
	all, err := v.shareClasses(p.day(v))
	if err != nil {
		return list[shareClassJSON]{}, err
	}
	return pageOf(p.pageParams, "share-classes", all, func(c shareClassJSON) string { return c.Code + " " + string(c.ID) })
}

// shareClasses are the classes, with what there is of each on a day.
func (v *visit) shareClasses(on law.Date) ([]shareClassJSON, error) {
	ledger, classes, err := v.sharesNow()
	if err != nil {
		return nil, err
	}
	totals := map[string]share.Total{}
	for _, t := range ledger.TotalsOn(on) {
		totals[t.Class] = t
	}
	var out []shareClassJSON
	for _, c := range classes {
		out = append(out, shareClassJSON{
			ID: uuid(c.ID), Code: c.Code, Name: c.Name, NominalPence: c.NominalPence, Dividend: c.Dividend, Withdrawable: c.Withdrawable,
			Transferable: c.Transferable, CancelsOnLeaving: c.CancelsOnLeaving, MaxHoldingPence: c.MaxHoldingPence, Starts: c.Starts, Ends: c.Ends,
			Holders: totals[c.ID].Holders, Quantity: totals[c.ID].Quantity,
		})
	}
	return out, nil
}

type shareEntryJSON struct {
	ID         uuid       `json:"id"`
	Number     int        `json:"number" doc:"In the ledger, without gaps."`
	Kind       share.Kind `json:"kind"`
	Class      string     `json:"class,omitempty" doc:"The id of the class."`
	From       string     `json:"from,omitempty" doc:"The id of the membership that gave."`
	To         string     `json:"to,omitempty" doc:"The id of the membership that got."`
	Quantity   int64      `json:"quantity"`
	ToClass    string     `json:"to_class,omitempty" doc:"Of a conversion."`
	ToQuantity int64      `json:"to_quantity,omitempty"`
	PaidPence  int64      `json:"paid_pence" doc:"What the member paid for an issue, or is given back by a redemption or cancellation."`
	Effective  law.Date   `json:"effective"`
	Entered    instant    `json:"entered"`
	Reverses   string     `json:"reverses,omitempty" doc:"The id of the entry that it undoes."`
	ReversedBy string     `json:"reversed_by,omitempty" doc:"The id of the entry that undid it."`
	Reason     string     `json:"reason,omitempty"`
}

func shareEntryOf(e share.Entry, reversedBy string) shareEntryJSON {
	return shareEntryJSON{
		ID: uuid(e.ID), Number: e.Number, Kind: e.Kind, Class: e.Class, From: e.From, To: e.To, Quantity: e.Quantity, ToClass: e.ToClass,
		ToQuantity: e.ToQuantity, PaidPence: e.PaidPence, Effective: e.Effective, Entered: instant(e.Entered), Reverses: e.Reverses,
		ReversedBy: reversedBy, Reason: e.Reason,
	}
}

type shareEntriesParams struct {
	pageParams
	Member uuid `query:"member" doc:"Only entries of this membership."`
}

func (v *visit) apiShareEntries(p shareEntriesParams) (list[shareEntryJSON], error) {
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return list[shareEntryJSON]{}, err
	}
	var out []shareEntryJSON
	for _, e := range ledger.Entries() {
		if p.Member == "" || e.From == string(p.Member) || e.To == string(p.Member) {
			out = append(out, shareEntryOf(e, ledger.ReversedBy(e.ID)))
		}
	}
	return pageOf(p.pageParams, "share-entries", out, func(e shareEntryJSON) string { return inOrder(int64(e.Number)) })
}

type holdingJSON struct {
	Member    uuid   `json:"member" doc:"The id of the membership."`
	Class     uuid   `json:"class" doc:"The id of the class."`
	ClassName string `json:"class_name"`
	Quantity  int64  `json:"quantity"`
	Pence     int64  `json:"pence" doc:"Nominal value, fully paid."`
}

type holdingsParams struct {
	dayParams
	pageParams
}

func (v *visit) apiHoldings(p holdingsParams) (list[holdingJSON], error) {
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return list[holdingJSON]{}, err
	}
	out := holdingsOf(ledger, p.day(v), func(string) bool { return true })
	return pageOf(p.pageParams, "holdings", out, func(h holdingJSON) string { return string(h.Member) + " " + string(h.Class) })
}

func holdingsOf(ledger *share.Ledger, on law.Date, whose func(member string) bool) []holdingJSON {
	var out []holdingJSON
	for _, h := range ledger.HoldingsOn(on) {
		if class, _ := ledger.Class(h.Class); whose(h.Member) {
			out = append(out, holdingJSON{uuid(h.Member), uuid(h.Class), class.Name, h.Quantity, h.Pence})
		}
	}
	return out
}

type mySharesJSON struct {
	On       law.Date         `json:"on"`
	Holdings []holdingJSON    `json:"holdings"`
	Entries  []shareEntryJSON `json:"entries" doc:"Those of the ledger that are yours, in order."`
}

func (v *visit) apiMyShares(p myParams) (mySharesJSON, error) {
	out := mySharesJSON{On: p.day(v)}
	me, err := v.myMember()
	if err != nil || me == "" {
		return out, err
	}
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return out, err
	}
	out.Holdings = holdingsOf(ledger, out.On, func(member string) bool { return member == me })
	for _, e := range ledger.Entries() {
		if e.From != me && e.To != me {
			continue
		}
		x := shareEntryOf(e, ledger.ReversedBy(e.ID))
		// Of a transfer, who the other side is belongs to the other side.
		if x.From != me {
			x.From = ""
		}
		if x.To != me {
			x.To = ""
		}
		out.Entries = append(out.Entries, x)
	}
	return out, nil
}

// myMember is the id of the actor's membership, or "" where there never was one.
func (v *visit) myMember() (string, error) {
	file, err := v.house.Members.File(v.ctx, v.org.ID, v.actor.Person)
	return file.MemberID, err
}
