package action

import (
	"commonweal/law"
)

// About is what a finding is about.
type About string

// What a finding can be about.
const (
	Score    About = "score"    // a score of the instrument, by its id
	Question About = "question" // one question, by its concept
	Comments About = "comments" // what many wrote; there is no figure to look at again
)

// Finding is what a release of a survey showed.
type Finding struct {
	Wave     string // code
	WaveName string // "Staff survey 2025"
	Unit     string // code of the unit of the wave it was found in; "" is the whole organisation
	UnitName string
	About    About
	ID       string // of the score or question; "" for comments
	Label    string // in words: "Staff engagement"
	Says     string // what was found: "5.9, likely between 5.6 and 6.2"
}

// Place is who does something: a team, in a directorate. The names are those of the
// day it was agreed. An empty Unit is the directorate as a whole, an empty
// Directorate the whole organisation.
type Place struct {
	Directorate, DirectorateName string
	Unit, UnitName               string
}

// Draft is an action before it is agreed.
type Draft struct {
	Finding
	Place
	Title string
	Doing string // what will be done
	Owner string // person
	Due   law.Date
}

// Action is something that is done about a finding, with all that happened to it.
// Owner and Due are those that hold now; the steps keep the earlier ones.
type Action struct {
	ID     string
	Number int // in the organisation, from 1
	Draft
	Agreed   law.Date
	AgreedBy string
	FirstDue law.Date // as it was agreed
	Steps    []Step
}
