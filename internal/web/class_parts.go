package web

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
	"commonweal/law"
)

func sortedKeys(values url.Values) []string { return slices.Sorted(maps.Keys(values)) }

const (
	partsDraft = "parts"
	spareParts = 3 // empty places on the page
	mostParts  = 60
)

type partsPage struct {
	Parts  []partFields
	Starts page.DateField
	Action string
	Names  []string
	Button page.Actions
}

// partFields are the fields of one constituency.
type partFields struct {
	Title     string
	Name      page.Text
	Code      page.Text
	Rule      page.TextArea
	Ref, Rank page.Text
}

type partsReviewPage struct {
	Answers  page.Summary
	Sizes    page.Table
	Overlaps *page.Table
	Notes    []string
	Hidden   []page.Def
	Action   string
	Button   page.Actions
}

// partsWriting is a set of constituencies being written.
type partsWriting struct {
	*visit
	class  member.Class
	book   *member.Book
	action string
}

func (v *visit) partsWriting() (partsWriting, error) {
	code := v.r.PathValue("code")
	w := partsWriting{visit: v, action: "/classes/" + code + "/constituencies"}
	var err error
	if w.book, err = v.house.Members.Book(v.ctx, v.org.ID); err != nil {
		return w, err
	}
	w.class, err = w.book.Class(code, lastDay)
	return w, err
}

func at(name string, i int) string { return name + "-" + strconv.Itoa(i) }

// values are those of the newest set, to begin with.
func (w partsWriting) values() url.Values {
	out := url.Values{}
	for i, c := range w.book.Constituencies(w.class.Code, lastDay) {
		out.Set(at("name", i+1), c.Name)
		out.Set(at("code", i+1), c.Code)
		out.Set(at("rule", i+1), c.Rule)
		out.Set(at("ref", i+1), c.Ref)
		out.Set(at("position", i+1), strconv.Itoa(c.Position))
	}
	d := page.DateField{Name: "starts"}
	d.SetDay(w.today().AddDays(1).String())
	setDay(out, d)
	return out
}

// places is how many constituencies a form has room for.
func places(values url.Values) int {
	last := 0
	for i := 1; i <= mostParts; i++ {
		if values.Get(at("name", i)) != "" || values.Get(at("rule", i)) != "" {
			last = i
		}
	}
	return min(last+spareParts, mostParts)
}

// form shows the page to fill in. What is wrong is said at its field.
func (w partsWriting) form(status int, values url.Values, wrong error, field string) error {
	message := sentenceOf(wrong, "")
	if text := wrongRule(wrong, values.Get(field)); text != "" && strings.HasPrefix(field, "rule-") {
		message = text
	}
	said := func(name string) string {
		if name == field {
			return message
		}
		return ""
	}
	p := partsPage{
		Action: w.action, Names: member.ParticularNames(),
		Starts: page.DateField{Name: "starts", Legend: "From which day?", Error: said("starts")},
		Button: page.Actions{Button: page.Button{Text: "See what they would do"}, Links: []page.Link{{Text: "Leave them as they are", Href: "/classes"}}},
	}
	p.Starts.Fill(values)
	f := w.frame()
	for i := 1; i <= places(values); i++ {
		text := func(name, label string, width int) page.Text {
			return page.Text{Name: at(name, i), Label: label, Width: width, Value: values.Get(at(name, i)), Error: said(at(name, i))}
		}
		one := partFields{
			Title: "Constituency " + strconv.Itoa(i), Name: text("name", "Name", 20), Code: text("code", "Short name", 10),
			Rule: page.TextArea{Name: at("rule", i), Label: "Who belongs, as an expression", Value: values.Get(at("rule", i)), Error: said(at("rule", i)), Rows: 3},
			Ref:  text("ref", "Where the rules say so", 10), Rank: text("position", "Place", 3),
		}
		one.Code.Verbatim = true
		if one.Name.Value == "" && one.Rule.Value == "" {
			one.Title = "Another constituency, if there is to be one"
		}
		p.Parts = append(p.Parts, one)
		f.Errors = append(f.Errors, page.Problems(one.Name, one.Code, one.Rule, one.Ref, one.Rank)...)
	}
	f.Errors = append(f.Errors, page.Problems(p.Starts)...)
	if wrong != nil && len(f.Errors) == 0 {
		f.Errors = []page.Error{{Field: "name-1", Message: message}}
	}
	f.Back = page.Link{Text: "Classes and constituencies", Href: "/classes"}
	f.Heading = "Constituencies of " + w.class.Name
	f.Sentence = "They are decided together, as a set. Where two rules fit somebody, the lower place wins."
	f.Data = p
	return w.show(status, "class_parts", f)
}

