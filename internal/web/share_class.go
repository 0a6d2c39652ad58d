package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
)

type shareClassPage struct {
	ID     string
	Terms  []string
	Facts  page.Defs
	CanEnd bool
	On     string
}

// shareClass is one class: its terms, and what there is of it.
func (s *Server) shareClass(v *visit) error {
	c, ledger, err := v.classAsked()
	if err != nil {
		return err
	}
	p := shareClassPage{ID: c.ID, Terms: classTermsInWords(c), CanEnd: c.Ends.IsZero() && v.can(policy.ShareClassEdit)}
	var total share.Total
	for _, t := range ledger.TotalsOn(v.today()) {
		if t.Class == c.ID {
			total = t
		}
	}
	p.Facts = page.Defs{
		{Term: "Held today", Fact: count(total.Quantity, "share", "shares") + ", worth " + money(total.Pence), Href: "/shares/holdings?class=" + c.ID},
		{Term: "Holders", Fact: number(total.Holders)},
		{Term: "Issued in all", Fact: number(total.Issued)},
		{Term: "Gone since", Fact: number(total.Gone)},
		{Term: "Without a certificate", Fact: count(len(v.lacking(ledger, c.ID)), "holding", "holdings"), Href: "/shares/certificates"},
	}
	f := v.frame()
	f.Back = page.Link{Text: "Shares", Href: "/shares"}
	f.Kicker = "Class of shares"
	f.Heading = c.Name
	f.Sentence = v.classPart(c).State
	kind := map[string]string{"made": "share.class_made", "closed": "share.class_closed"}[v.r.URL.Query().Get("done")]
	if kind != "" {
		words := map[string]string{"share.class_made": "The class is made.", "share.class_closed": "The class is closed."}[kind]
		if f.Notice, err = v.doneNotice(words, kind); err != nil {
			return err
		}
	}
	f.Data = p
	return v.show(http.StatusOK, "share_class", f)
}

func (v *visit) classAsked() (share.Class, *share.Ledger, error) {
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return share.Class{}, nil, err
	}
	c, ok := ledger.Class(v.r.PathValue("id"))
	if !ok {
		return c, nil, fault.Errorf(fault.NotFound, "there is no such class of shares")
	}
	return c, ledger, nil
}

type shareClassForm struct {
	Name    page.Text
	Nominal page.Text
	Terms   page.Checkboxes
	Most    page.Text
	Starts  page.DateField
	Law     []shareLawPart
	class   share.Class
}

var classTerms = []page.Option{
	{Value: "cancels", Label: "They are cancelled when membership ends", Hint: "What they cost is paid back."},
	{Value: "withdrawable", Label: "The member can take the money back out"},
	{Value: "transferable", Label: "They can pass from one member to another"},
	{Value: "dividend", Label: "They may bear a dividend or interest"},
}

func (v *visit) newClassForm(values url.Values) *shareClassForm {
	f := &shareClassForm{
		Name:    page.Text{Name: "name", Label: "What is the class called?", Hint: "Such as Member share.", Width: 20, Value: values.Get("name")},
		Nominal: page.Text{Name: "nominal", Label: "What does one share cost?", Hint: "In pounds, such as 1.", Width: 5, Value: values.Get("nominal")},
		Terms:   page.Checkboxes{Name: "terms", Legend: "What are its terms?", Hint: "Tick what your rules say. Whatever is not ticked is not allowed.", Options: classTerms, Values: values["terms"]},
		Most:    page.Text{Name: "max_holding", Label: "What is the most that one member may hold?", Hint: "In pounds. Leave it empty if your rules set no limit.", Width: 10, Value: values.Get("max_holding")},
		Starts:  page.DateField{Name: "starts", Legend: "From which day can they be issued?", Hint: "For example, 31 3 2026"},
		Law:     v.shareLaw(),
	}
	f.Starts.Fill(values)
	if values == nil {
		f.Starts.SetDay(v.today().String())
	}
	return f
}

