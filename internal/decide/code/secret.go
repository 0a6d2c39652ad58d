package code

import (
	"bufio"
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"commonweal/belenios"
	"commonweal/belenios/group"
	"commonweal/internal/base/fault"
)

// Secret is the registrar's own file of codes: for each its voter, weight, code and
// mark, under a line that says of which contest.
func Secret(t ToDo, list []Code) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "# codes of %s: secret\n", t.UUID)
	for _, c := range list {
		fmt.Fprintf(&out, "%s %d %s %s\n", c.For(), c.Weight, c.Text, c.Mark())
	}
	return out.Bytes()
}

// ParseSecret reads the registrar's own file of a contest, and derives the public
// parts anew.
func ParseSecret(t ToDo, text []byte) ([]Code, error) {
	g, ok := group.ByName(t.Group)
	if !ok {
		return nil, fault.Errorf(fault.Invalid, "no group is called %q", clipped(t.Group))
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	if !lines.Scan() || lines.Text() != "# codes of "+t.UUID+": secret" {
		return nil, fault.Errorf(fault.Invalid, "this is not the file of codes of %s: its first line would say so", t.UUID)
	}
	var out []Code
	for n := 2; lines.Scan(); n++ {
		c, err := parseSecret(g, t.UUID, lines.Text())
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "line %d of the file of codes", n)
		}
		out = append(out, c)
	}
	return out, lines.Err()
}

func parseSecret(g group.Group, uuid, line string) (Code, error) {
	fields := strings.Split(line, " ")
	if len(fields) != 4 {
		return Code{}, fmt.Errorf("it has %d fields and not 4", len(fields))
	}
	c := Code{Text: fields[2]}
	var err error
	if rest, spare := strings.CutPrefix(fields[0], "spare-"); spare {
		c.Spare, err = strconv.Atoi(rest)
	} else {
		c.Voter, err = strconv.Atoi(fields[0])
	}
	if err != nil || c.Voter+c.Spare < 1 {
		return Code{}, fmt.Errorf("%q is neither the number of a voter nor of a spare", clipped(fields[0]))
	}
	if c.Weight, err = strconv.Atoi(fields[1]); err != nil || c.Weight < 1 {
		return Code{}, fmt.Errorf("%q is no weight", clipped(fields[1]))
	}
	key, err := belenios.DeriveCredential(g, uuid, c.Text)
	if err != nil {
		return Code{}, err
	}
	if c.Public = key.Public().String(); c.Mark() != fields[3] {
		return Code{}, fmt.Errorf("the code does not have the mark %s: a character was changed", clipped(fields[3]))
	}
	return c, nil
}
