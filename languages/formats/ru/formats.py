"""Russian dates whose month stands in the genitive: 24 декабря."""

MONTH_DAY_FORMAT = "j E"
