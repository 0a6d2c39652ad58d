package portrait

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
)

// Bounds of what is read and written.
const (
	MaxBytes  = 8 << 20    // of an upload
	MaxPixels = 25_000_000 // of an upload, so that a small file cannot fill the memory
	MaxSide   = 600        // of what is kept
	quality   = 85
)

// ErrTooLarge says that the upload has too many bytes or pixels.
var ErrTooLarge = errors.New("the photograph is too large")

// ErrUnknown says that the upload is no photograph that we read.
var ErrUnknown = errors.New("the file is neither a JPEG nor a PNG")

// Make reads a JPEG or PNG and writes a JPEG of at most [MaxSide] pixels a side,
// upright, on white where it was transparent, with nothing else in it.
func Make(upload []byte) ([]byte, error) {
	if len(upload) > MaxBytes {
		return nil, fmt.Errorf("%w: %d bytes, and at most %d are read", ErrTooLarge, len(upload), MaxBytes)
	}
	decode, size, turn := jpeg.Decode, jpeg.DecodeConfig, 1
	switch {
	case bytes.HasPrefix(upload, []byte("\xff\xd8\xff")):
		turn = orientation(upload)
	case bytes.HasPrefix(upload, []byte("\x89PNG\r\n\x1a\n")):
		decode, size = png.Decode, png.DecodeConfig
	default:
		return nil, ErrUnknown
	}
	config, err := size(bytes.NewReader(upload))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > MaxPixels/config.Height {
		return nil, fmt.Errorf("%w: %d by %d pixels, and at most %d are read", ErrTooLarge, config.Width, config.Height, MaxPixels)
	}
	img, err := decode(bytes.NewReader(upload))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright(shrink(img), turn), &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("write the photograph: %w", err)
	}
	return out.Bytes(), nil
}

// shrink draws an image onto white, no larger than it may be. Each new pixel is the
// mean of the old ones under it.
func shrink(img image.Image) *image.RGBA {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if long := max(w, h); long > MaxSide {
		w, h = max(w*MaxSide/long, 1), max(h*MaxSide/long, 1)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if w == b.Dx() && h == b.Dy() {
		draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
		draw.Draw(out, out.Bounds(), img, b.Min, draw.Over)
		return out
	}
	for y := range h {
		top, bottom := b.Min.Y+y*b.Dy()/h, b.Min.Y+(y+1)*b.Dy()/h
		for x := range w {
			left, right := b.Min.X+x*b.Dx()/w, b.Min.X+(x+1)*b.Dx()/w
			out.SetRGBA(x, y, mean(img, image.Rect(left, top, right, bottom)))
		}
	}
	return out
}

// mean is the mean colour of a part of an image, on white.
func mean(img image.Image, part image.Rectangle) color.RGBA {
	var sum [3]uint64
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			r, g, b, a := img.At(x, y).RGBA() // colours come multiplied by their opacity
			white := 0xffff - a
			sum[0] += uint64(r + white)
			sum[1] += uint64(g + white)
			sum[2] += uint64(b + white)
		}
	}
	n := uint64(part.Dx() * part.Dy())
	return color.RGBA{uint8(sum[0] / n >> 8), uint8(sum[1] / n >> 8), uint8(sum[2] / n >> 8), 0xff}
}

// upright turns and mirrors an image as the orientation of its file says (EXIF tag
// 0x0112: 1 is as it is, 3 half a turn, 6 and 8 a quarter, the even ones mirrored).
func upright(img *image.RGBA, turn int) *image.RGBA {
	if turn <= 1 || turn > 8 {
		return img
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	ow, oh := w, h
	if turn >= 5 {
		ow, oh = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, ow, oh))
	for y := range oh {
		for x := range ow {
			sx, sy := x, y
			switch turn {
			case 2:
				sx = w - 1 - x
			case 3:
				sx, sy = w-1-x, h-1-y
			case 4:
				sy = h - 1 - y
			case 5:
				sx, sy = y, x
			case 6:
				sx, sy = y, h-1-x
			case 7:
				sx, sy = w-1-y, h-1-x
			case 8:
				sx, sy = w-1-y, x
			}
			out.SetRGBA(x, y, img.RGBAAt(sx, sy))
		}
	}
	return out
}
