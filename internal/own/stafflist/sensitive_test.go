package stafflist

import "testing"

func TestSensitiveHeading(t *testing.T) {
	for kind, headings := range map[string][]string{
		"NI number":          {"NI Number", "NiNumber", "NINumber", "National Insurance No", "NINO", "N.I. No", "ni_no"},
		"birth date":         {"Date of Birth", "DateOfBirth", "DOB", "D.O.B.", "Birthdate", "Age", "Age Band", "Country of Birth"},
		"ethnicity":          {"Ethnic Origin", "EthnicOrigin", "Ethnicity", "Nationality"},
		"disability":         {"Disability", "DisabilityFlag", "Registered Disabled"},
		"religion":           {"Religious Belief", "Religion", "Faith"},
		"sexual orientation": {"Sexual Orientation", "SexualOrientation"},
		"sex or gender":      {"Gender", "Sex", "Gender Identity"},
		"marital status":     {"Marital Status"},
		"health":             {"Sickness Days", "Maternity Leave"},
		"union membership":   {"Trade Union", "Union"},
		"bank account":       {"Bank Account", "Sort Code", "Account Number", "Bank Account No"},
		"pay band":           {"Pay Band", "Grade", "AfC Band", "Pay Grade"},
		"pay":                {"Payscale", "Pay Scale", "Salary", "Annual Salary", "Spine Point", "Hourly Rate", "Pension Scheme"},
		"NHS number":         {"NHS Number"},
		"identity document":  {"Passport No", "Right to Work"},
		"": {
			"Employee Number", "Pay Number", "Payroll Number", "Staff Group", "Bank", "Contract Type", "Organisation", "Manager", "Location",
			"Assignment Category", "Start Date", "Unit", "NHS Start Date", "Agency", "Essex Site", "Stage", "Communication", "Position Title", "FTE",
		},
	} {
		for _, heading := range headings {
			if got := sensitiveHeading(heading); got != kind {
				t.Errorf("%q is %q, want %q", heading, got, kind)
			}
		}
	}
}

// No heading of a built-in profile is one that has to be dropped.
func TestProfiles_NameNothingSensitive(t *testing.T) {
	for _, profile := range Profiles() {
		if err := profile.Check(); err != nil {
			t.Error(err)
		}
	}
}

func TestNINumber(t *testing.T) {
	for text, want := range map[string]string{
		"QQ123456C": "", "qq123456c": "", "QQ 12 34 56 C": "", "QQ-12-34-56-C": "", "QQ 123456 C": "",
		"Nurse QQ123456C": "Nurse", "a QQ123456C b": "a   b", "QQ123456C QQ123456D": "",
		"AB123456":     "AB123456",     // an employee number of some trusts: no last letter
		"20418833-2":   "20418833-2",   // an assignment number
		"XQQ123456C":   "XQQ123456C",   // part of a longer word
		"QQ123456CX":   "QQ123456CX",   //
		"QQ123456E":    "QQ123456E",    // E ends no NI number
		"QQ12345C":     "QQ12345C",     // too short
		"RD&E 1234567": "RD&E 1234567", //
	} {
		if got, _ := withoutNINumbers(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b  string
		limit int
		want  int
	}{
		{"nusring", "nursing", 3, 1}, {"kitten", "sitting", 5, 3}, {"", "abc", 5, 3}, {"same", "same", 2, 0}, {"ŵŷ", "wy", 2, 2}, {"abcdef", "ghijkl", 2, 3},
	} {
		if got := distance(test.a, test.b, test.limit); got != test.want {
			t.Errorf("%s to %s is %d, want %d", test.a, test.b, got, test.want)
		}
		if got := distance(test.b, test.a, test.limit); got != test.want {
			t.Errorf("%s to %s is %d, want %d", test.b, test.a, got, test.want)
		}
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"Nursing & Midwifery": "nursing and midwifery", "  O’Tansy-Fold ": "otansy fold", "ŁUCJA": "łucja", "Siân": "sian", "A&C": "a and c", "": "", "--": "",
	} {
		if got := fold(text); got != want {
			t.Errorf("%q folds to %q, want %q", text, got, want)
		}
	}
}
