package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/code"
	"commonweal/internal/web/page"
)

// deposited says what became of the public parts that a registrar sent.
type deposited struct {
	Voters int   `json:"voters" doc:"How many voters have a code now who had none."`
	Spares int   `json:"spares" doc:"How many spares were taken."`
	Left   []int `json:"left_out" doc:"Voters of whom nothing was taken, because they have made a key of their own since or were struck off the roll. The codes in their letters do not work: destroy them."`
	Again  bool  `json:"again,omitempty" doc:"All of it was there already; nothing has changed."`
}

// deposit keeps the public parts of codes. Codes of voters who need none any more
// are left out; everything else that does not fit refuses the whole.
func (i *issue) deposit(how box.How, list []code.Line) (deposited, error) {
	out := deposited{Left: []int{}}
	if i.none() {
		return out, fault.Errorf(fault.Conflict, "%s", i.noneWords())
	}
	there := map[string]box.Credential{}
	for _, c := range i.codes {
		there[c.Public] = c
	}
	var made []box.Made
	var known code.Line // one that was sent before
	more := map[int]int{}
	for _, l := range list {
		switch {
		case there[l.Public].Public != "":
			known = l
			continue
		case l.Voter == 0:
			more[l.Weight]++
			made = append(made, box.Made{Weight: l.Weight, Public: l.Public})
			continue
		case i.struck[l.Voter]:
			out.Left = append(out.Left, l.Voter)
			continue
		}
		e, ok := i.voter(l.Voter)
		if !ok {
			return out, fault.Fieldf("file", "nobody on this roll has the number %d. Download the list of this vote and make the codes from that", l.Voter)
		}
		switch c, has := i.holds[e.ID]; {
		case has && c.How == box.Enrolled:
			out.Left = append(out.Left, l.Voter)
		case has:
			return out, fault.Fieldf("file", "voter %d has a code already, with the mark %s. If it went wrong, void it first and make another", l.Voter, code.Mark(c.Public))
		default:
			out.Voters++
			made = append(made, box.Made{Voter: l.Voter, Public: l.Public})
		}
	}
	if err := i.checkSpares(more); err != nil {
		return out, err
	}
	switch {
	case known.Public != "" && len(made) == 0:
		return deposited{Left: out.Left, Again: true}, nil
	case known.Public != "":
		return out, fault.Fieldf("file", "the code for %s was sent before, and others in the file were not. Send a file that was made at one go", whose(known))
	case i.published:
		return out, fault.Errorf(fault.Conflict, "notice of poll is given, and the list of codes is published: it does not change any more. Codes that are lost are replaced from the spares")
	case len(made) == 0:
		if len(out.Left) > 0 {
			return out, fault.Fieldf("file", "none of these voters needs a code any more: they have made keys of their own, or were struck off the roll")
		}
		return out, fault.Fieldf("file", "the file has no codes in it")
	}
	out.Spares = len(made) - out.Voters
	err := i.house.Boxes.Deposit(i.ctx, i.actor.Person, i.org.ID, i.contest.ID, how, made)
	if refusable(err) {
		return out, fault.Fieldf("file", "%s", strings.TrimSuffix(i.issueWords(err, 0), "."))
	}
	return out, err
}

func whose(l code.Line) string {
	if l.Voter == 0 {
		return "spare " + strconv.Itoa(l.Spare)
	}
	return "voter " + strconv.Itoa(l.Voter)
}

// checkSpares refuses more spares than may be: with a spare of their own a server
// could vote.
func (i *issue) checkSpares(more map[int]int) error {
	there, weights := i.spares(), i.weights()
	for weight, n := range more {
		voters := weights[weight]
		if voters == 0 {
			return fault.Fieldf("file", "the file has a spare of %d votes, and nobody on this roll has that many", weight)
		}
		if most := 2 * box.Spares(voters); there[weight]+n > most {
			return fault.Fieldf("file", "the file brings %d spares of weight %d to the %d that are there, and %d voters may have %d at most. Make fewer, or void some", n, weight, there[weight], voters, most)
		}
	}
	return nil
}

// mostCodes bounds the file of public parts: a line of the largest group has some 700
// bytes.
const mostCodes = maxStaffFile

// credentialDeposit takes the file of public parts, from the program or from the page
// that makes codes.
func (s *Server) credentialDeposit(i *issue) error {
	file, values, err := i.sent()
	if err == nil {
		var done deposited
		if done, err = i.depositFile(values, file.content); err == nil {
			return i.depositAnswer(done)
		}
	}
	if i.script() || !refusable(err) {
		return err
	}
	return i.show(http.StatusUnprocessableEntity, values, err)
}

func (i *issue) depositFile(values url.Values, text []byte) (deposited, error) {
	m, err := code.ParseMade(text)
	switch {
	case err != nil && strings.Contains(string(text[:min(len(text), 200)]), ": secret"):
		return deposited{}, fault.Fieldf("file", "this is the file with the codes themselves. Nobody but you may have it, so it was thrown away unread. Send the other file, which ends in .codes.json")
	case err != nil:
		return deposited{}, fault.Fieldf("file", "%s", fault.Message(err))
	case m.UUID != i.contest.UUID:
		return deposited{}, fault.Fieldf("file", "these codes were made for another vote: the file says %.64s, and this vote is %s", m.UUID, i.contest.UUID)
	}
	how := box.How(values.Get("how"))
	if how != box.Printed && how != box.Mailed {
		return deposited{}, fault.Fieldf("how", "Choose how members get their codes")
	}
	return i.deposit(how, m.Codes)
}

func (i *issue) depositAnswer(d deposited) error {
	if i.script() {
		i.writeJSON(http.StatusOK, d)
		return nil
	}
	done := url.Values{"done": {"sent"}}
	if d.Again {
		done.Set("done", "again")
	}
	if len(d.Left) > 0 && len(d.Left) <= 100 {
		done.Set("left", numbersParam(d.Left))
	}
	return i.redirect(i.path("") + "?" + done.Encode())
}

func numbersParam(list []int) string {
	out := make([]string, len(list))
	for at, n := range list {
		out[at] = strconv.Itoa(n)
	}
	return strings.Join(out, ",")
}

// depositNews is the receipt.
func (i *issue) depositNews() page.Notice {
	q := i.r.URL.Query()
	switch q.Get("done") {
	case "again":
		return page.Notice{Done: true, Text: "These codes are here already. Nothing has changed."}
	case "sent":
		text := "The public parts are here and in the record. Give out the letters."
		var left []string
		for _, n := range strings.Split(q.Get("left"), ",") {
			if _, err := strconv.Atoi(n); err == nil {
				left = append(left, n)
			}
		}
		if len(left) > 0 {
			text += " " + page.Begin(said(page.Plural(len(left), "voter ", "voters "))) + page.List(left) +
				said(page.Plural(len(left), " needs no code any more: destroy that letter.", " need no code any more: destroy those letters."))
		}
		return page.Notice{Done: true, Text: text}
	case "voided":
		return page.Notice{Done: true, Text: "The code is void and opens nothing any more. It is in the record."}
	}
	return page.Notice{}
}
