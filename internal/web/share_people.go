package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// sharesNow are the ledger and the classes of shares, by code.
func (v *visit) sharesNow() (*share.Ledger, []share.Class, error) {
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return nil, nil, err
	}
	classes, err := v.house.Shares.Classes(v.ctx, v.org.ID)
	return ledger, classes, err
}

// holder is a member, present or former, as the pages on shares and stakes need
// to know them.
type holder struct {
	Member, Person string
	Name, Family   string
	Number         int
	Entered        law.Date
	Ceased         law.Date // of the last membership; no date for a member
}

// title is the name, or words in its place where the details were erased.
func (h holder) title() string {
	switch {
	case h.Name != "":
		return h.Name
	case h.Number > 0:
		return "Member " + number(h.Number)
	}
	return "Somebody who is not on the register"
}

// is reports whether they are a member on a day, as far as is known.
func (h holder) is(day law.Date) bool {
	return h.Member != "" && !day.Before(h.Entered) && (h.Ceased.IsZero() || day.Before(h.Ceased))
}

// holders are all who are or were members, by the id of the member.
type holders map[string]holder

func (v *visit) holders() (holders, error) {
	rows, err := v.house.Members.Register(v.ctx, v.org.ID, v.today())
	if err != nil {
		return nil, err
	}
	out := make(holders, len(rows))
	for _, r := range rows {
		if r.MemberID == "" || out[r.MemberID].Entered.After(r.Entered) {
			continue
		}
		out[r.MemberID] = holder{r.MemberID, r.Person, r.Name, r.Family, r.Number, r.Entered, r.Ceased}
	}
	return out, nil
}

// named are the names and numbers of a few members, for a page of a list: the
// whole register need not be worked out for them.
func (v *visit) named(members ...string) (holders, error) {
	out := holders{}
	err := v.house.Journal.DB().Read(v.ctx, func(tx *db.Tx) error {
		for _, m := range members {
			if m == "" || out[m].Member != "" {
				continue
			}
			name, n, err := v.house.Members.Holder(v.ctx, tx, v.org.ID, m)
			if fault.Is(err, fault.NotFound) {
				continue
			}
			if err != nil {
				return err
			}
			out[m] = holder{Member: m, Name: name, Number: n}
		}
		return nil
	})
	return out, err
}

// namedIn are the members that entries are about.
func (v *visit) namedIn(l *share.Ledger, list []share.Entry) (holders, error) {
	var members []string
	for _, e := range list {
		if e.Kind == share.Reverse {
			e, _ = l.Entry(e.Reverses)
		}
		members = append(members, e.From, e.To)
	}
	return v.named(members...)
}

// mayAbout asks policy about the person who is a member.
func (v *visit) mayAbout(member string, action policy.Action) error {
	file, err := v.house.Members.FileByMember(v.ctx, v.org.ID, member)
	if fault.Is(err, fault.NotFound) {
		return fault.Errorf(fault.NotFound, "nobody on the register has this address")
	}
	if err != nil {
		return err
	}
	return v.may(action, v.about(file.Person))
}

// holder finds one member by id and asks policy about that person.
func (v *visit) holder(all holders, member string, action policy.Action) (holder, error) {
	h, ok := all[member]
	if !ok {
		return holder{}, fault.Errorf(fault.NotFound, "nobody on the register has this address")
	}
	return h, v.may(action, v.about(h.Person))
}

// byName orders members as a list of names is read.
func byName(a, b holder) int {
	return cmp.Or(strings.Compare(a.Family, b.Family), strings.Compare(a.Name, b.Name), cmp.Compare(a.Number, b.Number))
}

// find looks for members by number, or by words of the name.
func (all holders) find(text string, among func(holder) bool) []holder {
	n, isNumber := readWhole(strings.TrimPrefix(strings.ToLower(strings.TrimSpace(text)), "no."))
	words := strings.Fields(strings.ToLower(text))
	var out []holder
	for _, h := range all {
		name, fits := strings.ToLower(h.Name), len(words) > 0
		for _, w := range words {
			fits = fits && strings.Contains(name, w)
		}
		if (isNumber && int64(h.Number) == n || !isNumber && fits) && among(h) {
			out = append(out, h)
		}
	}
	slices.SortFunc(out, byName)
	return out
}

