"""Repositories of GitHub, or of a GitHub Enterprise server, through PyGithub.

survey -> pages by GraphQL (by REST where there is none) -> nested pages -> census. ``payloads``
says what a usable payload is, for this connector and for recorded ones alike. Nothing is imported
here, so that recorded payloads are read without the client library.
"""
