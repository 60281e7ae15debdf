"""Static files as served: hashed, compressed, and the style sheet in one piece."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r'@import\s+url\("(?P<name>[\w-]+\.css)"\)\s+layer\((?P<layer>\w+)\);')


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Puts the layers that ``site.css`` imports into it, so that readers fetch one file."""

    bundle = "portal/css/site.css"

    def get_modified_time(self, name):
        """Unknown, which Django takes from this error: so every file is collected.

        One that comes later may be an older one.
        """
        raise NotImplementedError

    def post_process(self, paths, dry_run=False, **options):
        if self.bundle in paths and not dry_run:
            self._write_bundle(paths)
            paths = {**paths, self.bundle: (self, self.bundle)}
        yield from super().post_process(paths, dry_run, **options)

    def compress_files(self, paths):
        """Compress what pages name, which are the hashed files: half of them all."""
        return super().compress_files(set(paths) & set(self.hashed_files.values()))

    def _write_bundle(self, paths) -> None:
        """Write the bundle from the sources: what was collected may be an earlier bundle."""
        folder = self.bundle.rpartition("/")[0]

        def source(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        def inline(match: re.Match[str]) -> str:
            layer = source(f"{folder}/{match['name']}")
            return f"@layer {match['layer']} {{\n{layer}}}"

        css = _IMPORT.sub(inline, source(self.bundle))
        self.delete(self.bundle)
        self._save(self.bundle, ContentFile(css.encode()))
