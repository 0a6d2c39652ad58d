package timetable

// Kind is the sort of poll that a timetable is for.
type Kind string

// The kinds.
const (
	Election Kind = "election" // people are nominated and elected
	Ballot   Kind = "ballot"   // a question is answered
)

// Step is something that happens in a poll on a day.
type Step string

// The steps, in their order.
const (
	NoticeOfElection Step = "notice-of-election"
	NominationsClose Step = "nominations-close"
	Statement        Step = "statement"
	Withdrawals      Step = "withdrawals"
	Roll             Step = "roll" // the record date
	ClaimsClose      Step = "claims-close"
	CredentialsClose Step = "credentials-close"
	KeyMade          Step = "key-made"
	NoticeOfPoll     Step = "notice-of-poll"
	Opens            Step = "opens"
	Closes           Step = "closes"
	Tally            Step = "tally"
	Declaration      Step = "declaration"
	Petitions        Step = "petitions"
	KeyDestroyed     Step = "key-destroyed"
)

var words = map[Step]struct{ title, about string }{
	NoticeOfElection: {"Notice of election", "The election is announced. Nominations open."},
	NominationsClose: {"Nominations close", "The last day to be nominated."},
	Statement:        {"Candidates published", "It is published who stands."},
	Withdrawals:      {"Withdrawals end", "The last day on which a candidate may withdraw."},
	Roll:             {"Record date", "Those who are members at the end of this day may vote."},
	ClaimsClose:      {"Roll can be corrected until", "The last day to say that somebody is missing from the roll or does not belong on it."},
	CredentialsClose: {"Enrol a device until", "The last day to enrol a browser for voting. Others get a code from the registrar."},
	KeyMade:          {"Key of the poll is made", "The keyholders have made the key by the end of this day."},
	NoticeOfPoll:     {"Notice of poll", "Rules, roll and timetable are frozen and published with their hashes."},
	Opens:            {"Poll opens", "Voting begins."},
	Closes:           {"Poll closes", "Voting ends."},
	Tally:            {"Votes are opened", "The keyholders open the votes together, and they are counted."},
	Declaration:      {"Result is declared", "The returning officer declares the result."},
	Petitions:        {"Result can be questioned until", "The last day to question the result."},
	KeyDestroyed:     {"Key is destroyed", "The keyholders have destroyed their parts of the key by the end of this day."},
}

// Title is the step in a few words.
func (s Step) Title() string { return words[s].title }

// About says in a sentence what happens.
func (s Step) About() string { return words[s].about }

// Known reports whether there is such a step.
func (s Step) Known() bool { return words[s].title != "" }
