package cli

import (
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/sheet"
)

// figures reads a CSV file of figures; - is standard input. Rows that do not hold what
// --where asks for are left out.
func (c *call) figures(name string, where conditions) (*sheet.Sheet, error) {
	in := c.In
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "the figures cannot be opened")
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	s, err := sheet.Read(in)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "%s", name)
	}
	for _, w := range where {
		if s, err = s.Where(w.heading, w.values...); err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "%s", name)
		}
	}
	return s, nil
}

// conditions are what --where asks of a row: under each heading one of its values.
type conditions []condition

type condition struct {
	heading string
	values  []string
}

func whereFlag(f *flag.FlagSet) *conditions {
	var list conditions
	f.Func("where", "only rows with this `HEADING=VALUE`; may be given again, and with the same heading for any of its values", func(text string) error {
		heading, value, ok := strings.Cut(text, "=")
		if !ok {
			return usagef("--where takes HEADING=VALUE")
		}
		at := slices.IndexFunc(list, func(c condition) bool { return c.heading == heading })
		if at < 0 {
			at, list = len(list), append(list, condition{heading: heading})
		}
		list[at].values = append(list[at].values, value)
		return nil
	})
	return &list
}

// twice refuses two rows that stand for one thing, by what each stands for.
func twice(s *sheet.Sheet, names func(row int) string) error {
	first := map[string]int{}
	for i := range s.Rows {
		name := names(i)
		if other, ok := first[name]; ok {
			return fmt.Errorf("rows %d and %d are both %s: keep one", s.Place(other), s.Place(i), name)
		}
		first[name] = i
	}
	return nil
}

// commaList splits a flag of names with commas.
func commaList(text string) []string {
	if text == "" {
		return nil
	}
	out := strings.Split(text, ",")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// known is a number for JSON, or null where there is none.
func known(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// one refuses two ways of printing at once.
func one(asJSON, asSVG bool) error {
	if asJSON && asSVG {
		return usagef("give --json or --svg, not both")
	}
	return nil
}

// written passes a picture on.
func (c *call) picture(svg string, err error) error {
	if err != nil {
		return err
	}
	_, err = io.WriteString(c.Out, svg)
	return err
}

// number writes a value with so many decimals.
func number(v float64, decimals int) string { return strconv.FormatFloat(v, 'f', decimals, 64) }
