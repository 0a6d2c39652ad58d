package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/once"
	"commonweal/internal/base/policy"
)

// apiRoot is where the first version of the programming interface is. What a
// program was written against stays: fields and operations are only added here,
// and whatever would break one goes under another root.
const apiRoot = "/api/v1"

// operation is one thing that a program can ask. The table in api_operations.go
// is all of them: the routes and the OpenAPI document are both made from it, so
// that neither can say what the other does not.
type operation struct {
	method, path string // the path is below apiRoot
	id           string // operationId
	action       policy.Action
	tag          string // the part of the product it belongs to
	summary      string // what it does, in a few words
	about        string // what else a programmer has to know
	params       reflect.Type
	body         reflect.Type // nil: none
	answer       reflect.Type
	status       int
	upload       *upload // what is sent is a file and not JSON
	media        string  // of the answer, where it is a file and not JSON
	serve        func(v *visit) error
	whole        func(v *visit) (any, error) // of an operation that reads: its answer with nothing cut off
}

// upload says what sort of file an operation takes.
type upload struct {
	media []string
	limit int64
	about string
}

// none is for operations that have no parameters.
type none struct{}

// reads makes an operation that changes nothing.
func reads[P, A any](path string, action policy.Action, id, summary string, do func(*visit, P) (A, error)) operation {
	return operation{
		method: http.MethodGet, path: path, id: id, action: action, summary: summary, status: http.StatusOK,
		params: reflect.TypeFor[P](), answer: reflect.TypeFor[A](),
		serve: func(v *visit) error {
			var p P
			if err := v.readParams(&p); err != nil {
				return err
			}
			a, err := do(v, p)
			if err != nil {
				return err
			}
			return v.answerJSON(http.StatusOK, a)
		},
		whole: func(v *visit) (any, error) {
			var p P
			if err := v.readParams(&p); err != nil {
				return nil, err
			}
			if limit := reflect.ValueOf(&p).Elem().FieldByName("Limit"); limit.IsValid() {
				limit.SetInt(1 << 30)
			}
			return do(v, p)
		},
	}
}

// does makes an operation that takes JSON and may change something.
func does[P, B, A any](path string, action policy.Action, id, summary string, status int, do func(*visit, P, B) (A, error)) operation {
	return operation{
		method: http.MethodPost, path: path, id: id, action: action, summary: summary, status: status,
		params: reflect.TypeFor[P](), body: reflect.TypeFor[B](), answer: reflect.TypeFor[A](),
		serve: func(v *visit) error {
			var p P
			if err := v.readParams(&p); err != nil {
				return err
			}
			data, err := v.readBody([]string{"application/json"})
			if err != nil {
				return err
			}
			return v.once(data, func() (int, any, error) {
				var b B
				if err := decodeStrict(data, &b); err != nil {
					return 0, nil, err
				}
				a, err := do(v, p, b)
				return status, a, err
			})
		},
	}
}

// takes makes an operation that is sent a file.
func takes[P, A any](path string, action policy.Action, id, summary string, up upload, do func(*visit, P, []byte) (A, error)) operation {
	return operation{
		method: http.MethodPost, path: path, id: id, action: action, summary: summary, status: http.StatusOK, upload: &up,
		params: reflect.TypeFor[P](), answer: reflect.TypeFor[A](),
		serve: func(v *visit) error {
			var p P
			if err := v.readParams(&p); err != nil {
				return err
			}
			data, err := v.readBody(up.media)
			if err != nil {
				return err
			}
			return v.once(data, func() (int, any, error) {
				a, err := do(v, p, data)
				return http.StatusOK, a, err
			})
		},
	}
}

// gives makes an operation whose answer is a file. It is made for the one who
// asks, so there is no answer to keep for a request that comes twice.
func gives(path string, action policy.Action, id, summary, media string, do func(*visit) error) operation {
	return operation{
		method: http.MethodPost, path: path, id: id, action: action, summary: summary, status: http.StatusOK, media: media,
		params: reflect.TypeFor[none](), body: reflect.TypeFor[none](),
		serve: func(v *visit) error {
			if err := v.readParams(&none{}); err != nil {
				return err
			}
			data, err := v.readBody([]string{"application/json"})
			if err != nil {
				return err
			}
			if err := decodeStrict(data, &none{}); err != nil {
				return err
			}
			return do(v)
		},
	}
}

// note adds what else a programmer has to know.
func (o operation) note(text string) operation {
	o.about = text
	return o
}

// group puts operations under one heading of the document.
func group(tag string, list ...operation) []operation {
	for i := range list {
		list[i].tag = tag
	}
	return list
}

// apiRoutes are the operations as lines of the route table.
func (s *Server) apiRoutes() []route {
	var out []route
	for _, o := range operations() {
		r := route{pattern: o.method + " " + apiRoot + o.path, action: o.action, own: o.action.IsOwn(), serve: o.serve}
		if o.upload != nil {
			r.upload = o.upload.limit
		}
		out = append(out, r)
	}
	return out
}

