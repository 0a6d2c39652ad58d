package door

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"commonweal/survey/instrument"
)

// ReadSurveyJS reads an instrument from the JSON of a SurveyJS form. The form
// has neither a lasting name nor a version, so the instrument gets id and 1.
//
// Taken over are pages, radiogroup and dropdown, rating, matrix with one
// choice a row, boolean, titles in several languages, and visibleIf that
// compares one question with one value. Nothing has points: SurveyJS does not
// say what an answer is worth. Comments are left out, since a wave asks for
// them itself, apart from the answers. Notes says of each thing that was
// changed or left out what and why.
//
// Anything else is refused where it stands. What only changes how a form
// looks is passed over.
func ReadSurveyJS(r io.Reader, id string) (in instrument.Instrument, notes []string, err error) {
	b, err := io.ReadAll(io.LimitReader(r, instrument.MaxSize+1))
	if err != nil {
		return in, nil, err
	}
	if len(b) > instrument.MaxSize {
		return in, nil, Trouble{Why: fmt.Sprintf("the form has more than %d MB", instrument.MaxSize>>20), Remedy: "take pictures out"}
	}
	s := surveyJS{
		in:    instrument.Instrument{ID: id, Version: 1, Source: "SurveyJS form", Series: instrument.ZeroToTen},
		asked: map[string]askable{}, places: map[string]place{},
	}
	var top object
	if err := json.Unmarshal(b, &top); err != nil {
		return in, nil, Trouble{Why: "this is not a JSON object: " + err.Error(), Remedy: "export the form again as JSON"}
	}
	s.form(top)
	if err := s.bad.err(); err != nil {
		return in, nil, err
	}
	s.bad.check(s.in, s.places, surveyJSRemedies)
	if err := s.bad.err(); err != nil {
		return in, nil, err
	}
	return s.in, s.notes, nil
}

var surveyJSRemedies = map[string]string{
	"id":        "rename it: a letter, then letters, digits and underscores, at most 32, and not as another",
	"concept":   "rename it, so that it differs by more than capitals and underscores",
	"questions": "add a question with one answer",
	"title":     "give every text in the same languages",
	"text":      "give every text in the same languages",
	"label":     "give every text in the same languages",
	"stem":      "give every text in the same languages",
}

// object is a JSON object whose members are looked at one by one.
type object map[string]json.RawMessage

// surveyJS is a form on its way in.
type surveyJS struct {
	in     instrument.Instrument
	locale string
	asked  map[string]askable
	places map[string]place
	notes  []string
	bad    troubles
}

// askable is a question as conditions call it: its values by code.
type askable struct {
	id    string
	codes map[string]int
}

func (s *surveyJS) trouble(path, remedy, why string, args ...any) {
	s.bad.add(Trouble{Field: path, Why: fmt.Sprintf(why, args...), Remedy: remedy})
}

func (s *surveyJS) note(path, text string, args ...any) {
	s.notes = append(s.notes, path+": "+fmt.Sprintf(text, args...))
}

// looks are members that change only how a form looks.
var looks = []string{
	"logo", "logoPosition", "logoWidth", "logoHeight", "logoFit", "showQuestionNumbers", "showProgressBar", "progressBarType", "progressBarLocation",
	"completedHtml", "questionErrorLocation", "widthMode", "width", "minWidth", "maxWidth", "questionTitleLocation", "titleLocation", "showTitle",
	"showPageTitles", "showPageNumbers", "completeText", "pageNextText", "pagePrevText", "colCount", "startWithNewLine", "rateType", "rateColorMode",
	"displayMode", "alternateRows", "showHeader", "state", "indent", "renderAs", "swapOrder", "itemComponent", "headerView", "backgroundImage",
	"fitToContainer", "showNavigationButtons", "showPrevButton", "size", "placeholder", "cellAlign", "verticalAlign", "columnMinWidth", "rowTitleWidth",
}

// only refuses members that are neither known here nor of looks alone.
func (s *surveyJS) only(path string, o object, known ...string) {
	for _, k := range slices.Sorted(maps.Keys(o)) {
		if slices.Contains(known, k) || slices.Contains(looks, k) {
			continue
		}
		s.trouble(join(path, k), "take it out of the form", "an instrument has nothing like this, so it would be lost")
	}
}

func join(path, member string) string {
	if path == "" {
		return member
	}
	return path + "." + member
}

