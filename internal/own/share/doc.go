// Package share keeps who holds what in a mutual: shares, in a ledger to which
// entries are only ever added, and rights and roles held without capital.
//
// # The ledger
//
// An [Entry] issues, transfers, converts, redeems or cancels shares, or reverses
// an earlier entry. It counts from its effective day, which may be before or
// after the day it was entered. What somebody holds is the sum of the entries up
// to the end of a day; nothing stores it. A wrong entry is corrected by reversing
// it, never by changing it.
//
// An entry is refused when it would leave anybody with less than nothing, or with
// more than the class or the law allows, on any day from its effective day on.
//
// # Money
//
// Amounts are whole pence. Shares are issued fully paid, at their nominal value or
// above it; part-paid shares, calls and fractions are not kept here. What an
// entry gives back to a member stands on the list to pay until it is paid.
//
// # What is left out
//
// A share has one holder. Joint holders, nominees and holders who are not members
// are not kept here.
package share
