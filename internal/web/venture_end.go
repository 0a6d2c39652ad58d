package web

import (
	"context"
	"net/http"
	"net/url"

	"commonweal/internal/base/fault"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// ventureEnd is a page whose one question is a day on which something ends.
type ventureEnd struct {
	Action string
	Ends   page.DateField
	Button page.Button
}

func (v *visit) showVentureEnd(status int, heading, sentence string, p ventureEnd, form url.Values, wrong error) error {
	p.Ends.Fill(form)
	if form == nil {
		p.Ends.SetDay(v.today().String())
	} else {
		_, _ = readDay(&p.Ends, "day", true) // says what to put right
	}
	if wrong != nil {
		p.Ends.Error = v.refusalWords(wrong)
	}
	f := v.frame()
	f.Back = page.Link{Text: "The joint venture", Href: "/venture"}
	f.Heading, f.Sentence = heading, sentence
	f.Errors = page.Problems(p.Ends)
	f.Data = p
	return v.show(status, "venture_end", f)
}

// endOnDay reads the day on which something ends, ends it, and asks again where
// that is refused.
func (v *visit) endOnDay(
	ask func(status int, form url.Values, wrong error) error,
	end func(ctx context.Context, actor, org, id string, day law.Date) error, done string,
) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	field := page.DateField{Name: "ends"}
	field.Fill(form)
	day, ok := readDay(&field, "day", true)
	if !ok {
		return ask(http.StatusUnprocessableEntity, form, nil)
	}
	err = end(v.ctx, v.actor.Person, v.org.ID, v.r.PathValue("id"), day)
	if refusable(err) {
		return ask(http.StatusUnprocessableEntity, form, err)
	}
	if err != nil {
		return err
	}
	return v.redirect(done)
}

func (v *visit) parentEndForm(status int, form url.Values, wrong error) error {
	parents, names, err := v.ventureAsked()
	if err != nil {
		return err
	}
	for _, p := range parents {
		if p.ID != v.r.PathValue("id") {
			continue
		}
		end := ventureEnd{
			Action: "/venture/parents/" + p.ID + "/end", Button: page.Button{Text: "End its terms", Kind: page.Warning},
			Ends: page.DateField{Name: "ends", Legend: "What is the first day on which it is no longer a parent?", Hint: "For other terms instead, set them: the old ones end by themselves."},
		}
		return v.showVentureEnd(status, "Does "+names[p.Org]+" leave?", "It holds "+hundredthsOfPercent(p.ShareholdingBP)+" and fills "+
			count(p.BoardSeats, "seat", "seats")+" since "+v.day(p.Starts)+". Its staff stay members only as far as the rules of membership say.", end, form, wrong)
	}
	return fault.Errorf(fault.NotFound, "there are no such terms of a parent")
}

// ventureParentEndShow asks when a parent leaves.
func (s *Server) ventureParentEndShow(v *visit) error {
	return v.parentEndForm(http.StatusOK, nil, nil)
}

// ventureParentEnd records it.
func (s *Server) ventureParentEnd(v *visit) error {
	return v.endOnDay(v.parentEndForm, v.house.Ventures.EndParent, "/venture?done=ended")
}

func (v *visit) releaseForm(status int, form url.Values, wrong error) error {
	if _, _, err := v.ventureAsked(); err != nil {
		return err
	}
	matters, err := v.house.Ventures.Matters(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	for _, m := range matters {
		if m.ID != v.r.PathValue("id") {
			continue
		}
		end := ventureEnd{
			Action: "/venture/matters/" + m.ID + "/release", Button: page.Button{Text: "Release it", Kind: page.Warning},
			Ends: page.DateField{Name: "ends", Legend: "From which day may the venture decide it alone?", Hint: "For example, 31 3 2026"},
		}
		return v.showVentureEnd(status, "Release “"+m.Title+"”?", m.Text, end, form, wrong)
	}
	return fault.Errorf(fault.NotFound, "there is no such reserved matter")
}

// ventureMatterReleaseShow asks from when a matter is no longer reserved.
func (s *Server) ventureMatterReleaseShow(v *visit) error {
	return v.releaseForm(http.StatusOK, nil, nil)
}

// ventureMatterRelease releases it.
func (s *Server) ventureMatterRelease(v *visit) error {
	return v.endOnDay(v.releaseForm, v.house.Ventures.Release, "/venture?done=released")
}
