"""A check beside those of schemathesis: what fits its schema is never refused for its shape.

A speaker there is not, a day that is over, a cursor of another list: they fit their schema and are refused all the same, with 400, and no
schema could say so. That a field is missing, of another type, too long or no date at all is what the description has to say.
"""

import schemathesis
from schemathesis.core.failures import Failure

# Django REST framework's sentences on shapes, and our own.
SHAPE = (
    "This field is required.",
    "This field may not be",
    "Not a valid",
    "A valid",
    "Must be a valid",
    "Ensure this",
    "Ensure that there are no more than",
    "Expected a",
    "Invalid data",
    "Date has wrong format",
    "Datetime has wrong format",
    "Incorrect type",
    "is not a valid choice.",
    "There is no such field.",
)


class RefusedForItsShape(Failure):
    """A request that fits the description was refused as if it did not."""


@schemathesis.check
def shape_as_described(ctx, response, case):  # type: ignore[no-untyped-def]
    """Looks at the sentences of a 400 to what was generated to fit."""
    if response.status_code != 400 or case.meta is None or not case.meta.generation.mode.is_positive:
        return
    told = response.json().get("errors", {})
    shape = {field: said for field, said in told.items() if any(words in one for one in said for words in SHAPE)}
    if shape:
        raise RefusedForItsShape(operation=case.operation.label, message=f"{shape}")
