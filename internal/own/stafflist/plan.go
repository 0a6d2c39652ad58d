package stafflist

import "commonweal/law"

// Plan is what a list would change. Nothing has changed yet.
type Plan struct {
	AsAt    law.Date
	Joiners []Joiner
	Leavers []Leaver
	Changes []Change
	// Employed counts the people known to be employed on the list's date.
	Employed int
	// Unchanged counts people who are in the list and stay as they are.
	Unchanged int
	// Held are the employee numbers of known people left as before because a row
	// that is or may be theirs was refused.
	Held []string
	// Rejects are those of the list and those found in comparing, by row.
	Rejects []Reject
	Notes   []Note
	// Read counts the rows of the list, Refused those with a reject.
	Read, Refused int
	// NeedsConfirmation holds the reasons to ask a person twice before applying.
	NeedsConfirmation []Doubt
}

// Joiner is someone the list has and we had not, or had as having left.
type Joiner struct {
	Person
	Row    int
	Return bool // was known before and had left
}

// LeaverReason says what tells us that someone left.
type LeaverReason string

// The reasons.
const (
	// Ended means that the row has a leaving date that is past.
	Ended LeaverReason = "ended"
	// Absent means that the list no longer has the person.
	Absent LeaverReason = "absent"
)

// Leaver is someone who is no longer employed as at the list's date. It ends no
// membership.
type Leaver struct {
	Person // as from now, with Main.End the day they left
	Left   law.Date
	Reason LeaverReason
	Row    int // 0 if absent
}

// Change is someone the list describes differently.
type Change struct {
	Person      // as from now
	Row         int
	Differences []Difference
}

// Difference is one field that changed, as people read it.
type Difference struct {
	Field        Field
	Was, Becomes string
}

// Empty reports whether applying the plan would change nothing.
func (p Plan) Empty() bool { return len(p.Joiners)+len(p.Leavers)+len(p.Changes) == 0 }

// Size counts the people the plan would change.
func (p Plan) Size() int { return len(p.Joiners) + len(p.Leavers) + len(p.Changes) }

// Sentence says the plan in the words of the dry-run page.
func (p Plan) Sentence() string {
	if p.Read == 0 {
		return "The list has no rows below its headings."
	}
	s := "Of " + rowsWord(p.Read) + ", " + grouped(p.Read-p.Refused) + " can be read. "
	switch p.Size() {
	case 0:
		s += "Nothing would change."
	case 1:
		s += "One would change the staff list."
	default:
		s += grouped(p.Size()) + " would change the staff list."
	}
	switch p.Refused {
	case 0:
	case 1:
		s += " One is refused."
	default:
		s += " " + capital(numberWord(p.Refused)) + " are refused."
	}
	return s
}

func rowsWord(n int) string {
	if n == 1 {
		return "one row"
	}
	return grouped(n) + " rows"
}

func refusedRows(rejects []Reject) int {
	seen := map[int]bool{}
	for _, r := range rejects {
		seen[r.Row] = true
	}
	return len(seen)
}
