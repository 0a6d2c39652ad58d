package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	counting "commonweal/count"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// rulesForm asks for what may be chosen in the rules of a poll.
type rulesForm struct {
	kind                             poll.Kind
	Counting, Binding, Votes, Revote page.Radios
	Channels, Rankings               page.Checkboxes
	Keyholders                       page.Radios
	Order, Photographs, Vacancies    page.Radios
	Backers, Words, Months           page.Text
	Cell, Petition, Turnout          page.Text
}

func yesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

func numberField(name, label, hint string, value int) page.Text {
	return page.Text{Name: name, Label: label, Hint: hint, Value: strconv.Itoa(value), Width: 4, Mode: "numeric"}
}

// rulesFormOf lays the questions with the rules as they are.
func rulesFormOf(r poll.Rules) *rulesForm {
	f := &rulesForm{
		kind:     r.Kind,
		Counting: page.Radios{Name: "counting", Legend: "By which rules are votes counted?", Value: r.Counting.Rules},
		Binding: page.Radios{Name: "binding", Legend: "What is the answer?", Value: yesNo(r.Binding), Options: []page.Option{
			{Value: "no", Label: "Advice", Hint: "Those who decide hear it and say what they do with it."}, {Value: "yes", Label: "A decision", Hint: "It binds."},
		}},
		Votes: page.Radios{Name: "weighted", Legend: "How many votes has a voter?", Value: yesNo(r.Weighted), Options: []page.Option{
			{Value: "no", Label: "One"}, {Value: "yes", Label: "The votes of their class", Hint: "As the rule-book of membership says."},
		}},
		Revote: page.Radios{Name: "revote", Legend: "May somebody vote again?", Value: string(r.Revote), Options: []page.Option{
			{Value: string(poll.FirstCounts), Label: "No, the first vote counts"},
			{Value: string(poll.LastCounts), Label: "Yes, the last vote counts", Hint: "Somebody who was pressed while voting can vote again alone."},
		}},
		Channels: page.Checkboxes{Name: "channels", Legend: "How may people vote, besides on the web?", Options: []page.Option{
			{Value: string(poll.Paper), Label: "On paper", Hint: "Keyed by two tellers."}, {Value: string(poll.Telephone), Label: "By telephone", Hint: "A teller keys what is said."},
		}},
		Keyholders: page.Radios{Name: "keyholders", Legend: "Who holds the key?", Value: strconv.Itoa(r.Keyholders), Options: []page.Option{
			{Value: "3", Label: "Three keyholders, of whom two open the votes"}, {Value: "5", Label: "Five keyholders, of whom three open the votes"},
		}},
		Order: page.Radios{Name: "order", Legend: "In which order do candidates stand on the ballot?", Value: string(r.Order), Options: []page.Option{
			{Value: string(poll.Alphabetical), Label: "By name"}, {Value: string(poll.Drawn), Label: "Drawn by lot"},
		}},
		Photographs: page.Radios{Name: "photographs", Legend: "May candidates show a photograph?", Value: yesNo(r.Photographs), Inline: true, Options: []page.Option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}}},
		Vacancies:   page.Radios{Name: "vacancies", Legend: "How is a seat filled that falls empty?", Value: string(r.Vacancies)},
		Rankings:    page.Checkboxes{Name: "rankings", Legend: "Who may see whole rankings?", Hint: "A ranking that is like no other tells whose it is. Totals of each stage are for everybody.", Values: r.RankingsSeenBy},
		Backers:     numberField("backers", "How many members have to back a candidate?", "", r.Backers),
		Words:       numberField("words", "How many words may a statement have?", "", r.StatementWords),
		Months:      numberField("months", "For how many months after the declaration?", "After that there is a by-election. It counts where seats are filled from the papers or by the next candidate.", r.VacancyMonths),
		Cell:        numberField("cell", "Turnout is not shown of fewer voters than", "At least 10.", r.MinimumCell),
		Petition:    numberField("petition", "For how many days can the result be questioned?", "", r.PetitionDays),
		Turnout:     page.Text{Name: "turnout", Label: "When is turnout shown?", Hint: "Working days before the close, with commas between them; 0 is the close. Leave it empty to show none.", Value: numbersText(r.TurnoutAt), Width: 20},
	}
	for _, c := range r.Channels {
		f.Channels.Values = append(f.Channels.Values, string(c))
	}
	for _, rule := range counting.Rules() {
		hint := "Voters mark candidates."
		if rule.Ranked {
			hint = "Voters rank candidates."
		}
		f.Counting.Options = append(f.Counting.Options, page.Option{Value: rule.ID, Label: rule.Name, Hint: hint})
	}
	for _, way := range []poll.Vacating{poll.Countback, poll.NextHighest, poll.ByElection, poll.LeftVacant} {
		f.Vacancies.Options = append(f.Vacancies.Options, page.Option{Value: string(way), Label: page.Begin(vacancyWays[way])})
	}
	for _, who := range []string{"returning officer", "keyholders", "scrutineers", "candidates"} {
		f.Rankings.Options = append(f.Rankings.Options, page.Option{Value: who, Label: page.Begin(who)})
	}
	return f
}

