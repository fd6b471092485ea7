"""A learnt classifier as bytes and back; nothing in the bytes can run.

skops writes plain arrays and text instead of a pickle, and refuses on loading any type that was
not named beforehand. The digest is checked before a single byte is read.
"""

import hashlib
import hmac
import zipfile
from collections.abc import Mapping, Sequence
from typing import TypedDict

import numpy as np
import skops.io

from linli.methods.features import WEIGHTS, FeatureSpace, Values
from linli.methods.linear import LinearClassifier
from linli.methods.text import TextClassifier

# Changes whenever what is learnt or how it is written does.
FORMAT = "linli.text/2"
# Features and labels are parts of normalised text and codes: neither holds a line break.
_SEPARATOR = "\n"


class ArtefactError(ValueError):
    """The bytes are not the model they should be."""


class _Level(TypedDict):
    """One level as text and arrays; weights in half precision, which moves no ranking we saw."""

    labels: str
    vocabulary: list[str]
    rarity: Values
    scale: Values
    weights: Values
    bias: Values
    temperature: float


def digest(artefact: bytes) -> str:
    """Return the SHA-256 of the bytes, 64 hexadecimal figures."""
    return hashlib.sha256(artefact).hexdigest()


def to_bytes(classifier: TextClassifier) -> bytes:
    """Return the classifier as bytes."""
    state = {
        "format": FORMAT,
        "classes": _state_of(classifier.classes),
        "within": {name: _state_of(level) for name, level in classifier.within.items()},
    }
    return bytes(skops.io.dumps(state, compression=zipfile.ZIP_DEFLATED, compresslevel=6))


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
    if state.get("format") != FORMAT:
        raise ArtefactError(f"unknown model format {state.get('format')!r}; {FORMAT} is read")
    within: Mapping[str, _Level] = state["within"]
    return TextClassifier(
        classes=_level_of(state["classes"]),
        within={name: _level_of(level) for name, level in within.items()},
    )


def _state_of(level: LinearClassifier) -> _Level:
    return {
        "labels": _SEPARATOR.join(level.labels),
        "vocabulary": [_SEPARATOR.join(index) for index in level.space.indexes],
        "rarity": level.space.rarity.astype(np.float16),
        "scale": level.scale.astype(np.float16),
        "weights": level.weights.astype(np.float16),
        "bias": level.bias,
        "temperature": level.temperature,
    }


def _level_of(state: _Level) -> LinearClassifier:
    if len(state["vocabulary"]) != len(WEIGHTS):
        raise ArtefactError("the model was learnt with other blocks of features")
    return LinearClassifier(
        labels=tuple(state["labels"].split(_SEPARATOR)),
        space=FeatureSpace(_indexes(state["vocabulary"]), state["rarity"].astype(np.float32)),
        scale=state["scale"].astype(np.float32),
        weights=np.ascontiguousarray(state["weights"], np.float32),
        bias=state["bias"],
        temperature=float(state["temperature"]),
    )


def _indexes(vocabulary: Sequence[str]) -> tuple[dict[str, int], ...]:
    indexes: list[dict[str, int]] = []
    first = 0
    for joined in vocabulary:
        features = joined.split(_SEPARATOR) if joined else []
        indexes.append({feature: first + i for i, feature in enumerate(features)})
        first += len(features)
    return tuple(indexes)
