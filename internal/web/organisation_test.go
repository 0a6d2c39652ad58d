package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"commonweal/internal/base/policy"
)

// Anybody may know what the organisation is in law; the secretary alone changes it.
func TestOrganisation_WhoSeesAndWhoChanges(t *testing.T) {
	s := newSite(t)
	s.as("").get("/organisation").want(http.StatusOK).says("Severn & Wye Community Health is a community benefit society, no. 7912", "Registered number 7912").
		lacks("Change the details")
	s.refused("/organisation/edit", "/organisation/brand", "/organisation/brand.css")
	director := s.as(s.officer(policy.Director))
	director.get("/organisation").want(http.StatusOK).lacks("Change the details")
	director.post("/organisation/edit", "name", "Ours").want(http.StatusForbidden)
	director.post("/organisation/brand", "colour", "#000000").want(http.StatusForbidden)
	s.as(s.Secretary).get("/organisation").says("Change the details", "Change the look")
}

func TestOrganisation_Details(t *testing.T) {
	s := newSite(t)
	huw := s.as(s.Secretary)
	huw.get("/organisation/edit").want(http.StatusOK).says("Change the details", "Community benefit society")
	good := []string{"name", "Severn and Wye Care", "legal_form", "community-benefit-society", "registered_no", "7913", "ods", "ry9", "registered_office", "Alder House\r\n1 Quay Street\r\n\r\nGloucester"}
	cases := []struct{ name, field, value, says string }{
		{"no name", "name", " ", "Give the name."},
		{"a form that the law does not have", "legal_form", "republic", "Choose one of these legal forms."},
		{"a code that is none", "ods", "!!", "is not an ODS code"},
		{"a long number", "registered_no", strings.Repeat("7", 41), "longer than 40"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			form := append([]string(nil), good...)
			for i := range form {
				if i%2 == 0 && form[i] == c.field {
					form[i+1] = c.value
				}
			}
			// What was typed in the other fields is kept.
			page := huw.post("/organisation/edit", form...).want(http.StatusUnprocessableEntity).says(c.says)
			if !strings.Contains(page.Body, "1 Quay Street") {
				t.Error("the address that was typed is lost")
			}
		})
	}
	to := huw.post("/organisation/edit", good...).leads("/organisation?done=details")
	huw.get(to).want(http.StatusOK).says("The details are saved and recorded.", "Severn and Wye Care", "RY9", "Alder House, 1 Quay Street, Gloucester")
}

// brandForm sends the form for the look, with a drawing where there is one.
func brandForm(b *browser, mark string, pairs ...string) answer {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		_ = w.WriteField(pairs[i], pairs[i+1])
	}
	part, _ := w.CreateFormFile("mark", "mark.svg")
	_, _ = part.Write([]byte(mark))
	_ = w.Close()
	req := httptest.NewRequest(http.MethodPost, "/organisation/brand", &body)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return b.do(req)
}

// A look that people could not read is refused at the field it is about, WCAG
// 2.2, 1.4.3; one that can be read is shown before it is kept.
func TestOrganisation_Brand(t *testing.T) {
	s := newSite(t)
	huw := s.as(s.Secretary)
	huw.get("/organisation/brand").want(http.StatusOK).says("How your pages look")
	square := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4.25" fill="#fff"/></svg>`
	cases := []struct {
		name, mark string
		form       []string
		says       string
	}{
		{"too pale for white text", "", []string{"colour", "#99ccff"}, "Error: White text on the brand colour has a contrast of"},
		{"no colour", "", []string{"colour", "blue"}, "Error: Colour \"blue\" is not of the form #rrggbb."},
		{"a dark wash", "", []string{"colour", "#14465c", "wash", "#222222"}, "Error: Dark text on the brand wash has a contrast of"},
		{"a pale deep colour", "", []string{"colour", "#14465c", "deep", "#eeeeee"}, "Error: White text on the deep brand colour has a contrast of"},
		{"a wash without its colour", "", []string{"wash", "#ffffff"}, "Give the colour too"},
		{"a drawing that runs something", `<svg viewBox="0 0 1 1"><script>alert(1)</script></svg>`, nil, "only plain shapes are allowed"},
		{"a drawing that is not square", `<svg viewBox="0 0 1 2"></svg>`, nil, "is not square"},
		{"no drawing at all", "just words", nil, "The drawing is"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			brandForm(huw, c.mark, c.form...).want(http.StatusUnprocessableEntity).says(c.says).lacks("<script>alert")
		})
	}
	preview := brandForm(huw, square, "colour", "#5a1e3c", "brand_name", "Our Care", "act", "preview").want(http.StatusOK).
		says("This page wears the new look. Nothing is saved yet.", "Save this look", "Our Care")
	if !strings.Contains(preview.Body, `r="4.25"`) || !strings.Contains(preview.Body, "/organisation/brand.css?colour=%235a1e3c") {
		t.Error("the preview does not wear the look")
	}
	if css := huw.get("/organisation/brand.css?colour=%235a1e3c").want(http.StatusOK).Body; !strings.Contains(css, "#5a1e3c") {
		t.Errorf("got %s", css)
	}
	huw.get("/organisation/brand.css?colour=red").want(http.StatusUnprocessableEntity)
	huw.get("/organisation").lacks("Our Care")
	to := brandForm(huw, "", "colour", "#5a1e3c", "brand_name", "Our Care", "mark_text", square, "act", "save").leads("/organisation?done=brand")
	if body := huw.get(to).says("Our Care", "#5a1e3c").Body; !strings.Contains(body, `r="4.25"`) {
		t.Error("the mark was not kept")
	}
	brandForm(huw, "", "colour", "", "mark_text", square, "usual", "yes", "act", "save").leads("/organisation?done=brand")
	huw.get("/organisation").says("the usual one").lacks(`r="4.25"`)
}
