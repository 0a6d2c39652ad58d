package identity

import (
	"context"
	"strings"

	"github.com/go-webauthn/webauthn/webauthn"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
)

func (k *Passkey) fill(c *webauthn.Credential) {
	k.credential, k.publicKey = c.ID, c.PublicKey
	k.Synced, k.backedUp, k.signCount = c.Flags.BackupEligible, c.Flags.BackupState, c.Authenticator.SignCount
	var words []string
	for _, t := range c.Transport {
		words = append(words, string(t))
	}
	k.transports = strings.Join(words, " ")
}

func (k Passkey) row() journal.Row {
	return journal.Row{
		"id": k.ID, "person_id": k.person, "credential_id": k.credential, "public_key": k.publicKey, "label": text(k.Label),
		"transports": text(k.transports), "synced": k.Synced, "created": k.Created, "removed": text(k.Removed),
	}
}

func holderOf(ctx context.Context, tx *db.Tx, org, person string) (holder, error) {
	p, err := onePerson(ctx, tx, org, person)
	if err != nil {
		return holder{}, err
	}
	h := holder{person: p}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		k := Passkey{person: person, org: org}
		err := rows.Scan(&k.ID, &k.credential, &k.publicKey, &k.Label, &k.transports, &k.Synced, &k.Created,
			&k.signCount, &k.backedUp, &k.Copied, &k.LastUsed)
		h.keys = append(h.keys, k)
		return err
	}, `SELECT k.id, k.credential_id, k.public_key, COALESCE(k.label, ''), COALESCE(k.transports, ''), k.synced, k.created,
		COALESCE(u.sign_count, 0), COALESCE(u.backed_up, 0), COALESCE(u.copied, 0), COALESCE(u.last_used, '')
		FROM passkey k LEFT JOIN passkey_use u ON u.passkey_id = k.id
		WHERE k.person_id = ? AND k.org_id = ? AND k.removed IS NULL ORDER BY k.created, k.id`, person, org)
	return h, err
}

func saveUse(ctx context.Context, tx *db.Tx, k Passkey) error {
	_, err := tx.Exec(ctx, `INSERT INTO passkey_use (passkey_id, sign_count, backed_up, copied, last_used) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (passkey_id) DO UPDATE SET sign_count = excluded.sign_count, backed_up = excluded.backed_up,
		copied = excluded.copied, last_used = excluded.last_used`,
		k.ID, int64(k.signCount), flag(k.backedUp), flag(k.Copied), text(k.LastUsed))
	return err
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
