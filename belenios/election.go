package belenios

import (
	"bytes"
	"fmt"
	"slices"

	"commonweal/belenios/group"
)

// Election is the public description that every ballot and every proof refers to by
// its fingerprint; §4.10 p. 14. It keeps the bytes that it was read from.
type Election struct {
	params      ElectionParams
	extra       []Field
	raw         []byte
	fingerprint string
}

// ElectionParams is what an election is made of.
type ElectionParams struct {
	UUID        string // 14 or more base-58 characters
	Name        string
	Description string

	// Administrator and CredentialAuthority are left out where empty.
	Administrator       string
	CredentialAuthority string

	Group     group.Group
	PublicKey group.Element // of [Trustees.PublicKey]
	Questions []Question

	// Extra are further top-level fields, which other programs ignore. Names of the
	// fields above are refused.
	Extra []Field
}

const (
	maxElection = 1 << 20
	minUUID     = 14
	maxUUID     = 64
)

// base58 is the alphabet of identifiers, credentials and seeds; §4.2 p. 7.
const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

func isBase58(c byte) bool { return bytes.IndexByte([]byte(base58), c) >= 0 }

var electionFields = []string{
	"version", "description", "name", "group", "public_key", "questions", "uuid", "administrator", "credential_authority",
}

// NewElection writes an election. The result has passed everything that ParseElection
// checks.
func NewElection(p ElectionParams) (*Election, error) {
	if p.Group == nil || p.PublicKey == nil {
		return nil, fmt.Errorf("election: group or public key is missing")
	}
	b := appendString([]byte(`{"version":1,"description":`), p.Description)
	b = appendString(append(b, `,"name":`...), p.Name)
	b = appendString(append(b, `,"group":`...), p.Group.Name())
	b = appendElement(append(b, `,"public_key":`...), p.PublicKey)
	b = appendList(append(b, `,"questions":`...), p.Questions, func(b []byte, q Question) []byte { return q.append(b) })
	b = appendString(append(b, `,"uuid":`...), p.UUID)
	if p.Administrator != "" {
		b = appendString(append(b, `,"administrator":`...), p.Administrator)
	}
	if p.CredentialAuthority != "" {
		b = appendString(append(b, `,"credential_authority":`...), p.CredentialAuthority)
	}
	for _, f := range p.Extra {
		b = append(appendString(append(b, ','), f.Name), ':')
		b = append(b, f.Raw...)
	}
	e, err := ParseElection(append(b, '}'))
	if err != nil {
		return nil, err
	}
	if !e.says(p) {
		return nil, fmt.Errorf("election: an extra field has the name of another or is not one value")
	}
	return e, nil
}

// says reports whether the raw values of p stayed what and where they were.
func (e *Election) says(p ElectionParams) bool {
	same := func(a, b Field) bool { return a.Name == b.Name && bytes.Equal(a.Raw, b.Raw) }
	extra := func(a, b Question) bool { return a.Kind == b.Kind && bytes.Equal(a.Extra, b.Extra) }
	return slices.EqualFunc(e.extra, p.Extra, same) && slices.EqualFunc(e.params.Questions, p.Questions, extra)
}

// ParseElection reads an election. It may be formatted freely between its first and
// last byte, and fields that it does not know are kept; a field that stands twice, a
// group that is not known and questions that cannot be asked in it are refused.
// Membership of the key is checked by [Election.CheckMembership].
func ParseElection(b []byte) (*Election, error) {
	e, err := parseElection(b)
	if err != nil {
		return nil, fmt.Errorf("election: %w", err)
	}
	return e, nil
}

func parseElection(b []byte) (*Election, error) {
	if len(b) > maxElection {
		return nil, fmt.Errorf("%d bytes are more than %d", len(b), maxElection)
	}
	v, err := parseFree(string(b))
	if err != nil {
		return nil, err
	}
	if v.kind != '{' {
		return nil, fmt.Errorf("not an object")
	}
	if version, ok := v.get("version"); !ok || version.raw != "1" {
		return nil, fmt.Errorf("version %s: this program knows version 1", excerpt(version.raw))
	}
	e := &Election{raw: bytes.Clone(b), fingerprint: Fingerprint(b)}
	if err := e.params.texts(v); err != nil {
		return nil, err
	}
	if err := e.params.key(v); err != nil {
		return nil, err
	}
	if err := e.params.questions(v); err != nil {
		return nil, err
	}
	for _, f := range v.fields {
		if !slices.Contains(electionFields, f.Name) {
			e.extra = append(e.extra, f)
		}
	}
	return e, nil
}

