// Package door takes instruments in from and out to the formats that other
// programs read.
//
//	XLSForm    both ways  spreadsheet of ODK, KoboToolbox and Survey123
//	SurveyJS   in         JSON of the SurveyJS form library, its common subset
//	DDI        out        DDI-Codebook 2.5, for archives
//	CSV        out        a code book for people and programs
//	SPSS       out        variable and value labels as .sps syntax
//	FHIR       out        R4 Questionnaire, for the patient test only
//
// What an instrument holds goes through XLSForm without loss: the hash of what
// is read back is that of what was written, which the writer itself checks.
// XLSForm has no scores and no lasting identity for a question, so those stand
// in columns and a sheet whose names begin with "cw_", which its converters
// leave alone.
//
// A reader takes nothing over that it does not understand. It tells each
// [Trouble] at once, with the row or place, the field, and what to do.
//
// The package is pure: readers and writers in, values out.
package door