// read makes a set of what was typed, or says at which field it cannot be used.
func (w partsWriting) read(values url.Values) (set []member.Constituency, starts law.Date, field string, err error) {
	for i := 1; i <= mostParts; i++ {
		c := member.Constituency{
			Name: strings.TrimSpace(values.Get(at("name", i))), Code: strings.TrimSpace(values.Get(at("code", i))),
			Rule: strings.TrimSpace(values.Get(at("rule", i))), Ref: strings.TrimSpace(values.Get(at("ref", i))), Position: len(set) + 1,
		}
		if c.Name == "" && c.Rule == "" {
			continue
		}
		if c.Code == "" {
			c.Code = slug(c.Name)
		}
		if text := strings.TrimSpace(values.Get(at("position", i))); text != "" {
			if c.Position, err = strconv.Atoi(text); err != nil {
				return nil, starts, at("position", i), fault.Fieldf("position", "%q is not a place: write a whole number", clip(text, 20))
			}
		}
		switch {
		case c.Name == "":
			return nil, starts, at("name", i), fault.Fieldf("name", "give the constituency a name")
		case c.Rule == "":
			return nil, starts, at("rule", i), fault.Fieldf("rule", "say who belongs to it")
		case !classCode.MatchString(c.Code):
			return nil, starts, at("code", i), fault.Fieldf("code", "use small letters, digits and hyphens")
		case slices.ContainsFunc(set, func(x member.Constituency) bool { return x.Code == c.Code }):
			return nil, starts, at("code", i), fault.Fieldf("code", "another constituency has this short name")
		case slices.ContainsFunc(set, func(x member.Constituency) bool { return x.Position == c.Position }):
			return nil, starts, at("position", i), fault.Fieldf("position", "another constituency has this place")
		}
		if _, err := member.CompileRule(c.Rule); err != nil {
			return nil, starts, at("rule", i), err
		}
		set = append(set, c)
	}
	d := page.DateField{Name: "starts"}
	d.Fill(values)
	starts, ok := readDay(&d, "first day", true)
	if !ok {
		return nil, starts, "starts", fault.Fieldf("starts", "%s", strings.TrimSuffix(d.Error, "."))
	}
	return set, starts, "", nil
}

// slug makes a short name of a name.
func slug(name string) string {
	var b strings.Builder
	for _, c := range folded(name) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(clipRunes(b.String(), 30), "-")
}

func clipRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// classPartsShow is the page to write a set, or with ?review=1 what it would do.
func (s *Server) classPartsShow(v *visit) error {
	w, err := v.partsWriting()
	if err != nil {
		return err
	}
	if !v.r.URL.Query().Has("review") {
		return w.form(http.StatusOK, w.values(), nil, "")
	}
	draft, ok := v.draft(partsDraft)
	if !ok || draft.Get("of") != w.action {
		return v.redirect(w.action)
	}
	set, starts, field, err := w.read(draft)
	if err != nil {
		return w.form(http.StatusUnprocessableEntity, draft, err, field)
	}
	return w.review(set, starts, draft)
}

func (w partsWriting) review(set []member.Constituency, starts law.Date, values url.Values) error {
	then, err := w.house.Members.PreviewConstituencies(w.ctx, w.org.ID, w.class.Code, starts, set)
	if err != nil {
		return w.wrong(values, err)
	}
	before := w.book.Constituencies(w.class.Code, starts)
	now := member.ConstituencyPreview{}
	if len(before) > 0 {
		if now, err = w.house.Members.PreviewConstituencies(w.ctx, w.org.ID, w.class.Code, starts, before); err != nil {
			return err
		}
	}
	p := partsReviewPage{
		Action: w.action, Hidden: hiddenOf(values), Sizes: sizesTable(now, then), Overlaps: overlapsTable(then),
		Button: page.Actions{Button: page.Button{Text: "Save them"}, Links: []page.Link{{Text: "Leave them as they are", Href: "/classes"}}},
	}
	for _, c := range set {
		p.Answers = append(p.Answers, page.SummaryRow{Term: c.Name, Fact: ruleSentence(c.Rule), Change: page.Link{Text: "Change", Href: w.action, Hidden: c.Name}})
	}
	p.Answers = append(p.Answers, page.SummaryRow{Term: "From", Fact: dayInFull(starts)})
	if then.None > 0 {
		p.Notes = append(p.Notes, phrase(then.None, "person would be", "people would be")+" in no constituency. They are members, and can vote in none.")
	}
	if then.Unclear > 0 {
		p.Notes = append(p.Notes, "Of "+count(then.Unclear, "person", "people")+" we could not tell in which they are, because a fact is missing.")
	}
	f := w.frame()
	f.Back = page.Link{Text: "Classes and constituencies", Href: "/classes"}
	f.Kicker = "Constituencies of " + w.class.Name
	f.Heading = "What they would do"
	f.Sentence = fmt.Sprintf("On %s they would divide %s. Nothing has changed yet.", w.whole(then.On), count(then.People, "person", "people"))
	f.Data = p
	return w.show(http.StatusOK, "class_parts_review", f)
}

