"""The portal's own settings, on the embedded database and with what makes tests quick."""

import os

os.environ["ENVIRONMENT"] = "local"
os.environ["DEBUG"] = "0"

from portal.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests need no collected files.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
