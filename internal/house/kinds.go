package house

import (
	"slices"

	"commonweal/internal/base/notice"
	"commonweal/internal/listen/action"
	"commonweal/internal/own/register"
)

// Kinds of message that the house sends.
const (
	kindAdmitted   = "member.admitted"
	kindRefused    = "member.refused"
	kindExpelled   = "member.expelled"
	kindReinstated = "member.reinstated"
	kindCorrected  = "member.corrected"
	kindRecorded   = "member.recorded"
	kindEnds       = "member.ends"
	kindApplied    = "member.applied"
	kindPasskey    = "passkey.added"
	kindUnpasskey  = "passkey.removed"
	kindEmailLost  = "email.changed"
)

// kinds are the sorts of message that the wings send. What is decided about
// somebody's membership, and what opens or closes a way into their account, they
// are told in any case.
var kinds = slices.Concat([]notice.Kind{
	{Name: kindAdmitted, Title: "That you have become a member", Statutory: true},
	{Name: kindRefused, Title: "That an application was refused", Statutory: true},
	{Name: kindExpelled, Title: "That a membership was ended by a decision", Statutory: true},
	{Name: kindReinstated, Title: "That a membership was restored", Statutory: true},
	{Name: kindCorrected, Title: "That something about a membership was struck out", Statutory: true},
	{Name: kindRecorded, Title: "What was recorded about a membership in your name", Statutory: true},
	{Name: kindEnds, Title: "That a membership ends", Statutory: true},
	{Name: kindApplied, Title: "That an application has arrived"},
	{Name: kindPasskey, Title: "That a passkey was added to your account", Statutory: true},
	{Name: kindUnpasskey, Title: "That a passkey was removed from your account", Statutory: true},
	{Name: kindEmailLost, Title: "That your e-mail address was changed", Statutory: true},
}, pollKinds, surveyKinds, action.Kinds, register.Kinds)
