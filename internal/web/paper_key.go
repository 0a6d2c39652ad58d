package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/paper"
	"commonweal/internal/web/page"
)

// paperKeyShow is one paper to key.
func (s *Server) paperKeyShow(v *papers) error { return v.showKey(http.StatusOK, nil, nil) }

func (v *papers) paperNumber() (int, error) {
	n, err := strconv.Atoi(v.r.PathValue("paper"))
	if err != nil {
		return 0, fault.Errorf(fault.NotFound, "there is no such paper")
	}
	return n, nil
}

func (v *papers) showKey(status int, form url.Values, wrong error) error {
	b, err := v.batchAsked()
	if err != nil {
		return err
	}
	n, err := v.paperNumber()
	if err != nil {
		return err
	}
	if n < 1 || n > b.Papers || b.Channel != paper.Paper {
		return fault.Errorf(fault.NotFound, "batch %s has no paper %d to key", b.Code, n)
	}
	number := strconv.Itoa(n)
	if form == nil && b.Settled == "" {
		own, err := v.house.Papers.Own(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, b.Code, n)
		if err != nil {
			return err
		}
		if own != nil {
			form = typedOf(*own)
		}
	}
	r := v.readingForm(form, false, wrong)
	r.Action = v.at("batches", b.Code, number)
	r.Show = []page.Component{page.Figures{Items: []page.Figure{{Value: number, Label: fmt.Sprintf("the number on the paper, of %d in batch %s", b.Papers, b.Code)}}}}
	r.Button = page.Button{Text: "Keep it and go on"}
	r.Cancel = page.Link{Text: "Stop here", Href: v.at("batches", b.Code)}
	f := v.frameOf("Batch "+b.Code+", paper "+number, "Key what stands on the paper, without asking anybody.")
	f.Back = page.Link{Text: "Batch " + b.Code, Href: v.at("batches", b.Code)}
	if last, err := strconv.Atoi(v.r.URL.Query().Get("kept")); err == nil && status == http.StatusOK {
		f.Notice = page.Notice{Done: true, Text: fmt.Sprintf("Paper %d is kept.", last), More: page.Link{Text: "Change paper " + strconv.Itoa(last), Href: v.at("batches", b.Code, strconv.Itoa(last))}}
	}
	f.Errors = r.problems
	f.Data = r
	return v.show(status, "paper_key", f)
}

// typedOf is a ballot as it was typed.
func typedOf(b paper.Ballot) url.Values {
	form := url.Values{}
	for i, n := range b.Rank {
		form.Set(rankField(n), strconv.Itoa(i+1))
	}
	for _, n := range b.Choose {
		form.Add("choose", strconv.Itoa(n))
	}
	form.Set("answer", string(b.Answer))
	form.Set("flaw", string(b.Flaw))
	return form
}

// paperKey keeps what was keyed and goes on to the next paper.
func (s *Server) paperKey(v *papers) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	n, err := v.paperNumber()
	if err != nil {
		return err
	}
	code := v.r.PathValue("batch")
	b, err := v.readBallot(form)
	if err == nil {
		err = v.house.Papers.Key(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, code, n, b)
	}
	if refusable(err) {
		return v.showKey(http.StatusUnprocessableEntity, form, err)
	}
	if err != nil {
		return err
	}
	now, err := v.batchAsked()
	if err != nil {
		return err
	}
	if now.Next > 0 {
		return v.redirect(v.at("batches", code, strconv.Itoa(now.Next)) + "?kept=" + strconv.Itoa(n))
	}
	return v.redirect(v.at("batches", code))
}
