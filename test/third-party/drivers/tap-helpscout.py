"""Runs tap-helpscout as its command line does. It has no option for its address: every request's origin is swapped."""

import os

import requests
import tap_helpscout

original = requests.Session.request


def request(self, method, url, *args, **kwargs):
    return original(self, method, url.replace("https://api.helpscout.net", os.environ["SANDBOX_URL"]), *args, **kwargs)


requests.Session.request = request
tap_helpscout.main()
