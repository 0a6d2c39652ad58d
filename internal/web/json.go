package web

import (
	"encoding/json"
	"net/http"

	"commonweal/internal/base/fault"
)

// problem is the body of an API answer that is not a success.
type problem struct {
	Kind      string `json:"kind"`                // what sort of thing went wrong
	Message   string `json:"message"`             // for people
	Field     string `json:"field,omitempty"`     // the input field it is about
	Rule      string `json:"rule,omitempty"`      // the policy rule that refused
	Reference string `json:"reference,omitempty"` // to quote when it is our fault
}

func (v *visit) failJSON(status int, kind fault.Kind, err error, no refusal, reference string) {
	p := problem{Kind: string(kind), Message: sentenceOf(err, "Something went wrong, and it is our fault."), Field: fault.FieldOf(err), Reference: reference}
	if no.Rule != "" {
		p.Message, p.Rule = no.Reason, no.Rule
	}
	v.writeJSON(status, p)
}

func (v *visit) writeJSON(status int, body any) {
	data, err := json.MarshalIndent(body, "", "  ")
	if err != nil {
		http.Error(v.w, `{"kind":"internal"}`, http.StatusInternalServerError)
		return
	}
	v.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.w.WriteHeader(status)
	_, _ = v.w.Write(append(data, '\n')) // the reader has gone away if this fails
}
