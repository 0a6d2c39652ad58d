package answer

import (
	"fmt"
	"strconv"
	"time"

	"commonweal/internal/web/page"
	"commonweal/law"
)

// words says everything on these pages in one language.
type words struct {
	Language string
	now      time.Time
}

// languages are those that the pages can speak. A survey worded in another is put in
// English.
var languages = []string{"en", "cy"}

// Say is the text of a key with what goes into it. Days among the arguments are
// written in the language, numbers in digits.
func (w words) Say(key string, args ...any) string {
	text, ok := texts[w.Language][key]
	if !ok {
		text = texts["en"][key]
	}
	if text == "" {
		panic("there are no words for " + key) // a test says every key
	}
	for i, arg := range args {
		if day, ok := arg.(law.Date); ok {
			args[i] = w.day(day)
		}
	}
	return fmt.Sprintf(text, args...)
}

// Lang is the code for the page's frame, which knows English as none.
func (w words) Lang() string {
	if w.Language == "en" {
		return ""
	}
	return w.Language
}

// day writes a day with its name.
func (w words) day(d law.Date) string {
	if w.Language != "cy" {
		text, err := page.Weekday(w.now, d)
		if err != nil {
			return d.String()
		}
		return text
	}
	year, month, day := d.Civil()
	text := welshDays[d.Weekday()] + " " + strconv.Itoa(day) + " " + welshMonths[month-1]
	if thisYear, _, _ := law.Today(w.now).Civil(); year != thisYear {
		text += " " + strconv.Itoa(year)
	}
	return text
}

var (
	welshDays   = []string{"dydd Sul", "dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener", "dydd Sadwrn"}
	welshMonths = []string{"Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"}
)

// texts are the words by language and key.
var texts = map[string]map[string]string{"en": english, "cy": welsh}
