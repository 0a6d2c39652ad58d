package web

import (
	"net/http"

	"commonweal/internal/base/notice"
	"commonweal/internal/web/page"
)

type noticeStopPage struct {
	Action string
	Done   bool
}

// noticeStopShow is where the link in a message leads: what it would stop, and
// a button. Nobody signs in, because the link itself is the proof; nothing is
// stopped by looking, because mail programs look at links by themselves.
func (s *Server) noticeStopShow(v *visit) error {
	stop, err := v.house.Notices.ReadStop(v.r.PathValue("token"))
	if err != nil {
		return err
	}
	f := v.frame()
	f.Heading = "Stop these messages?"
	f.Sentence = "You would no longer get: " + stop.Kind.Title + "."
	if v.r.URL.Query().Get("done") == "stopped" {
		f.Heading = "These messages are stopped"
		f.Sentence = "You no longer get: " + stop.Kind.Title + "."
	}
	f.Data = noticeStopPage{Action: notice.StopPath + v.r.PathValue("token"), Done: v.r.URL.Query().Get("done") == "stopped"}
	return v.show(http.StatusOK, "notice_stop", f)
}

// noticeStopDo stops them. A mail program that posts by itself (RFC 8058) gets
// its answer at once, since such programs follow no redirect.
func (s *Server) noticeStopDo(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	token := v.r.PathValue("token")
	if _, err := v.house.Notices.DoStop(v.ctx, token); err != nil {
		return err
	}
	if form.Get("List-Unsubscribe") == "One-Click" {
		return v.text("These messages are stopped.\n")
	}
	return v.redirect(notice.StopPath + token + "?done=stopped")
}

// backToMessages leads somebody signed in to their own messages.
func (v *visit) backToMessages() page.Link {
	return page.Link{Text: "Messages to you", Href: "/notices"}
}
