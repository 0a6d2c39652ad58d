package web

import (
	"fmt"
	"net/http"
	"strconv"

	"commonweal/internal/base/notice"
	"commonweal/internal/base/policy"
	"commonweal/internal/web/page"
)

type noticeListPage struct {
	Sent     page.Table
	Empty    *page.Panel
	Pages    page.Pages
	Delivery bool // the reader may see what did not arrive
}

const noticePageSize = 50

// noticeList is what was sent to the person who asks, when, how and why.
func (s *Server) noticeList(v *visit) error {
	n, _ := strconv.Atoi(v.r.URL.Query().Get("page"))
	n = min(max(n, 1), 100_000)
	list, all, err := v.house.Notices.MessagesTo(v.ctx, v.actor.Org, v.actor.Person, (n-1)*noticePageSize, noticePageSize)
	if err != nil {
		return err
	}
	titles, err := v.kindTitles()
	if err != nil {
		return err
	}
	p := noticeListPage{
		Sent:     page.Table{Caption: "Messages sent to you", Columns: []page.Column{{Head: "When"}, {Head: "What"}, {Head: "How"}, {Head: "Why you got it", Wide: true}}},
		Delivery: v.may(policy.NoticeDeliveryView, v.inside()) == nil,
	}
	for _, x := range list {
		title := titles[x.Kind]
		if title == "" {
			title = kindInWords(x.Kind)
		}
		p.Sent.Rows = append(p.Sent.Rows, page.Row{{Text: v.day(x.Day)}, {Text: title}, {Text: v.routeInWords(x)}, {Text: x.Reason}})
	}
	if all == 0 {
		panel := page.Empty("Nothing was sent to you yet", "When you are told something, it is listed here: what it was, when it went, and why.", page.Link{})
		p.Empty = &panel
	}
	p.Pages.Place = fmt.Sprintf("%s to %s of %s", number((n-1)*noticePageSize+1), number((n-1)*noticePageSize+len(list)), number(all))
	if len(list) == 0 {
		p.Pages.Place = "There are no more"
	}
	if n > 1 {
		p.Pages.Prev = "/notices?page=" + strconv.Itoa(n-1)
	}
	if n*noticePageSize < all {
		p.Pages.Next = "/notices?page=" + strconv.Itoa(n+1)
	}
	f := v.frame()
	f.Back = page.Link{Text: "Your account", Href: "/account"}
	f.Heading = "Messages to you"
	f.Sentence = messagesSentence(all)
	if all > 0 {
		f.Files = []page.Files{v.files("/notices", "this list", v.today())}
	}
	f.Data = p
	return v.show(http.StatusOK, "notice_list", f)
}

func messagesSentence(all int) string {
	if all == 0 {
		return "You see here what we sent you and why."
	}
	return page.Begin(said(page.Words(all))) + " " + said(page.Plural(all, "message was", "messages were")) + " sent to you. We keep that it was sent, not what it said."
}

// kindTitles are what the kinds of message are called.
func (v *visit) kindTitles() (map[string]string, error) {
	list, err := v.house.Notices.Preferences(v.ctx, v.actor.Org, v.actor.Person)
	out := map[string]string{}
	for _, p := range list {
		out[p.Kind.Name] = p.Kind.Title
	}
	return out, err
}

// routeInWords says which way a message went.
func (v *visit) routeInWords(x notice.Told) string {
	switch x.Route {
	case notice.ByEmail:
		return "by e-mail"
	case notice.ByDigest:
		return "in Monday’s e-mail"
	case notice.ByPost:
		if x.Posted.IsZero() {
			return "by post, not yet sent"
		}
		return "by post on " + v.day(x.Posted)
	}
	return string(x.Route)
}
