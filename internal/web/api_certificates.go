package web

import (
	"cmp"
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/share"
	"commonweal/law"
)

type certificateJSON struct {
	ID          uuid     `json:"id"`
	Number      int      `json:"number"`
	Member      uuid     `json:"member"`
	Holder      string   `json:"holder,omitempty" doc:"The name; left out where the details are erased."`
	HolderNo    int      `json:"holder_number,omitempty" doc:"In the register."`
	Class       uuid     `json:"class"`
	ClassName   string   `json:"class_name"`
	Quantity    int64    `json:"quantity"`
	Issued      law.Date `json:"issued"`
	Recorded    int64    `json:"recorded" doc:"The entry of the record under which it was issued."`
	Cancelled   law.Date `json:"cancelled,omitzero"`
	CancelledBy string   `json:"cancelled_by,omitempty" doc:"The id of the ledger entry that took the shares away, or of the person who cancelled it by hand."`
}

type certificatesParams struct {
	pageParams
	Member uuid `query:"member" doc:"Only those of this membership."`
	Good   bool `query:"good" default:"false" doc:"Only those that are good."`
}

func (v *visit) apiCertificates(p certificatesParams) (list[certificateJSON], error) {
	return v.certificates(p.pageParams, string(p.Member), p.Good)
}

func (v *visit) apiMyCertificates(p pageParams) (list[certificateJSON], error) {
	me, err := v.myMember()
	if err != nil || me == "" {
		return list[certificateJSON]{}, err
	}
	return v.certificates(p, me, false)
}

// certificates are those of one member, or of all when member is "".
func (v *visit) certificates(p pageParams, member string, good bool) (list[certificateJSON], error) {
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return list[certificateJSON]{}, err
	}
	all, err := v.holders()
	if err != nil {
		return list[certificateJSON]{}, err
	}
	var out []certificateJSON
	for _, c := range ledger.Certificates(member) {
		if !good || c.Good() {
			out = append(out, certificateOf(ledger, all, c))
		}
	}
	return pageOf(p, "certificates", out, func(c certificateJSON) string { return inOrder(int64(c.Number)) })
}

func certificateOf(ledger *share.Ledger, all holders, c share.Certificate) certificateJSON {
	class, _ := ledger.Class(c.Class)
	return certificateJSON{
		ID: uuid(c.ID), Number: c.Number, Member: uuid(c.Member), Holder: all[c.Member].Name, HolderNo: all[c.Member].Number, Class: uuid(c.Class),
		ClassName: class.Name, Quantity: c.Quantity, Issued: c.Issued, Recorded: c.Recorded, Cancelled: c.Cancelled, CancelledBy: c.CancelledBy,
	}
}

type certifyJSON struct {
	Member uuid `json:"member" doc:"The id of the membership."`
	Class  uuid `json:"class" doc:"The id of the class."`
}

func (v *visit) apiCertify(_ none, b certifyJSON) (certificateJSON, error) {
	made, err := v.house.Shares.Certify(v.ctx, v.actor.Person, v.org.ID, string(b.Member), string(b.Class))
	if err != nil {
		return certificateJSON{}, err
	}
	if len(made) == 0 {
		return certificateJSON{}, fault.Errorf(fault.Conflict, "the member has no shares of this class without a certificate")
	}
	newest := slices.MaxFunc(made, func(a, b share.Certificate) int { return cmp.Compare(a.Number, b.Number) })
	out, err := v.certificatesNow(newest)
	if err != nil {
		return certificateJSON{}, err
	}
	return out[0], nil
}

// certificatesNow are certificates after a change of them.
func (v *visit) certificatesNow(list ...share.Certificate) ([]certificateJSON, error) {
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return nil, err
	}
	var members []string
	for _, c := range list {
		members = append(members, c.Member)
	}
	all, err := v.named(members...)
	var out []certificateJSON
	for _, c := range list {
		out = append(out, certificateOf(ledger, all, c))
	}
	return out, err
}

type certificateParams struct {
	Certificate uuid `path:"certificate" doc:"The id of the certificate."`
}

// apiCancelCertificate cancels a certificate that was lost or says something
// wrong. The shares stay.
func (v *visit) apiCancelCertificate(p certificateParams, _ none) (certificateJSON, error) {
	if err := v.house.Shares.CancelCertificate(v.ctx, v.actor.Person, v.org.ID, string(p.Certificate)); err != nil {
		return certificateJSON{}, err
	}
	ledger, err := v.house.Shares.Ledger(v.ctx, v.org.ID)
	if err != nil {
		return certificateJSON{}, err
	}
	all := ledger.Certificates("")
	i := slices.IndexFunc(all, func(c share.Certificate) bool { return c.ID == string(p.Certificate) })
	if i < 0 {
		return certificateJSON{}, fault.Errorf(fault.NotFound, "there is no certificate %s", p.Certificate)
	}
	out, err := v.certificatesNow(all[i])
	if err != nil {
		return certificateJSON{}, err
	}
	return out[0], nil
}

type certifiedJSON struct {
	Certificates []certificateJSON `json:"certificates" doc:"Those that were issued, by number."`
}

// apiCertifyAll issues a certificate to everybody who holds shares of a class
// without one.
func (v *visit) apiCertifyAll(p shareClassParams, _ none) (certifiedJSON, error) {
	made, err := v.house.Shares.Certify(v.ctx, v.actor.Person, v.org.ID, "", string(p.Class))
	if err != nil {
		return certifiedJSON{}, err
	}
	out, err := v.certificatesNow(made...)
	return certifiedJSON{out}, err
}
