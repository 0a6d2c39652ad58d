package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// caller is a program whose every answer is held against the document.
type caller struct {
	*program
	document document
	root     map[string]any
	called   map[string]bool // operationIds that succeeded
}

func (s *site) caller(person string) *caller {
	s.t.Helper()
	d, raw, _ := s.document()
	return &caller{program: s.program(person), document: d, root: raw, called: map[string]bool{}}
}

// as is the same caller with the token of somebody else.
func (c *caller) as(person string) *caller { return c.of("severn", person) }

// of is the same caller with the token of somebody of another organisation.
func (c *caller) of(org, person string) *caller {
	other := *c
	other.program = c.program.site.programOf(org, person)
	return &other
}

// anybody is the same caller without a token.
func (c *caller) anybody() *caller {
	other := *c
	other.program = &program{site: c.program.site}
	return &other
}

// operation finds what the document says of a request.
func (c *caller) operation(method, path string) documented {
	c.t.Helper()
	path, _, _ = strings.Cut(path, "?")
	var found documented
	fewest := 100
	for pattern, methods := range c.document.Paths {
		o, ok := methods[strings.ToLower(method)]
		form := regexp.MustCompile(`\{\w+\}`).ReplaceAllString(pattern, "[^/]+") // no other sign of a pattern is in a path
		if n := strings.Count(pattern, "{"); ok && n < fewest && regexp.MustCompile("^"+form+"$").MatchString(path) {
			found, fewest = o, n
		}
	}
	if found.OperationID == "" {
		c.t.Fatalf("%s %s is not in the document", method, path)
	}
	return found
}

// call asks, and checks status and body against the document.
func (c *caller) call(req *http.Request, status int) reply {
	c.t.Helper()
	r := c.do(req).want(status)
	o := c.operation(req.Method, req.URL.Path)
	if status >= 400 {
		for _, wrong := range validate(c.root, map[string]any{"$ref": "#/components/schemas/Problem"}, r.Body) {
			c.t.Errorf("%s: %s", o.OperationID, wrong)
		}
	}
	described, ok := o.Responses[fmt.Sprint(status)]
	if !ok {
		c.t.Errorf("%s answers %d, which the document does not say", o.OperationID, status)
	}
	if status < 300 {
		c.called[o.OperationID] = true
		if media := r.Header.Get("Content-Type"); media == "application/zip" {
			if _, said := described.Content[media]; !said {
				c.t.Errorf("%s answers with a file, which the document does not say", o.OperationID)
			}
			return r
		}
		for _, wrong := range validate(c.root, described.Content["application/json"].Schema, r.Body) {
			c.t.Errorf("%s: %s", o.OperationID, wrong)
		}
	}
	return r
}

func (c *caller) reads(path string) reply {
	c.t.Helper()
	return c.call(c.request(http.MethodGet, path, ""), http.StatusOK)
}

func (c *caller) posts(path string, status int, format string, args ...any) reply {
	c.t.Helper()
	return c.call(c.request(http.MethodPost, path, fmt.Sprintf(format, args...)), status)
}

func (c *caller) sends(path, media, file string, status int) reply {
	c.t.Helper()
	req := c.request(http.MethodPost, path, file)
	req.Header.Set("Content-Type", media)
	return c.call(req, status)
}

// publishedFile looks at a published file, which keeps nothing, and then loads it.
func (c *caller) publishedFile() {
	c.t.Helper()
	imports := func() string { return string(c.reads("/api/v1/published/imports").Body) }
	before := imports()
	var dry, kept struct {
		Import    *struct{ Values int }
		Found     struct{ Values, Rows, Rejected int }
		Unchanged bool
	}
	c.sends("/api/v1/published/imports?file_name=absence.csv&dry_run=true", "text/csv", absenceFile, http.StatusOK).into(&dry)
	if dry.Import != nil || dry.Unchanged || dry.Found.Values == 0 || imports() != before {
		c.t.Errorf("a dry run kept something: %+v", dry)
	}
	c.sends("/api/v1/published/imports?file_name=absence.csv", "text/csv", absenceFile, http.StatusOK).into(&kept)
	if kept.Import == nil || kept.Import.Values != dry.Found.Values || kept.Found != dry.Found {
		c.t.Errorf("kept %+v after a dry run that found %+v", kept, dry)
	}
	c.sends("/api/v1/published/imports?file_name=absence.csv&dry_run=true", "text/csv", absenceFile, http.StatusOK).into(&dry)
	if !dry.Unchanged {
		c.t.Error("a dry run of what is in force does not say so")
	}
}

