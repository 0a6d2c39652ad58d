package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type stakeListPage struct {
	Summary page.Table
	Since   string
	Held    page.Table
	Pages   page.Pages
	Ended   page.Table
	Empty   *page.Panel
	Grant   bool
}

// stakeList is the rights and roles held without capital: what is held, and
// whether it is used. With ?member= it is about one member.
func (s *Server) stakeList(v *visit) error {
	all, err := v.holders()
	if err != nil {
		return err
	}
	if member := v.r.URL.Query().Get("member"); member != "" {
		return v.stakesOf(all, member)
	}
	stakes, err := v.house.Shares.Stakes(v.ctx, v.org.ID, "")
	if err != nil {
		return err
	}
	uses, err := v.house.Shares.Uses(v.ctx, v.org.ID, "")
	if err != nil {
		return err
	}
	from := v.today().AddYears(-1).AddDays(1)
	sums, err := v.house.Shares.Exercised(v.ctx, v.org.ID, from, v.today())
	if err != nil {
		return err
	}
	p := stakeListPage{Grant: v.can(policy.StakeGrant), Since: v.day(from), Summary: exerciseTable(sums)}
	held, ended := v.partStakes(stakes)
	rows, pages := leafing(v, held, listSize)
	p.Held, p.Pages = v.stakeTable("Rights and roles that are held", rows, uses, all, true), pages
	p.Ended = v.stakeTable("Rights and roles that have ended", ended[:min(len(ended), listSize)], uses, all, true)
	if len(stakes) == 0 {
		panel := page.Empty("Nobody holds a right or a role yet", "A right is something a member may do, a role is something a member is: a seat on a panel, a place in a working group. No money is in it, and it is a stake all the same.",
			page.Link{Text: "Grant a right or a role", Href: "/stakes/new"})
		p.Empty = &panel
	}
	f := v.frame()
	f.Back = page.Link{Text: "Membership", Href: "/membership"}
	f.Heading = "Rights and roles"
	f.Sentence = stakesSentence(len(held), sums)
	if len(stakes) > 0 {
		f.Files = []page.Files{v.files("/stakes", "all rights and roles", v.today())}
	}
	f.Data = p
	return v.show(http.StatusOK, "stake_list", f)
}

// partStakes parts those held today or later from those that have ended, the
// newest first.
func (v *visit) partStakes(stakes []share.Stake) (held, ended []share.Stake) {
	for _, k := range stakes {
		if !k.Ends.IsZero() && !k.Ends.After(v.today()) {
			ended = append(ended, k)
		} else {
			held = append(held, k)
		}
	}
	for _, list := range [][]share.Stake{held, ended} {
		slices.SortStableFunc(list, func(a, b share.Stake) int { return b.Granted.Compare(a.Granted) })
	}
	return held, ended
}

// stakesSentence says what is held and how much of it was used in a year.
func stakesSentence(held int, sums []share.Exercise) string {
	had, used := 0, 0
	for _, x := range sums {
		had += x.Held
		used += x.Used
	}
	if had == 0 && held == 0 {
		return "Rights and roles are held without capital: co-ownership that is not money."
	}
	s := page.Begin(said(page.Words(held))) + said(page.Plural(held, " right or role is", " rights and roles are")) + " held without capital."
	switch {
	case had == 0:
	case used == 0:
		s += " None was used in the last year, of " + number(had) + " held in it."
	case used == had:
		s += " All that were held in the last year were used in it."
	default:
		s += fmt.Sprintf(" Of %s held in the last year, %s %s used.", number(had), said(page.Words(used)), said(page.Plural(used, "was", "were")))
	}
	return s
}

