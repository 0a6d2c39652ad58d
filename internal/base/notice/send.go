package notice

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
	"commonweal/law"
)

// Route is which way a message went.
type Route string

const (
	ByEmail   Route = "email"  // at once
	ByPost    Route = "post"   // to be printed and posted, see [Office.Letters]
	ByDigest  Route = "weekly" // with Monday's digest
	Muted     Route = "muted"  // not sent: the person turned this kind off
	NoAddress Route = "none"   // not sent: not statutory, and the person has no e-mail
)

// Send tells somebody something as part of the change that it is about: the
// notice is recorded in the change's own entry, for the organisation of the
// change, and delivered when that is committed. It reports which way the
// message goes; of what is not sent nothing is recorded.
//
// A statutory message always goes, by post where there is no usable e-mail
// address. A message to nobody that exists is a NotFound fault.
func (o *Office) Send(ctx context.Context, tx *journal.Tx, m Message) (Route, error) {
	kind, ok := o.kinds[m.Kind]
	if !ok || m.Kind == kindCode || m.Kind == kindCheckpoint || m.Kind == kindWeekly {
		return "", fmt.Errorf("message of a kind %q that no room declared", m.Kind)
	}
	if kind.Statutory != m.Statutory {
		return "", fmt.Errorf("message of the kind %s: statutory is %t here and %t in its declaration", m.Kind, m.Statutory, kind.Statutory)
	}
	if err := m.check(); err != nil {
		return "", err
	}
	sender, err := o.directory.Sender(ctx, tx.Tx, tx.Org())
	if err != nil {
		return "", err
	}
	to, err := o.recipient(ctx, tx.Tx, tx.Org(), m.To)
	if err != nil {
		return "", err
	}
	route, err := o.route(ctx, tx.Tx, tx.Org(), to, m)
	if err != nil || route == Muted || route == NoAddress {
		return route, err
	}
	l := letter{Subject: m.Subject, FromName: sender.Name, ReplyTo: sender.ReplyTo, Message: &m}
	p := page{Organisation: sender.Name, Subject: m.Subject, Items: []item{o.itemOf(m)}, Reason: m.Reason, Law: m.Statutory}
	if route == ByEmail && !m.Statutory {
		p.Stop = o.stopLink(tx.Org(), o.who(to), m.Kind)
		p.StopTitle = "messages of this kind (" + kind.Title + ")"
		l.Unsubscribe = p.Stop
	}
	if l.Text, l.HTML, err = p.render(); err != nil {
		return "", err
	}
	row := outboxRow{org: tx.Org(), to: to, kind: m.Kind, statutory: m.Statutory, keep: true}
	if row.notice, err = o.record(ctx, tx, m, to, route, l.Text); err != nil {
		return "", err
	}
	switch route {
	case ByEmail:
		row.state = stateQueued
		l.Message = nil // the text is enough
	case ByPost:
		row.state = stateLetter
		l.Text, l.HTML = "", ""
	default:
		row.state = stateWeekly
		l.Text, l.HTML = "", ""
	}
	if m.Statutory {
		l.Message = &m // a failed delivery becomes a letter
	}
	return route, o.put(ctx, tx.Tx, row, l)
}

// recipient looks a person up, or checks an address from outside. An address
// in the register that cannot be used is as good as none.
func (o *Office) recipient(ctx context.Context, tx *db.Tx, org string, to Person) (Person, error) {
	if to.ID == "" {
		address, err := ParseAddress(to.Email)
		return Person{Name: headerText(to.Name), Email: address}, err
	}
	p, err := o.directory.Person(ctx, tx, org, to.ID)
	if err != nil {
		return Person{}, err
	}
	p.ID, p.Name = to.ID, headerText(p.Name)
	if p.Email, err = ParseAddress(p.Email); err != nil {
		p.Email = ""
	}
	return p, nil
}

func (o *Office) route(ctx context.Context, tx *db.Tx, org string, to Person, m Message) (Route, error) {
	if m.Statutory {
		if to.Email == "" {
			return ByPost, nil
		}
		return ByEmail, nil
	}
	when, err := timing(ctx, tx, org, o.who(to), m)
	switch {
	case err != nil:
		return "", err
	case when == Never:
		return Muted, nil
	case to.Email == "":
		return NoAddress, nil
	case when == Weekly:
		return ByDigest, nil
	default:
		return ByEmail, nil
	}
}

// record writes the governed row.
func (o *Office) record(ctx context.Context, tx *journal.Tx, m Message, to Person, route Route, text string) (string, error) {
	// The day is that of the entry.
	at, err := time.Parse(world.TimeFormat, tx.At())
	if err != nil {
		return "", err
	}
	id := tx.ID()
	row := journal.Row{
		"id": id, "kind": m.Kind, "about": m.About, "statutory": m.Statutory, "reason": m.Reason, "channel": route,
		"subject_hash": hash(m.Subject), "body_hash": hash(text), "day": law.Today(at).String(),
	}
	if to.ID != "" {
		row["person_id"] = to.ID
	}
	if to.Email != "" {
		row["address_hash"] = o.addressHash(to.Email)
	}
	return id, tx.Insert(ctx, "notice", row)
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// sender is an organisation's name, or the product's where there is none yet.
func (o *Office) sender(ctx context.Context, tx *db.Tx, org string) (Sender, error) {
	if org == "" {
		return Sender{Name: "Commonweal"}, nil
	}
	return o.directory.Sender(ctx, tx, org)
}
