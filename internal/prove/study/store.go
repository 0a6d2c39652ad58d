package study

import (
	"context"
	"errors"
	"slices"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// readStudies are the studies of an organisation, newest first; code "" is all.
func readStudies(ctx context.Context, tx *db.Tx, org, code string) (out []Study, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var s Study
		var spec, registered string
		if err := rows.Scan(&s.ID, &s.Code, &spec, &s.SHA256, &registered, &s.RegisteredBy); err != nil {
			return err
		}
		var specErr, dayErr error
		s.Spec, specErr = ReadSpec(strings.NewReader(spec))
		s.Registered, dayErr = law.ParseDate(registered)
		if hashOf([]byte(spec)) != s.SHA256 {
			specErr = fault.Errorf(fault.Internal, "study %s has not the specification that was registered", s.Code)
		}
		out = append(out, s)
		return errors.Join(specErr, dayErr)
	}, `SELECT id, code, spec, sha256, registered, registered_by FROM study WHERE org_id = ? AND (code = ? OR ? = '') ORDER BY registered DESC, id DESC`, org, code, code)
	if err != nil {
		return nil, err
	}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var p Step
		var study, kind, day string
		var data, output, program, reason *string
		var seed *int64
		if err := rows.Scan(&p.ID, &study, &p.N, &kind, &day, &data, &output, &seed, &program, &reason, &p.By, &p.Loaded); err != nil {
			return err
		}
		p.Kind, p.DataSHA256, p.OutputSHA256, p.Program, p.Reason = Stage(kind), text(data), text(output), text(program), text(reason)
		if seed != nil {
			p.Seed = *seed
		}
		var err error
		if p.Day, err = law.ParseDate(day); err != nil {
			return err
		}
		if at := slices.IndexFunc(out, func(s Study) bool { return s.ID == study }); at >= 0 {
			out[at].Steps = append(out[at].Steps, p)
		}
		return nil
	}, `SELECT p.id, p.study_id, p.n, p.kind, p.day, p.data_sha256, p.output_sha256, p.seed, p.program, p.reason, p.taken_by, COALESCE(f.content, '')
		FROM study_step p LEFT JOIN study_file f ON f.step_id = p.id AND f.name = ? WHERE p.org_id = ? ORDER BY p.study_id, p.n`, loadedFile, org)
	return out, err
}

// readOutputs are the outputs of an organisation's runs, published or not, by step.
func readOutputs(ctx context.Context, tx *db.Tx, org string) (map[string][]byte, error) {
	out := map[string][]byte{}
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var step, content string
		err := rows.Scan(&step, &content)
		out[step] = []byte(content)
		return err
	}, `SELECT p.id, f.content FROM study_step p JOIN study_file f ON f.step_id = p.id AND f.name = ? WHERE p.org_id = ?`, outputFile, org)
	return out, err
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// The names of the files of steps.
const (
	dataFile   = "data.csv"
	outputFile = "output.json"
	loadedFile = "loaded" // the day on which figures of the data were first loaded, where that was before the registration
)

func insertFiles(ctx context.Context, tx *journal.Tx, step string, contents map[string][]byte) error {
	for name, content := range contents {
		if _, err := tx.Exec(ctx, `INSERT INTO study_file (id, step_id, name, content) VALUES (?, ?, ?, ?)`, tx.ID(), step, name, string(content)); err != nil {
			return err
		}
	}
	return nil
}

func readFile(ctx context.Context, tx *db.Tx, step, name string) ([]byte, error) {
	var content string
	err := tx.QueryRow(ctx, `SELECT content FROM study_file WHERE step_id = ? AND name = ?`, step, name).Scan(&content)
	return []byte(content), err
}
