package web_test

// surveys is what TestAPIEveryOperation asks about surveys, in a mutual of its own with
// one that is over.
func (c *caller) surveys() {
	c.t.Helper()
	l := newListening(c.t)
	l.everybody(12)
	l.over()
	one := l.caller(l.People[0])
	one.called = c.called
	const at = "/api/v1/surveys/" + surveyCode
	one.reads("/api/v1/surveys")
	one.reads(at)
	one.anybody().reads(at + "/check")
	one.anybody().reads(at + "/counted/1")
}
