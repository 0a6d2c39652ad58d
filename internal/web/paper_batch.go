package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/paper"
	"commonweal/internal/web/page"
)

// paperBatchNew asks for a new batch.
func (s *Server) paperBatchNew(v *papers) error { return v.showBatchNew(http.StatusOK, nil, nil) }

func (v *papers) showBatchNew(status int, form url.Values, wrong error) error {
	list, err := v.house.Papers.Batches(v.ctx, v.actor.Person, v.org.ID, v.contest.ID)
	if err != nil {
		return err
	}
	code := page.Text{Name: "code", Label: "What is the batch called?", Hint: "Write it on the pile. Capital letters and digits.", Value: form.Get("code"), Width: 10, Verbatim: true}
	if form == nil {
		code.Value = freeCode(list)
	}
	size := page.Text{Name: "papers", Label: "How many papers are in it?", Hint: "Part the papers from their envelopes, mix them, and number them from 1.", Value: form.Get("papers"), Width: 4, Mode: "numeric"}
	weight := page.Text{Name: "weight", Label: "How many votes has each of these papers?", Hint: "It is told by their colour. Papers of different votes go in different batches.", Value: form.Get("weight"), Width: 2, Mode: "numeric"}
	v.wrongAt(wrong, &size.Error, map[string]*string{"code": &code.Error, "weight": &weight.Error})
	p := paperForm{Action: v.at("batches"), Fields: []page.Component{code, size}, Button: page.Button{Text: "Make the batch"}, Cancel: page.Link{Text: "Cancel", Href: v.at()}}
	f := v.frameOf("Make a batch", "From here on nothing ties a paper to a voter.")
	f.Errors = page.Problems(code, size)
	if v.room.Shape.Weighted {
		p.Fields = append(p.Fields, weight)
		f.Errors = page.Problems(code, size, weight)
	}
	f.Data = p
	return v.show(status, "paper_form", f)
}

// freeCode is a code that no batch has.
func freeCode(list []paper.Progress) string {
	taken := map[string]bool{}
	for _, b := range list {
		taken[b.Code] = true
	}
	for n := 1; ; n++ {
		if code := "A" + strconv.Itoa(n); !taken[code] {
			return code
		}
	}
}

// paperBatchMake makes it.
func (s *Server) paperBatchMake(v *papers) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	n, ok := readWhole(form.Get("papers"))
	if !ok {
		return v.showBatchNew(http.StatusUnprocessableEntity, form, fault.Fieldf("papers", "say how many papers are in it, in digits"))
	}
	weight := int64(1)
	if v.room.Shape.Weighted {
		if weight, ok = readWhole(form.Get("weight")); !ok {
			return v.showBatchNew(http.StatusUnprocessableEntity, form, fault.Fieldf("weight", "say how many votes each paper has, in digits"))
		}
	}
	b, err := v.house.Papers.MakeBatch(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, strings.ToUpper(strings.TrimSpace(form.Get("code"))), int(n), int(weight))
	if refusable(err) {
		return v.showBatchNew(http.StatusUnprocessableEntity, form, err)
	}
	if err != nil {
		return err
	}
	return v.redirect(v.at("batches", b.Code))
}

func (v *papers) batchAsked() (paper.Progress, error) {
	return v.house.Papers.Batch(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, v.r.PathValue("batch"))
}

// paperBatch is one batch: how far it is, and once it is keyed where the two differ.
func (s *Server) paperBatch(v *papers) error {
	b, err := v.batchAsked()
	if err != nil {
		return err
	}
	f := v.frameOf("Batch "+b.Code, v.batchSentence(b))
	f.Notice = v.paperDone()
	facts := page.Defs{{Term: "Papers", Fact: papersIn(b).Text}, {Term: "Made", Fact: said(page.Day(v.now, b.Made))}}
	if v.room.Shape.Weighted {
		facts = append(facts, page.Def{Term: "Votes of each", Fact: strconv.Itoa(b.Weight)})
	}
	if b.Channel == paper.Paper {
		facts = append(facts, page.Def{Term: "Keyed by you", Fact: strconv.Itoa(b.Mine)}, page.Def{Term: "Keyed once", Fact: strconv.Itoa(b.Once)}, page.Def{Term: "Keyed twice", Fact: strconv.Itoa(b.Twice)})
	}
	if b.SHA256 != "" {
		facts = append(facts, page.Def{Term: "SHA-256", Fact: b.SHA256})
	}
	first := paperSection{Show: []page.Component{facts}}
	if b.Next > 0 && b.Channel == paper.Paper && b.Settled == "" {
		first.Button = page.Button{Text: "Key paper " + strconv.Itoa(b.Next), Href: v.at("batches", b.Code, strconv.Itoa(b.Next))}
	}
	out := []paperSection{first}
	if b.Keyed() {
		differ, err := v.differences(b)
		if err != nil {
			return err
		}
		out = append(out, differ)
	}
	more := paperSection{Heading: "More"}
	if b.Settled == "" && b.Channel == paper.Paper {
		more.Links = append(more.Links, page.LinkLine{Text: "Put the number of papers right", Href: v.at("batches", b.Code, "size")})
	}
	if b.Settled != "" {
		more.Links = append(more.Links, page.LinkLine{Text: "The lines of the batch", Href: v.at("batches", b.Code, "lines"), Note: "What each paper counts as, to compare with the papers. Its SHA-256 is the one above."})
	}
	if len(more.Links) > 0 {
		out = append(out, more)
	}
	f.Data = out
	return v.show(http.StatusOK, "paper_page", f)
}

