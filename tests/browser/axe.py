"""What axe-core finds on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What else axe looks at is the same whatever the colours are.
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def faults(page: Page, rules: list[str] | dict = RULES) -> list[str]:
    """What is wrong, and where."""
    # To describe all that is right takes longer than to find what is not.
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    return [
        f"{one['id']}: {one['help']} ({'; '.join(node['html'][:120] for node in one['nodes'][:3])})"
        for one in Axe().run(page, options=options).response["violations"]
    ]
