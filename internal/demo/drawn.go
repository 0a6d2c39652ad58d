package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
)

// drawn is a picture of somebody invented: a head and shoulders in plain colours,
// which nobody takes for a photograph.
func drawn(person string) []byte {
	const size = 240
	grounds := []color.RGBA{{207, 224, 231, 255}, {241, 237, 228, 255}, {226, 214, 222, 255}, {214, 227, 214, 255}}
	skins := []color.RGBA{{241, 205, 176, 255}, {198, 145, 104, 255}, {141, 92, 60, 255}, {92, 58, 40, 255}}
	clothes := []color.RGBA{{20, 70, 92, 255}, {140, 42, 86, 255}, {0, 103, 71, 255}, {76, 98, 114, 255}}
	pick := func(what string, from []color.RGBA) color.RGBA { return from[chance(person+what, uint32(len(from)))] }
	ground, skin, cloth := pick("ground", grounds), pick("skin", skins), pick("cloth", clothes)
	m := image.NewRGBA(image.Rect(0, 0, size, size))
	for y := range size {
		for x := range size {
			c := ground
			dx, dy := x-size/2, y-size*2/5
			sy := y - size
			switch {
			case dx*dx*16+dy*dy*12 < size*size*9/16*9/8:
				c = skin
			case dx*dx*4+sy*sy*9 < size*size*3/4*9/8:
				c = cloth
			}
			m.SetRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		panic(err) // writing to memory does not fail
	}
	return out.Bytes()
}
