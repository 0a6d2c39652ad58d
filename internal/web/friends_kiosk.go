package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/friends"
	"commonweal/internal/web/page"
)

// kioskPage is what patients see: one question, and room for the reason.
type kioskPage struct {
	Ask     friends.Ask
	Action  string
	Nonce   string
	Options []kioskOption
	Wrong   string
	Text    page.TextArea
	Publish bool
	Others  page.Links // other languages
	Again   string
	Closed  bool
}

type kioskOption struct {
	Value, Label string
	Chosen       bool
}

// kioskWays are the ways in which patients send answers, by what the address says.
var kioskWays = map[string]friends.Mode{"kiosk": friends.KioskThere, "home": friends.KioskHome, "text": friends.SMS, "": friends.Online}

// kiosk is the point that the address names, with language and way.
func (v *visit) kiosk() (p friends.Point, ask friends.Ask, by string, err error) {
	p, org, err := v.house.Friends.Point(v.ctx, v.r.PathValue("code"))
	if err != nil {
		return p, ask, "", err
	}
	if org != v.org.ID { // the address names a point and no organisation, whoever is signed in on the device
		if v.org, err = v.house.Identity.Organisation(v.ctx, org); err != nil {
			return p, ask, "", err
		}
	}
	q := v.queried()
	language := q.Get("in")
	if i := indexOf(p.Languages, language); i < 0 {
		language = p.Languages[0]
	}
	ask, _ = friends.AskIn(language)
	by = q.Get("by")
	if mode, ok := kioskWays[by]; !ok || !p.Takes(mode) {
		by = ""
	}
	if by == "" && !p.Takes(friends.Online) {
		for word, mode := range kioskWays {
			if word != "" && p.Takes(mode) && (by == "" || word < by) {
				by = word
			}
		}
	}
	return p, ask, by, nil
}

func indexOf(list []string, one string) int {
	for i, s := range list {
		if s == one {
			return i
		}
	}
	return -1
}

// kioskAt is the address of a point in a language, for a way.
func kioskAt(p friends.Point, rest, language, by string) string {
	q := url.Values{}
	if language != "" && language != p.Languages[0] {
		q.Set("in", language)
	}
	if by != "" {
		q.Set("by", by)
	}
	at := "/friends/" + p.Code + rest
	if len(q) > 0 {
		at += "?" + q.Encode()
	}
	return at
}

// kioskFrame knows nobody, whoever is signed in on the device.
func (v *visit) kioskFrame(p friends.Point, ask friends.Ask) page.Frame {
	f := page.Frame{Org: brandOf(v.org), Now: v.now, Demo: v.house.Demo, Lang: ask.Code, Home: kioskAt(p, "", ask.Code, v.queried().Get("by"))}
	f.Kicker = fmt.Sprintf(ask.About, p.Name)
	return f
}

// friendsAsk asks the question.
func (s *Server) friendsAsk(v *visit) error {
	return v.showKiosk(http.StatusOK, friends.Answer{Nonce: v.house.Friends.Nonce()}, "")
}

func (v *visit) showKiosk(status int, a friends.Answer, wrong string) error {
	p, ask, by, err := v.kiosk()
	if err != nil {
		return err
	}
	f := v.kioskFrame(p, ask)
	f.Heading = ask.Text
	k := kioskPage{Ask: ask, Action: kioskAt(p, "", ask.Code, by), Nonce: a.Nonce, Wrong: wrong, Publish: a.Publish, Closed: !p.OpenOn(v.today())}
	for i, words := range ask.Ratings {
		k.Options = append(k.Options, kioskOption{strconv.Itoa(i + 1), words, int(a.Rating) == i+1})
	}
	k.Text = page.TextArea{Name: "text", Label: ask.Why, Hint: ask.WhyHint, Rows: 4, Value: a.Text}
	for _, code := range p.Languages {
		if other, ok := friends.AskIn(code); ok && code != ask.Code {
			k.Others = append(k.Others, page.LinkLine{Text: other.Name, Href: kioskAt(p, "", code, by)})
		}
	}
	if wrong != "" {
		f.Errors = []page.Error{{Field: "rating-1", Message: wrong}}
	}
	f.Data = k
	return v.show(status, "friends_kiosk", f)
}

// friendsTake keeps an answer. Nothing about who sends it is looked at.
func (s *Server) friendsTake(v *visit) error {
	p, ask, by, err := v.kiosk()
	if err != nil {
		return err
	}
	if v.r.ContentLength > maxAnswer { // told by its head: nothing of it is read
		v.w.Header().Set("Connection", "close")
		return v.showKiosk(http.StatusRequestEntityTooLarge, friends.Answer{Nonce: v.house.Friends.Nonce()}, ask.Long)
	}
	form, err := v.form()
	if err != nil {
		return err
	}
	rating, _ := strconv.Atoi(form.Get("rating"))
	a := friends.Answer{
		Nonce: form.Get("nonce"), Rating: friends.Rating(rating), Mode: kioskWays[by], Language: ask.Code, Text: form.Get("text"), Publish: form.Get("publish") == "yes",
	}
	err = v.house.Friends.Take(v.ctx, p.Code, a)
	switch {
	case err == nil:
		return v.redirect(kioskAt(p, "/thanks", ask.Code, by))
	case fault.Is(err, fault.Throttled):
		return v.showKiosk(http.StatusTooManyRequests, a, ask.Busy)
	case fault.Is(err, fault.Conflict):
		return v.showKiosk(http.StatusConflict, a, ask.Closed)
	case fault.FieldOf(err) == "text":
		return v.showKiosk(http.StatusUnprocessableEntity, a, ask.Long)
	case fault.FieldOf(err) == "nonce":
		a.Nonce = v.house.Friends.Nonce()
		return v.showKiosk(http.StatusUnprocessableEntity, a, ask.Missing)
	case fault.Is(err, fault.Invalid):
		return v.showKiosk(http.StatusUnprocessableEntity, a, ask.Missing)
	}
	return err
}

// maxAnswer is the most bytes of a form with an answer: four a letter, as a form writes
// them, and room to spare.
const maxAnswer = 64 << 10

// kioskRests is how long a kiosk shows its thanks before it is ready for the next.
const kioskRests = 12

// friendsThanks says that it is counted. A kiosk goes back to its question by itself,
// without a script.
func (s *Server) friendsThanks(v *visit) error {
	p, ask, by, err := v.kiosk()
	if err != nil {
		return err
	}
	f := v.kioskFrame(p, ask)
	f.Heading, f.Sentence = ask.Thanks, ask.Counted
	again := kioskAt(p, "", "", by)
	if by == "kiosk" {
		v.w.Header().Set("Refresh", strconv.Itoa(kioskRests)+"; url="+again)
	}
	f.Data = kioskPage{Ask: ask, Again: again}
	return v.show(http.StatusOK, "friends_thanks", f)
}