// apiStaffList is a staff list, with a column that must not be kept.
const apiStaffList = "Employee Number,First Name,Surname,NI Number,Staff Group,Job Role,Site,Assignment Category,FTE,Start Date,Email\r\n" +
	"1001,Wren,Ashby,QQ123456C,Nursing and Midwifery Registered,Nurse,Lydney,Permanent,1.0,01/02/2021,wren.ashby@severn.example\r\n" +
	"1002,Jory,Quill,QQ123457C,Allied Health Professionals,Physiotherapist,Stroud,Permanent,0.6,01/03/2022,jory.quill@severn.example\r\n" +
	"1003,Ines,Yarrow,QQ123458C,Nursing and Midwifery Registered,Nurse,Stroud,Bank,0.2,01/03/2024,ines.yarrow@severn.example\r\n"

// A year in the life of a mutual, by programs alone: every operation of the
// document is asked, and every answer is what the document says.
func TestAPIEveryOperation(t *testing.T) {
	s := newSite(t)
	c := s.caller(s.Secretary)

	// The organisation, its officers, its record and its law.
	c.reads("/api/v1/organisation")
	c.reads("/api/v1/me")
	c.reads("/api/v1/officers?on=2026-11-19")
	c.reads("/api/v1/law/rules?form=community-benefit-society&prefix=society.")
	c.reads("/api/v1/law/rules/society.members.minimum")
	c.posts("/api/v1/law/rules/society.members.minimum/evaluate", http.StatusOK, `{"facts":{"members":212}}`)
	c.ruleBook()
	class, other, pound := c.shareClasses()

	// The staff list, and those on it who join.
	var plan struct {
		Upload  string
		Joiners []struct{}
		Dropped []struct{ Heading, Kind string }
	}
	c.sends("/api/v1/staff/uploads?as_at=2026-11-19&file_name=list.csv", "text/csv", apiStaffList, http.StatusOK).into(&plan)
	if len(plan.Joiners) != 3 || !slices.ContainsFunc(plan.Dropped, func(d struct{ Heading, Kind string }) bool { return d.Heading == "NI Number" && d.Kind != "" }) {
		t.Fatalf("the dry run says %+v", plan)
	}
	c.reads("/api/v1/staff/uploads/" + plan.Upload)
	var applied struct {
		ID      string
		Joiners int
	}
	c.posts("/api/v1/staff/uploads/"+plan.Upload+"/apply", http.StatusOK, `{"confirm":false}`).into(&applied)
	if applied.ID == "" || applied.Joiners != 3 {
		t.Fatalf("applied: %+v", applied)
	}
	c.reads("/api/v1/staff/imports")
	c.reads("/api/v1/staff/imports/" + applied.ID)
	wren, jory, ines := c.staffList(applied.ID)

	// Wren applies by program, Jory on paper.
	hers, his := c.as(wren), c.as(jory)
	hers.posts("/api/v1/me/membership/apply", http.StatusOK, `{"class":"staff"}`)
	c.posts("/api/v1/applications/"+jory, http.StatusOK, `{"class":"staff"}`)
	var waiting struct{ Items []struct{ Person string } }
	c.reads("/api/v1/applications").into(&waiting)
	if len(waiting.Items) != 2 {
		t.Fatalf("%d applications wait, want 2", len(waiting.Items))
	}
	c.posts("/api/v1/applications/admit", http.StatusOK, `{"people":[%q]}`, wren)
	c.posts("/api/v1/applications/"+jory+"/refuse", http.StatusOK, `{"reason":"He is on probation."}`)
	c.posts("/api/v1/applications/"+jory+"/admit", http.StatusOK, `{"class":"staff","reason":"The board allowed his appeal."}`)
	c.comeAndGo(jory, ines)
	var members struct {
		Items []struct{ Member, Person string }
	}
	c.reads("/api/v1/members").into(&members)
	if len(members.Items) != 2 || members.Items[0].Person != wren || members.Items[1].Person != jory {
		t.Fatalf("the members: %+v", members)
	}
	first, second := members.Items[0].Member, members.Items[1].Member
	c.reads("/api/v1/members/" + wren + "?on=2026-11-18")
	c.reads("/api/v1/control?from=2026-01-01&to=2027-03-31")

	// Shares.
	entry := func(path, format string, args ...any) string {
		t.Helper()
		var e struct{ ID string }
		c.posts(path, http.StatusCreated, format, args...).into(&e)
		return e.ID
	}
	entry("/api/v1/shares/issue", `{"class":%q,"to":%q,"quantity":3,"paid_pence":300}`, class, first)
	entry("/api/v1/shares/transfer", `{"class":%q,"from":%q,"to":%q,"quantity":1}`, class, first, second)
	entry("/api/v1/shares/convert", `{"class":%q,"from":%q,"quantity":1,"to_class":%q,"to_quantity":1}`, class, first, other)
	entry("/api/v1/shares/redeem", `{"class":%q,"from":%q,"quantity":1,"paid_pence":100,"reason":"She asked for it."}`, other, first)
	wrong := entry("/api/v1/shares/issue", `{"class":%q,"to":%q,"quantity":1,"paid_pence":100}`, class, second)
	entry("/api/v1/shares/reverse", `{"entry":%q,"reason":"entered twice"}`, wrong)
	entry("/api/v1/shares/issue", `{"class":%q,"to":%q,"quantity":1,"paid_pence":100}`, pound, second)
	c.reads("/api/v1/shares/classes")
	c.reads("/api/v1/shares/entries?member=" + second)
	c.reads("/api/v1/shares/holdings")
	entry("/api/v1/certificates", `{"member":%q,"class":%q}`, first, class)
	c.certificates(class)
	stake := entry("/api/v1/stakes", `{"member":%q,"kind":"role","title":"Staff governor","basis":"rule 22"}`, first)
	c.posts("/api/v1/stakes/"+stake+"/use", http.StatusOK, `{"what":"council of governors"}`)
	c.posts("/api/v1/stakes/"+stake+"/end", http.StatusOK, `{"ends":"2026-12-31","reason":"The term is over."}`)
	c.reads("/api/v1/stakes?on=2026-11-20")

	// What Wren sees of herself, and what the law lets her see of others.
	hers.reads("/api/v1/me/membership")
	hers.reads("/api/v1/me/shares")
	hers.reads("/api/v1/me/certificates")
	hers.reads("/api/v1/me/stakes")
	hers.reads("/api/v1/me/register")
	seen := string(hers.reads("/api/v1/register/inspection").Body)
	if !strings.Contains(seen, "Jory Quill") || strings.Contains(seen, `"shares"`) || strings.Contains(seen, jory) || strings.Contains(seen, second) {
		t.Errorf("a member of a society sees names and no others' shares or ids (2014 Act, s.103): %s", seen)
	}
	c.reads("/api/v1/register")
	c.posts("/api/v1/register/copies", http.StatusCreated, `{"on":"2026-11-19"}`)
	c.inspections(hers)

	// Members go and come.
	his.posts("/api/v1/me/membership/withdraw", http.StatusOK, `{}`)
	c.posts("/api/v1/members/"+jory+"/reinstate", http.StatusOK, `{"class":"staff","reason":"He asked to come back.","effective":"2026-11-20"}`)
	s.Clock.Set(siteStart.AddDate(0, 0, 2))
	c.posts("/api/v1/members/"+jory+"/expel", http.StatusOK, `{"reason":"Rule 19."}`)
	entry("/api/v1/shares/cancel", `{"class":%q,"from":%q,"quantity":1,"paid_pence":100,"reason":"expelled"}`, pound, second)
	c.boardPack()
	c.payBack()
	entry("/api/v1/shares/issue", `{"class":%q,"to":%q,"quantity":1,"paid_pence":100}`, pound, first)
	c.posts("/api/v1/members/"+wren+"/die", http.StatusOK, `{"effective":"2026-11-21"}`)
	c.leavers()

	// The venture and the published figures.
	c.venture()
	if _, err := s.House.Published.ImportCarried(s.ctx, s.Secretary, "severn"); err != nil {
		t.Fatal(err)
	}
	c.reads("/api/v1/published/organisations?limit=500")
	c.reads("/api/v1/published/measures")
	c.reads("/api/v1/published/measures/nss.E/figures?limit=500")
	c.reads("/api/v1/published/measures/absence.year/figures?limit=500")
	var organisations struct{ Items []struct{ ODS string } }
	c.reads("/api/v1/published/organisations?search=community").into(&organisations)
	c.reads("/api/v1/published/organisations/" + organisations.Items[0].ODS)
	c.reads("/api/v1/published/imports")
	c.sends("/api/v1/published/imports", "text/csv", "a,b\r\n1,2\r\n", http.StatusUnprocessableEntity)
	c.sends("/api/v1/published/imports", "application/octet-stream", "PK\x03\x04 and then nothing", http.StatusUnprocessableEntity)
	c.sends("/api/v1/staff/uploads", "application/octet-stream", "PK\x03\x04 and then nothing", http.StatusUnprocessableEntity)
	c.sends("/api/v1/staff/uploads", "text/csv", "Colour,Shape\r\nred,round\r\n", http.StatusUnprocessableEntity)
	c.publishedFile()

	// The record of all that.
	if _, err := s.House.Journal.Sign(s.ctx, "severn"); err != nil {
		t.Fatal(err)
	}
	var head struct{ Size int64 }
	c.reads("/api/v1/record/head").into(&head)
	c.reads("/api/v1/record/checkpoints")
	c.reads("/api/v1/record/leaves?from=3&limit=5")
	c.reads("/api/v1/record/entries")
	c.reads("/api/v1/record/proof/4")
	c.reads(fmt.Sprintf("/api/v1/record/consistency?old=3&new=%d", head.Size))
	if zip := c.posts("/api/v1/record/export", http.StatusOK, `{}`).Body; !bytes.HasPrefix(zip, []byte("PK")) {
		t.Error("the record comes as no zip")
	}
	c.messages(hers)
	c.codes()
	c.votes()
	c.boards()
	c.keys()
	c.conduct()
	c.surveys()
	c.machine()

	for path, methods := range c.document.Paths {
		for method, o := range methods {
			if !c.called[o.OperationID] {
				t.Errorf("%s (%s %s) was never asked", o.OperationID, method, path)
			}
		}
	}
}

