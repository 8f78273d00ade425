"""The Runtime API of one function environment, as the runtime interface client speaks it."""

import http.server
import json
import queue
import socketserver
import threading
import time

# Where functions ask for their credentials.
CREDENTIALS = "/credentials"

_JSON = [("Content-Type", "application/json")]


class RuntimeApi:
    """Hands invocations to one JVM and takes its answers.

    `ready` is set once the function has asked for its first invocation, or could not be started:
    `init_error` says then why.

    A function that starts from a snapshot has its credentials from here, as from the endpoint that
    Lambda has for that: `credentials` is what it is told, `token` what it has to show. They are
    there after the restore and not before.
    """

    def __init__(self, timeout_seconds, credentials, token):
        self.timeout_seconds = timeout_seconds
        self.credentials = credentials
        self.token = token
        self.snapshot = None
        self._restored = False
        self._asked_too_early = False
        self.ready = threading.Event()
        self.init_error = None
        self._invocations = queue.Queue()
        self._answers = queue.Queue()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.api = self
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self._server.server_address[1]

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def put(self, invocation):
        self._invocations.put(invocation)

    def answer(self, seconds):
        """The next answer as (request id, body, is error), or None where none comes in time."""
        try:
            return self._answers.get(timeout=seconds)
        except queue.Empty:
            return None

    def close(self):
        self._invocations.put(None)
        self._server.shutdown()
        self._server.server_close()

    def next(self):
        self.ready.set()
        return self._invocations.get()

    def answered(self, request, body, is_error):
        self._answers.put((request, body, is_error))

    def told_credentials(self, token):
        """What a request for them is answered: a status and a body."""
        if not self._restored:
            self._asked_too_early = True
            return 403, b"{}"
        if token != self.token:
            return 401, b"{}"
        return 200, json.dumps(self.credentials).encode()

    def restore(self):
        """Takes the snapshot and restores it at once; whether there was nothing amiss with it."""
        frozen = ["credentials"] if self._asked_too_early else []
        if self.snapshot is not None:
            frozen += self.snapshot()
        if frozen:
            message = "Frozen into the snapshot: " + ", ".join(frozen)
            self.failed_to_start(json.dumps({"errorMessage": message}).encode())
        self._restored = not frozen
        return self._restored

    def failed_to_start(self, body):
        self.init_error = body
        self.ready.set()


class _Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self):
        api = self.server.api
        if self.path == CREDENTIALS:
            return self._send(*api.told_credentials(self.headers.get("Authorization")), _JSON)
        if self.path.endswith("/runtime/restore/next"):
            # Without a type the client would crash.
            return self._send(200 if api.restore() else 500, headers=_JSON)
        invocation = api.next()
        if invocation is None:
            return self._send(500)
        deadline = int((time.time() + api.timeout_seconds) * 1000)
        self._send(
            200,
            invocation["payload"].encode(),
            _JSON
            + [
                ("Lambda-Runtime-Aws-Request-Id", invocation["invoke-id"]),
                ("Lambda-Runtime-Deadline-Ms", str(deadline)),
                ("Lambda-Runtime-Invoked-Function-Arn", invocation["invoked-function-arn"]),
                ("Lambda-Runtime-Trace-Id", invocation["trace-id"]),
            ],
        )

    def do_POST(self):
        body = self._body()
        path = self.path.split("/")
        if path[-3] == "invocation" and path[-1] in ("response", "error"):
            self.server.api.answered(path[-2], body, path[-1] == "error")
        else:  # /runtime/init/error or /runtime/restore/error
            self.server.api.failed_to_start(body)
        self._send(202, b"{}", _JSON)

    def log_message(self, *args):
        """The function's own log is enough."""

    def _body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline().strip() or b"0", 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _send(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
