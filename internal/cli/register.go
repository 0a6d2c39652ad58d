package cli

import (
	"flag"
	"fmt"
	"io"
	"strings"

	"commonweal/internal/house"
	"commonweal/internal/own/register"
	"commonweal/law"
)

// registerViews are what --view takes, and the audience of each.
var registerViews = map[string]law.Audience{
	"full": register.Full, "member": law.Member, "interested": law.Interested, "trustee": law.Trustee, "anyone": law.Anyone,
}

func registerExportCommand() command {
	return command{
		name:  "register export",
		about: "Write the register of members as it stood on a day",
		help: `The columns are those that the law of the organisation's legal form asks for on that
day. With --view they are cut down to what members, trustees, people with an interest in
the funds, or anyone may see; a view that the law gives nobody is refused with the reason.

Names and addresses are as the record has them today. The full register holds personal
data: give it only to who may see all of it. This command leaves no entry in the record;
a copy handed out to somebody who asked goes through the page for requests, which does.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			org := f.String("org", "", "`code` of the organisation")
			on := f.String("on", "", "`date` (default today)")
			format := f.String("format", "csv", "`format`: csv, or json with the law behind each column")
			out := f.String("out", "", "`file` to write (default standard output)")
			view := f.String("view", "full", "`view`: full, member, interested, trustee or anyone")
			return func(c *call) error {
				day, err := c.day(*on)
				if err != nil {
					return err
				}
				audience, ok := registerViews[*view]
				switch {
				case !ok:
					return usagef("there is no view %q: it is full, member, interested, trustee or anyone", *view)
				case *format != "csv" && *format != "json":
					return usagef("there is no format %q: it is csv or json", *format)
				case day.After(law.Today(c.World.Now())):
					return usagef("%s is yet to come: nobody knows the register of that day", day)
				}
				return c.inOrganisation(&db, *org, func(h *house.House, id string) error {
					r, err := h.Register.View(c.ctx, id, day, audience, "")
					if err != nil {
						return err
					}
					write := r.WriteCSV
					if *format == "json" {
						write = r.WriteJSON
					}
					if *out == "" {
						return write(c.Out)
					}
					if err := writeFile(*out, func(w io.Writer) error { return write(w) }); err != nil {
						return err
					}
					pf(c.Out, "%s: %s on %s, columns %s\n", *out, entriesOf(r), day, strings.Join(r.Fields(), " "))
					return nil
				})
			}
		},
	}
}

func registerOfficersCommand() command {
	return command{
		name:  "register officers",
		about: "Write the register of officers as it stood on a day",
		help: `For the legal forms whose law has it kept with that of members: societies and charitable
incorporated organisations. A company's directors are in registers of their own.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			org := f.String("org", "", "`code` of the organisation")
			on := f.String("on", "", "`date` (default today)")
			return func(c *call) error {
				day, err := c.day(*on)
				if err != nil {
					return err
				}
				return c.inOrganisation(&db, *org, func(h *house.House, id string) error {
					o, err := h.Register.Officers(c.ctx, id, day)
					if err != nil {
						return err
					}
					return o.WriteCSV(c.Out)
				})
			}
		},
	}
}

func entriesOf(r register.Register) string {
	s := fmt.Sprintf("%d members", r.Members())
	if r.Members() == 1 {
		s = "1 member"
	}
	switch n := r.Former(); n {
	case 0:
		return s
	case 1:
		return s + " and 1 former member"
	default:
		return fmt.Sprintf("%s and %d former members", s, n)
	}
}
