package cli

import (
	"encoding/json"
	"os"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
)

// provider is one outside provider as its file has it.
type provider struct {
	ID         string `json:"id"`          // short, for addresses: "nhsmail"
	Title      string `json:"title"`       // for the button: "NHSmail"
	Issuer     string `json:"issuer"`      // exactly as the provider writes it
	ClientID   string `json:"client_id"`   // as the provider gave it
	SecretFile string `json:"secret_file"` // file with the client secret; may be left out
	Vouches    bool   `json:"vouches"`     // the operator vouches that all its addresses are verified
}

// callback is where providers send people back to.
const callback = "/sign-in/back"

// readProviders reads the file of --openid: a JSON array. No file is no
// provider. A field that is not known is refused, so that a slip of the pen
// does not switch something off.
func readProviders(path, address string) ([]identity.OpenIDConfig, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file of providers cannot be opened")
	}
	defer func() { _ = f.Close() }()
	var list []provider
	dec := json.NewDecoder(f)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&list); err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file of providers %s cannot be read", path)
	}
	out := make([]identity.OpenIDConfig, len(list))
	for i, p := range list {
		out[i] = identity.OpenIDConfig{
			ID: p.ID, Title: p.Title, Issuer: p.Issuer, ClientID: p.ClientID, SecretFile: p.SecretFile, Vouches: p.Vouches,
			Callback: address + callback,
		}
	}
	return out, nil
}