// finder is a page whose one question is which member.
type finder struct {
	Action string // where the form goes
	Who    page.Text
	Choice *page.Radios // where several members fit what was typed
	Next   string
	Back   page.Link
	Note   string
}

// mostOffered is how many members are offered to choose from.
const mostOffered = 10

// answer reads which member was meant. When it gives none, the page says what to
// do.
func (f *finder) answer(v *visit, form url.Values, all holders, among func(holder) bool) (member string) {
	if id := form.Get("member"); id != "" {
		if h, ok := all[id]; ok && among(h) {
			return id
		}
	}
	f.Who.Value = clip(strings.TrimSpace(form.Get("who")), 100)
	found := all.find(f.Who.Value, among)
	switch {
	case f.Who.Value == "":
		f.Who.Error = "Type a name or a number in the register."
	case len(found) == 0:
		f.Who.Error = f.noneFound(all, among)
	case len(found) == 1:
		return found[0].Member
	case len(found) > mostOffered:
		f.Who.Error = page.Begin(said(page.Words(len(found)))) + " members fit. Type more of the name, or the number in the register."
	default:
		f.Who.Heading = false
		f.Choice = &page.Radios{Name: "member", Legend: phrase(len(found), "member fits", "members fit") + " “" + f.Who.Value + "”. Which is it?", Heading: true}
		if form.Get("chosen") != "" {
			f.Choice.Error = "Choose one of them, or search again."
		}
		for _, h := range found {
			f.Choice.Options = append(f.Choice.Options, page.Option{Value: h.Member, Label: h.title(), Hint: v.holderHint(h)})
		}
	}
	return ""
}

func (f *finder) noneFound(all holders, among func(holder) bool) string {
	others := all.find(f.Who.Value, func(h holder) bool { return !among(h) })
	if len(others) == 1 {
		return others[0].title() + " is on the register, but not for this. " + f.Note
	}
	return "Nobody is found for “" + f.Who.Value + "”. Type part of the name, or the number in the register."
}

// holderHint tells members of one name apart.
func (v *visit) holderHint(h holder) string {
	s := "Number " + number(h.Number) + ", member since " + v.day(h.Entered)
	if !h.Ceased.IsZero() && !h.Ceased.After(v.today()) {
		s = "Number " + number(h.Number) + ", member until " + v.day(h.Ceased)
	}
	return s
}

// showFinder shows the question.
func (v *visit) showFinder(status int, kicker string, f finder) error {
	frame := v.frame()
	frame.Kicker = kicker
	frame.Title = f.Who.Label
	frame.Back = f.Back
	frame.Errors = page.Problems(f.Who)
	if f.Choice != nil {
		frame.Title = f.Choice.Legend
		frame.Errors = page.Problems(*f.Choice)
	}
	frame.Data = f
	return v.show(status, "share_find", frame)
}

// leafing is the part of a list that ?page= asks for. The addresses of the other
// parts keep what else the address asks for.
func leafing[T any](v *visit, list []T, size int) ([]T, page.Pages) {
	q := v.r.URL.Query()
	n, _ := strconv.Atoi(q.Get("page"))
	last := max((len(list)+size-1)/size, 1)
	n = min(max(n, 1), last)
	at := func(n int) string {
		q.Set("page", strconv.Itoa(n))
		return v.r.URL.Path + "?" + q.Encode()
	}
	from, to := (n-1)*size, min(n*size, len(list))
	pages := page.Pages{Place: number(min(from+1, to)) + " to " + number(to) + " of " + number(len(list))}
	if n > 1 {
		pages.Prev = at(n - 1)
	}
	if n < last {
		pages.Next = at(n + 1)
	}
	return list[from:to], pages
}

// listSize is how many rows of a long list stand on a page.
const listSize = 25

// on is the query for a day, empty for today.
func (v *visit) on(day law.Date) string {
	if day == v.today() {
		return ""
	}
	return "?on=" + day.String()
}
