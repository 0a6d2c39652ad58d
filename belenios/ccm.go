package belenios

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/subtle"
	"encoding/binary"
	"errors"
)

// AES in CCM mode (NIST SP 800-38C) as the channels of the key ceremony use it: a tag of
// 8 bytes, no associated data, and a nonce that is cut from 32 bytes to what the length
// of the text leaves room for.

const ccmTag = 8

var errSealed = errors.New("does not decrypt: it is for someone else, or was changed")

// lengthBytes is how many bytes hold the length of the text: as few as do, 2 to 4.
func lengthBytes(n int) int {
	l := 2
	for l < 4 && n>>(8*l) > 0 {
		l++
	}
	return l
}

// sealCCM encrypts and appends the tag.
func sealCCM(key, nonce [32]byte, text []byte) ([]byte, error) {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	l := lengthBytes(len(text))
	out := make([]byte, len(text), len(text)+ccmTag)
	tag := ccmMAC(block, nonce, l, text)
	ccmStream(block, nonce, l, out, text, tag[:])
	return append(out, tag[:ccmTag]...), nil
}

// openCCM reverses sealCCM.
func openCCM(key, nonce [32]byte, sealed []byte) ([]byte, error) {
	if len(sealed) < ccmTag {
		return nil, errSealed
	}
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	body, tag := sealed[:len(sealed)-ccmTag], make([]byte, aes.BlockSize)
	copy(tag, sealed[len(body):])
	l := lengthBytes(len(body))
	text := make([]byte, len(body))
	ccmStream(block, nonce, l, text, body, tag)
	want := ccmMAC(block, nonce, l, text)
	if subtle.ConstantTimeCompare(want[:ccmTag], tag[:ccmTag]) != 1 {
		return nil, errSealed
	}
	return text, nil
}

// ccmMAC is the CBC-MAC over the header block and the text, padded with zeros.
func ccmMAC(block cipher.Block, nonce [32]byte, l int, text []byte) [aes.BlockSize]byte {
	var mac [aes.BlockSize]byte
	mac[0] = byte((ccmTag-2)/2<<3 | (l - 1))
	copy(mac[1:], nonce[:15-l])
	var length [8]byte
	binary.BigEndian.PutUint64(length[:], uint64(len(text)))
	copy(mac[aes.BlockSize-l:], length[8-l:])
	block.Encrypt(mac[:], mac[:])
	for len(text) > 0 {
		n := subtle.XORBytes(mac[:], mac[:], text[:min(len(text), aes.BlockSize)])
		block.Encrypt(mac[:], mac[:])
		text = text[n:]
	}
	return mac
}

// ccmStream masks the tag with counter 0 and the text with the counters from 1.
func ccmStream(block cipher.Block, nonce [32]byte, l int, out, in, tag []byte) {
	var counter [aes.BlockSize]byte
	counter[0] = byte(l - 1)
	copy(counter[1:], nonce[:15-l])
	stream := cipher.NewCTR(block, counter[:])
	var mask [aes.BlockSize]byte
	stream.XORKeyStream(mask[:], mask[:])
	subtle.XORBytes(tag, tag, mask[:])
	stream.XORKeyStream(out, in)
}
