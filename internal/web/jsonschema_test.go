package web_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"time"
)

// validator checks values against the schemas of the document: the part of JSON
// Schema 2020-12 that they use, and nothing of it by trust. A word that it does
// not know is a finding, and so is a field that the schema does not have.
type validator struct {
	root  any
	wrong []string
}

var schemaWords = []string{
	"$ref", "type", "properties", "required", "additionalProperties", "items", "enum", "format", "description",
	"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "default",
}

var formats = map[string]func(string) bool{
	"date":      func(s string) bool { _, err := time.Parse("2006-01-02", s); return err == nil },
	"date-time": func(s string) bool { _, err := time.Parse(time.RFC3339, s); return err == nil },
	"uuid":      regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`).MatchString,
	"byte":      func(s string) bool { _, err := base64.StdEncoding.DecodeString(s); return err == nil },
}

func (v *validator) say(at, format string, args ...any) {
	v.wrong = append(v.wrong, at+": "+fmt.Sprintf(format, args...))
}

func (v *validator) check(at string, schema map[string]any, value any) {
	for word := range schema {
		if !slices.Contains(schemaWords, word) {
			v.say(at, "the schema has the word %s, which is not checked", word)
		}
	}
	if ref, ok := schema["$ref"].(string); ok {
		target, _ := resolve(v.root, ref).(map[string]any)
		v.check(at, target, value)
	}
	switch schema["type"] {
	case nil:
	case "string":
		v.text(at, schema, value)
	case "boolean":
		if _, ok := value.(bool); !ok {
			v.say(at, "%v is no boolean", value)
		}
	case "integer", "number":
		n, ok := value.(float64)
		if !ok || schema["type"] == "integer" && n != math.Trunc(n) {
			v.say(at, "%v is no %s", value, schema["type"])
		}
		if low, ok := schema["minimum"].(float64); ok && n < low {
			v.say(at, "%v is below %v", n, low)
		}
		if high, ok := schema["maximum"].(float64); ok && n > high {
			v.say(at, "%v is above %v", n, high)
		}
	case "array":
		items, ok := value.([]any)
		if !ok {
			v.say(at, "%v is no array", value)
		}
		for i, item := range items {
			v.check(fmt.Sprintf("%s[%d]", at, i), schema["items"].(map[string]any), item)
		}
	case "object":
		v.object(at, schema, value)
	default:
		v.say(at, "the type %v is unknown", schema["type"])
	}
}

func (v *validator) text(at string, schema map[string]any, value any) {
	text, ok := value.(string)
	if !ok {
		v.say(at, "%v is no string", value)
		return
	}
	if enum, ok := schema["enum"].([]any); ok && !slices.Contains(enum, any(text)) {
		v.say(at, "%q is none of %v", text, enum)
	}
	if format, ok := schema["format"].(string); ok {
		if is := formats[format]; is == nil || !is(text) {
			v.say(at, "%q is no %s", text, format)
		}
	}
}

func (v *validator) object(at string, schema map[string]any, value any) {
	fields, ok := value.(map[string]any)
	if !ok {
		v.say(at, "%v is no object", value)
		return
	}
	if required, ok := schema["required"].([]any); ok {
		for _, name := range required {
			if _, ok := fields[name.(string)]; !ok {
				v.say(at, "%s is missing", name)
			}
		}
	}
	properties, _ := schema["properties"].(map[string]any)
	for name, inner := range fields {
		if known, ok := properties[name].(map[string]any); ok {
			v.check(at+"."+name, known, inner)
		} else if more, ok := schema["additionalProperties"].(map[string]any); ok {
			v.check(at+"."+name, more, inner)
		} else {
			v.say(at, "%s is in the answer and not in the document", name)
		}
	}
}

// validate checks a body against a schema of the document.
func validate(root any, schema map[string]any, body []byte) []string {
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return []string{err.Error()}
	}
	v := &validator{root: root}
	v.check("answer", schema, value)
	return v.wrong
}
