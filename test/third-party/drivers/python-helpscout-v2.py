"""Drives python-helpscout-v2, which takes a base URL as an option."""

import os

from helpscout import HelpScout
from helpscout.model import HelpScoutObject
from serve import serve


def to_json(value):
    """The client wraps every object of the API in a class made on the fly, named after its endpoint."""
    if not isinstance(value, HelpScoutObject):
        raise TypeError(type(value))
    return {"class": type(value).__name__, **{name: getattr(value, name) for name in value._attrs}}


client = HelpScout(
    app_id=os.environ["APP_ID"],
    app_secret=os.environ["APP_SECRET"],
    base_url=os.environ["SANDBOX_URL"] + "/v2/",
    rate_limit_sleep=0,
)
serve(client, to_json)
