package web

import (
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/notice"
	"commonweal/internal/web/page"
)

type noticeLettersPage struct{ Letters []letterPage }

type letterPage struct {
	notice.Letter
	Written string
}

// noticeLetters is all letters that wait, to print: each begins a page.
func (s *Server) noticeLetters(v *visit) error {
	list, err := v.house.Notices.Letters(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	return v.lettersPage(list, "Letters to print")
}

// noticeLetter is one letter to print.
func (s *Server) noticeLetter(v *visit) error {
	list, err := v.house.Notices.Letters(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	for _, l := range list {
		if l.Notice == v.r.PathValue("id") {
			return v.lettersPage([]notice.Letter{l}, "Letter to "+l.Name)
		}
	}
	return fault.Errorf(fault.NotFound, "this letter does not wait for the post any more")
}

func (v *visit) lettersPage(list []notice.Letter, title string) error {
	var p noticeLettersPage
	for _, l := range list {
		p.Letters = append(p.Letters, letterPage{l, dayInFull(l.Day)})
	}
	f := v.frame()
	f.Back = page.Link{Text: "What did not arrive", Href: "/notices/delivery"}
	f.Title = title
	f.Data = p
	return v.show(http.StatusOK, "notice_letters", f)
}
