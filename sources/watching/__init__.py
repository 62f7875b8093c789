"""Pages and feeds are looked at again, politely and ever more rarely, so that what changes or vanishes is noticed."""

from sources.watching.dispatch import LEASE, do, take_turn
from sources.watching.erasure import forget
from sources.watching.feeds import BadPace, FeedThere
from sources.watching.imported import take_up
from sources.watching.watchlist import (
    ENTRY,
    POLL,
    WATCH,
    NoPage,
    NotWatched,
    begin,
    check_soon,
    key_of,
    listen,
    pause,
    resting,
    resume,
    set_outlet,
    stop,
)

__all__ = [
    "ENTRY",
    "LEASE",
    "POLL",
    "WATCH",
    "BadPace",
    "FeedThere",
    "NoPage",
    "NotWatched",
    "begin",
    "check_soon",
    "do",
    "forget",
    "key_of",
    "listen",
    "pause",
    "resting",
    "resume",
    "set_outlet",
    "stop",
    "take_turn",
    "take_up",
]
