package answer

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/answers"
	"commonweal/internal/web/page"
)

// secondsEach is how long a question takes, on the way to a time that can be named.
const secondsEach = 12

// startView is the page that says what is asked, before anything is.
type startView struct {
	words
	Survey   survey
	Asked    []asked
	Others   []tongue
	Fetch    string // where the pass is fetched
	Check    string
	About    string
	Minutes  int
	Comments int // fewest answers of a group whose comments are read
}

// asked is a group of questions in the list of what is asked.
type asked struct{ Questions, Stem string }

// tongue is a language that the page can be had in.
type tongue struct{ Code, Text, Href string }

// survey is what every page says of the survey that it belongs to.
type survey struct {
	Wave, Code, Title, Action string
	Minimum                   int
	Closes                    string
	Places, Comments          bool
}

func (v *visit) surveyOf(p paper) survey {
	return survey{
		Wave: p.Wave, Code: p.Code, Title: p.title(v.Language), Action: Prefix + v.wave, Minimum: p.Minimum,
		Closes: v.day(p.Closes), Places: len(p.Units)+len(p.Groups) > 0, Comments: p.Comments,
	}
}

// find is the survey by the code in the address, or by its id.
func (v *visit) find() (answers.Terms, answers.Stage, error) {
	t, stage, err := v.box.ByCode(v.ctx, v.o.Organisation, v.wave)
	if fault.Is(err, fault.NotFound) {
		t, stage, err = v.box.Terms(v.ctx, v.wave)
	}
	return t, stage, err
}

// open is the survey that the address names, in a language that it has. It reports false
// where it has answered already: there is none, or it takes no answers today.
func (v *visit) open() (paper, bool, error) {
	t, stage, err := v.find()
	if fault.Is(err, fault.NotFound) {
		return paper{}, false, v.refuse(http.StatusNotFound, "refused.none")
	}
	if err != nil {
		return paper{}, false, err
	}
	v.org, v.checked = t.Organisation, "/surveys/"+t.Code+"/check"
	p, err := paperOf(t)
	if err != nil {
		return p, false, err
	}
	if v.Language != "en" && !slices.Contains(p.Languages, v.Language) {
		v.Language = "en"
	}
	switch {
	case t.BroughtIn:
		return p, false, v.refuse(http.StatusNotFound, "refused.none")
	case stage == answers.Published:
		return p, false, v.refuse(http.StatusConflict, "refused.early", p.Opens)
	case stage != answers.Open:
		return p, false, v.late(p)
	}
	return p, true, nil
}

// start says what is asked, who sees what, and how long it takes.
func (v *visit) start() error {
	p, ok, err := v.open()
	if !ok {
		return err
	}
	s := startView{
		words: v.words, Survey: v.surveyOf(p), Others: v.others(p, true), Comments: answers.LeastComments,
		Fetch: v.o.Register + "/surveys/" + p.Code + "/token", Check: v.o.Register + "/surveys/" + p.Code + "/check", About: v.o.Register + "/surveys/" + p.Code,
	}
	for _, group := range p.groups() {
		n := 0
		for _, q := range p.Instrument.Questions {
			if q.Group == group {
				n++
			}
		}
		s.Asked = append(s.Asked, asked{v.questions(n), p.stem(group, v.Language)})
	}
	n := len(p.Instrument.Questions)
	s.Minutes = max(1, (n*secondsEach+59)/60)
	f := v.frame()
	f.Heading = s.Survey.Title
	f.Sentence = v.Say("start.sentence", v.questions(n), v.minutes(s.Minutes))
	f.Modules = v.modules()
	f.Data = s
	return v.renderer.Render(v.w, http.StatusOK, "start", f)
}

func (v *visit) questions(n int) string {
	if n == 1 {
		return v.Say("start.questions.one")
	}
	if v.Language == "en" && n < 10 {
		word, err := page.Words(n)
		if err == nil {
			return page.Begin(strings.Replace(v.Say("start.questions", n), strconv.Itoa(n), word, 1))
		}
	}
	return v.Say("start.questions", n)
}

func (v *visit) minutes(n int) string {
	if n == 1 {
		return v.Say("start.minutes.one")
	}
	return v.Say("start.minutes", n)
}

// others are the languages besides the page's own, each named in its own words.
func (v *visit) others(p paper, link bool) []tongue {
	var out []tongue
	for _, language := range p.Languages {
		if language == v.Language {
			continue
		}
		w := words{Language: language, now: v.now}
		one := tongue{Code: language, Text: w.Say("language.name")}
		if link {
			one.Href = Prefix + v.wave
			if language != "en" {
				one.Href += "?" + languageField + "=" + language
			}
		} else {
			one.Text = w.Say("step.in")
		}
		out = append(out, one)
	}
	return out
}

// frame is what stands round every page. Nobody is signed in here, whoever looks.
func (v *visit) frame() page.Frame {
	return page.Frame{
		Org: v.brand(v.ctx, v.org), Now: v.now, Demo: v.o.Demo, Lang: v.Lang(), Home: v.o.Register + "/",
		Record: page.Record{Text: v.Say("footer.record"), Check: v.o.Register + v.checked},
		Footer: []page.Link{
			{Text: v.Say("footer.privacy"), Href: v.o.Register + "/privacy"},
			{Text: v.Say("footer.access"), Href: v.o.Register + "/accessibility"},
			{Text: v.Say("footer.help"), Href: v.o.Register + "/help"},
		},
	}
}

// modules are the scripts of the pages, as far as they were built.
func (v *visit) modules() []string {
	const name = "answer.js"
	if _, ok := v.assets.Path(name); !ok {
		return nil
	}
	return []string{name}
}
