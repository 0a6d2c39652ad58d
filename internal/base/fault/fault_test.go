package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"commonweal/internal/base/fault"
)

func TestKindAndMessage(t *testing.T) {
	cause := errors.New("disk full")
	cases := []struct {
		name    string
		err     error
		kind    fault.Kind
		message string
		field   string
	}{
		{"no error", nil, "", "", ""},
		{"an error that is not a fault is ours and never shown", cause, fault.Internal, "", ""},
		{"a fault", fault.Errorf(fault.NotFound, "member %d is not in the register", 7), fault.NotFound, "member 7 is not in the register", ""},
		{"a fault about a field", fault.Fieldf("email", "the address has no @"), fault.Invalid, "the address has no @", "email"},
		{"a fault deep in a chain", fmt.Errorf("save: %w", fault.Errorf(fault.Conflict, "it is closed")), fault.Conflict, "it is closed", ""},
		{"the cause stays out of the message", fault.Wrap(fault.Invalid, cause, "the file cannot be read"), fault.Invalid, "the file cannot be read", ""},
		{"an internal fault shows nothing", fault.Wrap(fault.Internal, cause, "row 3 is torn"), fault.Internal, "", ""},
	}
	for _, c := range cases {
		if got := fault.KindOf(c.err); got != c.kind {
			t.Errorf("%s: kind %q, want %q", c.name, got, c.kind)
		}
		if got := fault.Message(c.err); got != c.message {
			t.Errorf("%s: message %q, want %q", c.name, got, c.message)
		}
		if got := fault.FieldOf(c.err); got != c.field {
			t.Errorf("%s: field %q, want %q", c.name, got, c.field)
		}
	}
	if err := fault.Wrap(fault.Invalid, cause, "the file cannot be read"); !errors.Is(err, cause) || err.Error() != "the file cannot be read: disk full" {
		t.Errorf("the cause is lost: %v", err)
	}
}
