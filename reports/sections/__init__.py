"""One part of the page per module, each a function from the data of the report to a Section."""
