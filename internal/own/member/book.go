package member

import (
	"cmp"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Book is the rule-book of one organisation's membership, compiled: every version
// of its classes and every set of constituencies. It does not change and may be
// used from several goroutines.
type Book struct {
	codes   []string // of classes, by position and code
	classes map[string][]classVersion
	sets    map[string][]constituencySet
	starts  []law.Date // every day on which something in the book begins to hold
	// service is where months of service may change the answer of some rule.
	service serviceUse
}

type classVersion struct {
	Class
	rule *Rule // nil lets in everybody of the kind
}

type constituencySet struct {
	starts law.Date
	list   []constituencyRule // by position
}

type constituencyRule struct {
	Constituency
	rule *Rule
}

// NewBook compiles a rule-book. It refuses one that contradicts itself: see
// [Class] and [Constituency].
func NewBook(compiler *Compiler, classes []Class, constituencies []Constituency) (*Book, error) {
	b := &Book{classes: map[string][]classVersion{}, sets: map[string][]constituencySet{}}
	for _, c := range classes {
		if err := b.addClass(compiler, c); err != nil {
			return nil, err
		}
	}
	for code, versions := range b.classes {
		slices.SortFunc(versions, func(a, b classVersion) int { return a.Starts.Compare(b.Starts) })
		for i := 1; i < len(versions); i++ {
			if err := follows(versions[i-1].Class, versions[i].Class); err != nil {
				return nil, err
			}
		}
		b.codes = append(b.codes, code)
	}
	slices.SortFunc(b.codes, func(x, y string) int {
		return cmp.Or(cmp.Compare(b.latest(x).Position, b.latest(y).Position), cmp.Compare(x, y))
	})
	if err := b.addConstituencies(compiler, constituencies); err != nil {
		return nil, err
	}
	slices.SortFunc(b.starts, law.Date.Compare)
	b.starts = slices.Compact(b.starts)
	return b, nil
}

// follows refuses a version that cannot come after another.
func follows(before, after Class) error {
	switch {
	case !before.Starts.Before(after.Starts):
		return fault.Fieldf("starts", "class %s has two versions from %s", after.Code, after.Starts)
	case before.Kind != after.Kind:
		return fault.Fieldf("kind", "class %s is for %s members and cannot become one for %s members", after.Code, before.Kind, after.Kind)
	case before.Closed:
		return fault.Fieldf("starts", "class %s was closed on %s", after.Code, before.Starts)
	}
	return nil
}

func (b *Book) addClass(compiler *Compiler, c Class) error {
	if err := c.check(); err != nil {
		return err
	}
	v := classVersion{Class: c}
	if c.Eligibility != "" {
		rule, err := compiler.Rule(c.Eligibility)
		if err != nil {
			return err
		}
		if c.Kind.NeedsConsent() {
			if err := onlyPrivate(rule); err != nil {
				return err
			}
		}
		v.rule = rule
		b.noteRule(rule)
	}
	b.classes[c.Code] = append(b.classes[c.Code], v)
	b.starts = append(b.starts, c.Starts)
	return nil
}

// onlyPrivate refuses a rule about posts where the people hold none.
func onlyPrivate(rule *Rule) error {
	for _, m := range rule.mentions {
		if !privateParticulars[m.name] {
			return fault.Fieldf("eligibility", "the rule turns on %s, which is not known of public and patient members: use area or employed", m.name)
		}
	}
	return nil
}

// admitsByItself reports whether some class has ever taken in members without
// an application.
func (b *Book) admitsByItself() bool {
	for _, versions := range b.classes {
		for _, v := range versions {
			if v.Admission == Automatic {
				return true
			}
		}
	}
	return false
}

func (b *Book) noteRule(rule *Rule) {
	b.service.mentions += rule.service.mentions
	b.service.compared += rule.service.compared
	b.service.marks = append(b.service.marks, rule.service.marks...)
}

func (b *Book) addConstituencies(compiler *Compiler, all []Constituency) error {
	type key struct {
		class  string
		starts law.Date
	}
	sets := map[key][]Constituency{}
	for _, c := range all {
		k := key{c.Class, c.Starts}
		sets[k] = append(sets[k], c)
	}
	for k, list := range sets {
		if len(b.classes[k.class]) == 0 {
			return fault.Errorf(fault.Invalid, "constituencies of class %s: there is no such class", k.class)
		}
		if err := checkSet(k.class, list); err != nil {
			return err
		}
		set := constituencySet{starts: k.starts}
		for _, c := range list {
			rule, err := compiler.Rule(c.Rule)
			if err != nil {
				return err
			}
			if b.latest(k.class).Kind.NeedsConsent() {
				if err := onlyPrivate(rule); err != nil {
					return err
				}
			}
			b.noteRule(rule)
			set.list = append(set.list, constituencyRule{c, rule})
		}
		slices.SortFunc(set.list, func(a, b constituencyRule) int { return cmp.Compare(a.Position, b.Position) })
		b.sets[k.class] = append(b.sets[k.class], set)
		b.starts = append(b.starts, k.starts)
	}
	for _, s := range b.sets {
		slices.SortFunc(s, func(a, b constituencySet) int { return a.starts.Compare(b.starts) })
	}
	return nil
}

func (b *Book) latest(code string) *classVersion {
	versions := b.classes[code]
	return &versions[len(versions)-1]
}

// version is the version of a class in force on a day, or nil.
func (b *Book) version(code string, day law.Date) *classVersion {
	versions := b.classes[code]
	for i := len(versions) - 1; i >= 0; i-- {
		if !day.Before(versions[i].Starts) {
			return &versions[i]
		}
	}
	return nil
}

// open is the version in force of a class that is not closed, or nil.
func (b *Book) open(code string, day law.Date) *classVersion {
	if v := b.version(code, day); v != nil && !v.Closed {
		return v
	}
	return nil
}

// set is the set of constituencies of a class in force on a day.
func (b *Book) set(code string, day law.Date) []constituencyRule {
	sets := b.sets[code]
	for i := len(sets) - 1; i >= 0; i-- {
		if !day.Before(sets[i].starts) {
			return sets[i].list
		}
	}
	return nil
}

// Class returns the version of a class in force on a day.
func (b *Book) Class(code string, day law.Date) (Class, error) {
	v := b.version(code, day)
	if v == nil {
		return Class{}, fault.Errorf(fault.NotFound, "there is no class %q on %s", code, day)
	}
	return v.Class, nil
}

// Classes are the classes in force and not closed on a day, by position.
func (b *Book) Classes(day law.Date) []Class {
	var out []Class
	for _, code := range b.codes {
		if v := b.open(code, day); v != nil {
			out = append(out, v.Class)
		}
	}
	return out
}

// Constituencies are those of a class in force on a day, by position.
func (b *Book) Constituencies(code string, day law.Date) []Constituency {
	var out []Constituency
	for _, c := range b.set(code, day) {
		out = append(out, c.Constituency)
	}
	return out
}
