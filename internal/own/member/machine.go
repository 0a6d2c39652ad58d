package member

import (
	"commonweal/law"
)

// machine walks through the segments of one person's life and keeps what the
// person is. It writes a span whenever that changes.
type machine struct {
	in    Inputs
	facts []Fact // in force, in order
	next  int    // the first fact not yet applied
	segs  []segment
	spans []span

	state State  // Applicant, Member, Ended or NotAMember
	why   *cause // of the state
	class string
	since law.Date // first day of the state
	moved law.Date // first day in the class, when later than since
	end   ending   // by rule, of the present membership

	// Where a membership depends on eligibility that is no longer known, it is in
	// doubt from a day on. sure tells that eligibility was once known to be there.
	sure  bool
	doubt law.Date

	barred   map[string]bool // automatic classes opted out of
	expelled *Fact
	dead     bool
	consent  bool
	held     *Fact  // an admission that waits for consent
	asking   *Fact  // a member's application to another class
	ended    *cause // of the last membership that ended

	maybe     fit // an automatic class that may or may not take the person in
	maybeCode string
}

// span is what somebody is from a day on, until the next span.
type span struct {
	from  law.Date
	state State
	code  string
	class *classVersion
	since law.Date
	moved law.Date
	why   *cause
	place *place // nil but for a member of a class with constituencies

	asking *Fact
	ended  *cause // of the last membership that ended, and the day of it

	// What is underneath where we cannot tell: a membership in doubt, or someone
	// who is not known to be a member.
	base      State
	baseSince law.Date
}

// Timeline is what one person was, is and will be as far as is known.
type Timeline struct{ spans []span }

// NewTimeline works out the whole timeline of one person.
func NewTimeline(in Inputs) Timeline {
	facts := inForce(in.Facts)
	m := &machine{in: in, facts: facts, segs: segments(in, facts), state: NotAMember, barred: map[string]bool{}}
	m.spans = make([]span, 0, len(m.segs)+1)
	for i := range m.segs {
		m.until(i-1, m.segs[i].from)
		m.enterSegment(i)
	}
	if n := len(m.segs); n > 0 {
		m.until(n-1, law.Date{})
	}
	return Timeline{m.spans}
}

// until does what falls within segment i, before the next one begins.
func (m *machine) until(i int, next law.Date) {
	within := func(d law.Date) bool { return !d.IsZero() && (next.IsZero() || d.Before(next)) }
	if m.state != Member {
		return
	}
	if within(m.doubt) && m.doubt.After(m.segs[i].from) && (!m.end.known() || m.doubt.Before(m.end.on)) {
		m.write(i, m.doubt)
	}
	if m.state == Member && m.end.known() && within(m.end.on) {
		on := m.end.on
		m.leave(on, &cause{end: m.end, on: on})
		m.automatic(i, on)
		m.write(i, on)
	}
}

// enterSegment does what happens on the first day of a segment.
func (m *machine) enterSegment(i int) {
	day := m.segs[i].from
	if m.state == Member && m.end.known() && !m.end.on.After(day) {
		m.leave(m.end.on, &cause{end: m.end, on: m.end.on})
	}
	for ; m.next < len(m.facts) && m.facts[m.next].Effective == day; m.next++ {
		m.apply(i, &m.facts[m.next])
	}
	m.automatic(i, day)
	m.doubting(i)
	m.write(i, day)
}

// apply does what one fact says.
func (m *machine) apply(i int, f *Fact) {
	day := f.Effective
	because := &cause{fact: f, on: day}
	if m.dead {
		return
	}
	switch f.Kind {
	case Applied:
		if m.state == Member {
			if m.class != f.Class {
				m.asking = f
			}
		} else {
			m.asking = nil
			because.class = m.version(f.Class, day)
			m.become(Applicant, f.Class, day, because)
		}
	case Refused:
		m.asking = nil
		m.drop(day, because)
	case Withdrew:
		if m.state == Member {
			m.barred[m.class] = true // an automatic class would take the person back the same day
		}
		m.out(day, because)
	case OptedOut:
		m.barred[f.Class] = true
		if m.state != Member || m.class == f.Class {
			m.out(day, because)
		}
	case OptedIn:
		delete(m.barred, f.Class)
	case Expelled:
		m.expelled = f
		m.out(day, because)
	case Died:
		m.dead, m.asking = true, nil
		m.out(day, because)
	case Reinstated:
		m.expelled = nil
		delete(m.barred, f.Class)
		m.enter(i, day, f.Class, because)
	case Admitted:
		m.expelled, m.asking = nil, nil
		delete(m.barred, f.Class)
		if v := m.in.Book.version(f.Class, day); v != nil && v.Kind.NeedsConsent() && !m.consent {
			m.held = f
			if m.state != Member {
				m.become(Applicant, f.Class, day, &cause{fact: f, held: f, on: day, class: v})
			}
			return
		}
		m.enter(i, day, f.Class, because)
	case Consented:
		m.consent = true
		if m.held != nil {
			because.held = m.held
			m.enter(i, day, m.held.Class, because)
		}
	case ConsentWithdrawn:
		m.consent = false
		if v := m.in.Book.version(m.class, day); v != nil && v.Kind.NeedsConsent() {
			m.out(day, because)
		}
	}
}

