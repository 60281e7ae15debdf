"""``make bench``: what it costs to find the words of a glossary in texts, and what to prepare it.

Five hundred names, made of those of the tests' sentences, against those sentences as HTML.
"""

import os
import random
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from glossary.linking import mark_names
from glossary.models import spellings
from glossary.phrases import Phrase, PhraseIndex, phrase
from languages.available import LANGUAGE_CODES, SOURCE_LANGUAGE
from languages.dictionaries import dictionary
from languages.words import forms
from tests.glossary.sentences import sentences, terms

TERMS = 500
ROUNDS = 200


def memory() -> float:
    """Megabytes of the process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def many_names(language: str, chance: random.Random) -> list[str]:
    """Names of terms, and others that begin as one and end as another, until there are enough."""
    names = [one for by in terms().values() for one in spellings(by[language], language)]
    begins, ends = [name.split()[0] for name in names], [name.split()[-1] for name in names]
    mixed = [f"{chance.choice(begins)} {chance.choice(ends)}" for _ in range(3 * TERMS)]
    return list(dict.fromkeys([*names, *mixed]))[:TERMS]


def as_html(language: str, words: int, chance: random.Random) -> str:
    """So many ``words`` of the sentences as paragraphs; names stand in each of them."""
    texts = [sentence.text for sentence in sentences(language)]
    paragraphs, count = [], 0
    while count < words:
        text = chance.choice(texts)
        paragraphs.append(f"<p>{text} <strong>{count}</strong></p>")
        count += len(text.split())
    sections = "</section><section>".join(
        "".join(paragraphs[start : start + 10]) for start in range(0, len(paragraphs), 10)
    )
    return f"<div data-text><section>{sections}</section></div>"


def find_time(index: PhraseIndex, html: str, language: str) -> float:
    """Milliseconds for all names in ``html``."""
    start = time.perf_counter()
    mark_names(
        html,
        language,
        lambda text, _language: index.find(text),
        lambda _match, content, _language: f'<a class="term" href="/x/">{content}</a>',
    )
    return (time.perf_counter() - start) * 1000


def main() -> None:
    chance = random.Random(1)  # noqa: S311 - the same in each run
    before = memory()
    for language in LANGUAGE_CODES:
        dictionary(language).lemmas("x")
    print(f"dictionaries of four languages: {memory() - before:.0f} MB")
    names = {language: many_names(language, chance) for language in LANGUAGE_CODES}

    def phrases(language: str) -> list[Phrase]:
        return [phrase(name, name, forms(name, language), language) for name in names[language]]

    start = time.perf_counter()
    declined = {language: phrases(language) for language in LANGUAGE_CODES}
    prepared = time.perf_counter()
    for language in LANGUAGE_CODES:
        PhraseIndex([*declined[language], *declined[SOURCE_LANGUAGE]])
    print(
        f"{TERMS} terms in four languages: {prepared - start:.2f} s to decline them, once; "
        f"{time.perf_counter() - prepared:.2f} s to make the indexes"
    )
    for language in LANGUAGE_CODES:
        html = {words: as_html(language, words, chance) for words in (2_000, 20_000)}
        new = {words: [] for words in html}
        again = []
        for _ in range(ROUNDS):
            for words, text in html.items():
                index = PhraseIndex([*declined[language], *declined[SOURCE_LANGUAGE]])
                if words == 20_000 and len(new[words]) > ROUNDS / 10:
                    continue
                new[words].append(find_time(index, text, language))
                if words == 2_000:
                    again.append(find_time(index, text, language))
        p95 = {words: sorted(times)[len(times) * 95 // 100] for words, times in new.items()}
        print(
            f"{language}: 2,000 words {p95[2_000]:.1f} ms at p95, "
            f"a text met before {sorted(again)[len(again) * 95 // 100]:.1f} ms, "
            f"ten times the words {p95[20_000] / p95[2_000]:.1f} times as long"
        )


if __name__ == "__main__":
    main()
