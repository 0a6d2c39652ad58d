package web

import (
	"encoding/json"
	"net/http"
)

// problem is the body of an API answer that is not a success.
type problem struct {
	Kind      string `json:"kind" doc:"What sort of thing went wrong."`
	Message   string `json:"message" doc:"For people."`
	Field     string `json:"field,omitempty" doc:"The field, parameter or header that it is about."`
	Remedy    string `json:"remedy,omitempty" doc:"What to send instead."`
	Rule      string `json:"rule,omitempty" doc:"The rule of the policy that refused."`
	Reference string `json:"reference,omitempty" doc:"To quote when it is our fault."`
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
