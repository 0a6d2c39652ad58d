package door_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"commonweal/survey/instrument"
	"commonweal/survey/instrument/door"
)

// order is that of the schema of DDI-Codebook 2.5 for the elements that are
// written (DDI Alliance, DDI-Codebook 2.5, XML schema).
var order = map[string][]string{
	"codeBook": {"docDscr", "stdyDscr", "fileDscr", "dataDscr"},
	"docDscr":  {"citation"},
	"stdyDscr": {"citation", "stdyInfo", "method"},
	"citation": {"titlStmt", "rspStmt", "prodStmt", "distStmt", "serStmt", "verStmt"},
	"titlStmt": {"titl", "subTitl", "altTitl", "parTitl", "IDNo"},
	"dataDscr": {"varGrp", "nCubeGrp", "var", "nCube", "notes"},
	"varGrp":   {"labl", "txt", "concept", "defntn", "universe", "notes"},
	"var":      {"location", "labl", "qstn", "valrng", "invalrng", "universe", "txt", "catgry", "codInstr", "concept", "derivation", "varFormat", "notes"},
	"qstn":     {"preQTxt", "qstnLit", "postQTxt"},
	"catgry":   {"catValu", "labl", "txt"},
}

// Every shipped instrument goes out as DDI whose elements stand where the
// schema wants them, whose IDs are unique and whose references exist.
func TestWriteDDI_Structure(t *testing.T) {
	for _, in := range shipped(t) {
		var b bytes.Buffer
		if err := door.WriteDDI(&b, in); err != nil {
			t.Fatal(err)
		}
		ids, refs, vars := map[string]bool{}, []string{}, 0
		var open []string
		last := map[int]int{}
		d := xml.NewDecoder(&b)
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", in.ID, err)
			}
			switch token := token.(type) {
			case xml.StartElement:
				if token.Name.Space != "ddi:codebook:2_5" {
					t.Fatalf("%s: <%s> is in the space %q", in.ID, token.Name.Local, token.Name.Space)
				}
				if len(open) > 0 {
					if allowed, ok := order[open[len(open)-1]]; ok {
						at := slices.Index(allowed, token.Name.Local)
						if at < last[len(open)] {
							t.Errorf("%s: <%s> stands wrongly in <%s>", in.ID, token.Name.Local, open[len(open)-1])
						}
						last[len(open)] = at
					}
				}
				open = append(open, token.Name.Local)
				last[len(open)] = 0
				if token.Name.Local == "var" {
					vars++
				}
				for _, a := range token.Attr {
					switch a.Name.Local {
					case "ID":
						if ids[a.Value] {
							t.Errorf("%s: the ID %s stands twice", in.ID, a.Value)
						}
						ids[a.Value] = true
					case "var":
						refs = append(refs, strings.Fields(a.Value)...)
					}
				}
			case xml.EndElement:
				open = open[:len(open)-1]
			}
		}
		for _, r := range refs {
			if !ids[r] {
				t.Errorf("%s: nothing has the ID %s", in.ID, r)
			}
		}
		if vars != len(in.Questions)+len(in.Scores) {
			t.Errorf("%s: %d variables", in.ID, vars)
		}
	}
}

// The code book has a row for each option of each question, what it is worth
// there, and nothing that a spreadsheet would run.
func TestWriteCodeBook(t *testing.T) {
	in := load(t, instrument.MutualCulture)
	in.Questions[0].Label = instrument.Text{"en": "=1+1", "cy": "@"}
	var b bytes.Buffer
	if err := door.WriteCodeBook(&b, in); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 1+12*5 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	at := func(row []string, head string) string { return row[slices.Index(rows[0], head)] }
	first, reversed := rows[1], rows[4*5]
	if at(first, "label_en") != "'=1+1" || at(first, "label_cy") != "'@" || at(first, "points") != "0" || at(first, "scores") != "C_1" || at(first, "option_cy") != "Anghytuno'n gryf" {
		t.Errorf("%q", first)
	}
	if at(reversed, "question") != "stake_only_job" || at(reversed, "code") != "5" || at(reversed, "points") != "0" {
		t.Errorf("agreeing that it is only a job is worth %q: %q", at(reversed, "points"), reversed)
	}
}

// Labels stand in quotes that cannot be broken out of, in short lines, and no
// longer than SPSS takes them.
func TestWriteSPSS(t *testing.T) {
	for _, in := range shipped(t) {
		in.Questions[0].Text = instrument.Text{}
		for _, l := range in.Languages() {
			in.Questions[0].Text[l] = "It's 'so' " + strings.Repeat("é", 400)
		}
		var b bytes.Buffer
		if err := door.WriteSPSS(&b, in); err != nil {
			t.Fatal(err)
		}
		if !utf8.Valid(b.Bytes()) {
			t.Errorf("%s: a character was cut in two", in.ID)
		}
		quotes := 0
		for line := range strings.Lines(b.String()) {
			if len(line) > 250 {
				t.Errorf("%s: a line of %d bytes: %s", in.ID, len(line), line)
			}
			if !strings.HasPrefix(line, "*") {
				quotes += strings.Count(line, "'")
			}
		}
		if quotes%2 != 0 {
			t.Errorf("%s: %d quotes", in.ID, quotes)
		}
		if !strings.Contains(b.String(), "It''s ''so'' é") {
			t.Errorf("%s: quotes are not doubled", in.ID)
		}
	}
}

// Patients' tests go out as a Questionnaire, what staff answer does not.
func TestWriteFHIR(t *testing.T) {
	for _, in := range shipped(t) {
		var b bytes.Buffer
		err := door.WriteFHIR(&b, in)
		if !strings.HasPrefix(in.ID, "nhs-patient") {
			if err == nil || !strings.Contains(err.Error(), "what staff answer must not be") || b.Len() > 0 {
				t.Errorf("%s: %v", in.ID, err)
			}
			continue
		}
		var q struct {
			ResourceType, Status, Name string
			Item                       []struct {
				LinkID, Type string
				AnswerOption []struct {
					ValueCoding struct{ System, Code, Display string }
				}
			}
		}
		if err := json.Unmarshal(b.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		if q.ResourceType != "Questionnaire" || q.Status != "active" || len(q.Item) != 1 || q.Item[0].Type != "choice" || len(q.Item[0].AnswerOption) != 6 {
			t.Errorf("%s: %+v", in.ID, q)
		}
		if in.ID == instrument.PatientFriends2020 && (q.Name != "NhsPatientFft2020" || q.Item[0].AnswerOption[5].ValueCoding.Display != "Don't know") {
			t.Errorf("%+v", q)
		}
	}
}

// What does not hold together goes out of no door.
func TestWriters_Refuse(t *testing.T) {
	in := load(t, instrument.PatientFriends2020)
	in.Version = 0
	for name, write := range map[string]func(io.Writer, instrument.Instrument) error{
		"XLSForm": door.WriteXLSForm, "DDI": door.WriteDDI, "CSV": door.WriteCodeBook, "SPSS": door.WriteSPSS, "FHIR": door.WriteFHIR,
	} {
		var b bytes.Buffer
		if err := write(&b, in); err == nil || b.Len() > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
