package web

import (
	"fmt"
	"net/http"
	"slices"
	"sync"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
)

// shareAct is one way of making an entry in the ledger by hand. Each is asked in
// the same steps: who, how many and why, a look at all of it, and the receipt.
type shareAct struct {
	kind   share.Kind
	action policy.Action
	title  string
	about  string
	who    string // the question for the member it begins with
	button string
	allows func(share.Class) bool // whether the terms of a class allow it
	why    string                 // said where no class does
}

func (a shareAct) path() string { return "/shares/" + string(a.kind) }

// possible reports whether any of the classes allows it.
func (a shareAct) possible(classes []share.Class) bool {
	if a.kind == share.Convert {
		return len(classes) > 1
	}
	return slices.ContainsFunc(classes, a.allows)
}

func everyClass(share.Class) bool { return true }

var shareActs = map[share.Kind]shareAct{
	share.Issue: {
		kind: share.Issue, action: policy.ShareIssue, title: "Issue shares", about: "To a member who paid for them.",
		who: "Who gets the shares?", button: "Issue", allows: everyClass, why: "There is no class of shares that is open.",
	},
	share.Transfer: {
		kind: share.Transfer, action: policy.ShareTransfer, title: "Transfer shares", about: "From one member to another.",
		who: "Who passes shares on?", button: "Transfer", allows: func(c share.Class) bool { return c.Transferable },
		why: "Shares here cannot pass from one member to another: the terms of every class say so.",
	},
	share.Convert: {
		kind: share.Convert, action: policy.ShareConvert, title: "Convert shares", about: "Into another class, of the same worth.",
		who: "Whose shares are converted?", button: "Convert", allows: everyClass, why: "There is one class of shares, so there is nothing to convert them into.",
	},
	share.Redeem: {
		kind: share.Redeem, action: policy.ShareRedeem, title: "Redeem shares", about: "The member takes the money back out.",
		who: "Who takes money out?", button: "Redeem", allows: func(c share.Class) bool { return c.Withdrawable },
		why: "The money for shares here cannot be taken out: the terms of every class say so.",
	},
	share.Cancel: {
		kind: share.Cancel, action: policy.ShareCancel, title: "Cancel shares", about: "Of one member, where membership ended.",
		who: "Whose shares are cancelled?", button: "Cancel", allows: func(c share.Class) bool { return c.CancelsOnLeaving },
		why: "Shares here stay when membership ends: the terms of every class say so.",
	},
}

// shareActRoutes are the pages of the acts on shares, the same for each.
func (s *Server) shareActRoutes() []route {
	// One entry at a time is made from these pages, so that a second click on the
	// same button finds what the first one did.
	one := &sync.Mutex{}
	var out []route
	for _, kind := range []share.Kind{share.Issue, share.Transfer, share.Convert, share.Redeem, share.Cancel} {
		act := shareActs[kind]
		terms := act.path() + "/{member}"
		out = append(out,
			route{pattern: "GET " + act.path(), action: act.action, serve: func(v *visit) error { return v.actWho(act) }},
			route{pattern: "POST " + act.path(), action: act.action, serve: func(v *visit) error { return v.actChooseWho(act) }},
		)
		if kind == share.Transfer {
			out = append(out,
				route{pattern: "GET " + terms, action: act.action, serve: func(v *visit) error { return v.actWho(act) }},
				route{pattern: "POST " + terms, action: act.action, serve: func(v *visit) error { return v.actChooseWho(act) }},
			)
			terms += "/{to}"
		}
		out = append(out,
			route{pattern: "GET " + terms, action: act.action, serve: func(v *visit) error { return v.actTerms(act) }},
			route{pattern: "POST " + terms, action: act.action, serve: func(v *visit) error { return v.actCheck(act) }},
			route{pattern: "GET " + terms + "/review", action: act.action, serve: func(v *visit) error { return v.actReview(act) }},
			route{pattern: "POST " + terms + "/review", action: act.action, serve: func(v *visit) error { return v.actMake(act, one) }},
		)
	}
	return out
}

// actFinder is the question of an act for a member: the first, or for a transfer
// the second.
func (v *visit) actFinder(act shareAct, l *share.Ledger, all holders) (finder, func(holder) bool, error) {
	f := finder{
		Action: act.path(), Back: page.Link{Text: "Shares", Href: "/shares"}, Next: "Continue",
		Who: page.Text{Name: "who", Label: act.who, Hint: "Type a name, or the number in the register.", Heading: true, Width: 20, Verbatim: true},
	}
	if from := v.r.PathValue("member"); from != "" {
		giver, err := v.holder(all, from, act.action)
		if err != nil {
			return f, nil, err
		}
		f.Action, f.Back = act.path()+"/"+from, page.Link{Text: "Somebody else", Href: act.path()}
		f.Who.Label = "Who gets the shares of " + giver.title() + "?"
		f.Note = "Shares go to members."
		return f, func(h holder) bool { return h.Member != from && h.is(v.today()) }, nil
	}
	if act.kind == share.Issue {
		f.Note = "Shares go to members."
		return f, func(h holder) bool { return h.is(v.today()) }, nil
	}
	holding := map[string]bool{}
	for _, h := range l.HoldingsOn(v.today()) {
		if c, _ := l.Class(h.Class); act.allows(c) {
			holding[h.Member] = true
		}
	}
	f.Note = "They hold no shares that this could be done with."
	return f, func(h holder) bool { return holding[h.Member] }, nil
}

