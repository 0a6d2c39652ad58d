package door_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"commonweal/survey/instrument"
	"commonweal/survey/instrument/door"
)

// An instrument goes out as a spreadsheet and comes back the same.
func ExampleWriteXLSForm() {
	in, err := instrument.Load(instrument.MutualCulture)
	if err != nil {
		panic(err)
	}
	var workbook bytes.Buffer
	if err := door.WriteXLSForm(&workbook, in); err != nil {
		panic(err)
	}
	back, err := door.ReadXLSForm(&workbook)
	if err != nil {
		panic(err)
	}
	before, _ := in.Hash()
	after, _ := back.Hash()
	fmt.Println(before == after, back.Languages())
	// Output: true [en cy]
}

// A SurveyJS form comes in; what an instrument does not hold is told.
func ExampleReadSurveyJS() {
	form := `{"title": "Canteen", "elements": [
	  {"type": "radiogroup", "name": "food", "title": "How is the food?", "choices": ["good", "bad"]},
	  {"type": "comment", "name": "more"}]}`
	in, notes, err := door.ReadSurveyJS(strings.NewReader(form), "canteen")
	if err != nil {
		panic(err)
	}
	fmt.Println(in.Questions[0].Text.In("en"), len(in.Scales[0].Options))
	fmt.Println(strings.Join(notes, "\n"))
	// Output:
	// How is the food? 2
	// elements[0]: its answers are numbered from 1 in their order
	// elements[1]: free text left out: a wave asks for a comment itself, apart from the answers
}

// Answers are read row by row; a file that does not fit says where.
func ExampleReadResponses() {
	in, err := instrument.Load(instrument.PatientFriends2020)
	if err != nil {
		panic(err)
	}
	_, err = door.ReadResponses(strings.NewReader("experience\n1\n7\n"), in, nil, func(r door.Response) error {
		fmt.Println(r.Row, r.Answers)
		return nil
	})
	fmt.Println(err)
	// Output:
	// 2 [1]
	// row 3, experience: "7" is not the code of an option; write one of 1, 2, 3, 4, 5, 6, or leave the cell empty
}

// Labels for a file of patients' answers, as PSPP and SPSS take them.
func ExampleWriteSPSS() {
	in, err := instrument.Load(instrument.PatientFriends2020)
	if err != nil {
		panic(err)
	}
	if err := door.WriteSPSS(os.Stdout, in); err != nil {
		panic(err)
	}
	// Output:
	// * Encoding: UTF-8.
	// * nhs-patient-fft-2020, version 1: Patient friends and family test, from 2020: experience.
	// * Source: NHS England, Friends and Family Test guidance, from April 2020.
	//
	// VARIABLE LABELS
	//   /experience 'Overall, how was your experience of our service?'.
	//
	// VALUE LABELS
	//   /experience
	//     1 'Very good'
	//     2 'Good'
	//     3 'Neither good nor poor'
	//     4 'Poor'
	//     5 'Very poor'
	//     6 'Don''t know'.
	//
	// VARIABLE LEVEL
	//   /experience (NOMINAL).
}
