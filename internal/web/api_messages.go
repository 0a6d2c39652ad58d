package web

import (
	"strconv"
	"strings"

	"commonweal/internal/base/notice"
	"commonweal/law"
)

type messageJSON struct {
	Kind      string       `json:"kind"`
	Title     string       `json:"title" doc:"What messages of this kind tell of."`
	Day       law.Date     `json:"day"`
	Route     notice.Route `json:"route" doc:"Which way it went."`
	Posted    law.Date     `json:"posted,omitzero" doc:"The day on which a letter was put into the post."`
	Statutory bool         `json:"statutory" doc:"The law wants you to be told, so it cannot be muted."`
	Reason    string       `json:"reason" doc:"Why you got it."`
}

// apiMyMessages goes back from the newest. What a message said is not kept.
func (v *visit) apiMyMessages(p pageParams) (list[messageJSON], error) {
	place, err := openCursor("messages", p.Cursor)
	if err != nil {
		return list[messageJSON]{}, err
	}
	from := 0
	if place != "" {
		if from, err = strconv.Atoi(place); err != nil || from < 0 {
			return list[messageJSON]{}, errCursor()
		}
	}
	told, all, err := v.house.Notices.MessagesTo(v.ctx, v.actor.Org, v.actor.Person, from, p.Limit)
	if err != nil {
		return list[messageJSON]{}, err
	}
	titles, err := v.kindTitles()
	if err != nil {
		return list[messageJSON]{}, err
	}
	var out list[messageJSON]
	for _, x := range told {
		title := titles[x.Kind]
		if title == "" {
			title = kindInWords(x.Kind)
		}
		out.Items = append(out.Items, messageJSON{x.Kind, title, x.Day, x.Route, x.Posted, x.Statutory, x.Reason})
	}
	if next := from + len(told); len(told) > 0 && next < all {
		out.Next = makeCursor("messages", strconv.Itoa(next))
	}
	return out, nil
}

// muting is how somebody wants a kind of message.
type muting string

// The ways; usually is no choice of one's own.
const (
	usually muting = "usual"
	atOnce  muting = "now"
	mondays muting = "weekly"
	never   muting = "never"
)

type preferenceJSON struct {
	Kind      string `json:"kind"`
	Title     string `json:"title"`
	Statutory bool   `json:"statutory" doc:"The law wants you to be told, so there is no choice."`
	Choice    muting `json:"choice" doc:"usual is at once where it is urgent, and otherwise on Mondays."`
}

// apiPreferences are all kinds of message, the weekly one first.
func (v *visit) apiPreferences(p pageParams) (list[preferenceJSON], error) {
	all, err := v.preferences()
	if err != nil {
		return list[preferenceJSON]{}, err
	}
	return pageOf(p, "preferences", all, func(x preferenceJSON) string { return x.Kind })
}

func (v *visit) preferences() ([]preferenceJSON, error) {
	all, err := v.house.Notices.Preferences(v.ctx, v.actor.Org, v.actor.Person)
	var out []preferenceJSON
	for _, x := range all {
		one := preferenceJSON{x.Kind.Name, x.Kind.Title, x.Kind.Statutory, muting(x.Choice)}
		if x.Choice == notice.Usual {
			one.Choice = usually
		}
		out = append(out, one)
	}
	return out, err
}

type preferJSON struct {
	Kind   string `json:"kind" max:"60"`
	Choice muting `json:"choice"`
}

// apiPrefer chooses for one kind of message. The room refuses a kind that the law
// asks for.
func (v *visit) apiPrefer(_ none, b preferJSON) (preferenceJSON, error) {
	all, err := v.preferences()
	if err != nil {
		return preferenceJSON{}, err
	}
	for _, x := range all {
		if x.Kind != b.Kind {
			continue
		}
		x.Choice = b.Choice
		return x, v.house.Notices.SetPreference(v.ctx, v.actor.Org, v.actor.Person, b.Kind, notice.Choice(strings.TrimPrefix(string(b.Choice), usual)))
	}
	return preferenceJSON{}, misread("kind", "Take one from the list of your choices.", "There is no kind of message %q.", clip(b.Kind, 40))
}