// sizesTable sets the constituencies as they are beside what they would be.
func sizesTable(now, then member.ConstituencyPreview) page.Table {
	t := page.Table{Caption: "How many people each constituency has", Columns: []page.Column{{Head: "Constituency"}, {Head: "Now", Number: true}, {Head: "Then", Number: true}}}
	row := func(name, was, will string) { t.Rows = append(t.Rows, page.Cells(name, was, will)) }
	seen := map[string]bool{}
	for _, s := range then.Sizes {
		seen[s.Code] = true
		was := "new"
		for _, old := range now.Sizes {
			if old.Code == s.Code {
				was = number(old.People)
			}
		}
		row(s.Name, was, number(s.People))
	}
	for _, old := range now.Sizes {
		if !seen[old.Code] {
			row(old.Name, number(old.People), "gone")
		}
	}
	if now.None > 0 || then.None > 0 {
		row("None", number(now.None), number(then.None))
	}
	if now.Unclear > 0 || then.Unclear > 0 {
		row("We cannot tell", number(now.Unclear), number(then.Unclear))
	}
	return t
}

// overlapsTable lists the pairs of rules that fit the same people.
func overlapsTable(p member.ConstituencyPreview) *page.Table {
	if len(p.Overlaps) == 0 {
		return nil
	}
	names := map[string]string{}
	for _, s := range p.Sizes {
		names[s.Code] = s.Name
	}
	t := page.Table{Caption: "Rules that fit the same people", Columns: []page.Column{{Head: "Counts in"}, {Head: "Fits as well"}, {Head: "People", Number: true}}}
	for _, o := range p.Overlaps {
		t.Rows = append(t.Rows, page.Cells(names[o.First], names[o.Second], number(o.People)))
	}
	return &t
}

func (w partsWriting) wrong(values url.Values, err error) error {
	switch {
	case fault.Is(err, fault.Invalid):
		return w.form(http.StatusUnprocessableEntity, values, err, fault.FieldOf(err))
	case fault.Is(err, fault.Conflict):
		return w.form(http.StatusConflict, values, err, "")
	}
	return err
}

// classParts takes what was typed to its review, or saves what was reviewed.
func (s *Server) classParts(v *visit) error {
	w, err := v.partsWriting()
	if err != nil {
		return err
	}
	values, err := v.form()
	if err != nil {
		return err
	}
	set, starts, field, err := w.read(values)
	if err != nil {
		return w.form(http.StatusUnprocessableEntity, values, err, field)
	}
	if len(set) == 0 && len(w.book.Constituencies(w.class.Code, lastDay)) == 0 {
		return w.form(http.StatusUnprocessableEntity, values, fault.Fieldf("name", "write at least one constituency"), "name-1")
	}
	if values.Get("reviewed") == "" {
		if _, err := v.house.Members.PreviewConstituencies(v.ctx, v.org.ID, w.class.Code, starts, set); err != nil {
			return w.wrong(values, err)
		}
		values.Set("of", w.action)
		if err := v.keepDraft(partsDraft, values); err != nil {
			return w.wrong(values, err)
		}
		return v.redirect(w.action + "?review=1")
	}
	if _, err := v.house.Members.SaveConstituencies(v.ctx, v.actor.Person, v.org.ID, w.class.Code, starts, set); err != nil {
		return w.wrong(values, err)
	}
	v.dropDraft(partsDraft)
	return v.redirectRecorded("/classes", "member.constituencies_saved")
}
