// Package member keeps who is a member, of which class and in which
// constituency, and why.
//
// # Status is derived
//
// Nothing stores "is a member". What is stored are dated facts (an application,
// an admission, a withdrawal, a death: [Fact]), the history of posts on the
// staff list ([Post], read through [Staffing]) and the organisation's own rules
// with the days from which they hold ([Class], [Constituency], gathered in a
// [Book]). [StatusOn] works out from these, for any day in the past or the
// future, what someone is, with a sentence that names the rule and the facts it
// turned on. Nobody's membership can therefore be lost as a side effect of an
// import, and a mistake found later mends every day it touched.
//
// # Conventions
//
//   - A status is that at the end of the day. Someone admitted on a day is a member
//     on it; someone whose membership ends on a day is not.
//   - A person is in at most one class on a day, and in each class in at most one
//     constituency. Where rules overlap the lower position wins.
//   - An unknown particular is not a no. Where a rule turns on one, the answer is
//     that we cannot tell, with the name of what is missing.
//   - Versions of classes and sets of constituencies are only ever added. A version
//     holds until the next one starts.
//
// The pure part (everything but the files about the [Service]) has no clock, no
// database and no state besides a memory of rules already worked out.
package member
