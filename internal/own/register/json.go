package register

import (
	"bufio"
	"encoding/json"
	"io"

	"commonweal/law"
)

// head is everything of the JSON form but the entries.
type head struct {
	Organisation struct {
		Code         string `json:"code"`
		Name         string `json:"name"`
		RegisteredNo string `json:"registered_no,omitempty"`
		Office       string `json:"registered_office,omitempty"`
	} `json:"organisation"`
	Form    law.FormID   `json:"legal_form"`
	On      law.Date     `json:"on"`
	View    string       `json:"view"`
	Members int          `json:"members"`
	Former  int          `json:"former_members"`
	Columns []jsonColumn `json:"columns"`
	Notes   []string     `json:"notes"`
}

type jsonColumn struct {
	Field    law.FieldName `json:"field"`
	Heading  string        `json:"heading"`
	When     string        `json:"when,omitempty"`
	Citation string        `json:"citation"`
	Checked  law.Checked   `json:"checked"`
	Note     string        `json:"note,omitempty"`
}

// WriteJSON writes the register with the law behind each column. An entry has the
// fields of the columns and no others; money is whole pence. Equal registers give
// equal bytes.
func (r Register) WriteJSON(w io.Writer) error {
	h := head{Form: r.Form.ID, On: r.Day, View: viewName(r.View), Members: r.Members(), Former: r.Former(), Columns: []jsonColumn{}, Notes: r.Notes()}
	h.Organisation.Code, h.Organisation.Name = r.Organisation.Code, r.Organisation.Name
	h.Organisation.RegisteredNo, h.Organisation.Office = r.Organisation.RegisteredNo, r.Organisation.Office
	for _, c := range r.Columns {
		h.Columns = append(h.Columns, jsonColumn{c.Field, c.Heading, c.When, c.Law.Citation, c.Law.Checked, c.Note})
	}
	if h.Notes == nil {
		h.Notes = []string{}
	}
	text, err := json.MarshalIndent(h, "", "  ")
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	_, _ = out.Write(text[:len(text)-2]) // without the closing brace; bufio keeps the error
	_, _ = out.WriteString(",\n  \"entries\": [")
	for i, e := range r.Entries {
		sep := ",\n    "
		if i == 0 {
			sep = "\n    "
		}
		_, _ = out.WriteString(sep)
		if err := r.writeEntry(out, e); err != nil {
			return err
		}
	}
	_, _ = out.WriteString("\n  ]\n}\n")
	return out.Flush()
}

func (r Register) writeEntry(out *bufio.Writer, e Entry) error {
	first := true
	put := func(name string, value any) error {
		text, err := json.Marshal(value)
		if err != nil {
			return err
		}
		if !first {
			_, _ = out.WriteString(", ")
		}
		first = false
		_, err = out.WriteString(`"` + name + `": ` + string(text))
		return err
	}
	_ = out.WriteByte('{')
	if r.hasNumbers() {
		if err := put("number", e.Number); err != nil {
			return err
		}
	}
	for _, c := range r.Columns {
		if err := put(string(c.Field), e.value(c.Field)); err != nil {
			return err
		}
	}
	return out.WriteByte('}')
}

// value is one field as JSON has it.
func (e Entry) value(f law.FieldName) any {
	switch f {
	case law.FieldShares:
		return e.Shares
	case law.FieldAmountPaid:
		return e.PaidPence
	case law.FieldShareClass:
		out := []map[string]any{}
		for _, h := range e.ByClass {
			out = append(out, map[string]any{"class": h.Class, "quantity": h.Quantity})
		}
		return out
	}
	if text := e.Cell(f); text != "" {
		return text
	}
	return nil
}

func viewName(a law.Audience) string {
	if a == Full {
		return "full"
	}
	return string(a)
}
