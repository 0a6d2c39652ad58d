package poll

import (
	"fmt"
	"time"

	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

// Task names something that has to be done about a poll.
type Task string

// The tasks.
const (
	CallPoll          Task = "call"
	NameOfficer       Task = "name-returning-officer"
	NameRegistrar     Task = "name-registrar"
	NameKeyholders    Task = "name-keyholders"
	DecideNominations Task = "decide-nominations"
	FindUncontested   Task = "find-uncontested"
	MakeRoll          Task = "make-roll"
	DecideClaims      Task = "decide-claims"
	MakeKey           Task = "make-key"
	GiveNotice        Task = "give-notice"
	MoveOrAbandon     Task = "move-or-abandon"
	Vote              Task = "vote"
	OpenVotes         Task = "open-votes"
	CountVotes        Task = "count-votes"
	DeclareResult     Task = "declare"
	DecidePetitions   Task = "decide-petitions"
	FillVacancies     Task = "fill-vacancies"
	AppointElected    Task = "appoint-elected"
	DestroyKey        Task = "destroy-key"
)

// Doer is who has to do a task: an office of the poll, the secretary, or everybody
// who may vote.
type Doer string

// Those who are no officials of the poll. An [Office] is a Doer too.
const (
	SecretaryDoes Doer = "secretary"
	VotersDo      Doer = "voters"
)

// Next is something that has to be done: what, by whom, until when.
type Next struct {
	Task    Task
	Who     Doer
	Contest string // id, where it is about one contest
	// By is the last day, and Until the instant at which it is over; zero where
	// nothing fixes a time.
	By      law.Date
	Until   time.Time
	Overdue bool
	Text    string   // for the one who has to do it
	People  []string // ids of those who have to, as far as they are named
}

// todo gathers what is to be done.
type todo struct {
	now  time.Time
	list []Next
}

func (t *todo) by(task Task, who Doer, day law.Date, format string, args ...any) *Next {
	n := Next{Task: task, Who: who, By: day, Text: fmt.Sprintf(format, args...)}
	if !day.IsZero() {
		n.Until = day.End()
		n.Overdue = !t.now.Before(n.Until)
	}
	t.list = append(t.list, n)
	return &t.list[len(t.list)-1]
}

func (f Facts) next(stage Stage, now time.Time) []Next {
	t := &todo{now: now}
	switch stage {
	case Draft:
		t.by(CallPoll, Doer(ReturningOfficer), f.Timetable.First(), "Call the poll, or choose a later close.")
		f.nextOfficials(t)
	case Called, Nominating, Nominated:
		f.nextOfficials(t)
		f.nextBeforeNotice(t, law.Today(now))
	case Announced:
		f.nextDeclare(t, true)
	case Open:
		n := t.by(Vote, VotersDo, law.Today(f.Timetable.Closes), "Vote, if you have not voted yet.")
		n.Until, n.Overdue = f.Timetable.Closes, false
		f.nextDeclare(t, true)
	case Closed:
		f.nextCount(t)
		f.nextDeclare(t, true)
	case Counted, Uncontested:
		f.nextDeclare(t, false)
	case Settled:
		if !f.KeyMade.IsZero() {
			t.by(DestroyKey, Doer(Keyholder), f.destroyBy(), "Destroy your part of the key, and say that you did.")
		}
	}
	if stage.Rank() >= Declared.Rank() && stage != Abandoned {
		f.nextAfter(t)
	}
	return t.list
}

// nextCount asks for what leads from the closed box to a counted vote. Votes on paper
// are reckoned up before the others are opened: whoever keys papers must not know what
// is wanting.
func (f Facts) nextCount(t *todo) {
	day := f.Timetable.Day(timetable.Tally)
	paper := f.Rules.Has(Paper) || f.Rules.Has(Telephone)
	for _, c := range f.polled() {
		if !c.Counted.IsZero() {
			continue
		}
		text := "%s: have the votes counted, once the keyholders have opened them."
		if paper {
			text = "%s: reckon up the votes on paper, then have all votes counted, once the keyholders have opened theirs."
		}
		t.by(CountVotes, Doer(ReturningOfficer), day, text, c.Title).Contest = c.ID
	}
	if paper {
		t.by(OpenVotes, Doer(Keyholder), day, "Open the votes together, once those on paper are reckoned up.")
		return
	}
	t.by(OpenVotes, Doer(Keyholder), day, "Open the votes together, so that they can be counted.")
}

// nextOfficials asks for those without whom the poll cannot be held.
func (f Facts) nextOfficials(t *todo) {
	if f.Officials[ReturningOfficer] == 0 {
		t.by(NameOfficer, SecretaryDoes, f.Timetable.First(), "Name the returning officer.")
	}
	by := f.Timetable.Day(timetable.ClaimsClose)
	if f.Officials[Registrar] == 0 {
		t.by(NameRegistrar, SecretaryDoes, by, "Name the registrar, who hands out the codes to vote with.")
	}
	switch {
	case f.Officials[Keyholder] != f.Rules.Keyholders:
		t.by(NameKeyholders, SecretaryDoes, by, "Name %d keyholders. %d are named.", f.Rules.Keyholders, f.Officials[Keyholder])
	case !f.Independent:
		t.by(NameKeyholders, SecretaryDoes, by, "One keyholder has to be named by the staff side, or be an outside body.")
	}
}

func (f Facts) nextBeforeNotice(t *todo, today law.Date) {
	polls := false
	for _, c := range f.Contests {
		if f.nextContest(t, c, today) {
			polls = true
		}
	}
	if f.KeyMade.IsZero() && polls {
		t.by(MakeKey, Doer(Keyholder), f.Timetable.Day(timetable.KeyMade), "Make the key of the poll together.")
	}
	if polls {
		t.by(GiveNotice, Doer(ReturningOfficer), f.Timetable.Day(timetable.NoticeOfPoll), "Give notice of the poll.")
	}
	if polls && today.After(f.Timetable.Day(timetable.NoticeOfPoll)) {
		t.by(MoveOrAbandon, Doer(ReturningOfficer), law.Today(f.Timetable.Closes),
			"The day for the notice of poll has passed. Move the close, or abandon the poll.")
	}
}

// nextContest asks for what one contest needs before notice of poll, and reports
// whether there will be a vote in it as far as is known.
func (f Facts) nextContest(t *todo, c ContestFacts, today law.Date) (polled bool) {
	if !c.Uncontested.IsZero() {
		f.nextDeclareOne(t, c)
		return false
	}
	ro := Doer(ReturningOfficer)
	if c.Undecided > 0 {
		t.by(DecideNominations, ro, f.Timetable.Day(timetable.Statement), "%s: decide about %s.", c.Title, plural(c.Undecided, "nomination")).Contest = c.ID
	}
	withdrawn := f.Kind.Elects() && today.After(f.Timetable.Day(timetable.Withdrawals))
	if withdrawn && c.Undecided == 0 && c.Standing <= c.Seats {
		t.by(FindUncontested, ro, f.Timetable.Day(timetable.NoticeOfPoll), "%s: %s for %s. Record that there is no vote.",
			c.Title, plural(c.Standing, "candidate"), plural(c.Seats, "seat")).Contest = c.ID
		return false
	}
	if !c.HasRoll && today.After(f.Timetable.Day(timetable.Roll)) {
		t.by(MakeRoll, ro, f.Timetable.Day(timetable.Roll).AddDays(2), "%s: make the roll of those who may vote.", c.Title).Contest = c.ID
	}
	if c.OpenClaims > 0 {
		t.by(DecideClaims, ro, f.Timetable.Day(timetable.CredentialsClose), "%s: decide about %s to the roll.", c.Title, plural(c.OpenClaims, "claim or objection")).Contest = c.ID
	}
	return true
}

// nextDeclare asks for declarations: of the uncontested contests alone, or of all.
func (f Facts) nextDeclare(t *todo, uncontested bool) {
	for _, c := range f.Contests {
		if !uncontested || !c.Uncontested.IsZero() {
			f.nextDeclareOne(t, c)
		}
	}
}

func (f Facts) nextDeclareOne(t *todo, c ContestFacts) {
	if !declared(c) {
		t.by(DeclareResult, Doer(ReturningOfficer), f.Timetable.Day(timetable.Declaration), "%s: declare the result.", c.Title).Contest = c.ID
	}
}

// nextAfter asks for what a declaration leaves open.
func (f Facts) nextAfter(t *todo) {
	for _, c := range f.Contests {
		if c.OpenPetitions > 0 {
			t.by(DecidePetitions, SecretaryDoes, law.Date{}, "%s: record what became of %s about the result.", c.Title, plural(c.OpenPetitions, "question")).Contest = c.ID
		}
		if c.NotAppointed > 0 {
			t.by(AppointElected, SecretaryDoes, law.Date{}, "%s: %s elected and not appointed. See what stands against it.", c.Title, plural(c.NotAppointed, "person")).Contest = c.ID
		}
		if c.OpenVacancies > 0 {
			t.by(FillVacancies, Doer(ReturningOfficer), law.Date{}, "%s: fill %s.", c.Title, plural(c.OpenVacancies, "empty seat")).Contest = c.ID
		}
	}
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	switch noun {
	case "person":
		return fmt.Sprintf("%d people", n)
	case "claim or objection":
		return fmt.Sprintf("%d claims and objections", n)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// destroyBy is the day by which the key is destroyed: that of the timetable, or later
// where a result was declared later than planned.
func (f Facts) destroyBy() law.Date {
	by := f.Timetable.Day(timetable.KeyDestroyed)
	for _, c := range f.Contests {
		if !by.After(c.PetitionUntil) {
			by = c.PetitionUntil.AddDays(1)
		}
	}
	return by
}