// get decodes one member. It returns false where there is none.
func (s *surveyJS) get(path string, o object, member string, into any) bool {
	b, ok := o[member]
	if !ok || bytes.Equal(b, []byte("null")) {
		return false
	}
	if err := json.Unmarshal(b, into); err != nil {
		s.trouble(join(path, member), "correct it", "this is not what SurveyJS has here")
		return false
	}
	return true
}

// text reads a text in one language or in several.
func (s *surveyJS) text(path string, o object, member, unless string) instrument.Text {
	if b, ok := o[member]; ok {
		if t := s.texts(join(path, member), b); t != nil {
			return t
		}
	}
	return instrument.Text{s.locale: unless}
}

func (s *surveyJS) texts(path string, b json.RawMessage) instrument.Text {
	var one any
	if err := json.Unmarshal(b, &one); err != nil {
		s.trouble(path, "correct it", "this is not a text")
		return nil
	}
	switch one := one.(type) {
	case string:
		return instrument.Text{s.locale: strings.TrimSpace(one)}
	case float64, bool:
		return instrument.Text{s.locale: strings.TrimSpace(string(b))}
	case map[string]any:
		t := instrument.Text{}
		for l, v := range one {
			words, ok := v.(string)
			if !ok {
				s.trouble(join(path, l), "write a text", "this is not a text")
			}
			if l == "default" {
				l = s.locale
			}
			t[l] = strings.TrimSpace(words)
		}
		return t
	}
	s.trouble(path, "write a text", "this is not a text")
	return nil
}

func (s *surveyJS) form(top object) {
	s.only("", top, "title", "description", "locale", "pages", "elements")
	s.locale = "en"
	s.get("", top, "locale", &s.locale)
	s.in.Title = s.text("", top, "title", s.in.ID)
	s.places[""] = place{field: "title"}
	if _, ok := top["description"]; ok {
		s.note("description", "left out, since an instrument has none")
	}
	var pages []object
	s.get("", top, "pages", &pages)
	for i, p := range pages {
		s.page(fmt.Sprintf("pages[%d]", i), p, i)
	}
	var loose []object
	if s.get("", top, "elements", &loose) {
		s.elements("elements", loose, page{})
	}
}

// page is what the elements of a page have in common.
type page struct {
	id   string
	stem instrument.Text // none where the page has no title
	used int             // groups made of it so far
}

func (s *surveyJS) page(path string, o object, i int) {
	s.only(path, o, "name", "title", "description", "elements")
	p := page{id: fmt.Sprintf("page-%d", i+1)}
	var name string
	if s.get(path, o, "name", &name) {
		p.id = identity(name)
	}
	if _, ok := o["title"]; ok {
		p.stem = s.text(path, o, "title", "")
	}
	if _, ok := o["description"]; ok {
		s.note(join(path, "description"), "left out, since a page has none")
	}
	var elements []object
	s.get(path, o, "elements", &elements)
	s.elements(join(path, "elements"), elements, p)
}

// elements reads the questions of a page. Those between two matrices make a
// group of their own, for a matrix has its own stem.
func (s *surveyJS) elements(path string, list []object, p page) {
	group := ""
	for i, o := range list {
		at := fmt.Sprintf("%s[%d]", path, i)
		var kind string
		s.get(at, o, "type", &kind)
		switch kind {
		case "comment":
			s.note(at, "free text left out: a wave asks for a comment itself, apart from the answers")
		case "matrix":
			group = ""
			s.matrix(at, o)
		case "radiogroup", "dropdown", "rating", "boolean":
			if group == "" && p.stem != nil {
				p.used++
				group = p.id
				if p.used > 1 {
					group = fmt.Sprintf("%s-%d", p.id, p.used)
				}
				s.group(at, group, p.stem)
			}
			s.single(at, o, kind, group)
		default:
			s.trouble(join(at, "type"), "use radiogroup, rating, matrix or boolean, or take it out", "%q is not a question with one answer from a list", kind)
		}
	}
}

func (s *surveyJS) group(path, id string, stem instrument.Text) {
	s.in.Groups = append(s.in.Groups, instrument.Group{ID: id, Stem: stem})
	s.places["group "+id] = place{field: path}
}

