package door

import (
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"commonweal/survey/instrument"
)

// The elements of DDI-Codebook 2.5 that an instrument fills, in the order its
// schema wants them.

type codeBook struct {
	XMLName xml.Name  `xml:"ddi:codebook:2_5 codeBook"`
	Version string    `xml:"version,attr"`
	Lang    string    `xml:"xml:lang,attr"`
	Doc     docDscr   `xml:"docDscr"`
	Study   stdyDscr  `xml:"stdyDscr"`
	Data    *dataDscr `xml:"dataDscr"`
}

type docDscr struct {
	Citation citation `xml:"citation"`
}

type stdyDscr struct {
	Citation citation `xml:"citation"`
	Method   *method  `xml:"method,omitempty"`
}

type citation struct {
	Title    titlStmt  `xml:"titlStmt"`
	Producer *prodStmt `xml:"prodStmt,omitempty"`
	Version  *verStmt  `xml:"verStmt,omitempty"`
}

type titlStmt struct {
	Title    ddiText   `xml:"titl"`
	Parallel []ddiText `xml:"parTitl,omitempty"`
	Number   string    `xml:"IDNo,omitempty"`
}

type prodStmt struct {
	Software string `xml:"software"`
}

type verStmt struct {
	Version string `xml:"version"`
}

type method struct {
	DataCollection struct {
		Sources struct {
			Source string `xml:"dataSrc"`
		} `xml:"sources"`
	} `xml:"dataColl"`
}

type ddiText struct {
	Lang string `xml:"xml:lang,attr,omitempty"`
	Text string `xml:",chardata"`
}

type dataDscr struct {
	Groups []varGrp `xml:"varGrp"`
	Vars   []ddiVar `xml:"var"`
}

type varGrp struct {
	ID    string    `xml:"ID,attr"`
	Name  string    `xml:"name,attr"`
	Kind  string    `xml:"type,attr"`
	Vars  string    `xml:"var,attr,omitempty"`
	Label []ddiText `xml:"labl"`
	Text  []ddiText `xml:"txt,omitempty"`
	Notes []ddiText `xml:"notes,omitempty"`
}

type ddiVar struct {
	ID       string      `xml:"ID,attr"`
	Name     string      `xml:"name,attr"`
	Interval string      `xml:"intrvl,attr"`
	Nature   string      `xml:"nature,attr,omitempty"`
	Label    []ddiText   `xml:"labl"`
	Question *qstn       `xml:"qstn,omitempty"`
	Universe string      `xml:"universe,omitempty"`
	Category []catgry    `xml:"catgry,omitempty"`
	Concept  string      `xml:"concept,omitempty"`
	Derived  *derivation `xml:"derivation,omitempty"`
	Format   varFormat   `xml:"varFormat"`
	Notes    []ddiText   `xml:"notes,omitempty"`
}

type qstn struct {
	Before  []ddiText `xml:"preQTxt,omitempty"`
	Literal []ddiText `xml:"qstnLit,omitempty"`
}

type catgry struct {
	Value string    `xml:"catValu"`
	Label []ddiText `xml:"labl"`
}

type derivation struct {
	Vars        string `xml:"var,attr"`
	Description string `xml:"drvdesc"`
}

type varFormat struct {
	Type string `xml:"type,attr"`
}

