package demo

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"sync"

	"commonweal/internal/base/fault"
	"commonweal/internal/demo/voting"
	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/internal/own/staff"
	"commonweal/law"
	"commonweal/survey/instrument"
	"commonweal/survey/token"
)

//go:embed teams.csv
var teams []byte

// asking is one of the demonstration's surveys. The earlier ones were held by a firm; the
// last annual one and the pulse that is open are our own.
type asking struct {
	kind          wave.Kind
	opens, closes int // days before today
	turn          int // of seven, in order of time: how far the story has come
	held          bool
}

var askings = []asking{
	{wave.Annual, 770, 745, 0, false},
	{wave.Annual, 405, 380, 3, false},
	{wave.Pulse, 310, 297, 4, false},
	{wave.Pulse, 219, 206, 4, false},
	{wave.Pulse, 128, 115, 5, false},
	{wave.Annual, 42, 16, 6, true},
	{wave.Pulse, 4, -9, 7, true},
}

// held by ourselves, so many of a thousand draw a pass. Drawing costs a signature each, so
// it is fewer than the firm's.
const (
	takePart     = 360
	takePulse    = 90
	surveyKeys   = 2048 // bits: the demonstration is made often and has no secrets
	broughtInOn  = 60   // days before today
	releasedOn   = 9
	openDaysHeld = 4 // on so many days people answer
)

// surveys puts the surveys on the agenda: five that a firm held are brought in and
// released, an annual one is called, answered with passes, closed and released, and a
// pulse is open.
func (b *builder) surveys(context.Context) error {
	if b.h.Answers == nil {
		return nil
	}
	b.h.Waves.UseBits(surveyKeys)
	add := func(day, hour int, name string, do func(context.Context) error) {
		if at := civil(b.Today.AddDays(-day), hour); at.After(b.clock.Now()) {
			b.agenda = append(b.agenda, voting.Act{At: at, Name: "surveys: " + name, Do: do})
		}
	}
	add(broughtInOn, 10, "bring in", func(ctx context.Context) error { return b.bringIn(ctx) })
	for _, a := range askings {
		if !a.held {
			continue
		}
		p, err := b.asked(a)
		if err != nil {
			return err
		}
		add(a.opens, 8, p.Code+": call", func(ctx context.Context) error { return b.callWave(ctx, p) })
		for i := range openDaysHeld {
			day := a.opens - 1 - i*(a.opens-max(a.closes, 0))/(openDaysHeld+1)
			if day <= 0 {
				break
			}
			add(day, 12, fmt.Sprintf("%s: answers, day %d", p.Code, i+1), func(ctx context.Context) error { return b.answer(ctx, p.Code, a, i) })
			add(day, 22, fmt.Sprintf("%s: evening %d", p.Code, i+1), b.h.MixDay)
		}
		for _, d := range p.RemindOn {
			add(d.DaysUntil(b.Today), 9, p.Code+": remind", func(ctx context.Context) error { return b.remind(ctx, p.Code) })
		}
		if a.closes > 0 {
			add(a.closes-1, 1, p.Code+": close", func(ctx context.Context) error { return b.closeWave(ctx, p.Code) })
			add(releasedOn, 10, p.Code+": release", func(ctx context.Context) error { return b.release(ctx, p.Code) })
			if p.Comments {
				add(releasedOn-1, 9, p.Code+": comments", func(ctx context.Context) error { return b.readComments(ctx, p.Code) })
			}
		}
	}
	slices.SortStableFunc(b.agenda, func(x, y voting.Act) int { return x.At.Compare(y.At) })
	return nil
}

