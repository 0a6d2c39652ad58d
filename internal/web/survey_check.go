package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
)

type surveyCheckPage struct {
	Figures page.Figures
	When    string // when the last of them are counted
	Wave    string
	Lists   []surveyBatch
	At      string // the addresses of the lists, for the script
	Fixed   page.Defs
	Notice  string
	Bundle  string
	How     []string
	Verify  page.Verify
}

// surveyBatch is a list of marks that were counted together.
type surveyBatch struct {
	Number, Passes int
	Href           string
	Day, SHA256    string
}

// surveyCheck is what anybody may see of a survey to check it: how many were asked, have
// a pass and have used it, and with what all of that can be verified.
func (s *Server) surveyCheck(v *visit) error {
	a, err := v.surveyAsked()
	if err != nil {
		return err
	}
	f := v.frame()
	if v.isAsked() {
		f.Back = a.back()
	}
	f.Kicker, f.Heading = a.Title, "How to check it"
	if a.BroughtIn() {
		f.Sentence = "There is nothing to check it by."
		f.Data = voteStopPage{page.Refused("No passes were given", v.surveyStands(a), "Its scores are worked out as those of our own surveys are, and released under the same rules.", page.Link{})}
		return v.show(http.StatusOK, "vote_stop", f)
	}
	counts, err := v.house.Waves.Counts(v.ctx, v.org.ID, a.ID)
	if err != nil {
		return err
	}
	batches, err := v.house.Waves.Batches(v.ctx, v.org.ID, a.ID)
	if err != nil {
		return err
	}
	slips, err := v.house.Waves.SlipsUsed(v.ctx, v.org.ID, a.ID)
	if err != nil {
		return err
	}
	p := surveyCheckPage{
		Wave: a.ID, Notice: a.path() + "/files/notice.json", Bundle: a.path() + "/files/survey.json", Verify: v.verifySurvey(a, batches),
		Figures: page.Figures{Items: []page.Figure{
			{Value: number(counts.Eligible), Label: "are asked"}, {Value: number(counts.Issued), Label: "have a pass or a slip"}, {Value: number(counts.Spent), Label: "passes are used and counted"},
		}},
		Fixed: page.Defs{{Term: "Called", Fact: v.day(a.Called)}, {Term: "Asked", Fact: v.whomInWords(a)}, {Term: "Smallest group shown", Fact: number(a.Minimum)}},
	}
	if a.stage == wave.Open {
		p.Figures.Items[1].Label = "had a pass or a slip last evening"
	}
	if a.Paper && slips.Settled && slips.Given+slips.Answers > 0 {
		p.Figures.Items = append(p.Figures.Items, page.Figure{Value: number(slips.Answers) + " of " + number(slips.Given), Label: "paper slips given out brought an answer"})
	}
	var at []string
	for _, b := range batches {
		one := surveyBatch{b.Number, len(b.Hashes), batchPath(a, b.Number), v.day(b.Day), b.SHA256}
		p.Lists = append(p.Lists, one)
		at = append(at, one.Href)
	}
	p.At = strings.Join(at, " ")
	p.When = countedWhen(a)
	p.How = []string{
		"Each person who is asked makes a pass on their own device and sends it covered. The register signs it blind (RFC 9474, RSABSSA-SHA384-PSS) without seeing what it signs, and writes down that this person has one.",
		"The answer side takes each pass once. It has a database of its own, knows no person, and keeps no time, address or order. It gives the register the marks of the passes that were used, ten or more at a time, mixed. The answers stay sealed until the close and are then opened together, so that nobody sees which came on the day on which somebody fetched a pass.",
		"So nobody can join an answer to a name, and yet nobody can answer twice or add an answer unseen: the passes used would be more than the passes given, and those more than the people asked.",
	}
	f.Sentence = checkSentence(counts, slips)
	if len(batches) > 0 {
		f.Modules = v.modules("counted.js")
	}
	f.Data = p
	return v.show(http.StatusOK, "survey_check", f)
}

func batchPath(a survey, n int) string {
	return a.path() + "/files/counted-" + strconv.Itoa(n) + ".txt"
}

