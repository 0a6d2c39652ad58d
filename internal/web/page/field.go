package page

// Field is a part of a form that can have something to put right.
type Field interface {
	Component
	problem() Error
}

// Problems gathers what the fields of a form have wrong, in the order of the page, for [Frame.Errors].
func Problems(fields ...Field) []Error {
	var found []Error
	for _, field := range fields {
		if p := field.problem(); p.Message != "" {
			found = append(found, p)
		}
	}
	return found
}

// Text is a line to type into. What was typed is kept when the page comes back with an error.
type Text struct {
	Name         string // also the id
	Label        string
	Hint         string
	Value        string
	Error        string
	Heading      bool   // the label is the page's h1: one question a page
	Type         string // email, tel, search or password; text where empty
	Width        int    // in characters: 2, 3, 4, 5, 10, 20 or 30; the whole column where 0
	Mode         string // inputmode: numeric for codes and counts
	Autocomplete string // one of the tokens of HTML, where the browser may help: email, one-time-code, name
	Verbatim     bool   // no spelling check and no capitals: for codes, addresses, tracker words
}

func (Text) template() string { return "text" }
func (f Text) problem() Error { return Error{f.Name, f.Error} }

// InputType is the type attribute.
func (f Text) InputType() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// TextArea is a box for several lines.
type TextArea struct {
	Name, Label, Hint, Value, Error string
	Heading                         bool
	Rows                            int // 5 where 0
}

func (TextArea) template() string { return "textarea" }
func (f TextArea) problem() Error { return Error{f.Name, f.Error} }

// Height is the rows attribute.
func (f TextArea) Height() int {
	if f.Rows == 0 {
		return 5
	}
	return f.Rows
}

// Upload asks for a file. The form needs enctype="multipart/form-data". No browser keeps the file when the page comes
// back, so an error should say what to choose again.
type Upload struct {
	Name, Label, Hint, Error string
	Heading                  bool
	Accept                   string // what the chooser offers: ".csv,.xlsx"
}

func (Upload) template() string { return "upload" }
func (f Upload) problem() Error { return Error{f.Name, f.Error} }

// described lists the ids of the words that belong to a field, hint before error.
func described(name, hint, problem string) string {
	switch {
	case hint != "" && problem != "":
		return name + "-hint " + name + "-error"
	case hint != "":
		return name + "-hint"
	case problem != "":
		return name + "-error"
	}
	return ""
}

// DescribedBy is the aria-describedby attribute, empty where nothing is said beside the label.
func (f Text) DescribedBy() string { return described(f.Name, f.Hint, f.Error) }

// DescribedBy is the aria-describedby attribute.
func (f TextArea) DescribedBy() string { return described(f.Name, f.Hint, f.Error) }

// DescribedBy is the aria-describedby attribute.
func (f Upload) DescribedBy() string { return described(f.Name, f.Hint, f.Error) }