func (f *rulesForm) groups() []conductFields {
	voting := conductFields{Heading: "Voting", Fields: []page.Field{&f.Revote, &f.Channels}}
	after := conductFields{Heading: "Afterwards", Fields: []page.Field{&f.Petition}}
	shown := conductFields{Heading: "What is shown", Fields: []page.Field{&f.Turnout, &f.Cell}}
	key := conductFields{Heading: "The key", Fields: []page.Field{&f.Keyholders}}
	if !f.kind.Elects() {
		voting.Fields = append(voting.Fields, &f.Votes)
		if f.kind == poll.Proposal {
			voting.Fields = append([]page.Field{&f.Binding}, voting.Fields...)
		}
		return []conductFields{voting, key, shown, after}
	}
	shown.Fields = append(shown.Fields, &f.Rankings)
	after.Fields = append(after.Fields, &f.Vacancies, &f.Months)
	return []conductFields{
		{Heading: "Counting", Fields: []page.Field{&f.Counting}},
		{Heading: "Candidates", Fields: []page.Field{&f.Backers, &f.Words, &f.Photographs, &f.Order}},
		voting, key, shown, after,
	}
}

// chosen reads an answer among options.
func chosen(field *page.Radios, form url.Values) string {
	field.Value = form.Get(field.Name)
	if !slices.ContainsFunc(field.Options, func(o page.Option) bool { return o.Value == field.Value }) {
		field.Value, field.Error = "", "Choose one."
	}
	return field.Value
}

// wholeIn reads a whole number.
func wholeIn(field *page.Text, form url.Values) int {
	field.Value = strings.TrimSpace(form.Get(field.Name))
	n, ok := readWhole(field.Value)
	if !ok || n < 0 || n > 1_000_000 {
		field.Error = "Write a whole number."
		return 0
	}
	return int(n)
}

// read takes what was chosen into the rules.
func (f *rulesForm) read(form url.Values, r poll.Rules) (poll.Rules, bool) {
	r.Revote = poll.Revote(chosen(&f.Revote, form))
	r.Channels = []poll.Channel{poll.Web}
	f.Channels.Values = form["channels"]
	for _, c := range []poll.Channel{poll.Paper, poll.Telephone} {
		if slices.Contains(f.Channels.Values, string(c)) {
			r.Channels = append(r.Channels, c)
		}
	}
	r.Keyholders, r.Threshold = 3, 2
	if chosen(&f.Keyholders, form) == "5" {
		r.Keyholders, r.Threshold = 5, 3
	}
	r.PetitionDays, r.MinimumCell = wholeIn(&f.Petition, form), wholeIn(&f.Cell, form)
	f.readTurnout(form, &r)
	if f.kind == poll.Proposal {
		r.Binding = chosen(&f.Binding, form) == "yes"
	}
	if !f.kind.Elects() {
		r.Weighted = chosen(&f.Votes, form) == "yes"
	} else {
		f.readElection(form, &r)
	}
	for _, g := range f.groups() {
		if len(page.Problems(g.Fields...)) > 0 {
			return r, false
		}
	}
	return r, true
}

