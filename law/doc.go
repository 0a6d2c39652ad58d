// Package law holds the rules a mutual lives under as dated data, and the small
// machine that applies them.
//
// # What it is
//
// Three things, each usable alone:
//
//   - Dates. [Date] is a civil day without a zone. [Calendar] knows the bank
//     holidays and counts working days. [ClearDays], [LatestNotice] and
//     [ServiceRule] count the way the law counts.
//   - Forms. [Form] is a legal form (a society, a company, a trust) as typed
//     values: what its register holds, who may see what and how soon, how long
//     entries are kept, what shares may do, what majority a resolution needs.
//   - Rules. [Rule] is one test in our own words with its citation, the facts it
//     needs and an expression over them. [Rule.Evaluate] gives a [Result] that
//     holds, fails, or cannot be told yet, and then names the facts still needed.
//
// # Why rules are data
//
// The law that governs a mutual has changed under it several times: the society
// Acts were consolidated in 2014, reserved contracts moved from one regime to
// another in 2025, the company register changed the same year. Every rule and
// every number therefore carries the dates between which it has effect, and
// every question is asked "on" a day. Nothing here reads a clock.
//
// # Invariants
//
//   - Sound: when [Rule.Evaluate] says holds or fails, every way of filling in
//     the unknown facts gives the same answer.
//   - Honest: every rule and every item of a form has a citation, a first day of
//     effect, and either the day it was checked against a page that can be
//     named, or "no".
//   - Strict: an unknown key in a pack, an expression of the wrong type, or two
//     versions of one rule in effect on one day stop the pack from loading.
//   - Pure: values in, results with reasons out. The package has no clock, no
//     files of its own beyond the packs built into it, and no state that changes.
//
// The expression language is CEL (https://cel.dev) without macros. Money is
// integer pence. Dates inside expressions are timestamps at midnight UTC, which
// stands for the civil day and no zone.
//
// # Packs
//
// The packs built in lie beside this file in packs. [Load] takes further folders,
// so that an organisation can add its own rule-book. A pack is one YAML file:
//
//	pack: Our rules
//	sources:
//	  - {id: our-rule-12, citation: "Our rules, rule 12", checked: no, from: 2026-04-01}
//	facts:
//	  - {name: members_present, type: int, question: How many members are present?}
//	rules:
//	  - id: ours.quorum
//	    title: Quorum
//	    text: A meeting needs {quorum} members.
//	    jurisdiction: England
//	    law: our-rule-12
//	    params: {quorum: 50}
//	    facts: [members_present]
//	    expression: members_present >= quorum
//	    holds: There is a quorum.
//	    fails: There are {members_present} members, and it takes {quorum}.
//
// A later version of a rule is another entry of the same id whose dates do not
// overlap; "law: {source: our-rule-12, to: 2027-04-01}" ends the first.
//
// # What it is not
//
// It is not legal advice. The packs restate sources in short words so that
// software and people can check themselves early; the source decides, and so do
// the organisation's own registered rules.
package law