func (v *papers) batchSentence(b paper.Progress) string {
	switch {
	case b.Settled != "":
		return "It is settled. Nothing in it changes."
	case b.Channel == paper.Telephone:
		return "Votes by telephone. They are settled when the returning officer ends the calls."
	case b.Keyed():
		return "Two tellers have keyed every paper. The returning officer rules where they differ."
	case b.Next > 0:
		return fmt.Sprintf("The next paper for you is paper %d of %d. You do not see what anybody else keys.", b.Next, b.Papers)
	}
	return "You have keyed all that is for you. When somebody else has keyed the rest you see where you differ."
}

// differences lists the papers that two tellers read differently.
func (v *papers) differences(b paper.Progress) (paperSection, error) {
	out := paperSection{ID: "differences", Heading: "Read differently"}
	list, err := v.house.Papers.Differences(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, b.Code)
	if err != nil {
		return out, err
	}
	if len(list) == 0 {
		out.Text = []string{"Both tellers read every paper the same."}
		return out, nil
	}
	t := page.Table{Caption: "Papers that two tellers read differently", Columns: []page.Column{{Head: "Paper"}, {Head: "One read", Wide: true}, {Head: "The other read", Wide: true}, {Head: "Ruling", Wide: true}}}
	for _, p := range list {
		ruling := page.Cell{Text: "waits for the returning officer", Kind: page.Quiet}
		switch {
		case p.Ruling != nil:
			ruling = page.Cell{Text: v.said(p.Ruling.Ballot) + ". " + page.Begin(p.Ruling.Reason)}
		case v.is(paper.ReturningOfficer):
			ruling = page.Cell{Text: "Rule on paper " + strconv.Itoa(p.Paper), Href: v.at("rulings", b.Code, strconv.Itoa(p.Paper))}
		}
		t.Rows = append(t.Rows, page.Row{{Text: strconv.Itoa(p.Paper)}, {Text: v.said(p.Read[0].Ballot)}, {Text: v.said(p.Read[1].Ballot)}, ruling})
	}
	out.Show = append(out.Show, t)
	return out, nil
}

// paperSizeShow asks how many papers a batch really has.
func (s *Server) paperSizeShow(v *papers) error { return v.showSize(http.StatusOK, "", nil) }

func (v *papers) showSize(status int, typed string, wrong error) error {
	b, err := v.batchAsked()
	if err != nil {
		return err
	}
	size := page.Text{Name: "papers", Label: "How many papers are in batch " + b.Code + "?", Hint: "0 takes the batch away.", Value: typed, Width: 4, Mode: "numeric"}
	if wrong == nil {
		size.Value = strconv.Itoa(b.Papers)
	}
	v.wrongAt(wrong, &size.Error, nil)
	f := v.frameOf("Put the number of papers right", "")
	f.Back = page.Link{Text: "Batch " + b.Code, Href: v.at("batches", b.Code)}
	f.Errors = page.Problems(size)
	f.Data = paperForm{Action: v.at("batches", b.Code, "size"), Fields: []page.Component{size}, Button: page.Button{Text: "Keep this number"}, Cancel: page.Link{Text: "Cancel", Href: v.at("batches", b.Code)}}
	return v.show(status, "paper_form", f)
}

func (s *Server) paperSize(v *papers) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	code := v.r.PathValue("batch")
	n, ok := readWhole(form.Get("papers"))
	if !ok {
		return v.showSize(http.StatusUnprocessableEntity, form.Get("papers"), fault.Fieldf("papers", "say how many papers are in it, in digits"))
	}
	err = v.house.Papers.Resize(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, code, int(n))
	if refusable(err) {
		return v.showSize(http.StatusUnprocessableEntity, form.Get("papers"), err)
	}
	if err != nil {
		return err
	}
	if n == 0 {
		return v.redirect(v.at() + "?done=gone")
	}
	return v.redirect(v.at("batches", code))
}
