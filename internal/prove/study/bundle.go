package study

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"slices"

	"commonweal/internal/base/fault"
)

// BundleFormat names the layout of a bundle. A reader refuses another, but for the one
// before it, in which the record did not show the run.
const (
	BundleFormat      = "commonweal-study/2"
	firstBundleFormat = "commonweal-study/1"
)

// Bundle is a study with all that is needed to run it again, in one zip file.
type Bundle struct {
	Manifest Manifest
	Spec     Spec
	Data     Data
	JSON     []byte // output.json
	Text     []byte // output.txt

	repacked bool // another program put the files in the zip file
}

// Manifest says what the other files are.
type Manifest struct {
	Format       string       `json:"format"`
	Program      string       `json:"program"` // that made the bundle
	SpecSHA256   string       `json:"spec_sha256"`
	DataSHA256   string       `json:"data_sha256"`
	OutputSHA256 string       `json:"output_sha256"`
	Seed         int64        `json:"seed"`
	Registration Registration `json:"registration"`
	// Withdrawn is the day on which the study was withdrawn, where it was.
	Withdrawn string `json:"withdrawn,omitempty"`
	// Record shows that what Registration says is in the record; a study that was not
	// registered has none.
	Record *Record `json:"record,omitempty"`
}

// Record is the entries of a record about a study, with their proofs.
type Record struct {
	Org        string  `json:"org"`
	Checkpoint string  `json:"checkpoint"` // the signed head that the proofs lead to
	Key        string  `json:"key"`        // of the checkpoint, in the text form of a note
	Entries    []Entry `json:"entries"`    // registered, locked, run, and withdrawn where it was
}

// Entry is one entry of the record, opened, with its proof.
type Entry struct {
	Seq   int64    `json:"seq"`
	Body  string   `json:"body"`
	Salt  string   `json:"salt"`  // base64
	Proof []string `json:"proof"` // base64, from the leaf to the root
}

// MaxBundle is the size of a bundle in bytes; each file in it has a limit of its own.
const (
	MaxBundle = 96 << 20
	maxOutput = 16 << 20
)

// files are those of a bundle, in order, with the most that each may hold.
var files = []struct {
	name string
	most int64
}{
	{"manifest.json", 1 << 20},
	{"spec.json", MaxSpec},
	{"data.csv", MaxData},
	{"output.json", maxOutput},
	{"output.txt", maxOutput},
}

// Make runs a study and puts it in a bundle.
func Make(s Spec, d Data, reg Registration, program string) (*Bundle, error) {
	return makeAs(secondForm, s, d, reg, program)
}

// Again runs the study of a bundle, and writes what comes out in the form in which the
// bundle has it.
func Again(b *Bundle) (*Bundle, error) {
	form := secondForm
	if out, err := ReadOutput(b.JSON); err == nil {
		form = out.form()
	}
	return makeAs(form, b.Spec, b.Data, b.Manifest.Registration, b.Manifest.Program)
}

func makeAs(form int, s Spec, d Data, reg Registration, program string) (*Bundle, error) {
	out, err := runAs(form, s, d, reg)
	if err != nil {
		return nil, err
	}
	b := &Bundle{Spec: s, Data: d, Text: out.Text()}
	if b.JSON, err = out.JSON(); err != nil {
		return nil, err
	}
	b.Manifest = Manifest{
		Format: BundleFormat, Program: program, SpecSHA256: out.SpecSHA256, DataSHA256: out.DataSHA256, OutputSHA256: hashOf(b.JSON),
		Seed: s.Seed, Registration: reg,
	}
	return b, nil
}

// json is the one form of manifest.json.
func (m Manifest) json() ([]byte, error) {
	raw, err := json.MarshalIndent(m, "", " ")
	return append(raw, '\n'), err
}

// Write writes the bundle: the same bundle has the same bytes.
func (b *Bundle) Write(w io.Writer) error {
	spec, err := b.Spec.Canonical()
	if err != nil {
		return err
	}
	manifest, err := b.Manifest.json()
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	for i, content := range [][]byte{manifest, spec, b.Data.CSV, b.JSON, b.Text} {
		// Stored and without a time: what packs better would change with the program.
		f, err := z.CreateHeader(&zip.FileHeader{Name: files[i].name, Method: zip.Store})
		if err != nil {
			return err
		}
		if _, err := f.Write(content); err != nil {
			return err
		}
	}
	return z.Close()
}

// ReadBundle reads a bundle. It holds five files and no other, none larger than it may be,
// and specification and data are in their one form. Whether it is true is for [Verify].
func ReadBundle(r io.Reader) (*Bundle, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxBundle+1))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the bundle cannot be read")
	}
	if len(raw) > MaxBundle {
		return nil, fault.Errorf(fault.Invalid, "the bundle is larger than %d MB", MaxBundle>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "this is no bundle of a study")
	}
	if len(z.File) != len(files) {
		return nil, fault.Errorf(fault.Invalid, "the bundle holds %d files, and a study has %d", len(z.File), len(files))
	}
	var contents [][]byte
	for _, want := range files {
		at := slices.IndexFunc(z.File, func(f *zip.File) bool { return f.Name == want.name })
		if at < 0 {
			return nil, fault.Errorf(fault.Invalid, "the bundle has no %s", want.name)
		}
		content, err := unpack(z.File[at], want.most)
		if err != nil {
			return nil, err
		}
		contents = append(contents, content)
	}
	b := &Bundle{JSON: contents[3], Text: contents[4]}
	d := json.NewDecoder(bytes.NewReader(contents[0]))
	d.DisallowUnknownFields()
	if err := d.Decode(&b.Manifest); err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the manifest of the bundle cannot be read")
	}
	if f := b.Manifest.Format; f != BundleFormat && f != firstBundleFormat {
		return nil, fault.Errorf(fault.Invalid, "the bundle has the format %.40q, and this program reads %q", b.Manifest.Format, BundleFormat)
	}
	if manifest, err := b.Manifest.json(); err != nil || !bytes.Equal(manifest, contents[0]) {
		return nil, fault.Errorf(fault.Invalid, "the manifest of the bundle is not in its one form")
	}
	if b.Spec, err = ReadSpec(bytes.NewReader(contents[1])); err != nil {
		return nil, err
	}
	if err := b.Spec.Sound(); err != nil {
		return nil, err
	}
	if canonical, err := b.Spec.Canonical(); err != nil || !bytes.Equal(canonical, contents[1]) {
		return nil, fault.Errorf(fault.Invalid, "the specification in the bundle is not in its one form")
	}
	if b.Data, err = ReadData(b.Spec, contents[2]); err != nil {
		return nil, err
	}
	again, err := b.Bytes()
	b.repacked = !bytes.Equal(again, raw)
	return b, err
}

func unpack(f *zip.File, most int64) ([]byte, error) {
	in, err := f.Open()
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "%s in the bundle cannot be read", f.Name)
	}
	defer func() { _ = in.Close() }()
	// A small file can unpack to a large one: what counts is what comes out.
	content, err := io.ReadAll(io.LimitReader(in, most+1))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "%s in the bundle cannot be read", f.Name)
	}
	if int64(len(content)) > most {
		return nil, fault.Errorf(fault.Invalid, "%s in the bundle is larger than %d kB", f.Name, most>>10)
	}
	return content, nil
}
