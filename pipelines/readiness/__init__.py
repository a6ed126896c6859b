"""How ready work was when it was handed over, and what that predicts."""
