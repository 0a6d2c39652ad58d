package stafflist

import (
	"slices"
	"strings"
)

// Drop is a column that was read past and never kept.
type Drop struct {
	Heading string
	// Kind says what it holds in plain words ("NI number"), or is empty for a
	// column that is merely not used.
	Kind string
	// ByContent is set where the values gave the column away, not the heading.
	ByContent bool
}

// sensitiveHeadings tells columns that are dropped whatever the profile says.
// A word must stand alone in the heading; a part may be anywhere in it.
var sensitiveHeadings = []struct {
	kind  string
	words []string
	parts []string
}{
	{"NI number", []string{"ni", "nino", "nin"}, []string{"ninumber", "ninum", "nationalinsurance", "natins"}},
	{"birth date", []string{"dob", "age", "born"}, []string{"birth"}},
	{"ethnicity", []string{"race", "bme", "bame"}, []string{"ethnic", "nationality"}},
	{"disability", nil, []string{"disab", "longtermcondition", "impairment"}},
	{"religion", []string{"faith", "belief"}, []string{"religio"}},
	{"sexual orientation", []string{"orientation"}, []string{"sexualorient", "sexualpref"}},
	{"sex or gender", []string{"sex", "gender", "trans", "pronouns"}, []string{"gender"}},
	{"marital status", []string{"marital"}, []string{"maritalstatus", "civilpartner"}},
	{"health", []string{"pregnant", "sickness"}, []string{"maternity", "sickness", "absencereason", "fitnote"}},
	{"union membership", []string{"union"}, []string{"tradeunion"}},
	{"bank account", []string{"iban", "bic"}, []string{"bankaccount", "sortcode", "accountnumber", "accountno", "bankname", "buildingsociety"}},
	{"pay band", []string{"band", "grade", "afc"}, []string{"payband", "paygrade", "agendaforchange"}},
	{"pay", []string{"pay", "salary", "wage", "earnings", "increment", "pension", "spine"}, []string{"payscale", "paypoint", "spinepoint", "salary", "payrate", "hourlyrate", "pension", "taxcode"}},
	{"NHS number", nil, []string{"nhsnumber", "nhsno"}},
	{"identity document", []string{"passport", "visa"}, []string{"passport", "drivinglicence", "righttowork"}},
}

// payNumbers are headings that say "pay" and mean the employee.
var payNumbers = []string{"paynumber", "payno", "payref", "payreference"}

// sensitiveHeading returns the kind of personal data the heading announces, or "".
func sensitiveHeading(heading string) string {
	one := joined(heading)
	if slices.Contains(payNumbers, one) {
		return ""
	}
	parts := words(heading)
	for _, s := range sensitiveHeadings {
		for _, word := range s.words {
			// "D.O.B." is three words to a machine and one to people.
			if one == word || slices.Contains(parts, word) {
				return s.kind
			}
		}
		for _, part := range s.parts {
			if strings.Contains(one, part) {
				return s.kind
			}
		}
	}
	return ""
}

// sensitiveValues are values that only one kind of column holds. Words that are
// also names of people ("Islam", "Jain") are safe here because a whole column has
// to speak, never one cell.
var sensitiveValues = func() map[string]string {
	kinds := map[string][]string{
		"ethnicity": {
			"White - British", "White - Irish", "White - Any other White background", "White British", "White Irish", "White Other",
			"Mixed - White & Black Caribbean", "Mixed - White & Black African", "Mixed - White & Asian", "Mixed - Any other mixed background",
			"Asian or Asian British - Indian", "Asian or Asian British - Pakistani", "Asian or Asian British - Bangladeshi",
			"Asian or Asian British - Any other Asian background", "Black or Black British - Caribbean", "Black or Black British - African",
			"Black or Black British - Any other Black background", "Chinese", "Any Other Ethnic Group", "Gypsy or Irish Traveller", "Black African",
			"Black Caribbean", "A White - British", "B White - Irish", "C White - Any other White background", "N Black or Black British - African",
			"H Asian or Asian British - Indian", "J Asian or Asian British - Pakistani", "R Chinese", "S Any Other Ethnic Group", "Z Not Stated",
		},
		"religion":           {"Christianity", "Christian", "Islam", "Muslim", "Hinduism", "Hindu", "Sikhism", "Sikh", "Judaism", "Jewish", "Buddhism", "Buddhist", "Jainism", "Atheism", "Atheist", "No religion", "I do not wish to disclose my religion/belief"},
		"sexual orientation": {"Heterosexual", "Heterosexual or Straight", "Straight", "Gay or Lesbian", "Gay", "Lesbian", "Bisexual", "Other sexual orientation not listed", "Not stated (person asked but declined to provide a response)"},
		"sex or gender":      {"Male", "Female", "M", "F", "Man", "Woman", "Non-binary"},
		"disability":         {"Disabled", "Not disabled", "Yes - disabled", "No disability", "Physical impairment", "Sensory impairment", "Mental health condition", "Learning disability/difficulty", "Long-standing illness"},
		"marital status":     {"Single", "Married", "Divorced", "Widowed", "Civil partnership", "Legally separated"},
	}
	out := map[string]string{}
	for kind, values := range kinds {
		for _, v := range values {
			out[fold(v)] = kind
		}
	}
	return out
}()

// sensitiveValue returns the kind a single value speaks for, or "".
func sensitiveValue(s string) string {
	if holdsNINumber(s) {
		return "NI number"
	}
	if strings.HasPrefix(s, "£") || strings.HasPrefix(s, "GBP") {
		return "pay"
	}
	folded := fold(s)
	if rest, ok := strings.CutPrefix(folded, "band "); ok && len(rest) <= 2 {
		return "pay band"
	}
	return sensitiveValues[folded]
}

// census counts what the first rows of a column hold.
type census struct {
	filled int
	kinds  map[string]int
}

func (c *census) count(value string) {
	value = strings.TrimSpace(value)
	if value == "" {
		return
	}
	c.filled++
	if kind := sensitiveValue(value); kind != "" {
		if c.kinds == nil {
			c.kinds = map[string]int{}
		}
		c.kinds[kind]++
	}
}

// verdict returns the kind the column holds: NI numbers already when a fifth of
// the values are some, the rest when half are. Few rows convict nobody of the
// rest, for a "Christian" may be a first name.
func (c *census) verdict() string {
	if n := c.kinds["NI number"]; n > 0 && n*5 >= c.filled {
		return "NI number"
	}
	if c.filled < 3 {
		return ""
	}
	best, most := "", 0
	for _, s := range sensitiveHeadings {
		if n := c.kinds[s.kind]; n > most && n*2 >= c.filled {
			best, most = s.kind, n
		}
	}
	return best
}
