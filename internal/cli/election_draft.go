package cli

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"strconv"
	"strings"

	"commonweal/belenios"
	"commonweal/belenios/group"
	"commonweal/internal/base/fault"
)

const (
	homomorphicGroup = "BELENIOS-2048"
	rankedGroup      = "RFC-3526-2048"
)

func electionDraftCommand() command {
	return command{
		name:  "election draft",
		args:  "FILE",
		about: "Begin an election: check its questions and give it an identifier",
		help: `FILE is JSON: {"name","description","questions":[...]} and, if you like, "administrator",
"credential_authority" and "commonweal":{"revote":"first-counts"}. A question is
{"question","answers":[...],"min","max"} with "blank":true if a blank vote may be cast, or,
for rankings, {"type":"NonHomomorphic","value":{"question","answers":[...]}}.

The draft goes to the registrar and to the trustees, who make credentials and keys for it.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			out := f.String("out", "", "new `file` for the draft (default: standard output)")
			name := f.String("group", "", "`name` of the group: "+strings.Join(group.Names(), ", ")+" (default: the first, or the second where a question is ranked)")
			unbound := f.Bool("unbound", false, "let trustees decrypt with programs that do not bind a decryption to the tally; \"election verify\" then says what that leaves open")
			return func(c *call) error {
				text, err := c.readSmall(c.args[0], "plain election file")
				if err != nil {
					return err
				}
				uuid, err := newUUID(c)
				if err != nil {
					return err
				}
				d, err := newDraft(text, uuid, *name, !*unbound)
				if err != nil {
					return err
				}
				if err := c.deliver(*out, lines(d.text)); err != nil {
					return err
				}
				c.after(*out, "election %s: %s in the group %s", d.election.UUID(), plural(len(d.election.Questions()), "question", "questions"), d.group().Name())
				return nil
			}
		},
	}
}

// newUUID draws an identifier of 14 characters that nobody mistakes.
func newUUID(c *call) (string, error) {
	text, err := belenios.GenerateCredential(chance{c})
	return strings.ReplaceAll(text, "-", "")[:14], err
}

// draft is an election before its key is made. It is read as an election whose
// key is the group's generator, so that the questions are checked by the same
// code; its own key comes with the trustees.
type draft struct {
	text     []byte
	election *belenios.Election
}

func (d draft) group() group.Group { return d.election.Group() }

// newDraft makes a draft of a plain election file. Bound asks the trustees for
// decryptions that are bound to the tally, unless the file has a word on that.
func newDraft(text []byte, uuid, groupName string, bound bool) (draft, error) {
	fields, err := objectOf(text)
	if err != nil {
		return draft{}, err
	}
	if groupName == "" {
		groupName = homomorphicGroup
		if bytes.Contains(fields["questions"], []byte(`"NonHomomorphic"`)) {
			groupName = rankedGroup
		}
	}
	for name, value := range map[string]string{"version": "1", "uuid": strconv.Quote(uuid), "group": strconv.Quote(groupName), "description": `""`} {
		if _, given := fields[name]; !given {
			fields[name] = json.RawMessage(value)
		}
	}
	if bound {
		if err := bindDecryptions(fields); err != nil {
			return draft{}, err
		}
	}
	out, err := json.Marshal(fields)
	if err != nil {
		return draft{}, err
	}
	return parseDraft(out)
}

// bindDecryptions adds to an election's own field that decryptions are bound.
func bindDecryptions(fields map[string]json.RawMessage) error {
	own := map[string]json.RawMessage{}
	if raw, given := fields["commonweal"]; given {
		var err error
		if own, err = objectOf(raw); err != nil {
			return fault.Errorf(fault.Invalid, "the field \"commonweal\" is not a JSON object")
		}
	}
	if _, given := own["decryptions"]; !given {
		own["decryptions"] = json.RawMessage(`"bound"`)
	}
	raw, err := json.Marshal(own)
	fields["commonweal"] = raw
	return err
}

// objectOf reads a JSON object.
func objectOf(text []byte) (map[string]json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil || fields == nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file is not a JSON object")
	}
	return fields, nil
}

// parseDraft reads a draft.
func parseDraft(text []byte) (draft, error) {
	fields, err := objectOf(text)
	if err != nil {
		return draft{}, err
	}
	if _, has := fields["public_key"]; has {
		return draft{}, fault.Errorf(fault.Invalid, "the draft has a public key: that comes from the trustees")
	}
	var name string
	if err := json.Unmarshal(fields["group"], &name); err != nil {
		return draft{}, fault.Errorf(fault.Invalid, "the draft names no group; make it with `commonweal election draft`")
	}
	g, ok := group.ByName(name)
	if !ok {
		return draft{}, fault.Errorf(fault.Invalid, "there is no group %q; there are %s", name, strings.Join(group.Names(), ", "))
	}
	whole := bytes.TrimSpace(text)
	whole = fmt.Appendf(bytes.TrimSuffix(whole, []byte("}")), `,"public_key":%q}`, g.Generator().String())
	e, err := belenios.ParseElection(whole)
	if err != nil {
		return draft{}, fault.Wrap(fault.Invalid, err, "the draft cannot become an election")
	}
	return draft{bytes.TrimSpace(text), e}, nil
}

func (c *call) draft(path string) (draft, error) {
	text, err := c.readSmall(path, "draft")
	if err != nil {
		return draft{}, err
	}
	return parseDraft(text)
}

// complete is the election with its key.
func (d draft) complete(key group.Element) (*belenios.Election, error) {
	e := d.election
	p := belenios.ElectionParams{
		UUID: e.UUID(), Name: e.Name(), Description: e.Description(),
		Administrator: e.Administrator(), CredentialAuthority: e.CredentialAuthority(),
		Group: e.Group(), PublicKey: key, Questions: e.Questions(), Extra: e.Extras(),
	}
	return belenios.NewElection(p)
}