// actWho asks which member an act is about.
func (v *visit) actWho(act shareAct) error {
	ledger, classes, err := v.sharesNow()
	if err != nil {
		return err
	}
	if !act.possible(classes) {
		return v.actImpossible(act, act.why)
	}
	all, err := v.holders()
	if err != nil {
		return err
	}
	f, _, err := v.actFinder(act, ledger, all)
	if err != nil {
		return err
	}
	return v.showFinder(http.StatusOK, act.title, f)
}

// actImpossible says why an act cannot be done.
func (v *visit) actImpossible(act shareAct, why string) error {
	f := v.frame()
	f.Back = page.Link{Text: "Shares", Href: "/shares"}
	f.Heading = act.title
	f.Data = page.Empty("This cannot be done here", why, page.Link{Text: "See the classes and their terms", Href: "/shares"})
	return v.show(http.StatusOK, "share_stop", f)
}

// actChooseWho finds the member and goes on.
func (v *visit) actChooseWho(act shareAct) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	all, err := v.holders()
	if err != nil {
		return err
	}
	f, among, err := v.actFinder(act, ledger, all)
	if err != nil {
		return err
	}
	member := f.answer(v, form, all, among)
	if member == "" {
		return v.showFinder(http.StatusUnprocessableEntity, act.title, f)
	}
	if _, err := v.holder(all, member, act.action); err != nil {
		return err
	}
	return v.redirect(f.Action + "/" + member)
}

// alreadyMade finds an entry like this one that was made after the page was
// shown: the same button was pressed twice.
func alreadyMade(l *share.Ledger, e share.Entry, seen int64) (share.Entry, bool) {
	for _, made := range l.Entries() {
		if int64(made.Number) > seen && made.Kind == e.Kind && made.Class == e.Class && made.From == e.From && made.To == e.To &&
			made.Quantity == e.Quantity && made.ToClass == e.ToClass && made.Effective == e.Effective && made.PaidPence == e.PaidPence {
			return made, true
		}
	}
	return share.Entry{}, false
}

// tried is what an entry would do, judged as the ledger would.
type tried struct {
	entry  share.Entry
	after  *share.Ledger
	effect share.Effect
}

// try judges an entry on a copy of the ledger, with the limit of the law and the
// members of its day. Nothing is stored.
func (v *visit) try(e share.Entry) (tried, error) {
	now, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return tried{}, err
	}
	classes, err := v.house.Shares.Classes(v.ctx, v.org.ID)
	if err != nil {
		return tried{}, err
	}
	var limit *share.Cap
	if form := v.formToday(); form != nil {
		limit = share.CapOf(form)
	}
	l, err := share.NewLedger(classes, now.Entries(), now.Certificates(""), limit)
	if err != nil {
		return tried{}, err
	}
	if e.To != "" {
		file, err := v.house.Members.FileByMember(v.ctx, v.org.ID, e.To)
		if err != nil {
			return tried{}, err
		}
		member := false
		for _, p := range file.Timeline.Periods() {
			member = member || p.Open(e.Effective)
		}
		if !member {
			return tried{}, fault.Fieldf("effective", "shares go to members, and this person was none on %s", e.Effective)
		}
	}
	e.ID = "the new entry"
	effect, err := l.Add(e)
	if err != nil {
		return tried{}, err
	}
	return tried{e, l, effect}, nil
}

// effects says in sentences what an entry would do.
func (v *visit) effects(t tried, all holders) []string {
	var out []string
	e := t.entry
	now := func(member, class string) {
		c, _ := t.after.Class(class)
		out = append(out, fmt.Sprintf("%s then holds %s.", all[member].title(), sharesOf(t.after.Balance(member, class, e.Effective), c.Name)))
	}
	if e.From != "" {
		now(e.From, e.Class)
	}
	switch e.Kind {
	case share.Issue, share.Transfer:
		now(e.To, e.Class)
	case share.Convert:
		now(e.From, e.ToClass)
	case share.Redeem, share.Cancel:
		if e.PaidPence > 0 {
			out = append(out, money(e.PaidPence)+" goes on the list of what is to be paid back.")
		}
	}
	if e.Kind == share.Cancel && all[e.From].is(e.Effective) {
		out = append(out, all[e.From].title()+" is still a member on that day. Shares are cancelled when membership ends.")
	}
	for _, c := range t.effect.Cancelled {
		out = append(out, "Certificate "+number(c.Number)+" no longer holds and is cancelled.")
	}
	if b := t.effect.Balance; b != nil {
		c, _ := t.after.Class(b.Class)
		out = append(out, "A new certificate is issued for the "+sharesOf(b.Quantity, c.Name)+" that are left.")
	}
	if e.Effective.After(v.today()) {
		out = append(out, "It counts only from "+v.day(e.Effective)+" on.")
	}
	return out
}
