package door

import (
	"encoding/csv"
	"io"
	"regexp"
	"strconv"
	"strings"

	"commonweal/survey/instrument"
)

// WriteCodeBook writes the instrument as CSV: a row for each option of each
// question, with what it is worth there. Texts are in English and in each
// further language of the instrument.
func WriteCodeBook(w io.Writer, in instrument.Instrument) error {
	if err := in.Check(); err != nil {
		return err
	}
	languages := in.Languages()
	head := []string{"instrument", "version", "question", "concept", "numbers", "group", "scale", "asked_if", "code", "points", "scores"}
	for _, kind := range []string{"label", "stem", "wording", "option"} {
		head = append(head, headings(languages, func(l string) string { return kind + "_" + l })...)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	rows := [][]string{head}
	for _, q := range in.Questions {
		scale, _ := in.Scale(q.Scale)
		for _, o := range scale.Options {
			rows = append(rows, bookRow(in, q, scale, o, languages))
		}
	}
	for _, row := range rows {
		for i, cell := range row {
			row[i] = harmless(cell)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func bookRow(in instrument.Instrument, q instrument.Question, scale instrument.Scale, o instrument.Option, languages []string) []string {
	condition := ""
	if q.Ask != nil {
		codes := make([]string, len(q.Ask.Is))
		for i, c := range q.Ask.Is {
			codes[i] = strconv.Itoa(c)
		}
		condition = q.Ask.Question + " is " + strings.Join(codes, " or ")
	}
	var stem instrument.Text
	for _, g := range in.Groups {
		if g.ID == q.Group {
			stem = g.Stem
		}
	}
	row := []string{
		in.ID, strconv.Itoa(in.Version), q.ID, q.Concept, writeNumbers(q.Numbers), q.Group, scale.ID, condition,
		strconv.Itoa(o.Code), worth(in, q, o), strings.Join(scoresOf(in, q), " "),
	}
	for _, t := range []instrument.Text{q.Label, stem, q.Text, o.Label} {
		row = append(row, texts(t, languages)...)
	}
	return row
}

// worth is what an option is worth in a question, turned round where agreeing
// is the worse answer; nothing where it counts as no answer.
func worth(in instrument.Instrument, q instrument.Question, o instrument.Option) string {
	if o.Points == nil {
		return ""
	}
	low, high, _ := in.Series.Range()
	if q.Reverse {
		return decimal(low + high - *o.Points)
	}
	return decimal(*o.Points)
}

// scoresOf are the scores that a question is a part of.
func scoresOf(in instrument.Instrument, q instrument.Question) []string {
	var list []string
	for _, s := range in.Scores {
		for _, id := range s.Questions {
			if id == q.ID {
				list = append(list, s.ID)
			}
		}
	}
	return list
}

var plainNumber = regexp.MustCompile(`^[+-]?[0-9]+([.,][0-9]+)?$`)

// harmless makes a cell safe to open in a spreadsheet, which would run what
// begins like a formula.
func harmless(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) || plainNumber.MatchString(cell) {
		return cell
	}
	return "'" + cell
}
