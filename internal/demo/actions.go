package demo

import (
	"context"
	"fmt"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/demo/voting"
	"commonweal/internal/listen/action"
	"commonweal/internal/listen/wave"
	"commonweal/law"
)

// agreedOn and namedOn are the days before today on which the first actions are agreed and
// the heads of directorates named: after the firm's surveys are brought in and released.
const (
	namedOn  = 54
	agreedOn = 52
)

// doing is an action of the demonstration, from its finding to where it stands.
type doing struct {
	asking           int    // which of the askings it follows from
	place            string // directorate; "" is the whole organisation
	says             string // of comments, where no figure can be shown
	title, what      string
	owner            string // of the cast
	agreed, due      int    // days before today
	steps            []did
	helped, not, did int // so many members say of it that it helped, has not yet, did not happen
}

// did is a step, so many days before today.
type did struct {
	day  int
	kind action.StepKind
	note string
	due  int    // of moved
	to   string // of handed: one of the cast
}

var doings = []doing{
	{
		asking: 1, place: "inpatient", says: "Many write of nights on which nobody covers their breaks.", owner: "tomos", agreed: agreedOn, due: 20,
		title: "Somebody covers every break at night", what: "One nurse more on each night, for both wards, who covers breaks and nothing else.",
		steps: []did{{45, action.Begun, "", 0, ""}, {30, action.Reported, "Three nights in seven have the nurse. The other four wait for two people to start.", 0, ""}},
	},
	{
		asking: 1, place: "children", says: "Health visitors ask for supervision that is not put off.", owner: "lena", agreed: agreedOn, due: 18,
		title: "Safeguarding supervision every month", what: "Everybody who sees families has an hour of supervision each month, in the rota and not on top of it.",
		steps: []did{
			{44, action.Begun, "", 0, ""},
			{22, action.Done, "Supervision is in the rota since the start of last month. All but four people had theirs; the four are booked.", 0, ""},
		},
		helped: 21, not: 4, did: 2,
	},
	{
		asking: 4, place: "community", says: "Several write that rounds are not planned by where people live.", owner: "amara", agreed: agreedOn, due: 15,
		title: "Rounds planned by postcode", what: "Visits of a day are laid out by postcode the evening before, at every base.",
		steps: []did{
			{40, action.Begun, "", 0, ""},
			{17, action.Moved, "Quarry Road has no access to the planning software until next month. The other bases go on.", -30, ""},
		},
		helped: 8, not: 9,
	},
	{
		asking: 4, place: "running", says: "The heating at Alder House comes up again and again.", owner: "huw", agreed: agreedOn, due: 14,
		title: "New controls for the heating at Alder House", what: "Each floor of Alder House gets its own control for the heating.",
		steps: []did{
			{36, action.Begun, "", 0, ""},
			{12, action.NotDone, "The landlord replaces the boiler next summer and will not pay for controls before. We lend out heaters until then.", 0, ""},
		},
		not: 3, did: 11,
	},
	{
		asking: 1, place: "therapies", says: "Rooms are double booked, people write.", owner: "dev", agreed: agreedOn, due: -21,
		title: "One place to book rooms", what: "All clinic rooms are booked in one calendar that everybody sees.",
		steps: []did{{30, action.Begun, "", 0, ""}, {20, action.Handed, "", 0, "noor"}},
	},
	{
		asking: 5, says: "People like that questions to the board are answered, and ask for it to be quicker.", owner: "rhian", agreed: releasedOn - 1, due: -60,
		title: "An answer to every question within a month", what: "Each question to the board gets an answer within a month, where all members can read it.",
		steps: []did{{5, action.Begun, "", 0, ""}},
	},
}

// heads are who answers for a directorate, and is told what is late in it.
var heads = []struct{ directorate, head string }{
	{"community", "amara"}, {"inpatient", "tomos"}, {"therapies", "noor"}, {"children", "lena"}, {"running", "huw"},
}

