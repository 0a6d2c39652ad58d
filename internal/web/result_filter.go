package web

import (
	"errors"
	"slices"

	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/survey/disclose"
)

// A filter puts teams together. It is answered from figures that are released and from
// nothing else, so that no number of filters tells more than the release.

const mostFiltered = 200

// resultFilter asks for teams and staff groups, and answers.
func (s *Server) resultFilter(r *results) error {
	q := r.queried()
	units := page.Checkboxes{Name: "unit", Legend: "Which teams?", Values: q["unit"], Hint: "Each answer counts once: leave a directorate out where you choose its teams."}
	for _, of := range unitLevels[1:] {
		for _, u := range r.units(of) {
			units.Options = append(units.Options, page.Option{Value: u.Code, Label: u.Name})
		}
	}
	groups := page.Checkboxes{Name: "group", Legend: "Which staff groups?", Values: q["group"], Hint: "None means everybody."}
	for _, code := range r.r.Lattice.Groups {
		groups.Options = append(groups.Options, page.Option{Value: code, Label: r.groupName(code)})
	}
	f := r.frameOf("Several teams together", "Choose teams, and staff groups if you like. The answer is made from what is released, and from nothing else.")
	form := &resultChoice{Action: r.at("filter"), Fields: []page.Field{&units}, Button: "Put them together"}
	if len(groups.Options) > 0 {
		form.Fields = append(form.Fields, &groups)
	}
	asking := resultSection{Choice: form}
	if len(q["unit"])+len(q["group"]) == 0 {
		return r.page(f, resultPage{Sections: []resultSection{asking}})
	}
	cells, name, ok := r.cellsAsked(q["unit"], q["group"])
	if !ok {
		units.Error = "Choose from the list."
		f.Errors = page.Problems(&units)
		return r.page(f, resultPage{Sections: []resultSection{asking}})
	}
	figures, err := r.r.Filter(cells)
	switch {
	case errors.Is(err, disclose.ErrNotShown):
		f.Sentence = "This group’s results are not shown, to protect the people in it."
		return r.page(f, resultPage{Sections: []resultSection{{conductSection: conductSection{Show: []page.Component{r.notShown()}}}, asking}})
	case err != nil:
		return err
	}
	f.Sentence = "Here is " + name + " together."
	return r.page(f, resultPage{Sections: []resultSection{{conductSection: conductSection{Heading: "Together", Show: []page.Component{r.figuresTable(figures)}}}, asking}})
}

// cellsAsked are the cells of a filter, with words for them. It reports false for what is
// in no list.
func (r *results) cellsAsked(units, groups []string) (cells []disclose.Cell, name string, ok bool) {
	slices.Sort(units)
	slices.Sort(groups)
	units, groups = slices.Compact(units), slices.Compact(groups)
	var names []string
	for _, u := range units {
		if unit, ok := r.w.Unit(u); !ok || unit.Level == wave.Organisation {
			return nil, "", false
		}
		names = append(names, r.unitName(u))
	}
	for _, g := range groups {
		if !slices.Contains(r.r.Lattice.Groups, g) {
			return nil, "", false
		}
		names = append(names, r.groupName(g))
	}
	if len(units) == 0 {
		units = []string{r.whole()}
	}
	if len(groups) == 0 {
		groups = []string{disclose.Everybody}
	}
	if len(units)*len(groups) > mostFiltered {
		return nil, "", false
	}
	for _, u := range units {
		for _, g := range groups {
			cells = append(cells, disclose.Cell{Unit: u, Group: g})
		}
	}
	return cells, page.List(names), true
}

// figuresTable is the scores of figures that were put together.
func (r *results) figuresTable(figures disclose.Figures) page.Table {
	t := page.Table{ID: "together", Caption: "Scores of all of them together", Shape: page.Scrolled, Columns: []page.Column{{Head: "Score"}, {Head: "Value", Number: true}, {Head: "Likely from", Number: true}, {Head: "to", Number: true}, {Head: "Answers", Number: true}}}
	for i, s := range r.r.Scores {
		label := s.ID
		if x, ok := r.w.Instrument.Score(s.ID); ok {
			label = x.Label.In("en")
		}
		if i >= len(figures.Scores) || figures.Scores[i] == nil {
			t.Rows = append(t.Rows, page.Row{{Text: label}, {Text: hiddenWord, Kind: page.Quiet}, {}, {}, {}})
			continue
		}
		m := *figures.Scores[i]
		t.Rows = append(t.Rows, page.Row{{Text: label}, {Text: scoreWords(m.Mean, m.Base), Kind: page.Strong}, {Text: scoreWords(m.Low, m.Base)}, {Text: scoreWords(m.High, m.Base)}, {Text: baseWords(m.Base)}})
	}
	return t
}
