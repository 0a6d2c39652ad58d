package door

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"commonweal/survey/instrument"
)

// choice is one option of a SurveyJS question.
type choice struct {
	value string
	label instrument.Text
}

// choices reads a list of values, or of values with texts.
func (s *surveyJS) choices(path string, o object, member string) []choice {
	var raw []json.RawMessage
	s.get(path, o, member, &raw)
	list := make([]choice, 0, len(raw))
	for i, b := range raw {
		list = append(list, s.choice(fmt.Sprintf("%s[%d]", join(path, member), i), b))
	}
	return list
}

func (s *surveyJS) choice(path string, b json.RawMessage) choice {
	var o object
	if json.Unmarshal(b, &o) != nil || o == nil {
		v := s.value(path, b)
		return choice{v, instrument.Text{s.locale: v}}
	}
	s.only(path, o, "value", "text")
	v := s.value(join(path, "value"), o["value"])
	return choice{v, s.text(path, o, "text", v)}
}

// value is a text, a number or a yes or no, as conditions write it.
func (s *surveyJS) value(path string, b json.RawMessage) string {
	var v any
	if json.Unmarshal(b, &v) != nil {
		v = nil
	}
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	s.trouble(path, "write a text or a number", "this is not a value")
	return ""
}

// mostRates is how many steps a rating may have.
const mostRates = 50

// rates are the steps of a rating: those listed, or from the least to the most.
func (s *surveyJS) rates(path string, o object) []choice {
	if _, ok := o["rateValues"]; ok {
		return s.choices(path, o, "rateValues")
	}
	least, most, step, count := 1, 5, 1, 0
	s.get(path, o, "rateMin", &least)
	given := s.get(path, o, "rateMax", &most)
	s.get(path, o, "rateStep", &step)
	if s.get(path, o, "rateCount", &count) && !given && count > 0 && count <= mostRates {
		most = least + (count-1)*step
	}
	if step < 1 || most <= least || (most-least)/step >= mostRates {
		s.trouble(path, fmt.Sprintf("give from 2 to %d steps", mostRates), "a rating from %d to %d by %d has no such number of steps", least, most, step)
		return nil
	}
	var list []choice
	for v := least; v <= most; v += step {
		list = append(list, choice{strconv.Itoa(v), nil})
	}
	for i := range list {
		list[i].label = instrument.Text{s.locale: list[i].value}
	}
	s.end(path, o, "minRateDescription", &list[0])
	s.end(path, o, "maxRateDescription", &list[len(list)-1])
	// Whatever languages an end has, a bare number reads the same in.
	for _, end := range []choice{list[0], list[len(list)-1]} {
		for l := range end.label {
			for i := range list {
				if _, ok := list[i].label[l]; !ok {
					list[i].label[l] = list[i].value
				}
			}
		}
	}
	return list
}

// end puts what stands at an end of a rating behind its number.
func (s *surveyJS) end(path string, o object, member string, c *choice) {
	if _, ok := o[member]; !ok {
		return
	}
	for l, words := range s.text(path, o, member, "") {
		if words != "" {
			c.label[l] = c.value + " (" + words + ")"
		}
	}
}

func (s *surveyJS) booleans(path string, o object) []choice {
	list := []choice{
		{"true", s.text(path, o, "labelTrue", "Yes")},
		{"false", s.text(path, o, "labelFalse", "No")},
	}
	for i, member := range []string{"valueTrue", "valueFalse"} {
		if b, ok := o[member]; ok {
			list[i].value = s.value(join(path, member), b)
		}
	}
	return list
}

// scale finds a scale with these options, or makes one, and says which value
// has which code: its own where all are whole numbers that can be codes, and
// otherwise its place in the list.
func (s *surveyJS) scale(path, name string, options []choice) (id string, codes map[string]int) {
	own := !slices.ContainsFunc(options, func(c choice) bool { _, ok := number(c.value); return !ok })
	codes = map[string]int{}
	list := make([]instrument.Option, 0, len(options))
	for i, c := range options {
		code := i + 1
		if own {
			code, _ = number(c.value)
		}
		if _, again := codes[c.value]; again {
			s.trouble(path, "give every choice a value of its own", "the value %q stands twice", c.value)
		}
		codes[c.value] = code
		list = append(list, instrument.Option{Code: code, Label: c.label})
	}
	for _, before := range s.in.Scales {
		if sameOptions(before.Options, list) {
			return before.ID, codes
		}
	}
	if !own && len(options) > 0 {
		s.note(path, "its answers are numbered from 1 in their order")
	}
	id = identity(name)
	for n := 2; slices.ContainsFunc(s.in.Scales, func(o instrument.Scale) bool { return o.ID == id }); n++ {
		id = fmt.Sprintf("%s-%d", identity(name), n)
	}
	s.in.Scales = append(s.in.Scales, instrument.Scale{ID: id, Kind: instrument.Choice, Options: list})
	s.places["scale "+id] = place{field: path}
	return id, codes
}

func sameOptions(a, b []instrument.Option) bool {
	return slices.EqualFunc(a, b, func(x, y instrument.Option) bool {
		if x.Code != y.Code || len(x.Label) != len(y.Label) {
			return false
		}
		for l, t := range x.Label {
			if y.Label[l] != t {
				return false
			}
		}
		return true
	})
}
