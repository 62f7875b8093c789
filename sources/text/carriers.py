"""What sort of outlet carries another's words: agency, newspaper or broadcaster."""

from sources.text.english_speech import roles
from sources.text.folding import fold

_ARABIC = {
    "agency": frozenset(fold("وكالة وكالات الأناضول رويترز سانا وام واس بترا قنا وفا أسوشيتد تاس شينخوا").text.split()),
    "broadcaster": frozenset(fold("قناة قنوات شبكة تلفزيون التلفزيون إذاعة الإذاعة راديو فضائية الجزيرة العربية هيئة").text.split()),
    "newspaper": frozenset(fold("صحيفة الصحيفة جريدة مجلة موقع منصة صحف").text.split()),
}
_ENGLISH = {
    "agency": roles.AGENCIES | roles.CARRIER_HEADS["agency"] | {"press"},
    "broadcaster": roles.BROADCASTERS | roles.CARRIER_HEADS["broadcaster"],
    "newspaper": roles.NEWSPAPERS | roles.CARRIER_HEADS["newspaper"],
}


def role_of(name: str) -> str:
    """`agency`, `broadcaster` or `newspaper`, by the first word that tells; an agency where none does.

    >>> role_of("Agence France-Presse"), role_of("the newspaper Le Monde"), role_of("قناة الجزيرة")
    ('agency', 'newspaper', 'broadcaster')
    """
    for word in fold(name).text.lower().replace(".", "").split():
        plain = word.strip(",\"'()").removesuffix("'s")
        for role in _ENGLISH:
            if plain in _ENGLISH[role] or any(form in _ARABIC[role] for form in (plain, plain[1:])):
                return role
    return "agency"
