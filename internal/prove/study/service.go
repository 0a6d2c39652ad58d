package study

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"slices"
	"strings"
	"sync"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Service keeps studies. Who may call what is decided by package policy before. Its
// methods may be called from several goroutines. There is no way to change a study.
type Service struct {
	journal *journal.Journal
	program string
	library Library
	since   sync.Map // []Since by the id of the run's step
}

// New makes a service. program names the version that runs studies.
func New(j *journal.Journal, program string) *Service { return &Service{journal: j, program: program} }

func (s *Service) today() law.Date { return law.Today(s.journal.World().Now()) }

// Register puts a sound specification in the record, with its hash. A code that another
// study has, also a withdrawn one, is a Conflict.
func (s *Service) Register(ctx context.Context, actor, org string, spec Spec) (Study, error) {
	if err := spec.Sound(); err != nil {
		return Study{}, err
	}
	if err := s.sound(ctx, org, spec); err != nil {
		return Study{}, err
	}
	raw, err := spec.Canonical()
	if err != nil {
		return Study{}, err
	}
	if len(raw) > MaxSpec {
		return Study{}, fault.Errorf(fault.Invalid, "the specification is larger than %d kB", MaxSpec>>10)
	}
	out := Study{Code: spec.Code, Spec: spec, SHA256: hashOf(raw), Registered: s.today(), RegisteredBy: actor}
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: KindRegistered, Actor: actor}, func(tx *journal.Tx) error {
		old, err := readStudies(ctx, tx.Tx, org, spec.Code)
		if err != nil {
			return err
		}
		if len(old) > 0 && old[0].SHA256 == out.SHA256 {
			return fault.Errorf(fault.Conflict, "study %s is on record already: it was registered on %s with this very specification, and is %s", spec.Code, old[0].Registered, old[0].Stage())
		}
		if len(old) > 0 {
			return fault.Errorf(fault.Conflict, "study %s was registered on %s and cannot be changed: withdraw it and register another under a new code", spec.Code, old[0].Registered)
		}
		out.ID = tx.ID()
		tx.Detail("study", spec.Code)
		tx.Detail("spec", out.SHA256)
		return tx.Insert(ctx, "study", journal.Row{
			"id": out.ID, "code": out.Code, "spec": string(raw), "sha256": out.SHA256, "registered": out.Registered.String(), "registered_by": actor,
		})
	})
	return out, err
}

// Lock ties a registered study to its data. They are kept, and nothing but they can be
// run. A file that was loaded here before the study was registered is known again, and the
// study says so.
func (s *Service) Lock(ctx context.Context, actor, org, code string, data io.Reader) (Study, error) {
	study, err := s.One(ctx, org, code)
	if err != nil {
		return study, err
	}
	if study.Spec.Data.Library {
		return study, fault.Errorf(fault.Conflict, "study %s takes its data from measures that are loaded here, as it says of itself: it is not locked to a file", code)
	}
	raw, err := io.ReadAll(io.LimitReader(data, MaxData+1))
	if err != nil {
		return study, fault.Wrap(fault.Invalid, err, "the data cannot be read")
	}
	var load Load
	if s.library != nil {
		if load, err = s.library.LoadedFile(ctx, org, hashOf(raw)); err != nil {
			return study, err
		}
	}
	return s.lock(ctx, actor, org, study, raw, load)
}

// Run runs a locked study. What comes out is kept, whatever it says.
func (s *Service) Run(ctx context.Context, actor, org, code string) (Study, *Output, error) {
	study, err := s.One(ctx, org, code)
	if err != nil {
		return study, nil, err
	}
	locked, ok := study.Step(Locked)
	if !ok || study.Stage() == Withdrawn {
		return study, nil, refuse(study, Ran)
	}
	d, err := s.data(ctx, study)
	if err != nil {
		return study, nil, err
	}
	out, err := Run(study.Spec, d, study.registration())
	if err != nil {
		return study, nil, err
	}
	raw, err := out.JSON()
	if err != nil {
		return study, nil, err
	}
	study, err = s.step(ctx, KindRun, actor, org, code, Step{
		Kind: Ran, DataSHA256: locked.DataSHA256, OutputSHA256: hashOf(raw), Seed: study.Spec.Seed, Program: s.program,
	}, map[string][]byte{outputFile: raw})
	return study, out, err
}

// Publish shows everybody what a run said.
func (s *Service) Publish(ctx context.Context, actor, org, code string) (Study, error) {
	study, err := s.One(ctx, org, code)
	if err != nil {
		return study, err
	}
	ran, ok := study.Step(Ran)
	if !ok {
		return study, refuse(study, Published)
	}
	return s.step(ctx, KindPublished, actor, org, code, Step{Kind: Published, OutputSHA256: ran.OutputSHA256}, nil)
}

const maxReason = 2_000

