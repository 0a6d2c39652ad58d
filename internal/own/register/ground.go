package register

import (
	"cmp"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// GroundID names a ground on which a request may be refused.
type GroundID string

// The grounds.
const (
	NoRight     GroundID = "no_right"
	Incomplete  GroundID = "incomplete"
	NotPaid     GroundID = "not_paid"
	CourtOrder  GroundID = "court_order"
	NoDuty      GroundID = "no_duty"
	NoInterest  GroundID = "no_interest"
	NotAMember  GroundID = "not_a_member"
	NotATrustee GroundID = "not_a_trustee"
)

// Ground is a reason for which a request may be refused.
type Ground struct {
	ID       GroundID
	Text     string
	Citation string
	// AfterCourt is set for what only the court can decide.
	AfterCourt bool
}

// Grounds are those on which a request by an audience may be refused under a form.
// A company may not refuse by itself a purpose that it thinks improper: it answers
// in time or asks the court (Companies Act 2006, ss.117 and 118).
func Grounds(form *law.Form, a law.Audience) []Ground {
	t := TermsFor(form, a)
	cite := t.Citation
	if !t.Right {
		if n := len(form.Inspections); n > 0 {
			cite = form.Inspections[n-1].Citation
		}
		return []Ground{{ID: NoRight, Text: t.Why, Citation: cite}}
	}
	a = t.Audience
	var out []Ground
	add := func(id GroundID, when bool, text string) {
		if when {
			out = append(out, Ground{ID: id, Text: text, Citation: cite, AfterCourt: id == CourtOrder})
		}
	}
	add(Incomplete, t.NeedsPurpose, "The request does not give what the law asks for: name, address, purpose, and who else will get the information.")
	add(NotPaid, t.NeedsPurpose && !t.Free, "The fee that the law sets was not paid.")
	add(NoDuty, t.NeedsDuty, "The request is not for the duties of the one who asks.")
	add(NotAMember, a == law.Member || a == law.OwnEntry, "The one who asks is not in the register of members.")
	add(NotATrustee, a == law.Trustee, "The one who asks is not a trustee.")
	add(NoInterest, a == law.Interested, "The one who asks has no interest in the funds.")
	add(CourtOrder, t.mayGoToCourt(), "The court directed that the request need not be met.")
	return out
}

// mayGoToCourt reports whether whoever keeps the register may ask the court for
// leave not to answer. The law gives that way where it sets a time and asks for a
// purpose: Companies Act 2006, s.117.
func (t Terms) mayGoToCourt() bool { return t.Right && t.NeedsPurpose && t.WorkingDays > 0 }

func (r Request) mayRefuse(id GroundID, state State, form *law.Form) error {
	grounds := Grounds(form, r.Audience)
	i := slices.IndexFunc(grounds, func(g Ground) bool { return g.ID == id })
	switch {
	case i < 0:
		return fault.Fieldf("ground", "request %d cannot be refused on the ground %q under the law of a %s", r.Number, cmp.Or(string(id), "none"), lowerFirst(form.Label))
	case grounds[i].AfterCourt && state != AtCourt:
		return fault.Fieldf("ground", "request %d is not before the court: ask it first (%s)", r.Number, grounds[i].Citation)
	}
	return nil
}
