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
COLUMNS = 2_000
#: Bytes of the first line of a CSV: room for so many names of 128 characters.
HEADER_BYTES = 256 * KIB
#: Bytes of one line of a CSV, and so of a cell. Our longest has 1 KiB; DuckDB and Arrow read in blocks of this size.
LINE_BYTES = 1 * MIB
#: Characters of a pattern, and places for a character in it once its repetitions are written out.
PATTERN_LENGTH, PATTERN_PLACES = 2_000, 1_500
#: Optional parts and alternatives of a pattern: each may double the ways to match. Ours have at most 4.
PATTERN_CHOICES = 16
#: Steps taken to tell how long a pattern takes; a second or two. The longest of ours needs a hundredth of them.
PATTERN_STEPS = 2_000_000

#: Entries of a zip. A release has some 60.
ZIP_ENTRIES = 5_000
#: Bytes of all entries of a zip, unpacked. A release has 30 MiB.
ZIP_BYTES = 2 * GIB
#: How many times larger than packed an entry may be. Our CSV files pack 25 times; deflate can do 1,032.
ZIP_RATIO = 200
#: Entries below this size may pack as well as they like: a file of zeros of a few KiB harms nobody.
ZIP_RATIO_FROM = 1 * MIB
