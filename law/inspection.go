package law

import (
	"fmt"
	"slices"
)

// Audience is who asks to see the register.
type Audience string

// Who may ask. A person is always also Anyone.
const (
	// OwnEntry is a member asking for what the register says about them.
	OwnEntry Audience = "own-entry"
	// Member is a member asking about others.
	Member Audience = "member"
	// Interested is a person with an interest in the funds of a society who is
	// no member.
	Interested Audience = "interested"
	// Trustee is a charity trustee who is no member.
	Trustee Audience = "trustee"
	// Anyone is the public.
	Anyone Audience = "anyone"
)

// UnmarshalText accepts the known audiences only.
func (a *Audience) UnmarshalText(text []byte) error {
	switch v := Audience(text); v {
	case OwnEntry, Member, Interested, Trustee, Anyone:
		*a = v
		return nil
	}
	return fmt.Errorf("audience %q is not one of own-entry, member, interested, trustee, anyone", clip(string(text)))
}

// Inspection is what one audience may see of the register, and on what terms.
// Where a form has no Inspection for an audience, that audience has no right.
type Inspection struct {
	Audience Audience
	// Sees are the fields shown, of those the register holds on that day.
	Sees []FieldName
	// Copy is true where a copy may be asked for as well as a look.
	Copy bool
	// Free is true where nothing may be charged for a look.
	Free bool
	// NeedsPurpose is true where the request must say what the information is for.
	NeedsPurpose bool
	// NeedsDuty is true where the request must be for the asker's own duties.
	NeedsDuty bool
	// MayOptOut is true where a member may ask to be left out of what is shown.
	MayOptOut bool
	// WorkingDays is the time to answer; nought where the law sets none.
	WorkingDays int
	Text        string
	Provenance
}

// Inspection returns what an audience may see. No right at all is false.
func (f *Form) Inspection(a Audience) (Inspection, bool) {
	for _, i := range f.Inspections {
		if i.Audience == a {
			return i, true
		}
	}
	return Inspection{}, false
}

// MaySee reports whether an audience may see a field of another's entry, or of
// their own for [OwnEntry].
func (f *Form) MaySee(a Audience, name FieldName) bool {
	i, ok := f.Inspection(a)
	return ok && slices.Contains(i.Sees, name)
}

// Answer returns by when a request received on a day must be answered. It is
// false where the law sets no time.
func (i Inspection) Answer(cal *Calendar, received Date) (Deadline, bool) {
	if i.WorkingDays == 0 {
		return Deadline{}, false
	}
	return cal.WorkingDeadline(received, i.WorkingDays), true
}
