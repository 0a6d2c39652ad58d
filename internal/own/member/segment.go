package member

import (
	"slices"
	"sync"

	"commonweal/law"
)

// segment is a stretch of days on which nothing that a rule turns on changes.
type segment struct {
	from     law.Date
	posts    []Post // held on these days, the main one first
	area     string
	employed bool
	answers  map[string]fit // of classes, as asked
}

// fit is what the rule of a class says of somebody, and of which particulars.
type fit struct {
	Answer
	of Particulars
}

// segments cuts the life of one person at every day on which a fact counts, a
// post begins or ends, or the rule-book changes.
func segments(in Inputs, facts []Fact) []segment {
	var days []law.Date
	for _, f := range facts {
		days = append(days, f.Effective)
	}
	for _, p := range in.Posts {
		days = append(days, p.From)
		if !p.To.IsZero() {
			days = append(days, p.To.AddDays(1))
		}
		days = append(days, in.Book.serviceDays(p)...)
	}
	if len(days) == 0 {
		return nil
	}
	first := slices.MinFunc(days, law.Date.Compare)
	for _, d := range in.Book.starts {
		if d.After(first) {
			days = append(days, d)
		}
	}
	slices.SortFunc(days, law.Date.Compare)
	days = slices.Compact(days)

	out := make([]segment, len(days))
	area, next := "", 0
	for i, day := range days {
		for ; next < len(facts) && !facts[next].Effective.After(day); next++ {
			if facts[next].Kind == AreaGiven {
				area = facts[next].Data
			}
		}
		out[i] = segment{from: day, area: area}
		for _, p := range in.Posts {
			if p.holds(day) {
				out[i].posts = append(out[i].posts, p)
				out[i].employed = out[i].employed || p.Employs()
			}
		}
		if len(out[i].posts) > 1 {
			slices.SortStableFunc(out[i].posts, func(a, b Post) int {
				switch {
				case a.before(b):
					return -1
				case b.before(a):
					return 1
				}
				return 0
			})
		}
	}
	return out
}

// maxService bounds the months of service that are told apart: 60 years.
const maxService = 720

// serviceDays are the days of a post on which so many months of service are
// full that the answer of a rule may change. Days before the rule-book begins
// change nothing: no class is open on them.
func (b *Book) serviceDays(p Post) []law.Date {
	marks := b.service.marks
	if b.service.everyMonth() {
		marks = everyMonth()
	}
	var out []law.Date
	for _, n := range marks {
		day := p.begins().AddMonths(n).AddDays(-1)
		if !day.Before(p.From) && (p.To.IsZero() || !day.After(p.To)) && (len(b.starts) == 0 || day.After(b.starts[0])) {
			out = append(out, day)
		}
	}
	return out
}

// everyMonth are all the months of service that are told apart.
var everyMonth = sync.OnceValue(func() []int {
	out := make([]int, maxService)
	for i := range out {
		out[i] = i + 1
	}
	return out
})

// asks works out whether the rule of a class fits on the days of a segment. No
// rule fits while the class is closed or not begun.
func (s *segment) asks(b *Book, code string) fit {
	if a, ok := s.answers[code]; ok {
		return a
	}
	a := s.work(b.open(code, s.from))
	if s.answers == nil {
		s.answers = map[string]fit{}
	}
	s.answers[code] = a
	return a
}

func (s *segment) work(v *classVersion) fit {
	switch {
	case v == nil, v.Kind == Staff && len(s.posts) == 0:
		return fit{Answer: Answer{Verdict: law.Fails}, of: s.private()}
	case v.rule == nil && v.Kind == Staff && !s.employed:
		return fit{Answer: Answer{Verdict: law.Fails}, of: s.private()}
	case v.rule == nil:
		return fit{Answer: Answer{Verdict: law.Holds}, of: s.private()}
	case v.Kind.NeedsConsent() || len(s.posts) == 0:
		return evaluate(v.rule, s.private())
	}
	var best fit
	for i, p := range s.posts {
		of := particularsOf(p, s.from)
		of.Area = s.area
		a := evaluate(v.rule, of)
		if i == 0 || rank(a.Verdict) > rank(best.Verdict) {
			best = a
		}
	}
	return best
}

// evaluate asks a rule. A rule that cannot be worked out, because it divides by
// nought for example, tells us nothing.
func evaluate(r *Rule, of Particulars) fit {
	a, err := r.Evaluate(of)
	if err != nil {
		a = Answer{Verdict: law.CannotTell}
	}
	return fit{Answer: a, of: of}
}

func rank(v law.Verdict) int {
	switch v {
	case law.Holds:
		return 2
	case law.CannotTell:
		return 1
	}
	return 0
}

// private is what is known of somebody apart from posts.
func (s *segment) private() Particulars {
	p := unknownParticulars
	p.Area, p.Employment = s.area, No
	if s.employed {
		p.Employment = Yes
	}
	return p
}