// common reads what every question has.
func (s *surveyJS) common(path string, o object) (name string, title instrument.Text, ask *instrument.Condition) {
	if !s.get(path, o, "name", &name) || name == "" {
		s.trouble(join(path, "name"), "name the question", "the question has no name")
	}
	title = s.text(path, o, "title", name)
	if _, ok := o["description"]; ok {
		s.note(join(path, "description"), "left out, since a question has its wording only")
	}
	for _, member := range []string{"isRequired", "eachRowRequired", "isAllRowRequired", "showOtherItem", "hasOther", "showNoneItem", "hasNone", "showCommentArea", "hasComment"} {
		var yes bool
		if s.get(path, o, member, &yes) && yes {
			why, remedy := "nobody is made to answer a question", "set it to false"
			if !strings.Contains(member, "equired") {
				why, remedy = "it adds an answer beside the list", "write it among the choices, or take it out"
			}
			s.trouble(join(path, member), remedy, "%s", why)
		}
	}
	var condition string
	if s.get(path, o, "visibleIf", &condition) && strings.TrimSpace(condition) != "" {
		ask = s.condition(join(path, "visibleIf"), condition)
	}
	return name, title, ask
}

var commonMembers = []string{"type", "name", "title", "description", "isRequired", "visibleIf"}

var equality = regexp.MustCompile(`^\{([^{}]+)\}\s*(?:=|==|equals?)\s*(?:'([^']*)'|"([^"]*)"|([^\s'"]+))$`)

func (s *surveyJS) condition(path, text string) *instrument.Condition {
	m := equality.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		s.trouble(path, "write {question} = 'value'", "%q does not compare one question with one value", text)
		return nil
	}
	q, ok := s.asked[m[1]]
	if !ok {
		s.trouble(path, "compare with a question that comes before", "%q is not the name of a question before this one", m[1])
		return nil
	}
	code, ok := q.codes[m[2]+m[3]+m[4]]
	if !ok {
		s.trouble(path, "compare with a value of that question", "%q is not a value of %s", m[2]+m[3]+m[4], m[1])
		return nil
	}
	return &instrument.Condition{Question: q.id, Is: []int{code}}
}

// single reads a question with one answer.
func (s *surveyJS) single(path string, o object, kind, group string) {
	var options []choice
	switch kind {
	case "rating":
		s.only(path, o, slices.Concat(commonMembers, []string{"rateValues", "rateMin", "rateMax", "rateStep", "rateCount", "autoGenerate", "minRateDescription", "maxRateDescription"})...)
		options = s.rates(path, o)
	case "boolean":
		s.only(path, o, slices.Concat(commonMembers, []string{"labelTrue", "labelFalse", "valueTrue", "valueFalse"})...)
		options = s.booleans(path, o)
	default:
		s.only(path, o, slices.Concat(commonMembers, []string{"choices", "showOtherItem", "hasOther", "showNoneItem", "hasNone", "showCommentArea", "hasComment", "showClearButton"})...)
		options = s.choices(path, o, "choices")
	}
	name, title, ask := s.common(path, o)
	scale, codes := s.scale(path, name, options)
	s.question(path, name, name, title, group, scale, codes, ask)
}

func (s *surveyJS) question(path, name, id string, title instrument.Text, group, scale string, codes map[string]int, ask *instrument.Condition) {
	s.in.Questions = append(s.in.Questions, instrument.Question{
		Concept: identity(id), ID: id, Label: title, Text: title, Group: group, Scale: scale, Ask: ask,
	})
	s.asked[name] = askable{id, codes}
	s.places["question "+id] = place{field: path}
}

// matrix reads one question a row, all under the matrix's title.
func (s *surveyJS) matrix(path string, o object) {
	s.only(path, o, slices.Concat(commonMembers, []string{"columns", "rows", "eachRowRequired", "isAllRowRequired", "cellType"})...)
	var cell string
	if s.get(path, o, "cellType", &cell) && cell != "radio" && cell != "" {
		s.trouble(join(path, "cellType"), "take it out", "cells of the type %q are not one choice a row", cell)
	}
	name, title, ask := s.common(path, o)
	columns, rows := s.choices(path, o, "columns"), s.choices(path, o, "rows")
	if len(rows) == 0 {
		s.trouble(join(path, "rows"), "give it rows, or make it a radiogroup", "the matrix has no rows")
		return
	}
	scale, codes := s.scale(path, name, columns)
	group := identity(name)
	s.group(path, group, title)
	for _, r := range rows {
		s.question(path, name+"."+r.value, name+"_"+r.value, r.label, group, scale, codes, ask)
	}
}

// identity makes a name of the kind that concepts, groups and scales have.
func identity(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	id := strings.TrimSuffix(b.String(), "-")
	if id == "" || id[0] < 'a' {
		id = strings.TrimSuffix("x-"+id, "-")
	}
	return id
}

// number reads a value as a code, if it can be one.
func number(value string) (int, bool) {
	n, err := strconv.Atoi(value)
	return n, err == nil && n >= 1 && n <= 250 && strconv.Itoa(n) == value
}
