package answers

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"commonweal/internal/base/fault"
)

// ReadSheet reads a sheet in JSON and reads no more than [MaxSheet] bytes of it.
func ReadSheet(r io.Reader) (Sheet, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxSheet+1))
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return Sheet{}, fault.Errorf(fault.Invalid, "the sheet of answers did not arrive whole: send it again")
	case err != nil:
		return Sheet{}, err
	case len(text) > MaxSheet:
		return Sheet{}, fault.Errorf(fault.Invalid, "the sheet of answers is larger than %d bytes: a comment may have %d characters", MaxSheet, MaxComment)
	}
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.DisallowUnknownFields()
	var sheet Sheet
	if err := d.Decode(&sheet); err != nil {
		return Sheet{}, fault.Wrap(fault.Invalid, err, "the sheet of answers cannot be read")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Sheet{}, fault.Errorf(fault.Invalid, "something stands after the sheet of answers")
	}
	return sheet, nil
}

// Routed clears the answers to questions that are not put to somebody with these
// answers. Forms use it before Take, which refuses such answers.
func Routed(t Terms, codes Codes) (Codes, error) {
	a, err := read(t)
	if err != nil {
		return nil, err
	}
	if len(codes) != len(a.in.Questions) {
		return nil, fault.Errorf(fault.Invalid, "%d answers to %d questions", len(codes), len(a.in.Questions))
	}
	out := append(Codes(nil), codes...)
	// A question cleared may be what another hangs on, in whatever order they stand.
	for range out {
		changed := false
		for i := range out {
			if out[i] != 0 && !a.put(out, i) {
				out[i], changed = 0, true
			}
		}
		if !changed {
			break
		}
	}
	return out, nil
}

// put says whether a question is put to somebody with these answers.
func (a *asked) put(codes Codes, question int) bool {
	r := a.routes[question]
	return r.of < 0 || r.put[codes[r.of]]
}

// check finds a sheet good, or says what of it is not, and gives the ballot it is, with
// the comment tidied.
func (a *asked) check(sheet Sheet) (ballot, error) {
	if len(sheet.Answers) != len(a.in.Questions) {
		return ballot{}, fault.Fieldf("answers", "%d answers to %d questions: the sheet did not arrive whole", len(sheet.Answers), len(a.in.Questions))
	}
	given := 0
	for i, code := range sheet.Answers {
		q := a.in.Questions[i]
		switch {
		case code == 0:
			continue
		case !a.options[i][code]:
			return ballot{}, fault.Fieldf(q.ID, "question %s has no option %d", q.ID, code)
		case !a.put(sheet.Answers, i):
			return ballot{}, fault.Fieldf(q.ID, "question %s is not put to whoever answers %s so", q.ID, q.Ask.Question)
		}
		given++
	}
	comment, err := a.comment(sheet.Comment)
	if err != nil {
		return ballot{}, err
	}
	if given == 0 && comment == "" {
		return ballot{}, fault.Fieldf("answers", "no question is answered")
	}
	if _, ok := a.units[sheet.Unit]; sheet.Unit != "" && !ok {
		return ballot{}, fault.Fieldf("unit", "the survey has no team %q", short(sheet.Unit))
	}
	if sheet.Group != "" && !a.groups[sheet.Group] {
		return ballot{}, fault.Fieldf("group", "the survey has no staff group %q", short(sheet.Group))
	}
	return ballot{Codes: sheet.Answers, Unit: sheet.Unit, Group: sheet.Group, Comment: comment}, nil
}

// comment tidies what was written: one kind of line end, no blanks around it.
func (a *asked) comment(text string) (string, error) {
	if len(text) > MaxSheet {
		return "", fault.Fieldf("comment", "the comment has %d bytes; %d characters may be written", len(text), MaxComment)
	}
	if !utf8.ValidString(text) {
		return "", fault.Fieldf("comment", "the comment is not text")
	}
	text = strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text))
	if text == "" {
		return "", nil
	}
	if !a.terms.Comments {
		return "", fault.Fieldf("comment", "this survey asks for no comment")
	}
	if n := utf8.RuneCountInString(text); n > MaxComment {
		return "", fault.Fieldf("comment", "the comment has %d characters; %d may be written", n, MaxComment)
	}
	if len(text) > maxCommentBytes {
		return "", fault.Fieldf("comment", "the comment takes %d bytes in its script; there is room for %d", len(text), maxCommentBytes)
	}
	for _, r := range text {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return "", fault.Fieldf("comment", "the comment has a character that is not text")
		}
	}
	return text, nil
}

// short keeps what somebody sent out of long messages.
func short(text string) string {
	const most = 40
	if len(text) > most {
		return text[:most] + "..."
	}
	return text
}
