"""What can go wrong between this client and the API."""


class ApiError(Exception):
    """The base of every error the client raises about a request; its text names the path and the cause."""


class NotFoundError(ApiError):
    """The API does not know what was asked for (404)."""


class UnavailableError(ApiError):
    """The API did not answer, or not in time, or asked for patience (429, 5xx): the same request may work later."""


class BadReplyError(ApiError):
    """The API answered with something that this client cannot use; asking again would not help."""
