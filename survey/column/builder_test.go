package column_test

import (
	"testing"

	"commonweal/survey/column"
)

func TestNewBuilder_Refuses(t *testing.T) {
	questions := []column.Question{{ID: "a", Options: 5}}
	groups := []column.Group{{Name: "organisation", Size: 3}}
	tests := []struct {
		name     string
		schema   column.Schema
		expected int
		want     string
	}{
		{"no questions", column.Schema{Groups: groups}, 0, "schema has no questions"},
		{"no groups", column.Schema{Questions: questions}, 0, "schema has no groups"},
		{"a nameless question", column.Schema{Questions: []column.Question{{Options: 2}}, Groups: groups}, 0, "question 1 has no id"},
		{"a question twice", column.Schema{Questions: []column.Question{questions[0], questions[0]}, Groups: groups}, 0, "question a is there twice"},
		{"no options", column.Schema{Questions: []column.Question{{ID: "a"}}, Groups: groups}, 0, "question a has 0 options, not 1 to 255"},
		{"options beyond a byte", column.Schema{Questions: []column.Question{{ID: "a", Options: 256}}, Groups: groups}, 0, "question a has 256 options, not 1 to 255"},
		{"a nameless group", column.Schema{Questions: questions, Groups: []column.Group{{Size: 2}}}, 0, "group 1 has no name"},
		{"a group twice", column.Schema{Questions: questions, Groups: []column.Group{groups[0], groups[0]}}, 0, "group organisation is there twice"},
		{"an empty group", column.Schema{Questions: questions, Groups: []column.Group{{Name: "team"}}}, 0, "group team has 0 members, not 1 to 1048576"},
		{"a group without end", column.Schema{Questions: questions, Groups: []column.Group{{Name: "team", Size: 1<<20 + 1}}}, 0, "group team has 1048577 members, not 1 to 1048576"},
		{"fewer than nobody", column.Schema{Questions: questions, Groups: groups}, -1, "-1 respondents expected, not 0 to 4294967295"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := column.NewBuilder(test.schema, test.expected)
			if err == nil || err.Error() != test.want {
				t.Errorf("error %v, not %s", err, test.want)
			}
		})
	}
}

// Whoever reads the error finds the answer in the file; and the table holds only
// those who were taken.
func TestAdd_NamesRespondentAndQuestion(t *testing.T) {
	b, err := column.NewBuilder(small, 0)
	if err != nil {
		t.Fatal(err)
	}
	err = b.Add([]uint8{5, 10}, []uint32{2, 1})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name    string
		answers []uint8
		members []uint32
		want    string
	}{
		{"a code above the scale", []uint8{5, 11}, []uint32{0, 0}, "respondent 2: question b: code 11 is above 10"},
		{"an answer too few", []uint8{5}, []uint32{0, 0}, "respondent 2: 1 answers to 2 questions"},
		{"an answer too many", []uint8{5, 1, 1}, []uint32{0, 0}, "respondent 2: 3 answers to 2 questions"},
		{"a team that is not there", []uint8{1, 1}, []uint32{0, 2}, "respondent 2: group team: member 2 is above 1"},
		{"a group missing", []uint8{1, 1}, []uint32{0}, "respondent 2: members of 1 groups, not of 2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := b.Add(test.answers, test.members)
			if err == nil || err.Error() != test.want {
				t.Errorf("error %v, not %s", err, test.want)
			}
		})
	}
	table, err := b.Table()
	if err != nil {
		t.Fatal(err)
	}
	if table.Len() != 1 {
		t.Errorf("%d respondents, not 1", table.Len())
	}
}

// A builder that went on would write into a table that others read.
func TestBuilder_IsSpent(t *testing.T) {
	b, err := column.NewBuilder(small, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Table()
	if err != nil {
		t.Fatal(err)
	}
	if b.Add([]uint8{1, 1}, []uint32{0, 0}) == nil {
		t.Error("a respondent was added after the table was built")
	}
	_, err = b.Table()
	if err == nil {
		t.Error("the table was built twice")
	}
}

// Neither the caller's schema nor the one handed out is the table's own.
func TestSchema_CannotBeChangedFromOutside(t *testing.T) {
	schema := column.Schema{
		Questions: []column.Question{{ID: "a", Options: 5}},
		Groups:    []column.Group{{Name: "organisation", Size: 3}},
	}
	b, err := column.NewBuilder(schema, 0)
	if err != nil {
		t.Fatal(err)
	}
	schema.Questions[0].Options = 9
	if b.Add([]uint8{6}, []uint32{0}) == nil {
		t.Error("the caller widened the scale")
	}
	table, err := b.Table()
	if err != nil {
		t.Fatal(err)
	}
	table.Schema().Groups[0].Size = 99
	if table.Schema().Groups[0].Size != 3 {
		t.Error("a reader changed the table")
	}
}
