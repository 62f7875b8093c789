"""What the exceptions of sources come to over HTTP."""

from django.utils.translation import gettext_lazy as _

from sources import fetching, roles, watching
from sources.api import idempotency
from sources.api.problems import register
from sources.capturing import capture
from sources.fetching import addresses
from sources.importers import web
from sources.registry import languages, names, outlets, speakers
from sources.text import edtf

register(roles.NotAllowed, 403, _("Not allowed"))
for _refused in (capture.EmptyText, capture.BinaryText, capture.NotUTF8):
    register(_refused, 400, _("Not a text"), field="text")
register(capture.TextTooLong, 413, _("Too long"), field="text")
register(capture.TitleTooLong, 400, _("Too long"), field="title")
register(web.NoArticle, 400, _("No article"), field="html")
register(fetching.NotFetched, 502, _("Not fetched"), field="url")
register(addresses.NotAnAddress, 400, _("Not an address"), field="url")
register(languages.UnknownLanguage, 400, _("Unknown language"), field="language")
register(edtf.NotEDTF, 400, _("Not a date"), field="published")
register(names.NoName, 400, _("No name"), field="name")
register(outlets.NameTaken, 409, _("Name taken"), field="name")
register(speakers.NotNamed, 400, _("Not a named speaker"), field="type")
register(speakers.MergedIntoItself, 409, _("Merged into itself"))
register(speakers.NotMerged, 409, _("Not merged"))
register(idempotency.KeyReused, 409, _("This key was used before"))
register(idempotency.AnswerGone, 409, _("Done before"))
register(watching.NoPage, 409, _("No page"))
register(watching.NotWatched, 409, _("Not watched"))
register(watching.FeedThere, 409, _("Polled already"), field="url")
register(watching.BadPace, 400, _("Not a pace"), field="every")
