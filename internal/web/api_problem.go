package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
)

// apiError is a refusal that is about how something was asked and not about
// what: it has its own status and its own words.
type apiError struct {
	status  int
	problem problem
}

func (e *apiError) Error() string { return e.problem.Kind + ": " + e.problem.Message }

// Unwrap makes it a fault, so that nobody takes it for an error of ours.
func (e *apiError) Unwrap() error {
	return &fault.Error{Kind: fault.Invalid, Field: e.problem.Field, Message: strings.TrimSuffix(e.problem.Message, ".")}
}

// misread says what is wrong with one field of what was sent, and what to send.
func misread(field, remedy, format string, args ...any) error {
	return &apiError{http.StatusUnprocessableEntity, problem{
		Kind: string(fault.Invalid), Field: field, Message: fmt.Sprintf(format, args...), Remedy: remedy,
	}}
}

// renamed says a refusal of a room about the field that a program knows by
// another name.
func renamed(err error, room, program string) error {
	if !fault.Is(err, fault.Invalid) || fault.FieldOf(err) != room {
		return err
	}
	return &fault.Error{Kind: fault.Invalid, Field: program, Message: fault.Message(err), Cause: err}
}

// unreadable is a body that did not arrive whole.
func unreadable(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return &apiError{http.StatusRequestEntityTooLarge, problem{
			Kind: "too_large", Message: fmt.Sprintf("What was sent is larger than %d bytes.", large.Limit), Remedy: "Send less at a time.",
		}}
	}
	return &apiError{http.StatusBadRequest, problem{
		Kind: string(fault.Invalid), Message: "What was sent did not arrive whole.", Remedy: "Send it again.",
	}}
}

// bearer takes the token out of an Authorization header. The scheme may be in
// any capitals (RFC 9110, 11.1).
func bearer(header string) (string, bool) {
	scheme, secret, ok := strings.Cut(header, " ")
	return strings.TrimSpace(secret), ok && strings.EqualFold(scheme, "Bearer")
}

// errUnknownToken answers a token that opens nothing.
func errUnknownToken() error {
	return &apiError{http.StatusUnauthorized, problem{
		Kind: "not_signed_in", Message: "This access token is not known, was revoked, or has run out.",
		Remedy: "Make another one on your account page.",
	}}
}

// errNoBearer answers an Authorization header of another kind.
func errNoBearer() error {
	return &apiError{http.StatusUnauthorized, problem{
		Kind: "not_signed_in", Message: "The Authorization header holds no bearer token.",
		Remedy: "Send Authorization: Bearer cw_...",
	}}
}

// errForeign answers what a page of another site sends.
func errForeign() error {
	return &apiError{http.StatusForbidden, problem{
		Kind: "cross_origin", Message: "This was sent from another site, so nothing was done.",
		Remedy: "Send it from a program with an access token.",
	}}
}

// failAPI answers an error as the programming interface does.
func (v *visit) failAPI(status int, kind fault.Kind, err error, no refusal, reference string) {
	p := problem{
		Kind: string(kind), Message: sentenceOf(err, "Something went wrong, and it is our fault."), Field: fault.FieldOf(err), Reference: reference,
	}
	if no.Rule != "" {
		p.Message, p.Rule = no.Reason, no.Rule
	}
	var own *apiError
	if errors.As(err, &own) {
		status, p = own.status, own.problem
	}
	if after, ok := identity.RetryAfter(err); ok {
		v.w.Header().Set("Retry-After", fmt.Sprint(int64((after+time.Second-1)/time.Second)))
	}
	if status == http.StatusUnauthorized {
		v.w.Header().Set("WWW-Authenticate", `Bearer realm="Commonweal", error="invalid_token"`)
	}
	v.writeJSON(status, p)
}

// methods are those that an address of the programming interface may be asked with.
var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}

// apiElsewhere answers what is at no address, or not with this method.
func (s *Server) apiElsewhere(v *visit) error {
	var allowed []string
	for _, method := range methods {
		r := v.r.Clone(v.ctx)
		r.Method = method
		if _, pattern := s.apiMux.Handler(r); pattern != "" {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		return &apiError{http.StatusNotFound, problem{
			Kind: string(fault.NotFound), Message: "Nothing is at this address.", Remedy: "See /api/openapi.json for what there is.",
		}}
	}
	v.w.Header().Set("Allow", strings.Join(allowed, ", "))
	return &apiError{http.StatusMethodNotAllowed, problem{
		Kind: "wrong_method", Message: "This address cannot be asked with " + clip(v.r.Method, 20) + ".",
		Remedy: "Use " + strings.Join(allowed, " or ") + ".",
	}}
}
