"""Organisations with one planted cause of delay whose truth is known by simulating them again.

Made without a look at how causes are estimated. A wish is thought out, decided and queued; a team
takes it up or sends it back, builds it while what is wanted may change, and has it approved.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from benchmarks.location_cells import Cell
from benchmarks.location_core import core_of
from benchmarks.location_log import tickets
from benchmarks.location_noise import noisy
from benchmarks.location_policy import policy, variants
from benchmarks.location_truth import Truth, company, truth
from pipelines.policy import Policy
from roadworthy.stages.core_frames import Core


@dataclass(frozen=True, slots=True)
class World:
    """What a tracker would show, what is declared, and what is true."""

    cell: Cell
    seed: int
    core: Core
    policy: Policy
    """With the normals of the generator."""
    policies: Mapping[str, Policy]
    """By name: that one, one with wrong normals, and one without any."""
    truth: Truth


def world(cell: Cell, seed: int) -> World:
    """Make one; equal seeds make equal ones."""
    own = crc32(f"{cell.cause} {cell.size} {cell.reach} {cell.asked_again}".encode())
    for_company, for_log, for_noise, for_core, for_policy = np.random.default_rng(
        np.random.SeedSequence([seed, own])
    ).spawn(5)
    one = company(for_company, cell)
    true = truth(one, cell)
    told = tickets(for_log, one.lives(true.rules))
    if cell.is_noisy:
        told = noisy(for_noise, told)
    count = len(one.teams)
    core = core_of(for_core, told, count, is_noisy=cell.is_noisy)
    declared = policy(count)
    return World(cell, seed, core, declared, variants(for_policy, declared), true)
