package friends

import "slices"

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
func (r Rating) Words() string {
	if !r.Known() {
		return ""
	}
	return [...]string{"Very good", "Good", "Neither good nor poor", "Poor", "Very poor", "Don't know"}[r-1]
}

// Known reports whether it is one of the six.
func (r Rating) Known() bool { return r >= VeryGood && r <= DontKnow }

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

// Known reports whether it is one of the eight.
func (m Mode) Known() bool { return slices.Contains(Modes(), m) }

// ByPatient reports whether patients send such answers themselves, at the address of
// the point; the others are keyed by staff.
func (m Mode) ByPatient() bool {
	return m == SMS || m == KioskThere || m == KioskHome || m == Online
}

// Words is the way in a few words.
func (m Mode) Words() string {
	return map[Mode]string{
		SMS: "Text message", KioskThere: "Tablet or kiosk, at the time", KioskHome: "Tablet or kiosk, at home", PaperThere: "Card, at the time",
		PaperHome: "Paper, at home", Telephone: "Telephone", Online: "Online", OtherwiseBy: "Another way",
	}[m]
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

// Known reports whether there is such a setting.
func (s Setting) Known() bool { return slices.Contains(Settings(), s) }

// Words is the setting in plain words.
func (s Setting) Words() string {
	return map[Setting]string{
		Inpatient: "Staying in hospital", Emergency: "Accident and emergency", Outpatient: "Outpatients", Maternity: "Maternity",
		Community: "Community health", MentalHealth: "Mental health", Ambulance: "Ambulance", Practice: "General practice", Dental: "Dental",
	}[s]
}

// HasRate reports whether a response rate is reported: ambulance services have none.
func (s Setting) HasRate() bool { return s != Ambulance }

// HasWards reports whether wards are reported.
func (s Setting) HasWards() bool { return s == Inpatient }
