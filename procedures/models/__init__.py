"""What to do, step by step: procedures and the parts that they are made of."""

from .audience import Audience
from .parts import (
    ApplicationChannel,
    Document,
    Exclusion,
    Fee,
    LegalBasis,
    Location,
    RelatedProcedure,
    Step,
    TimeLimit,
)
from .procedures import LifeEvent, Procedure

__all__ = [
    "ApplicationChannel",
    "Audience",
    "Document",
    "Exclusion",
    "Fee",
    "LegalBasis",
    "LifeEvent",
    "Location",
    "Procedure",
    "RelatedProcedure",
    "Step",
    "TimeLimit",
]
