package web

import (
	"encoding"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"commonweal/internal/web/page"
	"commonweal/law"
)

// Every list of the pages can be kept as a file, as CSV or JSON. Lists that pages
// lay out in a way of their own have files of their own (lines, below); for the
// others the file is what the programming interface gives, whole.

// listFiles are the addresses of those files, with the operation that each holds.
var listFiles = map[string]string{
	"/officers": "listOfficers", "/applications": "listApplications", "/classes": "listClasses", "/inspections": "listInspections", "/law": "listRules",
	"/notices": "listMyMessages", "/notices/delivery": "listUndelivered", "/notices/letters": "listLetters", "/shares/certificates": "listCertificates",
	"/shares/classes": "listShareClasses", "/shares/leaving": "listSharesToCancel", "/shares/payments": "listSharesToPay", "/staff/imports": "listStaffImports",
	"/stakes": "listStakes", "/venture/matters": "listReservedMatters", "/venture/parents": "listParents",
}

// listFileRoutes are the routes of those files.
func (s *Server) listFileRoutes() []route {
	var out []route
	for _, o := range operations() {
		for path, id := range listFiles {
			if id != o.id {
				continue
			}
			serve := func(v *visit) error { return v.sendList(path, o) }
			for _, ending := range []string{".csv", ".json"} {
				out = append(out, route{pattern: http.MethodGet + " " + path + ending, action: o.action, own: o.action.IsOwn(), serve: serve})
			}
		}
	}
	return out
}

// files are the addresses of a list's files as of a day, for those who may have
// them. what says what one downloads: "the certificates".
func (v *visit) files(path, what string, day law.Date) page.Files {
	for _, o := range operations() {
		if o.id == listFiles[path] && v.can(o.action) {
			return page.Files{What: what, CSV: path + ".csv" + v.on(day), JSON: path + ".json" + v.on(day)}
		}
	}
	return page.Files{}
}

// wholeList is an answer that is a list of things.
type wholeList interface{ everything() reflect.Value }

func (l list[T]) everything() reflect.Value { return reflect.ValueOf(l.Items) }

func (l toCancelJSON) everything() reflect.Value { return reflect.ValueOf(l.Items) }

// sendList answers with all items of an operation as a file.
func (v *visit) sendList(path string, o operation) error {
	answer, err := o.whole(v)
	if err != nil {
		return err
	}
	l, ok := answer.(wholeList)
	if !ok {
		return fmt.Errorf("%s is no list", o.id)
	}
	items := reflect.New(l.everything().Type()).Elem()
	items.Set(l.everything())
	fillLists(items)
	name := strings.ReplaceAll(strings.TrimPrefix(path, "/"), "/", "-") + "-" + v.org.ID + "-" + v.today().String()
	if v.wantsJSON() {
		return v.sendJSON(name, items.Interface())
	}
	columns := columnsOf(items.Type().Elem(), nil, "")
	heads := make([]string, len(columns))
	for i, c := range columns {
		heads[i] = c.head
	}
	out := newSheet(heads...)
	for i := range items.Len() {
		cells := make([]string, len(columns))
		for j, c := range columns {
			cells[j] = cellOf(items.Index(i), c.index)
		}
		out.add(cells...)
	}
	return v.sendCSV(name, out)
}

// column is one field of an item, or of what the item holds.
type column struct {
	head  string
	index []int
}

// columnsOf are the columns of a list of items, in the order of their fields. An
// object within an item has a column for each of its fields.
func columnsOf(t reflect.Type, above []int, before string) []column {
	var out []column
	for _, f := range fieldsOf(t) {
		index := append(append([]int{}, above...), f.index...)
		words := strings.ReplaceAll(f.name, "_", " ")
		if f.typ.Kind() == reflect.Struct && !isText(f.typ) {
			out = append(out, columnsOf(f.typ, index, before+words+" ")...)
			continue
		}
		out = append(out, column{page.Begin(before + words), index})
	}
	return out
}

// cellOf writes the field of an item.
func cellOf(item reflect.Value, index []int) string { return cellText(item.FieldByIndex(index)) }

func cellText(v reflect.Value) string {
	if text, ok := v.Interface().(encoding.TextMarshaler); ok {
		if v.IsZero() {
			return ""
		}
		b, err := text.MarshalText()
		if err != nil {
			return ""
		}
		return string(b)
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Bool:
		if v.Bool() {
			return "yes"
		}
		return "no"
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return cellText(v.Elem())
	case reflect.Slice:
		return joinedCells(v.Len(), "; ", v.Index)
	case reflect.Struct:
		fields := fieldsOf(v.Type())
		return joinedCells(len(fields), ", ", func(i int) reflect.Value { return v.FieldByIndex(fields[i].index) })
	default:
		return ""
	}
}

// joinedCells writes several values into one cell, without those that are empty.
func joinedCells(n int, between string, at func(int) reflect.Value) string {
	var parts []string
	for i := range n {
		if text := cellText(at(i)); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, between)
}

// line is one row of a list with a file of its own: as cells of a spreadsheet, and
// by its JSON tags for a program.
type line interface{ cells() []string }

// sendLines answers with such a list, as the end of the address says. each yields
// the rows and returns what the file is called.
func sendLines[T line](v *visit, heads []string, each func(yield func(T)) (name string, err error)) error {
	lines, csv := []T{}, newSheet(heads...)
	name, err := each(func(l T) {
		lines = append(lines, l)
		csv.add(l.cells()...)
	})
	if err != nil {
		return err
	}
	if v.wantsJSON() {
		return v.sendJSON(name, lines)
	}
	return v.sendCSV(name, csv)
}
