"""The reader in force: learnt here, kept in the process by its digest."""

import logging
from functools import lru_cache

from linli.domain.needs.models import ReadingModel
from linli.domain.needs.ports import MatterGuess, MatterReading, Reader
from linli.methods.artefact import ArtefactError, from_bytes
from linli.methods.text import TextClassifier

WORDS_SHOWN = 5
log = logging.getLogger("linli.needs")


class LocalReader:
    """The default filler of the port: a classifier learnt from the packs' examples."""

    def __init__(self, classifier: TextClassifier, version: str) -> None:
        self._classifier = classifier
        self._version = version

    @property
    def version(self) -> str:
        """Digest of the learnt model."""
        return self._version

    def read(self, text: str, *, top: int) -> MatterReading:
        """Return the likeliest matters; the first of them with the words that spoke for it."""
        answer = self._classifier.read(text, top=top, words=WORDS_SHOWN)
        words = tuple(word for word, _ in answer.words)
        return MatterReading(
            matters=tuple(
                MatterGuess(code, chance, () if place else words)
                for place, (code, chance) in enumerate(answer.ranked)
            ),
            wider=MatterGuess(*answer.wider) if answer.wider else None,
        )


def current_reader() -> Reader | None:
    """The reader learnt last, loaded once a process; None where there is none to be trusted.

    Messages come in without it too, and a person reads them: the log says why.
    """
    newest = ReadingModel.objects.values_list("id", "sha256").first()
    return None if newest is None else _loaded(*newest)


def newest_model() -> ReadingModel | None:
    """What is known of the reader in force, without its bytes."""
    return ReadingModel.objects.defer("artefact").first()


@lru_cache(maxsize=2)
def _loaded(model_id: int, sha256: str) -> Reader | None:
    artefact = ReadingModel.objects.values_list("artefact", flat=True).get(pk=model_id)
    try:
        return LocalReader(from_bytes(bytes(artefact), sha256=sha256), sha256)
    except ArtefactError:
        log.exception("reader %s is not used; publishing the packs learns another", sha256)
        return None
