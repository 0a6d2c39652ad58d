package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/pack"
	"commonweal/internal/prove/published"
	"commonweal/internal/web/page"
)

func (v *visit) packFrame(heading, sentence string) page.Frame {
	f := v.frame()
	f.Back = page.Link{Text: "Board pack", Href: "/evidence/pack"}
	f.Heading, f.Sentence = heading, sentence
	return f
}

// packForm asks how a measure is shown.
type packForm struct {
	indicator page.Select
	target    page.Text
	peers     page.Select
	rebase    page.DateField
	why       page.TextArea
	reason    page.TextArea
	position  page.Text
}

// packFields are the fields for a measure, as it stands or as they were typed.
func packFields(m pack.Measure, form url.Values) *packForm {
	f := &packForm{
		target: page.Text{Name: "target", Label: "Target", Hint: "A number, such as 4.5. Leave it empty where there is none.", Width: 10, Value: m.Target},
		peers: page.Select{Name: "peers", Label: "Whom is it set beside?", Value: string(m.Peers), Options: []page.Option{
			{Value: "", Label: "Nobody"}, {Value: string(pack.Parts), Label: "Parts of our own"}, {Value: string(pack.Organisations), Label: "All organisations of which there are figures"},
		}},
		rebase: page.DateField{Name: "rebase", Legend: "Do the limits begin anew?", Hint: "Only where the work itself is done in another way since. The first day of that period, for example 1 4 2026."},
		why:    page.TextArea{Name: "why", Label: "What changed in the work then?", Rows: 2, Value: m.Why},
		reason: page.TextArea{Name: "reason", Label: "Why is it shown in another way?", Hint: "Members read this, beside how it was shown before. Leave it empty where only its place changes.", Rows: 2},
	}
	for _, g := range published.Groups() {
		f.peers.Options = append(f.peers.Options, page.Option{Value: string(pack.GroupOf(g.Published)), Label: g.Label})
	}
	f.rebase.SetDay(m.Rebase.String())
	if form != nil {
		f.target.Value, f.peers.Value, f.why.Value = form.Get("target"), form.Get("peers"), form.Get("why")
		f.reason.Value = form.Get("reason")
		f.rebase.Fill(form)
	}
	return f
}

// read is the measure that the form describes; it reports false where a field is wrong.
func (f *packForm) read(code string) (pack.Measure, bool) {
	day, ok := readDay(&f.rebase, "day", false)
	return pack.Measure{Indicator: code, Target: f.target.Value, Peers: pack.Peers(f.peers.Value), Rebase: day, Why: f.why.Value, Reason: f.reason.Value}, ok
}

// refused puts what the room refused at its field, and returns what is about none.
func (f *packForm) refused(v *visit, err error) string {
	wrong := ""
	v.refusedAt(err, &wrong, map[string]*string{
		"indicator": &f.indicator.Error, "target": &f.target.Error, "peers": &f.peers.Error, "rebase": &f.rebase.Error, "why": &f.why.Error, "reason": &f.reason.Error, "position": &f.position.Error,
	})
	return wrong
}

// packEdit asks which measure to add.
func (s *Server) packEdit(v *visit) error {
	form, err := v.packAdding(v.queried(), nil)
	if err != nil {
		return err
	}
	return v.showPackAdd(http.StatusOK, form, "")
}

func (v *visit) packAdding(chosen, typed url.Values) (*packForm, error) {
	all, err := v.house.Indicators.List(v.ctx, v.org.ID)
	if err != nil {
		return nil, err
	}
	list, err := v.house.Packs.Pack(v.ctx, v.org.ID)
	if err != nil {
		return nil, err
	}
	f := packFields(pack.Measure{}, typed)
	f.indicator = page.Select{Name: "indicator", Label: "Which measure?", Value: chosen.Get("indicator"), Options: []page.Option{{Value: "", Label: "Choose a measure"}}}
	for _, d := range all {
		if _, in := list.Of(d.Code); !in {
			label := d.Name
			if !strings.Contains(d.Name, d.Source) { // once is enough
				label += " (" + d.Source + ")"
			}
			f.indicator.Options = append(f.indicator.Options, page.Option{Value: d.Code, Label: label})
		}
	}
	return f, nil
}

func (v *visit) showPackAdd(status int, form *packForm, wrong string) error {
	f := v.packFrame("Add a measure to the pack", "A measure that is once in the pack stays in its list, also after it has left.")
	return v.showAct(status, f, conductAct{
		Action: "/evidence/pack/edit", Groups: ask(form.indicator, form.target, form.peers), Button: page.Button{Text: "Add it"}, Cancel: page.Link{Text: "Cancel", Href: "/evidence/pack"},
		Effects: []string{"Everybody who is signed in sees it.", "The record keeps who chose it, and when."},
	}, wrong)
}

// packEditDo adds it.
func (s *Server) packEditDo(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	form, err := v.packAdding(values, values)
	if err != nil {
		return err
	}
	if values.Get("indicator") == "" {
		form.indicator.Error = "Choose a measure."
		return v.showPackAdd(http.StatusUnprocessableEntity, form, "")
	}
	m, _ := form.read(values.Get("indicator"))
	if _, err = v.putMeasure(m); refusable(err) {
		return v.showPackAdd(http.StatusUnprocessableEntity, form, form.refused(v, err))
	}
	if err != nil {
		return err
	}
	return v.redirect("/evidence/pack?done=put")
}

