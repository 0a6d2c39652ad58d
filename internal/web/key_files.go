package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/keys"
)

// keyFile gives what everybody may have of a setup, in the forms that the
// command-line program reads and writes.
func (s *Server) keyFile(v *visit) error {
	k, err := v.keyAsked()
	if err != nil {
		return err
	}
	switch name := v.r.PathValue("name"); name {
	case "draft.json":
		return v.sendKeyFile(name, k.draft())
	case "certs.txt", "polynomials.txt", "voutputs.txt":
		return v.sendMessages(k, name)
	case "trustees.json":
		if k.Done.IsZero() || k.Rehearsal || k.State() != keys.Made {
			break
		}
		t, err := v.house.Keys.Trustees(v.ctx, v.org.ID, k.of.ID)
		if err != nil {
			return err
		}
		return v.sendKeyFile(name, string(t.Bytes()))
	}
	return fault.Errorf(fault.NotFound, "there is no such file of this key")
}

// keyMine gives a keyholder what is for them alone to use. None of it is secret.
func (s *Server) keyMine(v *visit) error {
	k, err := v.keyAskedOwn()
	if err != nil {
		return err
	}
	in, err := v.house.Keys.Input(v.ctx, v.org.ID, k.ID, v.actor.Person)
	if err != nil {
		return err
	}
	switch name := v.r.PathValue("name"); {
	case name == "input.json":
		v.writeJSON(http.StatusOK, in)
		return nil
	case name == "vinput.txt" && in.Vinput != "":
		return v.sendKeyFile(name, in.Vinput)
	case name == "dkey.txt" && in.Key != nil:
		return v.sendKeyFile(name, in.Key.Sealed)
	}
	return fault.Errorf(fault.NotFound, "there is no such file of this key yet")
}

// sendMessages gives the messages of one step, a line each, in order of number.
func (v *visit) sendMessages(k *keySetup, name string) error {
	step := map[string]keys.Step{"certs.txt": keys.Cert, "polynomials.txt": keys.Polynomial, "voutputs.txt": keys.Voutput}[name]
	all, err := v.house.Keys.Messages(v.ctx, v.org.ID, k.ID)
	if err != nil {
		return err
	}
	var lines []string
	for _, m := range all {
		if m.Step == step {
			lines = append(lines, m.Body)
		}
	}
	if len(lines) < len(k.Holders) {
		return fault.Errorf(fault.NotFound, "this file is there once all keyholders have done that step")
	}
	return v.sendKeyFile(name, strings.Join(lines, "\n"))
}

// draft is an election as the program's keygen wants it, of which it uses the group
// alone.
func (k *keySetup) draft() string {
	text, err := json.Marshal(map[string]any{
		"version": 1, "name": k.of.Title, "description": "", "group": k.Group, "uuid": "Key2MakeTheVote",
		"questions": []any{map[string]any{"question": "Asked in the vote itself", "answers": []string{"Yes"}, "min": 0, "max": 1}},
	})
	if err != nil {
		return ""
	}
	return string(text)
}

// sendKeyFile answers with a file of one or more lines to keep.
func (v *visit) sendKeyFile(name, text string) error {
	h := v.w.Header()
	kind := "text/plain; charset=utf-8"
	if strings.HasSuffix(name, ".json") {
		kind = "application/json"
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	v.w.WriteHeader(http.StatusOK)
	if !strings.HasSuffix(name, ".json") {
		text += "\n" // of JSON people compare the hash
	}
	_, _ = v.w.Write([]byte(text)) // the reader has gone away if this fails
	return nil
}