func exerciseTable(sums []share.Exercise) page.Table {
	t := page.Table{Caption: "Held and used in the last year", Columns: []page.Column{
		{Head: "Right or role"}, {Head: "Kind"}, {Head: "Members", Number: true}, {Head: "Held", Number: true}, {Head: "Used", Number: true}, {Head: "Times", Number: true},
	}}
	for _, x := range sums {
		t.Rows = append(t.Rows, page.Row{{Text: x.Title}, {Text: string(x.Kind)}, {Text: number(x.Holders)}, {Text: number(x.Held)}, {Text: number(x.Used)}, {Text: number(x.Times)}})
	}
	return t
}

// stakeTable lists stakes, each with when it was last used.
func (v *visit) stakeTable(caption string, list []share.Stake, uses []share.Use, all holders, names bool) page.Table {
	last, times := map[string]law.Date{}, map[string]int{}
	for _, u := range uses {
		times[u.Stake]++
		if u.Used.After(last[u.Stake]) {
			last[u.Stake] = u.Used
		}
	}
	t := page.Table{Caption: caption, Columns: []page.Column{{Head: "Right or role"}, {Head: "Holder"}, {Head: "From"}, {Head: "Last used"}}}
	if !names {
		t.Columns = slices.Delete(t.Columns, 1, 2)
	}
	for _, k := range list {
		from := v.day(k.Granted)
		if !k.Ends.IsZero() {
			from += " until " + v.day(k.Ends)
		}
		used := page.Cell{Text: "never", Kind: page.Quiet}
		if n := times[k.ID]; n > 0 {
			used = page.Cell{Text: fmt.Sprintf("%s, %s in all", v.day(last[k.ID]), timesInWords(n))}
		}
		row := page.Row{{Text: k.Title, Href: "/stakes/" + k.ID}, {Text: all[k.Member].title(), Href: "/stakes?member=" + k.Member}, {Text: from}, used}
		if !names {
			row = slices.Delete(row, 1, 2)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func timesInWords(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return said(page.Words(n)) + " times"
}

type stakeMemberPage struct {
	Held, Ended page.Table
	Empty       *page.Panel
	Grant       string
}

// stakesOf is what one member holds and held.
func (v *visit) stakesOf(all holders, member string) error {
	who, err := v.holder(all, member, policy.StakeViewAny)
	if err != nil {
		return err
	}
	stakes, err := v.house.Shares.Stakes(v.ctx, v.org.ID, who.Member)
	if err != nil {
		return err
	}
	uses, err := v.house.Shares.Uses(v.ctx, v.org.ID, who.Member)
	if err != nil {
		return err
	}
	held, ended := v.partStakes(stakes)
	p := stakeMemberPage{
		Held:  v.stakeTable("Rights and roles that are held", held, uses, all, false),
		Ended: v.stakeTable("Rights and roles that have ended", ended, uses, all, false),
	}
	if v.can(policy.StakeGrant) && who.is(v.today()) {
		p.Grant = "/stakes/new?member=" + who.Member
	}
	if len(stakes) == 0 {
		panel := page.Empty("Nothing yet", "This member holds no right and no role, and never did.", page.Link{Text: "All rights and roles", Href: "/stakes"})
		p.Empty = &panel
	}
	f := v.frame()
	f.Back = page.Link{Text: "Rights and roles", Href: "/stakes"}
	f.Kicker = "Rights and roles"
	f.Heading = who.title()
	f.Sentence = page.Begin(said(page.Words(len(held)))) + said(page.Plural(len(held), " right or role is", " rights and roles are")) + " held today or granted for later."
	f.Data = p
	return v.show(http.StatusOK, "stake_member", f)
}

type stakeShowPage struct {
	ID     string
	Facts  page.Summary
	Uses   page.Table
	CanUse bool
	CanEnd bool
}

// stakeAsked is the stake that the address names, and its holder, after policy
// was asked about that person.
func (v *visit) stakeAsked(action policy.Action) (share.Stake, holder, error) {
	all, err := v.holders()
	if err != nil {
		return share.Stake{}, holder{}, err
	}
	stakes, err := v.house.Shares.Stakes(v.ctx, v.org.ID, "")
	if err != nil {
		return share.Stake{}, holder{}, err
	}
	for _, k := range stakes {
		if k.ID != v.r.PathValue("id") {
			continue
		}
		who, known := all[k.Member]
		if !known {
			return k, who, nil
		}
		return k, who, v.may(action, v.about(who.Person))
	}
	return share.Stake{}, holder{}, fault.Errorf(fault.NotFound, "there is no such right or role")
}

// stakeShow is one right or role, and when it was used.
func (s *Server) stakeShow(v *visit) error {
	k, who, err := v.stakeAsked(policy.StakeViewAny)
	if err != nil {
		return err
	}
	uses, err := v.house.Shares.Uses(v.ctx, v.org.ID, k.Member)
	if err != nil {
		return err
	}
	uses = slices.DeleteFunc(uses, func(u share.Use) bool { return u.Stake != k.ID })
	slices.SortStableFunc(uses, func(a, b share.Use) int { return cmp.Compare(b.Used.String(), a.Used.String()) })
	open := k.Ends.IsZero() || k.Ends.After(v.today())
	p := stakeShowPage{ID: k.ID, CanUse: v.can(policy.StakeUseRecord) && !k.Granted.After(v.today()), CanEnd: open && v.can(policy.StakeGrant)}
	p.Facts = page.Summary{
		{Term: "Holder", Fact: who.title(), Change: page.Link{Text: "All they hold", Href: "/stakes?member=" + k.Member}},
		{Term: "Kind", Fact: stakeKinds[k.Kind]},
		{Term: "Given by", Fact: k.Basis},
		{Term: "From", Fact: v.day(k.Granted)},
	}
	if !k.Ends.IsZero() {
		p.Facts = append(p.Facts, page.SummaryRow{Term: "Until", Fact: "the day before " + v.day(k.Ends)})
	}
	if k.EndedReason != "" {
		p.Facts = append(p.Facts, page.SummaryRow{Term: "Why it ends", Fact: k.EndedReason})
	}
	p.Uses = page.Table{Caption: "When it was used", Columns: []page.Column{{Head: "Day"}, {Head: "What for", Wide: true}}}
	for _, u := range uses {
		p.Uses.Rows = append(p.Uses.Rows, page.Row{{Text: v.day(u.Used)}, {Text: u.What}})
	}
	f := v.frame()
	f.Back = page.Link{Text: "Rights and roles", Href: "/stakes"}
	f.Kicker = stakeKinds[k.Kind] + " without capital"
	f.Heading = k.Title
	f.Sentence = v.stakeSentence(k, who, len(uses))
	done := map[string][2]string{
		"granted": {"It is granted.", "stake.granted"}, "ended": {"Its end is recorded.", "stake.ended"}, "used": {"The use is recorded.", "stake.used"},
	}[v.r.URL.Query().Get("done")]
	if done[0] != "" {
		if f.Notice, err = v.doneNotice(done[0], done[1]); err != nil {
			return err
		}
	}
	f.Data = p
	return v.show(http.StatusOK, "stake_show", f)
}

var stakeKinds = map[share.StakeKind]string{share.Right: "A right", share.Role: "A role"}

func (v *visit) stakeSentence(k share.Stake, who holder, uses int) string {
	s := who.title() + " has held it since " + v.day(k.Granted) + "."
	switch {
	case k.Granted.After(v.today()):
		s = who.title() + " holds it from " + v.day(k.Granted) + " on."
	case !k.Ends.IsZero() && !k.Ends.After(v.today()):
		s = who.title() + " held it from " + v.day(k.Granted) + " until " + v.day(k.Ends) + "."
	case !k.Ends.IsZero():
		s = who.title() + " holds it until " + v.day(k.Ends) + "."
	}
	if uses == 0 {
		return s + " It has not been used."
	}
	return s + " It was used " + timesInWords(uses) + "."
}
