package comment

// Theme is what a comment is about, by a code of our own.
type Theme string

const (
	Kindness    Theme = "kindness"
	Recognition Theme = "recognition"
	Voice       Theme = "voice"
	Wellbeing   Theme = "wellbeing"
	Staffing    Theme = "staffing"
	Learning    Theme = "learning"
	Flexibility Theme = "flexibility"
	Team        Theme = "team"
	Equipment   Theme = "equipment"
	Care        Theme = "care"
)

// themes in the order of the People Promise, with those that it leaves out.
var themes = []struct {
	theme Theme
	label string
}{
	{Kindness, "Kindness, fairness and inclusion"},
	{Recognition, "Pay, thanks and being valued"},
	{Voice, "Being heard and having a say"},
	{Wellbeing, "Health, safety and stress"},
	{Learning, "Training and getting on"},
	{Flexibility, "Hours, rotas and life outside work"},
	{Team, "The team and its managers"},
	{Staffing, "Enough people for the work"},
	{Care, "Care of patients"},
	{Equipment, "Buildings, computers and equipment"},
}

// Themes lists them in the order in which a page shows them.
func Themes() []Theme {
	list := make([]Theme, len(themes))
	for i, t := range themes {
		list[i] = t.theme
	}
	return list
}

// Label is the theme in plain English; the code itself where it is not ours.
func (t Theme) Label() string {
	for _, k := range themes {
		if k.theme == t {
			return k.label
		}
	}
	return string(t)
}

// Tone is whether a comment praises, complains, or asks for something.
type Tone string

const (
	Good Tone = "good"
	Bad  Tone = "bad"
	Wish Tone = "wish"
)

// Tones lists them.
func Tones() []Tone { return []Tone{Good, Bad, Wish} }

// Label is the tone in plain English.
func (t Tone) Label() string {
	switch t {
	case Good:
		return "What is good"
	case Bad:
		return "What is not"
	case Wish:
		return "What people ask for"
	}
	return string(t)
}
