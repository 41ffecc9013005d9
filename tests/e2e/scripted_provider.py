"""An HTTPS server on loopback that answers what a script says, byte for byte: one provider for each case, told apart by the first word of
the path. It books what a purchase takes, as the provider would."""
import base64
import decimal
import http.server
import json
import re
import ssl
import subprocess
import threading
import time
import urllib.parse

JSON = {"Content-Type": "application/json"}


def make_certificate(folder):
    """A certificate of its own for localhost: (its file, its key)."""
    cert, key = folder / "scripted.pem", folder / "scripted.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key


def call_of_numbers(path, _form):
    words = [w for w in path.split("/") if w]
    name = next((w for w in words if w.startswith(("get", "cancel"))), words[0])
    at = words.index(name)
    return name, words[at + 1] if at + 1 < len(words) else ""


def call_of_panel(_path, form):
    return form.get("action", ""), form.get("order", form.get("orders", ""))


def call_of_tamonay(path, form):
    words = [w for w in path.split("/") if w]
    if words[0] == "orders" and len(words) > 2:
        return "update", words[1]
    if words[0] == "orders" and len(words) == 2:
        return "detail", words[1]
    return {"order": "order", "orders": "order" if form else "orders"}.get(words[0], words[0]), ""


def call_of_toplusms(path, _form):
    words = [w for w in path.split("/") if w]
    return ("profile", "") if words[0] == "user" else ("report", words[-1]) if words[1] == "reports" else ("send", "")


def call_of_iletimerkezi(path, _form):
    return path.strip("/").split("/")[0], ""


CALLS = {"smmonayim-numbers": call_of_numbers, "smmonayim-panel": call_of_panel, "tamonay": call_of_tamonay, "toplusms": call_of_toplusms,
         "iletimerkezi": call_of_iletimerkezi}


class Script:
    """The provider of one case: its answers in turn, its money, what was asked of it."""

    def __init__(self, provider, healthy, answers, money):
        self.provider, self.healthy, self.answers = provider, healthy, answers
        self.lock, self.turns, self.asked, self.cancelled = threading.Lock(), {}, {}, set()
        self.balance = decimal.Decimal(money.get("start", "100"))
        self.takes = decimal.Decimal(money.get("order", "2"))
        self.price = money.get("price", money.get("order", "2"))
        self.gives = decimal.Decimal(money.get("cancel", money.get("order", "2")))
        self.bought, self.later = 0, []
        if "top_up" in money:
            self.later.append((time.monotonic() + money["top_up"]["after"], decimal.Decimal(money["top_up"]["add"])))

    def turn(self, key, answers):
        n = self.turns.get(key, 0)
        self.turns[key] = n + 1
        return answers[min(n, len(answers) - 1)]

    def choose(self, name, asked_for):
        key = f"{name}@cancelled" if asked_for in self.cancelled else name
        for source in (self.answers, self.healthy):
            for wanted in ((key, name) if source is self.answers and name in source else (key,)) if key != name else (name,):
                if wanted not in source:
                    continue
                answers = source[wanted]
                if isinstance(answers, dict):
                    answers = answers.get(asked_for) or next(iter(answers.values()))
                return self.turn((wanted, asked_for if isinstance(source[wanted], dict) else ""), answers if isinstance(answers, list) else [answers])
        if key != name:
            return self.choose_plain(name)
        if name == "statuses":
            return None
        if name == "detail":
            update = self.answers.get("update", self.healthy.get("update", [{"body": "{}"}]))
            return update[min(max(self.turns.get(("update", ""), 1) - 1, 0), len(update) - 1)]
        return {"status": 404, "body": '{"error":"no such call"}'}

    def choose_plain(self, name):
        source = self.answers if name in self.answers else self.healthy
        return self.turn((name, ""), source[name]) if name in source else {"status": 404, "body": "{}"}

    def book(self, answer, asked_for):
        does = answer.get("does")
        amount = None
        if does == "order":
            self.bought += 1
            amount = -self.takes
        elif does == "cancel" and asked_for not in self.cancelled:
            self.cancelled.add(asked_for)
            amount = self.gives
        elif isinstance(does, dict):
            amount = decimal.Decimal(str(does["add"]))
        if amount is None:
            return
        if "late" in answer:
            self.later.append((time.monotonic() + answer["late"], amount))
        else:
            self.balance += amount

    def fill(self, text, asked_for):
        values = {"balance": str(self.balance), "price": self.price, "id": asked_for, "n": str(self.bought),
                  "now": time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime())}
        return re.sub(r"\{\{(\w+)\}\}", lambda m: values[m.group(1)], text)

    def answer(self, path, form):
        """(status, headers, body), or None: the connection is cut."""
        name, asked_for = CALLS[self.provider](path, form)
        with self.lock:
            now = time.monotonic()
            for at, amount in [due for due in self.later if due[0] <= now]:
                self.balance += amount
            self.later = [due for due in self.later if due[0] > now]
            if name == "status" and "orders" in form:
                name = "statuses"
            self.asked[name] = self.asked.get(name, 0) + 1
            if name == "statuses":
                ids = form["orders"].split(",")
                inner = {i: self.fill(self.choose("status", i)["body"], i) for i in ids}
                return 200, JSON, ("{" + ",".join(f'"{i}":{body}' for i, body in inner.items()) + "}").encode()
            chosen = self.choose(name, asked_for)
            self.book(chosen, asked_for)
            if chosen.get("lost"):
                return None
            body = base64.b64decode(chosen["base64"]) if "base64" in chosen else self.fill(chosen.get("body", ""), asked_for).encode()
            if "made" in chosen:
                body = self.catalogue(**chosen["made"])
            return chosen.get("status", 200), chosen.get("headers", JSON), body

    @staticmethod
    def catalogue(services, description):
        one = {"name": "Followers", "type": "Default", "category": "First", "rate": "10.00", "min": "10", "max": "10000", "description": "x" * description}
        return json.dumps([{"service": n, **one} for n in range(1, services + 1)]).encode()


class Provider:
    """`scripts`: by the first word of the path."""

    def __init__(self, folder):
        self.scripts = {}
        self.cert, key = make_certificate(folder)
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.reply()

            do_POST = do_GET

            def reply(self):
                url = urllib.parse.urlsplit(self.path)
                _, case, *rest = url.path.split("/", 2)
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                form = dict(urllib.parse.parse_qsl(raw)) if "json" not in (self.headers.get("Content-Type") or "") else json.loads(raw or "{}")
                got = provider.scripts[case].answer("/" + (rest[0] if rest else ""), form)
                if got is None:
                    self.close_connection = True
                    self.connection.close()
                    return
                status, headers, body = got
                self.send_response_only(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert, key)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, case):
        return f"https://localhost:{self.server.server_address[1]}/{case}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()
