package web

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
)

// pageParams are the parameters of every list that comes in pages.
type pageParams struct {
	Limit  int    `query:"limit" min:"1" max:"500" default:"100" doc:"How many items to give at most."`
	Cursor string `query:"cursor" max:"1000" doc:"Where to go on: next of the page before. Leave it out for the first page."`
}

// list is a part of a list. It has a stable order: what was added or removed
// meanwhile moves nothing that was there.
type list[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"The cursor of the next page. It is left out on the last one."`
}

// pageOf cuts a page out of a whole list. key gives each item a place of its own
// in the order of text; the cursor is the key of the last item that was given.
func pageOf[T any](p pageParams, name string, all []T, key func(T) string) (list[T], error) {
	after, err := openCursor(name, p.Cursor)
	if err != nil {
		return list[T]{}, err
	}
	sorted := make([]placed[T], len(all))
	for i, item := range all {
		sorted[i] = placed[T]{key(item), item}
	}
	slices.SortStableFunc(sorted, func(a, b placed[T]) int { return strings.Compare(a.place, b.place) })
	if p.Cursor != "" {
		first := slices.IndexFunc(sorted, func(x placed[T]) bool { return x.place > after })
		if first < 0 {
			first = len(sorted)
		}
		sorted = sorted[first:]
	}
	var out list[T]
	for i, x := range sorted {
		if i == p.Limit {
			out.Next = makeCursor(name, sorted[i-1].place)
			break
		}
		out.Items = append(out.Items, x.item)
	}
	return out, nil
}

// placed is an item with its place in the order.
type placed[T any] struct {
	place string
	item  T
}

// makeCursor hides the place in a list, so that nobody builds on its form. The
// name of the list is in it: a cursor of another list is a mistake.
func makeCursor(name, place string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(name + "\n" + place))
}

func openCursor(name, cursor string) (string, error) {
	if cursor == "" {
		return "", nil
	}
	data, err := base64.RawURLEncoding.DecodeString(cursor)
	place, ok := strings.CutPrefix(string(data), name+"\n")
	if err != nil || !ok {
		return "", errCursor()
	}
	return place, nil
}

func errCursor() error {
	return misread("cursor", "Take it from next of the page before, unchanged.", "The cursor is not one of this list.")
}

// inOrder writes a number so that numbers sort as text.
func inOrder(n int64) string { return fmt.Sprintf("%020d", n) }
