package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"commonweal/law"
)

// order is something like what operations take.
type order struct {
	Person   uuid                       `json:"person"`
	Day      law.Date                   `json:"day,omitzero"`
	Quantity int                        `json:"quantity" min:"1" max:"1000"`
	Form     law.FormID                 `json:"form,omitempty"`
	Reason   string                     `json:"reason,omitempty" max:"10"`
	Lines    []orderLine                `json:"lines,omitempty" max:"2"`
	Facts    map[string]json.RawMessage `json:"facts,omitempty"`
	Paid     bool                       `json:"paid,omitempty"`
}

type orderLine struct {
	Text string `json:"text" max:"5"`
}

const somebody = `"person":"0193a6f2-7c1e-7d3a-9b57-0a8c4c2f1e60"`

func TestDecodeStrict(t *testing.T) {
	for name, c := range map[string]struct {
		why, body, field string // field is where it is wrong; "ok" where it is not
	}{
		"whole":               {"everything said as it should be", `{` + somebody + `,"day":"2026-11-27","quantity":2,"form":"cic-shares","lines":[{"text":"a"}],"facts":{"x":[1,{"y":null}]},"paid":true}`, "ok"},
		"least":               {"what may be left out is", `{` + somebody + `,"quantity":1}`, "ok"},
		"unknown field":       {"a misspelt field is a missing one", `{` + somebody + `,"quantity":1,"reasen":"x"}`, "reasen"},
		"other capitals":      {"encoding/json would take it for quantity", `{` + somebody + `,"Quantity":1}`, "Quantity"},
		"twice":               {"which of the two is meant", `{` + somebody + `,"quantity":1,"quantity":2}`, "quantity"},
		"missing":             {"nought is not what was meant", `{` + somebody + `}`, "quantity"},
		"null":                {"null is not nought", `{` + somebody + `,"quantity":null}`, "quantity"},
		"a text for a number": {"a spreadsheet's habit", `{` + somebody + `,"quantity":"2"}`, "quantity"},
		"a fraction":          {"shares are whole", `{` + somebody + `,"quantity":1.5}`, "quantity"},
		"an exponent":         {"1e2 is whole to some and not to others", `{` + somebody + `,"quantity":1e2}`, "quantity"},
		"too much":            {"above the bound", `{` + somebody + `,"quantity":1001}`, "quantity"},
		"too large to hold":   {"it must not wrap round", `{` + somebody + `,"quantity":18446744073709551617}`, "quantity"},
		"no such day":         {"no day is guessed", `{` + somebody + `,"quantity":1,"day":"2026-02-30"}`, "day"},
		"an empty day":        {"leave it out instead", `{` + somebody + `,"quantity":1,"day":""}`, "day"},
		"no uuid":             {"a name is no id", `{"person":"Huw","quantity":1}`, "person"},
		"no such form":        {"a closed list", `{` + somebody + `,"quantity":1,"form":"guild"}`, "form"},
		"too long":            {"what is stored has bounds", `{` + somebody + `,"quantity":1,"reason":"eleven long"}`, "reason"},
		"inside a list":       {"the place is named", `{` + somebody + `,"quantity":1,"lines":[{"text":"a"},{"text":7}]}`, "lines[1].text"},
		"too many":            {"lists have bounds too", `{` + somebody + `,"quantity":1,"lines":[{"text":"a"},{"text":"b"},{"text":"c"}]}`, "lines"},
		"twice inside":        {"also where anything may be", `{` + somebody + `,"quantity":1,"facts":{"x":{"y":1,"y":2}}}`, "facts.x.y"},
		"a list":              {"one object is read", `[]`, ""},
		"after the end":       {"two requests in one", `{` + somebody + `,"quantity":1}{}`, ""},
		"cut off":             {"half a request", `{` + somebody + `,"quantity":`, "quantity"},
		"nothing":             {"an empty body", ``, ""},
		"not JSON":            {"a form", `quantity=1`, ""},
		"not UTF-8":           {"it would be stored as something else", "{\"person\":\"\xff\"}", ""},
		"very deep":           {"it must not exhaust the stack", `{"facts":{"x":` + strings.Repeat("[", 100_000), "facts.x"},
	} {
		t.Run(name, func(t *testing.T) {
			var into order
			err := decodeStrict([]byte(c.body), &into)
			if c.field == "ok" {
				if err != nil || into.Quantity == 0 {
					t.Errorf("%s: %v", c.why, err)
				}
				return
			}
			var own *apiError
			if !errors.As(err, &own) || own.status != http.StatusUnprocessableEntity || own.problem.Field != c.field {
				t.Errorf("%s: got %+v, want a refusal about %q", c.why, err, c.field)
			} else if own.problem.Remedy == "" || !strings.HasSuffix(own.problem.Message, ".") {
				t.Errorf("%s: no remedy or no sentence: %+v", c.why, own.problem)
			}
		})
	}
}

// Whatever the strict reader lets through, encoding/json takes too and gives
// back the same: the two never understand a body differently.
func FuzzDecodeStrict(f *testing.F) {
	f.Add(`{` + somebody + `,"quantity":1}`)
	f.Add(`{` + somebody + `,"day":"2026-11-27","quantity":2,"lines":[{"text":"a"}],"facts":{"x":[1,{"y":null}]},"paid":true}`)
	f.Add(`{"quantity":null}`)
	f.Fuzz(func(t *testing.T, body string) {
		var into order
		if err := decodeStrict([]byte(body), &into); err != nil {
			var own *apiError
			if !errors.As(err, &own) || strings.Contains(own.problem.Message, "cannot be read:") {
				t.Fatalf("%q: %v", body, err)
			}
			return
		}
		if into.Person == "" || into.Quantity < 1 || into.Quantity > 1000 || len(into.Lines) > 2 || into.Form != "" && valuesOf(reflect.TypeFor[law.FormID]()) == nil {
			t.Fatalf("%q was let through as %+v", body, into)
		}
		again, err := json.Marshal(into)
		if err != nil {
			t.Fatal(err)
		}
		var second order
		if err := decodeStrict(again, &second); err != nil {
			t.Fatalf("%q came out as %q, which is refused: %v", body, again, err)
		}
	})
}

// The reader of parameters never panics and never lets through what is outside
// its bounds.
func FuzzReadParams(f *testing.F) {
	f.Add("limit=3&on=2026-11-19")
	f.Add("limit=3&limit=4")
	f.Add("%zz")
	f.Fuzz(func(t *testing.T, query string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.RawQuery = query
		var p officersParams
		if err := (&visit{r: r}).readParams(&p); err == nil && (p.Limit < 1 || p.Limit > 500 || len(p.Cursor) > 4000) {
			t.Fatalf("%q gave %+v", query, p)
		}
	})
}

// Pages put together are the whole list, in one order, whatever comes or goes
// meanwhile.
func TestPagesAreTheWholeList(t *testing.T) {
	all := []string{"c", "a", "e", "b", "d"}
	same := func(s string) string { return s }
	var got []string
	p := pageParams{Limit: 2}
	for range 10 {
		page, err := pageOf(p, "letters", all, same)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, page.Items...)
		if page.Next == "" {
			break
		}
		p.Cursor = page.Next
		all = append(all, "aa") // comes before what was given already
	}
	if strings.Join(got, "") != "abcde" {
		t.Errorf("got %v", got)
	}
	if _, err := pageOf(pageParams{Limit: 2, Cursor: p.Cursor}, "numbers", all, same); err == nil {
		t.Error("a cursor of another list was taken")
	}
}