// WriteDDI writes the instrument as DDI-Codebook 2.5, for an archive: a
// variable for each question, with its wording and codes, and one for each
// score, with how it is worked out.
func WriteDDI(w io.Writer, in instrument.Instrument) error {
	hash, err := in.Hash()
	if err != nil {
		return err
	}
	title := titlStmt{Title: ddiText{"en", in.Title["en"]}, Number: "sha256:" + hash}
	for _, l := range in.Languages()[1:] {
		title.Parallel = append(title.Parallel, ddiText{l, in.Title[l]})
	}
	book := codeBook{Version: "2.5", Lang: "en", Data: &dataDscr{}}
	book.Doc.Citation = citation{Title: title, Producer: &prodStmt{"Commonweal"}}
	book.Study.Citation = citation{Title: title, Version: &verStmt{strconv.Itoa(in.Version)}}
	book.Study.Method = &method{}
	book.Study.Method.DataCollection.Sources.Source = in.Source
	for _, g := range in.Groups {
		book.Data.Groups = append(book.Data.Groups, groupOf(in, g))
	}
	for _, q := range in.Questions {
		book.Data.Vars = append(book.Data.Vars, questionVar(in, q))
	}
	for _, s := range in.Scores {
		book.Data.Vars = append(book.Data.Vars, scoreVar(in, s))
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(book); err != nil {
		return fmt.Errorf("instrument %s as DDI: %w", in.ID, err)
	}
	_, err = io.WriteString(w, "\n")
	return err
}

// IDs of the XML document, which are of one kind throughout it.
func questionID(id string) string { return "V_" + id }
func scoreID(id string) string    { return "S_" + id }

func ddiTexts(t instrument.Text) []ddiText {
	list := []ddiText{{"en", t["en"]}}
	for _, l := range slices.Sorted(maps.Keys(t)) {
		if l != "en" {
			list = append(list, ddiText{l, t[l]})
		}
	}
	return list
}

func groupOf(in instrument.Instrument, g instrument.Group) varGrp {
	var vars []string
	for _, q := range in.Questions {
		if q.Group == g.ID {
			vars = append(vars, questionID(q.ID))
		}
	}
	return varGrp{ID: "G_" + g.ID, Name: g.ID, Kind: "section", Vars: strings.Join(vars, " "), Label: ddiTexts(g.Stem)}
}

func questionVar(in instrument.Instrument, q instrument.Question) ddiVar {
	v := ddiVar{
		ID: questionID(q.ID), Name: q.ID, Interval: "discrete", Nature: "nominal",
		Label: ddiTexts(q.Label), Concept: q.Concept, Format: varFormat{"numeric"},
	}
	scale, _ := in.Scale(q.Scale)
	if scale.Kind == instrument.Rating || scale.Kind == instrument.Extent {
		v.Nature = "ordinal"
	}
	if len(q.Text) > 0 {
		v.Question = &qstn{Literal: ddiTexts(q.Text)}
		for _, g := range in.Groups {
			if g.ID == q.Group {
				v.Question.Before = ddiTexts(g.Stem)
			}
		}
	}
	if q.Ask != nil {
		v.Universe = fmt.Sprintf("Those who answered %s with %s", q.Ask.Question, codesOf(q.Ask.Is))
	}
	for _, o := range scale.Options {
		v.Category = append(v.Category, catgry{Value: strconv.Itoa(o.Code), Label: ddiTexts(o.Label)})
	}
	if n := writeNumbers(q.Numbers); n != "" {
		v.Notes = append(v.Notes, ddiText{"en", "Number in the national survey by year: " + n})
	}
	for _, y := range slices.Sorted(maps.Keys(q.Breaks)) {
		v.Notes = append(v.Notes, ddiText{"en", fmt.Sprintf("A new series from %d: %s", y, q.Breaks[y])})
	}
	return v
}

func codesOf(codes []int) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = strconv.Itoa(c)
	}
	return strings.Join(words, " or ")
}

func scoreVar(in instrument.Instrument, s instrument.Score) ddiVar {
	var vars []string
	for _, id := range s.Questions {
		vars = append(vars, questionID(id))
	}
	for _, id := range s.Scores {
		vars = append(vars, scoreID(id))
	}
	return ddiVar{
		ID: scoreID(s.ID), Name: s.ID, Interval: "contin", Nature: "interval", Label: ddiTexts(s.Label),
		Derived: &derivation{strings.Join(vars, " "), scoreRule(in, s)}, Format: varFormat{"numeric"},
	}
}

// scoreRule says in words how a score is worked out.
func scoreRule(in instrument.Instrument, s instrument.Score) string {
	parts := s.Parts()
	rule := fmt.Sprintf("Mean of %s on the scale %s if at least %d of %d have a value.", strings.Join(parts, ", "), in.Series, s.Least, len(parts))
	if s.Level == instrument.OfScores {
		rule = fmt.Sprintf("Of a group only: mean of its %s if at least %d of %d exist.", strings.Join(parts, ", "), s.Least, len(parts))
	}
	if len(s.Worth) > 0 {
		words := make([]string, len(s.Worth))
		for i, w := range s.Worth {
			words[i] = fmt.Sprintf("%d counts %s", w.Code, decimal(w.Points))
		}
		rule += " Here " + strings.Join(words, ", ") + "; other codes count as no answer."
		return rule
	}
	for _, id := range s.Questions {
		q, _ := in.Question(id)
		scale, _ := in.Scale(q.Scale)
		var words []string
		for _, o := range scale.Options {
			if v := worth(in, q, o); v != "" {
				words = append(words, fmt.Sprintf("%d counts %s", o.Code, v))
			}
		}
		rule += fmt.Sprintf(" %s: %s.", id, strings.Join(words, ", "))
		if q.Ask != nil {
			for _, o := range q.Ask.Otherwise {
				rule += fmt.Sprintf(" Whoever answered %s with %d has %s.", q.Ask.Question, o.Code, decimal(o.Points))
			}
		}
	}
	return rule
}
