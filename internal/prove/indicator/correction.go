package indicator

import (
	"fmt"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// maxReason is how long the reason for a change may be.
const maxReason = 500

// corrected are the figures of a file that say something else than the newest word
// before, as revisions.
func corrected(had, list []Figure) (out []Revision) {
	last := map[string]Figure{}
	for _, f := range had { // the newest word of each comes last
		last[f.Period.String()+f.Unit] = f
	}
	for _, f := range list {
		if was, ok := last[f.Period.String()+f.Unit]; ok && was.Value != f.Value {
			out = append(out, Revision{Was: was, Now: f})
		}
	}
	return out
}

// why refuses a file that changes figures and does not say why. A reason where nothing
// changes is left out.
func (d Definition) why(reason string, changes []Revision) (string, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case len(changes) == 0:
		return "", nil
	case len(reason) > maxReason:
		return "", fault.Fieldf("reason", "the reason is longer than %d letters", maxReason)
	case reason != "":
		return reason, nil
	}
	first := changes[0]
	return "", fault.Fieldf("reason", "%s; the first is of %s, which was %s and would be %s: say why",
		says(len(changes)), d.PeriodWords(first.Was.Period), exact(first.Was.Value), exact(first.Now.Value))
}

// CorrectionWords say on one line what a correction comes to: "May 2024, East ward: 2.44,
// before 2.20". Figures have a digit more than their measure, and all of theirs where that
// would make them look alike.
func (d Definition) CorrectionWords(r Revision) string {
	of := d.PeriodWords(r.Was.Period)
	if name, ok := r.Was.Part(); ok {
		of += ", " + name
	} else if ods, ok := r.Was.Organisation(); ok {
		of += ", " + ods
	}
	short := func(v float64) string { return strconv.FormatFloat(v, 'f', d.Decimals+1, 64) }
	was, now := short(r.Was.Value), short(r.Now.Value)
	if was == now {
		was, now = exact(r.Was.Value), exact(r.Now.Value)
	}
	return of + ": " + now + ", before " + was
}

func says(n int) string {
	if n == 1 {
		return "one figure says something else than before"
	}
	return fmt.Sprintf("%d figures say something else than before", n)
}

func (i Import) correction(id string) journal.Row {
	return journal.Row{"id": id, "org_id": i.Org, "import_id": i.ID, "figures": i.Revised, "reason": i.Reason}
}
