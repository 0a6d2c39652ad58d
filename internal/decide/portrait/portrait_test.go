package portrait_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"commonweal/internal/decide/portrait"
)

// corners has red at the top left and blue elsewhere.
func corners(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{0, 0, 0xff, 0xff}
			if x < w/2 && y < h/2 {
				c = color.RGBA{0xff, 0, 0, 0xff}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// withEXIF puts a part with an orientation and a place name into a JPEG.
func withEXIF(file []byte, order binary.AppendByteOrder, turn uint16) []byte {
	tiff := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		tiff = []byte("MM\x00*")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(tiff, 0x0112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, turn)
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	tiff = append(tiff, "GPS: 51.73 N, the kitchen"...)
	body := append([]byte("Exif\x00\x00"), tiff...)
	part := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2))
	out := append([]byte{0xff, 0xd8}, part...)
	return append(append(out, body...), file[2:]...)
}

func decoded(t testing.TB, data []byte) image.Image {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func red(c color.Color) bool {
	r, _, b, _ := c.RGBA()
	return r > b
}

func TestMake(t *testing.T) {
	clear := image.NewRGBA(image.Rect(0, 0, 40, 20)) // nothing drawn
	cases := []struct {
		name string
		file []byte
		w, h int
	}{
		{"a small JPEG keeps its size", asJPEG(t, corners(60, 40)), 60, 40},
		{"a wide one is shrunk to the longest side", asJPEG(t, corners(1800, 900)), 600, 300},
		{"a tall PNG too", asPNG(t, corners(700, 1400)), 300, 600},
		{"a line is not shrunk to nothing", asPNG(t, corners(4000, 2)), 600, 1},
		{"a transparent one stands on white", asPNG(t, clear), 40, 20},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			out, err := portrait.Make(c.file)
			if err != nil {
				t.Fatal(err)
			}
			img := decoded(t, out)
			if got := img.Bounds().Size(); got != image.Pt(c.w, c.h) {
				t.Errorf("%v", got)
			}
			again, err := portrait.Make(c.file)
			if err != nil || !bytes.Equal(out, again) {
				t.Error("the same file gave another photograph, so its hash means nothing")
			}
		})
	}
	out, err := portrait.Make(asPNG(t, clear))
	if err != nil {
		t.Fatal(err)
	}
	if r, g, b, _ := decoded(t, out).At(5, 5).RGBA(); r < 0xf000 || g < 0xf000 || b < 0xf000 {
		t.Error("a transparent photograph is not on white")
	}
}

// The red corner ends up where a viewer that heeds the tag would show it.
func TestMake_UprightAndWithoutWhatTheTelephoneWrote(t *testing.T) {
	// Where the top left of the stored pixels is shown: column and row of four.
	want := map[uint16]image.Point{
		1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1},
	}
	for turn, at := range want {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			out, err := portrait.Make(withEXIF(asJPEG(t, corners(80, 40)), order, turn))
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(out, []byte("Exif")) || bytes.Contains(out, []byte("kitchen")) {
				t.Error("something the telephone wrote is still there")
			}
			img := decoded(t, out)
			w, h := img.Bounds().Dx(), img.Bounds().Dy()
			if (w > h) != (turn < 5) {
				t.Errorf("turn %d: %d by %d", turn, w, h)
			}
			for _, p := range []image.Point{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
				c := img.At(w/4+p.X*w/2, h/4+p.Y*h/2)
				if red(c) != (p == at) {
					t.Errorf("turn %d: red at %v is %v", turn, p, red(c))
				}
			}
		}
	}
}

func TestMake_Refuses(t *testing.T) {
	var moving bytes.Buffer
	if err := gif.Encode(&moving, corners(4, 4), nil); err != nil {
		t.Fatal(err)
	}
	bomb := asPNG(t, image.NewGray(image.Rect(0, 0, 1, 1)))
	binary.BigEndian.PutUint32(bomb[16:], 100_000) // the width in the head of the file
	binary.BigEndian.PutUint32(bomb[20:], 100_000)
	crc := crc32.ChecksumIEEE(bomb[12:29])
	binary.BigEndian.PutUint32(bomb[29:], crc)
	cases := []struct {
		name string
		file []byte
		want error
	}{
		{"nothing", nil, portrait.ErrUnknown},
		{"a page", []byte("<html><script>"), portrait.ErrUnknown},
		{"a GIF", moving.Bytes(), portrait.ErrUnknown},
		{"half a JPEG", asJPEG(t, corners(60, 40))[:200], portrait.ErrUnknown},
		{"a small file of ten thousand million pixels", bomb, portrait.ErrTooLarge},
		{"a large file", append([]byte("\xff\xd8\xff"), make([]byte, portrait.MaxBytes)...), portrait.ErrTooLarge},
	}
	for _, c := range cases {
		if _, err := portrait.Make(c.file); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// Whatever is uploaded: a photograph of the right size or an error, and no panic.
func FuzzMake(f *testing.F) {
	small := asJPEG(f, corners(8, 8))
	f.Add(small)
	f.Add(withEXIF(small, binary.LittleEndian, 6))
	f.Add(withEXIF(small, binary.BigEndian, 6)[:40])
	f.Add(asPNG(f, corners(8, 8)))
	f.Fuzz(func(t *testing.T, file []byte) {
		if len(file) > 1<<16 {
			t.Skip("a small file finds the same")
		}
		out, err := portrait.Make(file)
		if err != nil {
			return
		}
		if size := decoded(t, out).Bounds().Size(); size.X > portrait.MaxSide || size.Y > portrait.MaxSide {
			t.Errorf("%v", size)
		}
	})
}
