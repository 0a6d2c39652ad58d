package belenios

// SetupData says which three objects the election starts from; §4.10 p. 14.
type SetupData struct {
	Election, Trustees, Credentials Hash
}

// ParseSetupData reads the payload of a Setup event.
func ParseSetupData(b []byte) (SetupData, error) {
	r := newReader("setup data", b, maxReference)
	r.lit(`{"election":`)
	e := r.hash()
	r.lit(`,"trustees":`)
	t := r.hash()
	r.lit(`,"credentials":`)
	c := r.hash()
	r.lit(`}`)
	return SetupData{e, t, c}, r.end()
}

// Bytes is the one legal text.
func (s SetupData) Bytes() []byte {
	return []byte(`{"election":"` + s.Election.String() + `","trustees":"` + s.Trustees.String() + `","credentials":"` + s.Credentials.String() + `"}`)
}

// maxReference bounds the objects that hold hashes and counts only.
const maxReference = 1000

// Owned links a shuffle or a partial decryption with the trustee who made it; §4.17
// p. 21, §4.18 p. 22. Trustees are numbered from 1 in the order of [Trustees.Key].
type Owned struct {
	Owner   int
	Payload Hash
}

// ParseOwned reads the payload of a Shuffle or PartialDecryption event.
func ParseOwned(b []byte) (Owned, error) {
	r := newReader("owned payload", b, maxReference)
	r.lit(`{"owner":`)
	owner := int(r.small("owner", maxTrustees))
	if r.err == nil && owner == 0 {
		r.fail("owner 0: trustees are numbered from 1")
	}
	r.lit(`,"payload":`)
	h := r.hash()
	r.lit(`}`)
	return Owned{owner, h}, r.end()
}

// Bytes is the one legal text.
func (o Owned) Bytes() []byte {
	b := appendCount([]byte(`{"owner":`), int64(o.Owner))
	return append(b, `,"payload":"`+o.Payload.String()+`"}`...)
}
