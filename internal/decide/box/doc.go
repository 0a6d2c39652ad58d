// Package box is the ballot box of a contest: the credentials of its voters, the
// pollbook, the acceptance of ballots, and the archive in which everybody can check
// them (commonweal/belenios/archive), up to its result.
//
// The archive is kept record by record in the table box_file and streamed as the
// file that it is ([Service.Archive]). Ballots are added here, many in one change.
// Every other step (closing, shuffles, decryptions, result) is made by the archive's
// own library on a copy of the file, which it verifies from the beginning first; the
// records that it adds are then kept, if nothing else was added meanwhile.
//
// What a contest is, who may vote in it and when it is open is asked of [Polls].
// Who may call a method is for package policy to say; each method names whose it is.
package box