// read makes the class and judges it by itself and by the law of the legal form.
func (f *shareClassForm) read(v *visit, values url.Values) (bool, error) {
	has := func(term string) bool { return slices.Contains(values["terms"], term) }
	c := share.Class{
		Name: strings.Join(strings.Fields(values.Get("name")), " "), CancelsOnLeaving: has("cancels"), Withdrawable: has("withdrawable"),
		Transferable: has("transferable"), Dividend: has("dividend"),
	}
	ok, is := true, false
	if c.Name == "" || len(c.Name) > 60 {
		f.Name.Error, ok = "Give the class a name of at most 60 letters.", false
	}
	if c.NominalPence, is = readPounds(values.Get("nominal")); !is || c.NominalPence == 0 {
		f.Nominal.Error, ok = "Write what one share costs in pounds, such as 1 or 0.50.", false
	}
	if text := strings.TrimSpace(values.Get("max_holding")); text != "" {
		if c.MaxHoldingPence, is = readPounds(text); !is {
			f.Most.Error, ok = "Write the amount in pounds, such as 100.", false
		}
	}
	if c.Starts, is = readDay(&f.Starts, "first day", true); !is {
		ok = false
	}
	if !ok {
		return false, nil
	}
	classes, err := v.house.Shares.Classes(v.ctx, v.org.ID)
	if err != nil {
		return false, err
	}
	var taken []string
	for _, other := range classes {
		taken = append(taken, other.Code)
	}
	c.Code = codeFor(c.Name, taken)
	f.class = c
	if err = c.Check(); err == nil {
		form := v.formToday()
		if form == nil {
			err = fault.Errorf(fault.Conflict, "the organisation has no legal form yet, and that decides what shares there may be")
		} else {
			err = c.Lawful(form)
		}
	}
	if refusable(err) {
		f.place(v, err)
		return false, nil
	}
	return err == nil, err
}

func (f *shareClassForm) place(v *visit, err error) {
	v.refusedAt(err, &f.Terms.Error, map[string]*string{
		"name": &f.Name.Error, "code": &f.Name.Error, "nominal": &f.Nominal.Error, "max_holding": &f.Most.Error, "starts": &f.Starts.Error, "ends": &f.Starts.Error,
	})
}

// codeFor makes a code from a name, one that is not taken.
func codeFor(name string, taken []string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	base := strings.Join(words, "-")
	base = strings.Trim(base[:min(len(base), 34)], "-")
	if base == "" {
		base = "class"
	}
	code := base
	for n := 2; slices.Contains(taken, code); n++ {
		code = base + "-" + strconv.Itoa(n)
	}
	return code
}

func (v *visit) showClassForm(status int, f *shareClassForm) error {
	frame := v.frame()
	frame.Back = page.Link{Text: "Shares", Href: "/shares"}
	frame.Heading = "A new class of shares"
	frame.Sentence = "Its terms do not change once it is made. Other terms are another class, and shares can be converted."
	frame.Errors = page.Problems(f.Name, f.Nominal, f.Terms, f.Most, f.Starts)
	frame.Data = f
	return v.show(status, "share_class_new", frame)
}

// shareClassNew asks for the terms of a new class.
func (s *Server) shareClassNew(v *visit) error {
	var values url.Values
	if v.r.URL.Query().Get("change") != "" {
		values, _ = v.draft(classDraft)
	}
	return v.showClassForm(http.StatusOK, v.newClassForm(values))
}

// shareClassCheck judges them, and goes on to a look at all of it.
func (s *Server) shareClassCheck(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	f := v.newClassForm(form)
	if ok, err := f.read(v, form); err != nil {
		return err
	} else if !ok {
		return v.showClassForm(http.StatusUnprocessableEntity, f)
	}
	if err := v.keepDraft(classDraft, form); err != nil {
		return err
	}
	return v.redirect("/shares/classes/new/review")
}

// classDraft is where the browser keeps the terms until the class is made.
const classDraft = "share-class"

