package member

import (
	"slices"
	"strings"

	"commonweal/law"
)

// place is the constituency of a member on some days, and why. There is no place
// where the class has no constituencies.
type place struct {
	rule    *constituencyRule // nil where there is none
	of      Particulars
	missing []string // why we cannot tell which
}

func (p *place) equal(q *place) bool {
	if p == nil || q == nil || p.rule == nil || q.rule == nil {
		return p == q || p != nil && q != nil && p.rule == q.rule && slices.Equal(p.missing, q.missing)
	}
	return p.rule.Code == q.rule.Code && p.rule.Name == q.rule.Name && slices.Equal(p.missing, q.missing)
}

// in is the constituency, or nil.
func (p *place) in() *constituencyRule {
	if p == nil {
		return nil
	}
	return p.rule
}

// place finds the constituency of a member of the present class: the first, by
// position, whose rule fits the main post. A member who has left stays in the
// constituency of the last post until membership ends.
func (m *machine) place(i int, day law.Date) *place {
	set := m.in.Book.set(m.class, day)
	if len(set) == 0 {
		return nil
	}
	out := &place{of: m.segs[i].private()}
	if v := m.in.Book.version(m.class, day); v != nil && !v.Kind.NeedsConsent() {
		for k := i; k >= 0; k-- {
			if len(m.segs[k].posts) > 0 {
				out.of = particularsOf(m.segs[k].posts[0], m.segs[k].from)
				out.of.Area = m.segs[i].area
				break
			}
		}
	}
	out.rule, out.missing = assign(set, out.of)
	return out
}

// assign returns the constituency that somebody belongs to. An earlier rule that
// may or may not fit leaves it open.
func assign(set []constituencyRule, of Particulars) (found *constituencyRule, missing []string) {
	for k := range set {
		switch answer := evaluate(set[k].rule, of); answer.Verdict {
		case law.Holds:
			return &set[k], nil
		case law.CannotTell:
			missing = answer.Missing
			if missing == nil {
				missing = []string{}
			}
			return nil, missing
		}
	}
	return nil, nil
}

// sentence says which constituency and why, or why none.
func (p *place) sentence() string {
	switch {
	case p == nil:
		return ""
	case p.rule != nil:
		text := " In the constituency " + p.rule.nameInReason()
		if because := p.rule.rule.because(p.of); because != "" {
			text += ": " + because
		}
		return text + "."
	case p.missing != nil:
		return " We cannot tell which constituency: " + strings.Join(questions(p.missing), " ")
	}
	return " In no constituency: no rule of one fits."
}
