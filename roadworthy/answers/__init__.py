"""Answers from the published warehouse: ready-made questions, and anybody's own in SQL.

A question can read the published file and nothing else, for so long and for so many rows.
"""

from roadworthy.answers.ask import Answer, ask
from roadworthy.answers.doubts import doubts
from roadworthy.answers.formats import render
from roadworthy.answers.listed import listed
from roadworthy.answers.parameters import PARAMETERS
from roadworthy.answers.questions import Question, find, parameters_of, ready_made

__all__ = [
    "PARAMETERS",
    "Answer",
    "Question",
    "ask",
    "doubts",
    "find",
    "listed",
    "parameters_of",
    "ready_made",
    "render",
]
