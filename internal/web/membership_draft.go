package web

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"

	"commonweal/internal/base/fault"
)

// A draft is a form between the page where it was filled in and the page where
// it is reviewed. It is kept in the reader's own browser for the minutes that
// takes, because what people type does not belong in an address, and nothing is
// stored here before they say so.

// largestDraft is what a browser keeps in one cookie, with room for its name.
const largestDraft = 3600

// keepDraft lends a form to the browser. It refuses one that is too long.
func (v *visit) keepDraft(name string, values url.Values) error {
	return v.keepDraftFor(600, name, values)
}

// keepDraftFor is keepDraft for so many seconds.
func (v *visit) keepDraftFor(seconds int, name string, values url.Values) error {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, values.Encode()); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	text := base64.RawURLEncoding.EncodeToString(packed.Bytes())
	if len(text) > largestDraft {
		return fault.Errorf(fault.Invalid, "this is more text than the form can carry: shorten it")
	}
	v.lendFor(seconds, name, text)
	return nil
}

// draft reads it back. There is none after ten minutes, or in another browser.
func (v *visit) draft(name string) (url.Values, bool) {
	packed, err := base64.RawURLEncoding.DecodeString(v.lent(name))
	if err != nil || len(packed) == 0 {
		return nil, false
	}
	const most = 64 << 10
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), most))
	if err != nil {
		return nil, false
	}
	values, err := url.ParseQuery(string(text))
	return values, err == nil && len(values) > 0
}

// dropDraft takes it back once it was sent.
func (v *visit) dropDraft(name string) {
	http.SetCookie(v.w, &http.Cookie{
		Name: v.cookieName() + "-" + name, Path: "/", HttpOnly: true, Secure: v.https, SameSite: http.SameSiteLaxMode, MaxAge: -1,
	})
}
