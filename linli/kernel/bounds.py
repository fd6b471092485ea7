"""How large a file from outside may be; technical limits, the same in every installation.

They guard the memory and time of this machine, so none of them is a matter of law or of a city.
Where a line names no other source, the figure was chosen and what it lets pass was measured on
two cores: at most 300 MiB in our process, 512 MiB in the one that opens spreadsheets.
"""

MIB = 1024 * 1024

# Spreadsheets and other zips. Bytes, except where the name says otherwise.
MOST_ARCHIVE = 100 * MIB
MOST_UNPACKED = 100 * MIB  # all members together
MOST_TIMES = 100  # unpacked : packed; deflate's own end is 1,032, sheets of ours have 6 to 20
TIMES_COUNT_ABOVE = MIB  # what is smaller harms nobody at any ratio
MOST_MEMBERS = 2_000  # members of a zip; a sheet has about ten
MOST_DIRECTORY = 600 * MOST_MEMBERS  # the zip's own list: 46 bytes a member and its names
MOST_CELLS = 2_000_000  # cells; rows x columns from the first to the last that is filled
MOST_CELL_CHARS = 32_767  # characters; the file format's own limit (ECMA-376)

# The process that opens spreadsheets: 1,950,000 different texts took 250 MiB and 2.5 s.
CHILD_MEMORY = 512 * MIB
CHILD_CPU_S = 10  # seconds
CHILD_WAIT_S = 60  # seconds, where the machine is busy with other things
CHILD_OUTPUT = 400 * MIB

# Text tables, read line by line, so that only a record is held.
MOST_TEXT = 8_192 * MIB  # unpacked from gzip
MOST_LINE_CHARS = 4_000_000  # characters of a record; a Chinese message of 10 MB has 3,500,000
MOST_LINES_A_RECORD = 1_000  # lines
MOST_COLUMNS = 16_384  # columns; the file format's own limit for sheets (ECMA-376)

# Files that are read whole.
MOST_AREA_TABLE = 64 * MIB
MOST_AREAS = 1_000_000  # rows; the country has about 660,000 divisions down to the community
MOST_FEATURES = 32 * MIB  # GeoJSON; takes about eight times its size in memory
MOST_SMALL = 16 * MIB  # units, duties, mappings
MOST_ROWS = 100_000  # rows of such a file
MOST_PACK_FILES = 2_000  # files of a pack
MOST_PACK = 32 * MIB  # all files of a pack together
MOST_NODES = 200_000  # values of a YAML file
MOST_UNCLEAR = 64  # characters; longer texts are no number or day that somebody left unquoted
MOST_FAULTS = 1_000  # faults told of one file; whoever has more begins with these

# Photographs. A phone's picture has 12 to 50 million pixels and 3 to 15 MiB. What was measured:
# 49 million pixels of a JPEG, which is unpacked at a fraction, take 254 MiB and 0.6 s; as many of a
# WebP took more than 750 MiB.
MOST_PICTURE = 20 * MIB
MOST_UPLOAD = 64 * MIB  # all files of a form together
MOST_PIXELS = 50_000_000
MOST_PIXELS_WHOLE = 25_000_000  # of what can only be unpacked whole: PNG, WebP
PICTURE_SIDE = 2_560  # pixels; a page of A4 at 220 dots an inch
SMALL_SIDE = 320  # pixels
PICTURE_MEMORY = 768 * MIB
PICTURE_CPU_S = 10  # seconds
PICTURE_WAIT_S = 30  # seconds, for one's turn and for the picture
PICTURES_AT_ONCE = 2  # in each process

# Documents from templates. A page of ours takes 0.2 s, 70 MiB and 20 KiB; typst keeps what it reads
# of the system's fonts outside of memory.
MOST_TEMPLATE = 256 * 1024  # one template; a Word form without pictures has 10 to 60 KiB
MOST_WORDS = 512 * 1024  # all words that go into a document
MOST_DOCUMENT = 8 * MIB  # the finished file
DOCUMENT_MEMORY = 768 * MIB
DOCUMENT_CPU_S = 10  # seconds
DOCUMENT_WAIT_S = 30  # seconds, for one's turn and for the document
DOCUMENTS_AT_ONCE = 2  # in each process
