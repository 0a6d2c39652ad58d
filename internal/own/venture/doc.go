// Package venture keeps what is special about a joint venture: the organisations
// that own it, with what each holds and how many seats it fills, and the matters
// that the venture may not decide without them.
//
// A parent's terms hold from one day until they end or are followed by others.
// What all parents hold together is never more than the whole on any day. The
// staff of each parent are a constituency of the venture's members, by a rule on
// the employer.
package venture
