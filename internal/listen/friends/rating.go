package friends

// Rating is an answer to the question.
type Rating int

// The answers, in the national order: since April 2020.
const (
	VeryGood Rating = 1 + iota
	Good
	Neither
	Poor
	VeryPoor
	DontKnow
)

// Ratings are all answers in order.
func Ratings() []Rating { return []Rating{VeryGood, Good, Neither, Poor, VeryPoor, DontKnow} }

// Words is the answer in English, as the national layout has it.
func (r Rating) Words() string { return ratingWords[r] }

// Known reports whether it is one of the six.
func (r Rating) Known() bool { return r >= VeryGood && r <= DontKnow }

var ratingWords = map[Rating]string{
	VeryGood: "Very good", Good: "Good", Neither: "Neither good nor poor", Poor: "Poor", VeryPoor: "Very poor", DontKnow: "Don't know",
}

// Mode is the way an answer came, by the eight that the national layout counts.
type Mode string

// The modes.
const (
	SMS         Mode = "sms"
	KioskThere  Mode = "electronic_discharge" // a tablet or kiosk at the point of care
	KioskHome   Mode = "electronic_home"
	PaperThere  Mode = "paper_discharge"
	PaperHome   Mode = "paper_home"
	Telephone   Mode = "telephone"
	Online      Mode = "online"
	OtherwiseBy Mode = "other"
)

// Modes are all modes in the national order.
func Modes() []Mode {
	return []Mode{SMS, KioskThere, KioskHome, PaperThere, PaperHome, Telephone, Online, OtherwiseBy}
}

// Setting is the kind of care, which says what is reported and by when.
type Setting string

// The settings.
const (
	Inpatient    Setting = "inpatient"
	Emergency    Setting = "emergency"
	Outpatient   Setting = "outpatient"
	Maternity    Setting = "maternity"
	Community    Setting = "community"
	MentalHealth Setting = "mental_health"
	Ambulance    Setting = "ambulance"
	Practice     Setting = "general_practice"
	Dental       Setting = "dental"
)

// Settings are all settings.
func Settings() []Setting {
	return []Setting{Inpatient, Emergency, Outpatient, Maternity, Community, MentalHealth, Ambulance, Practice, Dental}
}
