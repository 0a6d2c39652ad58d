package web

import (
	"net/http"
	"net/url"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/keys"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// conductKey is the key of a vote: who makes it, who has it, who has destroyed it.
func (s *Server) conductKey(c *conduct) error {
	f := c.frameOf("The key", "")
	f.Notice = doneNotice(c.visit, map[string]string{"absent": "It is recorded that their part counts as destroyed."})
	setup, err := c.house.Keys.Current(c.ctx, c.org.ID, c.p.ID)
	if fault.Is(err, fault.NotFound) {
		return c.noKey(f)
	}
	if err != nil {
		return err
	}
	f.Sentence = c.keySentence(setup)
	p := conductPage{Sections: []conductSection{{Show: []page.Component{c.keyTable(setup)}}}}
	facts := page.Defs{{Term: "Group", Fact: setup.Group}, {Term: "Needed to open votes", Fact: number(setup.Threshold) + " of " + number(len(setup.Holders))}}
	if setup.Hash != "" {
		facts = append(facts, page.Def{Term: "SHA-256 of the key", Fact: setup.Hash})
	}
	if setup.Reason != "" {
		facts = append(facts, page.Def{Term: "Given up because", Fact: setup.Reason})
	}
	links := page.Links{{Text: "The ceremony, step by step", Href: "/keys/" + setup.ID}}
	if c.mayMakeKey() && setup.State() != keys.Made && setup.State() != keys.UnderWay {
		links = append(links, c.beginLink())
	}
	p.Sections = append(p.Sections, conductSection{Heading: "About it", Show: []page.Component{facts}, Links: links})
	if c.holds(poll.ReturningOfficer) && setup.State() == keys.Made && len(setup.Keeping()) > 0 && (c.stage == poll.Settled || c.stage == poll.Abandoned) {
		p.Sections = append(p.Sections, conductSection{Heading: "If a keyholder cannot be reached", Links: page.Links{{Text: "Record that a keyholder’s part counts as destroyed", Href: c.at("key", "absent"), Note: "Where they died or cannot be reached, once the others have destroyed so many that nothing can be opened."}}})
	}
	return c.sections(f, p)
}

// mayMakeKey reports whether the visitor begins the making of the key.
func (c *conduct) mayMakeKey() bool {
	return c.holds(poll.ReturningOfficer) && !c.p.Called.IsZero() && c.p.Announced.IsZero() && c.p.KeyMade.IsZero() && c.stage.Rank() < poll.Announced.Rank()
}

func (c *conduct) beginLink() page.LinkLine {
	return page.LinkLine{Text: "Begin the making of the key", Href: "/keys/begin?" + url.Values{"poll": {c.p.Code}}.Encode(), Note: "A rehearsal first, then the key."}
}

func (c *conduct) noKey(f page.Frame) error {
	f.Sentence = "Nobody has begun to make it."
	s := conductSection{Text: []string{keyWords(c.p.Rules), "Votes are locked with the key. It is made by the keyholders together, each on their own device, and no one else ever has it."}}
	if c.mayMakeKey() {
		s.Links = page.Links{c.beginLink()}
	}
	return c.sections(f, conductPage{Sections: []conductSection{s}})
}

func (c *conduct) keySentence(setup keys.Setup) string {
	kept, gone := len(setup.Keeping()), len(setup.Destroyed())
	switch {
	case setup.State() == keys.GivenUp || setup.State() == keys.Lost:
		return "The last try was given up. The key has to be made anew."
	case setup.State() == keys.UnderWay && setup.Rehearsal:
		return "A rehearsal is under way. Its key is thrown away."
	case setup.State() == keys.UnderWay:
		return "The keyholders are making it."
	case setup.Rehearsal:
		return "A rehearsal was held. The key itself is still to be made."
	case gone > 0 && kept == 0:
		return "All its parts are destroyed. No vote can ever be opened again."
	case gone > 0:
		return phrase(gone, "keyholder has", "keyholders have") + " destroyed their part, and " + said(page.Words(kept)) + " not yet."
	}
	return "It is made, and all keyholders have their parts."
}

func (c *conduct) keyTable(setup keys.Setup) page.Table {
	t := page.Table{Caption: "Keyholders", Columns: []page.Column{{Head: "Keyholder"}, {Head: "Number", Number: true}, {Head: "Stands", Wide: true}}}
	for _, h := range setup.Holders {
		stands := page.Cell{Text: "has their part"}
		switch {
		case !h.Destroyed.IsZero():
			stands.Text = "destroyed " + c.day(h.Destroyed)
			if h.Witness != "" {
				stands.Text += ", before " + h.Witness
			}
			if h.Statement != "" {
				stands.Text += ": " + h.Statement
			}
		case setup.State() == keys.UnderWay && setup.Due(h.Person) != "":
			stands = page.Cell{Show: page.State{Word: "has to act", Kind: page.StateOpen}}
		case setup.State() == keys.UnderWay:
			stands = page.Cell{Text: "waits for the others", Kind: page.Quiet}
		case setup.State() != keys.Made:
			stands = page.Cell{Text: "none", Kind: page.Quiet}
		}
		t.Rows = append(t.Rows, page.Row{{Text: c.name(h.Person)}, {Text: number(h.Number)}, stands})
	}
	return t
}

// absentFields ask whose part counts as destroyed, and why.
func (c *conduct) absentFields(form url.Values) (*page.Radios, *page.Text, *page.TextArea, error) {
	setup, err := c.house.Keys.Current(c.ctx, c.org.ID, c.p.ID)
	if err != nil {
		return nil, nil, nil, err
	}
	who := &page.Radios{Name: "who", Legend: "Which keyholder?", Value: form.Get("who")}
	for _, h := range setup.Keeping() {
		who.Options = append(who.Options, page.Option{Value: h.Person, Label: c.name(h.Person)})
	}
	witness := &page.Text{Name: "witness", Label: "Who can confirm it?", Width: 30, Value: form.Get("witness")}
	statement := &page.TextArea{Name: "statement", Label: "What happened, and what was tried?", Hint: "Write nothing about anybody’s health or private life.", Rows: 3, Value: form.Get("statement")}
	if form != nil {
		chosen(who, form)
		if blank(witness.Value) {
			witness.Error = "Name who can confirm it."
		}
		if blank(statement.Value) {
			statement.Error = "Say what happened."
		}
	}
	return who, witness, statement, nil
}

// conductAbsent asks about a keyholder who cannot be reached.
func (s *Server) conductAbsent(c *conduct) error {
	if err := c.only(poll.ReturningOfficer); err != nil {
		return err
	}
	who, witness, statement, err := c.absentFields(nil)
	if err != nil {
		return err
	}
	return c.showAbsent(http.StatusOK, who, witness, statement, "")
}

func (c *conduct) showAbsent(status int, who *page.Radios, witness *page.Text, statement *page.TextArea, wrong string) error {
	f := c.frameOf("Record that a keyholder’s part counts as destroyed", "Where a keyholder died or cannot be reached. This cannot be taken back.")
	f.Back = page.Link{Text: "The key", Href: c.at("key")}
	return c.showAct(status, f, conductAct{
		Action: c.at("key", "absent"), Groups: ask(who, witness, statement), Button: page.Button{Text: "Record it", Kind: page.Warning}, Cancel: page.Link{Text: "Wait for them", Href: c.at("key")},
		Effects: []string{"Their part counts as destroyed, although nobody saw it destroyed. That is said wherever the key is shown.", "It is possible only once so many others have destroyed theirs that no vote can be opened."},
	}, wrong)
}

// conductAbsentDo records it.
func (s *Server) conductAbsentDo(c *conduct) error {
	form, err := c.form()
	if err != nil {
		return err
	}
	if err := c.only(poll.ReturningOfficer); err != nil {
		return err
	}
	who, witness, statement, err := c.absentFields(form)
	if err != nil {
		return err
	}
	if who.Error+witness.Error+statement.Error != "" {
		return c.showAbsent(http.StatusUnprocessableEntity, who, witness, statement, "")
	}
	err = c.house.Keys.Absent(c.ctx, c.actor.Person, c.org.ID, c.p.ID, who.Value, witness.Value, statement.Value)
	if refusable(err) {
		var other string
		c.wrongAt(err, &other, map[string]*string{"witness": &witness.Error, "statement": &statement.Error})
		return c.showAbsent(http.StatusUnprocessableEntity, who, witness, statement, other)
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at("key") + "?done=absent")
}

type heldAbsentJSON struct {
	Person    uuid   `json:"person" doc:"The keyholder."`
	Witness   string `json:"witness" max:"200"`
	Statement string `json:"statement" max:"1000"`
}

func (v *visit) apiAbsent(p conductParams, b heldAbsentJSON) (conductJSON, error) {
	c, err := v.conducted(p.Poll)
	if err == nil {
		err = c.only(poll.ReturningOfficer)
	}
	if err != nil {
		return conductJSON{}, err
	}
	return v.after(p.Poll, c.house.Keys.Absent(c.ctx, c.actor.Person, c.org.ID, c.p.ID, string(b.Person), b.Witness, b.Statement))
}
