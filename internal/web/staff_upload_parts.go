package web

import (
	"fmt"
	"slices"
	"strings"

	"commonweal/internal/house"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist"
	"commonweal/internal/web/page"
)

// The parts of a dry run: refused rows, leavers, joiners, changes, remarks.

func (v *visit) uploadRejects(p *staffUploadPage, plan staff.Plan, base string) {
	if plan.Refused == 0 {
		return
	}
	t := rejectsTable(some(plan.Rejects))
	p.Rejects, p.RejectsTitle = &t, phrase(plan.Refused, "row is refused", "rows are refused")
	p.Held = phrase(plan.Refused, "refused row changes nothing: who it is about stays as now.", "refused rows change nothing: who they are about stays as now.")
	if len(t.Rows) < len(plan.Rejects) {
		p.AllRejects = page.Link{Text: "See all " + number(len(plan.Rejects)) + " reasons", Href: base + "/refused"}
	}
}

// rejectsTable says which rows were refused and why.
func rejectsTable(list []stafflist.Reject) page.Table {
	t := page.Table{
		Caption: "Refused rows with reason",
		Columns: []page.Column{{Head: "Row"}, {Head: "Employee number"}, {Head: "Why it is refused, and what to do", Wide: true}},
	}
	for _, r := range list {
		who := page.Cell{Text: r.EmployeeNumber}
		if who.Text == "" {
			who = page.Cell{Text: "empty", Kind: page.Quiet}
		}
		t.Rows = append(t.Rows, page.Row{{Text: "Row " + number(r.Row)}, who, {Text: r.Reason}})
	}
	return t
}

func (v *visit) uploadLeavers(p *staffUploadPage, plan staff.Plan, base string, foresight *house.Foresight) error {
	if len(plan.Leavers) == 0 {
		return nil
	}
	t, err := v.leaversTable(some(plan.Leavers), foresight)
	if err != nil {
		return err
	}
	p.Leavers = &t
	p.LeaversShare = fmt.Sprintf("That is %s of the %s here. Above %d%% we ask you twice.",
		said(page.Percent(len(plan.Leavers), max(plan.Employed, len(plan.Leavers)))), count(max(plan.Employed, len(plan.Leavers)), "person", "people"), house.Thresholds.Leavers)
	if len(t.Rows) < len(plan.Leavers) {
		p.AllLeavers = page.Link{Text: "See all " + number(len(plan.Leavers)) + " leavers", Href: base + "/leavers"}
	}
	return nil
}

// leaversTable says who left and what follows for their membership.
func (v *visit) leaversTable(list []stafflist.Leaver, foresight *house.Foresight) (page.Table, error) {
	t := page.Table{
		Caption: "Leavers and what follows for membership",
		Columns: []page.Column{{Head: "Name"}, {Head: "Left"}, {Head: "What follows", Wide: true}},
	}
	for _, l := range list {
		follows, err := foresight.Leaver(v.ctx, l)
		if err != nil {
			return t, err
		}
		left := v.day(l.Left)
		if l.Reason == stafflist.Absent {
			left = "by " + left
		}
		t.Rows = append(t.Rows, page.Row{{Text: l.Name()}, {Text: left}, {Text: v.consequence(follows)}})
	}
	return t, nil
}

// consequence says what follows for the membership of somebody who left.
func (v *visit) consequence(c house.Consequence) string {
	switch c.Kind {
	case house.MemberStays:
		return "Member: stays one."
	case house.MemberEnds:
		return fmt.Sprintf("Member: ends %s under %s.", v.day(c.Day), c.Rule) + sharesGo(c)
	case house.MemberEnded:
		return fmt.Sprintf("Member: ended %s under %s.", v.day(c.Day), c.Rule) + sharesGo(c)
	case house.OtherwiseFollows:
		return c.Reason
	}
	return "Not a member. Nothing follows."
}

// sharesGo says what becomes of shares that go with membership.
func sharesGo(c house.Consequence) string {
	switch {
	case c.Shares == 0:
		return ""
	case c.Shares == 1:
		return " Share cancelled, " + money(c.Pence) + " returned."
	}
	return fmt.Sprintf(" %s shares cancelled, %s returned.", number(c.Shares), money(c.Pence))
}

func (v *visit) uploadJoiners(p *staffUploadPage, plan staff.Plan, base string, foresight *house.Foresight) {
	if len(plan.Joiners) == 0 {
		return
	}
	p.AllJoiners = page.Link{Text: "See all " + number(len(plan.Joiners)) + " joiners", Href: base + "/joiners"}
	if len(plan.Joiners) == 1 {
		p.AllJoiners.Text = "See who it is"
	}
	p.JoinersSentence = joinersSentence(foresight.Joiners(plan.Joiners))
}

// joinersSentence says how many of those who join may become members.
func joinersSentence(n house.Joiners, known bool) string {
	if !known {
		return "There is no class of members for staff yet, so none of them can become a member."
	}
	var parts []string
	if n.May > 0 {
		parts = append(parts, inWords(n.May)+" may become "+said(page.Plural(n.May, "a member", "members"))+" at once.")
	}
	if n.MayNot > 0 {
		parts = append(parts, inWords(n.MayNot)+" may not yet: the rule for staff does not fit "+said(page.Plural(n.MayNot, "their post", "their posts"))+".")
	}
	if n.Unclear > 0 {
		parts = append(parts, "Of "+said(page.Words(n.Unclear))+" we cannot tell yet: the list does not say what the rule asks for.")
	}
	return strings.Join(parts, " ")
}

