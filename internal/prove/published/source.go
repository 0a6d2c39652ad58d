package published

import "fmt"

// Source says where figures come from. Every page that shows them prints Licence.
type Source struct {
	Name      string // "NHS Staff Survey 2024, organisations"
	Publisher string
	Licence   string // the line to print
	FileName  string
	SHA256    string // of the file, in hexadecimal
	Year      int    // the year the figures are about; the first, where they span two
}

const publisher = "NHS England"

// LicenceLine is the attribution that the Open Government Licence asks for.
func LicenceLine(publication string) string {
	return fmt.Sprintf("Contains public sector information licensed under the Open Government Licence v3.0. Source: %s (%s).", publisher, publication)
}

// directoryLicence: the directory of organisations is a compilation under CC0,
// which asks for no line; it is named so that a reader knows whence it came.
const directoryLicence = "Directory of NHS trusts, compiled from public sources (CC0)."
