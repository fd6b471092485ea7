"""A learnt classifier as bytes and back; nothing in the bytes can run.

skops writes plain arrays and text instead of a pickle, and refuses on loading any type that was
not named beforehand. The digest is checked before a single byte is read.
"""

import hashlib
import hmac

import numpy as np
import skops.io

from linli.methods.features import BLOCKS, FeatureSpace
from linli.methods.text import TextClassifier

_FORMAT = "linli.text/1"
_SEPARATOR = "\n"


class ArtefactError(ValueError):
    """The bytes are not the model they should be."""


def digest(artefact: bytes) -> str:
    """Return the SHA-256 of the bytes, 64 hexadecimal figures."""
    return hashlib.sha256(artefact).hexdigest()


def to_bytes(classifier: TextClassifier) -> bytes:
    """Return the classifier as bytes; weights in half precision, which moves no ranking we saw.

    Features hold no line break (they are parts of normalised text), so one parts them.
    """
    vocabulary = [_SEPARATOR.join(index) for index in classifier.space.indexes]
    return bytes(
        skops.io.dumps(
            {
                "format": _FORMAT,
                "labels": _SEPARATOR.join(classifier.labels),
                "vocabulary": vocabulary,
                "rarity": classifier.space.rarity.astype(np.float16),
                "scale": classifier.scale.astype(np.float16),
                "weights": classifier.weights.astype(np.float16),
                "bias": classifier.bias,
                "temperature": classifier.temperature,
            },
            compresslevel=6,
            compression=8,
        )
    )


def from_bytes(artefact: bytes, *, sha256: str) -> TextClassifier:
    """Return the classifier that was written.

    Parameters
    ----------
    artefact : output of `to_bytes`.
    sha256 : its digest, kept apart from the bytes.

    Raises
    ------
    ArtefactError : the bytes have another digest or another format.
    """
    if not hmac.compare_digest(digest(artefact), sha256):
        raise ArtefactError("the model's bytes do not have the digest that was recorded for them")
    state = skops.io.loads(artefact, trusted=[])
    if state.get("format") != _FORMAT or len(state["vocabulary"]) != len(BLOCKS):
        raise ArtefactError(f"unknown model format {state.get('format')!r}; {_FORMAT} is read")
    return TextClassifier(
        labels=tuple(state["labels"].split(_SEPARATOR)),
        space=FeatureSpace(_indexes(state["vocabulary"]), state["rarity"].astype(np.float32)),
        scale=state["scale"].astype(np.float32),
        weights=np.ascontiguousarray(state["weights"].astype(np.float32)),
        bias=state["bias"],
        temperature=float(state["temperature"]),
    )


def _indexes(vocabulary: list[str]) -> tuple[dict[str, int], ...]:
    indexes: list[dict[str, int]] = []
    first = 0
    for joined in vocabulary:
        features = joined.split(_SEPARATOR) if joined else []
        indexes.append({feature: first + i for i, feature in enumerate(features)})
        first += len(features)
    return tuple(indexes)
