"""One line of the doctor."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something looked at: how it stands, and what to do where it is wrong.

    `advice` is a command or a sentence that both languages can read, empty where all is well.
    """

    is_well: bool
    zh: str
    en: str
    advice: str = ""

    def text(self, lang: str) -> str:
        """Return the line in a language: ✓ well, ! well but see to it, ✗ a problem."""
        said = self.en if lang.startswith("en") else self.zh
        mark = ("!" if self.advice else "✓") if self.is_well else "✗"
        return f"{mark} {said}" + (f"  → {self.advice}" if self.advice else "")