func (f *rulesForm) readElection(form url.Values, r *poll.Rules) {
	if id := chosen(&f.Counting, form); id != "" {
		if rule, err := counting.FindRule(id); err == nil {
			r.Counting = poll.Counting{Rules: rule.ID, Version: rule.Version, Fingerprint: rule.Fingerprint(), Ranked: rule.Ranked}
		}
	}
	r.Order, r.Photographs = poll.Order(chosen(&f.Order, form)), chosen(&f.Photographs, form) == "yes"
	r.Backers, r.StatementWords, r.VacancyMonths = wholeIn(&f.Backers, form), wholeIn(&f.Words, form), wholeIn(&f.Months, form)
	r.Vacancies = poll.Vacating(chosen(&f.Vacancies, form))
	f.Rankings.Values = form["rankings"]
	r.RankingsSeenBy = []string{}
	for _, o := range f.Rankings.Options {
		if slices.Contains(f.Rankings.Values, o.Value) {
			r.RankingsSeenBy = append(r.RankingsSeenBy, o.Value)
		}
	}
}

func (f *rulesForm) readTurnout(form url.Values, r *poll.Rules) {
	f.Turnout.Value = strings.TrimSpace(form.Get("turnout"))
	r.TurnoutAt = []int{}
	for part := range strings.FieldsFuncSeq(f.Turnout.Value, func(c rune) bool { return c == ',' || c == ' ' }) {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || n > 60 {
			f.Turnout.Error = fmt.Sprintf("%q is not a number from 0 to 60.", clip(part, 20))
			return
		}
		r.TurnoutAt = append(r.TurnoutAt, n)
	}
}

func (f *rulesForm) refused(c *conduct, err error) (other string) {
	c.wrongAt(err, &other, map[string]*string{
		"channels": &f.Channels.Error, "revote": &f.Revote.Error, "minimum_cell": &f.Cell.Error, "petition_days": &f.Petition.Error,
		"keyholders": &f.Keyholders.Error, "turnout_at": &f.Turnout.Error, "binding": &f.Binding.Error, "counting": &f.Counting.Error,
		"order": &f.Order.Error, "backers": &f.Backers.Error, "statement_words": &f.Words.Error, "vacancy_months": &f.Months.Error,
		"vacancies": &f.Vacancies.Error, "rankings_seen_by": &f.Rankings.Error, "weighted": &f.Votes.Error,
	})
	return other
}

func (c *conduct) showRulesForm(status int, f *rulesForm, wrong string) error {
	frame := c.frameOf("Change the rules", "What law and model rules fix is not asked. What you choose here does not change once the vote is called.")
	return c.showAct(status, frame, conductAct{Action: c.at("rules", "edit"), Groups: f.groups(), Button: page.Button{Text: "Keep the rules"}, Cancel: page.Link{Text: "Change nothing", Href: c.at()}}, wrong)
}

// conductRulesEdit asks which rules a draft is to have.
func (s *Server) conductRulesEdit(c *conduct) error {
	if c.stage != poll.Draft {
		return c.tooLate()
	}
	return c.showRulesForm(http.StatusOK, rulesFormOf(c.p.Rules), "")
}

// conductRulesEditDo keeps them.
func (s *Server) conductRulesEditDo(c *conduct) error {
	form, err := c.form()
	if err != nil {
		return err
	}
	if c.stage != poll.Draft {
		return c.tooLate()
	}
	f := rulesFormOf(c.p.Rules)
	rules, ok := f.read(form, c.p.Rules)
	if !ok {
		return c.showRulesForm(http.StatusUnprocessableEntity, f, "")
	}
	p := c.p
	p.Rules = rules
	_, err = c.house.Polls.Prepare(c.ctx, c.actor.Person, c.org.ID, p)
	if refusable(err) {
		return c.showRulesForm(http.StatusUnprocessableEntity, f, f.refused(c, err))
	}
	if err != nil {
		return err
	}
	return c.redirect(c.at() + "?done=rules")
}
