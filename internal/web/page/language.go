package page

// A page is in one language from its skip link to its footer. English is the
// language of all pages; a page that has been written in another sets [Frame.Lang],
// and the words that stand on every page follow it.

// Language is the two-letter code of the page's language.
func (f Frame) Language() string {
	if f.Lang == "" {
		return "en"
	}
	return f.Lang
}

// framed are the words of the layout in other languages, by the English.
var framed = map[string]map[string]string{
	"cy": {
		"Skip to main content":               "Neidio i’r prif gynnwys",
		"on":                                 "ar",
		"Error: ":                            "Gwall: ",
		"There is a problem":                 "Mae problem",
		"There are several problems":         "Mae sawl problem",
		"The record":                         "Y cofnod",
		"Check it yourself":                  "Gwiriwch eich hun",
		"The record and support links":       "Y cofnod a dolenni cymorth",
		"This runs on":                       "Mae hwn yn rhedeg ar",
		"This is a demonstration.":           "Arddangosiad yw hwn.",
		"The people are invented, and":       "Pobl ddychmygol yw’r bobl, ac",
		"nothing you do here reaches anyone": "nid oes dim a wnewch yma yn cyrraedd neb",
	},
}

// Framed is a word of the layout in a language. Where there is none it is the English,
// which a test of the page's own words finds.
func Framed(language, english string) string {
	if word, ok := framed[language][english]; ok {
		return word
	}
	return english
}
