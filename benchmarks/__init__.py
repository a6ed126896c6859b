"""Figures of cost, side by side in one run; correctness is what the tests are for."""
