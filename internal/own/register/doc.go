// Package register makes the statutory register of members as it stood on a day,
// cuts from it what each kind of person may see, and keeps the requests to
// inspect it with their clock.
//
// # The register
//
// [New] is a pure function of the members and their times of membership, the
// people, and the share ledger. Its columns are those that the legal form says a
// register holds on that day, each with the law it comes from. One row is one
// unbroken time of membership: whoever left and came back has two. Former members
// stay, with the day they left, for as long as the form says.
//
// # Views
//
// [Register.View] gives what an audience may see. What it may not see is not in
// the result at all, so that no page can show it by mistake.
//
// # What the record does not have by day
//
// Names and addresses are kept as they are now, not as they were. The day of each
// change is in the record, but a register of a past day shows the present name and
// address; each column says so. One postal address and one e-mail address are kept
// of a person, and no loans or deposits.
package register
