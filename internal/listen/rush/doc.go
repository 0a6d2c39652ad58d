// Package rush has no code of its own: its test lets everybody of an organisation draw
// a pass and answer at once, over HTTP, of a server that is killed three times while it
// runs, and then counts.
//
// COMMONWEAL_LOAD_MEMBERS says how many; without it there are few, so that the tests stay
// quick. The figures are printed with go test -v.
package rush
