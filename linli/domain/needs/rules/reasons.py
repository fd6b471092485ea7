"""Suggestions in words: what was suggested, which words spoke for it, how sure that is."""

from collections.abc import Iterator, Mapping, Sequence

from linli.domain.needs.ports import MatterGuess, MatterReading
from linli.domain.needs.rules.duplicates import DuplicateGuess
from linli.domain.needs.rules.places import PlaceGuess
from linli.domain.needs.rules.reading import Sentence
from linli.domain.needs.rules.urgency import UrgencyFinding

Names = Mapping[str, tuple[str, str]]
_LEVEL_WORDS = {"urgent": ("加急", "urgent"), "emergency": ("特急", "an emergency")}


def matter_reason(read: MatterReading, *, abstained: bool, least: float, names: Names) -> Sentence:
    """Say which matter is suggested and why, or that a person must choose.

    Parameters
    ----------
    least : lowest probability at which a suggestion is made, in [0, 1].
    names : code -> (Chinese, English) name of a matter.
    """
    if not read.matters:
        return Sentence(
            "内容里没有可以识别的词语，请直接选择事项。",
            "Nothing in the text is known to the reader; choose the matter.",
        )
    best = read.matters[0]
    zh, en = _named(best, names)
    words_zh, words_en = _quoted(best.words)
    because_zh = f"，依据{words_zh}" if words_zh else ""
    because_en = f", from {words_en}" if words_en else ""
    if not abstained:
        return Sentence(f"事项{zh}{because_zh}。", f"Matter {en}{because_en}.")
    if read.wider is not None and read.wider.probability >= least:
        wide_zh, wide_en = _named(read.wider, names)
        return Sentence(
            f"大类{wide_zh}较有把握，具体事项请人工选择；最接近{zh}{because_zh}。",
            f"Sure of the class {wide_en} alone, choose the matter; nearest is {en}{because_en}.",
        )
    return Sentence(
        f"把握不足，请人工选择事项；最接近{zh}{because_zh}。",
        f"Not sure enough, choose the matter; nearest is {en}{because_en}.",
    )


def place_reason(place: PlaceGuess | None, *, names: Mapping[str, str]) -> Sentence | None:
    """Say where the message is about and how that is known; None where a form states it.

    Parameters
    ----------
    names : code -> name of an area.
    """
    if place is None:
        return Sentence(
            "没有识别出地点，请选择区域。", "No place was found in the text; choose the area."
        )
    name = names.get(place.code, place.code)
    if place.origin == "names":
        quoted, quoted_en = _quoted(place.names)
        if place.others:
            fitting = [f"“{names.get(code, code)}”" for code in place.others]
            return Sentence(
                f"文中提到{quoted}，可能是{'或'.join(fitting)}，请核对。",
                f"The text names {quoted_en}, which may be {' or '.join(fitting)}; check it.",
            )
        return Sentence(
            f"文中提到{quoted}，位于“{name}”。", f"The text names {quoted_en}, in “{name}”."
        )
    if place.origin == "point":
        return Sentence(f"地图上的点落在“{name}”。", f"The point on the map lies in “{name}”.")
    if place.origin == "stated":
        return _contradiction(place, name, names) if place.is_contradicted else None
    return Sentence(
        f"文中没有认得的地名，暂放“{name}”，请选择具体区域。",
        f"The text names no known place; put under “{name}” until the area is chosen.",
    )


def _contradiction(place: PlaceGuess, stated: str, names: Mapping[str, str]) -> Sentence:
    quoted, quoted_en = _quoted(place.names)
    fitting = [f"“{names.get(code, code)}”" for code in place.others]
    return Sentence(
        f"文中提到{quoted}，像是在{'或'.join(fitting)}，与写明的“{stated}”不同，请核对。",
        f"The text names {quoted_en}, which seems to be in {' or '.join(fitting)}, not in "
        f"“{stated}” as stated; check it.",
    )


def urgency_reason(finding: UrgencyFinding) -> Sentence | None:
    """Say which words make the message urgent; None where it is ordinary."""
    if finding.level == "ordinary":
        return None
    zh, en = _LEVEL_WORDS[finding.level]
    words_zh, words_en = _quoted(finding.words)
    return Sentence(
        f"出现{words_zh}，建议按{zh}件处理。", f"The text says {words_en}: treat it as {en}."
    )


def duplicate_reasons(duplicates: Sequence[DuplicateGuess]) -> Iterator[Sentence]:
    """Say of each earlier case how near it is."""
    for guess in duplicates:
        share = f"{guess.score:.0%}"
        if guess.distance_m is None:
            yield Sentence(
                f"与 {guess.number} 相近（{share}）。", f"Like {guess.number} ({share})."
            )
        else:
            metres = f"{guess.distance_m:.0f}"
            yield Sentence(
                f"与 {guess.number} 相近（{share}），相距 {metres} 米。",
                f"Like {guess.number} ({share}), {metres} m away.",
            )


def _named(guess: MatterGuess, names: Names) -> tuple[str, str]:
    zh, en = names.get(guess.code, (guess.code, guess.code))
    share = f"{guess.probability:.0%}"
    return f"“{zh}”（{share}）", f"“{en}” ({share})"


def _quoted(words: Sequence[str]) -> tuple[str, str]:
    quoted = [f"“{word}”" for word in words[:5]]
    return "、".join(quoted), ", ".join(quoted)