// asked is the plan of a survey.
func (b *builder) asked(a asking) (wave.Plan, error) {
	rules, wrong := wave.ReadRules(bytes.NewReader(teams))
	if len(wrong) > 0 {
		return wave.Plan{}, errors.New(wrong[0].String())
	}
	opens, closes := b.Today.AddDays(-a.opens), b.Today.AddDays(-a.closes)
	year, month, _ := opens.Civil()
	p := wave.Plan{
		Code: fmt.Sprintf("staff-survey-%d", year), Title: fmt.Sprintf("Staff survey %d", year), Kind: a.kind, Census: opens, Opens: opens, Closes: closes,
		About: "What it is like to work here. It takes five minutes.", Comments: true, Rules: rules, Weighting: wave.ByGroup,
		Paper: a.held,
	}
	id := instrument.Engagement
	if a.kind == wave.Pulse {
		id = instrument.Pulse
		p.Code, p.Title = fmt.Sprintf("pulse-%d-%02d", year, month), fmt.Sprintf("Pulse, %s %d", month, year)
		p.About, p.Comments = "Nine questions, three times a year, between the surveys.", false
	}
	if a.held {
		p.RemindOn = []law.Date{opens.AddDays((a.opens - a.closes) / 2)}
	}
	var err error
	p.Instrument, err = instrument.Load(id)
	return p, err
}

// workers are those employed on a day, with where they work.
func (b *builder) workers(ctx context.Context, day law.Date) (people []wave.Placed, err error) {
	err = b.h.Staff.EachOn(ctx, staff.Filter{Org: Org, Day: day}, func(e staff.Entry) error {
		people = append(people, wave.Placed{Person: e.PersonID, Site: e.Main.Site, StaffGroup: e.Main.StaffGroup, Role: e.Main.Role})
		return nil
	})
	return people, err
}

// bringIn brings in what the firm held, with the staff of the day on which it is brought
// in, and releases it.
func (b *builder) bringIn(ctx context.Context) error {
	people, err := b.workers(ctx, law.Today(b.clock.Now()))
	if err != nil {
		return err
	}
	said := make([]string, len(people))
	for i, p := range people {
		said[i] = p.StaffGroup
	}
	groups, code := wave.GroupsOf(said)
	for _, a := range askings {
		if a.held {
			continue
		}
		p, err := b.asked(a)
		if err != nil {
			return err
		}
		in := wave.BroughtIn{Plan: p, Source: "Fernhill Surveys, an invented firm", Units: wave.UnitsOf(p.Rules), Groups: groups}
		count := map[wave.Stratum]int{}
		var sheets []answers.Sheet
		for i, who := range people {
			at := wave.Stratum{Unit: wave.PlaceOf(p.Rules, who), Group: code(who.StaffGroup)}
			count[at]++
			if m := (mind{p: p, a: a, unit: at.Unit, who: fmt.Sprint(p.Code, i)}); m.answers() {
				sheets = append(sheets, m.sheet(at))
			}
		}
		for at, n := range count {
			at.Eligible = n
			in.Strata = append(in.Strata, at)
		}
		slices.SortFunc(in.Strata, func(x, y wave.Stratum) int {
			return cmp.Or(cmp.Compare(x.Unit, y.Unit), cmp.Compare(x.Group, y.Group))
		})
		if len(sheets) == 0 {
			continue
		}
		if _, err := b.h.ImportWave(ctx, b.ids["rhian"], Org, in, sheets); err != nil {
			return fmt.Errorf("bring in %s: %w", p.Code, err)
		}
		if err := b.release(ctx, p.Code); err != nil {
			return err
		}
	}
	return nil
}

// release releases a survey. In a demonstration of few people it may be that nothing can
// be shown, and then nothing is.
func (b *builder) release(ctx context.Context, code string) error {
	w, err := b.h.Waves.ByCode(ctx, Org, code)
	if err != nil {
		return err
	}
	if _, err = b.h.ReleaseWave(ctx, b.ids["rhian"], Org, w.ID); fault.Is(err, fault.Conflict) && b.Staff < 1000 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("release %s: %w", code, err)
	}
	return nil
}

