package web

import "commonweal/internal/web/page"

// evidenceWords are the words of the evidence pages, in the order in which a reader of a chart
// meets them.
var evidenceWords = page.Summary{
	{Term: "Usual variation", Fact: "Figures go up and down all the time, with nothing behind it. As long as they move in their usual range and in no pattern, there is nothing to explain."},
	{Term: "Average", Fact: "All figures added up and shared out evenly. On a chart it is the line across the middle, and it is called the mean."},
	{Term: "Limits, usual range", Fact: "Two dashed lines. They are worked out from how much one figure tends to differ from the next. Nearly all figures lie between them as long as nothing changes."},
	{Term: "Signal", Fact: "A figure or a pattern that chance alone would seldom make: one beyond the limits, seven in a row on one side of the average, seven that each rise or each fall, or two of three close to a limit."},
	{Term: "False signal", Fact: "A signal that chance made all the same. Whoever looks at many charts sees some. The pack says how many to expect."},
	{Term: "A change for the better, a concern", Fact: "A signal in the direction that is better, or in the other. It says that something changed. It does not say what made it change."},
	{Term: "Target", Fact: "What the board wants to reach. If the whole usual range lies on the right side, it is met every time; on the wrong side, missed every time; if it lies inside, it is met by chance."},
	{Term: "Too early to say", Fact: "While a figure is on the move, or there are fewer than twelve figures, nobody can say whether a target will be met. Then no icon is shown."},
	{Term: "Limits that begin anew", Fact: "When the work itself is done in another way, the old limits no longer fit. The board may let them begin anew on a day, and must say why."},
	{Term: "What was changed", Fact: "A list under each measure of all that was changed since it was first defined: what it means, its figures, its target, whom it is set beside. With the day and the reason, so that nobody can make figures look better unseen."},
	{Term: "Rolling figures", Fact: "Figures of a window that moves, such as the last twelve months, told each month. Neighbours share most of what they count, so a chart of them shows signals where there are none. We draw none."},
	{Term: "Funnel", Fact: "A chart of many units by their size. Small units vary more by chance, so the limits are wide on the left and narrow on the right."},
	{Term: "95% limits", Fact: "Of a hundred units with nothing unusual about them, about five lie outside by chance. To lie outside is a reason to look, and no more."},
	{Term: "Place among others", Fact: "A place is only ever given as a range, such as 5th to 19th. The figures cannot tell us more than that."},
	{Term: "Counted, compared, tested", Fact: "Three steps. Counted: what happened. Compared: how it stands beside others. Tested: a study that was written down before its figures were looked at. Only the third can say anything about what is behind a change."},
	{Term: "Likely range, 95% interval", Fact: "A figure from some people or some months is never exact. The likely range is where the true figure most likely lies. Of a hundred ranges made in this way, about 95 hold it."},
	{Term: "Goes with", Fact: "Two things move together. That does not say that one makes the other happen. A third thing may be behind both."},
	{Term: "Correlation", Fact: "How closely two things go together. At 0 they do not. At 1 they go up in step; at −1 one goes up in step as the other goes down."},
	{Term: "Between and within", Fact: "Between: places that have more of one thing are set beside places that have less. Within: each place is set beside itself at other times. The two can give different answers, so we show both."},
	{Term: "Registered", Fact: "What is to be tested, and how, was written down before its figures were looked at. The record keeps the day. Nobody can choose the question afterwards to fit the answer."},
	{Term: "Locked", Fact: "A study is tied to one set of figures. If one figure changes later, everybody can tell."},
	{Term: "Specification, way of asking", Fact: "The same question can be asked of the same figures in several fair ways. We show every one that was run, whatever it says."},
	{Term: "p, or p value", Fact: "If there were nothing to find, how often would chance alone give so much or more? 0.03 means in 3 of 100 studies. It is not the chance that the answer is wrong. A large p does not mean that nothing is there."},
	{Term: "By drawing lots again", Fact: "We ask what chance would have done: the same places are dealt out anew thousands of times, and we count how often chance gives so much."},
	{Term: "Adjusted for how many there are", Fact: "Who asks often enough finds something by chance. Holm, and Benjamini and Hochberg, are two ways to ask for more proof when there are several outcomes."},
	{Term: "Smallest change that can be shown", Fact: "A study with few places misses small changes. This is the size that it would find in 80 of 100 studies. Look at it before you trust a study that showed nothing."},
	{Term: "Did not show", Fact: "The study did not find it. It may still be there: nothing in the likely range is ruled out."},
	{Term: "Mixed comparison", Fact: "Few places try something. They are set beside a mix of other places. The mix is made so that it moved as they did before."},
	{Term: "SHMI", Fact: "Deaths among patients of a trust, set against how many would be expected for such patients. 1 is as expected. It is a reason to look, and no count of deaths that could have been avoided."},
	{Term: "Standard deviation", Fact: "How far figures tend to lie from their average."},
}

// chartWords is how many of them, from the first, are about the pages of the board pack.
const chartWords = 15

// glossaryShow says in plain words what the evidence pages mean.
func (s *Server) glossaryShow(v *visit) error {
	f := v.frame()
	f.Back, f.Heading, f.Sentence = evidenceBack, "Words used here", "What the charts and tables of the evidence pages mean, in plain words."
	return v.sections(f, conductPage{Sections: []conductSection{{Show: []page.Component{evidenceWords}}}})
}
