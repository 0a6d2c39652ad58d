package member

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"time"

	"commonweal/law"
)

// lawRule gives an expression to package law as a rule-book of one rule, so that
// rules of a mutual are evaluated exactly as rules of law are: three-valued,
// bounded in cost, without macros.
func lawRule(expression string, mentions []particular) (*law.Rule, error) {
	type object = map[string]any
	var facts []object
	names := []string{}
	for _, m := range mentions {
		facts = append(facts, object{"name": m.name, "type": string(m.kind), "question": m.question})
		names = append(names, m.name)
	}
	pack := object{
		"pack":    "One rule of an organisation",
		"sources": []object{{"id": "rule-book", "citation": "The organisation's rules", "checked": "no", "from": "0001-01-01"}},
		"rules": []object{{
			"id": "rule", "title": "Rule", "text": "A rule of the organisation.", "jurisdiction": "The organisation",
			"law": "rule-book", "facts": names, "expression": expression, "holds": "It fits.", "fails": "It does not fit.",
		}},
	}
	if facts != nil {
		pack["facts"] = facts
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text) // JSON is YAML
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(pack); err != nil {
		return nil, err
	}
	library, err := law.LoadFrom(onePack(text.Bytes()))
	if err != nil {
		return nil, err
	}
	return library.Rule("rule", law.NewDate(1, time.January, 1))
}

// onePack is a folder with one file, rules.yaml.
type onePack []byte

const onePackName = "rules.yaml"

func (p onePack) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
}

// Glob implements [fs.GlobFS].
func (p onePack) Glob(pattern string) ([]string, error) {
	ok, err := path.Match(pattern, onePackName)
	if err != nil || !ok {
		return nil, err
	}
	return []string{onePackName}, nil
}

// ReadFile implements [fs.ReadFileFS].
func (p onePack) ReadFile(name string) ([]byte, error) {
	if name != onePackName {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return p, nil
}
