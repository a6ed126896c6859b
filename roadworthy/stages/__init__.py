"""The stages of a run. Only here do connectors, pipelines and reports meet."""
