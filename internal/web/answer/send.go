package answer

import (
	"net/http"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/answers"
)

// review is the last look, with the question for the pass.
type review struct {
	Parts                  []part
	Pass, Serial           string
	PassError, SerialError string
	Fetch                  string
	Used                   bool // the pass was refused because it was used
}

// part is one page of answers, to be looked at.
type part struct {
	Step, Text string // Text says what the part is
	Lines      []line
}

// line is one answer.
type line struct {
	Question, Answer string
	None             bool
}

func (v *visit) review(p paper, g given, bad []wrong) *review {
	r := &review{Pass: g.Pass, Serial: g.Serial, PassError: v.at(bad, passField), SerialError: v.at(bad, serialField), Fetch: v.o.Register + "/surveys/" + p.Code + "/token"}
	r.Used = slices.ContainsFunc(bad, func(b wrong) bool { return b.key == "wrong.pass.used" })
	for _, step := range p.steps(g) {
		switch step {
		case reviewStep:
		case aboutStep:
			r.Parts = append(r.Parts, part{step, v.Say("review.where"), []line{
				v.line(v.Say("where.unit"), p.unitName(g.Unit), "where.not"), v.line(v.Say("where.group"), named(p.Groups, g.Group), "where.not"),
			}})
		case commentStep:
			r.Parts = append(r.Parts, part{step, v.Say("review.comment"), []line{v.line("", g.Comment, "review.nocomment")}})
		default:
			one := part{Step: step, Text: p.stem(step, v.Language)}
			for _, q := range p.asked(step, g) {
				if !p.put(q, g) {
					continue
				}
				said := ""
				if scale, ok := p.Instrument.Scale(q.Scale); ok {
					if o, ok := scale.Option(g.Answers[q.ID]); ok {
						said = o.Label.In(v.Language)
					}
				}
				one.Lines = append(one.Lines, v.line(q.Text.In(v.Language), said, "review.none"))
			}
			r.Parts = append(r.Parts, one)
		}
	}
	return r
}

func (v *visit) line(question, said, none string) line {
	if said == "" {
		return line{question, v.Say(none), true}
	}
	return line{Question: question, Answer: said}
}

// sentView is the receipt. It says what counts, and nothing of what was answered.
type sentView struct {
	words
	Survey  survey
	Receipt string
	Check   string
}

// send puts the answers into the box. Whatever is wrong leads back to the page where it
// can be put right, with all that was answered.
func (v *visit) send(p paper, g given, bad []wrong) error {
	switch {
	case !g.Whole:
		v.torn = true
		return v.unread(p)
	case len(bad) > 0:
		return v.show(p, g, bad[0].step, onStep(bad, bad[0].step))
	case g.empty():
		bad = []wrong{{reviewStep, "", "wrong.nothing", nil}}
	case g.Pass == "" && g.Serial == "":
		bad = []wrong{{reviewStep, passField, "wrong.pass.none", nil}}
	case g.Pass != "" && g.Serial != "":
		bad = []wrong{{reviewStep, serialField, "wrong.pass.both", nil}}
	}
	if len(bad) > 0 {
		return v.show(p, g, reviewStep, bad)
	}
	sheet, err := p.sheet(g)
	if err != nil {
		return err
	}
	receipt, err := v.box.Take(v.ctx, p.Wave, sheet)
	if err != nil {
		return v.notTaken(p, g, err)
	}
	f := v.frame()
	f.Kicker = p.title(v.Language)
	f.Heading, f.Sentence = v.Say("sent.heading"), v.Say("sent.sentence")
	f.Modules = v.modules()
	f.Data = sentView{words: v.words, Survey: v.surveyOf(p), Receipt: receipt, Check: v.o.Register + "/surveys/" + p.Code + "/check"}
	return v.renderer.Render(v.w, http.StatusOK, "sent", f)
}

// notTaken says why the box did not take a sheet. It had no effect there.
func (v *visit) notTaken(p paper, g given, err error) error {
	onPaper := g.Serial != ""
	at := wrong{step: reviewStep, field: passField}
	if onPaper {
		at.field = serialField
	}
	switch kind, field := fault.KindOf(err), fault.FieldOf(err); {
	case kind == fault.Conflict:
		_, stage, again := v.find()
		if again != nil {
			return again
		}
		if stage != answers.Open {
			return v.late(p)
		}
		at.key = "wrong.pass.used"
		if onPaper {
			at.key = "wrong.serial.used"
		}
	case kind == fault.Invalid && field == commentField:
		at = wrong{commentStep, commentField, "wrong.comment.bytes", nil}
	case kind == fault.Forbidden || kind == fault.Invalid:
		at.key = "wrong.pass.forged"
		if onPaper {
			at.key = "wrong.serial"
		}
	default:
		return err
	}
	return v.show(p, g, at.step, []wrong{at})
}
