"""A replica of every publisher on the loopback interface, which can be told to misbehave.

It answers for ``https://host/path`` at ``http://127.0.0.1:PORT/host/path``, keeps to RFC 9110 where it
is not told otherwise (validators, ranges, conditional requests), and is bounded in requests and time.
"""
