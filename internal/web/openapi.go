package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/once"
	"commonweal/internal/base/policy"
)

// openAPI writes the OpenAPI 3.1 document of the operations. It is made from the
// table and the Go types alone, so it says what the server does and no more.
func openAPI(list []operation, address string) ([]byte, error) {
	s := &schemas{components: object{}, types: map[string]reflect.Type{}}
	paths := object{}
	var tags []object
	for _, o := range list {
		if !slices.ContainsFunc(tags, func(t object) bool { return t["name"] == o.tag }) {
			tags = append(tags, object{"name": o.tag})
		}
		at := apiRoot + o.path
		if paths[at] == nil {
			paths[at] = object{}
		}
		paths[at].(object)[strings.ToLower(o.method)] = s.operation(o)
	}
	s.ref(reflect.TypeFor[problem]())
	return pretty(object{
		"openapi": "3.1.0",
		"info": object{
			"title": "Commonweal", "version": "1",
			"summary":     "What the pages of a staff-owned mutual do, for programs.",
			"description": documentIntro,
		},
		"servers": []object{{"url": address}},
		"tags":    tags,
		"paths":   paths,
		"components": object{
			"schemas": s.components, "responses": problems(), "headers": headers(), "parameters": shared(),
			"securitySchemes": object{"token": object{
				"type": "http", "scheme": "bearer",
				"description": "An access token, made on the page /account. It does what its scopes allow, and never more than its owner may do.",
			}},
		},
	})
}

const documentIntro = "Answers are JSON. Days are civil days in London (2006-01-02), instants are UTC, money is whole pence.\n\n" +
	"A list comes in pages: pass next as cursor to get the next one. Its order is stable.\n\n" +
	"A request that changes something may carry an Idempotency-Key. Sent again within a day with the same key and the same content, " +
	"it gets the answer of the first time and nothing is done twice. A request that was refused changed nothing, and its key is free again.\n\n" +
	"Fields and operations are added without notice; ignore those that you do not know. Nothing is removed or changed under /api/v1."

func (s *schemas) operation(o operation) object {
	out := object{
		"operationId": o.id, "summary": o.summary, "tags": []string{o.tag},
		"description": o.description(), "responses": s.responses(o), "security": o.security(),
	}
	parameters := []object{}
	for _, f := range fieldsOf(o.params) {
		p := object{"name": f.name, "in": f.in, "schema": s.parameter(f), "required": f.required}
		if f.doc != "" {
			p["description"] = f.doc
		}
		parameters = append(parameters, p)
	}
	if o.keyed() {
		parameters = append(parameters, object{"$ref": "#/components/parameters/IdempotencyKey"})
	}
	if o.method == http.MethodGet {
		parameters = append(parameters, object{"$ref": "#/components/parameters/IfNoneMatch"})
	}
	if len(parameters) > 0 {
		out["parameters"] = parameters
	}
	switch {
	case o.body != nil:
		out["requestBody"] = object{"required": true, "content": object{"application/json": object{"schema": s.request(o.body)}}}
	case o.upload != nil:
		content := object{}
		for _, media := range o.upload.media {
			content[media] = object{"schema": object{}}
		}
		out["requestBody"] = object{"required": true, "description": o.upload.about, "content": content}
	}
	return out
}

// parameter is the schema of a parameter, whose description stands outside it.
func (s *schemas) parameter(f field) object {
	text := f.fallback
	f.doc = ""
	schema := s.of(f)
	if n, err := strconv.Atoi(text); err == nil {
		schema["default"] = n
	} else if text != "" {
		schema["default"] = text
	}
	return schema
}

// request is the schema of what is sent: closed, because the decoder refuses
// fields that it does not know.
func (s *schemas) request(t reflect.Type) object {
	at := s.ref(t)
	s.shut(t)
	return object{"$ref": at}
}

func (s *schemas) shut(t reflect.Type) {
	switch t.Kind() {
	case reflect.Slice, reflect.Pointer, reflect.Map:
		s.shut(t.Elem())
	case reflect.Struct:
		if isText(t) {
			return
		}
		s.components[schemaName(t)].(object)["additionalProperties"] = false
		for _, f := range fieldsOf(t) {
			s.shut(f.typ)
		}
	default:
	}
}

