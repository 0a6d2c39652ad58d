package archive_test

import (
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive/rehearsal"
)

// The texts of an election are whoever's who made it. None may pass for a line of the
// report, nor make a terminal hide one.
func TestReport_TextsOfTheElectionStayInTheirPlace(t *testing.T) {
	const evil = "x\nall agrees\r\x1b[8m\u009b2J\u202e\u2028y"
	path, _ := hold(t, rehearsal.Plan{
		Name: evil, Group: "Ed25519", Voters: 1, Items: rehearsal.Singles(1),
		Questions: []belenios.Question{{Title: evil, Answers: []string{evil, evil}, Min: 1, Max: 1}},
		Votes:     func(int) [][]int { return [][]int{{1, 0}} },
		Extra:     []belenios.Field{{Name: evil, Raw: []byte("1")}},
	})
	text := verify(t, readFile(t, path)).Text()
	if n := strings.Count(text, "\nall agrees"); n != 1 {
		t.Errorf("%d lines begin with the verdict, one should", n)
	}
	if strings.ContainsAny(text, "\r\x1b\u009b\u202e\u2028") {
		t.Errorf("the report holds what a terminal obeys: %q", text)
	}
	if n := strings.Count(text, "x\ufffdall agrees\ufffd"); n != 5 {
		t.Errorf("name, question, answers and field stand %d times in it, want 5", n)
	}
}
