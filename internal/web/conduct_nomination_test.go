package web_test

import (
	"net/http"
	"strings"
	"testing"

	"commonweal/internal/decide/poll"
)

// called is the council election, called, with nominations open.
func (e *electing) called() {
	e.t.Helper()
	huw := e.as(e.Secretary)
	huw.post("/votes/conduct/new", councilForm...).leads(council)
	e.officials(council)
	huw.post(council + "/call").leads(council)
	e.at("2027-01-11")
}

// stands enters a nomination on paper with signatures and returns its address.
func (e *electing) stands(contest, given string, backers ...string) string {
	e.t.Helper()
	officer := e.as(e.Officer)
	at := officer.post(council+"/nominations/new", "contest", contest, "person", e.staff[given], "ballot_name", given+" Pugh", "statement", "I listen.", "interests", "None.").leads(council + "/nominations/")
	at = strings.TrimSuffix(at, "?done=entered")
	for _, b := range backers {
		officer.post(at+"/backer", "person", e.staff[b]).leads(at + "?done=backed")
	}
	return at
}

// Nominations come on paper with signatures, are accepted, ruled out and withdrawn;
// a contest without a choice is found uncontested; the roll is made, and put right.
func TestConduct_NominationsAndRoll(t *testing.T) {
	e := newElecting(t)
	e.called()
	officer := e.as(e.Officer)
	nominations := council + "/nominations"
	e.as(e.Secretary).get(nominations).want(http.StatusForbidden)
	officer.get(nominations).want(http.StatusOK).says("Nobody stands yet", "Enter a nomination that came on paper")
	officer.get(nominations + "/new?contest=nursing").want(http.StatusOK).says("Who stands?")
	officer.get(nominations + "/new?contest=nowhere").want(http.StatusNotFound)
	found := officer.post(nominations+"/find", "contest", "nursing", "q", "Amara").leads(nominations + "/new?contest=nursing&find=")
	if strings.Contains(found, "Amara") {
		t.Errorf("a name is in the address %s", found)
	}
	officer.get(nominations+"/new?contest=nursing&person="+e.staff["Amara"]).want(http.StatusOK).says("Amara Pugh asks to stand.", "At most")
	paper := []string{"contest", "nursing", "person", e.staff["Amara"], "ballot_name", "Amara Pugh", "statement", "I listen.", "interests", ""}
	officer.post(nominations+"/new", paper...).want(http.StatusUnprocessableEntity).says("Declare interests, or write that there are none", "I listen.")
	officer.post(nominations+"/new", with(paper, "interests", "None.", "person", e.staff["Hari"])...).want(http.StatusUnprocessableEntity).says("Hari Pugh is no voter of Community nursing today")
	officer.post(nominations+"/new", with(paper, "interests", "None.", "person", e.Teller)...).want(http.StatusUnprocessableEntity).says("was named teller")

	amara := e.stands("nursing", "Amara")
	officer.get(amara).want(http.StatusOK).says("It lacks 2 backers who agreed.", "Rule it out", "I listen.").lacks("Accept the nomination")
	officer.post(amara + "/accept").want(http.StatusConflict).says("lacks 2 backers who agreed")
	officer.get(amara + "/backer").want(http.StatusOK).says("Who signed for Amara Pugh?")
	officer.get(amara + "/backer?person=" + e.staff["Dai"]).want(http.StatusOK).says("Dai Pugh signed to back Amara Pugh.")
	officer.post(amara+"/backer", "person", e.staff["Amara"]).want(http.StatusUnprocessableEntity).says("Nobody backs themselves")
	officer.post(amara+"/backer", "person", e.staff["Dai"]).leads(amara)
	officer.post(amara+"/backer", "person", e.staff["Hari"]).want(http.StatusUnprocessableEntity).says("is no voter of")
	officer.get(officer.post(amara+"/backer", "person", e.staff["Eira"]).leads(amara)).want(http.StatusOK).says("It is complete and waits for your decision.", "Accept the nomination", "2 of 2 agreed")
	bryn, cadi := e.stands("nursing", "Bryn", "Dai", "Eira"), e.stands("nursing", "Cadi", "Amara", "Bryn")
	dai, hari := e.stands("nursing", "Dai"), e.stands("others", "Hari", "Ffion", "Gwen")

	officer.get(officer.post(amara+"/accept").leads(nominations+"?done=accepted")).want(http.StatusOK).says("The nomination is accepted.", "accepted", "to decide", "not complete")
	officer.post(bryn + "/accept").leads(nominations)
	officer.post(cadi + "/accept").leads(nominations)
	officer.get(dai+"/refuse").want(http.StatusOK).says("Rule out Dai Pugh?", "It lacks 2 backers who agreed")
	officer.post(dai + "/refuse").want(http.StatusUnprocessableEntity).says("Say why.")
	officer.post(dai+"/refuse", "reason", "No backers").leads(nominations + "?done=refused")
	officer.post(dai + "/accept").want(http.StatusConflict)
	officer.post(dai+"/refuse", "reason", "Again").want(http.StatusConflict)
	officer.get(dai).want(http.StatusOK).says("Ruled out on", "No backers")
	officer.post(hari + "/accept").leads(nominations)
	officer.get(bryn + "/withdraw").want(http.StatusOK).says("Withdraw Bryn Pugh?")
	officer.get(nominations + "/nobody").want(http.StatusNotFound)
	officer.get(amara + "/photo").want(http.StatusNotFound)
	officer.get(nominations + ".csv").want(http.StatusOK).says("Amara Pugh")
	officer.get(council + "/uncontested/others").want(http.StatusOK).says("One candidate stands for 1 seat.")
	officer.post(council + "/uncontested/others").want(http.StatusConflict)

	e.at("2027-01-28")
	officer = e.as(e.Officer)
	officer.get(council + "/roll").want(http.StatusOK).says("The roll is made from the day after.")
	officer.post(council + "/roll").want(http.StatusConflict).says("which is not over")
	e.at("2027-02-01")
	officer = e.as(e.Officer)
	officer.post(bryn + "/withdraw").want(http.StatusConflict).says("candidates could withdraw until")
	officer.get(council).want(http.StatusOK).says("Everybody else: 1 candidate for 1 seat. Record that there is no vote.")
	officer.get(officer.post(council + "/uncontested/others").leads(nominations + "?done=uncontested")).want(http.StatusOK).says("it was found that there is no vote")
	officer.post(council + "/uncontested/nursing").want(http.StatusConflict).says("there is a vote")
	e.as(e.Registrar).post(council + "/roll").want(http.StatusForbidden)
	officer.get(officer.post(council+"/roll").leads(council+"/roll?done=made")).want(http.StatusOK).says("The roll is made and sealed.", "5 people may vote", "no vote")
	voters := council + "/roll/nursing/voters"
	e.as(e.Registrar).get(voters).want(http.StatusOK).says("Amara Pugh", "the record date", "Seal of the roll")
	e.as(e.Secretary).get(voters).want(http.StatusForbidden)
	officer.get(council + "/roll/others/voters").want(http.StatusOK).says("There is no roll yet")
	officer.get(voters + ".json").want(http.StatusOK).says("Eira Pugh")

	e.claims(officer)
	officer.get(council+"/notice").want(http.StatusOK).says("missing", "Make the key of the poll together.", "5 voters", "Amara Pugh").lacks("Give notice of poll Not yet")
	officer.post(council + "/notice").want(http.StatusConflict)
	e.as(e.Secretary).post(council + "/notice").want(http.StatusForbidden)
	officer.get(council+"/key").want(http.StatusOK).says("Nobody has begun to make it.", "Begin the making of the key")
	officer.get(council + "/result/nursing").want(http.StatusOK).says("notice of poll is not given")
	officer.get(council + "/pollbook/nursing").want(http.StatusOK).says("nobody could vote")

	// What is uncontested can be declared at once; the others cannot.
	declare := council + "/result/others/declare"
	officer.get(declare).want(http.StatusOK).says("Check before you declare the result", "Hari Pugh is elected.", "Those elected are appointed council member from 1 April.")
	e.as(e.Secretary).post(declare).want(http.StatusForbidden)
	officer.get(officer.post(declare).leads(council+"/result/others?done=declared")).want(http.StatusOK).says("The result is declared", "This page is the receipt", "Hari Pugh is elected.")
	officer.post(declare).want(http.StatusConflict)
	officer.post(council + "/result/nursing/declare").want(http.StatusConflict)
	officer.get(council + "/abandon").want(http.StatusConflict)
	e.vacancies(officer)
}