func (p *ElectionParams) texts(v value) error {
	for _, f := range []struct {
		name     string
		to       *string
		optional bool
	}{
		{"uuid", &p.UUID, false},
		{"name", &p.Name, false},
		{"description", &p.Description, false},
		{"administrator", &p.Administrator, true},
		{"credential_authority", &p.CredentialAuthority, true},
	} {
		if _, ok := v.get(f.name); !ok && f.optional {
			continue
		}
		var err error
		if *f.to, err = v.string(f.name); err != nil {
			return err
		}
	}
	return checkUUID(p.UUID)
}

func checkUUID(uuid string) error {
	if len(uuid) < minUUID || len(uuid) > maxUUID || !all(uuid, isBase58) {
		return fmt.Errorf("uuid %s is not %d to %d base-58 characters", excerpt(uuid), minUUID, maxUUID)
	}
	return nil
}

func (p *ElectionParams) key(v value) error {
	name, err := v.string("group")
	if err != nil {
		return err
	}
	g, ok := group.ByName(name)
	if !ok {
		return fmt.Errorf("unknown group %s", excerpt(name))
	}
	text, err := v.string("public_key")
	if err != nil {
		return err
	}
	p.Group = g
	p.PublicKey, err = g.Parse(text)
	if err != nil {
		return fmt.Errorf("public_key: %w", err)
	}
	return nil
}

func (p *ElectionParams) questions(v value) error {
	list, ok := v.get("questions")
	if !ok || list.kind != '[' {
		return fmt.Errorf("questions is not a list")
	}
	if n := len(list.items); n == 0 || n > maxQuestions {
		return fmt.Errorf("%d questions: from 1 to %d can be asked", n, maxQuestions)
	}
	for i, item := range list.items {
		q, err := parseQuestion(item)
		if err != nil {
			return fmt.Errorf("question %d: %w", i+1, err)
		}
		if err := q.check(p.Group); err != nil {
			return fmt.Errorf("question %d: %w", i+1, err)
		}
		p.Questions = append(p.Questions, q)
	}
	return nil
}

// string is the text of a field that must be there.
func (v *value) string(name string) (string, error) {
	f, ok := v.get(name)
	if !ok {
		return "", fmt.Errorf("%s is missing", name)
	}
	if f.kind != '"' {
		return "", fmt.Errorf("%s is not a string", name)
	}
	return f.text, nil
}

// small is the number of a field that must be there.
func (v *value) small(name string) (int, error) {
	f, ok := v.get(name)
	if !ok {
		return 0, fmt.Errorf("%s is missing", name)
	}
	n, err := parseCount(f.raw)
	if err != nil || n > maxSmall {
		return 0, fmt.Errorf("%s: %s is not a number from 0 to %d", name, excerpt(f.raw), maxSmall)
	}
	return int(n), nil
}

// Bytes is the text of the election as it was read. It must not be changed.
func (e *Election) Bytes() []byte { return e.raw }

// Hash is the hash by which setup data refer to the election.
func (e *Election) Hash() Hash { return HashOf(e.raw) }

// Fingerprint is φ, by which ballots and proofs refer to the election; §4.15 p. 20.
func (e *Election) Fingerprint() string { return e.fingerprint }

// UUID is the identifier, which salts derived credentials.
func (e *Election) UUID() string { return e.params.UUID }

// Name is the title that voters see.
func (e *Election) Name() string { return e.params.Name }

// Description is the text under the title.
func (e *Election) Description() string { return e.params.Description }

// Administrator names who runs the election; it may be empty.
func (e *Election) Administrator() string { return e.params.Administrator }

// CredentialAuthority names who made the credentials; it may be empty.
func (e *Election) CredentialAuthority() string { return e.params.CredentialAuthority }

// Group is where all elements and scalars of the election live.
func (e *Election) Group() group.Group { return e.params.Group }

// PublicKey is y, under which votes are encrypted.
func (e *Election) PublicKey() group.Element { return e.params.PublicKey }

// Questions are in the order of the answers. They must not be changed.
func (e *Election) Questions() []Question { return e.params.Questions }

// Ranked reports whether any question is non-homomorphic, so that shuffles are needed.
func (e *Election) Ranked() bool { return len(e.ranked()) > 0 }

// ranked are the positions of the non-homomorphic questions.
func (e *Election) ranked() []int {
	var at []int
	for i, q := range e.params.Questions {
		if q.Kind == NonHomomorphic {
			at = append(at, i)
		}
	}
	return at
}

// Extra is the raw value of a field that the protocol does not know.
func (e *Election) Extra(name string) ([]byte, bool) {
	for _, f := range e.extra {
		if f.Name == name {
			return bytes.Clone(f.Raw), true
		}
	}
	return nil, false
}

// Extras are all fields that the protocol does not know, in their order. They must not
// be changed.
func (e *Election) Extras() []Field { return e.extra }

// CheckMembership checks that the public key is a member of the group and not the identity.
func (e *Election) CheckMembership() error {
	return key(e.params.Group, e.params.PublicKey, "election: public key")
}