func checkSentence(c wave.Counts, slips wave.SlipCount) string {
	if slips.Finding() != "" {
		return phrase(slips.Answers, "answer came on a paper slip", "answers came on paper slips") + ", and " + lowerFirst(phrase(slips.Given, "slip was", "slips were")) + " given out by the record. Somebody forgot to enter slips, or used slips that nobody was given: ask who gave them out."
	}
	if c.Spent <= c.Issued && c.Issued <= c.Eligible {
		return "No more passes were used than were given, and no more given than people were asked."
	}
	return "The numbers do not fit: there are more passes than there should be. Tell a scrutineer."
}

func countedWhen(a survey) string {
	switch {
	case !a.Settled.IsZero():
		return "The last passes are counted, and the key of the survey is destroyed."
	case a.stage.Rank() >= wave.Closed.Rank():
		return "What came last is counted within hours of the close."
	}
	return "Passes are counted in the evening, ten or more at a time. Ten, chosen by chance, always wait for a later day, so that the last are never fewer; they are counted with the close. Until then the answers themselves are sealed. No number on this page moves by day."
}

// verifySurvey is the panel with the commands by which anybody checks the survey.
func (v *visit) verifySurvey(a survey, batches []wave.Batch) page.Verify {
	at := v.house.Address + a.path()
	out := page.Verify{
		Intro: "These commands work on your own computer, and need no account. Only the third uses a program that we wrote.",
		Steps: []page.Command{
			{Title: "1. Is the notice the one in the record and in the message to those who are asked?", Label: "Command to work out the hash of the notice", Text: "curl -s " + at + "/files/notice.json | sha256sum", Hash: a.NoticeHash},
			{
				Title: "2. Is the key in it the one that the passes were signed with?", Label: "Command to work out the hash of the key",
				Text: "curl -s " + at + "/files/notice.json | jq -r .key | base64 -d | sha256sum", Hash: a.KeyHash,
			},
		},
		Limits:  "that your own device was honest, or that nobody who watches the whole network joins the moment at which you fetched the pass with the one at which you answered. Fetch it on one day and answer on another.",
		Further: page.Link{Text: "The record", Href: "/record"},
	}
	file := a.Code + ".json"
	out.Steps = append(out.Steps, page.Command{
		Title: "3. Does everything agree, offline?", Label: "Commands to verify the survey with Commonweal",
		Text:   "curl -s -o " + file + " " + at + "/files/survey.json\ncommonweal survey verify " + file + " --token pass.txt",
		Output: "passes used <= passes given <= people asked, each list is in the record, and your own pass is counted",
	})
	if len(batches) > 0 {
		out.Steps = append(out.Steps, page.Command{
			Title: "4. Is my pass counted, without Commonweal?", Label: "Command to look for a mark in the lists",
			Text: fmt.Sprintf("for n in $(seq %d); do curl -s %s/files/counted-$n.txt; done | grep -c MARK", len(batches), at), Output: "1 if it is counted; it is never more",
		})
	}
	return out
}

// surveyNotice is the notice of a survey, byte for byte: its hash is in the record.
func (s *Server) surveyNotice(v *visit) error {
	a, err := v.surveyAsked()
	if err != nil {
		return err
	}
	if len(a.Notice) == 0 {
		return fault.Errorf(fault.NotFound, "this survey has no notice")
	}
	return v.sendKept(jsonText, a.Notice)
}

// surveyBundle is everything by which the survey is checked offline: the notice, how many
// were asked and have a pass, the lists of marks, and that all of it is in the record.
func (s *Server) surveyBundle(v *visit) error {
	a, err := v.surveyAsked()
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := v.house.Waves.WriteBundle(v.ctx, &body, v.org.ID, a.ID); err != nil {
		return err
	}
	return v.sendFile(a.Code+".json", "application/json", body.Bytes())
}

// surveyCounted is one list of marks, as it is in the record: one a line, sorted.
func (s *Server) surveyCounted(v *visit) error {
	a, err := v.surveyAsked()
	if err != nil {
		return err
	}
	list, err := v.house.Waves.Batches(v.ctx, v.org.ID, a.ID)
	if err != nil {
		return err
	}
	for _, b := range list {
		if v.r.PathValue("file") == "counted-"+strconv.Itoa(b.Number)+".txt" {
			return v.sendKept(plainText, []byte(strings.Join(b.Hashes, "\n")+"\n"))
		}
	}
	return fault.Errorf(fault.NotFound, "there is no such list of this survey")
}
