"""How much of a file is read before it is refused, and why.

A data package may come from anybody. What it asks for is bounded before it is read, so that no
file can take more time or memory than an honest one of its size.
"""

KIB, MIB, GIB = 2**10, 2**20, 2**30

#: Bytes of a descriptor or a schema. Ours have 18 KiB and 13 KiB; a package of a thousand tables stays below.
JSON_BYTES = 8 * MIB
#: Levels of lists and objects in each other. A Data Package needs 8; the parser of Python counts its own stack.
JSON_DEPTH = 64
#: Columns of a table. Our widest has 44; engines slow down with the square of it.
COLUMNS = 1_000
#: Bytes of one line of a CSV, header or not, and so of a cell; the reader of Python stops at cells of this size.
#: Our longest line has 1 KiB; as a header it has room for a thousand names of 128 characters.
LINE_BYTES = 128 * KIB
#: Characters of a pattern, and places for a character in it once its repetitions are written out.
PATTERN_LENGTH, PATTERN_PLACES = 2_000, 1_000
#: Optional parts and alternatives of a pattern: each may double the ways to match. Ours have at most 4.
PATTERN_CHOICES = 16
#: Steps taken to tell how long a pattern takes: about a second. The longest of ours needs a twentieth of them.
PATTERN_STEPS = 1_000_000

#: Entries of a zip. A release has some 60.
ZIP_ENTRIES = 5_000
#: Bytes of all entries of a zip, unpacked. A release has 30 MiB.
ZIP_BYTES = 2 * GIB
#: How many times larger than packed an entry may be. Our CSV files pack 25 times; deflate can do 1,032.
ZIP_RATIO = 200
#: Entries below this size may pack as well as they like: a file of zeros of a few KiB harms nobody.
ZIP_RATIO_FROM = 1 * MIB
