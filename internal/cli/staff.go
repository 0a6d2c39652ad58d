package cli

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/house"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

func staffImportCommand() command {
	return command{
		name:  "staff import",
		args:  "FILE",
		about: "Load a staff list, CSV or Excel, after saying what it changes",
		help: `Rows that cannot be read are refused with the reason; the others go in. Nobody's
membership ends because of a list: the rules of the organisation decide that. NI number,
birth date, ethnicity and pay are dropped on reading. The same list again changes nothing.

The exit code is 1 if the list was not applied: it could not be read, or it changes so
much that it needs --yes. --dry-run never changes anything.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			var o staffOptions
			db.declare(f)
			f.StringVar(&o.org, "org", "", "`code` of the organisation")
			f.StringVar(&o.employer, "employer", "", "`code` of the organisation that employs the people on the list (default --org)")
			f.StringVar(&o.profile, "profile", "", "`name` of the mapping profile (default the one that knows the headings)")
			f.StringVar(&o.asAt, "as-at", "", "`date` that the list speaks of (default today)")
			f.StringVar(&o.sheet, "sheet", "", "`name` of the sheet of a workbook (default the first)")
			f.BoolVar(&o.dry, "dry-run", false, "say what would change, and change nothing")
			f.BoolVar(&o.yes, "yes", false, "apply a list that changes more than is usual")
			f.BoolVar(&o.all, "all", false, fmt.Sprintf("list everybody, not the first %d of each", staffTold))
			return func(c *call) error {
				day, err := c.day(o.asAt)
				if err != nil {
					return err
				}
				return c.inHouse(&db, func(h *house.House) error {
					return c.importStaff(h, o, day)
				})
			}
		},
	}
}

type staffOptions struct {
	org, employer, profile, asAt, sheet string
	dry, yes, all                       bool
}

func (c *call) importStaff(h *house.House, o staffOptions, day law.Date) (err error) {
	l := staff.List{AsAt: day, Name: filepath.Base(c.args[0]), Profile: o.profile, Sheet: o.sheet}
	if l.Org, err = c.organisation(h, o.org); err != nil {
		return err
	}
	l.Employer = l.Org
	if o.employer != "" {
		l.Employer = o.employer
		if _, err := h.Identity.Organisation(c.ctx, o.employer); err != nil {
			return fault.Wrap(fault.KindOf(err), err, "there is no employer %q", o.employer)
		}
	}
	f, err := os.Open(c.args[0])
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the staff list cannot be opened")
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.IsDir() {
		return fault.Errorf(fault.Invalid, "%s is a folder and not a staff list", c.args[0])
	}
	l.File, l.Size = f, info.Size()

	done := c.progress(l.Name)
	if o.dry {
		plan, err := h.Staff.DryRun(c.ctx, l)
		done()
		if err != nil {
			return c.unreadable(err)
		}
		c.tellPlan(l, plan, o.all)
		pf(c.Out, "\nDry run: nothing has changed yet.\n")
		c.tellDoubts(plan.NeedsConfirmation)
		return nil
	}
	out, err := h.Staff.Import(c.ctx, "setup", l, staff.Confirmation(o.yes))
	done()
	var doubtful *staff.Doubtful
	switch {
	case errors.As(err, &doubtful):
		plan, err := h.Staff.DryRun(c.ctx, l)
		if err != nil {
			return err
		}
		c.tellPlan(l, plan, o.all)
		c.tellDoubts(doubtful.Doubts)
		return fault.Errorf(fault.Conflict, "nothing was changed; if the list is right, give --yes")
	case err != nil:
		return c.unreadable(err)
	}
	c.tellPlan(l, out.Plan, o.all)
	pf(c.Out, "\n%s\n", out.Sentence())
	if out.Changed() {
		pf(c.Out, "The record has it as entry %d.\n", out.Import.Entry)
	}
	return nil
}

// unreadable says what to do about a list that no profile knows.
func (c *call) unreadable(err error) error {
	var u *staff.Unmapped
	if !errors.As(err, &u) {
		if words := fault.Message(err); words != "" {
			return fault.Errorf(fault.KindOf(err), "%s", words)
		}
		return err
	}
	pf(c.Err, "The list has these headings:\n")
	for _, heading := range u.Headings {
		pf(c.Err, "  %s\n", heading)
	}
	return fault.Errorf(fault.Invalid, "no profile knows the headings of this list; choose what each means on the staff page, save that as a profile, and name it with --profile")
}

func (c *call) tellDoubts(doubts []stafflist.Doubt) {
	for _, d := range doubts {
		pf(c.Err, "To check: %s\n", d.Reason)
	}
}

// staffTold is how many of each kind are listed without --all.
const staffTold = 20

// tellPlan says what a list changes, in the words of the page for it.
func (c *call) tellPlan(l staff.List, p staff.Plan, all bool) {
	pf(c.Out, "Staff list of %s, %s\n%s\n\n", dayOf(p.AsAt), l.Name, p.Sentence())
	for _, n := range []struct {
		count int
		what  string
	}{
		{len(p.Joiners), "joiners"}, {len(p.Leavers), "leavers"}, {len(p.Changes), "changes"}, {p.Refused, "refused"}, {p.Unchanged, "as before"},
	} {
		pf(c.Out, "  %7d  %s\n", n.count, n.what)
	}
	pf(c.Out, "\nNobody’s membership ends because of this file.\n")
	if kinds := dropped(p.Dropped); kinds != "" {
		pf(c.Out, "Dropped on reading and not stored: %s.\n", kinds)
	}
	c.lines("Refused rows", len(p.Rejects), true, func(i int) string {
		r := p.Rejects[i]
		return fmt.Sprintf("row %d\t%s\t%s", r.Row, orNone(r.EmployeeNumber), r.Reason)
	})
	c.lines("Leavers", len(p.Leavers), all, func(i int) string {
		v := p.Leavers[i]
		where := fmt.Sprintf("row %d", v.Row)
		if v.Reason == stafflist.Absent {
			where = "not in the list"
		}
		return fmt.Sprintf("%s\t%s\t%s\tleft %s", where, v.EmployeeNumber, nameOf(v.Person), dayOf(v.Left))
	})
	c.lines("Joiners", len(p.Joiners), all, func(i int) string {
		v := p.Joiners[i]
		since := "starts " + dayOf(v.Main.Start)
		if v.Return {
			since += ", comes back"
		}
		return fmt.Sprintf("row %d\t%s\t%s\t%s", v.Row, v.EmployeeNumber, nameOf(v.Person), since)
	})
	c.lines("Changes", len(p.Changes), all, func(i int) string {
		v := p.Changes[i]
		var parts []string
		for _, d := range v.Differences {
			parts = append(parts, fmt.Sprintf("%s: %s, now %s", d.Field.Label(), d.Was, d.Becomes))
		}
		return fmt.Sprintf("row %d\t%s\t%s\t%s", v.Row, v.EmployeeNumber, nameOf(v.Person), strings.Join(parts, "; "))
	})
	c.lines("People who may be the same", len(p.Matches), all, func(i int) string {
		m := p.Matches[i]
		return fmt.Sprintf("row %d\t%s\t%s", m.Row, m.EmployeeNumber, m.Reason)
	})
	c.lines("To look at", len(p.Notes), all, func(i int) string {
		n := p.Notes[i]
		return fmt.Sprintf("row %d\t%s\t%s", n.Row, n.EmployeeNumber, n.Text)
	})
}

// lines lists one kind, the first of them unless all are wanted.
func (c *call) lines(title string, n int, all bool, line func(i int) string) {
	if n == 0 {
		return
	}
	pf(c.Out, "\n%s\n", title)
	for i := range n {
		if i == staffTold && !all {
			pf(c.Out, "  and %d more; --all lists them\n", n-i)
			return
		}
		pf(c.Out, "  %s\n", line(i))
	}
}

func dropped(list []stafflist.Drop) string {
	var kinds []string
	seen := map[string]bool{}
	for _, d := range list {
		if d.Kind != "" && !seen[d.Kind] {
			seen[d.Kind] = true
			kinds = append(kinds, d.Kind)
		}
	}
	return strings.Join(kinds, ", ")
}

func nameOf(p stafflist.Person) string { return strings.TrimSpace(p.Given + " " + p.Family) }

func orNone(s string) string {
	if s == "" {
		return "no number"
	}
	return s
}

// dayOf says a day as people do.
func dayOf(d law.Date) string {
	if d.IsZero() {
		return "a day that is not known"
	}
	y, m, day := d.Civil()
	return fmt.Sprintf("%d %s %d", day, m, y)
}
