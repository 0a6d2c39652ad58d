// Package staff keeps the staff lists of an organisation's employers: who was
// employed on any day, where and as what, as the lists told it.
//
// # Import
//
// A list is read and compared by package stafflist. [Service.Preview] is the dry
// run: it keeps what the list would change for some days, and changes nothing.
// [Service.Apply] makes the change, once, and only if what is stored is still
// what the dry run saw. [Service.Import] does both at once. An import is one
// change with one entry in the record: after a crash all of it is there or
// nothing. The same list again changes nothing and makes no entry. A list older
// than the last one is refused unless it says nothing that the newer one
// contradicts.
//
// # Staff, versions and days
//
// Somebody on an employer's list is found by organisation, employer and employee
// number. What the list says of them is kept in versions, a new one only when
// something changed. Version n holds from its effective day and overrides all
// lower ones from that day on, so what held on a day is the highest version that
// was effective by then. Nothing stores who is employed now.
//
//   - The first version is effective from the day employment began. Before the
//     first list the particulars are taken to have been what that list says.
//   - A change is effective from the date of the list that shows it.
//   - A leaver gets a version with the last day of employment, effective from the
//     day after it; a leaving date that is mended later mends the days between.
//   - Somebody who comes back is effective again from the new first day, or
//     without a gap if the list still gives the old one.
//   - A start date that is mended is mended in the versions of that employment;
//     see [Version] and the file revise.go.
//
// # People
//
// A person (package identity) may be on the lists of several employers, and come
// and go. Somebody new on a list is the same as a person already known if work
// email and name agree; see match.go. What is merely likely is reported and not
// merged. Names and addresses that a list changes are carried over to the person
// where the person still had what the list had before.
//
// # Membership
//
// This package knows nothing of membership and ends none. A leaver on a list is
// a fact about employment; what follows from it is derived by the rules in
// package member, which reads [Service.Posts].
package staff
