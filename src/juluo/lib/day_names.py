"""What a day is called, in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """A day's name in Chinese and in English."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the name in a language such as ``en`` or ``zh-hans``."""
        return self.zh if language.lower().startswith("zh") else self.en