// become changes to a state other than Member.
func (m *machine) become(s State, class string, day law.Date, why *cause) {
	m.state, m.class, m.since, m.why = s, class, day, why
	m.moved, m.end, m.doubt, m.sure = law.Date{}, ending{}, law.Date{}, false
}

// drop ends an application, if there is one.
func (m *machine) drop(day law.Date, why *cause) {
	m.held = nil
	if m.state == Applicant {
		m.become(NotAMember, "", day, why)
	}
}

// out ends a membership or an application. Where there is neither it notes why
// somebody is outside, unless a membership had ended before.
func (m *machine) out(day law.Date, why *cause) {
	switch m.state {
	case Member:
		m.leave(day, why)
	case Applicant:
		m.drop(day, why)
	case NotAMember:
		m.become(NotAMember, "", day, why)
	}
	m.held = nil
}

func (m *machine) leave(day law.Date, why *cause) {
	class := m.class
	m.become(Ended, class, day, why)
	m.ended = why
}

// enter makes somebody a member of a class, or moves a member into it.
func (m *machine) enter(i int, day law.Date, class string, why *cause) {
	v := m.in.Book.open(class, day)
	if v == nil || m.state == Member && m.class == class {
		return
	}
	why.class, why.of = v, m.segs[i].asks(m.in.Book, class)
	since := day
	moved := law.Date{}
	if m.state == Member {
		since, moved = m.since, day
	}
	m.become(Member, class, since, why)
	m.moved, m.held = moved, nil
	m.end = m.ending(class, i, day)
	if m.end.known() && !m.end.on.After(day) {
		m.leave(m.end.on, &cause{end: m.end, on: m.end.on})
	}
}

// automatic takes a person into the first automatic class whose rule fits.
func (m *machine) automatic(i int, day law.Date) {
	m.maybe, m.maybeCode = fit{}, ""
	if m.dead || m.expelled != nil {
		return
	}
	for _, code := range m.in.Book.codes {
		if m.state == Member && m.class == code {
			return // classes further down do not take a member away
		}
		v := m.in.Book.open(code, day)
		if v == nil || v.Admission != Automatic || m.barred[code] || v.Leaving == EmploymentEnds && !m.segs[i].employed {
			continue
		}
		switch answer := m.segs[i].asks(m.in.Book, code); answer.Verdict {
		case law.Holds:
			if e := m.ending(code, i, day); e.known() && !e.on.After(day) {
				continue
			}
			m.enter(i, day, code, &cause{auto: true, on: day})
			return
		case law.CannotTell:
			if m.state != Member {
				m.maybe, m.maybeCode = answer, code
				return
			}
		}
	}
}

// doubting notes when a membership that lasts as long as eligibility comes into
// doubt, because eligibility is no longer known. A member admitted when it was
// not known is trusted: somebody decided.
func (m *machine) doubting(i int) {
	if m.state != Member {
		return
	}
	v := m.in.Book.open(m.class, m.segs[i].from)
	if v == nil || v.Leaving != EligibilityEnds {
		m.doubt = law.Date{}
		return
	}
	switch m.segs[i].asks(m.in.Book, m.class).Verdict {
	case law.Holds:
		m.sure, m.doubt = true, law.Date{}
	case law.CannotTell:
		if m.sure && m.doubt.IsZero() {
			m.doubt = m.segs[i].from.AddDays(max(v.GraceDays-1, 0))
		}
	}
}

func (m *machine) version(code string, day law.Date) *classVersion {
	if v := m.in.Book.version(code, day); v != nil {
		return v
	}
	return &classVersion{Class: Class{Code: code, Name: code}}
}

// write adds a span for what the person is on a day of segment i.
func (m *machine) write(i int, day law.Date) {
	s := span{
		from: day, state: m.state, code: m.class, since: m.since, moved: m.moved, why: m.why,
		asking: m.asking, ended: m.ended, base: m.state, baseSince: m.since,
	}
	switch {
	case m.state == Member && !m.doubt.IsZero() && !m.doubt.After(day):
		s.state = CannotTell
		s.why = &cause{of: m.segs[i].asks(m.in.Book, m.class), class: m.version(m.class, day), on: m.doubt}
	case m.state != Member && m.maybeCode != "":
		s.state, s.code, s.since, s.moved = CannotTell, m.maybeCode, day, law.Date{}
		s.why = &cause{of: m.maybe, class: m.version(m.maybeCode, day), on: day}
	}
	if s.code != "" {
		s.class = m.in.Book.version(s.code, day)
	}
	switch {
	case m.state == Member:
		s.place = m.place(i, day)
	case m.state == Ended && len(m.spans) > 0:
		s.place = m.spans[len(m.spans)-1].place
	}
	if n := len(m.spans); n > 0 {
		if m.spans[n-1].same(s) {
			return
		}
		if m.spans[n-1].from == day {
			m.spans = m.spans[:n-1]
		}
	}
	m.spans = append(m.spans, s)
}

// same reports whether two spans say the same but for their first day.
func (s span) same(t span) bool {
	return s.state == t.state && s.base == t.base && s.baseSince == t.baseSince && s.code == t.code && s.asking == t.asking && s.ended == t.ended && s.class == t.class && s.since == t.since &&
		s.moved == t.moved && s.why.same(t.why) && s.place.equal(t.place)
}