// Withdraw ends a study, with the reason. It stays where everybody sees it.
func (s *Service) Withdraw(ctx context.Context, actor, org, code, reason string) (Study, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case reason == "":
		return Study{}, fault.Fieldf("reason", "study %s can only be withdrawn with a reason", code)
	case len(reason) > maxReason:
		return Study{}, fault.Fieldf("reason", "the reason has %d bytes: %d at most", len(reason), maxReason)
	}
	return s.step(ctx, KindWithdrawn, actor, org, code, Step{Kind: Withdrawn, Reason: reason}, nil)
}

func refuse(s Study, to Stage) error {
	if s.Stage() == to && to != Withdrawn {
		return fault.Errorf(fault.Conflict, "study %s is %s already: nothing was done now", s.Code, to)
	}
	if s.Stage() == Withdrawn {
		return fault.Errorf(fault.Conflict, "study %s was withdrawn", s.Code)
	}
	_, locked := s.Step(Locked)
	_, ran := s.Step(Ran)
	switch {
	case to == Ran && !locked:
		return fault.Errorf(fault.Conflict, "study %s is not locked to its data yet: lock it, then run it", s.Code)
	case to == Published && !ran:
		return fault.Errorf(fault.Conflict, "study %s has not been run yet: there is nothing to publish", s.Code)
	}
	return fault.Errorf(fault.Conflict, "study %s is %s: it cannot become %s now", s.Code, s.Stage(), to)
}

// step adds one step, if the study is where the step may follow.
func (s *Service) step(ctx context.Context, kind, actor, org, code string, p Step, contents map[string][]byte) (out Study, err error) {
	_, err = s.journal.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: actor}, func(tx *journal.Tx) error {
		studies, err := readStudies(ctx, tx.Tx, org, code)
		if err != nil {
			return err
		}
		if len(studies) == 0 {
			return fault.Errorf(fault.NotFound, "there is no study %s", code)
		}
		out = studies[0]
		if !slices.Contains(follows[p.Kind], out.Stage()) {
			return refuse(out, p.Kind)
		}
		p.ID, p.N, p.Day, p.By = tx.ID(), len(out.Steps)+1, s.today(), actor
		if err := insertFiles(ctx, tx, p.ID, contents); err != nil {
			return err
		}
		seal, err := Seal.Digest(ctx, tx.Tx, p.ID)
		if err != nil {
			return err
		}
		tx.Detail("study", code)
		if p.DataSHA256 != "" {
			tx.Detail("data", p.DataSHA256)
		}
		if p.OutputSHA256 != "" {
			tx.Detail("output", p.OutputSHA256)
		}
		if p.Loaded != "" {
			tx.Detail("loaded", p.Loaded)
		}
		if p.Program != "" {
			tx.Detail("program", p.Program)
		}
		out.Steps = append(out.Steps, p)
		return tx.Insert(ctx, "study_step", journal.Row{
			"id": p.ID, "study_id": out.ID, "n": p.N, "kind": string(p.Kind), "day": p.Day.String(), "data_sha256": p.DataSHA256,
			"output_sha256": p.OutputSHA256, "seed": p.Seed, "program": p.Program, "reason": p.Reason, "taken_by": actor, "seal": seal,
		})
	})
	return out, err
}

// registration is what the record has of a study that is locked.
func (s Study) registration() Registration {
	locked, ok := s.Step(Locked)
	if !ok {
		return Registration{}
	}
	return Registration{Day: s.Registered.String(), Locked: locked.Day.String(), Loaded: locked.Loaded}
}

// All are the studies of an organisation, newest first.
func (s *Service) All(ctx context.Context, org string) (out []Study, err error) {
	err = s.journal.DB().Read(ctx, func(tx *db.Tx) error {
		out, err = readStudies(ctx, tx, org, "")
		return err
	})
	return out, err
}

// One is a study by its code, or NotFound.
func (s *Service) One(ctx context.Context, org, code string) (out Study, err error) {
	err = s.journal.DB().Read(ctx, func(tx *db.Tx) error {
		list, err := readStudies(ctx, tx, org, code)
		if err == nil && len(list) == 0 || code == "" {
			err = fault.Errorf(fault.NotFound, "there is no study %.60q", code)
		}
		if err == nil {
			out = list[0]
		}
		return err
	})
	return out, err
}

// Output is what the run of a study said, or NotFound before it was run.
func (s *Service) Output(ctx context.Context, study Study) (*Output, error) {
	ran, ok := study.Step(Ran)
	if !ok {
		return nil, fault.Errorf(fault.NotFound, "study %s has not been run", study.Code)
	}
	raw, err := s.file(ctx, ran.ID, outputFile, ran.OutputSHA256)
	if err != nil {
		return nil, err
	}
	return ReadOutput(raw)
}

