package web

import (
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/code"
	"commonweal/internal/web/page"
)

// voiding reads which code is taken out of use, by its mark, and why.
func (i *issue) voiding(mark, reason string) (box.Credential, error) {
	c, known := i.marked(mark)
	switch {
	case strings.TrimSpace(mark) == "":
		return c, fault.Fieldf("mark", "Type the mark of the code. It stands at the foot of the letter, and in the list of codes")
	case !known:
		return c, fault.Fieldf("mark", "No code of this vote has the mark %.20s. It has eight letters and digits, such as 1A2B-3C4D", strings.TrimSpace(mark))
	case c.Voided != "":
		return c, fault.Fieldf("mark", "The code with the mark %s is void since %s", code.Mark(c.Public), c.Voided)
	case strings.TrimSpace(reason) == "":
		return c, fault.Fieldf("reason", "Say why it is void. The reason is kept in the record")
	}
	return c, nil
}

// credentialVoid asks which code is taken out of use.
func (s *Server) credentialVoid(i *issue) error {
	return i.voidForm(http.StatusOK, url.Values{"mark": {i.r.URL.Query().Get("mark")}}, nil)
}

func (i *issue) voidForm(status int, form url.Values, wrong error) error {
	mark := page.Text{Name: "mark", Label: "Mark of the code", Hint: "At the foot of the letter, or in the list of codes: such as 1A2B-3C4D.", Value: form.Get("mark"), Width: 10, Verbatim: true}
	reason := page.TextArea{Name: "reason", Label: "Why is it void?", Hint: "Such as: the letter was found open. Name nobody.", Value: form.Get("reason"), Rows: 2}
	if wrong != nil {
		c, _ := i.marked(form.Get("mark"))
		words := i.issueWords(wrong, i.numberOf(c))
		if reason.Error = words; fault.FieldOf(wrong) != "reason" {
			mark.Error, reason.Error = words, ""
		}
	}
	f := i.frame("Void a code", "Nobody can vote with it any more. It is done only before a vote was received from the member who has it.")
	f.Errors = page.Problems(mark, reason)
	f.Data = []codeSection{{Form: &codeForm{
		Action: i.path("/void"), Fields: []page.Component{mark, reason}, Button: page.Button{Text: "Continue"}, Cancel: page.Link{Text: "Cancel", Href: i.path("")},
	}}}
	return i.visit.show(status, "credential_page", f)
}

// credentialVoidDo looks at it with the registrar, and does it once they say so.
func (s *Server) credentialVoidDo(i *issue) error {
	form, err := i.form()
	if err != nil {
		return err
	}
	c, err := i.voiding(form.Get("mark"), form.Get("reason"))
	if err == nil && form.Get("sure") == "" {
		return i.voidReview(c, strings.TrimSpace(form.Get("reason")))
	}
	if err == nil {
		err = i.house.Boxes.Void(i.ctx, i.actor.Person, i.org.ID, i.contest.ID, c.Public, strings.TrimSpace(form.Get("reason")))
	}
	if refusable(err) {
		return i.voidForm(http.StatusUnprocessableEntity, form, err)
	}
	if err != nil {
		return err
	}
	return i.redirect(i.path("") + "?done=voided")
}

func (i *issue) voidReview(c box.Credential, reason string) error {
	whose, after := "Nobody: it is a spare", "There is a spare less."
	if n := i.numberOf(c); n > 0 {
		whose, after = "Voter "+numberText(n), "Voter "+numberText(n)+" then has nothing to vote with, until you make another code."
		if i.published {
			after = "Voter " + numberText(n) + " then has nothing to vote with, until you give them a spare. To do both at once, replace it instead."
		}
	} else if c.Entry != "" {
		whose, after = "Somebody who was struck off the roll", "Nothing else changes."
	}
	f := i.frame("Check before you void it", "This cannot be taken back. "+after)
	f.Back = page.Link{Text: "Change it", Href: i.path("/void")}
	f.Data = []codeSection{
		{Show: []page.Component{page.Defs{{Term: "Mark", Fact: code.Mark(c.Public)}, {Term: "Who has it", Fact: whose}, {Term: "Because", Fact: reason}}}},
		{Form: &codeForm{
			Action: i.path("/void"), Hidden: []codeField{{"mark", code.Mark(c.Public)}, {"reason", reason}, {"sure", "yes"}},
			Button: page.Button{Text: "Void it", Kind: page.Warning}, Cancel: page.Link{Text: "Cancel", Href: i.path("")},
		}},
	}
	return i.visit.show(http.StatusOK, "credential_page", f)
}
