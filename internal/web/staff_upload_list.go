package web

import (
	"fmt"
	"net/http"
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/internal/web/page"
)

type staffUploadListPage struct {
	Table page.Table
	Pages page.Pages
}

const uploadListSize = 100

// staffUploadList is one whole list of a dry run: everybody who leaves, joins
// or changes, every refused row, every remark.
func (s *Server) staffUploadList(v *visit) error {
	u, plan, ok, err := v.waiting()
	if !ok {
		return err
	}
	foresight, err := v.house.Foresee(v.ctx, u)
	if err != nil {
		return err
	}
	var p staffUploadListPage
	f, err := v.uploadFrame(u)
	if err != nil {
		return err
	}
	switch part := v.r.PathValue("part"); part {
	case "leavers":
		f.Heading, f.Sentence = "Who would leave the list", "Nobody’s membership ends because of this file. What follows, follows from the rules."
		list, pages := portion(v, plan.Leavers)
		p.Pages = pages
		p.Table, err = v.leaversTable(list, foresight)
	case "joiners":
		f.Heading, f.Sentence = "Who would join the list", joinersSentence(foresight.Joiners(plan.Joiners))
		list, pages := portion(v, plan.Joiners)
		p.Table, p.Pages = v.joinersTable(list), pages
	case "changes":
		f.Heading, f.Sentence = "What would change", "Each line is one thing that the list says otherwise than before."
		list, pages := portion(v, plan.Changes)
		p.Pages = pages
		p.Table, err = v.changesTable(list, foresight)
	case "refused":
		f.Heading, f.Sentence = "Refused rows", "They change nothing. A row with several faults has a line for each."
		list, pages := portion(v, plan.Rejects)
		p.Table, p.Pages = rejectsTable(list), pages
	case "remarks":
		f.Heading, f.Sentence = "Rows read with a remark", "They would be applied. Look whether what we made of them is right."
		list, pages := portion(v, remarks(plan))
		p.Table, p.Pages = remarksTable(list), pages
	default:
		return fault.Errorf(fault.NotFound, "a dry run has no list of this name")
	}
	if err != nil {
		return err
	}
	f.Back = page.Link{Text: "Dry run", Href: "/staff/uploads/" + u.ID}
	f.Data = p
	return v.show(http.StatusOK, "staff_upload_list", f)
}

// portion is the part of a list that ?page= asks for, and the way to the others.
func portion[T any](v *visit, list []T) ([]T, page.Pages) {
	n, _ := strconv.Atoi(v.r.URL.Query().Get("page"))
	last := max((len(list)+uploadListSize-1)/uploadListSize, 1)
	n = min(max(n, 1), last)
	from, to := (n-1)*uploadListSize, min(n*uploadListSize, len(list))
	pages := page.Pages{Place: fmt.Sprintf("%s to %s of %s", number(min(from+1, to)), number(to), number(len(list)))}
	if n > 1 {
		pages.Prev = v.r.URL.Path + "?page=" + strconv.Itoa(n-1)
	}
	if n < last {
		pages.Next = v.r.URL.Path + "?page=" + strconv.Itoa(n+1)
	}
	return list[from:to], pages
}
