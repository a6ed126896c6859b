"""Bytes of no sense, thrown at everything that reads what strangers wrote.

``python -m fuzz`` lets atheris drive the harnesses of :mod:`fuzz.harnesses`, each for some seconds.
A harness needs no atheris itself: ``tests/fuzz`` calls each with its seeds, and ``python -m
fuzz.replay`` with whatever a folder holds.
"""
