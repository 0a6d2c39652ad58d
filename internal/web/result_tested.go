package web

import (
	"net/http"

	"commonweal/internal/web/page"
)

// resultTested is the certificate of a release: what was tried to work somebody out, and
// how to try it again.
func (s *Server) resultTested(r *results) error {
	f := r.frameOf("How this release was tested for leaks", "")
	c := r.cert
	f.Sentence = "Before it was released we attacked it ourselves, together with " + earlierWords(len(c.Earlier)) + ". The attack found nobody."
	p := resultPage{Sections: []resultSection{
		{conductSection: conductSection{Show: []page.Component{spelled(page.Defs{
			{Term: "Released", Fact: r.day(r.stored.Day) + ", by " + r.personName(r.stored.By)},
			{Term: "Hidden quantities attacked", Fact: number(c.Effort.Quantities)},
			{Term: "How", Fact: count(c.Effort.Networks, "network of tables", "networks of tables") + " searched for ways round, and " + count(c.Effort.Programmes, "system of equations", "systems of equations") + " solved"},
			{Term: "Groups shown", Fact: number(c.Shown.Cells) + " of teams, staff groups and both crossed, with " + number(c.Shown.Scores) + " scores and " + number(c.Shown.Questions) + " questions in all"},
			{Term: "Groups not shown", Fact: number(c.Hidden.Cells) + ", which with single questions in others hides " + number(c.Hidden.Scores) + " scores and " + number(c.Hidden.Questions) + " questions"},
			{Term: "Fewest answers of a group that is shown", Fact: number(c.Rules.Minimum)},
			{Term: "Attack", Fact: c.Version},
		})}}},
		{conductSection: conductSection{Heading: "What the attack knew", Text: []string{
			"All rules and this program, every figure of every release so far and how each was rounded, the tree of teams, and how many people were asked in each, as far as that holds whoever answered.",
			r.askedWords(),
			"It knew as well that whoever answered in a group knows one answer of it. A figure counts as found as soon as the range that is left for it is too narrow.",
		}}},
		{conductSection: conductSection{Heading: "Check it yourself", Show: []page.Component{page.Verify{
			ID: "verify", Title: "Do not trust us. Attack it yourself.", Intro: "One file holds this release, the earlier ones that it was tested with, and the certificate. It has no figure that is not shown here.",
			Steps: []page.Command{
				{Title: "Run the attack again, without a network:", Text: "commonweal survey audit " + r.bundleName()},
				{Title: "SHA-256 of the release:", Text: r.stored.SHA256},
			},
			Limits: "It cannot show that the figures are right, only that they give nobody away. Whoever has told you what they answered is not protected by any table.",
		}}, Links: page.Links{{Text: "The bundle to check (JSON)", Href: r.at("bundle.json"), Note: "for “commonweal survey audit”"}}}},
	}}
	return r.page(f, p)
}

// askedWords says what the attack was told of numbers asked, and what the gaps in it tell.
func (r *results) askedWords() string {
	told := "What a colleague knows it was told as well: of each team, and of each staff group in it, how many were asked or have fetched a pass, and how many answered in all. Where a few answers named another team or group than the staff list has, fewer than " + number(r.r.Rules.Minimum) +
		", they count among those who named none. A number is missing only where " + number(r.r.Rules.Minimum) + " people or more named a team that has fewer, so a missing number tells nothing of a team that is not shown."
	if r.isWeighted() {
		told += " The weighted scores are made from the figures of this release and the staff list alone, so there was nothing in them to attack."
	}
	return told
}

func earlierWords(n int) string {
	if n == 0 {
		return "nothing else, for nothing was released before"
	}
	return count(n, "earlier release", "earlier releases")
}

// personName is somebody by name.
func (v *visit) personName(person string) string {
	name, err := v.nameOf(person)
	if err != nil {
		return "somebody"
	}
	return name
}

func (r *results) bundleName() string { return "release-" + r.w.Code + ".json" }

// resultBundle is the release with all that is needed to attack it again.
func (s *Server) resultBundle(r *results) error {
	text, err := r.house.ReleaseBundle(r.ctx, r.org.ID, r.w.ID)
	if err != nil {
		return err
	}
	h := r.visit.w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+r.bundleName()+`"`)
	r.visit.w.WriteHeader(http.StatusOK)
	_, _ = r.visit.w.Write(text) // the reader has gone away if this fails
	return nil
}
