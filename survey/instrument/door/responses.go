package door

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"commonweal/survey/instrument"
)

// Response is one row of a file of answers.
type Response struct {
	Row int // the line of the file it begins on, the heading being line 1
	// Answers are the codes of the options in the order of the instrument's
	// questions, and nought where there is no answer. The next row uses the
	// same memory.
	Answers []uint8
	// Others are the cells of the columns that were asked for besides.
	Others []string
}

// ReadResponses reads answers to an instrument from CSV: a heading with a
// column for each question, called by its ID in capitals or not, then one row
// a person with the codes of the options, and empty cells where there is no
// answer. The columns named in others are handed on as they stand.
//
// It gives each row to each in turn. A missing column, a code that is no
// option, a row of another length and an empty file are a [Trouble], all told
// together at the end. After the first no more rows are given out, and those
// given out before it count for nothing. An error of each ends the reading.
//
// Columns that nobody asked for are passed over and named in unused.
func ReadResponses(r io.Reader, in instrument.Instrument, others []string, each func(Response) error) (unused []string, err error) {
	f := responses{in: in, others: others, r: csv.NewReader(bufio.NewReader(r))}
	f.r.FieldsPerRecord, f.r.ReuseRecord = -1, true
	if !f.head() {
		return nil, f.bad.err()
	}
	for {
		record, err := f.r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			f.bad.add(unreadable(err))
			break
		}
		line, _ := f.r.FieldPos(0)
		f.rows++
		response, ok := f.response(line, record)
		if !ok || len(f.bad.list) > 0 {
			continue
		}
		if err := each(response); err != nil {
			return nil, err
		}
	}
	if f.rows == 0 && len(f.bad.list) == 0 {
		f.bad.add(Trouble{Why: "there are no answers under the heading", Remedy: "give one row a person"})
	}
	return f.unused, f.bad.err()
}

type responses struct {
	in      instrument.Instrument
	others  []string
	r       *csv.Reader
	rows    int
	columns int
	at      []int // the column of each question
	also    []int // and of each of the others
	valid   [][]bool
	answers []uint8
	unused  []string
	bad     troubles
}

func unreadable(err error) Trouble {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return Trouble{Row: parse.Line, Field: fmt.Sprintf("character %d", parse.Column), Why: parse.Err.Error(), Remedy: "save the file again as CSV, with commas and with quotes in pairs"}
	}
	return Trouble{Why: "the file cannot be read: " + err.Error(), Remedy: "try again"}
}

// head reads the heading and finds the columns.
func (f *responses) head() bool {
	record, err := f.r.Read()
	if errors.Is(err, io.EOF) {
		f.bad.add(Trouble{Why: "the file is empty", Remedy: "give a heading with the questions' columns and one row a person"})
		return false
	}
	if err != nil {
		f.bad.add(unreadable(err))
		return false
	}
	if !utf8.ValidString(strings.Join(record, "")) {
		f.bad.add(Trouble{Row: 1, Why: "the file is not UTF-8 text", Remedy: "save it as CSV UTF-8"})
		return false
	}
	heads := make([]string, len(record))
	for i, h := range record {
		heads[i] = strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))
	}
	if len(heads) == 1 && len(f.in.Questions) > 1 && strings.ContainsAny(heads[0], ";\t") {
		f.bad.add(Trouble{Row: 1, Why: "the columns are parted by semicolons or tabs", Remedy: "save the file with commas"})
		return false
	}
	f.columns = len(heads)
	used := f.find(heads)
	for i, h := range heads {
		if !used[i] && h != "" {
			f.unused = append(f.unused, h)
		}
	}
	return len(f.bad.list) == 0
}

func (f *responses) find(heads []string) (used []bool) {
	used = make([]bool, len(heads))
	column := func(name, remedy string, same func(a, b string) bool) int {
		found := -1
		for i, h := range heads {
			if !same(h, name) {
				continue
			}
			if found >= 0 {
				f.bad.add(Trouble{Row: 1, Field: name, Why: "the column stands twice", Remedy: "take one of the two out"})
			}
			found, used[i] = i, true
		}
		if found < 0 {
			f.bad.add(Trouble{Row: 1, Field: name, Why: "there is no such column", Remedy: remedy})
		}
		return found
	}
	for _, q := range f.in.Questions {
		remedy := "add the column, empty if it was not asked, or name the instrument that the file answers"
		f.at = append(f.at, column(q.ID, remedy, strings.EqualFold))
		scale, _ := f.in.Scale(q.Scale)
		valid := make([]bool, 256)
		for _, o := range scale.Options {
			valid[o.Code] = true
		}
		f.valid = append(f.valid, valid)
	}
	for _, name := range f.others {
		f.also = append(f.also, column(name, "name a column of the file", func(a, b string) bool { return a == b }))
	}
	f.answers = make([]uint8, len(f.in.Questions))
	return used
}

func (f *responses) response(line int, record []string) (Response, bool) {
	if n := len(record); n != f.columns {
		f.bad.add(Trouble{Row: line, Why: fmt.Sprintf("the row has %d cells and the heading %d", n, f.columns), Remedy: "give every row as many cells as the heading, empty where there is no answer"})
		return Response{}, false
	}
	ok := true
	for i, at := range f.at {
		cell := strings.TrimSpace(record[at])
		f.answers[i] = 0
		if cell == "" {
			continue
		}
		code, err := strconv.ParseUint(cell, 10, 8)
		if err != nil || !f.valid[i][code] {
			q := f.in.Questions[i]
			f.bad.add(Trouble{Row: line, Field: q.ID, Why: fmt.Sprintf("%q is not the code of an option", short(cell)), Remedy: "write one of " + f.codes(q) + ", or leave the cell empty"})
			ok = false
			continue
		}
		f.answers[i] = uint8(code)
	}
	others := make([]string, len(f.also))
	for i, at := range f.also {
		others[i] = strings.TrimSpace(record[at])
		if !utf8.ValidString(others[i]) {
			f.bad.add(Trouble{Row: line, Field: f.others[i], Why: "the text is not UTF-8", Remedy: "save the file as CSV UTF-8"})
			ok = false
		}
	}
	return Response{Row: line, Answers: f.answers, Others: others}, ok
}

// codes lists the codes of a question's options, in order.
func (f *responses) codes(q instrument.Question) string {
	scale, _ := f.in.Scale(q.Scale)
	var codes []int
	for _, o := range scale.Options {
		codes = append(codes, o.Code)
	}
	slices.Sort(codes)
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = strconv.Itoa(c)
	}
	return strings.Join(words, ", ")
}

// short keeps a cell from filling the screen, or from showing what somebody
// wrote into it.
func short(cell string) string {
	const most = 12
	if runes := []rune(cell); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return cell
}
