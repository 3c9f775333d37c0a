"""Static files with hashed names, compressed where it is worth the time of a first start."""

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage as Files

ADMIN = "/static/admin/"


class PageCompressor(Compressor):
    """The pages' own files; the admin's many files serve a handful of people as they are."""

    def should_compress(self, filename: str) -> bool:
        return ADMIN not in filename and super().should_compress(filename)


class StaticStorage(Files):
    # Our modules ask for their neighbours by their hashed names: never half of a new version.
    patterns = (*Files.patterns, ("js/*.js", Files._js_module_import_aggregation_patterns[1]))

    def create_compressor(self, **options):
        # brotli would save 12 KB a page and cost 7 s of the first start
        return PageCompressor(use_brotli=False, **options)
