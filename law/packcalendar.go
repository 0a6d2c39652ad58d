package law

import (
	"fmt"
	"time"

	"go.yaml.in/yaml/v4"
)

// readCalendar reads the bank holidays of a place.
func (k *pack) readCalendar(p place, n *yaml.Node) error {
	if k.calendar != nil {
		return p.fail(n, "a pack holds one calendar")
	}
	c := new(Calendar)
	p = p.named(n, "calendar")
	err := p.mapping(n, []string{"id", "label", "law", "known-from", "known-to", "annual"}, map[string]reader{
		"id":         identifier(&c.ID, idPattern),
		"label":      text(&c.Label),
		"law":        k.law(&c.Provenance),
		"known-from": parsed(&c.KnownFrom),
		"known-to":   parsed(&c.KnownTo),
		"annual":     eachDated(&c.annual, k.annual),
		"one-off":    eachDated(&c.oneOff, k.once),
	})
	if err != nil {
		return err
	}
	for i, r := range c.annual {
		if err := r.fault(); err != nil {
			return p.in("annual").at(i).wrap(n, err)
		}
	}
	k.calendar = c
	return nil
}

func (k *pack) annual(r *annualRule) ([]string, map[string]reader) {
	return []string{"name", "kind", "law"}, map[string]reader{
		"name":    text(&r.name),
		"kind":    text(&r.kind),
		"month":   number((*int)(&r.month), 1, 12),
		"day":     number(&r.day, 1, 31),
		"weekday": weekday(&r.weekday),
		"nth":     number(&r.nth, -1, 4),
		"offset":  number(&r.offset, -60, 60),
		"law":     k.law(&r.source),
	}
}

func (r annualRule) fault() error {
	switch {
	case r.kind == holidayFixed && r.month > 0 && r.day > 0:
	case r.kind == holidayWeekday && r.month > 0 && r.nth != 0:
	case r.kind == holidayEaster:
	default:
		return fmt.Errorf("%s: kind %q with these fields names no day", r.name, clip(string(r.kind)))
	}
	return nil
}

func (k *pack) once(o *oneOff) ([]string, map[string]reader) {
	return []string{"day", "name", "law"}, map[string]reader{
		"day":        parsed(&o.day),
		"name":       text(&o.name),
		"instead-of": parsed(&o.instead),
		"law":        k.law(&o.source),
	}
}

func weekday(into *time.Weekday) reader {
	return func(p place, n *yaml.Node) error {
		s, err := word(p, n)
		if err != nil {
			return err
		}
		for d := time.Sunday; d <= time.Saturday; d++ {
			if d.String() == s {
				*into = d
				return nil
			}
		}
		return p.fail(n, "%q is not a day of the week", clip(s))
	}
}