func (b *builder) callWave(ctx context.Context, p wave.Plan) error {
	id, err := b.h.Waves.Draft(ctx, b.ids["rhian"], Org, p)
	if err != nil {
		return err
	}
	if err := b.h.CallWave(ctx, b.ids["rhian"], Org, id); err != nil || !p.Paper {
		return err
	}
	return b.h.MakeSlips(ctx, b.ids["rhian"], Org, id, 20, func([]string) error { return nil })
}

func (b *builder) remind(ctx context.Context, code string) error {
	w, err := b.h.Waves.ByCode(ctx, Org, code)
	if err != nil {
		return err
	}
	return b.h.RemindWave(ctx, wave.System, Org, w.ID)
}

func (b *builder) closeWave(ctx context.Context, code string) error {
	w, err := b.h.Waves.ByCode(ctx, Org, code)
	if err != nil {
		return err
	}
	return b.h.CloseWave(ctx, Org, w.ID)
}

// answer lets those whose day it is draw their passes and answer with them, as their
// devices do.
func (b *builder) answer(ctx context.Context, code string, a asking, day int) error {
	w, err := b.h.Waves.ByCode(ctx, Org, code)
	if err != nil {
		return err
	}
	people, err := b.workers(ctx, w.Census)
	if err != nil {
		return err
	}
	share := uint32(takePart)
	if a.kind == wave.Pulse {
		share = takePulse
	}
	if b.Staff < 1000 {
		share *= 2
	}
	asked, err := b.h.Waves.Asked(ctx, Org, w.ID)
	if err != nil {
		return err
	}
	_, group := wave.GroupsOf(groupNames(w))
	var come []wave.Placed
	for _, p := range people {
		if _, ok := slices.BinarySearch(asked, p.Person); ok && chance("takes part"+w.Code+p.Person, 1000) < share && chance("day"+w.Code+p.Person, openDaysHeld) == uint32(day) && !b.named(p.Person) {
			come = append(come, p)
		}
	}
	passes, err := b.draw(ctx, w, come)
	if err != nil {
		return err
	}
	for i, p := range come {
		if chance("puts it off"+w.Code+p.Person, 20) == 0 {
			continue // drawn, and not used
		}
		at := wave.Stratum{Unit: wave.PlaceOf(w.Rules, p), Group: group(p.StaffGroup)}
		s := mind{p: w.Plan, a: a, unit: at.Unit, who: w.Code + p.Person}.sheet(at)
		s.Token = passes[i].String()
		if _, err := b.h.Answers.Take(ctx, w.ID, s); err != nil {
			return err
		}
	}
	return nil
}

func groupNames(w wave.Wave) (out []string) {
	for _, g := range w.Groups {
		out = append(out, g.Name)
	}
	return out
}

// draw draws passes for people, two at a time: signing takes most of it.
func (b *builder) draw(ctx context.Context, w wave.Wave, people []wave.Placed) ([]token.Token, error) {
	key, err := token.ParsePublic(w.Key, w.KeyHash)
	if err != nil {
		return nil, err
	}
	passes := make([]token.Token, len(people))
	blinded := make([][]byte, len(people))
	held := make([]*token.Blinded, len(people))
	for i := range people {
		if blinded[i], held[i], err = key.Blind(lot{b.h.World.Bytes}, w.ID); err != nil {
			return nil, err
		}
	}
	var all sync.WaitGroup
	errs := make([]error, 2)
	for worker := range errs {
		all.Go(func() {
			for i := worker; i < len(people) && errs[worker] == nil; i += len(errs) {
				signature, err := b.h.Waves.Draw(ctx, Org, w.ID, people[i].Person, blinded[i])
				if err == nil {
					passes[i], err = held[i].Finish(signature)
				}
				errs[worker] = err
			}
		})
	}
	all.Wait()
	return passes, errors.Join(errs...)
}

// lot is the demonstration's chance as a reader.
type lot struct{ bytes func([]byte) }

func (l lot) Read(p []byte) (int, error) {
	l.bytes(p)
	return len(p), nil
}
