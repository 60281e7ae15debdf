"""All addresses that readers can ask for, found by themselves."""

from collections.abc import Iterator

from django.urls import get_resolver


def public_addresses() -> Iterator[tuple[str, type | None]]:
    """The names of all public addresses, each with the model whose slugs it takes."""

    def collect(resolver, prefix=""):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                if pattern.namespace != "admin":
                    yield from collect(
                        pattern, f"{pattern.namespace}:" if pattern.namespace else prefix
                    )
            elif pattern.name:
                view = getattr(pattern.callback, "view_class", None)
                arguments = pattern.pattern.regex.groupindex.keys()
                assert arguments <= {"slug"}, f"{pattern.name}: say here what its address takes"
                yield prefix + pattern.name, view.model if arguments else None

    yield from collect(get_resolver())
