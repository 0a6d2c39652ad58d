// Package policy says who may do what: one table of roles x actions (table.go)
// and [Allow], which applies it and gives its reason.
//
// The package is pure. It holds no session and reads no database: the caller
// says who acts, with which roles today, and on what. Whatever is not in the
// table is refused. The whole table is written out in testdata/matrix.txt, so
// that a change to it is seen for what it is.
package policy

import (
	"fmt"
	"slices"
	"strings"
)

// Actor is somebody acting for one organisation. The zero Actor is the public.
type Actor struct {
	Person string   // id; "" is the public
	Org    string   // the organisation acted for
	Name   string   // for the page; policy does not look at it
	Roles  []Role   // those in force today
	Scopes []string // of an API token; nil in a session
	Demo   bool     // signed in as an invented person of the demonstration
	// Weak is set where a weighty office needs a passkey and the actor did not sign
	// in with one: then the office counts for nothing.
	Weak bool
}

// Holds reports whether the actor has the role. Everybody is the public, and
// everybody who is signed in is at least an applicant.
func (a Actor) Holds(role Role) bool {
	switch role {
	case Public:
		return true
	case Applicant:
		return a.Person != ""
	}
	return a.Person != "" && slices.Contains(a.Roles, role)
}

// Resource is what an action is done to.
type Resource struct {
	Org   string // the organisation it belongs to
	Owner string // the person it is about, if it is about one
	// Kind narrows an action whose rule depends on it: of officer.appoint and
	// officer.end it is the role. Other actions ignore it.
	Kind string
}

// Own is the resource of an actor's own thing.
func (a Actor) Own() Resource { return Resource{Org: a.Org, Owner: a.Person} }

// Inside is the resource of a thing of the actor's organisation.
func (a Actor) Inside() Resource { return Resource{Org: a.Org} }

// Decision is what policy says.
type Decision struct {
	Allowed bool
	Rule    string // which rule it turned on; see the Rule constants
	Reason  string // plain English, for the person who asked
}

// The rules that a decision can turn on.
const (
	RulePublic      = "public"              // allowed: anybody may
	RuleOwn         = "own"                 // allowed: it is the actor's own
	RuleRole        = "role"                // allowed: the actor holds a role that may
	RuleUnknown     = "unknown_action"      // refused: not in the table
	RuleSignIn      = "not_signed_in"       // refused
	RuleNoToken     = "not_by_token"        // refused: only in a session
	RuleScope       = "token_scope"         // refused: the token lacks the scope
	RuleNowhere     = "no_organisation"     // refused: the resource names none
	RuleElsewhere   = "other_organisation"  // refused
	RuleNoContent   = "no_personal_content" // refused: platform administrator
	RuleNotYours    = "not_yours"           // refused: about somebody else
	RuleSelf        = "not_on_oneself"      // refused: nobody appoints themselves
	RuleInvented    = "invented_person"     // refused: demonstration
	RulePasskey     = "passkey_needed"      // refused: an office counts only signed in with a passkey
	RuleRoleMissing = "role_missing"        // refused
)

// Allow says whether the actor may do the action to the resource, and why.
func Allow(a Actor, action Action, on Resource) Decision {
	r := index[action]
	if r == nil {
		return no(RuleUnknown, fmt.Sprintf("Nothing says who may do %q, so nobody may.", action))
	}
	if r.reach == open {
		return Decision{true, RulePublic, "Anybody may " + r.does + "."}
	}
	if d := r.session(a); d.Rule != "" {
		return d
	}
	if d := r.place(a, on); d.Rule != "" {
		return d
	}
	return r.role(a, on)
}

func no(rule, reason string) Decision { return Decision{false, rule, reason} }

// session refuses what the way of signing in does not carry.
func (r *rule) session(a Actor) Decision {
	switch {
	case a.Person == "":
		return no(RuleSignIn, "Sign in first. Only "+list(r.who)+" may "+r.does+".")
	case a.Scopes != nil && r.scope == noToken:
		return no(RuleNoToken, "An access token cannot be used for this. Sign in on the website instead.")
	case a.Scopes != nil && !slices.Contains(a.Scopes, r.scope):
		return no(RuleScope, fmt.Sprintf("This access token does not have the scope %s.", r.scope))
	case a.Demo && r.marks&notDemo != 0:
		return no(RuleInvented, "You are here as an invented person of the demonstration, so nothing of your own can be attached to them.")
	}
	return Decision{}
}

// place refuses what belongs elsewhere, to somebody else, or must not be seen.
func (r *rule) place(a Actor, on Resource) Decision {
	if r.reach == platform {
		return Decision{}
	}
	switch {
	case on.Org == "":
		return no(RuleNowhere, "It is not clear which organisation this belongs to.")
	case on.Org != a.Org:
		return no(RuleElsewhere, "This belongs to another organisation than the one you act for.")
	case r.marks&personal != 0 && a.Holds(PlatformAdministrator):
		return no(RuleNoContent, "A platform administrator runs the machine and sees no personal content.")
	case r.reach == own && on.Owner != a.Person:
		return no(RuleNotYours, "This is about somebody else, and you may do it only for yourself.")
	case r.marks&appoints != 0 && on.Owner == a.Person:
		return no(RuleSelf, "Nobody appoints themselves. Somebody else must do it.")
	}
	return Decision{}
}

func (r *rule) role(a Actor, on Resource) Decision {
	who := r.who
	if special, ok := byKind[r.action][on.Kind]; ok {
		who = special
	}
	var weak Role
	for _, role := range who {
		switch {
		case !a.Holds(role):
		case r.reach == own:
			return Decision{true, RuleOwn, "It is your own: " + article(role) + " may " + r.does + "."}
		case a.Weak && role.Weighty():
			weak = role
		default:
			return Decision{true, RuleRole, "As " + article(role) + " you may " + r.does + "."}
		}
	}
	if weak != "" {
		return no(RulePasskey, "As "+article(weak)+" you may "+r.does+", but only when you are signed in with a passkey.")
	}
	return no(RuleRoleMissing, "Only "+list(who)+" may "+r.does+".")
}

func article(role Role) string {
	title := role.Title()
	if strings.ContainsRune("aeiou", rune(title[0])) {
		return "an " + title
	}
	return "a " + title
}

// list writes roles as people say them: "a member, a director or a regulator".
func list(who []Role) string {
	words := make([]string, len(who))
	for i, role := range who {
		words[i] = article(role)
	}
	if len(words) == 1 {
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// ScopeOf is what an API token must have for an action: "" where no token can
// be used, "-" where none is needed.
func ScopeOf(action Action) string {
	if r := index[action]; r != nil {
		return r.scope
	}
	return noToken
}
