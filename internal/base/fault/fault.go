// Package fault is the one error type of the application.
//
// A fault has a [Kind] that the web and the command line turn into a status
// or an exit code, a message that may be shown to the person who asked, and,
// where there is one, the cause for the log. An error that is not a fault is
// an internal error: it is logged and never shown.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of thing went wrong, and so who can mend it.
type Kind string

const (
	Invalid   Kind = "invalid"   // the input is wrong; the message says how to put it right
	NotFound  Kind = "not_found" // there is no such thing, or the actor may not know that there is
	Forbidden Kind = "forbidden" // policy refuses; the message says which rule
	Conflict  Kind = "conflict"  // the state does not allow it (already done, overtaken, closed)
	Throttled Kind = "throttled" // too many attempts; the message says when to try again
	Internal  Kind = "internal"  // ours
)

// Error is a fault. Make one with [Errorf] or [Wrap].
type Error struct {
	Kind    Kind
	Message string // lower case, no full stop, names the object and the value
	Field   string // the input field it is about, if it is about one
	Cause   error  // for the log only
}

func (e *Error) Error() string {
	if e.Cause != nil {
		return e.Message + ": " + e.Cause.Error()
	}
	return e.Message
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes a fault of the given kind.
func Errorf(kind Kind, format string, args ...any) error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// Fieldf makes an [Invalid] fault about one input field.
func Fieldf(field, format string, args ...any) error {
	return &Error{Kind: Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

// Wrap makes a fault whose cause is kept for the log.
func Wrap(kind Kind, cause error, format string, args ...any) error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...), Cause: cause}
}

// KindOf returns the kind of the first fault in err's chain, [Internal] for
// any other error, and "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var f *Error
	if errors.As(err, &f) {
		return f.Kind
	}
	return Internal
}

// Is reports whether err is a fault of the given kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// Message returns what may be shown to the person who asked: the fault's own
// message, or nothing for an error that is not a fault or is internal.
func Message(err error) string {
	var f *Error
	if errors.As(err, &f) && f.Kind != Internal {
		return f.Message
	}
	return ""
}

// FieldOf returns the input field that err is about, or "".
func FieldOf(err error) string {
	var f *Error
	if errors.As(err, &f) {
		return f.Field
	}
	return ""
}
