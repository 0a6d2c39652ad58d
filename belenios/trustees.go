package belenios

// maxTrustees bounds the trustees of an election, members of Pedersen items included.
const maxTrustees = 1000
