package answer

import (
	"net/http"

	"commonweal/internal/web/page"
)

// refusal is a page that says what happened, why, and what can be done.
type refusal struct {
	words
	Paragraphs []string
	Links      []page.Link
}

// refuse answers with the heading and the text of a key.
func (v *visit) refuse(status int, key string, args ...any) error {
	return v.refuseWith(status, v.Say(key+".heading"), refusal{words: v.words, Paragraphs: []string{v.Say(key+".text", args...)}})
}

func (v *visit) refuseWith(status int, heading string, r refusal) error {
	f := v.frame()
	f.Heading = heading
	f.Data = r
	return v.renderer.Render(v.w, status, "refused", f)
}

// late says that the survey is closed, and to whoever was sending that nothing was kept.
func (v *visit) late(p paper) error {
	r := refusal{words: v.words, Paragraphs: []string{v.Say("refused.late.text", p.Closes)}}
	if v.form != nil {
		r.Paragraphs = append(r.Paragraphs, v.Say("refused.late.kept"))
	}
	r.Links = []page.Link{{Text: v.Say("about.survey"), Href: v.o.Register + "/surveys/" + p.Code}}
	return v.refuseWith(http.StatusConflict, v.Say("refused.late.heading"), r)
}

// unread answers a form that could not be read whole.
func (v *visit) unread(p paper) error {
	back := []page.Link{{Text: v.Say("back.start"), Href: Prefix + v.wave}}
	if v.full {
		return v.refuseWith(http.StatusRequestEntityTooLarge, v.Say("refused.large.heading"),
			refusal{words: v.words, Paragraphs: []string{v.Say("refused.large.text", mostComment())}, Links: back})
	}
	return v.refuseWith(http.StatusBadRequest, v.Say("refused.torn.heading"), refusal{words: v.words, Paragraphs: []string{v.Say("refused.torn.text")}, Links: back})
}
