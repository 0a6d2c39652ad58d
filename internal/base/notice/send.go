package notice

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
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
	routes, err := o.SendAll(ctx, tx, []Message{m})
	if err != nil {
		return "", err
	}
	return routes[0], nil
}

// together is how many messages are looked up and written at a time.
const together = 100

// SendAll is [Office.Send] for many messages of one change: all are recorded or
// none. Those that go by e-mail are delivered one after the other by one job, so
// that thousands of them do not keep a code to sign in waiting.
func (o *Office) SendAll(ctx context.Context, tx *journal.Tx, list []Message) ([]Route, error) {
	if len(list) == 0 {
		return nil, nil
	}
	for _, m := range list {
		if err := o.sendable(m); err != nil {
			return nil, err
		}
	}
	sender, err := o.directory.Sender(ctx, tx.Tx, tx.Org())
	if err != nil {
		return nil, err
	}
	var routes []Route
	b := bundle{office: o, tx: tx, sender: sender, id: o.world.ID()}
	for part := range slices.Chunk(list, together) {
		some, err := b.add(ctx, part)
		if err != nil {
			return nil, err
		}
		routes = append(routes, some...)
	}
	return routes, b.deliver(ctx)
}

// sendable refuses a message that no room declared or that says too little.
func (o *Office) sendable(m Message) error {
	kind, ok := o.kinds[m.Kind]
	if !ok || m.Kind == kindCode || m.Kind == kindCheckpoint || m.Kind == kindWeekly {
		return fmt.Errorf("message of a kind %q that no room declared", m.Kind)
	}
	if kind.Statutory != m.Statutory {
		return fmt.Errorf("message of the kind %s: statutory is %t here and %t in its declaration", m.Kind, m.Statutory, kind.Statutory)
	}
	return m.check()
}

// recipient looks a person up, or checks an address from outside. An address
// in the register that cannot be used is as good as none.
func (o *Office) recipient(ctx context.Context, tx *db.Tx, org string, to Person) (Person, error) {
	found, err := o.recipients(ctx, tx, org, []Person{to})
	if err != nil {
		return Person{}, err
	}
	return found[0], nil
}

// recipients is recipient for several, in the same order.
func (o *Office) recipients(ctx context.Context, tx *db.Tx, org string, list []Person) ([]Person, error) {
	var ids []string
	for _, to := range list {
		if to.ID != "" {
			ids = append(ids, to.ID)
		}
	}
	known, err := o.directory.People(ctx, tx, org, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Person, len(list))
	for i, to := range list {
		if to.ID == "" {
			address, err := ParseAddress(to.Email)
			if err != nil {
				return nil, err
			}
			out[i] = Person{Name: headerText(to.Name), Email: address}
			continue
		}
		p, ok := known[to.ID]
		if !ok {
			return nil, fault.Errorf(fault.NotFound, "there is no person %s in organisation %s", to.ID, org)
		}
		p.ID, p.Name = to.ID, headerText(p.Name)
		if p.Email, err = ParseAddress(p.Email); err != nil {
			p.Email = ""
		}
		out[i] = p
	}
	return out, nil
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
