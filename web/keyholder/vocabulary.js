// The words of a key. Made from internal/decide/keys/words.txt by `go test ./belenios/boothtest -update`.

export const vocabulary = `
acorn album amber anchor ankle apple apron arch arrow atlas attic autumn badge baker balcony banjo barley barn basin
basket beacon bean bell bench berry bicycle birch biscuit blanket blossom boat bonnet book bottle bowl bracket branch
bread brick bridge brook brush bucket bugle butter cabin cactus candle canoe canvas carpet carrot castle cedar cellar
chain chalk cherry chess chimney circle clay cliff clock cloud clover coast cobble coffee comet compass copper coral
cotton cradle crane crayon creek crystal curtain cushion cymbal daisy dancer desert diamond dinner dolphin domino donkey
drawer drum eagle easel echo elbow elm engine evening falcon farmer feather fence fern ferry fiddle field finger flag
flame flask flour flute forest fossil fountain fox frost garden garlic gate ginger glacier glass glove goose granite
grape gravel guitar hammer harbour harp hazel hedge helmet heron hill honey horizon hotel iceberg igloo inkwell island
ivory ivy jacket jam jasmine jewel jigsaw juniper kettle key kitchen kite ladder lagoon lake lamp lantern lark laurel
leaf lemon lentil library lichen lily linen lizard lobster locket maple marble market meadow medal melon mill mirror
mitten moon morning mosaic moss mountain mustard napkin needle nest nickel notebook nutmeg oak oasis ocean olive onion
orange orchard otter oven oyster paddle page paint palace paper parcel parsley pasture pebble pencil pepper piano pigeon
pillow planet plum pocket pond poppy potato pottery pumpkin quarry quill quiver rabbit radish raft rainbow raven reed
ribbon river robin rocket rope saddle saffron sail salmon sandal satin school seagull shelf silver spoon summer tulip
violin walnut
`.trim().split(/\s+/);
