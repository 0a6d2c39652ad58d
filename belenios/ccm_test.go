package belenios

import (
	"bytes"
	"encoding/hex"
	"testing"
)

// The boundary texts were sealed with OpenSSL's AES-256-CCM (tag 8; nonce 13 bytes, and 12
// from 65,536 bytes of text on); what is compared is the last 16 bytes, which depend on all.
func TestCCM_AsOpenSSL(t *testing.T) {
	var key, nonce [32]byte
	for i := range key {
		key[i], nonce[i] = byte(i), byte(100+i)
	}
	for _, c := range []struct {
		length int
		end    string
	}{
		{0, "cb630249f2434612"},
		{1, "09f2509017022507d2"},
		{15, "25f5ad08fbb8a6956e10dc074d0ac347"},
		{16, "f5ad08fbb8a695f0d49703971e6be685"},
		{17, "ad08fbb8a695f03e37fd6dd173b20f49"},
		{1000, "065681920c32f2e8915c38ac96ca19a8"},
		{65535, "30657eeced6758b15c3751bb981649dd"},
		{65536, "66821342803a82b47545bec2cd9232e3"},
		{70000, "9df8d02a9c8297342c78c0a432a8a713"},
	} {
		text := bytes.Repeat([]byte("election"), c.length/8+1)[:c.length]
		sealed, err := sealCCM(key, nonce, text)
		must(t, err)
		end := sealed[max(0, len(sealed)-16):]
		if got := hex.EncodeToString(end); got != c.end {
			t.Errorf("%d bytes: sealed text ends in %s, not %s", c.length, got, c.end)
		}
		opened, err := openCCM(key, nonce, sealed)
		must(t, err)
		if !bytes.Equal(opened, text) {
			t.Errorf("%d bytes: opened text differs", c.length)
		}
		for _, i := range []int{0, len(sealed) / 2, len(sealed) - 1} {
			changed := bytes.Clone(sealed)
			changed[i] ^= 1
			if _, err := openCCM(key, nonce, changed); err == nil {
				t.Errorf("%d bytes: opens with byte %d changed", c.length, i)
			}
		}
	}
	if _, err := openCCM(key, nonce, make([]byte, ccmTag-1)); err == nil {
		t.Error("a text shorter than its tag opens")
	}
}
