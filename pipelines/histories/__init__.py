"""Reading histories: the state of any field at any moment, who changed it, on whose time."""