// joinersTable says who comes, and who comes back.
func (v *visit) joinersTable(list []stafflist.Joiner) page.Table {
	t := page.Table{
		Caption: "Joiners",
		Columns: []page.Column{{Head: "Name"}, {Head: "Starts"}, {Head: "Role"}, {Head: "Staff group"}, {Head: "Site"}},
	}
	for _, j := range list {
		name := j.Name()
		if j.Return {
			name += " (comes back)"
		}
		t.Rows = append(t.Rows, page.Row{{Text: name}, {Text: v.day(j.Main.Start)}, said0(j.Main.Role), said0(j.Main.StaffGroup), said0(j.Main.Site)})
	}
	return t
}

func (v *visit) uploadChanges(p *staffUploadPage, plan staff.Plan, base string, foresight *house.Foresight) error {
	if len(plan.Changes) == 0 {
		return nil
	}
	t, err := v.changesTable(some(plan.Changes), foresight)
	if err != nil {
		return err
	}
	p.Changes = &t
	if len(plan.Changes) > maxRows {
		p.AllChanges = page.Link{Text: "See all " + number(len(plan.Changes)) + " changes", Href: base + "/changes"}
	}
	return nil
}

// changesTable says what was and what becomes, one row for each thing that changes.
func (v *visit) changesTable(list []stafflist.Change, foresight *house.Foresight) (page.Table, error) {
	t := page.Table{
		Caption: "Changes, old and new",
		Columns: []page.Column{{Head: "Name"}, {Head: "What"}, {Head: "Was"}, {Head: "Becomes"}},
	}
	for _, c := range list {
		moves, err := foresight.Moves(v.ctx, c)
		if err != nil {
			return t, err
		}
		for i, d := range c.Differences {
			what := d.Field.Label()
			if moves && i == movingField(c.Differences) {
				what += ", so also constituency"
			}
			t.Rows = append(t.Rows, page.Row{{Text: c.Name()}, {Text: what}, {Text: d.Was, Kind: page.Was}, {Text: d.Becomes}})
		}
	}
	return t, nil
}

// movingField is the difference that most likely moves somebody to another
// constituency: those are made of staff groups and sites.
func movingField(list []stafflist.Difference) int {
	for i, d := range list {
		if d.Field == stafflist.StaffGroup || d.Field == stafflist.Site {
			return i
		}
	}
	return 0
}

func (v *visit) uploadRemarks(p *staffUploadPage, plan staff.Plan, base string) {
	all := remarks(plan)
	if len(all) == 0 {
		return
	}
	t := remarksTable(some(all))
	p.Remarks, p.RemarksTitle = &t, phrase(len(all), "row was read with a remark", "rows were read with a remark")
	if len(t.Rows) < len(all) {
		p.AllMore = page.Link{Text: "See all " + number(len(all)) + " remarks", Href: base + "/remarks"}
	}
}

// remark is something to look at in a row that was read.
type remark struct {
	row       int
	who, text string
}

func remarks(plan staff.Plan) []remark {
	var out []remark
	for _, m := range plan.Matches {
		out = append(out, remark{m.Row, m.Name, m.Reason})
	}
	for _, n := range plan.Notes {
		out = append(out, remark{n.Row, n.EmployeeNumber, n.Text})
	}
	return out
}

func remarksTable(list []remark) page.Table {
	t := page.Table{Caption: "Rows read with a remark", Columns: []page.Column{{Head: "Row"}, {Head: "Who"}, {Head: "What we noticed", Wide: true}}}
	for _, r := range list {
		row := page.Cell{Text: "Row " + number(r.row)}
		if r.row == 0 {
			row = page.Cell{Text: "None", Kind: page.Quiet}
		}
		t.Rows = append(t.Rows, page.Row{row, said0(r.who), {Text: r.text}})
	}
	return t
}

func (v *visit) sameSentence(plan staff.Plan) string {
	s := phrase(plan.Unchanged, "person is as before.", "people are as before.")
	if plan.Unchanged == 0 {
		s = "Nobody is as before."
	}
	if n := len(plan.Held); n > 0 {
		s += " " + phrase(n, "person stays as they were, because a row that may be theirs is refused.", "people stay as they were, because rows that may be theirs are refused.")
	}
	return s
}

// droppedSentences say what was read past and never stored.
func droppedSentences(list []stafflist.Drop, source stafflist.Source) []string {
	var kinds, unused []string
	for _, d := range list {
		switch {
		case d.Kind != "":
			if !slices.Contains(kinds, d.Kind) {
				kinds = append(kinds, d.Kind)
			}
		default:
			unused = append(unused, "“"+d.Heading+"”")
		}
	}
	var out []string
	if len(kinds) > 0 {
		out = append(out, "Dropped on reading and not stored: "+strings.Join(kinds, ", ")+".")
	}
	if n := len(unused); n > 0 {
		rest := ""
		if n > 8 {
			unused, rest = unused[:8], fmt.Sprintf(" and %s more", said(page.Words(n-8)))
		}
		out = append(out, "Columns that we do not use and did not keep: "+strings.Join(unused, ", ")+rest+".")
	}
	if len(source.Sheets) > 1 {
		out = append(out, "The workbook has "+count(len(source.Sheets), "sheet", "sheets")+". “"+source.Sheet+"” was read.")
	}
	return out
}
