package web

import (
	"cmp"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/keys"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

type keyListPage struct {
	Waits page.Waits
	Table page.Table
	Empty *page.Panel
	Begin page.Links
}

// keyList is what waits for the visitor about keys, and all keys with how far they are.
func (s *Server) keyList(v *visit) error {
	all, polls, err := v.keySetups()
	if err != nil {
		return err
	}
	var p keyListPage
	for _, k := range all {
		waits, err := k.waits()
		if err != nil {
			return err
		}
		p.Waits = append(p.Waits, waits...)
	}
	if v.can(policy.PollConduct) {
		p.Begin = v.keysToBegin(all, polls)
	}
	p.Table = keyTable(all)
	f := v.frame()
	f.Back = page.Link{Text: "Votes", Href: "/votes"}
	f.Heading = "Keys"
	f.Sentence = keyListSentence(len(p.Waits), len(p.Begin))
	if len(all) == 0 {
		empty := page.Empty("There is no key yet", "The key of each vote is made by its keyholders together before notice of the vote is given. The returning officer begins it.", page.Link{})
		p.Empty = &empty
	} else {
		f.Files = []page.Files{v.files("/keys", "the keys", v.today())}
	}
	f.Data = p
	return v.show(200, "key_list", f)
}

func keyListSentence(waits, toBegin int) string {
	switch {
	case waits == 0 && toBegin > 0:
		return phrase(toBegin, "key is", "keys are") + " for you to begin."
	case waits == 0:
		return "Votes are locked with a key that nobody holds alone. Nothing waits for you here."
	}
	return phrase(waits, "thing waits", "things wait") + " for you as a keyholder."
}

// keySetups are all setups of polls that were called, the newest first, and the polls.
func (v *visit) keySetups() (out []*keySetup, polls []poll.Poll, err error) {
	polls, err = v.house.Polls.Polls(v.ctx, v.org.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range polls {
		list, err := v.house.Keys.List(v.ctx, v.org.ID, p.ID)
		if err != nil {
			return nil, nil, err
		}
		for _, s := range list {
			out = append(out, v.keySetupOf(s, p))
		}
	}
	slices.SortStableFunc(out, func(a, b *keySetup) int { return cmp.Or(b.Begun.Compare(a.Begun), cmp.Compare(b.ID, a.ID)) })
	return out, polls, nil
}

// waits is what the visitor has to do about a setup, and with the key that came of it.
func (k *keySetup) waits() (page.Waits, error) {
	if k.mine.Number == 0 {
		return nil, nil
	}
	var out page.Waits
	title := k.of.Title
	if k.Rehearsal {
		title += " (rehearsal)"
	}
	if step := k.due(); step != keys.NoStep && (step != keys.Check || k.usable()) {
		out = append(out, page.Wait{Title: keyStepOf(step).heading, Href: k.path(""), Why: title})
	}
	if k.over() && k.mine.Destroyed.IsZero() {
		out = append(out, page.Wait{Title: "Destroy your part of the key", Href: k.path("/destroyed"), Why: title + ": the result can no longer be questioned."})
	}
	if k.State() != keys.Made || k.Rehearsal || k.of.Stage(k.v.now) != poll.Closed {
		return out, nil
	}
	for _, c := range k.of.Contests {
		if !c.Uncontested.IsZero() || !c.Counted.IsZero() {
			continue
		}
		o, err := k.v.house.Boxes.Opening(k.v.ctx, k.v.org.ID, c.ID)
		if fault.Is(err, fault.Conflict) || fault.Is(err, fault.NotFound) {
			continue // not closed yet
		}
		if err != nil {
			return nil, err
		}
		verb := openingWaits(o, k.mine.Number, k.Threshold)
		if verb != "" && o.Ready() {
			if err := k.v.house.Papers.Ready(k.v.ctx, k.v.org.ID, c.ID); refusable(err) {
				continue // the returning officer's turn
			} else if err != nil {
				return nil, err
			}
		}
		if verb != "" {
			out = append(out, page.Wait{Title: verb, Href: openPath(k.of, c), Why: contestTitle(k.of, c)})
		}
	}
	return out, nil
}

// usable reports whether there is still a vote to open with the key.
func (k *keySetup) usable() bool {
	return k.Rehearsal || k.of.Stage(k.v.now).Rank() < poll.Counted.Rank()
}

// openingWaits is what a keyholder has to do about votes that are closed.
func openingWaits(o box.Opening, number, threshold int) string {
	switch {
	case o.Finished, o.Ready() && (len(o.Opened) >= threshold || slices.Contains(o.Opened, number)):
		return ""
	case o.Ready():
		return "Open your part of the votes"
	case !slices.Contains(o.Mixed, number):
		return "Mix the rankings"
	}
	return ""
}

func openPath(p poll.Poll, c poll.Contest) string { return "/votes/" + p.Code + "/" + c.Code + "/open" }

// contestTitle is what a contest is called on a page of its own.
func contestTitle(p poll.Poll, c poll.Contest) string {
	if len(p.Contests) == 1 {
		return p.Title
	}
	return p.Title + ": " + c.Title
}

// keysToBegin are the polls of this returning officer of which a key can be begun.
func (v *visit) keysToBegin(all []*keySetup, polls []poll.Poll) page.Links {
	var out page.Links
	for _, p := range polls {
		busy := slices.ContainsFunc(all, func(k *keySetup) bool {
			return k.of.ID == p.ID && (k.State() == keys.UnderWay || k.State() == keys.Made && !k.Rehearsal)
		})
		if !busy && conductsPoll(v, p) && !p.Called.IsZero() && p.Announced.IsZero() && p.Abandoned.IsZero() {
			out = append(out, page.LinkLine{Text: "Begin the key of " + p.Title, Href: "/keys/begin?poll=" + p.Code, Note: "Or a rehearsal of it."})
		}
	}
	return out
}

func keyTable(all []*keySetup) page.Table {
	t := page.Table{Caption: "Keys, the newest first", Columns: []page.Column{{Head: "Key of"}, {Head: "State"}, {Head: "Begun"}, {Head: "Needed now", Wide: true}}}
	for _, k := range all {
		title, needed := k.of.Title, "nobody"
		if k.Rehearsal {
			title += " (rehearsal)"
		}
		if k.State() == keys.UnderWay {
			needed = k.people(k.Waiting())
		}
		t.Rows = append(t.Rows, page.Row{
			{Text: title, Href: k.path("")}, {Text: keyState(k)}, {Text: said(page.Day(k.v.now, k.Begun.Format("2006-01-02")))}, {Text: needed},
		})
	}
	return t
}
