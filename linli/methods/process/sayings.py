"""The few words that the writers add of their own, in both languages."""

WORDS: dict[str, tuple[str, str]] = {
    "start": ("开始", "Start"),
    "end": ("办结", "Closed"),
    "told": ("提醒与督办", "Reminded, supervised"),
    "parts": ("发起子工单", "Open parts"),
    "part": ("发起子工单：{}", "Open parts: {}"),
    "outcome": ("办理结果为“{}”", "The outcome is “{}”"),
    "each": ("每个经办单位一份", "One for each unit"),
    "each_part": ("每个子工单一份", "One for each part"),
    "many": ("多单位", "several units"),
    "to": ("{} → {}", "{} → {}"),
    "back": ("退回", "back"),
    "picture": ("流程图：{}", "Process: {}"),
    "begins": ("从“{}”开始。", "It begins with “{}”."),
    "leads": ("{}：{}。", "{}: {}."),
    "dead_end": ("没有出口", "no way out"),
    "count": ("{:,} 次", "{:,}×"),
    "hours": ("中位 {:.1f} 小时", "median {:.1f} h"),
}


def say(word: str, lang: str) -> str:
    """Return a word in the language asked for; Chinese unless English is."""
    zh, en = WORDS[word]
    return en if lang.startswith("en") else zh
