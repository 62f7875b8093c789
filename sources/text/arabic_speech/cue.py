"""One act of speech found in a sentence."""

from dataclasses import dataclass

from sources.text.arabic.reporting import Telling
from sources.text.speaker import Speaker


@dataclass(slots=True)
class Cue:
    """Its word, its subject, where its content lies (word indices)."""

    at: int
    opens: int  # where its clause begins
    content: int  # where what is said begins
    told: Telling
    speaker: Speaker | None
    carried: bool = False
    reported_by: str | None = None
    close: int | None = None  # the mark that ends quoted content
    after: int = 0  # where reading goes on
    skip: int = 0  # letters of the first word that belong to the verb («بزيادة»)
    aside: int = 0  # where what stands between a subject and its object ends
    since: int = 0  # one more than where the clause opens that a participle goes on
    void: bool = False  # nothing is claimed
    affirmed: bool = False  # a doubt denied
    backward: bool = False  # content stands before the verb
    trailing: bool = False  # «…، بحسب فلان»: what is before is theirs
