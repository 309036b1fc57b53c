"""A service in one call, and what its endpoints share."""

from doudi.service.app import Parts, Service, service
from doudi.service.http import IfMatch, InDivision, InMonth, Page, Paging, Request, View, Window, check_version, etag
from doudi.service.route import Router, Tx, body_limit
from doudi.service.tasks import Courier

__all__ = [
    "Courier",
    "IfMatch",
    "InDivision",
    "InMonth",
    "Page",
    "Paging",
    "Parts",
    "Request",
    "Router",
    "Service",
    "Tx",
    "View",
    "Window",
    "body_limit",
    "check_version",
    "etag",
    "service",
]
