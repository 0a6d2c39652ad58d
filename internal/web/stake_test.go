package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// A right is granted to a member, used, and ended; what was never used is counted
// as held.
func TestStakes_GrantUseEnd(t *testing.T) {
	s := newShared(t)
	huw := s.as(s.Secretary)
	_, amara := s.admit("Amara", "Okafor")
	_, dev := s.admit("Dev", "Malhotra")
	huw.get("/stakes").want(http.StatusOK).says("Rights and roles are held without capital", "Nobody holds a right or a role yet")
	huw.get("/stakes/new").want(http.StatusOK).says("Who gets a right or a role?")
	huw.post("/stakes/new", "who", "zz").want(http.StatusUnprocessableEntity).says("Nobody is found")
	at := huw.post("/stakes/new", "who", "Amara").leads("/stakes/new?member=" + amara)
	huw.get(at).want(http.StatusOK).says("For Amara Okafor", "Which rule gives it?")
	huw.get("/stakes/new?member=x").want(http.StatusNotFound)

	from := []string{"granted-day", "2", "granted-month", "11", "granted-year", "2026"}
	huw.post("/stakes?member="+amara, from...).want(http.StatusUnprocessableEntity).says("Choose whether it is a right or a role.", "Say what it is called.", "Name the rule or decision that gives it.")
	grant := append([]string{"kind", "role", "title", "A seat on the rota panel", "basis", "rule 22"}, from...)
	huw.post("/stakes?member="+amara, "kind", "role", "title", "A seat", "basis", "rule 22", "granted-day", "1", "granted-month", "1", "granted-year", "2025").
		want(http.StatusUnprocessableEntity).says("this person is none on 1 January 2025.")
	stake := huw.post("/stakes?member="+amara, grant...).leads("/stakes/")
	huw.get(stake).want(http.StatusOK).says("It is granted. This is entry", "Amara Okafor has held it since 2 November. It has not been used.", "rule 22")
	huw.post("/stakes?member="+amara, grant...).want(http.StatusUnprocessableEntity).says("Amara Okafor holds this from 2 November already.")
	huw.post("/stakes?member="+dev, grant...).leads("/stakes/")
	huw.get("/stakes").want(http.StatusOK).says("Two rights and roles are held without capital. None was used in the last year, of 2 held in it.")

	stake = strings.TrimSuffix(stake, "?done=granted")
	huw.get(stake + "/use").want(http.StatusOK).says("Record a use")
	huw.post(stake+"/use", "used-day", "20", "used-month", "11", "used-year", "2026", "what", "took part").want(http.StatusUnprocessableEntity).
		says("A stake was used today or before, not on 20 November.", "took part")
	huw.post(stake+"/use", "used-day", "1", "used-month", "11", "used-year", "2026", "what", "took part").want(http.StatusUnprocessableEntity).says("was not held on 1 November")
	huw.post(stake+"/use", "used-day", "10", "used-month", "11", "used-year", "2026").want(http.StatusUnprocessableEntity).says("Say what it was used for.")
	huw.get(huw.post(stake+"/use", "used-day", "10", "used-month", "11", "used-year", "2026", "what", "took part").leads(stake)).want(http.StatusOK).says("It was used once.", "took part")
	huw.get("/stakes").says("Of 2 held in the last year, one was used.", "10 November, once in all", "never")

	huw.post(stake+"/end", "ends-day", "19", "ends-month", "11", "ends-year", "2026").want(http.StatusUnprocessableEntity)
	huw.get(huw.post(stake+"/end", "ends-day", "19", "ends-month", "11", "ends-year", "2026", "reason", "the panel was closed").leads(stake)).
		want(http.StatusOK).says("held it from 2 November until 19 November", "the panel was closed").lacks("End it")
	huw.get("/stakes?member="+amara).want(http.StatusOK).says("Amara Okafor", "Ended", "A seat on the rota panel")
	huw.get("/stakes?member=" + dev).want(http.StatusOK).says("One right or role is held today")
	huw.get("/stakes?member=x").want(http.StatusNotFound)
	huw.get("/stakes/x").want(http.StatusNotFound)
}
