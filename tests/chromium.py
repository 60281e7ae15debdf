"""Where Chromium is on this machine; the browser tests need it and nothing else does."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find() -> str | None:
    """The path of Chromium: the variable CHROMIUM, or the first known name on the PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def main() -> None:
    if not find():
        print(
            "Chromium is not installed: the browser tests are left out, all others run.\n"
            "To run them too: apt install chromium (Debian, Ubuntu), or set CHROMIUM to its path."
        )


if __name__ == "__main__":
    main()