// shareClassReview shows the class before it is made.
func (s *Server) shareClassReview(v *visit) error {
	values, kept := v.draft(classDraft)
	f := v.newClassForm(values)
	ok, err := f.read(v, values)
	if err != nil {
		return err
	}
	if !kept || !ok {
		return v.redirect("/shares/classes/new")
	}
	p := actReview{Action: "/shares/classes", Back: "/shares/classes/new?change=1", Effects: classTermsInWords(f.class), Button: page.Button{Text: "Make the class"}}
	p.Summary = page.Summary{
		{Term: "Name", Fact: f.class.Name, Change: page.Link{Text: "Change", Hidden: "the name", Href: p.Back}},
		{Term: "Can be issued from", Fact: v.day(f.class.Starts), Change: page.Link{Text: "Change", Hidden: "the day", Href: p.Back}},
	}
	for _, name := range []string{"name", "nominal", "max_holding", "starts-day", "starts-month", "starts-year"} {
		p.Hidden = append(p.Hidden, page.Option{Label: name, Value: values.Get(name)})
	}
	for _, term := range values["terms"] {
		p.Hidden = append(p.Hidden, page.Option{Label: "terms", Value: term})
	}
	frame := v.frame()
	frame.Back = page.Link{Text: "Back", Href: p.Back}
	frame.Kicker = "A new class of shares"
	frame.Heading = "Look at it once more"
	frame.Sentence = "The terms of a class cannot be changed once it is made."
	frame.Data = p
	return v.show(http.StatusOK, "share_review", frame)
}

// shareClassMake makes the class that was looked at. A class of that very name
// and those terms is not made twice.
func (s *Server) shareClassMake(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	f := v.newClassForm(form)
	if ok, err := f.read(v, form); err != nil {
		return err
	} else if !ok {
		return v.showClassForm(http.StatusUnprocessableEntity, f)
	}
	classes, err := v.house.Shares.Classes(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	for _, c := range classes {
		same := f.class
		same.ID, same.Code, same.Ends = c.ID, c.Code, c.Ends
		if c == same {
			return v.redirect("/shares/classes/" + c.ID)
		}
		if strings.EqualFold(c.Name, f.class.Name) {
			f.Name.Error = "There is a class of that name with other terms. Choose another name."
			return v.showClassForm(http.StatusUnprocessableEntity, f)
		}
	}
	id, err := v.house.Shares.MakeClass(v.ctx, v.actor.Person, v.org.ID, f.class)
	if refusable(err) {
		f.place(v, err)
		return v.showClassForm(http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	v.dropDraft(classDraft)
	return v.redirect("/shares/classes/" + id + "?done=made")
}

type shareClassClosePage struct {
	ID   string
	Name string
	Ends page.DateField
}

// shareClassCloseShow asks from which day no more are issued.
func (s *Server) shareClassCloseShow(v *visit) error { return v.closeClassForm(http.StatusOK, nil, "") }

func (v *visit) closeClassForm(status int, form url.Values, wrong string) error {
	c, ledger, err := v.classAsked()
	if err != nil {
		return err
	}
	if !c.Ends.IsZero() {
		return v.redirect("/shares/classes/" + c.ID)
	}
	p := shareClassClosePage{ID: c.ID, Name: c.Name, Ends: page.DateField{Name: "ends", Legend: "From which day are no more issued?", Hint: "Today or later."}}
	p.Ends.Fill(form)
	if form == nil {
		p.Ends.SetDay(v.today().String())
	} else {
		_, _ = readDay(&p.Ends, "day", true) // says what to put right
	}
	if wrong != "" {
		p.Ends.Error = wrong
	}
	var held int64
	for _, h := range ledger.HoldingsOn(v.today()) {
		if h.Class == c.ID {
			held += h.Quantity
		}
	}
	f := v.frame()
	f.Back = page.Link{Text: c.Name, Href: "/shares/classes/" + c.ID}
	f.Heading = "Close the class " + c.Name + "?"
	f.Sentence = "The " + sharesOf(held, c.Name) + " that are held stay as they are. A closed class cannot be opened again."
	if held == 0 {
		f.Sentence = "None are held today. A closed class cannot be opened again."
	}
	f.Errors = page.Problems(p.Ends)
	f.Data = p
	return v.show(status, "share_class_close", f)
}

// shareClassClose closes it.
func (s *Server) shareClassClose(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	c, _, err := v.classAsked()
	if err != nil {
		return err
	}
	field := page.DateField{Name: "ends"}
	field.Fill(form)
	day, ok := readDay(&field, "day", true)
	if !ok {
		return v.closeClassForm(http.StatusUnprocessableEntity, form, "")
	}
	err = v.house.Shares.CloseClass(v.ctx, v.actor.Person, v.org.ID, c.ID, day)
	if refusable(err) {
		return v.closeClassForm(http.StatusUnprocessableEntity, form, v.refusalWords(err))
	}
	if err != nil {
		return err
	}
	return v.redirect("/shares/classes/" + c.ID + "?done=closed")
}
