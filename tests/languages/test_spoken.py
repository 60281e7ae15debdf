"""Codes of spoken and signed languages."""

import pytest

from languages.spoken import SignLanguage, SpokenLanguage, language_tag


@pytest.mark.parametrize("code", SpokenLanguage.values)
def test_spoken_languages_have_the_short_tag_of_bcp_47(code):
    assert len(language_tag(code)) == 2


@pytest.mark.parametrize("code", SignLanguage.values)
def test_sign_languages_keep_their_own_code(code):
    assert language_tag(code) == code


def test_tags_are_different():
    codes = [*SpokenLanguage.values, *SignLanguage.values]
    assert len({language_tag(code) for code in codes}) == len(codes)
