package archive

import (
	"commonweal/belenios"
	"commonweal/belenios/group"
)

// describe puts into the report what the archive says that it is.
func (v *verification) describe() {
	r := v.report
	r.Stage, r.Head = v.stage, v.head
	if v.head == nil {
		return
	}
	r.Election = v.about()
	r.Ballots = Ballots{Cast: len(v.ballots), Counted: len(v.latest), Revotes: v.revotes(), TotalWeight: v.weight()}
}

func (s *State) about() *About {
	e := s.election
	a := &About{
		UUID: e.UUID(), Name: e.Name(), Group: e.Group().Name(),
		Fingerprint: e.Fingerprint(), Checksum: e.Hash().String(), Revote: s.rule,
		OtherFields: []string{}, Trustees: []Trustee{},
		Credentials: Voters{s.credentials.Len(), s.credentials.TotalWeight(), belenios.Fingerprint(s.credentials.Bytes())},
	}
	for _, f := range e.Extras() {
		a.OtherFields = append(a.OtherFields, f.Name)
	}
	for _, item := range s.trustees.Items() {
		for range members(item) {
			t := Trustee{Owner: len(a.Trustees) + 1}
			if p, ok := item.(belenios.Pedersen); ok {
				t.Threshold, t.Of = p.Threshold, len(p.Keys)
			}
			key, _ := s.trustees.Key(t.Owner)
			t.Checksum = Checksum(key)
			t.Shuffled, t.Decrypted = did(s.shuffles, t.Owner), did(s.decryptions, t.Owner)
			a.Trustees = append(a.Trustees, t)
		}
	}
	return a
}

// Checksum is by what people know a trustee's key, as belenios-tool computes it: of the
// key with its quotation marks.
func Checksum(key group.Element) string {
	return belenios.HashOf([]byte(`"` + key.String() + `"`)).String()
}

func did(list []owned, owner int) bool {
	for _, o := range list {
		if o.owner == owner {
			return true
		}
	}
	return false
}