// follow puts on the agenda what is done about the surveys, and what patients say.
func (b *builder) follow(ctx context.Context) error {
	add := func(day law.Date, hour int, name string, do func(context.Context) error) {
		if at := civil(day, hour); at.After(b.clock.Now()) {
			b.agenda = append(b.agenda, voting.Act{At: at, Name: name, Do: do})
		}
	}
	before := func(days int) law.Date { return b.Today.AddDays(-days) }
	b.patientsAsked(add)
	if b.h.Answers != nil {
		add(before(namedOn), 9, "actions: heads", b.nameHeads)
		for i, d := range doings {
			ids := new(string)
			add(before(d.agreed), 11, fmt.Sprintf("actions: agree %d", i+1), func(ctx context.Context) (err error) {
				*ids, err = b.agree(ctx, d)
				return err
			})
			for _, s := range d.steps {
				add(before(s.day), 15, "actions: "+d.title, func(ctx context.Context) error { return b.step(ctx, *ids, d, s) })
			}
			add(before(10), 18, "actions: what members say", func(ctx context.Context) error { return b.said(ctx, *ids, d) })
		}
		// As every morning in real use: those whose day is over are reminded of it.
		for _, day := range []int{19, 6} {
			add(before(day), 7, "actions: remind", func(ctx context.Context) error { return b.h.Actions.Remind(ctx, Org) })
		}
	}
	slices.SortStableFunc(b.agenda, func(x, y voting.Act) int { return x.At.Compare(y.At) })
	return nil
}

func (b *builder) nameHeads(ctx context.Context) error {
	p, err := b.asked(askings[1])
	if err != nil {
		return err
	}
	for _, h := range heads {
		err := b.h.Actions.Name(ctx, b.ids["rhian"], Org, action.Head{Directorate: h.directorate, Name: nameOf(p, h.directorate), Person: b.ids[h.head]})
		if err != nil {
			return err
		}
	}
	return nil
}

func nameOf(p wave.Plan, unit string) string {
	for _, u := range wave.UnitsOf(p.Rules) {
		if u.Code == unit {
			return u.Name
		}
	}
	return unit
}

// agree makes the action of what the release shows of engagement there. Where it shows
// nothing, as in a demonstration of few people, it follows from what people wrote.
func (b *builder) agree(ctx context.Context, d doing) (string, error) {
	p, err := b.asked(askings[d.asking])
	if err != nil {
		return "", err
	}
	f := action.Finding{Wave: p.Code, WaveName: p.Title, Unit: d.place, About: action.Comments, Label: "Comments", Says: d.says}
	place := action.Place{}
	if d.place != "" {
		f.UnitName = nameOf(p, d.place)
		place = action.Place{Directorate: d.place, DirectorateName: f.UnitName}
	}
	for _, s := range p.Instrument.Scores {
		scored := f
		scored.About, scored.ID, scored.Label = action.Score, s.ID, s.Label.In("en")
		found, err := b.h.Found(ctx, Org, scored)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return "", err
		}
		if found.Shown {
			scored.Says = found.Text() + ", " + found.Range()
			f = scored
			break
		}
	}
	a, err := b.h.Actions.Agree(ctx, b.ids["rhian"], Org, action.Draft{
		Finding: f, Place: place, Title: d.title, Doing: d.what, Owner: b.ids[d.owner], Due: b.Today.AddDays(-d.due),
	})
	return a.ID, err
}

func (b *builder) step(ctx context.Context, id string, d doing, s did) error {
	if id == "" {
		return nil // it was to be agreed before the demonstration begins
	}
	t := action.Take{Action: id, Kind: s.kind, Note: s.note}
	by := d.owner
	switch s.kind {
	case action.Moved:
		t.Due = b.Today.AddDays(-s.due)
	case action.Handed:
		t.Owner, by = b.ids[s.to], "rhian"
	}
	_, err := b.h.Actions.Take(ctx, b.ids[by], Org, t)
	return err
}

// said lets some members say what became of an action, in words or without.
func (b *builder) said(ctx context.Context, id string, d doing) error {
	if id == "" || d.helped+d.not+d.did == 0 {
		return nil
	}
	people, err := b.workers(ctx, law.Today(b.clock.Now()))
	if err != nil {
		return err
	}
	slices.SortStableFunc(people, func(x, y wave.Placed) int {
		return int(chance(d.title+x.Person, 1<<20)) - int(chance(d.title+y.Person, 1<<20))
	})
	for i, p := range people[:min(len(people), d.helped+d.not+d.did)] {
		w := action.Word{Says: action.Helped}
		switch {
		case i >= d.helped+d.not:
			w = action.Word{Says: action.Didnt}
		case i >= d.helped:
			w = action.Word{Says: action.NotYet}
		}
		if i%9 == 4 {
			w.Text = map[action.Says]string{
				action.Helped: "It is the first thing from the survey that I noticed.", action.NotYet: "Not where I work, so far.",
				action.Didnt: "We are still waiting.",
			}[w.Says]
		}
		if err := b.h.Actions.Say(ctx, Org, p.Person, id, w); err != nil {
			return err
		}
	}
	return nil
}
