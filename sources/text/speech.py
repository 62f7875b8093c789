"""Who says what in a sentence: cues of speech, the speaker of each, and the words said; the rest is the narrator's."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sources.text import arabic_speech, english_speech
from sources.text.arabic.people import ArabicPeople
from sources.text.english_speech import EnglishPeople
from sources.text.folding import Folded
from sources.text.sentences import Sentence, Word
from sources.text.utterances import Memory, Said

__all__ = ["Memory", "Reader", "Said", "people_of"]


def people_of(original: str, folded: Folded, words: list[Word], language: str) -> ArabicPeople | EnglishPeople:
    """Whom an article names, as its language writes names."""
    return EnglishPeople(original, folded, words) if language == "en" else ArabicPeople(original, folded, words)


@dataclass(slots=True)
class Reader:
    """Reads the sentences of one article in order, remembering who spoke last."""

    text: str
    people: ArabicPeople | EnglishPeople
    dates: list[tuple[int, int]]
    memory: Memory = field(default_factory=Memory)

    def read(self, sentence: Sentence) -> Iterable[Said]:
        """What is said in a sentence, each by whom."""
        if isinstance(self.people, ArabicPeople):
            return arabic_speech.read(self.text, sentence, self.people, self.dates, self.memory)
        return english_speech.read(self.text, sentence, self.people, self.dates, self.memory)
