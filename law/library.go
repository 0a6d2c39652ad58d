package law

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// England is the name of the calendar for England and Wales in the packs built in.
const England = "england-and-wales"

// Library is a set of packs, ready to be asked. It does not change after loading
// and may be used from several goroutines.
type Library struct {
	rules      []*Rule
	forms      []*formVersion
	retentions []Retention
	calendars  map[string]*Calendar
	// facts holds the one meaning each fact name has in every rule.
	facts map[string]Fact
}

// Filter narrows a list of rules. The zero Filter lets everything through.
type Filter struct {
	// Form keeps rules that apply to a legal form.
	Form FormID
	// Prefix keeps rules whose id begins so: "society.".
	Prefix string
	// Unchecked keeps only rules not yet compared with their source.
	Unchecked bool
}

func (f Filter) lets(r *Rule) bool {
	return (f.Form == "" || r.AppliesTo(f.Form)) &&
		strings.HasPrefix(r.ID, f.Prefix) &&
		(!f.Unchecked || r.Checked.IsZero())
}

// NotFoundError says that the library has nothing of that name.
type NotFoundError struct {
	Kind string
	ID   string
	// Near are names that look like it.
	Near []string
}

func (e *NotFoundError) Error() string {
	text := fmt.Sprintf("%s %q is not known", e.Kind, clip(e.ID))
	if len(e.Near) > 0 {
		text += ": did you mean " + strings.Join(e.Near, " or ")
	}
	return text
}

// Rules lists the rules with effect on a day, by id.
func (l *Library) Rules(on Date, f Filter) []*Rule {
	var out []*Rule
	for _, r := range l.rules {
		if r.InForce(on) && f.lets(r) {
			out = append(out, r)
		}
	}
	return out
}

// Versions lists every version of every rule, by id and first day.
func (l *Library) Versions(f Filter) []*Rule {
	var out []*Rule
	for _, r := range l.rules {
		if f.lets(r) {
			out = append(out, r)
		}
	}
	return out
}

// Rule returns the version of a rule with effect on a day. It gives a
// [NotFoundError] for a name nobody knows, and a [NotInForceError] for a rule
// that has no effect on that day.
func (l *Library) Rule(id string, on Date) (*Rule, error) {
	var other *Rule
	for _, r := range l.rules {
		if r.ID != id {
			continue
		}
		if r.InForce(on) {
			return r, nil
		}
		if other == nil || r.From.Before(on) {
			other = r
		}
	}
	if other != nil {
		return nil, &NotInForceError{Rule: id, On: on, From: other.From, To: other.To}
	}
	ids := make([]string, 0, len(l.rules))
	for _, r := range l.rules {
		ids = append(ids, r.ID)
	}
	return nil, &NotFoundError{Kind: "rule", ID: id, Near: near(id, ids)}
}

// Form returns a legal form as it stood on a day.
func (l *Library) Form(id FormID, on Date) (*Form, error) {
	var ids []string
	for _, f := range l.forms {
		if f.form.ID == id {
			return f.on(on)
		}
		ids = append(ids, string(f.form.ID))
	}
	return nil, &NotFoundError{Kind: "legal form", ID: string(id), Near: near(string(id), ids)}
}

// Forms lists the legal forms that existed on a day, in the order of the pack.
func (l *Library) Forms(on Date) []*Form {
	var out []*Form
	for _, f := range l.forms {
		if form, err := f.on(on); err == nil {
			out = append(out, form)
		}
	}
	return out
}

// Retentions lists how long each class of record is kept, as on a day. The
// register of members is kept as its legal form says.
func (l *Library) Retentions(on Date) []Retention {
	var out []Retention
	for _, r := range l.retentions {
		if r.InForce(on) {
			out = append(out, r)
		}
	}
	return out
}

// Retention returns how long one class of record is kept, as on a day.
func (l *Library) Retention(id string, on Date) (Retention, error) {
	var ids []string
	for _, r := range l.Retentions(on) {
		if r.ID == id {
			return r, nil
		}
		ids = append(ids, r.ID)
	}
	return Retention{}, &NotFoundError{Kind: "class of record", ID: id, Near: near(id, ids)}
}

// Calendar returns the calendar of a place.
func (l *Library) Calendar(id string) (*Calendar, error) {
	if c, ok := l.calendars[id]; ok {
		return c, nil
	}
	return nil, &NotFoundError{Kind: "calendar", ID: id}
}

// near returns at most two names within a short edit of the one asked for.
func near(name string, all []string) []string {
	type candidate struct {
		name string
		cost int
	}
	var found []candidate
	for _, other := range slices.Compact(slices.Sorted(slices.Values(all))) {
		if cost := distance(name, other); cost <= 1+len(other)/4 {
			found = append(found, candidate{other, cost})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.cost, b.cost) })
	var names []string
	for _, c := range found[:min(len(found), 2)] {
		names = append(names, c.name)
	}
	return names
}

// distance counts the letters to add, drop or change from one name to another.
func distance(a, b string) int {
	if len(a) > 80 || len(b) > 80 {
		return 1 << 20
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
