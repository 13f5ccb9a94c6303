"""Let a language model choose the words of a report, where one is set; never its numbers."""

import time

from django.conf import settings

from juluo.lib.documents.model import Document
from juluo.lib.documents.polishing import polished
from juluo.lib.language_model import LanguageModel

# After so long, or so many answers of no use in a row, the rest keeps its words.
_LONGEST_SECONDS, _MOST_FAILURES = 120.0, 2
_INSTRUCTIONS = {
    "zh": (
        "你是社群运营报告的文字编辑。把下面这段话改得更通顺，意思、方向和肯定否定都不变。"
        "形如 ⟦1⟧ 的标记必须原样保留、次序不变，不得增加任何数字。只回复改好的这段话。"
    ),
    "en": (
        "You edit a report on running a community. Make the text read better; keep its meaning, "
        "its directions and its denials. Marks such as ⟦1⟧ stay as they are and in their order; "
        "add no number. Answer with the text alone."
    ),
}


def worded(document: Document) -> tuple[Document, str]:
    """Return a document in a language model's words, and the model's name.

    Without a model, or where it is slow or says nothing of use, the words stay as they are.
    """
    model = _model()
    if model is None:
        return document, ""
    editor = _Editor(model, _INSTRUCTIONS[document.language])
    return polished(document, polish=editor.polish), model.name if editor.was_of_use else ""


def _model() -> LanguageModel | None:
    if not settings.LANGUAGE_MODEL_ADDRESS:
        return None
    return LanguageModel(
        address=settings.LANGUAGE_MODEL_ADDRESS,
        name=settings.LANGUAGE_MODEL_NAME,
        key=settings.LANGUAGE_MODEL_KEY,
        seconds=settings.LANGUAGE_MODEL_SECONDS,
    )


class _Editor:
    """Asks a model sentence by sentence until it has cost too much time."""

    def __init__(self, model: LanguageModel, instruction: str) -> None:
        self._model = model
        self._instruction = instruction
        self._until = time.monotonic() + _LONGEST_SECONDS
        self._failures = 0
        self.was_of_use = False

    def polish(self, text: str) -> str | None:
        if self._failures >= _MOST_FAILURES or time.monotonic() > self._until:
            return None
        said = self._model.say(instruction=self._instruction, text=text)
        self._failures = self._failures + 1 if said is None else 0
        self.was_of_use = self.was_of_use or said is not None
        return said