// absenceFile is a month of one organisation, as the absence figures are published.
const absenceFile = "DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,ORG_TYPE,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT\n" +
	"30/04/2024,Y56,London,QRV,North West London,RAA,A Trust,Acute,50,1000,5\n"

// elsewhere makes another mutual on the same machine and returns its secretary.
func (s *site) elsewhere() string {
	s.t.Helper()
	return s.another("usk", "Usk Community Nursing", law.BenefitSociety, identity.Person{Given: "Mair", Family: "Lewis", Email: "mair.lewis@usk.example"})
}

// company makes a mutual that is a company, and returns its secretary.
func (s *site) company() string {
	s.t.Helper()
	return s.another("wye", "Wye Home Visits", law.CICGuarantee, identity.Person{Given: "Gwen", Family: "Bevan", Email: "gwen@wye.example"})
}

func (s *site) another(id, name string, form law.FormID, secretary identity.Person) string {
	s.t.Helper()
	_, people, err := s.House.Identity.CreateOrganisation(s.ctx, "setup", identity.Organisation{
		ID: id, Name: name, Kind: identity.Mutual, LegalForm: string(form), Opened: s.day("2025-04-01"),
	}, identity.Setup{Person: secretary, Role: policy.Secretary})
	if err != nil {
		s.t.Fatal(err)
	}
	return people[0]
}