// claims puts the roll right: somebody is struck off and put back.
func (e *electing) claims(officer *browser) {
	e.t.Helper()
	p := e.poll("council-2027")
	var nursing poll.Contest
	for _, c := range p.Contests {
		if c.Code == "nursing" {
			nursing = c
		}
	}
	id, err := e.House.Polls.Claim(e.ctx, e.staff["Bryn"], "severn", poll.Claim{Contest: nursing.ID, Person: e.staff["Bryn"], Kind: poll.Objection, About: e.staff["Cadi"], Ground: "Cadi is in the other constituency."})
	if err != nil {
		e.t.Fatal(err)
	}
	at := council + "/claims"
	officer.get(at).want(http.StatusOK).says("One claim or objection waits for your decision.", "Cadi Pugh does not belong on the roll", "to decide")
	e.as(e.Registrar).get(at).want(http.StatusForbidden)
	officer.get(at+"/"+id).want(http.StatusOK).says("Bryn Pugh said so on", "Cadi is in the other constituency.", "What the register says", "may vote.")
	officer.post(at+"/"+id).want(http.StatusUnprocessableEntity).says("Choose one.", "Say why.")
	officer.post(at+"/"+id, "outcome", "dismissed", "reason", "The register says nursing.").leads(at + "?done=decided")
	officer.post(at+"/"+id, "outcome", "upheld", "reason", "Again").want(http.StatusConflict).says("Dismissed on", "The register says nursing.")
	officer.get(at).want(http.StatusOK).says("All that was said against the roll is decided.", "dismissed")
	officer.get(at + "/nobody").want(http.StatusNotFound)
	officer.get(at + ".csv").want(http.StatusOK).says("The register says nursing.")
}

