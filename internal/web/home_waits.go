package web

import (
	"fmt"

	"commonweal/internal/base/policy"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
)

// waits gathers what waits for the person, by what they may do.
func (v *visit) waits(status member.Status) (page.Waits, error) {
	var out page.Waits
	if v.actor.Weak && v.actor.Weighty() {
		out = append(out, page.Wait{Title: "Your office needs a passkey", Href: "/account/office", Why: "What you do for others counts only when you are signed in with one."})
	}
	if status.State == member.NotAMember && v.can(policy.MemberApply) {
		out = append(out, page.Wait{Title: "Become a member", Href: "/membership/apply", Why: "Members own the organisation and have a vote in it. It takes two minutes."})
	}
	if status.State == member.Member && !status.Ends.IsZero() && status.Ends.After(v.today()) {
		out = append(out, page.Wait{Title: "Your membership ends", Href: "/membership", Why: status.Reason, Verb: "on", When: v.day(status.Ends)})
	}
	for _, gather := range []func() (page.Waits, error){v.votesWait, v.surveysWait, v.conductWaits, v.actionsWait, v.applicationsWait, v.uploadsWait, v.inspectionsWait, v.leaversWait, v.deliveryWaits} {
		more, err := gather()
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// applicationsWait is for those who admit.
func (v *visit) applicationsWait() (page.Waits, error) {
	if !v.can(policy.MemberAdmit) {
		return nil, nil
	}
	list, err := v.house.Members.Applications(v.ctx, v.actor.Org, v.today())
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return page.Waits{{
		Title: fmt.Sprintf("Decide %s", count(len(list), "application", "applications")), Href: "/applications",
		Why: "People who asked to become members and have no answer yet.", Verb: "oldest from", When: v.day(list[0].Status.Since),
	}}, nil
}

// uploadsWait is for those who load staff lists.
func (v *visit) uploadsWait() (page.Waits, error) {
	if !v.can(policy.StaffImport) {
		return nil, nil
	}
	list, err := v.house.Staff.Uploads(v.ctx, v.actor.Org)
	if err != nil {
		return nil, err
	}
	var out page.Waits
	for _, u := range list {
		out = append(out, page.Wait{Title: "Apply a staff list, or drop it", Href: "/staff/uploads/" + u.ID, Why: u.FileName + " was read and waits.", Verb: "kept until", When: v.day(u.KeepUntil)})
	}
	return out, nil
}

// inspectionsWait is for those who answer requests to inspect the register: the
// law gives them few days.
func (v *visit) inspectionsWait() (page.Waits, error) {
	if !v.can(policy.RegisterInspectAnswer) {
		return nil, nil
	}
	overdue, open, err := v.house.Register.Overdue(v.ctx, v.actor.Org)
	if err != nil || open == 0 {
		return nil, err
	}
	why := "Somebody asked to see the register of members."
	if overdue > 0 {
		why = page.Begin(count(overdue, "is", "are")) + " past the day by which the law wants an answer."
	}
	return page.Waits{{Title: "Answer " + count(open, "request to inspect", "requests to inspect"), Href: "/inspections", Why: why}}, nil
}

// leaversWait is for those who keep the share ledger.
func (v *visit) leaversWait() (page.Waits, error) {
	if !v.can(policy.ShareCancel) {
		return nil, nil
	}
	due, err := v.house.Shares.ToPay(v.ctx, v.actor.Org)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	var pence int64
	for _, d := range due {
		pence += d.Pence
	}
	return page.Waits{{
		Title: "Pay back " + money(pence), Href: "/shares/payments", Why: "Owed for " + count(len(due), "share", "shares") + " of people who left.",
	}}, nil
}

// deliveryWaits is for those who see that notices arrive.
func (v *visit) deliveryWaits() (page.Waits, error) {
	if !v.can(policy.NoticeDeliveryView) {
		return nil, nil
	}
	failed, err := v.house.Notices.Failures(v.ctx, v.actor.Org)
	if err != nil {
		return nil, err
	}
	letters, err := v.house.Notices.Letters(v.ctx, v.actor.Org)
	if err != nil {
		return nil, err
	}
	var out page.Waits
	if len(failed) > 0 {
		out = append(out, page.Wait{Title: "See to " + count(len(failed), "message that did not arrive", "messages that did not arrive"), Href: "/notices/delivery", Why: "The other side refused them."})
	}
	if len(letters) > 0 {
		out = append(out, page.Wait{Title: "Post " + count(len(letters), "letter", "letters"), Href: "/notices/letters", Why: "For people whom e-mail does not reach."})
	}
	return out, nil
}

// newsItems is how much of what is new fits on a home page.
const newsItems = 4

// news is what was decided about the person lately, and for those who watch
// the record what was written to it.
func (v *visit) news() (page.News, error) {
	file, err := v.house.Members.File(v.ctx, v.actor.Org, v.actor.Person)
	if err != nil {
		return nil, err
	}
	var out page.News
	for i := len(file.Facts) - 1; i >= 0 && len(out) < newsItems; i-- {
		f := file.Facts[i]
		if what := factNews[f.Kind]; what != "" {
			out = append(out, page.NewsItem{Parts: []page.NewsPart{{Lead: what}}, When: v.day(f.Effective), More: page.Link{Text: "See your membership", Href: "/membership"}})
		}
	}
	did, err := v.actionsNews()
	if err != nil {
		return nil, err
	}
	out = append(did, out...)
	if !v.can(policy.RecordEntryView) {
		return out, nil
	}
	entries, err := v.house.Journal.Entries(v.ctx, v.actor.Org, 0, newsItems)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		out = append(out, page.NewsItem{
			Parts: []page.NewsPart{{Lead: "In the record:", Text: kindInWords(e.Kind)}}, When: v.moment(e.At),
			More: page.Link{Text: "Entry " + number(e.Seq), Href: "/record"},
		})
	}
	return out, nil
}

// factNews says what happened to the person it happened to.
var factNews = map[member.FactKind]string{
	member.Applied: "You applied for membership.", member.Admitted: "You became a member.", member.Refused: "Your application was refused.",
	member.Withdrew: "You withdrew from membership.", member.Expelled: "Your membership was ended by a decision.",
	member.Reinstated: "You were made a member again.",
}
