"""A Jira, Cloud or Data Center, through the ``jira`` library.

search -> complete histories -> pages -> census. ``payloads`` says what a usable payload is, for
this connector and for recorded ones alike. Nothing is imported here, so that recorded payloads are
read without the client library.
"""
