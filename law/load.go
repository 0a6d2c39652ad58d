package law

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed packs/*.yaml
var builtIn embed.FS

// Load reads the packs built into the program, and then the packs in any other
// folders given, such as an organisation's own rule-book. A rule of the same
// name and day in two packs is refused, whichever came first.
func Load(more ...fs.FS) (*Library, error) {
	if len(more) == 0 {
		return builtInAlone()
	}
	return loadWith(more...)
}

// builtInAlone is read once: nothing changes a library after it was made, and to
// compile its rules takes longer than all that is asked of them on a page.
var builtInAlone = sync.OnceValues(func() (*Library, error) { return loadWith() })

func loadWith(more ...fs.FS) (*Library, error) {
	packs, err := fs.Sub(builtIn, "packs")
	if err != nil {
		return nil, err
	}
	return LoadFrom(append([]fs.FS{packs}, more...)...)
}

// LoadFrom reads the packs in the given folders and nothing else: every file at
// the top of each whose name ends in .yaml.
func LoadFrom(folders ...fs.FS) (*Library, error) {
	var packs []*pack
	for _, folder := range folders {
		names, err := fs.Glob(folder, "*.yaml")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			data, err := fs.ReadFile(folder, name)
			if err != nil {
				return nil, fmt.Errorf("pack %s: %w", name, err)
			}
			k, err := readPack(path.Base(name), data)
			if err != nil {
				return nil, err
			}
			packs = append(packs, k)
		}
	}
	if len(packs) == 0 {
		return nil, errors.New("no pack was found: a pack is a file whose name ends in .yaml")
	}
	return join(packs)
}

// join puts the packs together and checks what can only be checked together.
func join(packs []*pack) (*Library, error) {
	l := &Library{calendars: map[string]*Calendar{}, facts: map[string]Fact{}}
	sources := map[string]Provenance{}
	for _, k := range packs {
		for id, s := range k.sources {
			if _, twice := sources[id]; twice {
				return nil, &PackError{File: k.file, Item: "source " + id, Err: errors.New("is in another pack too")}
			}
			sources[id] = s
		}
	}
	for _, k := range packs {
		if err := k.settle(sources); err != nil {
			return nil, err
		}
		if err := l.add(k); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(l.rules, func(a, b *Rule) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), a.From.Compare(b.From))
	})
	if err := l.overlaps(); err != nil {
		return nil, err
	}
	return l, l.compile()
}

func (l *Library) add(k *pack) error {
	if c := k.calendar; c != nil {
		if _, twice := l.calendars[c.ID]; twice {
			return &PackError{File: k.file, Item: "calendar " + c.ID, Err: errors.New("is in another pack too")}
		}
		c.prepare()
		l.calendars[c.ID] = c
	}
	for _, r := range k.rules {
		for _, f := range r.Facts {
			if err := l.addFact(k, f); err != nil {
				return err
			}
		}
	}
	for _, v := range k.forms {
		if err := v.fault(); err != nil {
			return &PackError{File: k.file, Item: "form " + string(v.form.ID), Err: err}
		}
		if l.knowsForm(v.form.ID) {
			return &PackError{File: k.file, Item: "form " + string(v.form.ID), Err: errors.New("is there twice")}
		}
		l.forms = append(l.forms, v)
	}
	for _, r := range k.retentions {
		if err := r.period(); err != nil {
			return &PackError{File: k.file, Item: "retention " + r.ID, Err: err}
		}
		for _, other := range l.retentions {
			if other.ID == r.ID && other.overlaps(r.Provenance) {
				return &PackError{File: k.file, Item: "retention " + r.ID, Err: errors.New("is there twice on the same days")}
			}
		}
		l.retentions = append(l.retentions, r)
	}
	l.rules = append(l.rules, k.rules...)
	return nil
}

// addFact keeps one meaning for each fact name, so that one file of facts can
// serve every rule.
func (l *Library) addFact(k *pack, f Fact) error {
	before, ok := l.facts[f.Name]
	if !ok {
		l.facts[f.Name] = f
		return nil
	}
	if before.Type != f.Type || before.Signed != f.Signed || !slices.Equal(before.Choices, f.Choices) {
		return &PackError{File: k.file, Item: "fact " + f.Name, Err: errors.New("means something else in another pack")}
	}
	return nil
}

// overlaps refuses two versions of one rule on one day.
func (l *Library) overlaps() error {
	for i, a := range l.rules {
		for _, b := range l.rules[i+1:] {
			if a.ID == b.ID && a.overlaps(b.Provenance) {
				return &PackError{File: b.Pack, Item: b.describe(), Err: fmt.Errorf("is in effect on the same days as %s in %s", a.describe(), a.Pack)}
			}
		}
	}
	return nil
}

// compile makes every rule ready, in the calendar of England and Wales when the
// packs have one.
func (l *Library) compile() error {
	env, err := language(l.calendars[England])
	if err != nil {
		return err
	}
	for _, r := range l.rules {
		for _, form := range r.Forms {
			if !l.knowsForm(form) {
				return &PackError{File: r.Pack, Item: r.describe(), Field: "forms", Err: fmt.Errorf("legal form %q is not known", clip(string(form)))}
			}
		}
		if err := r.compile(env); err != nil {
			return &PackError{File: r.Pack, Item: r.describe(), Err: err}
		}
	}
	return nil
}

func (l *Library) knowsForm(id FormID) bool {
	return slices.ContainsFunc(l.forms, func(v *formVersion) bool { return v.form.ID == id })
}
