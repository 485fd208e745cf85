"""The licence of each package and C library, under the name that SPDX gives it."""

from __future__ import annotations

import sys
from importlib import metadata

# Other names for a licence, and the one of SPDX.
SPDX = {
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD-3": "BSD-3-Clause",
    "MIT License": "MIT",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
}
CLASSIFIERS = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
# The C libraries inside the wheels, with the licences of their own projects.
LIBRARY_LICENCES = {
    "libjpeg-turbo": "IJG AND BSD-3-Clause AND Zlib",
    "libwebp": "BSD-3-Clause",
    "zlib-ng": "Zlib",
    "libheif": "LGPL-3.0-or-later",
    "libde265": "LGPL-3.0-or-later",
    "freetype": "FTL OR GPL-2.0-or-later",
    "littlecms2": "MIT",
    "libtiff": "libtiff",
    "openjpeg": "BSD-2-Clause",
    "raqm": "MIT",
    "fribidi": "LGPL-2.1-or-later",
    "harfbuzz": "MIT-Modern-Variant",
    "libavif": "BSD-2-Clause",
    "opencv": "Apache-2.0",
}


def licence_of(found: metadata.Distribution) -> str:
    """Return a package's licence under its SPDX name; exits where it is not known."""
    if expression := found.metadata.get("License-Expression"):
        return str(expression)
    for classifier in found.metadata.get_all("Classifier") or []:
        if classifier in CLASSIFIERS:
            return CLASSIFIERS[classifier]
    written = (found.metadata.get("License") or "").strip()
    if written in SPDX.values():
        return written
    if written in SPDX:
        return SPDX[written]
    sys.exit(f"{found.name}: licence {written[:60]!r} is not known: add it to tools/licences.py")
