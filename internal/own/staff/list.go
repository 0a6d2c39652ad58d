package staff

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// List is a staff list as it was handed over.
type List struct {
	Org      string   // whose record it goes to
	Employer string   // organisation whose staff it lists: Org itself, or a parent of a joint venture
	AsAt     law.Date // the day the list speaks of; no date is today
	File     io.ReaderAt
	Size     int64
	Name     string // of the file, as people know it
	Profile  string // name of a mapping profile; empty tries those there are
	Sheet    string // of a workbook; empty is the first
}

// header is what is known of a list besides its rows.
type header struct {
	org, employer    string
	asAt             law.Date
	fileName, sha256 string
	profile          string
	source           stafflist.Source
	dropped          []stafflist.Drop
}

// Unmapped is why a list cannot be read yet: no profile knows its headings. The
// proposal is a start for a person to choose columns from, see [Service.SaveProfile].
type Unmapped struct {
	stafflist.Preview
	stafflist.Proposal
}

func (u *Unmapped) Error() string {
	return fmt.Sprintf("none of the profiles knows the %d headings", len(u.Headings))
}

// read reads the file. A file that cannot be used is an Invalid fault with the
// words of package stafflist; the cause is [*Unmapped] if the headings are not known.
func (s *Service) read(ctx context.Context, l List) (header, stafflist.List, error) {
	h := header{org: l.Org, employer: l.Employer, asAt: l.AsAt, fileName: fileName(l.Name)}
	today := s.today()
	switch {
	case l.Org == "" || l.Employer == "":
		return header{}, stafflist.List{}, fault.Fieldf("employer", "a staff list needs an organisation and an employer")
	case h.asAt.IsZero():
		h.asAt = today
	case h.asAt.After(today):
		return header{}, stafflist.List{}, fault.Fieldf("as_at", "the list is of %s, which is yet to come", h.asAt.Words())
	}
	profile, err := s.profileFor(ctx, l)
	if err != nil {
		return header{}, stafflist.List{}, err
	}
	h.profile = profile.Name
	hash := sha256.New()
	if _, err := io.Copy(hash, io.NewSectionReader(l.File, 0, l.Size)); err != nil {
		return header{}, stafflist.List{}, fmt.Errorf("read the staff list: %w", err)
	}
	h.sha256 = hex.EncodeToString(hash.Sum(nil))
	list, err := stafflist.Read(l.File, l.Size, stafflist.Options{Profile: profile, Sheet: l.Sheet, Groups: s.opts.Groups, Limits: s.opts.Limits})
	if err != nil {
		return header{}, stafflist.List{}, unreadable(err)
	}
	h.source, h.dropped = list.Source, list.Dropped
	return h, list, nil
}

// profileFor finds the profile that is named or the one that reads most of the file.
func (s *Service) profileFor(ctx context.Context, l List) (stafflist.Profile, error) {
	if l.Profile != "" {
		return s.Profile(ctx, l.Org, l.Profile)
	}
	saved, err := s.Profiles(ctx, l.Org)
	if err != nil {
		return stafflist.Profile{}, err
	}
	profiles := make([]stafflist.Profile, len(saved))
	for i, p := range saved {
		profiles[i] = p.Profile
	}
	look, err := stafflist.Peek(l.File, l.Size, stafflist.Options{Sheet: l.Sheet, Limits: s.opts.Limits})
	if err != nil {
		return stafflist.Profile{}, unreadable(err)
	}
	if profile, ok := stafflist.Recognise(profiles, look.Headings); ok {
		return profile, nil
	}
	return stafflist.Profile{}, &fault.Error{
		Kind: fault.Invalid, Field: "profile", Cause: &Unmapped{look, stafflist.Propose(look.Headings)},
		Message: "no mapping profile knows the headings of this list: choose what each column means and save that as a profile",
	}
}

func unreadable(err error) error {
	var u *stafflist.Unreadable
	if errors.As(err, &u) {
		return &fault.Error{Kind: fault.Invalid, Field: "file", Message: u.Plain, Cause: err}
	}
	return err
}

// fileName is the last part of a path, without what has no place in a name.
func fileName(s string) string {
	if i := strings.LastIndexAny(s, `/\`); i >= 0 {
		s = s[i+1:]
	}
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	return clipped(s)
}
