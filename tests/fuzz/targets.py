"""The parsers that the fuzzer feeds: a row each. A new parser is a new row and a seed."""

import json

from django.core.exceptions import ValidationError as FormRefused
from pydantic import ValidationError as ShapeRefused

from linli.adapters.oidc.tokens import TokenRefused
from linli.config.bench._fuzz_target import Target
from linli.kernel.crypto import SealBroken
from linli.kernel.egress import EgressRefused
from linli.kernel.errors import LinliError
from tests.fuzz import proofs, readers, seeds, texts

BODY = (LinliError, ShapeRefused, texts.Unparsed)  # what a body may be told
PROOFS = (proofs.proof_seed(), proofs.proof_seed("sm2"))
TOKENS = (proofs.signed(proofs.CLAIMS).encode(),)
KEYS = (json.dumps(proofs.KEYS).encode(),)
CALLED = (b"https://api.example.org/a?b=c", b"https://api.example.org:443/")

TARGETS: tuple[Target, ...] = (
    Target("delimited", readers.delimited, seeds.TABLES, share=900),
    Target("text_table", readers.text_table, (*seeds.TABLES, *seeds.GZIPS), share=700),
    Target("packed_table", readers.packed_table, seeds.GZIPS, share=300),
    Target("packed_anew", readers.packed_anew, seeds.TABLES, share=100),
    Target("archive", readers.archive, seeds.ZIPS, share=600),
    Target("sheet", readers.sheet, seeds.BOOKS, share=20),
    Target("sheet_parts", readers.sheet_parts, seeds.BOOK_PARTS, share=20),
    Target("sheet_apart", readers.sheet_apart, seeds.BOOKS, share=1),
    Target("picture", readers.picture, seeds.PICTURES, share=300),
    Target("picture_chunks", readers.picture_chunks, seeds.PNGS, share=200),
    Target("picture_apart", readers.picture_apart, seeds.PICTURES, share=1),
    Target("features", readers.features, seeds.FEATURES, share=400),
    Target("areas", readers.areas, seeds.AREAS, share=500),
    Target("landmarks", readers.landmarks, seeds.LANDMARKS, share=500),
    Target("units", readers.units, seeds.UNITS, share=150),
    Target("duties", readers.duties, seeds.DUTIES, share=150),
    Target("pack", readers.pack, seeds.PACKS, share=60),
    Target("mapping", readers.mapping, seeds.MAPPINGS, share=150),
    Target("rows", texts.rows, seeds.ROWS_OF_EXPORT, share=400),
    Target("message", texts.message, seeds.MESSAGES, share=600, refusals=BODY),
    Target("outcome", texts.outcome, seeds.OUTCOMES, share=300, refusals=BODY),
    Target("answers", texts.answers, seeds.ANSWERS, share=300, refusals=BODY),
    Target("record", texts.record, seeds.RECORDS, share=400, refusals=BODY),
    Target("moment", texts.moment, seeds.MOMENTS, share=600, refusals=()),
    Target("words", texts.words, seeds.TEXTS, share=60, refusals=()),
    Target("search", texts.search, seeds.SEARCHES, share=500, refusals=()),
    Target("phone", texts.phone, seeds.PHONES, share=300, refusals=(FormRefused,)),
    Target("token", texts.token, (b"linli_0123456789",), share=300),
    Target("cursor", texts.cursor, seeds.CURSORS, share=500, refusals=()),
    Target("bounds", texts.bounds, (b"1..2.5", b"7"), share=200, refusals=(ValueError,)),
    Target("address", texts.address, seeds.ADDRESSES, share=300),
    Target(
        "sealed_text",
        texts.sealed_text,
        (b"linli-sealed:intl:YWJj",),
        share=100,
        refusals=(SealBroken,),
    ),
    Target("proof", proofs.proof, PROOFS, share=200, refusals=()),
    Target("seal_line", proofs.seal_line, (proofs.seal_seed(),), share=300, refusals=()),
    Target("oidc_token", proofs.oidc_token, TOKENS, share=200, refusals=(TokenRefused,)),
    Target("oidc_claims", proofs.oidc_claims, (proofs.CLAIMS,), share=40, refusals=(TokenRefused,)),
    Target("oidc_keys", proofs.oidc_keys, KEYS, share=100, refusals=(TokenRefused,)),
    Target("session", proofs.session, (b"YWJj",), share=50, refusals=()),
    Target("called", proofs.called, CALLED, share=300, refusals=(EgressRefused,)),
    Target("listed", proofs.listed, (b"a.example.org:8443=10.0.0.0/8",), share=200),
    Target("manifest", proofs.manifest, (proofs.MANIFEST_SEED,), share=12),
    Target("head", proofs.head, (proofs.HEAD_SEED,), share=12),
    Target("sealed_file", proofs.sealed_file, (proofs.sealed_seed(),), share=10),
    Target("home_files", proofs.home_files, seeds.HOMES, share=12),
)


def named(name: str) -> Target:
    """Return a parser by its name. Raises KeyError."""
    return {target.name: target for target in TARGETS}[name]
