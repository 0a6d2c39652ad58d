// The words of receipts. Made from internal/base/words/list.txt by `go test ./belenios/boothtest -update`.

export const wordList = `
academy accept acorn active actor admire agenda agile agree airfield airship album almanac almond alpaca alphabet
ambition anchovy angling animal anorak answer antelope anvil applause apricot apron archery arena argue aroma arrive
artist assembly athlete atlas attend attic audience author autumn avenue avid award azure badger bagpipe balance balcony
balloon bamboo banjo banner barge barley barrel basic basket bassoon bathtub baton beacon beagle beaker beam beetle
begin behave beige bellows belt bench bend benefit bicycle bilberry billiard birch birthday biscuit bison blanket
blizzard blossom blouse bluebell bobbin bonfire bonnet bonus bookcase border borrow bottle bounce bowling bracken
bramble branch brass brave breeze brick brief bright broad broccoli bronze broom broth brush bucket budget buffalo bugle
builder bulb bumpy bundle bunting busy butter buzzard cabbage cabin cactus calendar calm camel camping canary candle
canoe canyon cape capital captain caramel cardigan careful cargo carnival carpet carriage carve cashew catch cattle
cavern cedar celery cello chair chalk channel chapter chart chase cheese chef cherry chestnut chimney chisel chive
choice chorus chutney cinder cinema cinnamon circus citadel civil clamp clarinet classic clean climbing clock cloud
coast cobalt cobble cocoa colander collie column comet compost concerto cook cooper copy corduroy cornet corridor cosmos
costume cottage count courage cousin cove cowslip craft crag crater crayon create crescent cricket crimson crisp crocus
crossing crown crumble crystal cube cucumber cuff culture cumin cupboard curious curlew curtain cushion custard cycling
cylinder daffodil dahlia daily dancer daring darts daybreak dazzle decide deck degree deliver delta denim describe
design detail dialogue diamond diary dill dinner direct discover diving dolphin dome door dormouse double drama drawer
dream drink driver drizzle drum duckling dumpling dune dusk duster duvet eager early earnest earring easel easy echo
eclipse editor effort elegant elephant embark ember emerald empty encore energy engage engine enjoy enter entrance
envelope equator errand evening exhibit explorer express fabric fairway falcon family famous fancy fanfare farmer
fashion feast feather fence fennel fern ferret festival fetch field figure filter final finch finish fireside firm
fishing flamingo flannel flask flax fleece flicker flight flint float florist fluent flute folder follow footpath forest
fork format fortune forum fossil foxglove foxtrot frame fresh friend frog frontier frost frugal fudge full future gadget
galleon garage gardener garlic garment garnet gateway gazelle gear gecko gentle giant giraffe give glacier glad glider
glimpse glossary glove glow goat goblet gold gong goose gorge gosling graceful grammar granite grape gravy green grotto
guardian guitar gymnast haddock halibut hallway hamlet hammer hamster handbag happy hardy harp harvest hawthorn hazel
headland hearth hedgehog helmet helpful heron herring hexagon hiking hinge history hobby hockey holiday homework honey
hoop horizon hosepipe host hover humble hurdle hutch iceberg icicle igloo iguana imagine improve index indigo inkwell
inlet inventor invite iron island jackdaw jamboree javelin jelly jester jetty jigsaw jogging joiner journal jovial
joyful jubilee juggler jumper junction jungle juniper jupiter kangaroo kayak keen keepsake kestrel keyhole kind kinship
kiosk kitchen kite kitten koala lace ladle ladybird lagoon lamb landing language lantern lapwing larch larder laugh
laundry lavender lawn league learn leave lecture legend leisure lemon lemur lentil leopard lettuce lever library lilac
lime limpet linen listen lively lizard lobster local lodge loft lookout loom lorry lounge lucky luggage lullaby lunar
lunch lupin lyric machine mackerel magenta magic magnet magpie mallard mango maple marathon marble margin marigold
market marmot maroon marrow marsh mast mattress maypole meadow measure mellow memory menu merchant message meteor
midnight mighty mild miller mineral minnow mint mirror modern moonbeam moorhen mortar mosaic moss motorway mountain
mulberry museum musician myth napkin natural nebula necklace nephew neptune nest netball nettle niece nimble noble
noodle noon normal notebook novel number nutmeg oats oboe observe ocelot octagon octopus offer onion onyx opera orbit
orchard orderly osprey ostrich otter oval oven overcoat oyster paddle page paint palace pancake panel pantry papaya
paprika parasol parcel park parrot parsley pasta pattern pavement paving peach peanut pebble pecan pelican pencil
pendant pepper perfect pergola petal pewter piano piccolo pickle picnic pilot pinecone pioneer piston plank platter play
pleasant pliers plover plug plumber plywood poet polite polka pollen poncho pony poplar porch porpoise porridge porter
postbox potato prairie precise preface prepare present primrose printer prism prompt proper protect publish pudding
puffin pulley pumpkin puppy purple purse push puzzle pyramid quartet quick quilt quince quirky quote rabbit radish
rafter railway raincoat raisin rake ramp rapid raven ravine ready recall recipe recorder reflect regal regular reindeer
relay remind repair repeat reply reporter rescue return ribbon rice riddle ridge rinse rivet roam robin robot robust
rocket roller roof rope rosette rosy rounders rowing royal rucksack rudder rugby ruler running runway rural rustic safe
saffron saga sailor salmon sandwich sapling sapphire sardine satchel satsuma saturn saucepan scale scarf scatter scholar
scone scooter scout scroll sculptor search seaweed secure seedling seesaw select sentence serene sextant shake shallot
shawl shed shelf shepherd shield shiny shorts shovel shower shrimp shutter siding sieve signpost silent silk silver
simple sincere singer skating skillet skirt skylark slate sledge sleeve slender slide slipper smile smooth snail
snowdrop snug sock sofa solar solid solo solve sonata soup spaniel sparrow spatula speak speedy spend sphere spider
spinach spiral splash sponge spoon spotless spring squash squirrel stack stamp starling statue steady steeple stellar
stencil stew stir storm strap stream stripe student sturdy subtle sugar suitcase sultana summit sundial sunlight sunrise
sunset supper surprise surveyor swallow swan swift swimming swing sycamore symphony syrup table tall tandem tassel taste
teacher teal teapot tempest tender tennis tent terrier thank thimble thistle thorough thread thrush thunder tiara ticket
tidy tile timber toaster toboggan toffee tomato topaz tortoise total toucan tourist towel towpath tractor trainer
tranquil travel trawler tray treacle trellis triangle tricycle trifle trio tripod trolley trombone trophy trot true
trumpet trunk trusty tugboat tulip tumbler tunic tunnel turmeric turnip turret turtle tutor tweed twig twilight twirl
twist ukulele umbrella umpire uncle unfold unique unite unlock unpack unwrap upright useful usher valley vanilla varnish
vase vault vehicle velvet verse viaduct villa violin visitor vivid volcano vole waffle wagon waiter wallaby walnut
walrus waltz wardrobe warm washer wealthy weaver weekend welcome whisk willow window wink winter wise witty wombat
woodland workshop worthy yodel zebra zesty zither
`.trim().split(/\s+/);
