package instrument

import "slices"

// score checks one score. The parts of a score that is made of scores are made
// of questions, so that no circle can arise.
func (c *checker) score(i int, s Score) {
	c.at("score", s.ID, i)
	if !column.MatchString(s.ID) {
		c.fault("id", "%q is not a letter and up to 31 letters, digits and underscores", s.ID)
	}
	if again(c.in.Scores, i, func(o Score) bool { return o.ID == s.ID }) {
		c.fault("id", "another score has it too")
	}
	c.text("label", s.Label)
	switch s.Kind {
	case SubScore, Element, Theme, Share, NetPromoter:
	default:
		c.fault("kind", "%q is not %q, %q, %q, %q or %q", s.Kind, SubScore, Element, Theme, Share, NetPromoter)
	}
	c.worth(s)
	if s.Level != OfPeople && s.Level != OfScores {
		c.fault("level", "%q is not %q or %q", s.Level, OfPeople, OfScores)
	}
	if s.Level == OfScores && len(s.Scores) == 0 {
		c.fault("level", "a score of questions can only be a mean of people")
	}
	if (len(s.Questions) == 0) == (len(s.Scores) == 0) {
		c.fault("questions", "a score is made of questions or of scores, one of the two")
	}
	parts := s.Parts()
	if s.Least < 1 || s.Least > len(parts) {
		c.fault("least", "%d is not between 1 and the number of parts, %d", s.Least, len(parts))
	}
	for j, id := range s.Questions {
		c.part("questions", s.Questions, j)
		q, ok := c.in.Question(id)
		if !ok {
			c.fault("questions", "%q is not a question of this instrument", id)
			continue
		}
		if scale, ok := c.in.Scale(q.Scale); ok && len(s.Worth) == 0 && len(scale.points()) == 0 {
			c.fault("questions", "%s has no points", id)
		}
	}
	for j, id := range s.Scores {
		c.part("scores", s.Scores, j)
		p, ok := c.in.Score(id)
		switch {
		case !ok:
			c.fault("scores", "%q is not a score of this instrument", id)
		case len(p.Scores) > 0:
			c.fault("scores", "%s is itself made of scores", id)
		}
	}
}

func (c *checker) part(field string, ids []string, j int) {
	if slices.Contains(ids[:j], ids[j]) {
		c.fault(field, "%s stands twice", ids[j])
	}
}

// allowed are the points that a kind of score takes in place of a scale's.
var allowed = map[ScoreKind][]float64{Share: {0, 100}, NetPromoter: {-100, 0, 100}}

// worth checks what options are worth in one score.
func (c *checker) worth(s Score) {
	points, own := allowed[s.Kind]
	if own != (len(s.Worth) > 0) {
		c.fault("worth", "a %s and a %s give points to options, and no other score does", Share, NetPromoter)
	}
	if !own {
		return
	}
	if len(s.Scores) > 0 || len(s.Questions) > 1 {
		c.fault("questions", "a %s is of one question", s.Kind)
	}
	if (s.Kind == Share) != (c.in.Series == Percent) || (s.Kind == NetPromoter) != (c.in.Series == Net) {
		c.fault("kind", "a %s does not go with the series %q", s.Kind, c.in.Series)
	}
	for j, w := range s.Worth {
		if again(s.Worth, j, func(o Worth) bool { return o.Code == w.Code }) {
			c.fault("worth", "code %d stands twice", w.Code)
		}
		if !slices.Contains(points, w.Points) {
			c.fault("worth", "%g points are none of %v", w.Points, points)
		}
		for _, id := range s.Questions {
			q, _ := c.in.Question(id)
			scale, ok := c.in.Scale(q.Scale)
			if !ok {
				continue // said of that question already
			}
			if _, ok := scale.Option(w.Code); !ok {
				c.fault("worth", "%d is not an option of %s", w.Code, id)
			}
		}
	}
}
