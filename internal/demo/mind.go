package demo

import (
	"math"

	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
)

// mind is somebody invented who is asked: what they answer follows from who they are, the
// team they are in and how far its story has come.
type mind struct {
	p         wave.Plan
	a         asking
	unit, who string
}

// easy is where the middle of everybody's answers to a question lies, from 0 to 10.
var easy = map[string]float64{
	"look_forward": 5.7, "enthusiastic": 7.1, "time_passes": 7.4, "initiative": 7.2, "suggestions": 7.1, "improvements": 6.2,
	"care_first": 7.5, "recommend_work": 6.4, "recommend_care": 7.2,
}

// tale is how far a directorate's answers lie from the others' at first, and how much
// they move in the seven turns of the story.
type tale struct{ from, moves, part float64 }

var tales = map[string]tale{
	"community": {0.1, 0.1, 0.42},
	"inpatient": {0.3, -1.6, 0.46}, // gets worse
	"therapies": {0.2, 0, 0.55},
	"children":  {-1.0, 1.9, 0.5}, // improves
	"running":   {-0.1, 0.2, 0.48},
}

// over is the directorate of a team.
func (m mind) over() string {
	for _, r := range m.p.Rules {
		if r.Code == m.unit {
			return r.PartOf
		}
	}
	return ""
}

// answers reports whether they answer at all, where a firm asks.
func (m mind) answers() bool {
	part := 0.4
	if t, ok := tales[m.over()]; ok {
		part = t.part
	}
	if m.p.Kind == wave.Pulse {
		part *= 0.6
	}
	return m.draw("answers") < part
}

// draw is a number from 0 to 1 that depends on the person and the text.
func (m mind) draw(text string) float64 {
	return (float64(chance(text+"/"+m.who, 1<<20)) + 0.5) / (1 << 20)
}

// bell is a number from a normal distribution, likewise.
func (m mind) bell(text string) float64 {
	return math.Sqrt(-2*math.Log(m.draw(text+" far"))) * math.Cos(2*math.Pi*m.draw(text+" round"))
}

// sheet is what they answer. Few keep their team or staff group to themselves.
func (m mind) sheet(at wave.Stratum) answers.Sheet {
	s := answers.Sheet{Answers: make(answers.Codes, len(m.p.Instrument.Questions)), Unit: at.Unit, Group: at.Group}
	if m.draw("keeps the team") < 0.03 {
		s.Unit = ""
	}
	if m.draw("keeps the group") < 0.02 {
		s.Group = ""
	}
	t := tales[m.over()]
	mood := t.from + t.moves*float64(m.a.turn)/7 + 1.3*m.bell("mood") + (float64(chance("team"+m.unit, 100))-50)/120
	for i, q := range m.p.Instrument.Questions {
		if i > 0 && m.draw("skips"+q.ID) < 0.02 {
			continue
		}
		middle, known := easy[q.Concept]
		if !known {
			middle, known = easy[q.ID]
		}
		if !known {
			middle = 6.5
		}
		scale, ok := m.p.Instrument.Scale(q.Scale)
		if !ok || len(scale.Options) == 0 {
			continue
		}
		at := int(math.Round((middle+mood+2.1*m.bell(q.ID))/10*float64(len(scale.Options)-1))) + 1
		at = max(1, min(len(scale.Options), at))
		if q.Reverse {
			at = len(scale.Options) + 1 - at
		}
		s.Answers[i] = uint8(scale.Options[at-1].Code)
	}
	if list := remarks[m.over()]; m.p.Comments && len(list) > 0 && m.draw("writes") < 0.12 {
		s.Comment = list[int(m.draw("what")*float64(len(list)))]
	}
	return s
}