// apiChanges bounds how fast one person's programs may change things.
var apiChanges = identity.Limit{Name: "api-change", Burst: 300, Every: 200 * time.Millisecond}

// readBody reads what was sent. A body of another kind than announced is
// refused, which also keeps out what a form on another site can send. A session
// counts only where the browser says that the page asking is ours; all browsers
// in use do.
func (v *visit) readBody(media []string) ([]byte, error) {
	if v.secret != "" && v.r.Header.Get("Sec-Fetch-Site") != "same-origin" {
		return nil, errForeign()
	}
	kind, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	if err != nil || !slices.Contains(media, kind) {
		v.w.Header().Set("Accept-Post", strings.Join(media, ", "))
		return nil, &apiError{status: http.StatusUnsupportedMediaType, problem: problem{
			Kind: "wrong_media", Message: "The header Content-Type does not say what can be read here.",
			Remedy: "Send Content-Type: " + strings.Join(media, " or ") + ".",
		}}
	}
	data, err := io.ReadAll(v.r.Body)
	if err != nil {
		return nil, unreadable(err)
	}
	return data, nil
}

// once does what a request asks, or gives the answer it had before when the
// sender has named it with an Idempotency-Key and sends it again.
func (v *visit) once(data []byte, do func() (int, any, error)) error {
	if v.actor.Person != "" {
		if err := v.house.Identity.Take(v.ctx, apiChanges, v.actor.Org+"/"+v.actor.Person); err != nil {
			return err
		}
	}
	keys := v.r.Header.Values("Idempotency-Key")
	if len(keys) == 0 || v.actor.Person == "" {
		status, answer, err := do()
		if err != nil {
			return err
		}
		return v.answerJSON(status, answer)
	}
	// Whoever sends a key sends again when no answer arrives. What was begun is
	// therefore brought to its end, also when nobody listens any more.
	v.ctx = context.WithoutCancel(v.ctx)
	book := v.house.Requests
	request := once.Request{
		Org: v.actor.Org, Person: v.actor.Person, Key: strings.Join(keys, ","),
		What: slices.Concat([]byte(v.r.Method+" "+v.r.URL.RequestURI()+"\n"), data),
	}
	before, err := book.Begin(v.ctx, request)
	if err != nil {
		return err
	}
	if before != nil {
		v.w.Header().Set("Idempotency-Replayed", "true")
		v.putJSON(before.Status, before.Body)
		return nil
	}
	return v.first(book, request, do)
}

// first does a request with a key for the first time and keeps its answer. One
// that was refused changed nothing, so its key is free again; of one that broke
// off in an error of ours nobody knows, so its key stays taken.
func (v *visit) first(book *once.Book, request once.Request, do func() (int, any, error)) error {
	status, answer, err := do()
	if err != nil {
		if fault.KindOf(err) != fault.Internal {
			if forgotten := book.Forget(v.ctx, request); forgotten != nil {
				return forgotten
			}
		}
		return err
	}
	body, err := encode(answer)
	if err != nil {
		return err
	}
	if err := book.Finish(v.ctx, request, once.Answer{Status: status, Body: body}); err != nil {
		return err
	}
	v.putJSON(status, body)
	return nil
}

// answerJSON sends an answer. A reader who has it already, and says so with the
// tag that came with it, is told that it is still the same.
func (v *visit) answerJSON(status int, answer any) error {
	body, err := encode(answer)
	if err != nil {
		return err
	}
	if v.reading {
		sum := sha256.Sum256(body)
		tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:18]) + `"`
		v.w.Header().Set("ETag", tag)
		if hasTag(v.r.Header.Values("If-None-Match"), tag) {
			v.w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	v.putJSON(status, body)
	return nil
}

// hasTag reports whether one of the tags of If-None-Match is this one (RFC 9110,
// 13.1.2: compared weakly).
func hasTag(headers []string, tag string) bool {
	for _, header := range headers {
		for one := range strings.SplitSeq(header, ",") {
			one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
			if one == "*" || one == tag {
				return true
			}
		}
	}
	return false
}

// putJSON writes an answer that is JSON already.
func (v *visit) putJSON(status int, body []byte) {
	v.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.w.WriteHeader(status)
	_, _ = v.w.Write(body) // the reader has gone away if this fails
}

// encode writes an answer, with an empty list where there is none.
func encode(answer any) ([]byte, error) {
	holder := reflect.New(reflect.TypeOf(answer)).Elem()
	holder.Set(reflect.ValueOf(answer))
	fillLists(holder)
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(holder.Interface()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// fillLists puts [] for null: a program should not have to tell them apart.
func fillLists(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		if v.IsNil() && v.CanSet() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			fillLists(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fillLists(v.Field(i))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			fillLists(v.Elem())
		}
	default:
	}
}
