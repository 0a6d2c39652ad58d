// Package code is the registrar's work away from the server: which codes are to be
// made for a contest ([ToDo]), making them ([ToDo.Make]), the public parts that the
// server gets ([Made]), and the letters in which members get their codes.
//
// A code is the text of a credential (package belenios). It exists in the registrar's
// hands, in one letter, and nowhere else: the server sees voter numbers and public
// parts. The page that does the same in a browser (web/credential) reads and writes
// the same files.
//
// Values in, values out: no clock, no network.
package code
