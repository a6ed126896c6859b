"""The simulated trackers speak HTTP on loopback, for clients that cannot tell.

A site (:mod:`jira_site`, :mod:`github_site`) is a function of a request; :mod:`server` lets it
answer on a port and keeps a log of what was asked; :mod:`faults` plans what goes wrong on the way.
"""
