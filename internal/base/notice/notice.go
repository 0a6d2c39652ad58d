// Package notice tells people things: by e-mail, in a weekly digest, or on
// paper for those who have no e-mail.
//
// A notice is sent inside the change that it is about ([Office.Send] takes the
// change's transaction), so that there is no fact without its notice and no
// notice of something that did not happen. The governed table notice keeps who
// was sent what on which day, as hashes; the outbox keeps the text until it is
// delivered and no longer. Every message says why it was sent. What the law
// asks for cannot be turned off; everything else can, by kind and person, also
// without signing in.
//
// Messages that the organisation's record need not keep (a sign-in code, a
// copy of the record's head) go through the outbox alone.
//
// Delivery is at least once: a process that dies between the server's yes and
// our note of it sends again, with the same Message-ID.
package notice

import (
	"context"
	"crypto/cipher"
	"fmt"
	"net/url"
	"strings"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
)

// Tables are the governed tables of this room. The hashes are of the subject
// and of the text as sent, so that who holds the message can show it is this
// one. person_id is null for somebody known by address alone; address_hash is
// keyed, so that it cannot be guessed from a list of addresses.
var Tables = []journal.Table{
	journal.Govern("notice", "person_id", "address_hash", "kind", "about", "statutory int", "reason", "channel",
		"subject_hash", "body_hash", "day", "posted"),
}

// Kind is a sort of message that a room sends.
type Kind struct {
	Name  string // noun.verb
	Title string // for people: "Votes that open and close"
	// Statutory kinds cannot be muted.
	Statutory bool
}

// Kinds that this room sends itself.
const (
	kindCode       = "sign-in.code"
	kindCheckpoint = "record.head"
	kindWeekly     = "notice.weekly"
)

// Person is somebody whom a message goes to.
type Person struct {
	ID     string // "" for somebody known by address alone
	Name   string
	Email  string // "" for none
	Postal string // lines of a postal address, "" for none
}

// Sender is the organisation that a message comes from.
type Sender struct {
	Name    string
	ReplyTo string // where answers go, "" for the address it is sent from
}

// Directory tells who people and organisations are. The room for identity has
// the answers.
type Directory interface {
	// People returns people of an organisation by id. Ids that nobody has are
	// left out.
	People(ctx context.Context, tx *db.Tx, org string, ids []string) (map[string]Person, error)
	// Sender returns an organisation, or a NotFound fault.
	Sender(ctx context.Context, tx *db.Tx, org string) (Sender, error)
}

// Options are what an office needs.
type Options struct {
	Journal   *journal.Journal
	Keys      *journal.Keys
	Queue     *jobs.Queue
	Directory Directory
	Transport Transport
	BaseURL   string // https://..., where the pages are
	Kinds     []Kind // what the other rooms send
}

// Office sends messages. Its methods may be called from several goroutines.
type Office struct {
	journal   *journal.Journal
	db        *db.DB
	world     *world.World
	queue     *jobs.Queue
	directory Directory
	transport Transport
	base      string
	kinds     map[string]Kind
	order     []Kind
	stop      cipher.AEAD
	hashKey   []byte
}

// Names of the office's jobs.
const (
	jobDeliver = "notice.deliver"
	jobBundle  = "notice.deliver_all"
	jobWeekly  = "notice.weekly"
	jobSweep   = "notice.sweep"
)

// New makes an office and gives its work to the queue: delivery, the digest on
// Mondays at 7am and the daily clearing of the outbox.
func New(o Options) (*Office, error) {
	u, err := url.Parse(o.BaseURL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, fault.Errorf(fault.Invalid, "the address of the pages %q is not of the form https://host", o.BaseURL)
	}
	office := &Office{
		journal: o.Journal, db: o.Journal.DB(), world: o.Journal.World(), queue: o.Queue, directory: o.Directory,
		transport: o.Transport, base: strings.TrimRight(o.BaseURL, "/"), kinds: map[string]Kind{},
	}
	own := []Kind{
		{Name: kindCode, Title: "Codes to sign in", Statutory: true},
		{Name: kindCheckpoint, Title: "Copies of the record's head", Statutory: true},
		{Name: kindWeekly, Title: "What is new, on Mondays"},
	}
	for _, k := range append(own, o.Kinds...) {
		if _, twice := office.kinds[k.Name]; twice || k.Name == "" || k.Title == "" {
			return nil, fmt.Errorf("the kind of message %q is declared twice or has no title", k.Name)
		}
		office.kinds[k.Name] = k
	}
	office.order = append([]Kind{own[2]}, o.Kinds...)
	if err := office.deriveKeys(o.Keys); err != nil {
		return nil, err
	}
	o.Queue.Handle(jobDeliver, office.deliver)
	o.Queue.OnParked(jobDeliver, office.undelivered)
	o.Queue.Handle(jobBundle, office.deliverBundle)
	o.Queue.OnParked(jobBundle, office.undeliveredBundle)
	o.Queue.Handle(jobWeekly, office.weekly)
	o.Queue.Every(jobWeekly, jobs.Weekly(time.Monday, 7, 0))
	o.Queue.Handle(jobSweep, office.sweep)
	o.Queue.Every(jobSweep, jobs.Daily(3, 20))
	return office, nil
}
