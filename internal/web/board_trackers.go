package web

import (
	"cmp"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/words"
	"commonweal/internal/decide/box"
	"commonweal/internal/web/page"
)

// tracked is a ballot on the board: its tracker, and the words by which people know
// it.
type tracked struct {
	Tracker string
	Words   string
	Height  int
	Mine    bool // the one that is looked for
}

// trackersOf are the ballots of a contest in the order of their words, which tells
// nothing about when anybody voted.
func (v *visit) trackersOf(b boardView) ([]tracked, error) {
	if b.head == nil {
		return nil, nil
	}
	list, err := v.house.Boxes.Trackers(v.ctx, v.org.ID, b.contest.ID, 0, 1<<30)
	if err != nil {
		return nil, err
	}
	out := make([]tracked, len(list))
	for i, t := range list {
		out[i] = trackedOf(t)
	}
	slices.SortFunc(out, func(x, y tracked) int {
		return cmp.Or(cmp.Compare(x.Words, y.Words), cmp.Compare(x.Tracker, y.Tracker))
	})
	return out, nil
}

func trackedOf(t box.Tracked) tracked {
	hash, err := base64.RawStdEncoding.DecodeString(t.Tracker)
	if err != nil || len(hash) < words.Bits/8 {
		return tracked{Tracker: t.Tracker, Height: t.Height}
	}
	return tracked{Tracker: t.Tracker, Words: words.Text(hash), Height: t.Height}
}

// looked is what came of looking for a ballot.
type looked struct {
	Typed  string
	Found  []tracked
	Wrong  string // why what was typed is no tracker
	Sought bool
}

// lookFor finds a ballot by its four words, in any order, or by the whole tracker.
func lookFor(typed string, all []tracked) looked {
	out := looked{Typed: clip(strings.TrimSpace(typed), 200), Sought: true}
	if out.Typed == "" {
		out.Wrong = "Type the four words of your ballot, or the whole tracker."
		return out
	}
	fits := func(t tracked) bool { return t.Tracker == out.Typed }
	if hash, err := base64.RawStdEncoding.DecodeString(out.Typed); err != nil || len(hash) != 32 {
		bits, err := words.Parse(out.Typed)
		if err != nil {
			out.Wrong = page.Begin(err.Error()) + ". Look at your receipt: a tracker has four words, such as barley otter lantern maple."
			return out
		}
		want := sortedWords(words.Text(bits[:]))
		fits = func(t tracked) bool { return sortedWords(t.Words) == want }
	}
	for _, t := range all {
		if fits(t) {
			t.Mine = true
			out.Found = append(out.Found, t)
		}
	}
	return out
}

func sortedWords(text string) string {
	list := strings.Fields(text)
	slices.Sort(list)
	return strings.Join(list, " ")
}

type trackersPage struct {
	Action string
	Field  page.Text
	Looked looked
	Rule   string // what a ballot that is found means under the rules of voting again
	List   []tracked
	More   page.Pages
	Empty  *page.Panel
	Note   string
}

const trackersAPage = 200

// boardTrackers lists the ballots of a contest.
func (s *Server) boardTrackers(v *visit) error {
	b, err := v.board()
	if err != nil {
		return err
	}
	return v.showTrackers(b, looked{})
}

// boardFind looks for one. It comes as a form, so that a tracker stays out of
// addresses and logs.
func (s *Server) boardFind(v *visit) error {
	b, err := v.board()
	if err != nil {
		return err
	}
	form, err := v.form()
	if err != nil {
		return err
	}
	all, err := v.trackersOf(b)
	if err != nil {
		return err
	}
	return v.showTrackers(b, lookFor(form.Get("tracker"), all))
}

func (v *visit) showTrackers(b boardView, l looked) error {
	all, err := v.trackersOf(b)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Public board: " + b.contest.Title, Href: b.path()}
	f.Kicker, f.Heading = b.Title, "Ballots by tracker"
	f.Sentence = "Every ballot that came in by the web is here. Nobody can tell from it how anybody voted."
	p := trackersPage{Action: b.path() + "/find", Field: findField(l), Looked: l, Rule: boardRevoteWords(b), Note: countNote(b)}
	f.Errors = page.Problems(p.Field)
	if len(all) == 0 {
		panel := page.Empty("No ballots yet", "When the first ballot is in the box, its tracker appears here.", page.Link{})
		p.Empty = &panel
	}
	at, _ := strconv.Atoi(v.r.URL.Query().Get("from"))
	at = max(0, min(at, len(all)))
	end := min(at+trackersAPage, len(all))
	p.List = all[at:end]
	if at > 0 {
		p.More.Prev = b.path() + "/trackers?from=" + strconv.Itoa(max(0, at-trackersAPage))
	}
	if end < len(all) {
		p.More.Next = b.path() + "/trackers?from=" + strconv.Itoa(end)
	}
	f.Files = []page.Files{{What: "the trackers", CSV: b.path() + "/trackers.csv", JSON: b.path() + "/trackers.json"}}
	f.Data = p
	status := http.StatusOK
	if l.Wrong != "" {
		status = http.StatusUnprocessableEntity
	}
	return v.show(status, "board_trackers", f)
}

func findField(l looked) page.Text {
	return page.Text{
		Name: "tracker", Label: "Your four words", Hint: "In any order, for example: barley otter lantern maple. The whole tracker will do as well.",
		Value: l.Typed, Error: l.Wrong, Width: 30, Verbatim: true,
	}
}

// boardRevoteWords is what it means that a ballot is in the archive.
func boardRevoteWords(b boardView) string {
	if b.Rules.Revote == "last-counts" {
		return "If the same voter voted again later, that later ballot is the one that counts."
	}
	return "Once in, a ballot is not altered or taken out: the head of the archive would change."
}

// countNote says what the list tells and what it does not.
func countNote(b boardView) string {
	return "They stand in the order of their words, so that the list says nothing about when anybody voted. Whoever counts them knows how many ballots came in by the web so far; votes on paper and by telephone are not among them."
}
