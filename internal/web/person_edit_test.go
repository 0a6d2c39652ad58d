package web_test

import (
	"net/http"
	"testing"
)

// Names and addresses are corrected by the secretary; an address that is somebody
// else's is not given twice.
func TestPersonEdit(t *testing.T) {
	w := newTown(t)
	huw := w.as(w.Secretary)
	at := "/register/people/" + w.Edie + "/details"
	huw.get("/register/people/" + w.Edie).says("Correct their details")
	form := huw.get(at).want(http.StatusOK).contains(`value="Nash"`)
	huw.post(at, form.fields("family", " ")...).want(http.StatusUnprocessableEntity).says("Give their surname.")
	huw.post(at, form.fields("email", "amara@severn.example")...).want(http.StatusUnprocessableEntity).says("Somebody else here has this e-mail address.")
	huw.post(at, form.fields("email", "edie")...).want(http.StatusUnprocessableEntity).contains(`value="edie"`)
	done := huw.post(at, form.fields("family", "Nashe", "postal_address", " 2 Ferry Lane \r\n\r\nLydney")...).leads("/register/people/" + w.Edie)
	huw.get(done).says("Edie Nashe", "Their details are corrected", "2 Ferry Lane")
	w.refused(at)
	w.as(w.Amara).post(at, "family", "X").want(http.StatusForbidden)
	huw.get("/register/people/nobody/details").want(http.StatusNotFound)
}
