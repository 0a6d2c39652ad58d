package house

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/survey/instrument/door"
	"commonweal/survey/score"
)

// ImportWave brings in a survey that somebody else asked, with its answers, and returns
// its id. One answer each cannot be shown of it, and every page says so. After a crash in
// between, the same answers given again with the code of the wave finish it. It is the
// engagement lead's.
func (h *House) ImportWave(ctx context.Context, actor, org string, b wave.BroughtIn, sheets []answers.Sheet) (string, error) {
	if err := h.answerSide(); err != nil {
		return "", err
	}
	b.Answers = len(sheets)
	for i, s := range sheets {
		if s.Token != "" || s.Serial != "" {
			return "", fault.Errorf(fault.Invalid, "answer %d has a pass: a survey that was brought in has none", i+1)
		}
	}
	w, err := h.Waves.ByCode(ctx, org, b.Code)
	switch {
	case fault.Is(err, fault.NotFound):
		if err := checkImport(b, sheets); err != nil {
			return "", err
		}
		id, err := h.Waves.Bring(ctx, actor, org, b)
		if err != nil {
			return "", err
		}
		if w, err = h.Waves.Wave(ctx, org, id); err != nil {
			return "", err
		}
	case err != nil:
		return "", err
	case !w.BroughtIn() || w.Answers != len(sheets):
		return "", fault.Fieldf("code", "there is a survey with the code %q already", b.Code)
	}
	t, err := terms(w)
	if err != nil {
		return "", err
	}
	if err := h.Answers.Publish(ctx, t); err != nil {
		return "", err
	}
	return w.ID, h.Answers.Import(ctx, w.ID, sheets)
}

// checkImport looks at every answer before anything is recorded.
func checkImport(b wave.BroughtIn, sheets []answers.Sheet) error {
	scorer, err := score.New(b.Instrument)
	if err != nil {
		return fault.Fieldf("instrument", "%v", err)
	}
	units, groups := map[string]bool{"": true}, map[string]bool{"": true}
	for _, u := range b.Units {
		units[u.Code] = u.Level != wave.Organisation
	}
	for _, g := range b.Groups {
		groups[g.Code] = true
	}
	for i, s := range sheets {
		_, err := scorer.Items(s.Answers)
		switch {
		case err != nil:
			return fault.Wrap(fault.Invalid, err, "answer %d: %v", i+1, err)
		case !units[s.Unit]:
			return fault.Errorf(fault.Invalid, "answer %d: there is no team %.60q", i+1, s.Unit)
		case !groups[s.Group]:
			return fault.Errorf(fault.Invalid, "answer %d: there is no staff group %.60q", i+1, s.Group)
		case s.Comment != "" && !b.Comments:
			return fault.Errorf(fault.Invalid, "answer %d has a comment, and the survey is brought in without comments", i+1)
		case utf8.RuneCountInString(s.Comment) > answers.MaxComment:
			return fault.Errorf(fault.Invalid, "answer %d: a comment has more than %d characters", i+1, answers.MaxComment)
		case s.Comment == "" && !slices.ContainsFunc(s.Answers, func(code uint8) bool { return code != 0 }):
			return fault.Errorf(fault.Invalid, "answer %d is empty", i+1)
		}
	}
	return nil
}

// The columns of a file of answers beside those of the questions.
const (
	columnUnit    = "unit"
	columnGroup   = "staff_group"
	columnComment = "comment"
)

// ReadAnswers reads the answers of a survey that somebody else asked from CSV: a column
// for each question, unit (a team's or directorate's code or name), staff_group, and with
// comments a column comment. Empty cells are not said. It gives the staff groups that it
// finds; what is wrong is told all together, each with row, column and remedy.
func ReadAnswers(r io.Reader, b wave.BroughtIn) ([]answers.Sheet, []wave.Group, error) {
	units := map[string]string{"": ""}
	for _, u := range b.Units {
		if u.Level != wave.Organisation {
			units[strings.ToLower(u.Name)], units[strings.ToLower(u.Code)] = u.Code, u.Code
		}
	}
	others := []string{columnUnit, columnGroup}
	if b.Comments {
		others = append(others, columnComment)
	}
	var sheets []answers.Sheet
	var said []string
	_, err := door.ReadResponses(r, b.Instrument, others, func(row door.Response) error {
		s := answers.Sheet{Answers: slices.Clone(row.Answers)}
		unit := strings.ToLower(strings.Join(strings.Fields(row.Others[0]), " "))
		code, ok := units[unit]
		if !ok {
			return fault.Wrap(fault.Invalid, door.Trouble{
				Row: row.Row, Field: columnUnit, Why: "there is no team " + strconv.Quote(row.Others[0]), Remedy: "give it a rule in the file of teams, or leave the cell empty",
			}, "row %d: there is no team %.60q: give it a rule in the file of teams, or leave the cell empty", row.Row, row.Others[0])
		}
		s.Unit = code
		said = append(said, row.Others[1])
		if b.Comments {
			s.Comment = row.Others[2]
		}
		if s.Comment == "" && !slices.ContainsFunc(s.Answers, func(code uint8) bool { return code != 0 }) {
			said = said[:len(said)-1]
			return nil // an empty row is nobody
		}
		sheets = append(sheets, s)
		return nil
	})
	if err != nil {
		if fault.Is(err, fault.Invalid) {
			return nil, nil, err
		}
		return nil, nil, fault.Wrap(fault.Invalid, err, "the answers cannot be read")
	}
	groups, code := wave.GroupsOf(said)
	for i := range sheets {
		sheets[i].Group = code(said[i])
	}
	return sheets, groups, nil
}
