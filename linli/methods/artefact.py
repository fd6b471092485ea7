"""A learnt classifier as bytes and back; nothing in the bytes can run.

NumPy's own container of plain arrays, read without pickles; text goes in as UTF-8. The digest is
checked before a single byte is read.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from linli.methods.features import WEIGHTS, FeatureSpace
from linli.methods.linear import LinearClassifier
from linli.methods.text import TextClassifier

# Changes whenever what is learnt or how it is written does.
FORMAT = "linli.text/3"
# Features and labels are parts of normalised text and codes: neither holds a line break.
_SEPARATOR = "\n"
_BLOCK_SEPARATOR = "\n\n"
Arrays = Mapping[str, NDArray[np.generic]]


class ArtefactError(ValueError):
    """The bytes are not the model they should be."""


def digest(artefact: bytes) -> str:
    """Return the SHA-256 of the bytes, 64 hexadecimal figures."""
    return hashlib.sha256(artefact).hexdigest()


def to_bytes(classifier: TextClassifier) -> bytes:
    """Return the classifier as bytes."""
    names = sorted(classifier.within)
    arrays = {"format": _text(FORMAT), "names": _text(_SEPARATOR.join(names))}
    arrays |= _arrays_of(classifier.classes, "classes")
    for place, name in enumerate(names):
        arrays |= _arrays_of(classifier.within[name], str(place))
    written = BytesIO()
    np.savez_compressed(written, **arrays)  # type: ignore[arg-type]  # all names are ours
    return written.getvalue()


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
    with np.load(BytesIO(artefact), allow_pickle=False) as arrays:
        found = _read(arrays["format"]) if "format" in arrays else ""
        if found != FORMAT:
            raise ArtefactError(f"unknown model format {found!r}; {FORMAT} is read")
        names = _read(arrays["names"])
        return TextClassifier(
            classes=_level_of(arrays, "classes"),
            within={
                name: _level_of(arrays, str(place))
                for place, name in enumerate(names.split(_SEPARATOR) if names else [])
            },
        )


def _arrays_of(level: LinearClassifier, name: str) -> dict[str, NDArray[np.generic]]:
    """Return one level as arrays; weights in half precision, which moves no ranking we saw."""
    blocks = [_SEPARATOR.join(index) for index in level.space.indexes]
    return {
        f"{name}.labels": _text(_SEPARATOR.join(level.labels)),
        f"{name}.vocabulary": _text(_BLOCK_SEPARATOR.join(blocks)),
        f"{name}.rarity": level.space.rarity.astype(np.float16),
        f"{name}.scale": level.scale.astype(np.float16),
        f"{name}.weights": level.weights.astype(np.float16),
        f"{name}.bias": level.bias,
        f"{name}.temperature": np.float64(level.temperature).reshape(1),
    }


def _level_of(arrays: Arrays, name: str) -> LinearClassifier:
    blocks = _read(arrays[f"{name}.vocabulary"]).split(_BLOCK_SEPARATOR)
    if len(blocks) != len(WEIGHTS):
        raise ArtefactError("the model was learnt with other blocks of features")
    rarity = arrays[f"{name}.rarity"].astype(np.float32)
    return LinearClassifier(
        labels=tuple(_read(arrays[f"{name}.labels"]).split(_SEPARATOR)),
        space=FeatureSpace(_indexes(blocks), rarity),
        scale=arrays[f"{name}.scale"].astype(np.float32),
        weights=np.ascontiguousarray(arrays[f"{name}.weights"], np.float32),
        bias=arrays[f"{name}.bias"].astype(np.float32),
        temperature=float(arrays[f"{name}.temperature"][0]),
    )


def _text(text: str) -> NDArray[np.generic]:
    return np.frombuffer(text.encode(), np.uint8)


def _read(array: NDArray[np.generic]) -> str:
    return array.tobytes().decode()


def _indexes(vocabulary: Sequence[str]) -> tuple[dict[str, int], ...]:
    indexes: list[dict[str, int]] = []
    first = 0
    for joined in vocabulary:
        features = joined.split(_SEPARATOR) if joined else []
        indexes.append({feature: first + i for i, feature in enumerate(features)})
        first += len(features)
    return tuple(indexes)
