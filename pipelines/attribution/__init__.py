"""Is a delay bound to a rule, to a seat whoever sits in it, or to a person who takes it along?"""