// putMeasure puts a measure of the organisation into the pack. It refuses limits that
// would begin anew where there are no figures: the measure would have no chart.
func (v *visit) putMeasure(m pack.Measure) (pack.Measure, error) {
	if m.Indicator != "" {
		if _, _, err := v.house.Indicators.One(v.ctx, v.org.ID, m.Indicator); err != nil {
			return m, err
		}
	}
	if m.Indicator != "" && !m.Rebase.IsZero() {
		facts, err := v.house.PackFacts(v.ctx, v.org, m.Indicator)
		if err != nil {
			return m, err
		}
		if err := m.Begins(facts); err != nil {
			return m, err
		}
	}
	return v.house.Packs.Put(v.ctx, v.actor.Person, v.org.ID, m)
}

// packMeasureEdit asks for another target, other peers, or limits that begin anew.
func (s *Server) packMeasureEdit(v *visit) error {
	list, m, d, err := v.packEdited()
	if err != nil {
		return err
	}
	return v.showPackMeasureEdit(http.StatusOK, list, m, d, v.placed(packFields(m, nil), list, m, nil), "")
}

func (v *visit) packEdited() (pack.Pack, pack.Measure, indicator.Definition, error) {
	list, m, err := v.packAsked(v.r.PathValue("measure"))
	if err != nil {
		return list, m, indicator.Definition{}, err
	}
	d, _, err := v.house.Indicators.One(v.ctx, v.org.ID, m.Indicator)
	return list, m, d, err
}

// placed adds the question at which place the measure stands.
func (v *visit) placed(f *packForm, list pack.Pack, m pack.Measure, form url.Values) *packForm {
	f.position = page.Text{Name: "position", Label: "Its place in the pack", Hint: "From 1 to " + number(len(list.Shown())), Width: 3, Mode: "numeric", Value: strconv.Itoa(m.Position)}
	if form != nil {
		f.position.Value = form.Get("position")
	}
	return f
}

func (v *visit) showPackMeasureEdit(status int, _ pack.Pack, m pack.Measure, d indicator.Definition, form *packForm, wrong string) error {
	f := v.packFrame(d.Name, "Its target, whom it is set beside, and where its limits begin anew.")
	return v.showAct(status, f, conductAct{
		Action: "/evidence/pack/" + m.Indicator + "/edit", Groups: ask(form.target, form.peers, form.rebase, form.why, form.reason, form.position),
		Button: page.Button{Text: "Change it"}, Cancel: page.Link{Text: "Cancel", Href: "/evidence/pack/" + m.Indicator},
		Effects: []string{"The page says what was changed, on which day, and why.", "How the measure was shown before stays on its page."},
	}, wrong)
}

// packMeasureEditDo changes it.
func (s *Server) packMeasureEditDo(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	list, m, d, err := v.packEdited()
	if err != nil {
		return err
	}
	form := v.placed(packFields(m, values), list, m, values)
	next, ok := form.read(m.Indicator)
	place, numberErr := strconv.Atoi(form.position.Value)
	if numberErr != nil || place < 1 || place > len(list.Shown()) {
		form.position.Error, ok = "This is not a place in the pack. Write a number from 1 to "+number(len(list.Shown()))+".", false
	}
	if !ok {
		return v.showPackMeasureEdit(http.StatusUnprocessableEntity, list, m, d, form, "")
	}
	put, err := v.putMeasure(next)
	if err == nil {
		err = v.house.Packs.Move(v.ctx, v.actor.Person, v.org.ID, m.Indicator, place)
	}
	if refusable(err) {
		return v.showPackMeasureEdit(http.StatusUnprocessableEntity, list, m, d, form, form.refused(v, err))
	}
	if err != nil {
		return err
	}
	if put.ID == m.ID && place == m.Position {
		return v.redirect("/evidence/pack?done=same")
	}
	return v.redirect("/evidence/pack?done=put")
}

// packLeave asks why a measure leaves.
func (s *Server) packLeave(v *visit) error {
	_, m, d, err := v.packEdited()
	if err != nil {
		return err
	}
	return v.showPackLeave(http.StatusOK, m, d, whyField(nil, "Members read this."), "")
}

func (v *visit) showPackLeave(status int, m pack.Measure, d indicator.Definition, why *page.TextArea, wrong string) error {
	f := v.packFrame("Take out: "+d.Name, "The pack says that the measure left, on which day and why.")
	return v.showAct(status, f, conductAct{
		Action: "/evidence/pack/" + m.Indicator + "/leave", Groups: ask(why), Button: page.Button{Text: "Take it out"}, Cancel: page.Link{Text: "Cancel", Href: "/evidence/pack/" + m.Indicator},
		Effects: []string{"Its figures stay, and can be read among our measures."},
	}, wrong)
}

// packLeaveDo takes it out.
func (s *Server) packLeaveDo(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	_, m, d, err := v.packEdited()
	if err != nil {
		return err
	}
	why := whyField(values, "Members read this.")
	if why.Error != "" {
		return v.showPackLeave(http.StatusUnprocessableEntity, m, d, why, "")
	}
	err = v.house.Packs.Leave(v.ctx, v.actor.Person, v.org.ID, m.Indicator, values.Get("reason"))
	if refusable(err) {
		wrong := ""
		v.refusedAt(err, &wrong, map[string]*string{"reason": &why.Error})
		return v.showPackLeave(http.StatusUnprocessableEntity, m, d, why, wrong)
	}
	if err != nil {
		return err
	}
	return v.redirect("/evidence/pack?done=left")
}
