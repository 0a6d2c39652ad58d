package page

import (
	"fmt"
	"slices"
)

// Option is one answer among several.
type Option struct {
	Value, Label string
	Hint         string // under radios and checkboxes; a select has no room for it
}

// Select is a list that opens. Prefer [Radios] for up to seven options: they can be read without opening anything.
type Select struct {
	Name, Label, Hint, Value, Error string
	Options                         []Option
}

func (Select) template() string { return "select" }
func (f Select) problem() Error { return Error{f.Name, f.Error} }

// DescribedBy is the aria-describedby attribute.
func (f Select) DescribedBy() string { return described(f.Name, f.Hint, f.Error) }

// Radios asks for one answer. None is chosen beforehand unless Value says so.
type Radios struct {
	Name, Legend, Hint, Value, Error string
	Heading                          bool // the legend is the page's h1
	Inline                           bool // side by side: for yes and no alone
	Options                          []Option
}

func (Radios) template() string { return "radios" }
func (f Radios) problem() Error { return Error{f.Name, f.Error} }

// Chosen is where the answer stands in the form that came back.
func (f Radios) Chosen(value string) bool { return value != "" && value == f.Value }

// ID is the id of the option at an index. The first has the field's own name, so that the error summary leads to it.
func (f Radios) ID(index int) string { return optionID(f.Name, index) }

// DescribedBy is the aria-describedby attribute.
func (f Radios) DescribedBy() string { return described(f.Name, f.Hint, f.Error) }

// Checkboxes asks for any number of answers.
type Checkboxes struct {
	Name, Legend, Hint, Error string
	Values                    []string
	Heading                   bool
	Options                   []Option
}

func (Checkboxes) template() string { return "checkboxes" }
func (f Checkboxes) problem() Error { return Error{f.Name, f.Error} }

// Chosen reports whether a box is ticked.
func (f Checkboxes) Chosen(value string) bool { return slices.Contains(f.Values, value) }

// ID is the id of the option at an index, on the terms of [Radios.ID].
func (f Checkboxes) ID(index int) string { return optionID(f.Name, index) }

// DescribedBy is the aria-describedby attribute.
func (f Checkboxes) DescribedBy() string { return described(f.Name, f.Hint, f.Error) }

func optionID(name string, index int) string {
	if index == 0 {
		return name
	}
	return fmt.Sprintf("%s-%d", name, index+1)
}
