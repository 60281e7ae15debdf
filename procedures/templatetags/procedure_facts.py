"""Facts of a procedure in the words and conventions of the page's language."""

from decimal import Decimal

from django import template
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.models import Audience, Fee, TimeLimit
from procedures.models.audience import SHORT_LABELS

register = template.Library()


@register.filter
def price(amount: Decimal) -> str:
    """An amount in PLN: ``17 zł``, ``PLN 17``; grosze only where there are some."""
    places = 0 if amount == amount.to_integral_value() else 2
    number = formats.number_format(amount, places, use_l10n=True, force_grouping=True)
    # Translators: an amount of Polish money as your language writes it.
    text = _("PLN %(amount)s") % {"amount": number}
    return text.replace(" ", "\u00a0")


@register.filter
def fee_amount(fee: Fee) -> str:
    """What a fee comes to: a price, free of charge, or not known."""
    if fee.amount is None:
        return _("amount not known")
    return price(fee.amount) if fee.amount else _("free of charge")


@register.filter
def time_span(limit: TimeLimit) -> str:
    """How long: ``4 days``, ``on the spot``, a date, or nothing."""
    if limit.on_date:
        return formats.date_format(limit.on_date)
    if limit.amount is None:
        return ""
    if limit.amount == 0:
        return _("on the spot")
    text = {
        TimeLimit.Unit.DAYS: ngettext("%(count)s day", "%(count)s days", limit.amount),
        TimeLimit.Unit.WORKING_DAYS: ngettext(
            "%(count)s working day", "%(count)s working days", limit.amount
        ),
        TimeLimit.Unit.MONTHS: ngettext("%(count)s month", "%(count)s months", limit.amount),
        TimeLimit.Unit.YEARS: ngettext("%(count)s year", "%(count)s years", limit.amount),
    }[TimeLimit.Unit(limit.unit)]
    return text % {"count": limit.amount}


@register.filter
def audience_names(groups: list[str]) -> list[str]:
    """The groups in a few words each, in their usual order."""
    return [str(SHORT_LABELS[group]) for group in Audience if group.value in groups]
