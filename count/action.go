package count

// Action is the stage in a word and the candidates it concerns: "first",
// "surplus 4", "exclude 7 2".
func (s Stage) Action() string {
	if len(s.Candidates) == 0 {
		return string(s.Kind)
	}
	return string(s.Kind) + " " + numbers(s.Candidates, " ")
}
