package web

import (
	"commonweal/internal/base/policy"
	"commonweal/internal/listen/action"
	"commonweal/internal/web/page"
)

// actionsWait is for those who own an action that is due within a week or overdue, and,
// of what is overdue, for those who follow actions up.
func (v *visit) actionsWait() (page.Waits, error) {
	if !v.can(policy.ActionView) {
		return nil, nil
	}
	list, err := v.house.Actions.All(v.ctx, v.actor.Org)
	if err != nil {
		return nil, err
	}
	var out page.Waits
	for _, l := range list {
		if l.Owner != v.actor.Person || l.Status.Over() || !l.Status.Overdue && l.Status.Left > action.SoonBefore {
			continue
		}
		w := page.Wait{Title: "Say what was done: " + l.Title, Href: l.Path(), Why: "You own this action. It follows from a survey.", Verb: "due", When: v.weekday(l.Due)}
		if l.Status.Overdue {
			w.Why, w.Verb = "You own this action, and its day is over. Say what was done, or move its day and say why.", "was due"
		}
		out = append(out, w)
	}
	if n := action.Stand(list).Overdue; n > 0 && v.editsActions() {
		out = append(out, page.Wait{Title: "Follow up " + count(n, "overdue action", "overdue actions"), Href: "/surveys/actions/board", Why: "What was promised after a survey, and is late."})
	}
	return out, nil
}

// actionsNews is the newest of "you said, we did", where something was done, or given up,
// within a month.
func (v *visit) actionsNews() (page.News, error) {
	if !v.can(policy.ActionView) {
		return nil, nil
	}
	list, err := v.house.Actions.All(v.ctx, v.actor.Org)
	if err != nil {
		return nil, err
	}
	for _, l := range list {
		if !l.Status.Over() {
			continue
		}
		if l.Status.Last.Day.AddMonths(1).Before(v.today()) {
			break // those that ended are the newest first
		}
		owners, err := v.owners([]action.Listed{l})
		if err != nil {
			return nil, err
		}
		return page.News{v.actionNews(l, owners)}, nil
	}
	return nil, nil
}