// description says what a programmer has to know, and for whom the operation is.
func (o operation) description() string {
	var parts []string
	if o.about != "" {
		parts = append(parts, o.about)
	}
	if o.action.IsPublic() {
		return strings.Join(append(parts, "Anybody may ask, without a token."), " ")
	}
	parts = append(parts, "For "+whoMay(o.action)+", with a token that has the scope "+policy.ScopeOf(o.action)+".")
	return strings.Join(parts, " ")
}

// security is the scope a token must have. Where none is needed, one may come.
func (o operation) security() []object {
	if o.action.IsPublic() {
		return []object{{}, {"token": []string{}}}
	}
	return []object{{"token": []string{policy.ScopeOf(o.action)}}}
}

// keyed reports whether a request may carry a key and then be sent again. Who
// asks without a token has no name that a key could be kept under, and a file is
// made anew each time.
func (o operation) keyed() bool {
	return o.method == http.MethodPost && !o.action.IsPublic() && o.media == ""
}

func (s *schemas) responses(o operation) object {
	content := object{}
	if o.media != "" {
		content[o.media] = object{"schema": object{}}
	} else {
		content["application/json"] = object{"schema": object{"$ref": s.ref(o.answer)}}
	}
	done := object{"description": "Done.", "content": content}
	out := object{strconv.Itoa(o.status): done}
	refuse := func(codes ...string) {
		for _, code := range codes {
			out[code] = object{"$ref": "#/components/responses/" + problemNames[code]}
		}
	}
	refuse("401", "404", "422", "500")
	if !o.action.IsPublic() {
		refuse("403", "409")
	}
	if o.method == http.MethodGet {
		done["headers"] = object{"ETag": object{"$ref": "#/components/headers/ETag"}}
		out["304"] = object{"description": "It is still what you have."}
		return out
	}
	refuse("400", "403", "409", "413", "415", "429")
	if o.keyed() {
		done["headers"] = object{"Idempotency-Replayed": object{"$ref": "#/components/headers/IdempotencyReplayed"}}
	}
	return out
}

var problemNames = map[string]string{
	"400": "Incomplete", "401": "NotSignedIn", "403": "Forbidden", "404": "NotFound", "409": "Conflict",
	"413": "TooLarge", "415": "WrongMedia", "422": "Invalid", "429": "Throttled", "500": "OurFault",
}

func problems() object {
	out := object{}
	for name, about := range map[string]string{
		"Incomplete":  "The body did not arrive whole.",
		"NotSignedIn": "No token came, or one that opens nothing.",
		"Forbidden":   "You may not do this; rule says what it turned on.",
		"NotFound":    "There is no such thing, or you may not know that there is.",
		"Conflict":    "The state does not allow it: done already, overtaken, or closed.",
		"TooLarge":    "The body is larger than is read.",
		"WrongMedia":  "The header Content-Type is none of those that can be read.",
		"Invalid":     "What was sent is wrong; field says where and remedy what to send.",
		"Throttled":   "Too many requests; Retry-After says when to try again.",
		"OurFault":    "Something went wrong, and it is our fault. Quote the reference.",
	} {
		response := object{"description": about, "content": object{"application/json": object{"schema": object{"$ref": "#/components/schemas/Problem"}}}}
		if name == "Throttled" {
			response["headers"] = object{"Retry-After": object{"$ref": "#/components/headers/RetryAfter"}}
		}
		out[name] = response
	}
	return out
}

func headers() object {
	text := func(about string) object { return object{"description": about, "schema": object{"type": "string"}} }
	return object{
		"ETag":                text("Names this state of the answer."),
		"IdempotencyReplayed": text("\"true\" where the answer is that of an earlier request with the same key."),
		"RetryAfter":          object{"description": "Seconds to wait.", "schema": object{"type": "integer"}},
	}
}

func shared() object {
	return object{
		"IdempotencyKey": object{
			"name": "Idempotency-Key", "in": "header", "description": "Your name for this request, such as a random UUID. It is remembered for a day.",
			"schema": object{"type": "string", "minLength": 1, "maxLength": once.LongestKey},
		},
		"IfNoneMatch": object{
			"name": "If-None-Match", "in": "header", "description": "The ETag of the answer that you have.", "schema": object{"type": "string"},
		},
	}
}

// pretty writes the document so that a change of it can be read.
func pretty(document object) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(document)
	return out.Bytes(), err
}

// openAPIShow gives the document.
func (s *Server) openAPIShow(v *visit) error {
	body, err := openAPI(operations(), s.house.Address)
	if err != nil {
		return err
	}
	v.putJSON(http.StatusOK, body)
	return nil
}
