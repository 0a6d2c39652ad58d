package friends

// protect makes the release of a month for everybody, with its certificate.
func protect(r Revision, before []Revision, all []Point) (shown, certificate string, err error) {
	return "", "", nil
}
