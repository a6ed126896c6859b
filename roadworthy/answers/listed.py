"""The ready-made questions themselves as an answer, for a program or a spreadsheet."""

import polars as pl

from roadworthy.answers.questions import ready_made


def listed() -> pl.DataFrame:
    """A row for each question: name, question, parameters as --param takes them, on_the_demo."""
    return pl.DataFrame(
        [
            {
                "name": name,
                "question": question.words,
                "parameters": ", ".join(f"{key}={one}" for key, one in question.parameters.items()),
                "on_the_demo": question.on_the_demo,
            }
            for name, question in ready_made().items()
        ]
    )
