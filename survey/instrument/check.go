package instrument

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// maxCode is the greatest code of an option: answers are kept as one byte.
const maxCode = 250

// Fault is one thing that is wrong with an instrument.
type Fault struct {
	Instrument string
	// Where names the part: "question q3c", "scale agree", or nothing for the
	// instrument as a whole.
	Where string
	Field string // as in the JSON
	Why   string
}

// Error writes the fault on one line.
func (f Fault) Error() string {
	where := f.Where
	if where != "" {
		where += ": "
	}
	return fmt.Sprintf("instrument %s: %s%s: %s", f.Instrument, where, f.Field, f.Why)
}

var (
	identity = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	column   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,31}$`)
	language = regexp.MustCompile(`^[a-z]{2}$`)
	number   = regexp.MustCompile(`^[0-9]{1,2}[a-z]?$`)
)

// Check returns nil if the instrument holds together, and otherwise every
// [Fault] joined into one error.
func (in Instrument) Check() error {
	c := checker{in: in}
	c.whole()
	for i, g := range in.Groups {
		c.group(i, g)
	}
	for i, s := range in.Scales {
		c.scale(i, s)
	}
	for i, q := range in.Questions {
		c.question(i, q)
	}
	for i, s := range in.Scores {
		c.score(i, s)
	}
	return errors.Join(c.faults...)
}

type checker struct {
	in     Instrument
	where  string
	faults []error
}

func (c *checker) fault(field, format string, args ...any) {
	c.faults = append(c.faults, Fault{c.in.ID, c.where, field, fmt.Sprintf(format, args...)})
}

// at sets the part that faults are about, by position where it has no name.
func (c *checker) at(kind, id string, i int) {
	c.where = kind + " " + id
	if id == "" {
		c.where = fmt.Sprintf("%s %d", kind, i+1)
	}
}

func (c *checker) text(field string, t Text) {
	if _, ok := t["en"]; !ok {
		c.fault(field, "there is no English text")
	}
	for _, l := range slices.Sorted(maps.Keys(t)) {
		s := t[l]
		if !language.MatchString(l) {
			c.fault(field, "%q is not a two-letter language", l)
		}
		if s == "" || strings.TrimSpace(s) != s {
			c.fault(field, "the text in %q is empty or has blanks at an end", l)
		}
		if _, ok := c.in.Title[l]; !ok {
			c.fault(field, "there is a text in %q, which the title has not", l)
		}
	}
	for _, l := range slices.Sorted(maps.Keys(c.in.Title)) {
		if _, ok := t[l]; !ok && l != "en" {
			c.fault(field, "there is no text in %q, which the title has", l)
		}
	}
}

func (c *checker) whole() {
	in := c.in
	if !identity.MatchString(in.ID) {
		c.fault("id", "%q is not small letters, digits and hyphens", in.ID)
	}
	if in.Version < 1 {
		c.fault("version", "%d is less than 1", in.Version)
	}
	c.text("title", in.Title)
	if strings.TrimSpace(in.Source) == "" {
		c.fault("source", "no publication is named")
	}
	if _, _, ok := in.Series.Range(); !ok {
		c.fault("series", "%q is not %q, %q, %q or %q", in.Series, ZeroToTen, OneToFive, Percent, Net)
	}
	for i, y := range in.Years {
		if i > 0 && in.Years[i-1] >= y {
			c.fault("years", "%d does not come after %d", y, in.Years[i-1])
		}
		if s := SeriesOf(y); s != in.Series {
			c.fault("years", "the survey of %d is scored %s, not %s", y, s, in.Series)
		}
	}
	if len(in.Questions) == 0 {
		c.fault("questions", "there are none")
	}
}

func (c *checker) group(i int, g Group) {
	c.at("group", g.ID, i)
	if !identity.MatchString(g.ID) {
		c.fault("id", "%q is not small letters, digits and hyphens", g.ID)
	}
	if again(c.in.Groups, i, func(o Group) bool { return o.ID == g.ID }) {
		c.fault("id", "another group has it too")
	}
	c.text("stem", g.Stem)
	c.together(i, g)
}

// together wants the questions of a group in one piece and groups in the order
// of their questions: a group is one page.
func (c *checker) together(i int, g Group) {
	first, last, n := -1, -1, 0
	for j, q := range c.in.Questions {
		if q.Group != g.ID {
			continue
		}
		if first < 0 {
			first = j
		}
		last = j
		n++
	}
	switch {
	case n == 0:
		c.fault("id", "no question is in it")
	case last-first+1 != n:
		c.fault("id", "its questions do not stand together")
	}
	for _, before := range c.in.Groups[:i] {
		at := slices.IndexFunc(c.in.Questions, func(q Question) bool { return q.Group == before.ID })
		if n > 0 && at > first {
			c.fault("id", "its questions stand before those of group %s", before.ID)
		}
	}
}

func (c *checker) scale(i int, s Scale) {
	c.at("scale", s.ID, i)
	if !identity.MatchString(s.ID) {
		c.fault("id", "%q is not small letters, digits and hyphens", s.ID)
	}
	if again(c.in.Scales, i, func(o Scale) bool { return o.ID == s.ID }) {
		c.fault("id", "another scale has it too")
	}
	if len(s.Options) < 2 {
		c.fault("options", "there are fewer than two")
	}
	low, high, known := c.in.Series.Range()
	for j, o := range s.Options {
		if o.Code < 1 || o.Code > maxCode {
			c.fault("options", "code %d is not between 1 and %d", o.Code, maxCode)
		}
		if again(s.Options, j, func(p Option) bool { return p.Code == o.Code }) {
			c.fault("options", "code %d stands twice", o.Code)
		}
		if again(s.Options, j, func(p Option) bool { return p.Label.In("en") == o.Label.In("en") }) {
			c.fault("options", "the label %q stands twice", o.Label.In("en"))
		}
		c.text(fmt.Sprintf("options, code %d, label", o.Code), o.Label)
	}
	if known {
		if why := s.fits(low, high); why != "" {
			c.fault("kind", "%q does not fit the points: %s", s.Kind, why)
		}
	}
}

func (c *checker) question(i int, q Question) {
	c.at("question", q.ID, i)
	if !column.MatchString(q.ID) {
		c.fault("id", "%q is not a letter and up to 31 letters, digits and underscores", q.ID)
	}
	if again(c.in.Questions, i, func(o Question) bool { return strings.EqualFold(o.ID, q.ID) }) {
		c.fault("id", "another question has it too")
	}
	if !identity.MatchString(q.Concept) {
		c.fault("concept", "%q is not small letters, digits and hyphens", q.Concept)
	}
	if again(c.in.Questions, i, func(o Question) bool { return o.Concept == q.Concept }) {
		c.fault("concept", "another question is about %q too", q.Concept)
	}
	c.text("label", q.Label)
	if len(q.Text) > 0 {
		c.text("text", q.Text)
	}
	if q.Group != "" && !slices.ContainsFunc(c.in.Groups, func(g Group) bool { return g.ID == q.Group }) {
		c.fault("group", "%q is not a group of this instrument", q.Group)
	}
	s, ok := c.in.Scale(q.Scale)
	if !ok {
		c.fault("scale", "%q is not a scale of this instrument", q.Scale)
	}
	if ok && q.Reverse && len(s.points()) == 0 {
		c.fault("reverse", "scale %s has no points to turn round", s.ID)
	}
	c.numbers(i, q)
	if q.Ask != nil {
		c.ask(i, *q.Ask)
	}
}

func (c *checker) numbers(i int, q Question) {
	for _, y := range slices.Sorted(maps.Keys(q.Numbers)) {
		n := q.Numbers[y]
		if !slices.Contains(c.in.Years, y) {
			c.fault("numbers", "%d is not one of the instrument's years", y)
		}
		if !number.MatchString(n) {
			c.fault("numbers", "%q is not a number and perhaps a letter", n)
		}
		if again(c.in.Questions, i, func(o Question) bool { m, ok := o.Numbers[y]; return ok && m == n }) {
			c.fault("numbers", "another question is %s in %d too", n, y)
		}
	}
	for _, y := range slices.Sorted(maps.Keys(q.Breaks)) {
		if _, ok := q.Numbers[y]; !ok {
			c.fault("breaks", "the question has no number in %d", y)
		}
		if strings.TrimSpace(q.Breaks[y]) == "" {
			c.fault("breaks", "no reason is given for %d", y)
		}
	}
}

// ask allows a condition only on a question that comes before, so that no one
// need look ahead and no circle can arise.
func (c *checker) ask(i int, a Condition) {
	at := slices.IndexFunc(c.in.Questions, func(o Question) bool { return o.ID == a.Question })
	if at < 0 || at >= i {
		c.fault("ask", "%q is not a question that comes before", a.Question)
		return
	}
	s, ok := c.in.Scale(c.in.Questions[at].Scale)
	if !ok {
		return // said of that question already
	}
	if len(a.Is) == 0 {
		c.fault("ask", "no option of %s is named", a.Question)
	}
	for j, code := range a.Is {
		if _, ok := s.Option(code); !ok {
			c.fault("ask", "%d is not an option of %s", code, a.Question)
		}
		if slices.Contains(a.Is[:j], code) {
			c.fault("ask", "option %d is named twice", code)
		}
	}
	low, high, _ := c.in.Series.Range()
	for j, o := range a.Otherwise {
		if _, ok := s.Option(o.Code); !ok || slices.Contains(a.Is, o.Code) {
			c.fault("ask", "%d is not an option of %s that leaves the question out", o.Code, a.Question)
		}
		if again(a.Otherwise, j, func(p Instead) bool { return p.Code == o.Code }) {
			c.fault("ask", "option %d has points twice", o.Code)
		}
		if o.Points < low || o.Points > high {
			c.fault("ask", "%g points are not between %g and %g", o.Points, low, high)
		}
	}
}

// again reports whether an item before position i is one that is says.
func again[T any](list []T, i int, is func(T) bool) bool {
	return slices.ContainsFunc(list[:i], is)
}
