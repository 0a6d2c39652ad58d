package share

import "sync"

// keptLedgers remembers the ledger of each organisation with the size of its
// record when it was read. A ledger follows from governed tables, and those
// change only with an entry, so at the same size it is the same ledger.
type keptLedgers struct {
	mu   sync.Mutex
	byID map[string]keptLedger
}

type keptLedger struct {
	size   int64
	ledger *Ledger
}

// maxKept bounds how many ledgers are remembered.
const maxKept = 16

func (k *keptLedgers) at(org string, size int64) *Ledger {
	k.mu.Lock()
	defer k.mu.Unlock()
	if kept, ok := k.byID[org]; ok && kept.size == size {
		return kept.ledger
	}
	return nil
}

func (k *keptLedgers) keep(org string, size int64, l *Ledger) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.byID == nil || len(k.byID) >= maxKept {
		k.byID = map[string]keptLedger{}
	}
	k.byID[org] = keptLedger{size, l}
}
