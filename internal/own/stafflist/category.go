package stafflist

// Category is the kind of contract. Rules of eligibility name it, so a word that
// is not known is refused rather than guessed. Empty means not said.
type Category string

// The categories.
const (
	Permanent    Category = "permanent"
	FixedTerm    Category = "fixed_term"
	Bank         Category = "bank"
	Locum        Category = "locum"
	Secondee     Category = "secondee"
	Honorary     Category = "honorary"
	Agency       Category = "agency"
	Apprentice   Category = "apprentice"
	NonExecutive Category = "non_executive"
)

// categories holds what lists call each kind. The first alias is what the
// Electronic Staff Record says, where it has a word.
var categories = []struct {
	category Category
	label    string
	aliases  []string
}{
	{Permanent, "Permanent", []string{"Permanent", "Substantive", "Perm", "Open ended", "Permanent Full Time", "Permanent Part Time", "Full Time Permanent", "Part Time Permanent"}},
	{FixedTerm, "Fixed term", []string{"Fixed Term Temp", "Fixed Term", "Fixed Term Temporary", "Temporary", "FTC", "Fixed Term Contract", "Training Contract"}},
	{Bank, "Bank", []string{"Bank", "Bank Staff", "Bank Worker", "Zero Hours", "As and When"}},
	{Locum, "Locum", []string{"Locum", "Locum Doctor"}},
	{Secondee, "Secondee", []string{"Secondee", "Secondment", "Inward Secondment", "Seconded In", "On Secondment"}},
	{Honorary, "Honorary", []string{"Honorary", "Honorary Contract", "Unpaid Honorary"}},
	{Agency, "Agency", []string{"Agency", "Agency Worker", "Contingent Worker", "Contractor"}},
	{Apprentice, "Apprentice", []string{"Apprentice", "Apprenticeship"}},
	{NonExecutive, "Non-executive", []string{"Non-Exec Director/Chair", "Non Exec Director", "Non-Executive Director", "Chair"}},
}

// Label returns the category in plain words.
func (c Category) Label() string {
	for _, known := range categories {
		if known.category == c {
			return known.label
		}
	}
	return string(c)
}

// ESR returns the word the Electronic Staff Record uses for the category.
func (c Category) ESR() string {
	for _, known := range categories {
		if known.category == c {
			return known.aliases[0]
		}
	}
	return ""
}

var categoryNames = func() []string {
	var out []string
	for _, c := range categories {
		for _, alias := range c.aliases {
			out = append(out, fold(alias))
		}
	}
	return out
}()

var categoryByName = func() map[string]Category {
	out := map[string]Category{}
	for _, c := range categories {
		for _, alias := range c.aliases {
			out[fold(alias)] = c.category
		}
	}
	return out
}()

func findCategory(s string) (Category, bool) {
	c, ok := categoryByName[fold(s)]
	return c, ok
}

func nearestCategory(s string) string {
	return nearest(fold(s), categoryNames, func(name string) string { return categoryByName[name].Label() })
}

// standing is what a person type adds to the category.
type standing uint8

const (
	standingUnknown   standing = iota
	standingStaff              // says only that the person is employed
	standingSpecial            // says the kind of contract as well
	standingGone               // says that employment is over
	standingApplicant          // says that it has not begun
)

// readPersonType reads the person type of a list. Secondees and bank workers are
// often marked only there.
func readPersonType(s string) (standing, Category) {
	switch folded := fold(s); folded {
	case "employee", "staff", "emp", "employee and applicant", "employee applicant", "worker":
		return standingStaff, ""
	case "ex employee", "ex emp", "former employee", "leaver", "ex contingent worker", "ex bank":
		return standingGone, ""
	case "applicant", "candidate", "external applicant":
		return standingApplicant, ""
	default:
		if c, ok := categoryByName[folded]; ok {
			return standingSpecial, c
		}
		return standingUnknown, ""
	}
}
