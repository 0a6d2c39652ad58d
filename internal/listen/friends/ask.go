package friends

// Ask is everything that a patient reads, in one language.
type Ask struct {
	Code    string // as HTML names it: en, cy
	Name    string // of the language in itself
	About   string // "About %s": the name of the point
	Text    string
	Ratings [6]string
	Why     string // asks for the reason in their own words
	WhyHint string
	Publish string
	Send    string
	Missing string // nothing was chosen
	Long    string
	Busy    string
	Closed  string
	Thanks  string
	Counted string
	Again   string
	Private string
	Paper   string // what staff can do for whoever cannot use this
}

// Languages are those that the question is there in.
func Languages() []Ask { return []Ask{english, welsh} }

// AskIn is the question in a language.
func AskIn(language string) (Ask, bool) {
	for _, a := range Languages() {
		if a.Code == language {
			return a, true
		}
	}
	return Ask{}, false
}

var english = Ask{
	Code: "en", Name: "English",
	About:   "About %s",
	Text:    "Overall, how was your experience of our service?",
	Ratings: [6]string{"Very good", "Good", "Neither good nor poor", "Poor", "Very poor", "Don’t know"},
	Why:     "Please tell us why you gave this answer",
	WhyHint: "You can leave this empty. Do not write names, or anything that shows who you are.",
	Publish: "You may publish what I wrote here",
	Send:    "Send my answer",
	Missing: "Choose one of the six answers.",
	Long:    "Use at most 2,000 letters.",
	Busy:    "Many answers came from here just now. Wait a minute, then send yours again.",
	Closed:  "This place does not take answers now.",
	Thanks:  "Thank you",
	Counted: "Your answer is counted.",
	Again:   "Back to the start",
	Private: "We do not ask who you are, and keep no address, day or time. Names are taken out of what people write before it is read.",
	Paper:   "Ask a member of staff for a card if you would rather write.",
}

var welsh = Ask{
	Code: "cy", Name: "Cymraeg",
	About:   "Ynghylch %s",
	Text:    "Yn gyffredinol, sut oedd eich profiad o’n gwasanaeth?",
	Ratings: [6]string{"Da iawn", "Da", "Ddim yn dda nac yn wael", "Gwael", "Gwael iawn", "Ddim yn gwybod"},
	Why:     "Dywedwch wrthym pam y rhoesoch yr ateb hwn",
	WhyHint: "Gallwch adael hwn yn wag. Peidiwch ag ysgrifennu enwau, na dim sy’n dangos pwy ydych chi.",
	Publish: "Cewch gyhoeddi’r hyn a ysgrifennais yma",
	Send:    "Anfon fy ateb",
	Missing: "Dewiswch un o’r chwe ateb.",
	Long:    "Defnyddiwch 2,000 o lythrennau ar y mwyaf.",
	Busy:    "Daeth llawer o atebion oddi yma nawr. Arhoswch funud, yna anfonwch eich ateb eto.",
	Closed:  "Nid yw’r lle hwn yn derbyn atebion nawr.",
	Thanks:  "Diolch",
	Counted: "Mae eich ateb wedi’i gyfrif.",
	Again:   "Yn ôl i’r dechrau",
	Private: "Nid ydym yn gofyn pwy ydych chi, ac nid ydym yn cadw cyfeiriad, diwrnod nac amser. Tynnir enwau o’r hyn y mae pobl yn ei ysgrifennu cyn iddo gael ei ddarllen.",
	Paper:   "Gofynnwch i aelod o staff am gerdyn os byddai’n well gennych ysgrifennu.",
}
