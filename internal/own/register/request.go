package register

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/law"
)

// Answer is a yes or a no that may not have been given.
type Answer string

// The answers.
const (
	Unsaid Answer = ""
	Yes    Answer = "yes"
	No     Answer = "no"
)

// Wants is what somebody asks for.
type Wants string

// What can be asked for.
const (
	Look Wants = "look"
	Copy Wants = "copy"
)

// Ask is what somebody who asks to inspect the register says: Companies Act 2006,
// s.116(4) lists it for companies.
type Ask struct {
	Audience law.Audience // whom they say they are
	Person   string       // id of a person who is signed in; "" for others
	Name     string
	// Organisation is the body on whose behalf Name asks, if there is one.
	Organisation string
	Address      string
	Email        string
	Purpose      string
	// Shared says whether the information will be passed on, and Others to whom
	// and for what purpose.
	Shared Answer
	Others string
	Wants  Wants
}

const (
	maxName = 200
	maxText = 2000
)

// check puts the request into its stored form, or says what is missing, in words
// for the one who asks.
func (a *Ask) check(terms Terms) error {
	if !terms.Right {
		return fault.Errorf(fault.Forbidden, "%s", terms.Why)
	}
	for _, s := range []*string{&a.Name, &a.Organisation, &a.Address, &a.Email, &a.Purpose, &a.Others} {
		*s = clean(*s)
	}
	if a.Wants == "" {
		a.Wants = Look
	}
	switch {
	case a.Name == "":
		return fault.Fieldf("name", "enter your name")
	case longer(a.Name, maxName) || longer(a.Organisation, maxName):
		return fault.Fieldf("name", "a name has at most %d letters", maxName)
	case a.Address == "" && terms.NeedsPurpose:
		return fault.Fieldf("address", "enter your postal address: the law asks for it (%s)", terms.Citation)
	case a.Address == "" && a.Email == "" && a.Person == "":
		return fault.Fieldf("email", "enter an e-mail address or a postal address, so that we can answer")
	case a.Purpose == "" && terms.NeedsPurpose:
		return fault.Fieldf("purpose", "say what you want the information for: the law asks for it (%s)", terms.Citation)
	case a.Purpose == "" && terms.NeedsDuty:
		return fault.Fieldf("purpose", "say for which of your duties you need it: the law asks for it (%s)", terms.Citation)
	case a.Shared == Unsaid && terms.NeedsPurpose:
		return fault.Fieldf("shared", "say whether anybody else will get the information: the law asks for it (%s)", terms.Citation)
	case a.Shared != Unsaid && a.Shared != Yes && a.Shared != No:
		return fault.Fieldf("shared", "choose yes or no")
	case a.Shared == Yes && a.Others == "":
		return fault.Fieldf("others", "say who else will get the information, their address, and what they want it for")
	case longer(a.Address, maxText) || longer(a.Purpose, maxText) || longer(a.Others, maxText):
		return fault.Fieldf("purpose", "write at most %d letters", maxText)
	case a.Wants != Look && a.Wants != Copy:
		return fault.Fieldf("wants", "choose a look or a copy")
	case a.Wants == Copy && !terms.Copy && a.Audience != law.OwnEntry: // a copy of one's own data: UK GDPR, art.15
		return fault.Fieldf("wants", "you may see the register, but there is no right to a copy (%s)", terms.Citation)
	}
	if a.Email == "" {
		return nil
	}
	var err error
	a.Email, err = identity.ParseEmail(a.Email)
	return err
}

func longer(s string, most int) bool { return utf8.RuneCountInString(s) > most }

// clean trims text and takes control characters out of it, line breaks apart.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		switch {
		case c == '\n':
			return c
		case c == '\t':
			return ' '
		case unicode.IsControl(c) || c == utf8.RuneError:
			return -1
		}
		return c
	}, strings.ReplaceAll(s, "\r\n", "\n")))
}

// Request is a request to inspect the register, with what was done about it.
type Request struct {
	ID     string
	Number int // in the organisation, from 1
	Ask
	Form     law.FormID // the legal form on the day it was received
	Received law.Date
	Due      law.Date // the last day to answer; no date where the law sets none
	// DueKnown is false where the count ran into a year whose bank holidays are
	// not published yet.
	DueKnown bool
	Erased   string // instant; the asker's details are gone
	Steps    []Step
}
