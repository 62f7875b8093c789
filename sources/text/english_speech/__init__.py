"""Speech in an English sentence: "X said that …", "…, said X", "…," X said, "according to X", "was quoted as saying"."""

from sources.text.english_speech.line import Line
from sources.text.english_speech.people import EnglishPeople
from sources.text.english_speech.reading import Sentence as _Reading
from sources.text.sentences import Sentence
from sources.text.utterances import Memory, Said

__all__ = ["EnglishPeople", "read"]


def read(text: str, sentence: Sentence, people: EnglishPeople, dates: list[tuple[int, int]], memory: Memory) -> list[Said]:
    """What is said in one sentence, in order."""
    assert isinstance(people, EnglishPeople)
    return _Reading(Line(text, sentence, people, dates, memory)).read()
