"""Whether a running case can go on under another version of its standard, and what changes.

Serves: R014 R107.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from linli.domain.catalogue.rules.stage import StageDef
from linli.domain.catalogue.rules.standard import StandardDef
from linli.kernel.errors import Rejected

Said = tuple[str, str]


@dataclass(frozen=True)
class Placed:
    """Where a case stands: stage, clock class, kind of demand."""

    stage: str
    clock: str
    petition_type: str


@dataclass(frozen=True)
class Landing:
    """Where a case would land.

    Parameters
    ----------
    stage : key of its stage in the new version; the old key where it is refused.
    refusals : why it cannot, in Chinese and English; empty where it can.
    changes : what will differ for it from here on, in Chinese and English.
    """

    stage: str
    refusals: tuple[Said, ...]
    changes: tuple[Said, ...]


def require_mapping(old: StandardDef, new: StandardDef, mapping: Mapping[str, str]) -> None:
    """Raise Rejected unless each pair names a stage of either version, and no two meet."""
    for before, after in mapping.items():
        if old.stage(before) is None or new.stage(after) is None:
            raise Rejected(
                f"对照“{before}={after}”有误：前者须是旧版环节，后者须是新版环节。",
                f"{before}={after} maps no stage of the old version to one of the new.",
                field="map",
            )
    if len(set(mapping.values())) < len(mapping):
        raise Rejected(
            "两个旧环节不能并入同一个新环节：撤回时分不清原来在哪一步。请逐一对应。",
            "Two old stages map to one new stage, so that it could not be undone. Map one to one.",
            field="map",
        )


def landing_of(
    placed: Placed, old: StandardDef, new: StandardDef, mapping: Mapping[str, str]
) -> Landing:
    """Decide where a case lands. Due times that run are kept in any case.

    Parameters
    ----------
    mapping : stage of the old version → stage of the new, where their keys differ.
    """
    key = mapping.get(placed.stage, placed.stage)
    here, there = old.stage(placed.stage), new.stage(key)
    refusals = tuple(_refusals(placed, here, there, new))
    if refusals or here is None or there is None:
        return Landing(placed.stage, refusals, ())
    return Landing(key, (), tuple(_changes(placed, here, there, old, new)))


def _refusals(
    placed: Placed, here: StageDef | None, there: StageDef | None, new: StandardDef
) -> Iterator[Said]:
    if here is None or there is None:
        yield (
            f"新版没有环节“{placed.stage}”，也没有给出对照",
            f"the new version has no stage {placed.stage} and none is mapped to it",
        )
    elif here.each != there.each:
        yield (
            f"环节“{here.title}”的承办方式不同（{here.each} → {there.each}）",
            f"the stage {here.title_en} is worked on otherwise ({here.each} → {there.each})",
        )
    if new.clock(placed.clock) is None:
        yield f"新版没有时限类别“{placed.clock}”", f"the new version has no clock {placed.clock}"
    kinds = {kind.code for kind in new.petition_types}
    if placed.petition_type and placed.petition_type not in kinds:
        yield (
            f"新版没有类别“{placed.petition_type}”",
            f"the new version has no kind {placed.petition_type}",
        )


def _changes(
    placed: Placed, here: StageDef, there: StageDef, old: StandardDef, new: StandardDef
) -> Iterator[Said]:
    if here.key != there.key:
        yield f"环节 {here.title} → {there.title}", f"stage {here.title_en} → {there.title_en}"
    before, after = _limit_of(placed, here, old), _limit_of(placed, there, new)
    if before != after:
        yield (
            f"本环节时限由 {before[0]} 改为 {after[0]}；已在计时的到期时间不变",
            f"the stage's limit goes from {before[1]} to {after[1]}; what runs keeps its due time",
        )
    if here.role != there.role:
        yield f"办理岗位 {here.role} → {there.role}", f"role {here.role} → {there.role}"
    asked = [new.field(code) for code in there.form if code not in here.form]
    if must := [field for field in asked if field is not None and field.required]:
        names = "、".join(field.name for field in must)
        yield f"新增必填：{names}", f"now required: {', '.join(f.name_en for f in must)}"
    gone = [way for way in here.ways if there.way(way.code) is None]
    if gone:
        names = "、".join(way.name for way in gone)
        yield f"不再有出路：{names}", f"no longer a way out: {', '.join(w.name_en for w in gone)}"


def _limit_of(placed: Placed, stage: StageDef, standard: StandardDef) -> Said:
    clock = standard.clock(placed.clock)
    limit = stage.own_limit or (clock.limit if clock else None)
    return (limit.limit.text(), limit.limit.text("en")) if limit else ("无", "none")
