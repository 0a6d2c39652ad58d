// Package archive keeps an election in one file that is only added to, and
// verifies such files.
//
// # The file
//
// It is the archive of the Belenios specification, version 2.0, section 4.4: an
// old-style tar file that begins with a header, followed by data and events.
// A record is named by the SHA-256 of its body, an event names the event before
// it, so that the hash of the last event, the [Head], stands for all that came
// before. There is one way to write each record, and there are no end-of-archive
// blocks: an archive that has grown begins with the archive that it was.
//
// docs/design/ballots.md is normative: section 3 for the bytes of each object,
// section 5 for the order of events, section 7 for what a verifier checks and
// section 8 for what none can.
//
// # Layers
//
//   - [Reader] reads records. What it returns is in its one form and has the hash
//     that its name says.
//   - [Scanner] reads steps: an event with the data that it brings. They are
//     chained and in the only order there is, and every record is referred to
//     exactly once, by the event that follows it.
//   - [Verify] and [Load] check everything that can be checked without a secret,
//     and say in a [Report] what that was and what nobody can check.
//   - [Board] is an archive on disk to which ballots, shuffles and decryptions are
//     added, each checked first, and durable when the method returns.
//
// # What holds
//
// An archive whose report has the verdict [Verified] has exactly one result, and
// it is that of the last ballot of every credential on the list that cast one,
// if the discrete logarithm is hard in the group of the election and SHA-256 is
// as good as a random oracle. Tests take archives apart, change them, put hashes
// and chain in order again, and hold that what comes out is refused or has the
// same result: TestVerify_Mutations, FuzzVerify.
//
// A file that a stopped program left with part of an event at its end is cut
// back to its last whole event, by [Open] alone, which says so. Any other damage
// is refused and never mended.
package archive
