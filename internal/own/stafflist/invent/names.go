package invent

// The given names are ones people have, from many places, as in any hospital. The
// surnames are put together from two plain words, so that nobody can take them
// for a real colleague's.

var given = []string{
	"Abena", "Adaeze", "Ade", "Aisling", "Ajay", "Alun", "Amara", "Amina", "Anaïs", "Andrzej", "Anwen", "Aoife", "Arjun", "Asha", "Bethan",
	"Bilal", "Bronwen", "Carys", "Catrin", "Cerys", "Chidi", "Chloë", "Ciarán", "Dafydd", "Deepa", "Delyth", "Dewi", "Dilys", "Dorota", "Efua",
	"Eilidh", "Eirlys", "Elin", "Emeka", "Emrys", "Esi", "Eun-ji", "Fadila", "Farah", "Fatou", "Femi", "Ffion", "Fiona", "Folake", "Gareth",
	"Gethin", "Giorgos", "Grainne", "Gurpreet", "Gwen", "Hana", "Haruki", "Hasan", "Heledd", "Hiroko", "Hope", "Huw", "Idris", "Ifeoma", "Imran",
	"Ines", "Ioan", "Isha", "Iwan", "Jamila", "Jarek", "Jin", "Joanne", "Jomo", "José", "Joy", "Julie", "Kadri", "Kamal", "Karen", "Katya", "Kofi",
	"Kwame", "Laszlo", "Latoya", "Leila", "Leon", "Lorna", "Lowri", "Łucja", "Mabli", "Maeve", "Magda", "Mair", "Malik", "Manjit", "Marisol",
	"Marta", "Mei", "Meera", "Megan", "Mihai", "Mircea", "Moira", "Morag", "Myfanwy", "Nadia", "Naomi", "Neema", "Nerys", "Niamh", "Nia", "Nikhil",
	"Noor", "Obi", "Oksana", "Olwen", "Omar", "Osian", "Owain", "Parveen", "Patience", "Paulo", "Pia", "Precious", "Priya", "Rahel", "Rajesh", "Renée",
	"Rhiannon", "Rhys", "Rosalind", "Ruth", "Sadia", "Samina", "Sanjay", "Sara", "Seren", "Shabnam", "Siân", "Sinéad", "Siôn", "Sofia", "Stella",
	"Sunita", "Tamsin", "Tariq", "Tegan", "Temi", "Thandi", "Tomasz", "Tomos", "Uche", "Uma", "Urszula", "Vanessa", "Vikram", "Wanjiru", "Wei",
	"Winifred", "Yasmin", "Yemi", "Yusuf", "Zainab", "Zara", "Zoë", "Zofia", "Zubair",
}

var (
	surnameFirst = []string{
		"Amber", "Barley", "Basalt", "Bramble", "Bobbin", "Candle", "Cinder", "Clover", "Cobalt", "Copper", "Coral", "Curlew", "Damson", "Dapple",
		"Dunlin", "Ember", "Feather", "Fennel", "Flint", "Gannet", "Garnet", "Ginger", "Granite", "Heather", "Heron", "Indigo", "Juniper", "Kestrel",
		"Kettle", "Lantern", "Lapwing", "Lichen", "Linnet", "Lupin", "Mallow", "Marram", "Merlin", "Nettle", "Ochre", "Osprey", "Otter", "Pebble",
		"Pepper", "Petrel", "Pewter", "Plover", "Puffin", "Quartz", "Quill", "Ribbon", "Russet", "Saffron", "Samphire", "Sorrel", "Tansy", "Teasel",
		"Thimble", "Thistle", "Timber", "Topaz", "Tinder", "Umber", "Velvet", "Walnut", "Yarrow", "Zephyr",
	}
	surnameSecond = []string{
		"acre", "arch", "barrow", "beacon", "beck", "bridge", "brook", "cairn", "causeway", "chapel", "clough", "corner", "cove", "creek", "dell",
		"dyke", "edge", "fallow", "fell", "fen", "ferry", "ford", "fold", "furrow", "gable", "garth", "gate", "glade", "green", "grove", "harbour",
		"haven", "hedge", "hollow", "holt", "keld", "landing", "lane", "lock", "loft", "meadow", "mere", "mill", "nook", "orchard", "pasture",
		"pier", "pool", "quay", "ridge", "shore", "spinney", "spring", "stile", "tarn", "thicket", "tide", "wharf", "weir", "yard",
	}
)

// surnames returns every surname there is.
func surnames() []string {
	out := make([]string, 0, len(surnameFirst)*len(surnameSecond))
	for _, first := range surnameFirst {
		for _, second := range surnameSecond {
			out = append(out, first+second)
		}
	}
	return out
}
