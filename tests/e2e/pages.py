"""A web server for pages that the sample sites do not have: each path has its answer, anything else is 404.

    pages = Pages(self)                                   # in a ring.Case; ends with the test
    pages["/list.html"] = html("<a href='/a.html'>one</a>")
    pages["/large"] = lambda handler: ...                 # writes the whole answer itself
"""

import http.server
import threading


def html(body, type="text/html; charset=utf-8", **headers):
    """An answer: its bytes and headers."""
    return (body.encode() if isinstance(body, str) else body), {"Content-Type": type, **{k.replace("_", "-"): v for k, v in headers.items()}}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        answer = self.server.answers.get(self.path)
        self.server.asked.append(self.path)
        if callable(answer):
            self.close_connection = True
            try:
                answer(self)
            except (BrokenPipeError, ConnectionResetError):
                pass  # who asked has had enough
            return
        body, headers = answer or (b"", {"Content-Type": "text/html"})
        self.send_response(404 if answer is None else 200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # connections that the one who asked has closed


class Pages(dict):
    def __init__(self, case):
        super().__init__()
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.answers, self.server.asked = self, []
        self.base = "http://127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        case.addCleanup(self.server.server_close)
        case.addCleanup(self.server.shutdown)

    def asked(self, path):
        """How often."""
        return self.server.asked.count(path)