// Outputs are what the runs of those studies of a list said that everybody may see
// ([Study.Shown]), by the study's code. They are read as they were kept, all at once.
func (s *Service) Outputs(ctx context.Context, org string, list []Study) (map[string]*Output, error) {
	var raw map[string][]byte
	err := s.journal.DB().Read(ctx, func(tx *db.Tx) (err error) {
		raw, err = readOutputs(ctx, tx, org)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := map[string]*Output{}
	for _, one := range list {
		if !one.Shown() {
			continue
		}
		ran, _ := one.Step(Ran)
		if hashOf(raw[ran.ID]) != ran.OutputSHA256 {
			return nil, fault.Errorf(fault.Internal, "%s of step %s is not what the record has", outputFile, ran.ID)
		}
		if out[one.Code], err = ReadOutput(raw[ran.ID]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Service) data(ctx context.Context, study Study) (Data, error) {
	locked, _ := study.Step(Locked)
	raw, err := s.file(ctx, locked.ID, dataFile, locked.DataSHA256)
	if err != nil {
		return Data{}, err
	}
	return ReadData(study.Spec, raw)
}

// file is a stored file, which must have the hash that the record has.
func (s *Service) file(ctx context.Context, step, name, hash string) (raw []byte, err error) {
	err = s.journal.DB().Read(ctx, func(tx *db.Tx) error {
		raw, err = readFile(ctx, tx, step, name)
		return err
	})
	if err == nil && hashOf(raw) != hash {
		err = fault.Errorf(fault.Internal, "%s of step %s is not what the record has", name, step)
	}
	return raw, err
}

// Bundle is a study that was run, with the proof of its registration and lock. The
// record's head is signed for it.
func (s *Service) Bundle(ctx context.Context, org string, study Study) (*Bundle, error) {
	out, err := s.Output(ctx, study)
	if err != nil {
		return nil, err
	}
	b := &Bundle{Spec: study.Spec, Text: out.Text()}
	if b.JSON, err = out.JSON(); err != nil {
		return nil, err
	}
	if b.Data, err = s.data(ctx, study); err != nil {
		return nil, err
	}
	ran, _ := study.Step(Ran)
	b.Manifest = Manifest{
		Format: BundleFormat, Program: ran.Program, SpecSHA256: study.SHA256, DataSHA256: ran.DataSHA256, OutputSHA256: ran.OutputSHA256,
		Seed: ran.Seed, Registration: study.registration(),
	}
	if withdrawn, ok := study.Step(Withdrawn); ok {
		b.Manifest.Withdrawn = withdrawn.Day.String()
	}
	b.Manifest.Record, err = s.record(ctx, org, study)
	return b, err
}

// record is what shows that a study was registered, then locked, then run, and whether it
// was withdrawn.
func (s *Service) record(ctx context.Context, org string, study Study) (*Record, error) {
	head, err := s.journal.Sign(ctx, org)
	if err != nil {
		return nil, err
	}
	r := &Record{Org: org, Checkpoint: head.Note}
	if r.Key, err = s.journal.VerifierKey(org); err != nil {
		return nil, err
	}
	var opened []journal.Opened
	err = s.journal.DB().Read(ctx, func(tx *db.Tx) error {
		opened, err = journal.OpenedIn(ctx, tx, org, "study.")
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, o := range opened {
		c, err := o.Content()
		if err != nil {
			return nil, err
		}
		if c.Detail["study"] != study.Code || c.Kind == KindPublished || c.Kind == KindWithdrawn && study.Stage() != Withdrawn {
			continue
		}
		in, err := s.journal.ProveInclusion(ctx, org, o.Seq, head.Size)
		if err != nil {
			return nil, err
		}
		e := Entry{Seq: o.Seq, Body: string(o.Body), Salt: base64.StdEncoding.EncodeToString(o.Salt), Proof: []string{}}
		for _, h := range in.Proof {
			e.Proof = append(e.Proof, base64.StdEncoding.EncodeToString(h[:]))
		}
		r.Entries = append(r.Entries, e)
	}
	return r, nil
}

// Entries are the numbers of the entries of the record about a study, by kind.
func (s *Service) Entries(ctx context.Context, org, code string) (map[string]int64, error) {
	out := map[string]int64{}
	err := s.journal.DB().Read(ctx, func(tx *db.Tx) error {
		opened, err := journal.OpenedIn(ctx, tx, org, "study.")
		for _, o := range opened {
			c, contentErr := o.Content()
			if contentErr != nil {
				return contentErr
			}
			if c.Detail["study"] == code {
				out[c.Kind] = o.Seq
			}
		}
		return err
	})
	return out, err
}

// Bytes is the bundle as a file.
func (b *Bundle) Bytes() ([]byte, error) {
	var out bytes.Buffer
	err := b.Write(&out)
	return out.Bytes(), err
}
