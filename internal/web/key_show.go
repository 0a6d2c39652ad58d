package web

import (
	"fmt"
	"net/http"
	"strings"

	"commonweal/internal/base/policy"
	"commonweal/internal/decide/keys"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// keyScript is the part of a page that the browser's own program fills; see
// web/keyholder/page. The names of what it fetches stand in data- attributes.
type keyScript struct {
	Does                         string // step, key or open
	Form                         string // id of the form that it sends
	Label, File, Title           string
	Input, Part, Election, Tally string
}

// keySend is a form for a file that was made away from the web. The browser's own
// program puts what it made into the same field.
type keySend struct {
	Action  string
	Step    string
	File    page.Upload
	Button  string
	Heading string
	Folded  bool // closed until somebody asks
	About   []string
	Verify  page.Verify
	Files   page.Links
}

type keyPage struct {
	Says   []string
	Script *keyScript
	Words  []string
	Hash   string
	Facts  page.Defs
	Steps  page.Timeline
	Send   *keySend
	Links  page.Links
}

const keySendForm = "send"

// keyShow is the guided page of a setup: to a keyholder the step that is theirs now,
// to others how far it is.
func (s *Server) keyShow(v *visit) error {
	k, err := v.keyAsked()
	if err != nil {
		return err
	}
	return k.show(http.StatusOK, "")
}

func (k *keySetup) show(status int, wrong string) error {
	f := k.frame(k.heading(), k.sentence())
	if text := keyDone[k.v.r.URL.Query().Get("done")]; text != "" && status == http.StatusOK {
		if k.Rehearsal {
			text += " This is a rehearsal."
		}
		f.Notice = page.Notice{Done: true, Text: text}
	}
	p := keyPage{Steps: k.timeline()}
	if k.State() == keys.Made {
		p.Words, p.Hash = k.Words(), k.Hash
	}
	if step := k.due(); step != keys.NoStep {
		k.addStep(&p, keyStepOf(step), wrong)
		f.Errors = page.Problems(p.Send.File)
	} else if len(p.Words) > 0 && k.mine.Number > 0 && k.v.can(policy.KeyHold) {
		p.Script = &keyScript{Does: "key", Input: k.path("/mine/input.json")}
	}
	if p.Script != nil {
		f.Modules = k.v.modules("keyholder.js")
	}
	p.Facts, p.Links = k.facts(), k.links()
	f.Data = p
	return k.v.show(status, "key_show", f)
}

func (k *keySetup) heading() string {
	step := k.due()
	switch {
	case step != keys.NoStep:
		return keyStepOf(step).heading
	case k.State() == keys.GivenUp:
		return "This key was given up"
	case k.State() == keys.Lost:
		return "This key was lost"
	case k.State() == keys.Made:
		return "The key is made"
	case k.mine.Number > 0:
		return "Your part is done for now"
	}
	return "The key is being made"
}

func (k *keySetup) sentence() string {
	switch k.State() {
	case keys.GivenUp, keys.Lost:
		return "It was given up on " + k.v.day(law.Today(k.GivenUp)) + ": " + strings.TrimSuffix(k.Reason, ".") + "."
	case keys.Made:
		if !k.mine.Destroyed.IsZero() {
			return "You destroyed your part on " + k.v.day(k.mine.Destroyed) + "."
		}
		return fmt.Sprintf("It takes %s keyholders together to open votes with it.", k.enough())
	}
	if k.due() != keys.NoStep {
		var others []keys.Holder
		for _, h := range k.Waiting() {
			if h.Person != k.v.actor.Person {
				others = append(others, h)
			}
		}
		if len(others) == 0 {
			return "All others have done this step. It waits for you alone."
		}
		return "It is your turn. Still needed for this step, besides you: " + k.people(others) + "."
	}
	return "Still needed for this step: " + k.people(k.Waiting()) + "."
}

// addStep puts the step that is the visitor's now on the page.
func (k *keySetup) addStep(p *keyPage, step keyStep, wrong string) {
	p.Says = step.about
	title := k.of.Title
	if k.Rehearsal {
		title = "Rehearsal: " + title // it stands on the paper too
	}
	p.Script = &keyScript{
		Does: "step", Form: keySendForm, Label: step.label, Title: title, File: k.fileName(), Input: k.path("/mine/input.json"),
	}
	p.Send = &keySend{
		Action: k.path("/messages"), Step: string(step.step), Heading: "Or do it with the command-line program", Folded: true,
		File:   page.Upload{Name: "file", Label: "The file that the program wrote", Accept: ".cert,.polynomial,.voutput,.txt", Error: wrong},
		Button: "Send this file",
	}
	if step.command == "" {
		p.Send.About = []string{"A part of the key can be tried only in the browser. Whoever uses the command-line program may leave this out."}
		p.Send.Heading, p.Send.File.Accept = "If you use the command-line program", ".txt"
		return
	}
	p.Send.About = []string{"Whoever does not want to trust a page that a server sends can do each step with the program, on a computer that need not be on the web. Download what it reads, run it, and send the file that it writes. Stay with the one or the other."}
	command := step.command
	if strings.Contains(command, "%d") {
		command = fmt.Sprintf(command, k.Threshold)
	}
	p.Send.Verify = page.Verify{
		Title: "With the command-line program", Steps: []page.Command{{Title: "Run this beside those files", Label: "Command for this step", Text: command}},
		After: "Files that end in .key are secret: they stay with you.",
	}
	p.Send.Files = page.Links{{Text: "draft.json", Href: k.path("/files/draft.json"), Note: "Says in which group of numbers the key is made."}}
	if step.step != keys.Cert {
		p.Send.Files = append(p.Send.Files, page.LinkLine{Text: "certs.txt", Href: k.path("/files/certs.txt"), Note: "The certificates of all, in order of number."})
	}
	if step.step == keys.Voutput {
		p.Send.Files = append(p.Send.Files, page.LinkLine{Text: "vinput.txt", Href: k.path("/mine/vinput.txt"), Note: "What the others sent you, locked for you."})
	}
}

// fileName is what the saved secret is called.
func (k *keySetup) fileName() string {
	name := "secret-" + k.of.Code + "-keyholder-" + fmt.Sprint(k.mine.Number)
	if k.Rehearsal {
		name = "rehearsal-" + name
	}
	return name + ".key"
}

// timeline says who has done what.
func (k *keySetup) timeline() page.Timeline {
	var out page.Timeline
	for i, s := range append(keySteps[:len(keySteps):len(keySteps)], tryStep) {
		var done, missing []keys.Holder
		for _, h := range k.Holders {
			if h.Sent[s.step].IsZero() {
				missing = append(missing, h)
			} else {
				done = append(done, h)
			}
		}
		line := page.Step{Title: s.title, Stage: page.StepToCome}
		if i < len(keySteps) {
			line.Title = "Step " + number(i+1) + ": " + strings.ToLower(s.title[:1]) + s.title[1:]
		}
		switch {
		case len(missing) == 0:
			line.Stage, line.Detail = page.StepDone, "Done by all."
		case k.Step() == s.step:
			line.Stage, line.Detail = page.StepNow, "Needed: "+k.people(missing)+"."
			if len(done) > 0 {
				line.Detail = "Done by " + k.people(done) + ". " + line.Detail
			}
		case k.Step() == keys.NoStep:
			line.Detail = "Not done."
		default:
			line.Detail = "To come."
		}
		out = append(out, line)
	}
	return out
}

// facts are what the key is.
func (k *keySetup) facts() page.Defs {
	var names []string
	for _, h := range k.Holders {
		name := number(h.Number) + " " + k.v.keyholderName(h)
		if h.Person == k.v.actor.Person {
			name += " (you)"
		}
		names = append(names, name)
	}
	out := page.Defs{
		{Term: "Keyholders", Fact: strings.Join(names, ", ")},
		{Term: "Needed to open votes", Fact: page.Begin(k.enough())},
		{Term: "Group of numbers", Fact: k.Group},
		{Term: "Begun", Fact: said(page.Moment(k.v.now, k.Begun))},
	}
	if !k.Done.IsZero() {
		out = append(out, page.Def{Term: "Made", Fact: said(page.Moment(k.v.now, k.Done))})
	}
	for _, h := range k.Destroyed() {
		out = append(out, page.Def{Term: "Destroyed", Fact: "Keyholder " + number(h.Number) + " on " + k.v.day(h.Destroyed) + ", before " + h.Witness + ": " + h.Statement})
	}
	return out
}

// links are what else can be done.
func (k *keySetup) links() page.Links {
	var out page.Links
	if k.State() == keys.Made && !k.Rehearsal {
		out = append(out, page.LinkLine{Text: "The finished key, as a file", Href: k.path("/files/trustees.json"), Note: "As it stands in the archive of the vote."})
	}
	if k.State() == keys.Made && k.mine.Number > 0 {
		out = append(out, page.LinkLine{Text: "Your part, locked with your secret", Href: k.path("/mine/dkey.txt"), Note: "The command-line program needs it to open votes."})
	}
	if k.over() && k.mine.Number > 0 && k.mine.Destroyed.IsZero() {
		out = append(out, page.LinkLine{Text: "Say that you have destroyed your part", Href: k.path("/destroyed")})
	}
	switch {
	case k.givenUpBy(officerGives):
		out = append(out, page.LinkLine{Text: "Give this key up", Href: k.path("/give-up"), Note: "When a keyholder has lost their secret or cannot be reached. Then it is begun again."})
	case k.givenUpBy(keyholderGives):
		out = append(out, page.LinkLine{Text: "Stop: something is wrong", Href: k.path("/stop"), Note: "When your program says that a message of another keyholder is wrong, or you have lost your secret. Then it is begun again."})
	}
	if k.State() == keys.GivenUp || k.State() == keys.Lost || k.Rehearsal && k.State() == keys.Made {
		if k.conducts() && k.of.Announced.IsZero() && k.of.Abandoned.IsZero() {
			out = append(out, page.LinkLine{Text: "Begin again", Href: "/keys/begin?poll=" + k.of.Code})
		}
	}
	return out
}
