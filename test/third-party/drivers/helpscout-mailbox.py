"""Drives helpscout-mailbox. Its addresses are constants of its module; the app comes from its environment variables."""

import os
from datetime import date, datetime

import helpscout_mailbox.client as client
from serve import serve

client.BASE_URL = os.environ["SANDBOX_URL"] + "/v2"
client.TOKEN_URL = client.BASE_URL + "/oauth2/token"


def read_argument(value):
    """Dates have no JSON form."""
    if isinstance(value, dict) and "date" in value:
        return date.fromisoformat(value["date"])
    if isinstance(value, dict) and "datetime" in value:
        return datetime.fromisoformat(value["datetime"])
    if isinstance(value, dict) and "bytes" in value:
        return bytes.fromhex(value["bytes"])
    return value


serve(client.HelpScoutClient(), to_json=lambda value: value.hex(), read_argument=read_argument)
