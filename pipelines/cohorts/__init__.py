"""From facts to estimates: who is counted, in which group, week by week."""
