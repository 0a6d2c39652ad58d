package member

import (
	"math/rand/v2"
	"testing"

	"commonweal/law"
)

// What somebody is on a day does not depend on what happens after it: a fact
// that takes effect later, a post that begins later, or a leaving date that is
// known beforehand change only what is foreseen.
func TestTimeline_TheFutureDoesNotChangeThePast(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	books := []*Book{plain(t), trust(t), keeping(t), gracious(0)(t)}
	start := day("2026-01-01")
	for range 800 {
		in := Inputs{Book: books[rng.IntN(len(books))], Facts: randomFacts(rng, start), Posts: randomPosts(rng, start)}
		all := NewTimeline(in)
		on := start.AddDays(rng.IntN(120))
		got, want := NewTimeline(truncate(in, on)).On(on), all.On(on)
		if got.State != want.State || got.Class != want.Class || got.Since != want.Since || got.Constituency != want.Constituency {
			t.Fatalf("on %s\nknowing the future: %+v\nnot knowing it:     %+v\nfacts %+v\nposts %+v", on, want, got, in.Facts, in.Posts)
		}
		checkPeriods(t, all, start)
	}
}

// checkPeriods compares the periods with the status of every day.
func checkPeriods(t *testing.T, all Timeline, start law.Date) {
	t.Helper()
	periods := all.Periods()
	for n := range 130 {
		d := start.AddDays(n)
		open := 0
		for _, p := range periods {
			if p.Open(d) {
				open++
			}
		}
		s := all.On(d)
		if s.State == Member && open != 1 || open > 1 || s.State != Member && s.State != CannotTell && open > 0 {
			t.Fatalf("on %s the state is %s and %d periods are open: %+v", d, s.State, open, periods)
		}
		if s.State == Ended && !s.Ends.Before(d) && s.Ends != d {
			t.Fatalf("on %s membership has ended on %s", d, s.Ends)
		}
		if s.State == Member && !s.Ends.IsZero() && !s.Ends.After(d) {
			t.Fatalf("on %s a member whose membership ended on %s", d, s.Ends)
		}
		if s.Reason == "" {
			t.Fatalf("on %s there is no reason", d)
		}
	}
}

func truncate(in Inputs, on law.Date) Inputs {
	out := Inputs{Book: in.Book}
	for _, f := range in.Facts {
		if !f.Effective.After(on) {
			out.Facts = append(out.Facts, f)
		}
	}
	for _, p := range in.Posts {
		if p.From.After(on) {
			continue
		}
		if p.To.After(on) {
			p.To = law.Date{}
		}
		out.Posts = append(out.Posts, p)
	}
	return out
}

func randomFacts(rng *rand.Rand, start law.Date) []Fact {
	kinds := []FactKind{Applied, Admitted, Admitted, Refused, OptedOut, OptedIn, Withdrew, Expelled, Reinstated, Consented, ConsentWithdrawn, AreaGiven, Died}
	classes := []string{"staff", "staff", "public"}
	areas := []string{"PL1", "PL2", "EX1", ""}
	list := make([]Fact, rng.IntN(7))
	for i := range list {
		list[i] = Fact{
			Kind: kinds[rng.IntN(len(kinds))], Class: classes[rng.IntN(len(classes))],
			Effective: start.AddDays(rng.IntN(120)),
		}
		if list[i].Kind == AreaGiven {
			list[i].Data = areas[rng.IntN(len(areas))]
		}
	}
	return facts(list...)
}

func randomPosts(rng *rand.Rand, start law.Date) []Post {
	categories := []string{"permanent", "permanent", "fixed_term", "agency", ""}
	groups := []string{"Nursing", "Estates", ""}
	posts := make([]Post, rng.IntN(4))
	for i := range posts {
		from := start.AddDays(rng.IntN(100) - 20)
		posts[i] = Post{
			StaffGroup: groups[rng.IntN(len(groups))], Category: categories[rng.IntN(len(categories))],
			Site: "Ashby", FTE: rng.IntN(101), From: from,
		}
		if rng.IntN(2) == 0 {
			posts[i].To = from.AddDays(rng.IntN(60))
		}
	}
	return posts
}

func randomLives(t testing.TB, n int) []Life {
	rng := rand.New(rand.NewPCG(11, 11))
	b := trust(t)
	lives := make([]Life, n)
	for i := range lives {
		posts := randomPosts(rng, day("2026-01-01"))
		lives[i] = Life{Posts: posts, Timeline: NewTimeline(Inputs{Book: b, Facts: randomFacts(rng, day("2026-01-01")), Posts: posts})}
	}
	return lives
}
