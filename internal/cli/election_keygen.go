package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"path/filepath"
	"strings"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/group"
	"commonweal/internal/base/fault"
)

func electionKeygenCommand() command {
	return command{
		name:  "election keygen",
		args:  "DRAFT",
		about: "Make a trustee's key, alone or step by step with others",
		help: `Alone: writes ID.privkey, which stays with the trustee, and ID.pubkey, which goes to the
administrator. This trustee is needed for every decryption.

With others, of whom some suffice (--threshold), in five steps:
  cert     each trustee      writes ID.key (stays) and ID.cert (to the administrator)
  poly     each trustee      --certs, --secret ID.key, --need N: writes ID.polynomial
  vinput   administrator     --certs, --polynomials: writes ID.vinput, one for each trustee
  voutput  each trustee      --certs, --secret ID.key, --vinput ID.vinput: writes ID.voutput
  finish   administrator     --certs, --polynomials, --voutputs: writes threshold.json, for
                             the election, and ID.dkey, one for each trustee
Everybody uses the certificates in the same order, and so the polynomials and outputs: as
"cat *.cert" gives them. ID.key and ID.dkey together decrypt. Each step checks what the
others sent and stops if it does not verify.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var k keygen
			f.StringVar(&k.out, "out", ".", "`folder` for the new files")
			f.StringVar(&k.step, "threshold", "", "`step` of making a key with others: cert, poly, vinput, voutput or finish")
			f.Var(&k.certs, "certs", "`file` of certificates, one a line; may be given again")
			f.Var(&k.polynomials, "polynomials", "`file` of polynomials, one a line; may be given again")
			f.Var(&k.voutputs, "voutputs", "`file` of the trustees' outputs, one a line; may be given again")
			f.StringVar(&k.vinput, "vinput", "", "`file` that the administrator made for this trustee")
			f.StringVar(&k.secret, "secret", "", "`file` of this trustee's own secret, ID.key")
			f.IntVar(&k.need, "need", 0, "`number` of trustees who suffice to decrypt")
			return func(c *call) error {
				d, err := c.draft(c.args[0])
				if err != nil {
					return err
				}
				if err := folder(k.out); err != nil {
					return err
				}
				k.call, k.draft = c, d
				return k.run()
			}
		},
	}
}

// keygen is one run of the command.
type keygen struct {
	*call
	draft                        draft
	out, step                    string
	certs, polynomials, voutputs paths
	vinput, secret               string
	need                         int
}

func (k *keygen) run() error {
	switch k.step {
	case "":
		return k.single()
	case "cert":
		return k.cert()
	case "poly":
		return k.poly()
	case "vinput":
		return k.vinputs()
	case "voutput":
		return k.voutput()
	case "finish":
		return k.finish()
	}
	return usagef("there is no step %q: it is cert, poly, vinput, voutput or finish", k.step)
}

// single makes the key of a trustee who is always needed.
func (k *keygen) single() error {
	private, err := belenios.GeneratePrivateKey(k.draft.group(), chance{k.call})
	if err != nil {
		return err
	}
	public, err := private.TrusteeKey(chance{k.call})
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(public.Key.String()))
	id := strings.ToUpper(hex.EncodeToString(sum[:4]))
	if err := k.write(id+".privkey", true, private.Bytes()); err != nil {
		return err
	}
	k.checksum(public.Key)
	return k.write(id+".pubkey", false, public.Bytes())
}

// checksum tells a trustee by what to know their key in the archive's report.
func (k *keygen) checksum(key group.Element) {
	pf(k.Out, "checksum of your key, which \"election verify\" must show beside your number: %s\n", archive.Checksum(key))
}

// write writes a file of one line and says what to do with it.
func (k *keygen) write(name string, secret bool, data []byte) error {
	path := filepath.Join(k.out, name)
	mode, advice := publicMode, "send it on"
	if secret {
		mode, advice = secretMode, "keep it, and a copy of it in another place; show it to nobody"
	}
	if err := keep(path, mode, lines(data)); err != nil {
		return err
	}
	pf(k.Out, "%s: %s\n", path, advice)
	return nil
}

func (k *keygen) needSecret() (*belenios.Member, error) {
	if k.secret == "" {
		return nil, usagef("give --secret, the file ID.key that the step cert wrote")
	}
	seed, err := k.line(k.secret, "secret")
	if err != nil {
		return nil, err
	}
	m, err := belenios.NewMember(k.draft.group(), string(seed))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the file %s is not a secret of the step cert", k.secret)
	}
	return m, nil
}
