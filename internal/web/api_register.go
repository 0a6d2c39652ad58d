package web

import (
	"commonweal/internal/own/register"
	"commonweal/law"
)

type registerParams struct {
	dayParams
	pageParams
}

type registerJSON struct {
	Organisation string               `json:"organisation"`
	Form         law.FormID           `json:"form" doc:"The legal form, whose law says what the register holds."`
	On           law.Date             `json:"on"`
	View         law.Audience         `json:"view,omitempty" doc:"Whose view it is; left out of the full register."`
	Members      int                  `json:"members"`
	Former       int                  `json:"former" doc:"Entries of memberships that had ended."`
	Columns      []registerColumnJSON `json:"columns" doc:"What an entry has, with the law that asks for it."`
	Notes        []string             `json:"notes" doc:"What a reader has to know."`
	Items        []registerEntryJSON  `json:"items" doc:"One unbroken time of membership each."`
	Next         string               `json:"next,omitempty" doc:"The cursor of the next page. It is left out on the last one."`
}

type registerColumnJSON struct {
	Field    law.FieldName `json:"field"`
	Heading  string        `json:"heading"`
	When     string        `json:"when,omitempty" doc:"Which entries have it; left out where all have."`
	Citation string        `json:"citation"`
	Note     string        `json:"note,omitempty" doc:"Where the register has less than the law names, or has it otherwise."`
}

// registerEntryJSON has the fields that the columns name and no others.
type registerEntryJSON struct {
	Number         int           `json:"number,omitempty"`
	Member         string        `json:"member,omitempty"`
	Person         string        `json:"person,omitempty"`
	Name           string        `json:"name,omitempty"`
	PostalAddress  string        `json:"postal_address,omitempty"`
	ServiceAddress string        `json:"service_address,omitempty"`
	Email          string        `json:"email,omitempty"`
	EmailPurposes  string        `json:"email_purposes,omitempty"`
	Shares         *int64        `json:"shares,omitempty"`
	PaidPence      *int64        `json:"paid_pence,omitempty"`
	ByClass        []heldOfClass `json:"by_class,omitempty"`
	OtherProperty  string        `json:"other_property,omitempty"`
	MemberClass    string        `json:"member_class,omitempty"`
	Constituency   string        `json:"constituency,omitempty"`
	Entered        law.Date      `json:"entered,omitzero"`
	Ceased         law.Date      `json:"ceased,omitzero"`
	Changes        string        `json:"changes,omitempty"`
	Unclear        bool          `json:"unclear" doc:"It cannot be told whether the membership goes on."`

	place int
}

type heldOfClass struct {
	Class    string `json:"class"`
	Quantity int64  `json:"quantity"`
	Pence    int64  `json:"pence"`
}

func (v *visit) apiRegister(p registerParams) (registerJSON, error) {
	r, err := v.house.Register.On(v.ctx, v.org.ID, p.day(v))
	if err != nil {
		return registerJSON{}, err
	}
	return registerOf(r, p.pageParams)
}

func (v *visit) apiInspection(p registerParams) (registerJSON, error) {
	return v.registerView(p, law.Member)
}

func (v *visit) apiMyEntry(p registerParams) (registerJSON, error) {
	return v.registerView(p, law.OwnEntry)
}

func (v *visit) registerView(p registerParams, a law.Audience) (registerJSON, error) {
	r, err := v.house.Register.View(v.ctx, v.org.ID, p.day(v), a, v.actor.Person)
	if err != nil {
		return registerJSON{}, err
	}
	return registerOf(r, p.pageParams)
}

type copyJSON struct {
	On   law.Date     `json:"on,omitzero" doc:"The day of the register; today where it is left out."`
	View law.Audience `json:"view,omitempty" doc:"Whose view of it, of those to whom the law gives a copy; the full register where it is left out."`
}

func (v *visit) apiRegisterCopy(_ none, b copyJSON) (registerJSON, error) {
	r, err := v.house.Register.TakeCopy(v.ctx, v.actor.Person, v.org.ID, v.orToday(b.On), b.View)
	if err != nil {
		return registerJSON{}, err
	}
	return registerOf(r, pageParams{Limit: len(r.Entries) + 1})
}

func registerOf(r register.Register, p pageParams) (registerJSON, error) {
	out := registerJSON{
		Organisation: r.Organisation.Name, Form: r.Form.ID, On: r.Day, View: r.View, Members: r.Members(), Former: r.Former(), Notes: r.Notes(),
	}
	has := map[law.FieldName]bool{}
	for _, c := range r.Columns {
		has[c.Field] = true
		out.Columns = append(out.Columns, registerColumnJSON{c.Field, c.Heading, c.When, c.Law.Citation, c.Note})
	}
	entries := make([]registerEntryJSON, len(r.Entries))
	for i, e := range r.Entries {
		entries[i] = registerEntryOf(e, has)
		entries[i].place = i
	}
	page, err := pageOf(p, "register", entries, func(e registerEntryJSON) string { return inOrder(int64(e.place)) })
	out.Items, out.Next = page.Items, page.Next
	return out, err
}

func registerEntryOf(e register.Entry, has map[law.FieldName]bool) registerEntryJSON {
	out := registerEntryJSON{
		Number: e.Number, Member: e.MemberID, Person: e.Person, Name: e.Name, PostalAddress: e.PostalAddress, ServiceAddress: e.ServiceAddress,
		Email: e.Email, EmailPurposes: e.EmailPurposes, OtherProperty: e.OtherProperty, MemberClass: e.MemberClass, Constituency: e.Constituency,
		Entered: e.Entered, Ceased: e.Ceased, Changes: e.Changes, Unclear: e.Unclear,
	}
	if has[law.FieldShares] {
		out.Shares = &e.Shares
	}
	if has[law.FieldAmountPaid] {
		out.PaidPence = &e.PaidPence
	}
	for _, h := range e.ByClass {
		out.ByClass = append(out.ByClass, heldOfClass{h.Class, h.Quantity, h.Pence})
	}
	return out
}
