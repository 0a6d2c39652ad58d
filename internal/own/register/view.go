package register

import (
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// ViewOf is what an audience may see of the register. For [law.OwnEntry], person
// says whose entry it is; otherwise it is not looked at. An audience that has no
// right under the form gets a Forbidden fault with the reason, see [TermsFor].
//
// Fields that the audience may not see are not in the result, nor are numbers and
// ids of other people. Who asked to be left out is left out, where the form lets
// members ask that.
func (r Register) ViewOf(a law.Audience, person string) (Register, error) {
	if a == Full {
		return r, nil
	}
	terms := TermsFor(r.Form, a)
	if !terms.Right {
		return Register{}, fault.Errorf(fault.Forbidden, "%s", terms.Why)
	}
	out := Register{Organisation: r.Organisation, Form: r.Form, Day: r.Day, View: terms.Audience}
	for _, c := range r.Columns {
		if slices.Contains(terms.Sees, c.Field) {
			out.Columns = append(out.Columns, c)
		}
	}
	left := map[string]bool{}
	for _, e := range r.Entries {
		switch {
		case a == law.OwnEntry:
			if e.Person == person && person != "" {
				out.Entries = append(out.Entries, e.only(out.Columns).with(e))
			}
		case terms.MayOptOut && r.withheld[e.MemberID]:
			left[e.MemberID] = true
		default:
			out.Entries = append(out.Entries, e.only(out.Columns))
		}
	}
	out.LeftOut = len(left)
	if a != law.OwnEntry {
		out.Expired = r.Expired
	}
	return out, nil
}

// Fields are the names of the columns, for the record.
func (r Register) Fields() []string {
	out := make([]string, len(r.Columns))
	for i, c := range r.Columns {
		out[i] = string(c.Field)
	}
	return out
}
