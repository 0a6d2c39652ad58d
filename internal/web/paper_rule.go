package web

import (
	"net/http"
	"slices"
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/paper"
	"commonweal/internal/web/page"
)

// paperRuleShow is one paper that two tellers read differently.
func (s *Server) paperRuleShow(v *papers) error { return v.showRule(http.StatusOK, nil, nil) }

// sheetAsked is the paper that the address names.
func (v *papers) sheetAsked() (paper.Sheet, error) {
	n, err := v.paperNumber()
	if err != nil {
		return paper.Sheet{}, err
	}
	list, err := v.house.Papers.Differences(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, v.r.PathValue("batch"))
	if err != nil {
		return paper.Sheet{}, err
	}
	i := slices.IndexFunc(list, func(p paper.Sheet) bool { return p.Paper == n })
	if i < 0 {
		return paper.Sheet{}, fault.Errorf(fault.NotFound, "paper %d of this batch was not read differently", n)
	}
	return list[i], nil
}

func (v *papers) showRule(status int, form map[string][]string, wrong error) error {
	sheet, err := v.sheetAsked()
	if err != nil {
		return err
	}
	code, number := v.r.PathValue("batch"), strconv.Itoa(sheet.Paper)
	f := v.frameOf("Batch "+code+", paper "+number, "Take the paper in your hand. What does it say?")
	f.Back = page.Link{Text: "The reckoning", Href: v.at("reckoning")}
	if sheet.Ruling != nil {
		f.Sentence = "It is ruled on."
		f.Data = []paperSection{{Show: []page.Component{page.Defs{{Term: "It counts as", Fact: v.said(sheet.Ruling.Ballot)}, {Term: "Why", Fact: sheet.Ruling.Reason}}}}}
		return v.show(status, "paper_page", f)
	}
	which := page.Radios{Name: "which", Legend: "What does the paper count as?", Value: first(form["which"]), Options: []page.Option{
		{Value: "0", Label: v.said(sheet.Read[0].Ballot), Hint: "As one teller read it."},
		{Value: "1", Label: v.said(sheet.Read[1].Ballot), Hint: "As the other read it."},
		{Value: "other", Label: "Something else", Hint: "Say what below."},
	}}
	why := page.TextArea{Name: "reason", Label: "Why?", Hint: "What on the paper decides it. It is kept with the ruling.", Value: first(form["reason"]), Rows: 2}
	other := fault.FieldOf(wrong) == "ballot"
	r := v.readingForm(form, false, nil)
	if other {
		r = v.readingForm(form, false, wrong)
	} else {
		v.wrongAt(wrong, &which.Error, map[string]*string{"reason": &why.Error})
	}
	r.Action = v.at("rulings", code, number)
	r.Show = []page.Component{which}
	r.Legend = "If it is something else: " + inRunningText(r.Legend)
	r.Lines[0].Focus = false
	r.Fields = append(r.Fields, why)
	r.Button = page.Button{Text: "Rule"}
	r.Cancel = page.Link{Text: "Leave it for now", Href: v.at("reckoning")}
	f.Errors = append(append(page.Problems(which), r.problems...), page.Problems(why)...)
	f.Data = r
	return v.show(status, "paper_key", f)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// paperRule keeps the ruling.
func (s *Server) paperRule(v *papers) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	sheet, err := v.sheetAsked()
	if err != nil {
		return err
	}
	var b paper.Ballot
	switch form.Get("which") {
	case "0":
		b = sheet.Read[0].Ballot
	case "1":
		b = sheet.Read[1].Ballot
	case "other":
		b, err = v.readBallot(form)
	default:
		err = fault.Fieldf("which", "choose what the paper counts as")
	}
	if err == nil {
		err = v.house.Papers.Rule(v.ctx, v.actor.Person, v.org.ID, v.contest.ID, v.r.PathValue("batch"), sheet.Paper, b, form.Get("reason"))
	}
	if refusable(err) {
		return v.showRule(http.StatusUnprocessableEntity, form, err)
	}
	if err != nil {
		return err
	}
	return v.redirect(v.at("reckoning") + "?done=ruled")
}
