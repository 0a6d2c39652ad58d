package answers

import (
	"context"
	"io"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/world"
)

// How many sheets must wait before a box is mixed on a day before the close, and how
// many answers a unit must have for a comment to keep it.
const (
	LeastMixed    = 10
	LeastComments = 20
)

// Service is the answer side. Its methods may be called from several goroutines, and
// by several programs over one database and key file.
type Service struct {
	db    *db.DB
	world *world.World
	keys  *keyFile
}

// NewService opens the answer side over a database that [Migrate] has seen, with its
// key file, which is made when it is not there. It puts away what a crash left over.
func NewService(ctx context.Context, d *db.DB, keyPath string, w *world.World) (*Service, error) {
	return nil, errNotYet
}

// OpenAll opens and migrates the database that source names and the key file beside
// it, and returns the service over them. Close it when done.
func OpenAll(ctx context.Context, source, keyPath string, w *world.World) (*Service, error) {
	return nil, errNotYet
}

// Close closes the database.
func (s *Service) Close() error { return s.db.Close() }

// DB is the answer side's database, for backups of it.
func (s *Service) DB() *db.DB { return s.db }

// Publish makes the terms of a wave known to the answer side. The same terms again do
// nothing; others for the same wave are a [fault.Conflict]. For the register side.
func (s *Service) Publish(ctx context.Context, t Terms) error { return errNotYet }

// Terms are those of a wave, by its id. For pages of the answer side.
func (s *Service) Terms(ctx context.Context, wave string) (Terms, Stage, error) {
	return Terms{}, "", errNotYet
}

// ByCode are the terms of a wave, by its code. For pages of the answer side.
func (s *Service) ByCode(ctx context.Context, organisation, code string) (Terms, Stage, error) {
	return Terms{}, "", errNotYet
}

// Take puts a sheet into the box and returns its receipt when it is durable: the spent
// hash of the token, or of the serial, which says that it was counted and nothing of
// what. For anybody: what may answer is the token.
//
// The same token with the same sheet again, on the same day, has the same receipt:
// whoever did not hear sends it again. With other answers, or after the box was mixed,
// it is a [fault.Conflict]. A sheet that is not whole, a token that is malformed or of
// another wave is [fault.Invalid], with the question as its field; a forged token or an
// unknown serial is [fault.Forbidden]; outside the days of the wave it is a
// [fault.Conflict]. A refusal changes nothing.
func (s *Service) Take(ctx context.Context, wave string, sheet Sheet) (receipt string, err error) {
	return "", errNotYet
}

// Check says whether a sheet could be taken but for its token or serial, for a review
// page: the same faults as [Service.Take].
func (s *Service) Check(ctx context.Context, wave string, sheet Sheet) error { return errNotYet }

// Routed clears the answers to questions that are not put to somebody with these
// answers. Forms use it before Take, which refuses such answers.
func Routed(t Terms, codes Codes) (Codes, error) { return nil, errNotYet }

// ReadSheet reads a sheet in JSON and reads no more than [MaxSheet] bytes of it.
func ReadSheet(r io.Reader) (Sheet, error) { return Sheet{}, errNotYet }

// MakeSerials makes n serials for slips and papers of a wave and returns them once, in
// a random order; the answer side keeps a keyed hash of each. For the register side,
// which prints and does not keep them.
func (s *Service) MakeSerials(ctx context.Context, wave string, n int) ([]string, error) {
	return nil, errNotYet
}

// CheckSerial says whether a serial has its check letters right, without asking any
// box: it gives the serial as it is printed.
func CheckSerial(text string) (string, error) { return "", errNotYet }

// Key enters what stands on a paper, by its serial. Two people key each paper; keyer
// tells them apart and is whatever the caller makes of their sessions, a hash of its
// own. When the second keying is equal to the first the paper is in the box. When it
// differs both get the differences, and whoever keys it again replaces their own.
//
// It refuses, as [Service.Take] does, a sheet that is not whole, an unknown serial, and
// one whose paper is in the box.
func (s *Service) Key(ctx context.Context, wave, keyer string, sheet Sheet) (Keyed, error) {
	return Keyed{}, errNotYet
}

// Keying lists the differences that wait to be settled, by serial as printed in the
// last keying, and how many papers were keyed once only.
func (s *Service) Keying(ctx context.Context, wave string) (differ map[string][]Difference, once int, err error) {
	return nil, 0, errNotYet
}

// Mix mixes the box of a wave if it was not mixed today and at least [LeastMixed] sheets
// wait, and says whether it did. For the daily job.
func (s *Service) Mix(ctx context.Context, wave string) (mixed bool, err error) {
	return false, errNotYet
}

// MixAll mixes every box that may be mixed, for the daily job.
func (s *Service) MixAll(ctx context.Context) error { return errNotYet }

// CloseWave mixes what is left, brings the comments out, and destroys the keys of the
// wave. After it the answers may be read and none are taken. It refuses before the last
// day is past. Again it does nothing. For the register side.
func (s *Service) CloseWave(ctx context.Context, wave string) error { return errNotYet }

// Spent lists the spent hashes that are mixed, sorted. For the register side, which
// puts those it has not got into the record as the next batch.
func (s *Service) Spent(ctx context.Context, wave string) ([]string, error) { return nil, errNotYet }

// IsSpent says whether a token with this spent hash is counted: mixed, that is, not
// merely waiting.
func (s *Service) IsSpent(ctx context.Context, wave, hash string) (bool, error) {
	return false, errNotYet
}

// Answers are the answers of a closed wave, in the order of random ids. Before the
// close it is a [fault.Conflict].
func (s *Service) Answers(ctx context.Context, wave string) ([]Row, error) { return nil, errNotYet }

// Comments are the comments of a closed wave, in the order of random ids. Before the
// close it is a [fault.Conflict]. Who may see them, and from how many on, the caller says.
func (s *Service) Comments(ctx context.Context, wave string) ([]Comment, error) {
	return nil, errNotYet
}

// Status is where a wave stands and how many sheets are counted.
func (s *Service) Status(ctx context.Context, wave string) (Status, error) {
	return Status{}, errNotYet
}

// Import takes the answers of a wave that was brought in: all of them or none, once.
// The wave is closed with it.
func (s *Service) Import(ctx context.Context, wave string, sheets []Sheet) error { return errNotYet }

// Erase deletes the answers and comments of a closed wave after its retention. Terms,
// counts and spent hashes stay. Again it does nothing.
func (s *Service) Erase(ctx context.Context, wave string) error { return errNotYet }

var errNotYet = fault.Errorf(fault.Internal, "the answer side is not built yet")

type keyFile struct{}