// vacancies empties the seat of others and has it settled.
func (e *electing) vacancies(officer *browser) {
	e.t.Helper()
	huw, at := e.as(e.Secretary), council+"/vacancies"
	huw.get(at).want(http.StatusOK).says("Record that somebody has left")
	huw.get(at+"/new").want(http.StatusOK).says("Who has left their seat?", "Hari Pugh")
	huw.post(at+"/new", "who", "x").want(http.StatusUnprocessableEntity).says("Choose one.", "Say why.", "The day is missing.")
	var who string
	for _, c := range e.poll("council-2027").Contests {
		if c.Code == "others" {
			who = c.Declared.Result.Elected[0]
		}
	}
	left := []string{"who", who, "since-day", "1", "since-month", "1", "since-year", "2027", "reason", "Resigned"}
	huw.post(at+"/new", left...).want(http.StatusUnprocessableEntity).says("The seat fell empty between")
	huw.get(huw.post(at+"/new", with(left, "since-month", "2")...).leads(at+"?done=recorded")).want(http.StatusOK).says("One seat is empty and to be filled.", "The seat of Hari Pugh", "not yet: by a by-election")
	var id string
	for _, c := range e.poll("council-2027").Contests {
		for _, x := range c.Vacancies {
			id = x.ID
		}
	}
	huw.get(at + "/" + id).want(http.StatusForbidden)
	officer.get(at+"/"+id).want(http.StatusOK).says("The rules fill this seat by a by-election, and not from the papers", "It stays empty until the next election")
	officer.post(at + "/" + id).want(http.StatusUnprocessableEntity).says("Choose one.")
	officer.post(at+"/"+id, "how", "poll").want(http.StatusUnprocessableEntity).says("Prepare and call it first.")
	officer.post(at+"/"+id, "how", "left").want(http.StatusUnprocessableEntity).says("Say why it is left empty.")
	officer.get(officer.post(at+"/"+id, "how", "left", "reason", "The next election is in spring.").leads(at+"?done=filled")).want(http.StatusOK).says("Every seat that fell empty is settled.", "left empty")
	officer.get(at + ".csv").want(http.StatusOK).says("Resigned")
}
