package web

import (
	"net/http"
	"net/url"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/code"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// replacing is a spare for a voter who lost what they had.
type replacing struct {
	voter  poll.Entry
	had    box.Credential // zero where they had nothing
	spare  box.Credential
	reason string
}

// freeSpares are those of a weight that nobody has.
func (i *issue) freeSpares(weight int) (out []box.Credential) {
	for _, c := range i.codes {
		if c.Entry == "" && c.Voided == "" && c.Weight == weight {
			out = append(out, c)
		}
	}
	return out
}

// replacing reads what is asked: the voter by number, the spare by the mark on its
// letter, or none for the first that suits.
func (i *issue) replacing(voter, mark, reason string) (replacing, error) {
	n, ok := readWhole(voter)
	e, on := i.voter(int(n))
	switch {
	case !ok || n < 1:
		return replacing{}, fault.Fieldf("voter", "Type the voter’s number, such as 12. It stands on the page on which they vote")
	case i.struck[int(n)]:
		return replacing{}, fault.Fieldf("voter", "Voter %d was struck off the roll and cannot vote. The returning officer decides about the roll", n)
	case !on:
		return replacing{}, fault.Fieldf("voter", "Nobody on this roll has the number %d. The list of codes shows names beside the numbers", n)
	case strings.TrimSpace(reason) == "":
		return replacing{}, fault.Fieldf("reason", "Say why it is replaced. The reason is kept in the record")
	}
	out := replacing{voter: e, had: i.holds[e.ID], reason: strings.TrimSpace(reason)}
	free := i.freeSpares(e.Weight)
	if len(free) == 0 {
		return out, fault.Fieldf("spare", "No spare is left that carries %s. %s", count(e.Weight, "vote", "votes"), i.noSpare())
	}
	out.spare = free[0]
	if strings.TrimSpace(mark) == "" {
		return out, nil
	}
	c, known := i.marked(mark)
	switch {
	case !known:
		return out, fault.Fieldf("spare", "No code of this vote has the mark %.20s. It stands at the foot of the letter: eight letters and digits", strings.TrimSpace(mark))
	case c.Voided != "":
		return out, fault.Fieldf("spare", "The code with the mark %s is void. Take another letter", code.Mark(c.Public))
	case c.Entry != "":
		return out, fault.Fieldf("spare", "The code with the mark %s is no spare that is free: somebody has it. Take another letter", code.Mark(c.Public))
	case c.Weight != e.Weight:
		return out, fault.Fieldf("spare", "The spare with the mark %s carries %s, and voter %d has %s. Take another letter", code.Mark(c.Public), count(c.Weight, "vote", "votes"), e.Number, number(e.Weight))
	}
	out.spare = c
	return out, nil
}

func (i *issue) noSpare() string {
	if i.published {
		return "No more can be made after notice of poll. The member can vote on paper, where the rules have that: ask the returning officer"
	}
	return "Make more with the codes that are still to be made"
}

// do gives the spare.
func (i *issue) give(r replacing) error {
	_, err := i.house.Boxes.Reissue(i.ctx, i.actor.Person, i.org.ID, i.contest.ID, r.voter.Person, r.spare.Public, r.reason)
	return err
}

// credentialReplace asks whose code is replaced.
func (s *Server) credentialReplace(i *issue) error {
	return i.replaceForm(http.StatusOK, url.Values{}, nil)
}

func (i *issue) replaceForm(status int, form url.Values, wrong error) error {
	voter := page.Text{Name: "voter", Label: "Number of the voter", Hint: "The member reads it to you from the page on which they vote, or you find it in the list of codes.", Value: form.Get("voter"), Width: 5, Mode: "numeric"}
	spare := page.Text{Name: "spare", Label: "Mark of the spare that you give them (if you hold its letter)", Hint: "At the foot of the letter, such as 1A2B-3C4D. Leave it out, and we name one.", Value: form.Get("spare"), Width: 10, Verbatim: true}
	reason := page.TextArea{Name: "reason", Label: "Why is it replaced?", Hint: "Such as: the letter did not come. Name nobody.", Value: form.Get("reason"), Rows: 2}
	if wrong != nil {
		n, _ := readWhole(form.Get("voter"))
		words := i.issueWords(wrong, int(n))
		switch fault.FieldOf(wrong) {
		case "spare":
			spare.Error = words
		case "reason":
			reason.Error = words
		default:
			voter.Error = words
		}
	}
	f := i.frame("Replace a code or key that was lost", "The member gets a spare, and what they had stops working. It is done only before a vote was received from them. Be sure who it is that asks.")
	f.Errors = page.Problems(voter, spare, reason)
	f.Data = []codeSection{{Form: &codeForm{
		Action: i.path("/replace"), Fields: []page.Component{voter, spare, reason}, Button: page.Button{Text: "Continue"},
		Cancel: page.Link{Text: "Cancel", Href: i.path("")},
	}}}
	return i.visit.show(status, "credential_page", f)
}

// credentialReplaceDo looks at it with the registrar, and does it once they say so.
func (s *Server) credentialReplaceDo(i *issue) error {
	form, err := i.form()
	if err != nil {
		return err
	}
	r, err := i.replacing(form.Get("voter"), form.Get("spare"), form.Get("reason"))
	if err == nil && form.Get("sure") == "" {
		return i.replaceReview(r)
	}
	if err == nil {
		err = i.give(r)
	}
	if refusable(err) {
		return i.replaceForm(http.StatusUnprocessableEntity, form, err)
	}
	if err != nil {
		return err
	}
	return i.redirect(i.path("/replaced/") + code.Mark(r.spare.Public))
}

func (i *issue) replaceReview(r replacing) error {
	had := "Nothing"
	if r.had.Public != "" {
		had = "The code with the mark " + code.Mark(r.had.Public)
		if r.had.How == box.Enrolled {
			had = "A key that they made in their own browser"
		}
	}
	whose := numberText(r.voter.Number)
	if i.can(policy.RollView) {
		p, err := i.house.Identity.Person(i.ctx, i.org.ID, r.voter.Person)
		if err != nil {
			return err
		}
		whose += ", " + p.Name()
	}
	f := i.frame("Check before you replace it", "This cannot be taken back: what voter "+numberText(r.voter.Number)+" had will never work again.")
	f.Back = page.Link{Text: "Change it", Href: i.path("/replace")}
	f.Data = []codeSection{
		{Show: []page.Component{page.Defs{
			{Term: "Voter", Fact: whose},
			{Term: "Stops working", Fact: had},
			{Term: "Gets the spare with the mark", Fact: code.Mark(r.spare.Public)},
			{Term: "Because", Fact: r.reason},
		}}},
		{Form: &codeForm{
			Action: i.path("/replace"), Hidden: []codeField{
				{"voter", numberText(r.voter.Number)}, {"spare", code.Mark(r.spare.Public)}, {"reason", r.reason}, {"sure", "yes"},
			},
			Button: page.Button{Text: "Replace it", Kind: page.Warning}, Cancel: page.Link{Text: "Cancel", Href: i.path("")},
		}},
	}
	return i.visit.show(http.StatusOK, "credential_page", f)
}

// credentialReplaced is the receipt: which letter the registrar gives out.
func (s *Server) credentialReplaced(i *issue) error {
	c, ok := i.marked(i.r.PathValue("mark"))
	if !ok || c.How != box.Spare || c.Entry == "" {
		return fault.Errorf(fault.NotFound, "no spare with this mark was given to anybody")
	}
	voter := numberText(i.numberOf(c))
	f := i.frame("Give them the spare "+code.Mark(c.Public), "It is voter "+voter+"’s now, and what they had does not work any more. Both are in the record.")
	f.Data = []codeSection{{
		Text: []string{
			"Find the letter with the mark " + code.Mark(c.Public) + " at its foot among the spares, and give it to the member yourself. If you have only the file of codes, the line that ends in this mark has the code.",
		},
		Links: page.Links{{Text: "Replace another", Href: i.path("/replace")}, {Text: "Who has what", Href: i.path("/list")}},
	}}
	return i.visit.show(http.StatusOK, "credential_page", f)
}
