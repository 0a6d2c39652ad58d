package web

import (
	"sync"
	"time"

	"commonweal/law"
)

// parkedFile is a staff list whose headings nobody has explained yet.
//
// It waits in memory alone: before its columns are understood it may hold what
// we never store, so it may not touch a table or a disk. Whoever takes longer
// than its time, or meets a server that began again, chooses the file once more.
type parkedFile struct {
	org, person string
	name        string // of the file
	employer    string
	asAt        law.Date
	content     []byte
	saved       string // the profile that its mapping was saved as, if it was
	until       time.Time
}

const (
	parkedFor   = 30 * time.Minute
	parkedBytes = 160 << 20 // all of them together
)

// parkedFiles is where they wait. The zero value is ready.
type parkedFiles struct {
	mu    sync.Mutex
	files map[string]*parkedFile
	order []string
}

// put keeps a file and lets go of what is past its time; where there is no room
// the oldest goes.
func (p *parkedFiles) put(id string, f *parkedFile, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.files == nil {
		p.files = map[string]*parkedFile{}
	}
	f.until = now.Add(parkedFor)
	p.files[id], p.order = f, append(p.order, id)
	p.clear(now)
	for size := p.size(); size > parkedBytes && len(p.order) > 1; size = p.size() {
		p.drop(p.order[0])
	}
}

// get finds a file of the person who put it there.
func (p *parkedFiles) get(id, org, person string, now time.Time) (*parkedFile, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear(now)
	f, ok := p.files[id]
	if !ok || f.org != org || f.person != person {
		return nil, false
	}
	copied := *f
	return &copied, true
}

// note remembers under which name the mapping of a file was saved.
func (p *parkedFiles) note(id, profile string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if f, ok := p.files[id]; ok {
		f.saved = profile
	}
}

// forget lets a file go.
func (p *parkedFiles) forget(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.drop(id)
}

func (p *parkedFiles) clear(now time.Time) {
	for _, id := range append([]string(nil), p.order...) {
		if now.After(p.files[id].until) {
			p.drop(id)
		}
	}
}

func (p *parkedFiles) drop(id string) {
	delete(p.files, id)
	for i, other := range p.order {
		if other == id {
			p.order = append(p.order[:i:i], p.order[i+1:]...)
			return
		}
	}
}

func (p *parkedFiles) size() int {
	n := 0
	for _, f := range p.files {
		n += len(f.content)
	}
	return n
}
