package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"commonweal/internal/base/policy"
	"commonweal/internal/own/share"
	"commonweal/internal/web/page"
)

type certificateListPage struct {
	Lacking page.Table
	Issue   *page.Button
	Seen    string
	Table   page.Table
	Pages   page.Pages
	Empty   *page.Panel
	Search  page.Text
}

// certificateList lists the certificates, newest first, and whoever lacks one.
func (s *Server) certificateList(v *visit) error { return v.certificatesPage(http.StatusOK, "") }

func (v *visit) certificatesPage(status int, wrong string) error {
	ledger, classes, err := v.sharesNow()
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Shares", Href: "/shares"}
	f.Heading = "Share certificates"
	list := ledger.Certificates("")
	good := 0
	for _, c := range list {
		if c.Good() {
			good++
		}
	}
	lacking := v.lackCertificates(ledger, classes)
	f.Sentence = certificatesSentence(good, len(list)-good, lacking)
	p := certificateListPage{Search: v.searchField("/shares/certificates", "Name or number in the register"), Seen: strconv.Itoa(lacking)}
	words := p.Search.Value
	if lacking > 0 && v.can(policy.CertificateIssue) {
		p.Issue = &page.Button{Text: "Issue " + count(lacking, "certificate", "certificates")}
	}
	if words != "" {
		all, err := v.holders()
		if err != nil {
			return err
		}
		found := map[string]bool{}
		for _, h := range all.find(words, func(holder) bool { return true }) {
			found[h.Member] = true
		}
		list = slices.DeleteFunc(list, func(c share.Certificate) bool { return !found[c.Member] })
	}
	slices.SortFunc(list, func(a, b share.Certificate) int { return cmp.Compare(b.Number, a.Number) })
	rows, pages := leafing(v, list, listSize)
	p.Pages = pages
	var members []string
	for _, c := range rows {
		members = append(members, c.Member)
	}
	all, err := v.named(members...)
	if err != nil {
		return err
	}
	if p.Lacking, err = v.lackingTable(ledger, classes); err != nil {
		return err
	}
	p.Table = page.Table{Caption: "Certificates", Columns: []page.Column{{Head: "Certificate"}, {Head: "Holder"}, {Head: "Shares"}, {Head: "Issued"}, {Head: "State"}}}
	for _, c := range rows {
		class, _ := ledger.Class(c.Class)
		p.Table.Rows = append(p.Table.Rows, page.Row{
			{Text: number(c.Number), Href: "/shares/certificates/" + c.ID},
			{Text: all[c.Member].title()},
			{Text: sharesOf(c.Quantity, class.Name)},
			{Text: v.day(c.Issued)},
			{Show: v.certificateState(c)},
		})
	}
	if len(list) == 0 && lacking == 0 {
		panel := page.Empty("There are no certificates", "A certificate says on paper what a member holds. It can be issued once somebody holds a share.", page.Link{Text: "Back to shares", Href: "/shares"})
		if words != "" {
			panel = page.Empty("Nobody is found", "No certificate is in such a name.", page.Link{Text: "Show all certificates", Href: "/shares/certificates"})
		}
		p.Empty = &panel
	}
	f.Errors = page.Problems(p.Search)
	if wrong != "" {
		f.Errors = append(f.Errors, page.Error{Message: wrong})
	}
	if f.Notice, err = v.certifiedNotice(ledger); err != nil {
		return err
	}
	if len(ledger.Certificates("")) > 0 {
		f.Files = []page.Files{v.files("/shares/certificates", "all certificates", v.today())}
	}
	f.Data = p
	return v.show(status, "certificate_list", f)
}

func certificatesSentence(good, cancelled, lacking int) string {
	s := "No certificate has been issued."
	if good+cancelled > 0 {
		s = count(good, "certificate is", "certificates are") + " good."
		if cancelled > 0 {
			s += " " + count(cancelled, "was", "were") + " cancelled."
		}
	}
	if lacking > 0 {
		s += " " + count(lacking, "holding lacks", "holdings lack") + " one."
	}
	return s
}

// certificateState says whether a certificate is good, in a word and a shape.
func (v *visit) certificateState(c share.Certificate) page.State {
	if c.Good() {
		return page.State{Word: "good", Kind: page.StateDone}
	}
	return page.State{Word: "cancelled from " + v.day(c.Cancelled), Kind: page.StateLate}
}

// shownLacking is how many of those without a certificate are named.
const shownLacking = 10

func (v *visit) lackingTable(l *share.Ledger, classes []share.Class) (page.Table, error) {
	t := page.Table{Caption: "Holdings without a certificate", Columns: []page.Column{{Head: "Holder"}, {Head: "Without a certificate"}}}
	for _, c := range classes {
		for _, h := range v.lacking(l, c.ID) {
			if len(t.Rows) == shownLacking {
				return t, nil
			}
			who, err := v.named(h.Member)
			if err != nil {
				return t, err
			}
			t.Rows = append(t.Rows, page.Row{{Text: who[h.Member].title(), Href: "/shares/ledger?member=" + h.Member}, {Text: sharesOf(l.Uncertified(h.Member, c.ID, v.today()), c.Name)}})
		}
	}
	return t, nil
}

// certifiedNotice tells of the certificates that ?first= and ?last= name.
func (v *visit) certifiedNotice(l *share.Ledger) (page.Notice, error) {
	first, _ := strconv.Atoi(v.r.URL.Query().Get("first"))
	last, _ := strconv.Atoi(v.r.URL.Query().Get("last"))
	n := 0
	for _, c := range l.Certificates("") {
		if c.Number >= first && c.Number <= last {
			n++
		}
	}
	if n == 0 || first == 0 {
		return page.Notice{}, nil
	}
	words := "Certificate " + number(first) + " is issued."
	if last > first {
		words = "Certificates " + number(first) + " to " + number(last) + " are issued."
	}
	return v.doneNotice(words, "share.certified")
}

// certificateIssue issues a certificate to every holder who lacks one.
func (s *Server) certificateIssue(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	ledger, classes, err := v.sharesNow()
	if err != nil {
		return err
	}
	if lacking := v.lackCertificates(ledger, classes); lacking == 0 {
		return v.redirect("/shares/certificates")
	} else if form.Get("seen") != strconv.Itoa(lacking) {
		return v.certificatesPage(http.StatusUnprocessableEntity, "The list has changed since you opened it. No certificate was issued. Look at it again.")
	}
	first, last := 0, 0
	for _, c := range classes {
		made, err := v.house.Shares.Certify(v.ctx, v.actor.Person, v.org.ID, "", c.ID)
		if err != nil {
			return err
		}
		for _, m := range made {
			if first == 0 {
				first = m.Number
			}
			last = m.Number
		}
	}
	return v.redirect("/shares/certificates?first=" + strconv.Itoa(first) + "&last=" + strconv.Itoa(last))
}
