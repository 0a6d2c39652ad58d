package door

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"

	"commonweal/survey/instrument"
)

// patients are the instruments that patients answer.
var patients = []string{instrument.PatientFriends2013, instrument.PatientFriends2014, instrument.PatientFriends2020}

// fhirBase begins the names that a Questionnaire and its codes go by. They
// name and are not fetched.
const fhirBase = "urn:commonweal:instrument:"

type questionnaire struct {
	ResourceType string              `json:"resourceType"`
	Language     string              `json:"language"`
	URL          string              `json:"url"`
	Version      string              `json:"version"`
	Name         string              `json:"name"`
	Title        string              `json:"title"`
	Status       string              `json:"status"`
	SubjectType  []string            `json:"subjectType"`
	Description  string              `json:"description"`
	Item         []questionnaireItem `json:"item"`
}

type questionnaireItem struct {
	LinkID       string         `json:"linkId"`
	Text         string         `json:"text"`
	Type         string         `json:"type"`
	Required     bool           `json:"required"`
	Repeats      bool           `json:"repeats"`
	AnswerOption []answerOption `json:"answerOption,omitempty"`
}

type answerOption struct {
	ValueCoding coding `json:"valueCoding"`
}

type coding struct {
	System  string `json:"system"`
	Code    string `json:"code"`
	Display string `json:"display"`
}

// WriteFHIR writes a patient friends-and-family test as a FHIR R4
// Questionnaire. It refuses every other instrument: what staff think of their
// work has no place in systems of patients' records.
func WriteFHIR(w io.Writer, in instrument.Instrument) error {
	if err := in.Check(); err != nil {
		return err
	}
	if !slices.Contains(patients, in.ID) {
		return fmt.Errorf("instrument %s: a FHIR Questionnaire lives among patients' records, where what staff answer must not be: only the patient friends-and-family tests go out as one", in.ID)
	}
	out := questionnaire{
		ResourceType: "Questionnaire", Language: "en", URL: fhirBase + in.ID, Version: strconv.Itoa(in.Version),
		Name: fhirName(in.ID), Title: in.Title.In("en"), Status: "active", SubjectType: []string{"Patient"},
		Description: "Source: " + in.Source,
	}
	for _, q := range in.Questions {
		item := questionnaireItem{LinkID: q.ID, Text: q.Text.In("en"), Type: "choice"}
		scale, _ := in.Scale(q.Scale)
		for _, o := range scale.Options {
			item.AnswerOption = append(item.AnswerOption, answerOption{coding{fhirBase + in.ID + ":" + scale.ID, strconv.Itoa(o.Code), o.Label.In("en")}})
		}
		out.Item = append(out.Item, item)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

// fhirName is the ID as programs may call it: capitals for hyphens.
func fhirName(id string) string {
	var name []byte
	up := true
	for _, c := range []byte(id) {
		if c == '-' {
			up = true
			continue
		}
		if up && c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		up = false
		name = append(name, c)
	}
	return string(name)
}
